import { describe, expect, it } from "vitest";
import type { Break } from "#src/sections/regime-break-search.ts";
import type { Market } from "#src/sections/regime-market.ts";
import type { HiddenState, StatesFinding } from "#src/sections/regime-states.ts";
import { nearestWitness } from "#src/sections/regime-witness.ts";
import { regimeOf, rowsOf, type Shape } from "#tests/sections/conditions-case.ts";
import { series } from "#tests/sections/days.ts";

/** Up and down by turns, so much in a session. */
const swings =
  (size: (left: number) => number): Shape =>
  (_, t, left) =>
    (t % 2 === 0 ? 1 : -1) * size(left);
const rows = (size: (left: number) => number) =>
  rowsOf(
    series(1200, () => 0),
    swings(size),
  );
const issue = (size: (left: number) => number, isInGrid = true) =>
  regimeOf({
    series: { a: { rows: rows(size) } },
    regime: isInGrid ? ["a"] : [],
    conditions: { breaks: ["a"] },
  });
/** Quiet, and for so many sessions at the end three times as much. */
const raised = (sessions: number) => (left: number) => (left < sessions ? 0.03 : 0.01);

describe("a change of volatility", () => {
  const found = issue(raised(40));

  it("is a regime change where the grid changed within ten sessions of it", () => {
    const said = found.statement("regime.a.break.changed");
    expect(said).toMatchObject({
      gate: {
        rule: "J2 change point beside J3 and J1",
        found: { direction: "higher", witness: "grid", age: 39 },
      },
      stance: "a.break:changed",
      claim: { key: "regime.break.claim.changed.higher" },
      text: [{ key: "regime.break.text.changed.higher.grid" }],
    });
    expect(found.readings).toEqual(["break-changed"]);
    expect(found.sentences).toContain("regime.break.text.changed.higher.grid");
  });

  it("has its day, the volatilities on both sides and the penalty", () => {
    const day = rows(raised(40)).at(-40)?.[0];
    expect(found.fact("regime.a.break-since").value).toBe(day);
    // Logarithms of returns of 3 and of 1 per cent, by turns.
    expect(found.fact("regime.a.break-after").value).toBeCloseTo(0.03 * Math.sqrt(252), 3);
    expect(found.fact("regime.a.break-before").value).toBeCloseTo(0.01 * Math.sqrt(252), 3);
    expect(found.fact("regime.a.break-since").params).toMatchObject({
      minSegment: 20,
      penalty: 3 * Math.log(1200),
      lastBefore: rows(raised(40)).at(-41)?.[0],
    });
  });

  it("is only a sign where nothing else changed", () => {
    const alone = issue(raised(40), false);
    expect(alone.said).toEqual(["regime.a.break.signs"]);
    expect(alone.refusal("regime.a.break").reasons.map(({ code }) => code)).toContain("no-agreement");
    expect(alone.readings).toEqual(["break-signs"]);
  });

  it("goes down as well as up", () => {
    const fallen = issue((left) => (left < 60 ? 0.004 : 0.022 - 0.002 * (left / 1200)));
    expect(fallen.said).toContain("regime.a.break.changed");
    expect(fallen.statement("regime.a.break.changed").gate.found.direction).toBe("lower");
  });

  it("is not borne out by a grid that went the other way", () => {
    // Very lively, then all but still for 28 sessions, then as usual: the grid comes down from high while volatility rises.
    const calmed = issue((left) => {
      if (left < 55) return 0.0105;
      if (left < 83) return 0.004;
      if (left < 183) return 0.03;
      return Math.floor(left / 100) % 2 === 0 ? 0.012 : 0.003;
    });
    const { found } = calmed.statement("regime.a.break.signs").gate;
    expect(found).toMatchObject({ direction: "higher", calmness: "normal", witness: null });
  });

  it("is no news after a quarter: the table says since when it stands", () => {
    expect(issue(raised(64)).said).toContain("regime.a.break.changed");
    const old = issue(raised(65));
    expect(old.said).toContain("regime.a.break.stands");
    expect(old.readings).toEqual(["break-stands"]);
    expect(old.sentences).not.toContain("regime.break.text.stands");
  });

  it("is first seen on the grid, when it is too early for a change point", () => {
    const early = issue((left) => (left < 4 ? 0.013 : 0.01));
    expect(early.said).toContain("regime.a.break.early");
    expect(early.statement("regime.a.break.early")).toMatchObject({
      claim: { key: "regime.break.claim.early.high" },
    });
    expect(early.fact("regime.a.volatility-since").value).toBe(rows(() => 0.01).at(-2)?.[0]);
  });

  it("is not too early once a segment could begin on the day of the grid", () => {
    // The third session of a little more confirms the grid's state; no change point is found of so little.
    const risen = (sessions: number) => issue((left) => (left < sessions ? 0.0102 : 0.01));
    expect(risen(21).said).toContain("regime.a.break.early");
    expect(risen(21).statement("regime.a.break.early").gate.found).toMatchObject({ gridAge: 18 });
    expect(risen(22).said).toContain("regime.a.break.none");
  });

  it("may not have come at all", () => {
    const none = issue(() => 0.01, false);
    expect(none.said).toEqual(["regime.a.break.none"]);
    expect(none.fact("regime.a.break-since")).toMatchObject({
      value: null,
      reasons: [{ code: "no-change" }],
    });
    expect(none.measures).toEqual([]);
  });

  it("is not made by a single day, however large", () => {
    const crash = (left: number) => (left === 100 ? 0.3 : 0.01 + 0.002 * Math.sin(left));
    expect(issue(crash, false).said).toEqual(["regime.a.break.none"]);
  });

  it("is not looked for in less than two years", () => {
    const short = (n: number) =>
      regimeOf({ series: { a: { rows: rows(raised(40)).slice(-n) } }, conditions: { breaks: ["a"] } });
    expect(short(505).said).toEqual(["regime.a.break.signs"]);
    expect(short(504).said).toEqual([]);
    expect(short(504).gaps).toEqual(["regime.conditions.gap.break"]);
  });
});

