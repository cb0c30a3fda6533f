import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hamiltonFilter } from "#src/metrics/hamilton-filter.ts";
import { kimSmoother } from "#src/metrics/kim-smoother.ts";
import { stationaryDistribution } from "#src/metrics/markov-chain.ts";
import { stationaryStep } from "#src/metrics/stationary-step.ts";
import reference from "#tests/fixtures/reference/hidden.json" with { type: "json" };
import { seeded } from "#tests/metrics/returns-reference.ts";

const { growth, stay, means, variance, ar, logLikelihood, expansion } = reference.hamilton;

describe("Hamilton (1989): growth of US gross national product, two states, four lags", () => {
  // The state of a quarter is that of it and of the four before: five bits, the latest first.
  const lags = ar.length;
  const joint = 2 ** (lags + 1);
  const states = Array.from({ length: joint }, (_, s) => s);
  const at = (s: number, lag: number) => (s >> lag) & 1;
  const step = (from: number, to: number) => (from === to ? (stay[from] ?? 0) : 1 - (stay[from] ?? 0));
  const transition = states.map((from) =>
    states.map((to) => (to >> 1 === from % (joint / 2) ? step(at(from, 0), at(to, 0)) : 0)),
  );
  const likelihoods = Float64Array.from(
    growth.slice(lags).flatMap((_, t) =>
      states.map((s) => {
        const gap = (lag: number) => (growth[t + lags - lag] ?? 0) - (means[at(s, lag)] ?? 0);
        const e = gap(0) - ar.reduce((sum, phi, i) => sum + phi * gap(i + 1), 0);
        return -(Math.log(2 * Math.PI * variance) + (e * e) / variance) / 2;
      }),
    ),
  );
  it("has the published log-likelihood and probabilities of expansion", () => {
    expect(growth.length).toBe(135);
    const found = hamiltonFilter(likelihoods, { transition, start: stationaryDistribution(transition) });
    expect(found.logLikelihood).toBeCloseTo(-181.26339, 5);
    expect(found.logLikelihood).toBeCloseTo(logLikelihood, 8);
    const marginal = growth
      .slice(lags)
      .map((_, t) =>
        states.reduce((sum, s) => sum + (at(s, 0) === 1 ? (found.filtered[t * joint + s] ?? 0) : 0), 0),
      );
    expect(marginal.length).toBe(131);
    const published = [0.776715, 0.949192, 0.99632];
    for (const [t, p] of published.entries()) expect(marginal[t]).toBeCloseTo(p, 5);
    expect(marginal.at(-1)).toBeCloseTo(0.927714, 5);
    for (const [t, p] of expansion.entries()) expect(marginal[t]).toBeCloseTo(p, 9);
    const durations = stay.map((p) => 1 / (1 - p));
    expect(durations[0]).toBeCloseTo(4.0762, 3);
    expect(durations[1]).toBeCloseTo(10.4259, 3);
  });
});

