import { describe, expect, it } from "vitest";
import type { MarkovModel } from "#src/metrics/baum-welch.ts";
import { choiceOf, chooseHiddenMarkov } from "#src/metrics/choose-states.ts";
import {
  filteredStates,
  fitHiddenMarkov,
  type MarkovFit,
  smoothedStates,
} from "#src/metrics/hidden-markov.ts";
import { stationaryDistribution } from "#src/metrics/markov-chain.ts";
import breaks from "#tests/fixtures/reference/breaks.json" with { type: "json" };
import reference from "#tests/fixtures/reference/hidden.json" with { type: "json" };
import { normals } from "#tests/metrics/normals.ts";
import { series } from "#tests/metrics/returns-reference.ts";

const chained = (transition: readonly (readonly number[])[], states: MarkovModel["states"]): MarkovModel => ({
  transition,
  states,
  start: stationaryDistribution(transition),
});
const nile = breaks[0]?.values ?? [];
const [two] = reference.oneColumn;

describe("a model with given parameters, against statsmodels and scipy", () => {
  it.each(reference.oneColumn)(
    "one column: $logLikelihood",
    ({ x, transition, means, variances, logLikelihood, rows }) => {
      const model = chained(
        transition,
        means.map((mean, k) => ({ mean: [mean], covariance: [[variances[k] ?? 0]] })),
      );
      const [filtered, smoothed] = [filteredStates([x], model), smoothedStates([x], model)];
      expect(filtered.logLikelihood).toBeCloseTo(logLikelihood, 8);
      expect(smoothed.logLikelihood).toBe(filtered.logLikelihood);
      for (const row of rows)
        for (const [k, p] of row.filtered.entries()) {
          expect(filtered.rows[row.t]?.[k]).toBeCloseTo(p, 9);
          expect(smoothed.rows[row.t]?.[k]).toBeCloseTo(row.smoothed[k] ?? 9, 9);
        }
    },
  );

  it.each(reference.twoColumns)("two columns: $logLikelihood", (given) => {
    const states = given.means.map((mean, k) => ({ mean, covariance: given.covariances[k] ?? [] }));
    const found = filteredStates(given.columns, chained(given.transition, states));
    expect(found.logLikelihood).toBeCloseTo(given.logLikelihood, 8);
    for (const { t, filtered } of given.rows)
      for (const [k, p] of filtered.entries()) expect(found.rows[t]?.[k]).toBeCloseTo(p, 9);
  });

  it("filtered rows use nothing after a time, and what is at it", () => {
    const { x = [], transition = [], means = [], variances = [] } = two ?? {};
    const model = chained(
      transition,
      means.map((mean, k) => ({ mean: [mean], covariance: [[variances[k] ?? 0]] })),
    );
    const long = filteredStates([x], model).rows;
    expect(long.slice(0, 200)).toEqual(filteredStates([x.slice(0, 200)], model).rows);
    const changed = filteredStates([x.with(200, 9)], model).rows;
    expect(changed.slice(0, 200)).toEqual(long.slice(0, 200));
    expect(changed[200]).not.toEqual(long[200]);
    expect(smoothedStates([x.with(200, 9)], model).rows[199]).not.toEqual(
      smoothedStates([x], model).rows[199],
    );
  });
});