describe("the nearest witness", () => {
  const found: Break = { last: "2026-01-09", since: "2026-01-12", before: 0.1, after: 0.2, isLatest: false };
  type Calmness = "calm" | "normal" | "high";
  const grid = (
    volatility: Calmness,
    volatilitySince: string,
    volatilityBefore: Calmness | null = "normal",
  ) => ({ measured: { value: { volatility, volatilitySince, volatilityBefore } } }) as unknown as Market;
  const states = (to: HiddenState, date: string, from: HiddenState | null = "between") =>
    ({ change: { from, to, date } }) as StatesFinding;
  const away = (day: string) => Math.abs(Number(day.slice(8)) - 12);
  const none = { market: undefined, states: null };

  it("is whichever changed nearer, and goes the same way", () => {
    const both = { market: grid("high", "2026-01-20"), states: states("stressed", "2026-01-16") };
    expect(nearestWitness(found, both, away)).toEqual({ by: "states", distance: 4 });
    expect(nearestWitness(found, { ...both, states: states("calm", "2026-01-16") }, away)).toEqual({
      by: "grid",
      distance: 8,
    });
    expect(nearestWitness(found, { ...none, market: grid("calm", "2026-01-12") }, away)).toBeUndefined();
    expect(nearestWitness({ ...found, after: 0.05 }, both, away)).toBeUndefined();
    expect(
      nearestWitness({ ...found, after: 0.05 }, { ...none, states: states("calm", "2026-01-13") }, away),
    ).toEqual({
      by: "states",
      distance: 1,
    });
    expect(nearestWitness(found, none, away)).toBeUndefined();
  });

  it("came to the middle from the side that volatility came from, and from somewhere", () => {
    const day = "2026-01-14";
    const isWitness = (own: Partial<Parameters<typeof nearestWitness>[1]>) =>
      nearestWitness(found, { ...none, ...own }, away) !== undefined;
    expect(isWitness({ market: grid("normal", day, "calm") })).toBe(true);
    expect(isWitness({ market: grid("normal", day, "high") })).toBe(false);
    expect(isWitness({ market: grid("high", day, null) })).toBe(false);
    expect(isWitness({ states: states("between", day, "calm") })).toBe(true);
    expect(isWitness({ states: states("between", day, "stressed") })).toBe(false);
    expect(isWitness({ states: states("stressed", day, null) })).toBe(false);
  });

  it("did not change before a break that may have come later than it was found", () => {
    const before = { ...none, market: grid("high", "2026-01-09") };
    expect(nearestWitness(found, before, away)).toEqual({ by: "grid", distance: 3 });
    expect(nearestWitness({ ...found, isLatest: true }, before, away)).toBeUndefined();
    const on = { ...none, market: grid("high", "2026-01-12") };
    expect(nearestWitness({ ...found, isLatest: true }, on, away)).toEqual({ by: "grid", distance: 0 });
  });
});
