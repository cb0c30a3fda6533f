import { describe, expect, it } from "vitest";
import { type AlertEvent, alertOf, channelsOf, placeOfKey } from "#src/deliver/alert.ts";
import { reasonLines } from "#src/deliver/reason.ts";
import { isConfidential } from "#src/domain/mail.ts";

const dir = "/home/desk/notes";
const at = Date.parse("2026-02-13T23:00:00Z");
const place = {
  publication: { id: "weekly", slots: { kind: "week" } },
  slot: { at, asOf: "2026-02-13" },
  zone: "Asia/Seoul",
  dir,
} as const;
const since = at + 3_600_000;

const events = {
  "not-made": {
    ...place,
    what: "not-made",
    since,
    attempts: 3,
    failure: "the browser did not start\n  at line 2",
  },
  held: { ...place, what: "held", since, issue: "weekly/2026-02-13@2", findings: ["glyphs: one is missing"] },
  overdue: { ...place, what: "overdue", since, deadline: since, state: "due", reason: null },
  skipped: { ...place, what: "skipped", since, reason: "past its deadline" },
  unplanned: {
    ...place,
    what: "unplanned",
    since,
    calendar: "KRX",
    reason: "the sessions of calendar KRX are not known after 2026-02-13",
  },
  "mail-refused": {
    ...place,
    what: "mail-refused",
    since,
    issue: "weekly/2026-02-13@1",
    waiting: 12,
    response: "535 5.7.8 authentication failed",
  },
  "not-delivered": {
    ...place,
    what: "not-delivered",
    since,
    issue: "weekly/2026-02-13@1",
    failed: 1,
    unknown: 2,
    responses: ["550 5.1.1 no such user"],
  },
} satisfies Record<string, AlertEvent>;

const all = Object.entries<AlertEvent>(events);
const textOf = (event: AlertEvent) => alertOf(event, []).text;

describe("an alert", () => {
  it.each([
    ["not-made", "failed"],
    ["held", "held"],
    ["overdue", "overdue"],
    ["skipped", "overdue"],
    ["unplanned", "overdue"],
    ["mail-refused", "failed"],
    ["not-delivered", "failed"],
  ] as const)("of %s is one of %s", (what, kind) => {
    expect(alertOf(events[what], []).kind).toBe(kind);
  });

  it.each(all)(
    "of %s tells publication, slot and since when, in UTC and in the publication's zone",
    (_, event) => {
      const text = textOf(event);
      expect(text).toMatch(/^Publication: +weekly$/m);
      expect(text).toContain("2026-02-13 23:00 UTC (2026-02-14 08:00 in Asia/Seoul)");
      expect(text).toContain("2026-02-14 00:00 UTC (2026-02-14 09:00 in Asia/Seoul)");
    },
  );

  it.each([
    ["not-made", "the browser did not start", "tideline run weekly --as-of 2026-02-13"],
    ["held", "glyphs: one is missing", "tideline release weekly/2026-02-13@2 --by NAME --because REASON"],
    ["overdue", "No process is at it", "tideline doctor"],
    ["skipped", "past its deadline", "tideline run weekly --as-of 2026-02-13"],
    ["unplanned", "the sessions of calendar KRX are not known after 2026-02-13", "tideline schedule"],
    ["mail-refused", "535 5.7.8 authentication failed", "tideline doctor"],
    ["not-delivered", "550 5.1.1 no such user", "tideline send weekly/2026-02-13@1 --failed"],
  ] as const)("of %s says why, and which command mends it", (what, reason, command) => {
    expect(textOf(events[what])).toContain(reason);
    expect(textOf(events[what])).toContain(`: ${command}\n`);
  });

  it("names the moment of a cron's slot, which is its own cut-off", () => {
    const slots = { kind: "cron", expression: "0 8 * * 6", zone: "Asia/Seoul" } as const;
    const event = { ...events["not-made"], publication: { id: "weekly", slots } };
    expect(textOf(event)).toContain("--as-of 2026-02-13T23:00:00Z");
  });

  it("has a subject of one line that says what and which", () => {
    const subjects = all.map(([, event]) => alertOf(event, []).subject);
    for (const subject of subjects)
      expect(subject).toMatch(/^Tideline (failed|held|overdue): .*weekly.*2026-02-13/);
    expect(new Set(subjects).size).toBe(all.length);
  });

  it("cuts a long list of findings, and says so", () => {
    const findings = Array.from({ length: 40 }, (_, i) => `finding ${i}`);
    const text = textOf({ ...events.held, findings });
    expect(text).toContain("finding 11\n  and 28 more lines\n");
    expect(text).not.toContain("finding 12");
  });
});