describe("estimation, against maximum likelihood in statsmodels and scipy", () => {
  const near = (found: number | undefined, expected: number) =>
    expect(Math.abs((found ?? 1e9) - expected)).toBeLessThan(0.02 * Math.max(0.5, Math.abs(expected)));

  it.each(reference.oneColumn)("one column: $fit.logLikelihood", ({ x, fit }) => {
    const { value } = fitHiddenMarkov([Object.freeze(x) as number[]], fit.means.length);
    expect(value?.logLikelihood).toBeGreaterThan(fit.logLikelihood - 1e-4);
    expect(value?.logLikelihood).toBeLessThan(fit.logLikelihood + 0.05);
    expect(value?.converged).toBe(true);
    for (const [k, mean] of fit.means.entries()) {
      near(value?.model.states[k]?.mean[0], mean);
      near(value?.model.states[k]?.covariance[0]?.[0], fit.variances[k] ?? 0);
      for (const [j, p] of (fit.transition[k] ?? []).entries()) near(value?.model.transition[k]?.[j], p);
    }
  });

  it.each(reference.twoColumns)("two columns, full $full: $fit.logLikelihood", ({ columns, full, fit }) => {
    const { value } = fitHiddenMarkov(columns, 2, { full });
    expect(value?.logLikelihood).toBeGreaterThan(fit.logLikelihood - 1e-4);
    expect(value?.logLikelihood).toBeLessThan(fit.logLikelihood + 0.05);
    for (const [k, mean] of fit.means.entries()) {
      for (const [c, m] of mean.entries()) near(value?.model.states[k]?.mean[c], m);
      for (const [i, row] of (fit.covariances[k] ?? []).entries())
        for (const [j, v] of row.entries()) near(value?.model.states[k]?.covariance[i]?.[j], v);
    }
    if (!full) expect(value?.model.states[0]?.covariance[0]?.[1]).toBe(0);
  });

  // Published for the Nile with a free start: one state, and two of which one is never left.
  it("on the Nile, with a free start: two states of which one is absorbing", () => {
    const free = { freeStart: true, leastObservations: 100 };
    const [one, both] = [1, 2].map((states) => fitHiddenMarkov([nile], states, free).value);
    expect(one?.logLikelihood).toBeCloseTo(-654.5157, 4);
    expect(one?.bic).toBeCloseTo(1318.24, 2);
    expect(both?.logLikelihood).toBeCloseTo(-629.8045, 4);
    expect(both?.bic).toBeCloseTo(1291.85, 2);
    expect(both?.model.states.map(({ mean }) => mean[0])).toEqual([
      expect.closeTo(850.757, 3),
      expect.closeTo(1097.153, 3),
    ]);
    const deviations = both?.model.states.map(({ covariance }) => Math.sqrt(covariance[0]?.[0] ?? 0));
    expect(deviations).toEqual([expect.closeTo(124.446, 3), expect.closeTo(133.748, 3)]);
    expect(both?.model.transition[0]?.[0]).toBeCloseTo(1, 9);
    expect(both?.model.transition[1]).toEqual([expect.closeTo(0.03592, 5), expect.closeTo(0.96408, 5)]);
    expect(both?.rejected).toEqual(["absorbing"]);
    // It is one change, and handed on to where changes are found.
    expect(chooseHiddenMarkov([nile], free)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "absorbing" }],
    });
  });
});

