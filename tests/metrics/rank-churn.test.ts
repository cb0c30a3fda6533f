import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leadershipTurnover, leadershipTurnoverPath } from "#src/metrics/leadership-turnover.ts";
import type { Panel } from "#src/metrics/panel.ts";
import { rankChurn, rankChurnPath } from "#src/metrics/rank-churn.ts";
import reference from "#tests/fixtures/reference/noise.json" with { type: "json" };
import { pathGap, replaced, sessions } from "#tests/metrics/panels.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const { churn, turnover } = reference.names;
const prices: Panel = reference.names.prices;

/** Names that grew by those factors in the first and in the second of two sessions. */
const grown = (first: readonly number[], second: readonly number[]): Panel =>
  first.map((f, i) => [1, f, f * (second[i] ?? 1)]);
const rising = series(10, (i) => 1 + i / 64);

describe("rankChurn", () => {
  it("agrees with scipy to 1e-13, among the names that are there, with ties", () => {
    expect(pathGap(rankChurnPath(prices), churn)).toBeLessThan(1e-13);
    expect(churn.filter((v) => v !== null).length).toBeGreaterThan(50);
    expect(rankChurn(prices)).toMatchObject({ status: "ok", n: 34, value: rankChurnPath(prices).at(-1) });
  });

  it("is 0 for the same order, 2 for one turned over, and 1 for orders that have nothing in common", () => {
    expect(rankChurn(grown(rising, rising), 1).value).toBeCloseTo(0, 14);
    expect(
      rankChurn(
        grown(
          rising,
          rising.map((f) => 1 / f),
        ),
        1,
      ).value,
    ).toBeCloseTo(2, 14);
    // Against 0 … 9, ranks that are large at both ends: their correlation is 0.
    const ends = rising.map((_, i) => 1 + Math.abs(i - 4.5) / 64);
    expect(rankChurn(grown(rising, ends), 1).value).toBeCloseTo(1, 13);
  });

  it("needs two periods and ten names that have both", () => {
    expect(rankChurn(sessions(prices, 69, 110)).status).toBe("ok");
    expect(rankChurn(sessions(prices, 70, 110))).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 41, have: 40 }],
    });
    const ten = grown(rising, rising);
    expect(rankChurn(ten, 1)).toMatchObject({ status: "ok", n: 10 });
    for (const t of [0, 1, 2])
      expect(rankChurn(replaced(ten, 4, t, null), 1)).toMatchObject({
        status: "insufficient",
        reasons: [{ code: "too-few", need: 10, have: 9 }],
      });
    // Of longer periods the ends count, and not what lies between them.
    const longer = rising.map((f, i) => [1, 2, f, 2, f * (1 + i / 64)]);
    for (const [t, have] of [9, 10, 9, 10, 9].entries())
      expect(rankChurn(replaced(longer, 4, t, null), 2)).toMatchObject(
        have === 10 ? { status: "ok", n: 10 } : { reasons: [{ code: "too-few", need: 10, have }] },
      );
  });

  it("does not exist where all names have one return", () => {
    const one = grown(
      rising.map(() => 2),
      rising,
    );
    expect(rankChurn(one, 1)).toMatchObject({ status: "undefined", reasons: [{ code: "zero-variance" }] });
    expect(
      rankChurn(
        grown(
          rising.map((_, i) => (i === 3 ? 3 : 2)),
          rising,
        ),
        1,
      ).status,
    ).toBe("ok");
  });

  it("refuses prices that are not positive, lengths that differ and a span of 0", () => {
    expect(() => rankChurnPath(replaced(prices, 1, 60, 0))).toThrow(RangeError);
    expect(() => rankChurnPath(replaced(prices, 1, 60, Number.NaN))).toThrow(RangeError);
    expect(() => rankChurnPath([[1, 2], [1]], 1)).toThrow(RangeError);
    expect(() => rankChurnPath(prices, 0)).toThrow(RangeError);
  });

  it("lies between 0 and 2, and does not see the unit of a price nor the order of names", () => {
    const seen = new Set<number>();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 33 }), fc.integer({ min: 0, max: 9 }), (i, power) => {
        const path = rankChurnPath(prices.map((p, k) => (k === i ? p.map((v) => v && v * 2 ** power) : p)));
        expect(path).toEqual(rankChurnPath(prices));
        for (const v of path) if (v !== null) seen.add(v);
      }),
      { ...seeded, numRuns: 5 },
    );
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...seen)).toBeLessThanOrEqual(2);
    expect(Math.max(...seen) - Math.min(...seen)).toBeGreaterThan(0.3);
    expect(pathGap(rankChurnPath(prices.toReversed()), rankChurnPath(prices))).toBeLessThan(1e-13);
  });
});

describe("leadershipTurnover", () => {
  it("agrees with numpy exactly, of equal returns the first", () => {
    expect(pathGap(leadershipTurnoverPath(prices), turnover)).toBeLessThan(1e-15);
    expect(new Set(turnover).size).toBeGreaterThan(2);
    expect(leadershipTurnover(prices)).toMatchObject({
      status: "ok",
      n: 34,
      value: { turnover: turnover.at(-1), expected: 1 - 3 / 34, leaders: 3, names: 34 },
    });
  });

  it("has three leaders up to 39 names, and a tenth from 40 on", () => {
    const leaders = (n: number) =>
      leadershipTurnover(
        grown(
          series(n, (i) => 1 + i / 64),
          series(n, 1),
        ),
        1,
      ).value?.leaders;
    expect([10, 39, 40, 49, 50].map(leaders)).toEqual([3, 3, 4, 4, 5]);
  });

  it("is 0 where the same lead, 1 where others do, and a third where one is new", () => {
    const of = (second: readonly number[]) => leadershipTurnover(grown(rising, second), 1).value?.turnover;
    expect(of(rising)).toBe(0);
    expect(of(rising.toReversed())).toBe(1);
    expect(of(rising.with(0, 3))).toBeCloseTo(1 / 3, 14);
    // All alike: the first three lead, who were last.
    expect(of(series(10, 1.5))).toBe(1);
    expect(of(series(10, 1.5).with(8, 2).with(9, 2))).toBeCloseTo(1 / 3, 14);
  });

  it("is refused as rank churn is", () => {
    expect(leadershipTurnover(sessions(prices, 70, 110))).toMatchObject({
      status: "insufficient",
      reasons: [{ need: 41 }],
    });
    expect(leadershipTurnover(grown(rising, rising).slice(1), 1)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 10, have: 9 }],
    });
    expect(() => leadershipTurnoverPath(replaced(prices, 1, 60, -1))).toThrow(RangeError);
  });
});

describe.each([
  ["rankChurnPath", rankChurnPath],
  ["leadershipTurnoverPath", leadershipTurnoverPath],
])("%s", (_, path) => {
  it("looks at nothing after its day, and at all before", () => {
    const whole = path(prices);
    expect(path(sessions(prices, 0, 90))).toEqual(whole.slice(0, 90));
    const leader = prices.reduce((p, _path, i) => (i < 3 ? replaced(p, i + 30, 90, 900) : p), prices);
    const changed = path(leader);
    expect(changed.slice(0, 90)).toEqual(whole.slice(0, 90));
    expect(changed[90]).not.toBe(whole[90]);
  });
});
