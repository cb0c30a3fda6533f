import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** `n` standard normal numbers, the same for the same seed. */
export function normals(seed: number, n: number): readonly number[] {
  const rng = xoroshiro128plus(seed);
  return Array.from({ length: n }, () => normalQuantile(Math.max(1e-12, uniformFloat64(rng)), 0, 1));
}

/** Running sums of normal steps of size `scale`. */
export const walk = (seed: number, n: number, scale = 1): readonly number[] =>
  autoregression(seed, n, 1, scale);

/** `x[t] = phi · x[t−1] + scale · e[t]`, from 0. */
export function autoregression(seed: number, n: number, phi: number, scale = 1): readonly number[] {
  let x = 0;
  return normals(seed, n).map((e) => {
    x = phi * x + scale * e;
    return x;
  });
}

/** Prices of two legs whose logarithms keep together but for an autoregression of `phi`. */
export function pairOf(
  seed: number,
  n: number,
  phi: number,
): { long: readonly number[]; short: readonly number[] } {
  const [common, spread] = [walk(seed, n, 0.015), autoregression(seed + 1, n, phi, 0.01)];
  return {
    long: common.map((x, t) => 50 * Math.exp(0.8 * x + (spread[t] ?? 0))),
    short: common.map((x) => 80 * Math.exp(x)),
  };
}