describe("fitHiddenMarkov", () => {
  const quick = { randomStarts: 2 };
  const x = two?.x ?? [];

  it("orders states by the variance of the first column, whatever the sign or the unit", () => {
    const { value } = fitHiddenMarkov([x], 2, quick);
    const turned = fitHiddenMarkov([x.map((v) => -8 * v)], 2, quick).value;
    const variances = (fit: typeof value) =>
      fit?.model.states.map(({ covariance }) => covariance[0]?.[0] ?? 0) ?? [];
    expect(variances(value)).toEqual(variances(value).toSorted((a, b) => a - b));
    expect(variances(turned)[1]).toBeCloseTo(64 * (variances(value)[1] ?? 0), 2);
    expect(turned?.model.transition[0]?.[0]).toBeCloseTo(value?.model.transition[0]?.[0] ?? 0, 4);
    expect(turned?.logLikelihood).toBeCloseTo((value?.logLikelihood ?? 0) - x.length * Math.log(8), 3);
  });

  it("is the same for the same seed, and to the bit", () => {
    expect(fitHiddenMarkov([x], 2, quick)).toEqual(fitHiddenMarkov([x], 2, quick));
    expect(fitHiddenMarkov([x], 2, { ...quick, seed: 5 }).value?.logLikelihood).toBeCloseTo(
      fitHiddenMarkov([x], 2, quick).value?.logLikelihood ?? 0,
      4,
    );
  });

  it("counts its parameters", () => {
    const parameters = (columns: readonly (readonly number[])[], states: number, options = {}) =>
      fitHiddenMarkov(columns, states, { ...quick, ...options }).value?.parameters;
    const [{ columns: both = [] } = {}] = reference.twoColumns;
    // K(K−1) + K·d + K·d(d+1)/2, K·d without covariances, K−1 more for a start.
    expect([1, 2, 3].map((states) => parameters([x], states))).toEqual([2, 6, 12]);
    expect(parameters([x], 2, { freeStart: true })).toBe(7);
    expect(parameters(both, 2)).toBe(12);
    expect(parameters(both, 2, { full: false })).toBe(10);
  });

  it("needs 260 observations, or as many as are asked for", () => {
    expect(fitHiddenMarkov([x.slice(0, 260)], 1).status).toBe("ok");
    expect(fitHiddenMarkov([x.slice(0, 259)], 1)).toEqual({
      status: "insufficient",
      value: null,
      n: 259,
      reasons: [{ code: "too-few", need: 260, have: 259 }],
    });
    expect(fitHiddenMarkov([x], 2, { leastObservations: 1000 })).toMatchObject({ status: "insufficient" });
    expect(fitHiddenMarkov([[]], 1)).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("does not exist where a column stands still", () => {
    const refused = { status: "undefined", reasons: [{ code: "zero-variance" }] };
    expect(fitHiddenMarkov([series(300, 0.1)], 2)).toMatchObject(refused);
    expect(fitHiddenMarkov([x, series(300, 0.1)], 2)).toMatchObject(refused);
    expect(fitHiddenMarkov([x, series(300, 0.1).with(9, 0.2)], 1).status).toBe("ok");
  });

  // Half of the values are one and the same: without a floor a state of them has no variance and an endless likelihood.
  it("keeps every variance above a ten-thousandth of the whole", () => {
    const still = series(300, (i) => (i % 60 < 30 ? 1 : Math.sin(i * i)));
    const { value } = fitHiddenMarkov([still], 2, quick);
    const [mean, n] = [still.reduce((a, b) => a + b) / 300, 300];
    const whole = still.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n;
    expect(value?.model.states[0]?.covariance[0]?.[0]).toBeCloseTo(1e-4 * whole, 12);
  });

  it("refuses what it cannot be asked", () => {
    expect(() => fitHiddenMarkov([], 2)).toThrow(RangeError);
    expect(() => fitHiddenMarkov([x, x, x], 2)).toThrow(RangeError);
    expect(() => fitHiddenMarkov([x, x.slice(1)], 2)).toThrow(RangeError);
    expect(() => fitHiddenMarkov([x.with(3, Number.NaN)], 2)).toThrow(RangeError);
    for (const states of [0, 1.5, Number.NaN]) expect(() => fitHiddenMarkov([x], states)).toThrow(RangeError);
  });
});

describe("the choice of the number of states", () => {
  const fitted = (bic: number, rejected: MarkovFit["rejected"] = []): MarkovFit => ({
    model: { states: [], transition: [], start: [] },
    logLikelihood: 0,
    parameters: 1,
    bic,
    occupancy: [],
    duration: [],
    rejected,
    converged: true,
  });

  it("is the least BIC, and one state may win", () => {
    expect(choiceOf([fitted(10), fitted(9), fitted(11)], 300)).toMatchObject({
      status: "ok",
      value: { states: 2 },
    });
    expect(choiceOf([fitted(9), fitted(10), fitted(11)], 300)).toMatchObject({
      status: "ok",
      value: { states: 1 },
    });
    expect(choiceOf([fitted(10), fitted(9), fitted(8.9)], 300).value?.states).toBe(3);
    expect(chooseHiddenMarkov([normals(300)], { randomStarts: 1, mostStates: 2 }).value?.states).toBe(1);
    expect(chooseHiddenMarkov([two?.x ?? []], { randomStarts: 1, mostStates: 2 }).value?.states).toBe(2);
  });

  it("leaves out what is rejected, and says so where it fits better", () => {
    expect(choiceOf([fitted(10), fitted(9), fitted(8, ["occupancy"])], 300)).toMatchObject({
      status: "warn",
      value: { states: 2 },
      reasons: [{ code: "rejected-occupancy" }],
    });
    expect(choiceOf([fitted(10), fitted(9), fitted(9.1, ["occupancy"])], 300).status).toBe("ok");
    expect(
      choiceOf([fitted(10), fitted(9, ["duration"]), fitted(8, ["occupancy", "duration"])], 300),
    ).toMatchObject({
      status: "warn",
      value: { states: 1 },
      reasons: [{ code: "rejected-duration" }, { code: "rejected-occupancy" }],
    });
    expect(choiceOf([fitted(10), fitted(9), fitted(8, ["absorbing"])], 300)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "absorbing" }],
    });
    expect(choiceOf([fitted(10), fitted(9), fitted(9.5, ["absorbing"])], 300).value?.states).toBe(2);
  });

  // The calm state is left once in 1/p observations. In 600: a stay of 4 or 6, a share of 4 or 6 %.
  it("rejects short stays and rare states, and not those just beyond", () => {
    const alternating = (wild: number, period: number) =>
      series(600, (i) =>
        i % period < period - wild ? Math.sin(i) / 3 : 3 * (i % 2 === 0 ? 1 : -1) + Math.sin(3 * i),
      );
    const rejected = (wild: number, period: number) =>
      fitHiddenMarkov([alternating(wild, period)], 2, { randomStarts: 2 }).value?.rejected;
    expect(rejected(4, 40)).toEqual(["duration"]);
    expect(rejected(6, 60)).toEqual([]);
    expect(rejected(6, 150)).toEqual(["occupancy"]);
    expect(rejected(8, 150)).toEqual([]);
  });
});
