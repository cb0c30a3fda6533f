import { describe, expect, it } from "vitest";
import { never } from "#src/deliver/send-alerts.ts";
import { type AlertWays, judgeAlerts, judgeUnsent } from "#src/doctor/alerts.ts";
import { judgeBrowser } from "#src/doctor/browser.ts";
import { judgeCalendar } from "#src/doctor/calendars.ts";
import type { Diagnosis, Verdict } from "#src/doctor/check.ts";
import { judgeCommentary, type WordsFound } from "#src/doctor/commentary.ts";
import { judgeFile, judgeList, type SeriesFound } from "#src/doctor/data.ts";
import { judgeOutput } from "#src/doctor/folders.ts";
import { judgeFonts } from "#src/doctor/fonts.ts";
import { judgeDkim, judgeRecipients, judgeServer, judgeSite } from "#src/doctor/mail.ts";
import { judgeNode } from "#src/doctor/node.ts";
import { judgeSchedule, judgeWaiting, type ScheduleFound } from "#src/doctor/schedule.ts";
import { judgeClock, judgeDisk, judgeStore, judgeZones } from "#src/doctor/store.ts";
import { judgeMessages, judgeTemplates } from "#src/doctor/words.ts";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import type { Recipient } from "#src/domain/mail.ts";
import { sectionNames } from "#src/domain/workspace.ts";

const now = Date.parse("2026-02-13T23:30:00Z");
const minute = 60_000;
const day = 24 * 60 * minute;

/** Cases by name: what is judged, how, and what is said. */
type Case = readonly [
  name: string,
  diagnosis: Diagnosis | readonly Diagnosis[],
  verdict: Verdict,
  said: RegExp,
];

/** Each case is all right or says what mends it. */
function judged(cases: readonly Case[]): void {
  it.each(cases)("%s", (_, given, verdict, said) => {
    const [diagnosis] = [given].flat() as readonly Diagnosis[];
    expect(diagnosis?.verdict).toBe(verdict);
    expect(diagnosis?.found).toMatch(said);
    if (diagnosis?.verdict !== "ok") expect(diagnosis?.mend).toMatch(/\w/);
  });
}

describe("the machine", () => {
  const faces = (n: number) => Array.from({ length: n }, (_, i) => ({ name: `Face ${i}`, hash: String(i) }));
  const zone = { newYorkWinter: "07", newYorkSummer: "08", seoul: "21" };
  judged([
    ["the first Node that will do", judgeNode("24.0.0"), "ok", /24/],
    ["the last that will not", judgeNode("23.11.1"), "fail", /24 or newer/],
    ["a browser that prints numbers", judgeBrowser("HeadlessChrome/131.0.1.2", "from npm"), "ok", /from npm/],
    ["one that does not", judgeBrowser("HeadlessChrome/130.0.1.2", "installed here"), "fail", /no numbers/],
    ["one that does not tell", judgeBrowser("Chrome", "installed here"), "fail", /131/],
    ["all faces", judgeFonts(faces(8)), "ok", /8 faces, SHA-256/],
    [
      "all faces but one",
      judgeFonts([...faces(7), { name: "Noto 400", fault: "ENOENT" }]),
      "fail",
      /Noto 400 \(ENOENT\)/,
    ],
    ["zone data", judgeZones(zone, "2026a"), "ok", /2026a/],
    ["zones without summer time", judgeZones({ ...zone, newYorkSummer: "07" }, "x"), "fail", /7 h in summer/],
    [
      "zones that are all UTC",
      judgeZones({ newYorkWinter: "12", newYorkSummer: "12", seoul: "12" }, "x"),
      "fail",
      /Seoul 12/,
    ],
    ["a disk with room", judgeDisk(1000e6), "ok", /1000 MB/],
    ["a disk with little", judgeDisk(1000e6 - 1), "warn", /999 MB/],
    ["a disk with hardly any", judgeDisk(100e6), "warn", /100 MB/],
    ["a disk with none", judgeDisk(100e6 - 1), "fail", /99 MB/],
    ["a clock that is right", judgeClock(now, now), "ok", /2026-02-13/],
    ["a clock of a new store", judgeClock(now, null), "ok", /2026-02-13/],
    ["a clock a little behind", judgeClock(now, now + 5 * minute), "ok", /2026-02-13/],
    ["a clock that is behind", judgeClock(now, now + 5 * minute + 1), "fail", /23:35:00Z already/],
  ]);
});

