import { describe, expect, it } from "vitest";
import { narrativeBeta, narrativeBetaRules } from "#src/metrics/narrative-beta.ts";
import reference from "#tests/fixtures/reference/narratives.json" with { type: "json" };
import { series } from "#tests/metrics/returns-reference.ts";

const { returns, shocks, market } = reference;
const last = (n: number, frequency: "daily" | "weekly" = "daily", of = shocks) =>
  narrativeBeta(
    Object.freeze(returns.slice(-n)),
    Object.freeze(of.slice(-n)),
    Object.freeze(market.slice(-n)),
    frequency,
  );
const near = (a: number | undefined, b = 0, size = 1e-9) =>
  expect(Math.abs((a ?? 9) - b)).toBeLessThan(size * Math.max(1e-6, Math.abs(b)));

describe("narrativeBeta", () => {
  it.each(reference.beta)("agrees with statsmodels: n $n", ({ n, params, errors, t, p, ...rest }) => {
    const { value, status } = last(n, n < 250 ? "weekly" : "daily");
    expect(status).toBe("ok");
    near(value?.alpha, params[0]);
    for (const [i, slope] of [value?.rise, value?.fall, value?.market].entries()) {
      near(slope?.beta, params[i + 1]);
      near(slope?.error, errors[i + 1], 1e-8);
      near(slope?.t, t[i + 1], 1e-8);
      near(slope?.p, p[i + 1], 1e-6);
    }
    near(value?.wald, rest.wald, 1e-8);
    near(value?.pValue, rest.pValue, 1e-8);
    expect(value?.lags).toBe(rest.lags);
  });

  it("needs 250 days, or 104 weeks", () => {
    expect(last(249)).toEqual({
      status: "insufficient",
      value: null,
      n: 249,
      reasons: [{ code: "too-few", need: 250, have: 249 }],
    });
    expect(last(250).status).toBe("ok");
    expect(last(103, "weekly")).toMatchObject({ status: "insufficient", n: 103 });
    expect(last(104, "weekly").status).toBe("ok");
    expect(narrativeBeta([], [], [])).toMatchObject({ status: "insufficient", n: 0 });
    expect(narrativeBetaRules).toEqual({ least: { daily: 250, weekly: 104 }, leastOfSide: 10 });
  });

  it("needs ten shocks on each side", () => {
    const falls = (count: number) => shocks.map((s, i) => (i < count ? -1 : Math.abs(s) + 0.001));
    expect(last(300, "daily", falls(9))).toEqual({
      status: "insufficient",
      value: null,
      n: 300,
      reasons: [{ code: "few-shocks", need: 10, have: 9 }],
    });
    expect(last(300, "daily", falls(10)).status).toBe("ok");
    const rises = falls(9).map((s) => -s);
    expect(last(300, "daily", rises)).toMatchObject({ reasons: [{ code: "few-shocks", have: 9 }] });
  });

  it("does not exist where the market says what a constant says, or the line fits exactly", () => {
    expect(narrativeBeta(returns, shocks, series(300, 0.01))).toMatchObject({
      status: "undefined",
      reasons: [{ code: "collinear" }],
    });
    const exact = market.map((m, t) => 2 * m + 0.001 * (shocks[t] ?? 0));
    expect(narrativeBeta(exact, shocks, market)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "perfect-fit" }],
    });
  });

  it("exchanges the two slopes with the sign of the shocks, and scales with their unit", () => {
    const own = last(300).value;
    const turned = last(
      300,
      "daily",
      shocks.map((s) => -s),
    ).value;
    near(turned?.rise.beta, -(own?.fall.beta ?? 0), 1e-8);
    near(turned?.fall.beta, -(own?.rise.beta ?? 0), 1e-8);
    near(turned?.wald, own?.wald, 1e-8);
    const halved = last(
      300,
      "daily",
      shocks.map((s) => s / 2),
    ).value;
    near(halved?.rise.beta, 2 * (own?.rise.beta ?? 0), 1e-8);
    near(halved?.pValue, own?.pValue, 1e-8);
  });

  it("finds an asymmetry that is there, and a greater one where more is added", () => {
    const steeper = returns.map((r, t) => r - 0.01 * Math.max(shocks[t] ?? 0, 0));
    const own = last(300).value;
    const found = narrativeBeta(steeper, shocks, market).value;
    near(found?.rise.beta, (own?.rise.beta ?? 0) - 0.01, 1e-8);
    expect(found?.wald).toBeGreaterThan(own?.wald ?? 0);
    expect(found?.pValue).toBeLessThan(own?.pValue ?? 1);
  });

  it("refuses other lengths and what is no number", () => {
    expect(() => narrativeBeta(returns, shocks.slice(1), market)).toThrow(RangeError);
    expect(() => narrativeBeta(returns, shocks, market.slice(1))).toThrow(RangeError);
    expect(() => narrativeBeta(returns.with(3, Number.NaN), shocks, market)).toThrow(RangeError);
    expect(() => narrativeBeta(returns, shocks.with(3, Number.POSITIVE_INFINITY), market)).toThrow(
      RangeError,
    );
    expect(() => narrativeBeta(returns, shocks, market.with(3, Number.NaN))).toThrow(RangeError);
  });
});
