import { describe, expect, it } from "vitest";
import { mean } from "#tests/truth/plain.ts";
import {
  blockOf,
  endAt,
  fisherInterval,
  pairsError,
  quantileOf,
  resampled,
  wilson,
} from "#tests/truth/resampling.ts";

/* What is drawn, against what theory says of it, and intervals against published ones. */

let state = 1;
const noise = (): number => {
  state = (1_103_515_245 * state + 12_345) % 2_147_483_648;
  return state / 2_147_483_648 - 0.5;
};
const values = Array.from({ length: 200 }, noise);
const others = values.map((v) => v + 2 * noise());

describe("resamples", () => {
  it("spread the mean of independent values by its standard error", () => {
    const drawn = resampled(200, 1, (places) => mean(places.map((i) => values[i] ?? 0)));
    const spread = Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)) / 200);
    const { value, least, most } = endAt(drawn, 0.975);
    expect((value - mean(values)) / spread).toBeCloseTo(1.96, 0);
    expect(least).toBeLessThan(value);
    expect(most).toBeGreaterThan(value);
  });

  it("hold blocks together", () => {
    const steps = resampled(200, 10, (places) =>
      mean(places.slice(1).map((place, i) => Number(place === ((places[i] ?? 0) + 1) % 200))),
    );
    expect(mean(steps)).toBeCloseTo(0.9, 2);
  });

  it("find about the error that a formula has for independent pairs", () => {
    expect(pairsError(values, others, 1)).toBeCloseTo(1 / Math.sqrt(197), 1);
  });

  it("take longer blocks of values that hang together", () => {
    const sums = values.map((_, i) => mean(values.slice(Math.max(0, i - 9), i + 1)));
    expect(blockOf(sums)).toBeGreaterThan(2 * blockOf(values));
  });

  it("have the published intervals and quantiles", () => {
    const { low, high } = fisherInterval(-0.3, 1 / Math.sqrt(57));
    expect([low, high].map((v) => v.toFixed(4))).toEqual(["-0.5147", "-0.0499"]);
    const share = wilson(30 / 400, 400);
    expect([share.low, share.high].map((v) => v.toFixed(4))).toEqual(["0.0530", "0.1050"]);
    expect([0, 0.3, 1].map((each) => quantileOf([1, 2, 4], each))).toEqual([1, 1.6, 4]);
  });
});
