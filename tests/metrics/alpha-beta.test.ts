import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alphaBeta, risklessMonths } from "#src/metrics/alpha-beta.ts";
import funds from "#tests/fixtures/reference/funds.json" with { type: "json" };
import { normals } from "#tests/metrics/normals.ts";
import { relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";

const [short, , whole, long] = funds.alpha;
type Months = Record<"fund" | "market" | "riskless", readonly number[]>;
const none: Months = { fund: [], market: [], riskless: [] };

describe("alphaBeta against statsmodels", () => {
  it.each(funds.alpha)("of months with $lags lags", (row) => {
    const { value } = alphaBeta(row.fund, row.market, row.riskless);
    const both = [value?.alpha, value?.beta];
    const of = (key: "value" | "error" | "t" | "p") => both.map((each) => each?.[key] ?? Number.NaN);
    expect(relativeGap(of("value"), row.coefficients)).toBeLessThan(1e-10);
    expect(relativeGap(of("error"), row.errors)).toBeLessThan(1e-8);
    expect(relativeGap(of("t"), row.t)).toBeLessThan(1e-8);
    expect(relativeGap(of("p"), row.p)).toBeLessThan(1e-8);
    expect(value?.lags).toBe(row.lags);
    expect(value?.annualAlpha).toBeCloseTo(12 * (row.coefficients[0] ?? 0), 14);
    expect(value?.trackingError).toBeCloseTo(row.trackingError, 13);
    expect(value?.informationRatio).toBeCloseTo(row.informationRatio, 11);
  });
});

// Bacon (2008), the worked example of chapter 4: per cent a month, from January 2000.
const bacon = {
  fund: [
    0.3, 2.6, 1.1, -1, 1.5, 2.5, 1.6, 6.7, -1.4, 4, -0.5, 8.1, 4, -3.7, -6.1, 1.7, -4.9, -2.2, 7, 5.8, -6.5,
    2.4, -0.5, -0.9,
  ].map((r) => r / 100),
  benchmark: [
    0.2, 2.5, 1.8, -1.1, 1.4, 1.8, 1.4, 6.5, -1.5, 4.2, -0.6, 8.3, 3.9, -3.8, -6.2, 1.5, -4.8, 2.1, 6, 5.6,
    -6.7, 1.9, -0.3, 0,
  ].map((r) => r / 100),
};

describe("Bacon's example", () => {
  const riskless = bacon.fund.map(() => 0);
  const found = alphaBeta(bacon.fund, bacon.benchmark, riskless).value;
  const [alpha, beta] = [found?.alpha.value ?? 0, found?.beta.value ?? 0];
  const yearly = (returns: readonly number[]) =>
    returns.reduce((level, r) => level * (1 + r), 1) ** (12 / returns.length) - 1;

  // The book prints Jensen's alpha of compounded yearly returns, −0.014, the specific risk, 0.0329, and of both the appraisal ratio,
  // −0.430: all three stand on this beta.
  it("gives its Jensen alpha, specific risk and appraisal ratio by our alpha and beta", () => {
    const jensen = yearly(bacon.fund) - beta * yearly(bacon.benchmark);
    const left = bacon.fund.map((r, t) => r - alpha - beta * (bacon.benchmark[t] ?? 0));
    const specific = Math.sqrt((12 * left.reduce((sum, e) => sum + e * e, 0)) / left.length);
    expect(jensen).toBeCloseTo(-0.014, 3);
    expect(specific).toBeCloseTo(0.0329, 4);
    expect(jensen / specific).toBeCloseTo(-0.43, 3);
  });
});

describe("alphaBeta by the number of months", () => {
  const first = (n: number, { fund, market, riskless }: Months = whole ?? none) =>
    alphaBeta(fund.slice(0, n), market.slice(0, n), riskless.slice(0, n));

  it("needs 24 and has no caveat from 36 on", () => {
    expect(first(23)).toEqual({
      status: "insufficient",
      value: null,
      n: 23,
      reasons: [{ code: "too-few", need: 24, have: 23 }],
    });
    expect(first(24)).toMatchObject({ status: "warn", n: 24 });
    expect(first(35)).toMatchObject({
      status: "warn",
      reasons: [{ code: "short-history", need: 36, have: 35 }],
    });
    expect(first(36)).toMatchObject({ status: "ok", n: 36, reasons: [] });
  });

  it("forgets what is older than 60 months, and nothing younger", () => {
    const { fund, market, riskless }: Months = long ?? none;
    const spoilt = (t: number) => alphaBeta(fund.with(t, 0.5), market, riskless);
    expect(spoilt(29)).toEqual(alphaBeta(fund, market, riskless));
    expect(spoilt(30)).not.toEqual(alphaBeta(fund, market, riskless));
    expect(alphaBeta(fund, market, riskless)).toMatchObject({ status: "ok", n: 60 });
  });

  it("does not exist where the benchmark does not move", () => {
    const { fund }: Months = whole ?? none;
    const zero = series(60, 0);
    expect(alphaBeta(fund, series(60, 0.01), zero)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
  });

  it("knows no error, and no information ratio, of the benchmark itself", () => {
    const { market }: Months = whole ?? none;
    const found = alphaBeta(market, market, series(60, 0));
    expect(found).toMatchObject({ status: "warn", reasons: [{ code: "perfect-fit" }] });
    expect(found.value).toMatchObject({ trackingError: 0, informationRatio: null, lags: null });
    expect(found.value?.beta).toMatchObject({ error: null, t: null, p: null });
    expect(found.value?.beta.value).toBeCloseTo(1, 12);
  });

  it("refuses lengths that differ and what is not finite", () => {
    const { fund, market, riskless }: Months = short ?? none;
    expect(() => alphaBeta(fund.slice(1), market, riskless)).toThrow(RangeError);
    expect(() => alphaBeta(fund, market, riskless.slice(1))).toThrow(RangeError);
    expect(() => alphaBeta(fund.with(0, Number.NaN), market, riskless)).toThrow(RangeError);
    expect(() => alphaBeta(fund, market, riskless.with(0, Number.POSITIVE_INFINITY))).toThrow(RangeError);
  });
});

describe("laws of alphaBeta", () => {
  const { fund, market, riskless }: Months = whole ?? none;
  const own = alphaBeta(fund, market, riskless).value;

  it("a constant over the benchmark is alpha, a levered fund has more beta", () => {
    fc.assert(
      fc.property(fc.integer({ min: -300, max: 300 }), fc.integer({ min: 1, max: 30 }), (bp, tenths) => {
        const [extra, leverage] = [bp / 1e4, tenths / 10];
        const raised = alphaBeta(
          fund.map((r) => r + extra),
          market,
          riskless,
        ).value;
        expect(raised?.alpha.value).toBeCloseTo((own?.alpha.value ?? 0) + extra, 12);
        expect(raised?.beta.value).toBeCloseTo(own?.beta.value ?? 0, 10);
        expect(raised?.trackingError).toBeCloseTo(own?.trackingError ?? 0, 12);
        const levered = fund.map((r, t) => (riskless[t] ?? 0) + leverage * (r - (riskless[t] ?? 0)));
        const found = alphaBeta(levered, market, riskless).value;
        expect(found?.beta.value).toBeCloseTo(leverage * (own?.beta.value ?? 0), 10);
        expect(found?.beta.t).toBeCloseTo(own?.beta.t ?? 0, 6);
      }),
      { ...seeded, numRuns: 20 },
    );
  });

  it("finds the alpha and beta that returns were made with", () => {
    const [m, e] = [normals(60, 3), normals(60, 4)];
    const made = m.map((each, t) => 0.004 + 0.6 * 0.04 * each + 1e-4 * (e[t] ?? 0));
    const found = alphaBeta(
      made,
      m.map((each) => 0.04 * each),
      series(60, 0),
    ).value;
    expect(found?.beta.value).toBeCloseTo(0.6, 2);
    expect(found?.alpha.value).toBeCloseTo(0.004, 4);
  });

  it("the riskless return matters", () => {
    expect(
      alphaBeta(
        fund,
        market,
        riskless.map((f) => 2 * f),
      ).value?.alpha.value,
    ).not.toBe(own?.alpha.value);
  });
});

describe("risklessMonths", () => {
  it("are the yield of the month before, over twelve", () => {
    expect(risklessMonths([4.8, 5.4, null, 6])).toEqual([null, 4.8 / 100 / 12, 5.4 / 100 / 12, null]);
    expect(risklessMonths([-0.5, 0])[1]).toBeCloseTo(-0.005 / 12, 15);
    expect(risklessMonths([])).toEqual([]);
  });

  it("use nothing of the month itself", () => {
    expect(risklessMonths([4.8, 5.4]).at(-1)).toBe(risklessMonths([4.8, 9]).at(-1));
    expect(risklessMonths([4.8, 5.4]).at(-1)).not.toBe(risklessMonths([9, 5.4]).at(-1));
  });

  it("refuse what is not finite", () => {
    expect(() => risklessMonths([Number.NaN])).toThrow(RangeError);
  });
});