describe("the folders", () => {
  const there = { isThere: true, isFolder: true, isWritable: true };
  const templates = [
    "issue.hbs",
    "commentary.hbs",
    ...sectionNames.map((name) => `sections/${name}.hbs`),
    "style/a.css",
  ];
  judged([
    ["output that can be written", judgeOutput(there), "ok", /can be written/],
    ["output that is not there yet", judgeOutput({ ...there, isThere: false }), "ok", /first issue/],
    [
      "output that cannot be written",
      judgeOutput({ ...there, isWritable: false }),
      "fail",
      /cannot be written/,
    ],
    [
      "output that cannot be made",
      judgeOutput({ ...there, isThere: false, isWritable: false }),
      "fail",
      /cannot be made/,
    ],
    ["output that is a file", judgeOutput({ ...there, isFolder: false }), "fail", /a file/],
    ["all templates", judgeTemplates(templates), "ok", new RegExp(`${sectionNames.length + 2} templates`)],
    [
      "all but a section's",
      judgeTemplates(templates.filter((name) => !name.includes("pair"))),
      "fail",
      /sections\/pair\.hbs/,
    ],
    ["the same messages", judgeMessages({ en: ["a", "b"], "zh-CN": ["b", "a"] }), "ok", /2 messages/],
    [
      "a message that lacks",
      judgeMessages({ en: ["a", "b", "c"], "zh-CN": ["a"] }),
      "fail",
      /zh-CN lacks b and 1 more/,
    ],
    ["a message too many", judgeMessages({ en: ["a"], "zh-CN": ["a", "b"] }), "fail", /en lacks b/],
    ["no messages", judgeMessages({ en: [], "zh-CN": [] }), "fail", /no messages/],
  ]);
});

describe("the store", () => {
  const well = { damage: [], unwritable: null };
  judged([
    ["that is well", judgeStore("sqlite", 2, well), "ok", /whole, writable, 2 issues/],
    ["on PostgreSQL", judgeStore("postgresql", 0, well), "ok", /PostgreSQL/],
    ["that is damaged", judgeStore("sqlite", 0, { ...well, damage: ["page 3 is broken"] }), "fail", /page 3/],
    [
      "that cannot be written",
      judgeStore("sqlite", 0, { ...well, unwritable: "read-only" }),
      "fail",
      /read-only/,
    ],
  ]);
});

describe("a file of data", () => {
  const series = (id: string, more: Partial<SeriesFound> = {}): SeriesFound => ({
    ...{ id, gap: null, last: "2026-02-13", behind: 0, standsFor: null },
    ...more,
  });
  const gap = (id: string, reason: SeriesFound["gap"]) =>
    series(id, { gap: reason, last: null, behind: null });
  judged([
    ["that is up to date", judgeFile("p.csv", [series("A"), series("B")]), "ok", /2 series to 2026-02-13/],
    ["of three sessions ago", judgeFile("p.csv", [series("A", { behind: 3 })]), "ok", /to 2026-02-13/],
    [
      "of four sessions ago",
      judgeFile("p.csv", [series("A", { behind: 4 })]),
      "warn",
      /A ends 2026-02-13, 4 sessions ago/,
    ],
    [
      "of which a series ends",
      judgeFile("p.csv", [series("A"), series("B", { behind: 9 })]),
      "warn",
      /B ends/,
    ],
    [
      "of numbers that still stand",
      judgeFile("p.yaml", [series("A", { behind: 30, standsFor: 30 })]),
      "ok",
      /to 2026-02-13/,
    ],
    [
      "of a number that stands no longer",
      judgeFile("p.yaml", [series("A", { behind: 31, standsFor: 30 })]),
      "warn",
      /A ends 2026-02-13, 31 days ago, and stands for 30$/,
    ],
    ["whose calendar ends", judgeFile("p.csv", [series("A", { behind: null })]), "ok", /1 series/],
    [
      "that is not there",
      judgeFile("p.csv", [gap("A", "file-missing"), gap("B", "file-missing")]),
      "warn",
      /2 series are gaps/,
    ],
    ["that is a list", judgeList("crises.yaml", 1, null), "ok", /crises\.yaml: 1 entry$/],
    ["that is a list and not there", judgeList("c.csv", 0, "file-missing"), "warn", /c\.csv is not there/],
    ["that is a list and empty", judgeList("c.csv", 0, "file-empty"), "warn", /c\.csv is empty/],
    ["that is empty", judgeFile("p.csv", [gap("A", "file-empty")]), "warn", /is empty/],
    ["without a series", judgeFile("p.csv", [series("A"), gap("B", "no-rows")]), "warn", /no value of B/],
  ]);
});

