import { reasonLines } from "#src/deliver/reason.ts";
import type { AlertRules } from "#src/domain/mail.ts";
import type { Slot, SlotRule } from "#src/domain/schedule.ts";
import { type Instant, isoInstant } from "#src/domain/time.ts";
import type { AlertToRaise } from "#src/store/ledger.ts";

/** The slot that an alert is about. */
export interface AlertPlace {
  readonly publication: { readonly id: string; readonly slots: SlotRule };
  readonly slot: Slot;
  /** IANA zone in which the slot is told besides UTC: the schedule's, otherwise the calendar's. */
  readonly zone: string;
  /** Folder of the workspace: paths in it are told from there on, others without their folders. */
  readonly dir: string;
}

/** What happened that the operator is to be told. */
export type AlertEvent = AlertPlace & {
  /** Since when it is so. */
  readonly since: Instant;
} & (
    | {
        /** The slot has failed for good: no issue was made, and none is tried again. */
        readonly what: "not-made";
        readonly attempts: number;
        readonly failure: string;
      }
    | {
        /** The issue is there and kept back. `issue`: as PUBLICATION/AS-OF@REVISION. */
        readonly what: "held";
        readonly issue: string;
        readonly findings: readonly string[];
      }
    | {
        /** The deadline has passed and the slot has come to no end. `reason`: why it is tried again, where it is. */
        readonly what: "overdue";
        readonly deadline: Instant;
        readonly state: "due" | "running";
        readonly reason: string | null;
      }
    | {
        /** The slot was given up because it was too late when somebody came to it. */
        readonly what: "skipped";
        readonly reason: string;
      }
    | {
        /** The calendar ends: whether and when the next slot comes is not known. The slot is the first moment not known. */
        readonly what: "unplanned";
        readonly calendar: string;
        readonly reason: string;
      }
    | {
        /** The mail server takes nothing from us (login, encryption, connection): so many recipients wait. */
        readonly what: "mail-refused";
        readonly issue: string;
        readonly waiting: number;
        readonly response: string;
      }
    | {
        /** Deliveries of an issue ended as failed or unknown: a person has to look at them. */
        readonly what: "not-delivered";
        readonly issue: string;
        readonly failed: number;
        readonly unknown: number;
        readonly responses: readonly string[];
      }
  );

/** What an event means to the operator: the kind, one line, the reasons, and commands with what each does. */
interface Telling {
  readonly kind: AlertToRaise["kind"];
  /** Tells it from other events of the slot and kind; the same wherever it is seen. */
  readonly mark: string;
  readonly headline: string;
  readonly meaning: string;
  readonly reasons: readonly string[];
  readonly commands: readonly (readonly [what: string, command: string])[];
}

const doctor = ["Find what is missing", "tideline doctor"] as const;

function tellingOf(event: AlertEvent): Telling {
  const { publication, slot } = event;
  const name = `${publication.id}/${slot.asOf}`;
  const make = ["Make it now", `tideline run ${publication.id} --as-of ${asOfWord(event)}`] as const;
  switch (event.what) {
    case "not-made":
      return {
        kind: "failed",
        mark: `attempt-${event.attempts}`,
        headline: `${name} could not be made`,
        meaning: `The issue ${name} could not be made, in ${count(event.attempts, "attempt")}. It is not tried again.`,
        reasons: [event.failure],
        commands: [doctor, make],
      };
    case "held":
      return {
        kind: "held",
        mark: event.issue,
        headline: `${event.issue} waits for a release`,
        meaning: `The issue ${event.issue} was made and is held: nobody is sent it until a person releases it.`,
        reasons: event.findings,
        commands: [
          ["Look at it", `tideline archive show ${event.issue}`],
          ["Release it", `tideline release ${event.issue} --by NAME --because REASON`],
        ],
      };
    case "overdue":
      return {
        kind: "overdue",
        mark: "deadline",
        headline: `${name} is overdue`,
        meaning: `The issue ${name} was to be made by ${utc(event.deadline)}. ${progress[event.state]}`,
        reasons: event.reason === null ? [] : [event.reason],
        commands: [["See that the scheduler runs", "tideline serve"], doctor, make],
      };
    case "skipped":
      return {
        kind: "overdue",
        mark: "skipped",
        headline: `${name} was skipped`,
        meaning: `The issue ${name} was not made: nobody came to its slot in time. It is not tried again.`,
        reasons: [event.reason],
        commands: [doctor, make],
      };
    case "unplanned":
      return {
        kind: "overdue",
        mark: "calendar",
        headline: `${publication.id} cannot be planned after ${slot.asOf}`,
        meaning: `The sessions of calendar ${event.calendar} are known until ${slot.asOf} only: no issue of ${publication.id} falls due until later ones are stated.`,
        reasons: [event.reason],
        commands: [doctor, ["See which slots are known", "tideline schedule"]],
      };
    case "mail-refused":
      return {
        kind: "failed",
        mark: `mail-${event.issue}`,
        headline: `the mail server refuses ${event.issue}`,
        meaning: `The mail server takes no message of ${event.issue}; ${count(event.waiting, "recipient")} wait for it.`,
        reasons: [event.response],
        commands: [
          doctor,
          ["See who waits", `tideline deliveries ${event.issue}`],
          ["Send again what failed", `tideline send ${event.issue} --failed`],
        ],
      };
    case "not-delivered":
      return {
        kind: "failed",
        mark: `deliveries-${event.issue}`,
        headline: `${event.issue} did not reach ${count(event.failed + event.unknown, "recipient")}`,
        meaning: `Of ${event.issue}, ${count(event.failed, "delivery", "deliveries")} failed and ${event.unknown} ended without an answer. They are not sent again by themselves.`,
        reasons: event.responses,
        commands: [
          ["See which", `tideline deliveries ${event.issue}`],
          ["Send again what failed", `tideline send ${event.issue} --failed`],
        ],
      };
  }
}

