import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { slotPlanner } from "#src/calendar/plan.ts";
import { loadWorkspace } from "#src/config/load.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import { openStore } from "#src/store/open.ts";
import { inside } from "#tests/cli/inside.ts";
import { smallConfig, writeWorkspace } from "#tests/render/small-workspace.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const base = temporaryFolder();
const now = Date.parse("2026-03-30T12:00:00Z");
const mornings = { due: { cron: "0 7 * * 1-5", zone: "Europe/London" } };
let folders = 0;

/** A workspace with a weekly and, where it has a schedule, a note every morning or session. */
function workspace(
  schedules: { readonly weekly?: object; readonly daily?: object },
  more: object = {},
): string {
  const config = smallConfig();
  const { weekly } = config.publications;
  const publications = {
    weekly: { ...weekly, schedule: schedules.weekly },
    ...(schedules.daily && {
      daily: { ...weekly, calendar: "KRX", offset: "30m", schedule: schedules.daily },
    }),
  };
  return writeWorkspace(join(base, String(++folders)), { ...config, publications, ...more });
}

const weekly = { due: "last session of the week", late: "hold", catchUp: "all" };

describe("tideline schedule", () => {
  it("lists the slots of all publications in order of time, in three zones", async () => {
    const dir = workspace({ weekly, daily: mornings });
    const { code, out, err } = await inside(dir, ["schedule", "--list", "6"], now);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toBe(
      [
        "publication  as of       UTC               its zone                           here                            state   rule",
        "daily        2026-03-31  2026-03-31 06:00  2026-03-31 07:00 Europe/London     2026-03-31 14:00 Asia/Shanghai  coming  cron 0 7 * * 1-5",
        "daily        2026-04-01  2026-04-01 06:00  2026-04-01 07:00 Europe/London     2026-04-01 14:00 Asia/Shanghai  coming  cron 0 7 * * 1-5",
        "daily        2026-04-02  2026-04-02 06:00  2026-04-02 07:00 Europe/London     2026-04-02 14:00 Asia/Shanghai  coming  cron 0 7 * * 1-5",
        "weekly       2026-04-02  2026-04-02 22:00  2026-04-02 18:00 America/New_York  2026-04-03 06:00 Asia/Shanghai  coming  last session of the week, NYSE close + 2h",
        "daily        2026-04-03  2026-04-03 06:00  2026-04-03 07:00 Europe/London     2026-04-03 14:00 Asia/Shanghai  coming  cron 0 7 * * 1-5",
        "daily        2026-04-06  2026-04-06 06:00  2026-04-06 07:00 Europe/London     2026-04-06 14:00 Asia/Shanghai  coming  cron 0 7 * * 1-5",
      ].join("\n"),
    );
  });

  it("lists ten where nothing else is asked for, and as JSON for programs", async () => {
    const { out } = await inside(workspace({ daily: { due: "every session" } }), ["schedule", "--json"], now);
    const slots: readonly unknown[] = JSON.parse(out);
    expect(slots).toHaveLength(10);
    expect(slots[0]).toEqual({
      publication: "daily",
      asOf: "2026-03-31",
      at: "2026-03-31T07:00:00Z",
      zone: "Asia/Seoul",
      local: "2026-03-31T16:00:00+09:00",
      operator: "2026-03-31T15:00:00+08:00",
      rule: "every session, KRX close + 30m",
      state: "coming",
      reason: null,
    });
  });

  it("begins with slots that have come and are not done with", async () => {
    const dir = workspace({ weekly });
    const { publications, calendars } = await loadWorkspace(dir, {});
    const { weekly: publication } = publications;
    if (!publication?.schedule) throw new RangeError("no schedule");
    const scheduled = { ...publication, schedule: publication.schedule };
    const calendar = calendarOf(calendars, publication);
    const store = await openStore({ file: join(dir, ".tideline", "tideline.db") });
    const { ledger } = store;
    const look = (moment: number) =>
      ledger.planSlots("weekly", moment, slotPlanner(scheduled, calendar, moment));
    await look(Date.parse("2026-03-01T00:00:00Z"));
    const entered = await look(Date.parse("2026-03-21T00:00:00Z"));
    expect(entered.map(({ asOf, state }) => [asOf, state])).toEqual([
      ["2026-03-06", "due"],
      ["2026-03-13", "due"],
      ["2026-03-20", "due"],
    ]);
    for (const [asOf, state, reason] of [
      ["2026-03-06", "failed", "prices.csv cannot be read"],
      ["2026-03-13", "made", null],
    ] as const) {
      const slot = entered.find((each) => each.asOf === asOf);
      if (slot === undefined) throw new RangeError(asOf);
      const taken = await ledger.takeSlot("weekly", slot.at, "tester", now, 60_000);
      expect(await ledger.endSlot(taken ?? slot, "tester", { state, reason }, now)).toBe(true);
    }
    await store[Symbol.asyncDispose]();

    const { out } = await inside(dir, ["schedule", "--list", "1", "--json"], now);
    const told: readonly { asOf: string; state: string; reason: string }[] = JSON.parse(out);
    expect(told.map(({ asOf, state, reason }) => [asOf, state, reason])).toEqual([
      ["2026-03-06", "failed", "prices.csv cannot be read"],
      ["2026-03-20", "overdue", "since 2026-03-21T04:00:00Z"],
      [
        "2026-03-27",
        "overdue",
        "since 2026-03-28T04:00:00Z; nobody has entered it: is `tideline serve` running?",
      ],
      ["2026-04-02", "coming", null],
    ]);
  });

  it("lists what is known before a calendar ends, and says which one ends when", async () => {
    const own = {
      XTST: { zone: "Europe/London", closes: [{ at: "16:30" }], closed: [], validUntil: "2026-04-10" },
    };
    const config = smallConfig();
    const dir = writeWorkspace(join(base, "ending"), {
      ...config,
      publications: { weekly: { ...config.publications.weekly, calendar: "XTST", schedule: weekly } },
      calendars: own,
    });
    const { code, out, err } = await inside(dir, ["schedule"], now);
    expect(code).toBe(0);
    expect(out.split("\n").map((line) => line.split(/\s+/)[1])).toEqual(["as", "2026-04-03", "2026-04-10"]);
    expect(err).toContain("the sessions of calendar XTST are not known after 2026-04-10");
    expect((await inside(dir, ["schedule", "--list", "2"], now)).err).toBe("");
  });

  it("says how a schedule is given where there is none", async () => {
    const dir = workspace({});
    const { code, out, err } = await inside(dir, ["schedule"], now);
    expect([code, out]).toEqual([0, ""]);
    expect(err).toContain("`schedule: { due: last session of the week }`");
    expect((await inside(dir, ["schedule", "--json"], now)).out).toBe("[]");
  });

  it.each(["0", "-1", "ten", "1.5", ""])("refuses --list %j", async (n) => {
    const { code, err } = await inside(workspace({ weekly }), ["schedule", `--list=${n}`], now);
    expect(code).toBe(2);
    expect(err).toContain("a whole number from 1 to 9999");
  });
});