describe("a calendar", () => {
  const until = (validUntil: string): Pick<ExchangeCalendar, "id" | "table"> => ({
    id: "SSE",
    table: { source: null, validFrom: "2015-01-01", validUntil, closed: new Set(), special: new Map() },
  });
  judged([
    ["61 days before its end", judgeCalendar(until("2026-12-31"), "2026-10-31"), "ok", /2026-12-31/],
    ["60 days before", judgeCalendar(until("2026-12-31"), "2026-11-01"), "warn", /60 days from now/],
    ["on its last day", judgeCalendar(until("2026-12-31"), "2026-12-31"), "warn", /0 days/],
    ["after its end", judgeCalendar(until("2026-12-31"), "2027-01-01"), "fail", /has passed/],
    ["without a table", judgeCalendar({ id: "X", table: null }, "2027-01-01"), "ok", /every weekday/],
  ]);
});

describe("recipients", () => {
  const weekly = { id: "weekly", to: ["clients"], languages: ["en", "zh-CN"] } as const;
  const one = (more: Partial<Recipient> = {}): Recipient => ({
    ...{ name: "A", address: "a@b.example", language: "en", groups: ["clients"], from: null, until: null },
    ...more,
  });
  const on = (recipients: readonly Recipient[]) => judgeRecipients([weekly], recipients, "2026-02-13");
  judged([
    ["in both languages", on([one(), one({ language: "zh-CN" }), one()]), "ok", /clients: 2 en, 1 zh-CN/],
    ["of which one is over", on([one(), one({ until: "2026-02-12" })]), "ok", /clients: 1 en/],
    ["that are all over", on([one({ until: "2026-02-12" })]), "warn", /nobody in clients/],
    ["that all begin tomorrow", on([one({ from: "2026-02-14" })]), "warn", /nobody in clients/],
    ["of another group", on([one({ groups: ["desk"] })]), "fail", /nobody is in clients/],
    ["of whom one is of another group", on([one(), one({ groups: ["desk"] })]), "warn", /1 recipient of no/],
    [
      "of whom one reads another language",
      judgeRecipients([{ ...weekly, languages: ["en"] }], [one(), one({ language: "zh-CN" })], "2026-02-13"),
      "warn",
      /1 recipient of no/,
    ],
    [
      "that nobody is sent to",
      judgeRecipients([{ ...weekly, to: [] }], [], "2026-02-13"),
      "ok",
      /no publication/,
    ],
  ]);
});