const progress = {
  due: "No process is at it.",
  running: "A process is at it and has not ended.",
} as const;

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** A cron's moment is its own cut-off; elsewhere the day has one. */
const asOfWord = ({ publication, slot }: AlertPlace): string =>
  publication.slots.kind === "cron" ? isoInstant(slot.at) : slot.asOf;

/**
 * The alert that an event deserves, for the ledger to raise.
 *
 * The key names the event and not who saw it, so that two processes raise it once. The text is plain English for an
 * operator: what and since when, why, and the commands that mend it; without secrets, and without folders outside the
 * workspace.
 */
export function alertOf(event: AlertEvent, channels: readonly string[]): AlertToRaise {
  const telling = tellingOf(event);
  const { publication, slot, zone, since, dir } = event;
  const key = [telling.kind, publication.id, isoInstant(slot.at), telling.mark].join(" ");
  const facts = [
    ["Publication", publication.id],
    [event.what === "unplanned" ? "From" : "Slot", twice(slot.at, zone)],
    ["Since", twice(since, zone)],
  ];
  const reasons = telling.reasons.flatMap((reason) => reasonLines(reason, dir));
  const text = [
    telling.meaning,
    facts.map(([name = "", value]) => `${`${name}:`.padEnd(13)}${value}`).join("\n"),
    ...(reasons.length === 0 ? [] : [["Why:", ...shortened(reasons)].join("\n  ")]),
    ["What to do, in the folder of the workspace:", ...telling.commands.map(inWords)].join("\n  "),
  ].join("\n\n");
  const subject = `Tideline ${telling.kind}: ${telling.headline}`;
  return { key, kind: telling.kind, subject, text: `${text}\n`, channels };
}

const inWords = ([what, command]: readonly [string, string]): string => `${what}: ${command}`;

const linesTold = 12;

const shortened = (lines: readonly string[]): readonly string[] =>
  lines.length <= linesTold
    ? lines
    : [...lines.slice(0, linesTold), `and ${count(lines.length - linesTold, "more line")}`];

/** Publication and slot of an alert, which its key holds. */
export function placeOfKey(key: string): { readonly publication: string; readonly slot: string } {
  const [, publication = "", slot = ""] = key.split(" ");
  return { publication, slot };
}

/** Where alerts go, as the ledger names it: `mail:ADDRESS` and `webhook:URL`; none where nobody is told. */
export const channelsOf = ({ mail, webhook }: AlertRules): readonly string[] => [
  ...mail.map((address) => `mail:${address}`),
  ...(webhook === null ? [] : [`webhook:${webhook}`]),
];

const twice = (instant: Instant, zone: string): string =>
  zone === "UTC" ? utc(instant) : `${utc(instant)} (${clock(instant, zone)} in ${zone})`;

const utc = (instant: Instant): string => `${clock(instant, "UTC")} UTC`;

/** `2026-02-13 18:00`, as the zone's calendar and clocks show it. */
const clock = (instant: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone }).format(instant);
