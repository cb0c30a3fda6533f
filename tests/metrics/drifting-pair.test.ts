import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { driftingPair } from "#src/metrics/drifting-pair.ts";
import { pairReturns } from "#src/metrics/pair-return.ts";
import { gap, reference, tenths } from "#tests/metrics/pair-trade-reference.ts";
import { seeded } from "#tests/metrics/returns-reference.ts";

const { ends, returns } = reference;
const every = ["week", "month", "never"] as const;

describe("driftingPair", () => {
  it.each(every)("is what the accounts make to 1e-12: rebalanced every %s", (period) => {
    const expected = reference.drifting[period];
    const found = driftingPair(ends, returns.long, returns.short, period);
    expect(found).toMatchObject({ status: "ok", n: 851 });
    const { level = [], weights } = found.value ?? {};
    expect(gap([...tenths(level.slice(1)), level.at(-1) ?? 0], expected.level)).toBeLessThan(1e-12);
    expect(
      gap(
        tenths(weights?.long ?? []),
        expected.weights.map(([up]) => up ?? 0),
      ),
    ).toBeLessThan(1e-12);
    expect(
      gap(
        tenths(weights?.short ?? []),
        expected.weights.map(([, down]) => down ?? 0),
      ),
    ).toBeLessThan(1e-12);
  });

  it("is by hand: +10 % and −10 % twice in a week make 0.21 + 0.19, and 0.2 · 1.2 + 0.2 where rebalanced", () => {
    const two = (dates: readonly string[]) =>
      driftingPair(dates, [0.1, 0.1], [-0.1, -0.1], "week").value?.level;
    expect(two(["2026-02-12", "2026-02-13"])?.at(-1)).toBeCloseTo(1.4, 14);
    expect(two(["2026-02-13", "2026-02-16"])?.at(-1)).toBeCloseTo(1.44, 14);
  });

  it("begins each period with 100 against 100, and drifts from there", () => {
    const { weights } = driftingPair(ends, returns.long, returns.short, "month").value ?? {};
    for (const [t, end] of ends.entries()) {
      const isFirst = end.slice(0, 7) !== ends[t - 1]?.slice(0, 7);
      if (isFirst) expect([weights?.long[t], weights?.short[t]]).toEqual([1, 1]);
      else expect(weights?.long[t]).not.toBe(1);
      expect(
        (weights?.long[t] ?? 0) * (returns.long[t] ?? 0) - (weights?.short[t] ?? 0) * (returns.short[t] ?? 0),
      ).toBeCloseTo(driftingPair(ends, returns.long, returns.short, "month").value?.pair[t] ?? 9, 14);
      if (t > 60) break;
    }
  });

  const leg = fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: 5, maxLength: 5 });
  const mondays = ["2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02"];
  const week = ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09"];

  it("of one session a week is the pair that is rebalanced every session", () => {
    fc.assert(
      fc.property(leg, leg, (long, short) => {
        const found = driftingPair(mondays, long, short, "week").value;
        expect(gap(found?.level ?? [], pairReturns(long, short).value?.level ?? [])).toBeLessThan(1e-14);
      }),
      { ...seeded, numRuns: 100 },
    );
  });

  it("within one week is bought and held: the legs' own returns, one less the other", () => {
    fc.assert(
      fc.property(leg, leg, (long, short) => {
        const own = (returns_: readonly number[]) => returns_.reduce((level, r) => level * (1 + r), 1);
        const found = driftingPair(week, long, short, "week").value?.level.at(-1) ?? 0;
        expect(found).toBeCloseTo(1 + own(long) - own(short), 13);
        expect(driftingPair(week, long, short, "never").value?.level.at(-1)).toBe(found);
      }),
      { ...seeded, numRuns: 100 },
    );
  });

  it("and the two are not the same", () => {
    const [long, short] = [
      [0.1, 0.1, 0, 0, 0],
      [-0.1, 0, 0, 0, 0],
    ];
    const [one, other] = [mondays, week].map((dates) =>
      driftingPair(dates, long, short, "week").value?.level.at(-1),
    );
    expect(Math.abs((one ?? 0) - (other ?? 0))).toBeGreaterThan(0.005);
  });

  it("does not exist once the capital, or the long leg, is lost, and does just before", () => {
    const dates = week.slice(0, 2);
    const lost = { status: "undefined", value: null, n: 2, reasons: [{ code: "total-loss" }] };
    expect(driftingPair(dates, [-0.5, 0], [0.5, 0], "week")).toEqual(lost);
    expect(driftingPair(dates, [-0.5, 0], [0.4999, 0], "week").status).toBe("ok");
    expect(driftingPair(dates, [-1, 0], [-0.5, 0], "week")).toEqual(lost);
    expect(driftingPair(dates, [-0.9999, 0], [-0.5, 0], "week").status).toBe("ok");
  });

  it("throws for lengths that differ and returns that are no numbers", () => {
    expect(() => driftingPair(week, [0], [0], "week")).toThrow(RangeError);
    expect(() => driftingPair(["2026-01-05"], [0], [], "week")).toThrow(RangeError);
    expect(() => driftingPair(["2026-01-05"], [Number.NaN], [0], "week")).toThrow(RangeError);
    expect(driftingPair([], [], [], "week").value).toMatchObject({ pair: [], level: [1] });
  });

  it.each(every)("says the same of a day whatever comes after it, to the bit: %s", (period) => {
    const { long, short } = returns;
    const whole = driftingPair(ends, long, short, period).value;
    for (const cut of [1, 203, 500]) {
      const part = driftingPair(ends.slice(0, cut), long.slice(0, cut), short.slice(0, cut), period).value;
      expect(part?.pair).toEqual(whole?.pair.slice(0, cut));
      expect(part?.level).toEqual(whole?.level.slice(0, cut + 1));
      expect(part?.weights.long).toEqual(whole?.weights.long.slice(0, cut));
    }
    const changed = driftingPair(ends, long.with(202, 0.05), short, period).value;
    expect(changed?.level[203]).not.toBe(whole?.level[203]);
    expect(changed?.level[202]).toBe(whole?.level[202]);
  });
});