describe("mail", () => {
  const smtp = { host: "mail.example", port: 587, security: "starttls", login: null } as const;
  const login = { user: "me", password: "hunter2" };
  const from = { name: { en: "Desk", "zh-CN": "潮线" }, address: "desk@notes.example" };
  const rules = (domain: string) => ({ from, dkim: { domain, selector: "s1" } });
  const rsa = (bits: number) => ({ type: "rsa", bits });
  const broken = (phase: "connect" | "tls") => ({ kind: "broken", phase, reason: "ECONNREFUSED" }) as const;
  const refused = { kind: "refused", phase: "auth", response: "535 5.7.8 no" } as const;
  judged([
    [
      "a server",
      judgeServer(smtp, null),
      "ok",
      /mail\.example:587 \(STARTTLS\), without a login; nothing was sent/,
    ],
    ["a server with a login", judgeServer({ ...smtp, login }, null), "ok", /login accepted/],
    ["a server that is not there", judgeServer(smtp, broken("connect")), "fail", /at connect: ECONNREFUSED/],
    ["a server without TLS", judgeServer(smtp, broken("tls")), "fail", /at tls/],
    [
      "a server that refuses the login",
      judgeServer({ ...smtp, login }, refused),
      "fail",
      /at auth: 535 5\.7\.8 no$/,
    ],
    [
      "a key of 2048 bits",
      judgeDkim(rules("notes.example"), rsa(2048)),
      "ok",
      /s1\._domainkey\.notes\.example/,
    ],
    ["a key of 1024 bits", judgeDkim(rules("notes.example"), rsa(1024)), "warn", /1024 bits/],
    ["a key of 1023 bits", judgeDkim(rules("notes.example"), rsa(1023)), "fail", /1023 bits/],
    ["an ed25519 key", judgeDkim(rules("notes.example"), { type: "ed25519", bits: 0 }), "ok", /ed25519/],
    ["another kind of key", judgeDkim(rules("notes.example"), { type: "ec", bits: 2048 }), "fail", /\(ec\)/],
    ["the domain above the sender's", judgeDkim(rules("example"), rsa(2048)), "ok", /RSA/],
    ["another domain than the sender's", judgeDkim(rules("otes.example"), rsa(2048)), "warn", /do not count/],
    ["no key for the domain", judgeDkim(rules("notes.example"), null), "fail", /no key/],
    ["a key for no domain", judgeDkim({ from, dkim: null }, rsa(2048)), "warn", /not signed/],
    ["neither", judgeDkim({ from, dkim: null }, null), "warn", /not signed/],
    ["a public site", judgeSite({ site: "https://notes.example" }), "ok", /notes/],
    ["a site without https", judgeSite({ site: "http://notes.example" }), "warn", /not https/],
    ["a site of this machine", judgeSite({ site: "http://127.0.0.1:8080" }), "warn", /no recipient/],
  ]);
});

describe("alerts", () => {
  const ways = (more: Partial<AlertWays> = {}): AlertWays => ({
    ...{ rules: { mail: [], webhook: null }, isScheduled: true, canMail: false, webhookSecret: null },
    ...more,
  });
  const mail = { mail: ["a@b.example"], webhook: null };
  const webhook = { mail: [], webhook: "https://hook.example/T0/secret-path" };
  const unsent = (response: string | null, nextAt = now) => ({
    ...({
      key: "k",
      kind: "held",
      subject: "s",
      channel: "webhook:https://hook.example/T0/secret-path",
    } as const),
    ...{ attempts: 1, raisedAt: now, nextAt, response },
  });
  judged([
    ["to nobody, of nothing", judgeAlerts(ways({ isScheduled: false })), "ok", /nobody is told/],
    ["to nobody, of a schedule", judgeAlerts(ways()), "warn", /nobody is told/],
    ["by mail", judgeAlerts(ways({ rules: mail, canMail: true })), "ok", /1 address$/],
    ["by mail without a server", judgeAlerts(ways({ rules: mail })), "fail", /nothing can be mailed/],
    [
      "by webhook",
      judgeAlerts(ways({ rules: webhook, webhookSecret: "x".repeat(16) })),
      "ok",
      /at hook\.example$/,
    ],
    ["by webhook without a secret", judgeAlerts(ways({ rules: webhook })), "fail", /cannot be signed/],
    [
      "by webhook with half a secret",
      judgeAlerts(ways({ rules: webhook, webhookSecret: "x" })),
      "fail",
      /1 bytes/,
    ],
    [
      "that wait",
      judgeUnsent([unsent("answered 500")]),
      "warn",
      /“s” has not reached webhook at hook\.example: answered 500; tried again 2026/,
    ],
    ["that were given up", judgeUnsent([unsent("answered 500", never)]), "warn", /not tried again/],
    ["in numbers", judgeUnsent(Array.from({ length: 5 }, () => unsent("no"))), "warn", /2 older/],
  ]);

  it("that have not been tried yet are not told", () => {
    expect(judgeUnsent([unsent(null)])).toEqual([]);
  });

  it("do not show the path of a webhook, which may be a secret", () => {
    const all = [
      judgeAlerts(ways({ rules: webhook, webhookSecret: "x".repeat(16) })),
      ...judgeUnsent([unsent("no")]),
    ];
    expect(JSON.stringify(all)).not.toContain("secret-path");
  });
});