describe("the key of an alert", () => {
  it("is the same whoever sees the event, and whenever", () => {
    for (const [, event] of all)
      expect(alertOf({ ...event, since: since + 99_000 }, ["mail:a@b.example"]).key).toBe(
        alertOf(event, []).key,
      );
  });

  it("is another one for another publication, slot, event, and end of an attempt", () => {
    const changed: AlertEvent[] = [
      { ...events["not-made"], publication: { ...place.publication, id: "daily" } },
      { ...events["not-made"], slot: { at: at + 1000, asOf: "2026-02-13" } },
      { ...events["not-made"], attempts: 4 },
      { ...events.held, issue: "weekly/2026-02-13@3" },
    ];
    const keys = [...all.map(([, event]) => event), ...changed].map((event) => alertOf(event, []).key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("holds publication and slot", () => {
    for (const [, event] of all)
      expect(placeOfKey(alertOf(event, []).key)).toEqual({
        publication: "weekly",
        slot: "2026-02-13T23:00:00Z",
      });
  });
});

describe("channels", () => {
  it("are the addresses of the configuration, and none where there are none", () => {
    expect(channelsOf({ mail: ["a@b.example", "c@d.example"], webhook: "https://hook.example/x" })).toEqual([
      "mail:a@b.example",
      "mail:c@d.example",
      "webhook:https://hook.example/x",
    ]);
    expect(channelsOf({ mail: [], webhook: null })).toEqual([]);
  });

  it.each([
    ["https://hook.example/x", true],
    ["http://127.0.0.1:8080/x", true],
    ["http://localhost/x", true],
    ["http://[::1]/x", true],
    ["http://hook.example/x", false],
    ["http://127.0.0.1.example/x", false],
    ["http://localhost.example/x", false],
    ["https://user:pass@hook.example/x", false],
    ["ftp://hook.example/x", false],
    ["hook.example", false],
  ])("%s may be called: %s", (url, expected) => {
    expect(isConfidential(url)).toBe(expected);
  });
});

describe("a reason that leaves the machine", () => {
  it.each([
    [
      "a file of the workspace, from there",
      `${dir}/data/prices.csv:3:4: found x`,
      "data/prices.csv:3:4: found x",
    ],
    ["a file elsewhere, without its folders", "open '/var/lib/x/y.db'", "open '…/y.db'"],
    ["a file of another disk", "open 'C:\\Users\\desk\\y.db'", "open '…/y.db'"],
    ["a file as an address", "import file:///srv/app/src/cli.ts", "import …/cli.ts"],
    [
      "a password in an address",
      "connect smtps://me:pa:ss@mail.example:465 failed",
      "connect smtps://mail.example:465 failed",
    ],
    ["a password by name", "password=hunter2, user=me", "password=…, user=me"],
    ["a webhook's key", "signing with whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "signing with whsec_…"],
    [
      "a private key",
      "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nAAAA\n-----END RSA PRIVATE KEY-----",
      "(a private key)",
    ],
  ])("shortens %s", (_, text, expected) => {
    expect(reasonLines(text, dir)).toEqual([expected]);
  });

  it.each([
    "weekly/2026-02-13 has 3/4 of its days",
    "https://hook.example/a/b answered 500",
    "found ratio 1/2, expected output/weekly/2026-02-13",
    "the zone America/New_York",
  ])("keeps %s", (text) => {
    expect(reasonLines(text, dir)).toEqual([text]);
  });

  it("has neither empty lines, control characters nor lines without end", () => {
    expect(reasonLines(`a\r\n\r\n  b\u001b[31m\u2028${"c".repeat(500)}`, dir)).toEqual([
      "a",
      "b [31m",
      `${"c".repeat(299)}…`,
    ]);
  });
});
