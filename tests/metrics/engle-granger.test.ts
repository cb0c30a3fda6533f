import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { engleGranger } from "#src/metrics/engle-granger.ts";
import reference from "#tests/fixtures/reference/unit-root.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";
import { normals, pairOf, walk } from "#tests/metrics/walks.ts";

const prices = (seed: number, n: number) => walk(seed, n, 0.01).map((x) => 100 * Math.exp(x));

describe("engleGranger", () => {
  it.each(reference.pairs)(
    "agrees with statsmodels to 1e-9, in both orders: $name",
    ({ long, short, orders }) => {
      const found = engleGranger(Object.freeze(long), Object.freeze(short));
      expect(found).toMatchObject({ status: "ok", n: long.length, reasons: [] });
      for (const [i, order] of [found.value?.longOnShort, found.value?.shortOnLong].entries()) {
        const expected = orders[i];
        expect(order?.lags).toBe(expected?.lags);
        for (const name of ["statistic", "slope", "intercept"] as const)
          expect(Math.abs((order?.[name] ?? 99) - (expected?.[name] ?? 0))).toBeLessThan(1e-9);
        expect(Math.abs((order?.pValue ?? 99) - (expected?.p ?? 0))).toBeLessThan(1e-9);
        const { one, five, ten } = order?.critical ?? {};
        for (const [j, value] of [one, five, ten].entries())
          expect(value).toBeCloseTo(expected?.critical[j] ?? 0, 12);
      }
      const least = Math.min(...orders.map(({ p }) => p));
      expect(found.value?.pValue).toBeCloseTo(Math.min(1, 2 * least), 9);
      expect(found.value?.isCointegrated).toBe(2 * least <= 0.05);
    },
  );

  it("finds both outcomes among them, and lags above none", () => {
    const found = reference.pairs.map(({ long, short }) => engleGranger(long, short).value);
    expect(new Set(found.map((each) => each?.isCointegrated))).toEqual(new Set([true, false]));
    expect(Math.max(...found.map((each) => each?.longOnShort.lags ?? 0))).toBeGreaterThan(0);
  });

  it("judges by the table of two series, not of one: −3.40 at 5 %, not −2.89", () => {
    expect(engleGranger(prices(1, 250), prices(2, 250)).value?.longOnShort.critical.five).toBeCloseTo(
      -3.3608,
      3,
    );
  });

  it("needs 250 sessions: 250 are enough, 249 are not", () => {
    expect(engleGranger(prices(1, 250), prices(2, 250)).status).toBe("ok");
    expect(engleGranger(prices(1, 249), prices(2, 249))).toEqual({
      status: "insufficient",
      value: null,
      n: 249,
      reasons: [{ code: "too-few", need: 250, have: 249 }],
    });
  });

  it("does not exist for identical legs: equal, in another unit, or apart by less than a millionth", () => {
    const leg = prices(1, 300);
    const apart = (size: number) => leg.map((p, t) => p * Math.exp(size * (normals(9, 300)[t] ?? 0)));
    for (const other of [leg, leg.map((p) => p / 7), leg.map((p) => p ** 2), apart(1e-5)]) {
      for (const [one, two] of [
        [leg, other],
        [other, leg],
      ] as const)
        expect(engleGranger(one, two)).toEqual({
          status: "undefined",
          value: null,
          n: 300,
          reasons: [{ code: "identical-legs" }],
        });
    }
    expect(engleGranger(leg, apart(1e-3)).status).toBe("ok");
    // Legs that hardly move are as different as legs that do, and legs that move much as identical.
    expect(engleGranger(walk(1, 300, 1e-6).map(Math.exp), walk(2, 300, 1e-6).map(Math.exp)).status).toBe(
      "ok",
    );
    const wide = walk(1, 300, 1);
    const beside = wide.map((x, t) => x + 1e-3 * (normals(9, 300)[t] ?? 0));
    expect(engleGranger(wide.map(Math.exp), beside.map(Math.exp)).reasons).toEqual([
      { code: "identical-legs" },
    ]);
  });

  it("does not exist for a leg that does not move, or is not positive", () => {
    for (const [code, leg] of [
      ["zero-variance", series(300, 0.3)],
      ["not-positive", prices(3, 300).with(5, 0)],
      ["not-positive", prices(3, 300).with(5, -1)],
    ] as const) {
      expect(engleGranger(leg, prices(1, 300))).toMatchObject({ status: "undefined", reasons: [{ code }] });
      expect(engleGranger(prices(1, 300), leg)).toMatchObject({ status: "undefined", reasons: [{ code }] });
    }
  });

  it("refuses legs of different lengths, and prices that are not finite", () => {
    expect(() => engleGranger(prices(1, 300), prices(1, 299))).toThrow(RangeError);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => engleGranger(prices(1, 300), prices(2, 300).with(9, bad))).toThrow(RangeError);
  });
});

describe("laws of the Engle–Granger test", () => {
  const pair = fc
    .record({ seed: fc.nat(500), phi: fc.constantFrom(0.8, 0.95, 1) })
    .map(({ seed, phi }) => pairOf(seed, 260, phi));

  it("swapping the legs swaps the orders and leaves the verdict, to the bit", () => {
    fc.assert(
      fc.property(pair, ({ long, short }) => {
        const [one, other] = [engleGranger(long, short).value, engleGranger(short, long).value];
        expect(other?.shortOnLong).toEqual(one?.longOnShort);
        expect(other?.longOnShort).toEqual(one?.shortOnLong);
        expect(other?.pValue).toBe(one?.pValue);
      }),
      { ...seeded, numRuns: 20 },
    );
  });

  it("and the two orders are not the same", () => {
    const { longOnShort, shortOnLong } = engleGranger(prices(4, 300), prices(5, 300)).value ?? {};
    expect(Math.abs((longOnShort?.statistic ?? 0) - (shortOnLong?.statistic ?? 0))).toBeGreaterThan(0.01);
  });

  it("does not see the unit of a leg", () => {
    fc.assert(
      fc.property(pair, fc.constantFrom(0.01, 3, 100), ({ long, short }, unit) => {
        const [one, other] = [
          engleGranger(long, short).value,
          engleGranger(
            long.map((p) => p * unit),
            short,
          ).value,
        ];
        expect(other?.longOnShort.statistic).toBeCloseTo(one?.longOnShort.statistic ?? 99, 7);
        expect(other?.longOnShort.slope).toBeCloseTo(one?.longOnShort.slope ?? 99, 9);
      }),
      { ...seeded, numRuns: 20 },
    );
  });

  it("sees a split that is not recorded", () => {
    const { long, short } = pairOf(3, 300, 0.8);
    const split = long.map((p, t) => (t < 150 ? p : p / 2));
    expect(engleGranger(long, short).value?.isCointegrated).toBe(true);
    expect(engleGranger(split, short).value?.isCointegrated).toBe(false);
  });
});