describe("the schedule", () => {
  const found = (more: Partial<ScheduleFound> = {}): ScheduleFound => ({
    ...{
      publication: "weekly",
      next: { at: now + day, asOf: "2026-02-14" },
      end: null,
      seen: now,
      overdue: [],
    },
    ...more,
  });
  const at = (more: Partial<ScheduleFound>) => judgeSchedule(found(more), now);
  judged([
    ["with a scheduler", at({}), "ok", /next 2026-02-14T23:30:00Z for 2026-02-14/],
    ["looked at ten minutes ago", at({ seen: now - 10 * minute }), "ok", /last looked/],
    ["looked at longer ago", at({ seen: now - 10 * minute - 1 }), "warn", /last looked 2026-02-13T23:19:59Z/],
    ["never looked at", at({ seen: null }), "warn", /no scheduler/],
    [
      "with a slot overdue",
      at({ overdue: [{ asOf: "2026-02-06", since: now - day }] }),
      "fail",
      /weekly\/2026-02-06 is overdue/,
    ],
    ["whose calendar ends", at({ next: null, end: "SSE ends" }), "fail", /not known: SSE ends/],
    ["that is over", at({ next: null }), "ok", /no slot to come/],
  ]);
});

describe("what waits for a person", () => {
  const issue = (findings: readonly string[], revision = 1, checkedAt = now) => ({
    ...{ publication: "weekly", asOf: "2026-02-13", revision },
    gate: { checkedAt, findings, released: null },
  });
  const failed = { publication: "weekly", asOf: "2026-02-13", reason: "no browser\nat line 2", endedAt: now };
  const sent = (state: "failed" | "unknown", updatedAt = now) => ({ state, updatedAt });
  judged([
    [
      "an issue that is held",
      judgeWaiting([issue(["x"])], [], [], now),
      "warn",
      /weekly\/2026-02-13@1 is held/,
    ],
    ["a slot that failed", judgeWaiting([], [failed], [], now), "warn", /failed: no browser$/],
    [
      "deliveries",
      judgeWaiting([], [], [sent("failed"), sent("unknown"), sent("failed")], now),
      "warn",
      /2 deliveries failed, 1 without/,
    ],
  ]);

  it.each([
    ["an issue that is not held", [issue([])], [], []],
    ["an issue whose newer revision is not held", [issue([], 2), issue(["x"], 1)], [], []],
    ["an issue of three weeks ago", [issue(["x"], 1, now - 21 * day)], [], []],
    ["a slot of three weeks ago", [], [{ ...failed, endedAt: now - 21 * day }], []],
    ["a delivery of three weeks ago", [], [], [sent("failed", now - 21 * day)]],
  ])("is not %s", (_, issues, slots, deliveries) => {
    expect(judgeWaiting(issues, slots, deliveries, now)).toEqual([]);
  });
});

describe("what people say", () => {
  const publication = (id: string, asOf: string | null = null) => ({
    id,
    calendar: "X",
    offsetMinutes: 0,
    slots: { kind: "week" },
    asOf,
  });
  const everyDay = { id: "X", zone: "Europe/Berlin", table: null, opens: [], closes: [] };
  const workspace = {
    publications: { weekly: publication("weekly"), once: publication("once", "2026-02-11") },
    calendars: { X: { ...everyDay, closes: [{ from: null, at: "17:30" }] } },
  } as unknown as Parameters<typeof judgeCommentary>[0];
  const of = (found: WordsFound) => judgeCommentary(workspace, found);
  judged([
    ["nothing", of({}), "ok", /nobody/],
    ["words on the days of issues", of({ weekly: ["2026-02-13"], once: ["2026-02-11"] }), "ok", /2 issues/],
    ["words of no publication", of({ wekly: ["2026-02-13"] }), "warn", /wekly.*did you mean weekly\?/],
    ["words on another day of the week", of({ weekly: ["2026-02-12"] }), "warn", /weekly\/2026-02-12/],
    ["words on no day", of({ weekly: ["2026-13-02"] }), "warn", /weekly\/2026-13-02/],
  ]);
});