describe("the filter and the smoother", () => {
  const chance = fc.integer({ min: 1, max: 99 }).map((p) => p / 100);
  const row = (states: number) =>
    fc
      .array(chance, { minLength: states, maxLength: states })
      .map((w) => w.map((v) => v / w.reduce((a, b) => a + b)));
  const model = fc
    .integer({ min: 1, max: 3 })
    .chain((states) =>
      fc.tuple(
        fc.array(row(states), { minLength: states, maxLength: states }),
        row(states),
        fc.array(fc.double({ min: -900, max: 0, noNaN: true }), {
          minLength: 4 * states,
          maxLength: 8 * states,
        }),
      ),
    )
    .map(([transition, start, likelihoods]) => ({
      chain: { transition, start },
      likelihoods: Float64Array.from(
        likelihoods.slice(0, likelihoods.length - (likelihoods.length % start.length)),
      ),
    }));

  /** By the definition: every sequence of states with its probability. */
  function slowly(
    likelihoods: Float64Array,
    { transition, start }: { transition: number[][]; start: number[] },
    t: number,
  ) {
    const k = start.length;
    const weights = Array.from({ length: k }, () => 0);
    const largest = Math.max(...likelihoods);
    const go = (at: number, state: number, weight: number): number => {
      const here = weight * Math.exp((likelihoods[at * k + state] ?? 0) - largest);
      if ((at + 1) * k >= likelihoods.length) return here;
      return start.reduce((sum, _, j) => sum + go(at + 1, j, here * (transition[state]?.[j] ?? 0)), 0);
    };
    const upTo = (at: number, state: number, weight: number, seen: number): void => {
      const here = weight * Math.exp((likelihoods[at * k + state] ?? 0) - largest);
      const known = at === t ? state : seen;
      if ((at + 1) * k >= likelihoods.length) {
        weights[known] = (weights[known] ?? 0) + here;
        return;
      }
      for (let j = 0; j < k; j++) upTo(at + 1, j, here * (transition[state]?.[j] ?? 0), known);
    };
    for (let s = 0; s < k; s++) upTo(0, s, start[s] ?? 0, s);
    const total = start.reduce((sum, p, s) => sum + go(0, s, p), 0);
    return { weights, total, logLikelihood: Math.log(total) + largest * (likelihoods.length / k) };
  }

  it("are what all sequences of states add up to", () => {
    fc.assert(
      fc.property(model, ({ chain, likelihoods }) => {
        const k = chain.start.length;
        const near = likelihoods.slice(0, 5 * k).map((l) => l / 100);
        const found = hamiltonFilter(near, chain);
        const { smoothed, steps } = kimSmoother(found, chain.transition);
        const n = near.length / k;
        for (let t = 0; t < n; t++) {
          const slow = slowly(near, chain, t);
          expect(found.logLikelihood).toBeCloseTo(slow.logLikelihood, 9);
          for (let j = 0; j < k; j++)
            expect(smoothed[t * k + j]).toBeCloseTo((slow.weights[j] ?? 0) / slow.total, 9);
        }
        const last = hamiltonFilter(near.slice(0, k), chain).filtered;
        for (let j = 0; j < k; j++) expect(found.filtered[j]).toBe(last[j]);
        expect(steps.reduce((sum, v) => sum + v, 0)).toBeCloseTo(n - 1, 9);
      }),
      { ...seeded, numRuns: 60 },
    );
  });

  it("sum to 1 at every time, however small the likelihoods", () => {
    fc.assert(
      fc.property(model, ({ chain, likelihoods }) => {
        const k = chain.start.length;
        const found = hamiltonFilter(likelihoods, chain);
        const { smoothed } = kimSmoother(found, chain.transition);
        for (const path of [found.filtered, found.predicted, smoothed])
          for (let at = 0; at < path.length; at += k)
            expect(path.slice(at, at + k).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
      }),
      seeded,
    );
  });

  it("filtered: uses nothing after a time, and what is at it; smoothed: uses all", () => {
    fc.assert(
      fc.property(model, ({ chain, likelihoods }) => {
        const k = chain.start.length;
        const short = likelihoods.slice(0, 2 * k);
        const [long, known] = [hamiltonFilter(likelihoods, chain), hamiltonFilter(short, chain)];
        expect(long.filtered.slice(0, 2 * k)).toEqual(known.filtered);
        expect(long.predicted.slice(0, 2 * k)).toEqual(known.predicted);
      }),
      seeded,
    );
    const chain = {
      transition: [
        [0.9, 0.1],
        [0.2, 0.8],
      ],
      start: [0.6, 0.4],
    };
    const likelihoods = Float64Array.from([-1, -2, -3, -1, -2, -2]);
    const changed = likelihoods.with(2, 0);
    const smooth = (l: Float64Array) => kimSmoother(hamiltonFilter(l, chain), chain.transition).smoothed[0];
    expect(hamiltonFilter(changed, chain).filtered[0]).toBe(hamiltonFilter(likelihoods, chain).filtered[0]);
    expect(hamiltonFilter(changed, chain).filtered[2]).not.toBe(
      hamiltonFilter(likelihoods, chain).filtered[2],
    );
    expect(smooth(changed)).not.toBe(smooth(likelihoods));
  });

  it("refuse shapes that do not fit, and what is impossible in every state", () => {
    const chain = {
      transition: [
        [0.9, 0.1],
        [0.2, 0.8],
      ],
      start: [0.6, 0.4],
    };
    expect(() => hamiltonFilter(new Float64Array(3), chain)).toThrow(RangeError);
    expect(() => hamiltonFilter(new Float64Array(4), { ...chain, transition: [[1]] })).toThrow(RangeError);
    expect(() => hamiltonFilter(new Float64Array(4).fill(Number.NEGATIVE_INFINITY), chain)).toThrow(
      RangeError,
    );
    expect(() => hamiltonFilter(new Float64Array(4).fill(Number.NaN), chain)).toThrow(RangeError);
    expect(hamiltonFilter(new Float64Array(0), chain).logLikelihood).toBe(0);
  });
});

describe("stationaryDistribution", () => {
  it("is what a step does not change", () => {
    const row = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 4, maxLength: 4 }), (weights) => {
        const p = weights.map((w) => w.map((v) => v / w.reduce((a, b) => a + b)));
        const share = stationaryDistribution(p);
        expect(share.reduce((a, b) => a + b)).toBeCloseTo(1, 13);
        for (let j = 0; j < 4; j++)
          expect(share.reduce((sum, s, i) => sum + s * (p[i]?.[j] ?? 0), 0)).toBeCloseTo(share[j] ?? 9, 13);
      }),
      seeded,
    );
    expect(
      stationaryDistribution([
        [0.9, 0.1],
        [0.3, 0.7],
      ])[0],
    ).toBeCloseTo(0.75, 14);
  });

  it("is all in a state that is never left", () => {
    expect(
      stationaryDistribution([
        [1, 0],
        [0.1, 0.9],
      ]),
    ).toEqual([1, 0]);
    expect(
      stationaryDistribution([
        [0.9, 0.1],
        [0, 1],
      ]),
    ).toEqual([0, 1]);
    expect(stationaryDistribution([[1]])).toEqual([1]);
  });
});

describe("stationaryStep", () => {
  // The expected log-likelihood of steps and first state, whose gradient along a row is 0 where the step rests.
  const value = (steps: number[][], first: number[], p: readonly (readonly number[])[]) => {
    const share = stationaryDistribution(p);
    const counted = steps.flatMap((row, i) => row.map((n, j) => n * Math.log(p[i]?.[j] ?? 0)));
    return [...counted, ...first.map((g, k) => g * Math.log(share[k] ?? 0))].reduce((a, b) => a + b);
  };

  it("is likelier than the plain shares of the steps", () => {
    const count = fc.integer({ min: 1, max: 60 });
    const row = fc.array(count, { minLength: 3, maxLength: 3 });
    let better = 0;
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 0, max: 2 }),
        (steps, state) => {
          const first = [0, 1, 2].map((k) => (k === state ? 1 : 0));
          const plain = steps.map((r) => r.map((n) => n / r.reduce((a, b) => a + b)));
          const [now, before] = [
            value(steps, first, stationaryStep(steps, first)),
            value(steps, first, plain),
          ];
          expect(now).toBeGreaterThanOrEqual(before - 1e-12);
          if (now > before + 1e-9) better++;
        },
      ),
      seeded,
    );
    expect(better).toBeGreaterThan(90);
  });
});
