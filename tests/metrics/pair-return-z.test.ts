import { describe, expect, it } from "vitest";
import { pairReturnZ, pairReturnZPath, pairZ } from "#src/metrics/pair-return-z.ts";
import { spreadZ } from "#src/metrics/spread-z.ts";
import { zScore } from "#src/metrics/z-score.ts";
import { reference } from "#tests/metrics/pair-trade-reference.ts";
import { series } from "#tests/metrics/returns-reference.ts";

const { long, short } = reference.returns;
const path = pairReturnZPath(long, short).value ?? [];
const cut = (n: number) => [long.slice(0, n), short.slice(0, n)] as const;

describe("pairReturnZ", () => {
  it.each(reference.pairReturn)("agrees with numpy to 1e-10 on return %i: %d", (t, z, value) => {
    const found = pairReturnZ(...cut((t ?? 0) + 1));
    expect(found).toMatchObject({ status: "ok", n: (t ?? 0) + 1, value: { effective: 37.8 } });
    expect(Math.abs((found.value?.z ?? 99) - (z ?? 0))).toBeLessThan(1e-10);
    expect(Math.abs((found.value?.value ?? 99) - (value ?? 0))).toBeLessThan(1e-12);
    expect(path[t ?? 0]).toEqual(found.value);
  });

  it("needs 776 returns, of which 20 make today's and 756 earlier ones are its history", () => {
    expect(pairReturnZ(...cut(776)).status).toBe("ok");
    expect(pairReturnZ(...cut(775))).toEqual({
      status: "insufficient",
      value: null,
      n: 775,
      reasons: [{ code: "too-few", need: 776, have: 775 }],
    });
    expect(path).toHaveLength(851);
    expect(path.findIndex((each) => each !== null)).toBe(775);
  });

  it("of one session is the z-score of returns", () => {
    const pair = long.map((r, t) => r - (short[t] ?? 0));
    const found = pairReturnZ(long, short, { horizon: 1, history: 100 }).value;
    expect(found?.z).toBeCloseTo(zScore(pair.slice(-101, -1), pair.at(-1) ?? 0).value ?? 99, 9);
    expect(found?.effective).toBe(100);
  });

  it("does not exist where nothing moves, or all is lost", () => {
    expect(pairReturnZ(series(800, 0.01), series(800, 0.01))).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
    expect(pairReturnZ(long.with(3, -0.6), short.with(3, 0.4))).toMatchObject({
      reasons: [{ code: "total-loss" }],
    });
  });

  it("throws for what is no pair, no horizon or no history", () => {
    expect(() => pairReturnZ(long, short.slice(1))).toThrow(RangeError);
    expect(() => pairReturnZ(long.with(3, Number.NaN), short)).toThrow(RangeError);
    for (const window of [{ horizon: 0 }, { horizon: 1.5 }, { history: 1 }, { history: Number.NaN }])
      expect(() => pairReturnZ(long, short, window)).toThrow(RangeError);
    expect(pairReturnZ(long, short, { history: 2 }).status).toBe("ok");
  });

  it("says the same of a day whatever comes after it, to the bit, and something else after a change on it", () => {
    expect(pairReturnZPath(...cut(800)).value).toEqual(path.slice(0, 800));
    const changed = pairReturnZPath(long.with(800, 0.1), short).value ?? [];
    expect(changed[799]).toEqual(path[799]);
    expect(changed[800]).not.toEqual(path[800]);
  });
});

describe("pairZ", () => {
  const prices = reference.prices;

  it("leads with the spread of cointegrated legs, and else with the return, and gives both", () => {
    const both = { spread: spreadZ(prices.long, prices.short), pairReturn: pairReturnZ(long, short) };
    expect(pairZ(prices, { long, short }, true)).toEqual({
      preferred: "spread",
      label: "mean-reverting",
      ...both,
    });
    expect(pairZ(prices, { long, short }, false)).toEqual({
      preferred: "pair-return",
      label: "descriptive",
      ...both,
    });
  });

  it("does not lead with the other where the preferred one is missing", () => {
    const few = { long: prices.long.slice(0, 301), short: prices.short.slice(0, 301) };
    const [up, down] = cut(300);
    expect(pairZ(few, { long: up, short: down }, false)).toMatchObject({
      preferred: "pair-return",
      spread: { status: "ok" },
      pairReturn: { status: "insufficient" },
    });
  });
});
