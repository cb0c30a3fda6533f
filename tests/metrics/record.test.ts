import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordDay } from "#src/metrics/record.ts";
import { reference, seeded, series, weekdaysFrom } from "#tests/metrics/returns-reference.ts";

const days = weekdaysFrom("2020-01-06", 2000);
const { daily } = reference;
/** Small moves up and down, none beyond 1 %. */
const calm = (n: number): readonly number[] => series(n, (i) => (((i * 7) % 11) - 5) / 1000 + (i % 2) / 1000);
const gain = (values: readonly number[]) => recordDay(days, values, "gain");
const loss = (values: readonly number[]) => recordDay(days, values, "loss");
const records = reference.records.map(([side, n = 0, at = 0, value, rank]) => ({
  side: side === 0 ? ("gain" as const) : ("loss" as const),
  n,
  at,
  value,
  rank,
}));
const found = ({ side, n }: { side: "gain" | "loss"; n: number }) => recordDay(days, daily.slice(0, n), side);

describe("recordDay", () => {
  it.each(records)("agrees with pandas: the $side of $n days is day $at", (row) => {
    const { n, at, value } = row;
    expect(found(row)).toMatchObject({ n, value: { index: at, date: days[at], value, equalled: false } });
  });

  it.each(records.filter(({ n, at }) => n === at + 1))(
    "ranks the $side of day $at by its size against the volatility: $rank",
    (row) => {
      expect(found(row).value?.volScaledRank).toBe(row.rank);
    },
  );

  // B1: rank(t) counts s <= t. The code counts the days after t too, so that data of later change the rank as of t.
  it("ranks against the days up to the record, not those after it", () => {
    for (const row of records) expect(found(row).value?.volScaledRank).toBe(row.rank);
  });

  it("finds the largest gain and the deepest loss by hand", () => {
    const values = calm(300).with(100, 0.05).with(200, -0.07);
    expect(gain(values)).toMatchObject({
      n: 300,
      value: { index: 100, date: days[100], value: 0.05, equalled: false },
    });
    expect(loss(values)).toMatchObject({ n: 300, value: { index: 200, date: days[200], value: -0.07 } });
  });

  it("needs 250 days: 250 are enough, 249 are not", () => {
    expect(gain(calm(250)).value).not.toBeNull();
    for (const have of [249, 1, 0]) {
      expect(gain(calm(have))).toEqual({
        status: "insufficient",
        value: null,
        n: have,
        reasons: [{ code: "too-few", need: 250, have }],
      });
    }
  });

  it("is without a caveat from 1000 days on", () => {
    expect(gain(calm(1000))).toMatchObject({ status: "ok", n: 1000, reasons: [] });
  });

  // 3.0: between the minimum (250) and the preferred history (1000) the value carries a warning with n.
  it.each([250, 999])("warns of a history of %i days, short of 1000", (n) => {
    expect(gain(calm(n))).toMatchObject({
      status: "warn",
      reasons: [{ code: "short-history", need: 1000, have: n }],
    });
  });

  it("knows no gain where none was, and one as soon as one was", () => {
    const falling = series(300, -0.001);
    for (const none of [falling, series(300, 0), falling.with(9, -0)]) {
      expect(gain(none)).toEqual({
        status: "undefined",
        value: null,
        n: 300,
        reasons: [{ code: "no-gain" }],
      });
    }
    expect(gain(falling.with(9, 1e-12)).value).toMatchObject({ index: 9, value: 1e-12 });
    expect(loss(series(300, 0.001))).toMatchObject({ status: "undefined", reasons: [{ code: "no-loss" }] });
    expect(loss(series(300, 0.001).with(9, -1e-12)).value).toMatchObject({ index: 9, value: -1e-12 });
  });

  it("says that a tie equals, and names the earlier day; a bit less is no tie", () => {
    const once = calm(300).with(100, 0.05);
    expect(gain(once.with(250, 0.05)).value).toMatchObject({ index: 100, equalled: true });
    expect(gain(once.with(250, 0.05 - 1e-17)).value).toMatchObject({ index: 100, equalled: false });
    expect(gain(once.with(250, 0.05 + 1e-17)).value).toMatchObject({ index: 250, equalled: false });
  });

  it("has no scaled rank where the volatility is not known yet: day 30 has one, day 29 has none", () => {
    expect(gain(calm(300).with(29, 0.05)).value?.volScaledRank).toBeNull();
    expect(gain(calm(300).with(30, 0.05)).value?.volScaledRank).toBe(1);
    const still = series(300, 0).with(100, 0.05);
    expect(gain(still).value).toMatchObject({ index: 100, volScaledRank: null });
  });

  it("ranks a large day in a storm behind a smaller one in the calm", () => {
    // 3 % after ±0.5 % is six deviations; 8 % after ±4 % is two.
    const values = series(300, (i) => (i % 2 === 0 ? 1 : -1) * (i < 200 ? 0.005 : 0.04))
      .with(150, 0.03)
      .with(299, 0.08);
    expect(gain(values).value).toMatchObject({ index: 299 });
    expect(gain(values).value?.volScaledRank).toBeGreaterThan(1);
    expect(gain(values.slice(0, 250).with(150, 0.045)).value).toMatchObject({ index: 150, volScaledRank: 1 });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses %d", (bad) => {
    expect(() => gain(calm(300).with(10, bad))).toThrow(RangeError);
    expect(() => loss(calm(300).with(10, -bad))).toThrow(RangeError);
  });

  // A loss without bound is no number either; only the side that is ranked is checked.
  it("refuses an infinite value on the other side too", () => {
    expect(() => gain(calm(300).with(10, Number.NEGATIVE_INFINITY))).toThrow(RangeError);
  });
});

