import { describe, expect, it } from "vitest";
import { BaumWelch, type EstimationRule, type MarkovModel } from "#src/metrics/baum-welch.ts";
import { observationsOf } from "#src/metrics/gaussian-states.ts";
import { filteredStates, smoothedStates } from "#src/metrics/hidden-markov.ts";
import reference from "#tests/fixtures/reference/hidden.json" with { type: "json" };

const x = reference.oneColumn[0]?.x ?? [];
const rule: EstimationRule = { freeStart: false, full: true, floor: [1e-3] };
const start: MarkovModel = {
  transition: [
    [0.8, 0.2],
    [0.3, 0.7],
  ],
  start: [0.6, 0.4],
  states: [
    { mean: [0.5], covariance: [[1]] },
    { mean: [-0.5], covariance: [[4]] },
  ],
};
const estimate = (most: number, from = start, freeStart = false) => {
  const welch = new BaumWelch(observationsOf([x]), 2, { ...rule, freeStart });
  const found = welch.run(from, most);
  return { ...found, occupancy: welch.occupancyOf(found.model) };
};

describe("BaumWelch", () => {
  it("begins with the model that it is given, and has its likelihood", () => {
    expect(estimate(1)).toMatchObject({ model: start, steps: 1, converged: false });
    expect(estimate(1).logLikelihood).toBeCloseTo(filteredStates([x], start).logLikelihood, 9);
  });

  it.each([false, true])("climbs with every step, and stops where it is told: free start %s", (freeStart) => {
    const climb = [1, 2, 3, 4, 5].map((most) => estimate(most, start, freeStart));
    for (const [i, { steps, converged, logLikelihood }] of climb.entries()) {
      expect({ steps, converged }).toEqual({ steps: i + 1, converged: false });
      expect(logLikelihood).toBeGreaterThan(climb[i - 1]?.logLikelihood ?? Number.NEGATIVE_INFINITY);
    }
  });

  it("ends where a step gains nothing more, with the shares of its own states", () => {
    const { model, steps, converged, occupancy, logLikelihood } = estimate(5000);
    expect(converged).toBe(true);
    expect(steps).toBeLessThan(5000);
    expect(estimate(steps)).toMatchObject({ steps, converged: true });
    expect(estimate(steps - 1)).toMatchObject({ steps: steps - 1, converged: false });
    expect(logLikelihood).toBeCloseTo(filteredStates([x], model).logLikelihood, 9);
    const { rows } = smoothedStates([x], model);
    for (const [k, share] of occupancy.entries())
      expect(share).toBeCloseTo(rows.reduce((sum, row) => sum + (row[k] ?? 0), 0) / x.length, 12);
  });

  it.each([false, true])(
    "leaves a state as it was that no observation can be of: free start %s",
    (freeStart) => {
      const [near] = start.states;
      const far = { mean: [1e6], covariance: [[1]] };
      const from = { ...start, states: near === undefined ? [] : [near, far] };
      const { model, occupancy, logLikelihood } = estimate(3, from, freeStart);
      expect(occupancy).toEqual([expect.closeTo(1, 12), 0]);
      expect(Number.isFinite(logLikelihood)).toBe(true);
      expect(model.states[1]).toEqual(far);
      expect(model.transition.flat().every((p) => p >= 0 && p <= 1)).toBe(true);
      // Its row goes on as before, and the other's never leads to it.
      if (freeStart)
        expect(model.transition).toEqual([
          [1, 0],
          [expect.closeTo(0.3, 12), expect.closeTo(0.7, 12)],
        ]);
    },
  );
});
