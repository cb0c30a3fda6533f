import { isScheduled, overdue, type Scheduled } from "#src/calendar/plan.ts";
import { isCalendarEnd } from "#src/calendar/session-index.ts";
import { nextSlots, zoneOf } from "#src/calendar/slots.ts";
import { clockIn } from "#src/calendar/zoned.ts";
import { type Call, note } from "#src/commands/call.ts";
import { storeOf, workspaceOf } from "#src/commands/job.ts";
import { inColumns } from "#src/commands/table.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { Slot, SlotState } from "#src/domain/schedule.ts";
import { type Instant, isoInstant } from "#src/domain/time.ts";
import type { Publication, Workspace } from "#src/domain/workspace.ts";
import type { KeptSlot } from "#src/store/ledger.ts";
import type { Store } from "#src/store/store.ts";

type Planned = Publication & Scheduled;

/** A line of the list: a slot that comes, or one of the past that somebody should look at. */
interface Line extends Slot {
  readonly publication: Planned;
  readonly state: SlotState | "coming" | "overdue";
  readonly reason: string | null;
}

/** `tideline schedule`: the slots that come, of all publications; first those that have come and are not done with. */
export async function schedule(call: Call): Promise<number> {
  const { values, around } = call;
  const most = countOf(values.list ?? "10");
  const workspace = await workspaceOf(call);
  const publications = Object.values(workspace.publications).filter(isScheduled);
  if (publications.length === 0) note(call, unscheduled);
  const now = around.now();
  await using store = await storeOf(call, workspace);
  const open = (await Promise.all(publications.map((each) => openOf(workspace, each, store, now)))).flat();
  const { lines, ends } = comingOf(workspace, publications, now, most);
  const all = [...open.toSorted(inOrder), ...lines];
  if (values.json) around.print(JSON.stringify(all.map(toldOf(workspace, around.zone))));
  else if (all.length > 0) around.print(tableOf(workspace, around.zone, all));
  for (const { message } of ends) note(call, message);
  return 0;
}

const unscheduled =
  "no publication has a schedule, so that nothing is made by itself: `schedule: { due: last session of the week }` at a publication in tideline.yaml gives it one";

function countOf(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new TidelineError("USAGE", "--list takes how many slots are to be listed", [
    { found: text, expected: "a whole number from 1 to 9999" },
  ]);
}

const inOrder = (a: Line, b: Line): number => a.at - b.at || (a.publication.id < b.publication.id ? -1 : 1);

/** How many of a publication's slots are looked at for those that are not done with. */
const lookedAt = 400;

/** Slots of the past without an end, those that failed or are held, and those that nobody has entered. */
async function openOf(
  { calendars }: Workspace,
  publication: Planned,
  { ledger }: Store,
  now: Instant,
): Promise<readonly Line[]> {
  const slots = await ledger.slots({ publication: publication.id, limit: lookedAt });
  const late = overdueOf(() =>
    overdue(publication, calendarOf(calendars, publication), { seenUntil: null, slots }, now),
  );
  const reasons = new Map(slots.map(({ at, reason }) => [at, reason]));
  const isLate = new Set(late.map(({ at }) => at));
  const isOpen = ({ at, state }: KeptSlot) =>
    !isLate.has(at) && ["due", "running", "held", "failed"].includes(state);
  return [
    ...late.map(({ at, asOf, state, since }): Line => {
      const why = state === null ? "nobody has entered it: is `tideline serve` running?" : reasons.get(at);
      return {
        publication,
        at,
        asOf,
        state: "overdue",
        reason: `since ${isoInstant(since)}${why ? `; ${why}` : ""}`,
      };
    }),
    ...slots.filter(isOpen).map(({ at, asOf, state, reason }): Line => {
      return { publication, at, asOf, state, reason };
    }),
  ];
}

/** Where a calendar ends before now, that is said beside the coming slots, of which there are none. */
function overdueOf(look: () => ReturnType<typeof overdue>): ReturnType<typeof overdue> {
  try {
    return look();
  } catch (error) {
    if (isCalendarEnd(error)) return [];
    throw error;
  }
}

/** The next slots in order of time, and the calendars that end before there are so many. */
function comingOf({ calendars }: Workspace, publications: readonly Planned[], now: Instant, most: number) {
  const all = publications.map((publication) => {
    const { slots, end } = nextSlots(publication, calendarOf(calendars, publication), now, most);
    return {
      end,
      lines: slots.map((slot): Line => ({ publication, ...slot, state: "coming", reason: null })),
    };
  });
  const lines = all
    .flatMap((each) => each.lines)
    .toSorted(inOrder)
    .slice(0, most);
  const shown = new Set(lines);
  const ends = all.flatMap(({ end, lines: own }) =>
    end !== null && own.every((line) => shown.has(line)) ? [end] : [],
  );
  return { lines, ends: [...new Map(ends.map((end) => [end.message, end])).values()] };
}

function ruleOf({ slots, calendar, offsetMinutes }: Planned): string {
  if (slots.kind === "cron") return `cron ${slots.expression}`;
  const [hours, minutes] = [Math.floor(offsetMinutes / 60), offsetMinutes % 60];
  const offset = `${hours > 0 ? `${hours}h` : ""}${minutes > 0 ? `${minutes}m` : ""}`;
  const close = `${calendar} close${offset === "" ? "" : ` + ${offset}`}`;
  return `${slots.kind === "week" ? "last session of the week" : "every session"}, ${close}`;
}

const toldOf =
  (workspace: Workspace, here: string) =>
  ({ publication, asOf, at, state, reason }: Line) => {
    const zone = zoneOf(publication, calendarOf(workspace.calendars, publication));
    const clocks = { at: isoInstant(at), zone, local: clockIn(at, zone), operator: clockIn(at, here) };
    return { publication: publication.id, asOf, ...clocks, rule: ruleOf(publication), state, reason };
  };

function tableOf(workspace: Workspace, here: string, lines: readonly Line[]): string {
  const minutes = (clock: string) => clock.slice(0, 16).replace("T", " ");
  const rows = lines
    .map(toldOf(workspace, here))
    .map((told) => [
      told.publication,
      told.asOf,
      minutes(told.at),
      `${minutes(told.local)} ${told.zone}`,
      `${minutes(told.operator)} ${here}`,
      told.state,
      told.rule + (told.reason === null ? "" : `; ${told.reason}`),
    ]);
  return inColumns([["publication", "as of", "UTC", "its zone", "here", "state", "rule"], ...rows]).join(
    "\n",
  );
}