describe("laws of recordDay", () => {
  const move = fc.integer({ min: -900, max: 900 }).map((n) => n / 10_000);
  const history = fc
    .array(move, { minLength: 250, maxLength: 300 })
    .map((values) => Object.freeze([0.0001, ...values]));
  const later = fc.array(move, { minLength: 1, maxLength: 40 });
  const few = { ...seeded, numRuns: 50 };

  it("is the day that no other beats, looked for one by one", () => {
    fc.assert(
      fc.property(history, (values) => {
        const best = gain(values).value;
        const beaten = (i: number) => values.some((v) => v > (values[i] ?? 0));
        const unbeaten = values.flatMap((_, i) => (beaten(i) ? [] : [i]));
        expect(best?.index).toBe(unbeaten[0]);
        expect(best?.equalled).toBe(unbeaten.length > 1);
      }),
      few,
    );
  });

  it("as of a day stands until a later day beats it", () => {
    fc.assert(
      fc.property(history, later, (values, after) => {
        const then = gain(values).value;
        const now = gain([...values, ...after]).value;
        const beats = after.some((v) => v > (then?.value ?? 0));
        if (beats) expect(now?.index).toBeGreaterThanOrEqual(values.length);
        else expect([now?.index, now?.date, now?.value]).toEqual([then?.index, then?.date, then?.value]);
      }),
      few,
    );
    expect(gain([...calm(260), 0.5]).value?.index).toBe(260);
  });

  // B1 as above: what comes later must not change a rank as of the record day by a bit.
  it("keeps the scaled rank of a day when smaller days follow", () => {
    const stormThenCalm = series(300, (i) => (i % 2 === 0 ? 1 : -1) * (i < 250 ? 0.02 : 0.001)).with(
      249,
      0.05,
    );
    const jolt = [...stormThenCalm, 0.02];
    expect(gain(jolt).value?.volScaledRank).toBe(gain(stormThenCalm.slice(0, 250)).value?.volScaledRank);
  });

  it("mirrors gains and losses, and does not see the unit", () => {
    fc.assert(
      fc.property(history, (values) => {
        const best = gain(values).value;
        const worst = loss(values.map((v) => -v)).value;
        expect(worst).toEqual({ ...best, value: -(best?.value ?? 0) });
        expect(gain(values.map((v) => v * 4)).value).toEqual({ ...best, value: 4 * (best?.value ?? 0) });
      }),
      few,
    );
  });
});
