import normal from "@stdlib/stats-base-dists-normal-cdf";
import { allFinite } from "#src/metrics/all-numbers.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** Whether signs follow one another as coins do. */
export interface RunsTest {
  readonly runs: number;
  /** Of independent signs. */
  readonly expected: number;
  /** Negative: fewer runs than that, so that signs persist. Positive: they alternate. */
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
}

/** The normal approximation holds from so many of each sign on. */
const leastOfEach = 10;

/**
 * Wald and Wolfowitz' runs test (游程检验, B5, Q5) of values above and below a cut.
 *
 *     z = (R − E) / √V,   E = 1 + 2ab/n,   V = 2ab (2ab − n) / (n² (n − 1));   a above, b below, n = a + b
 *
 * Values at the cut are left out; no correction for continuity.
 *
 * @param cut  0 for the signs of changes, a median for levels
 * @returns `undefined` (`one-sided`) where all lie on one side, `insufficient` below 10 on either
 * @throws {RangeError} if a number is not finite
 * @see Wald and Wolfowitz (1940), Annals of Mathematical Statistics 11(2); with R: `tseries::runs.test(factor(values > cut))`
 */
export function runsTest(values: readonly number[], cut = 0): Measured<RunsTest> {
  if (!(Number.isFinite(cut) && allFinite(values))) throw new RangeError("runsTest requires finite numbers");
  const above = values.filter((value) => value !== cut).map((value) => value > cut);
  const n = above.length;
  const a = above.filter(Boolean).length;
  if (n > 0 && (a === 0 || a === n)) return notDefined("one-sided", n);
  if (Math.min(a, n - a) < leastOfEach) return tooFew(Math.min(a, n - a), leastOfEach);
  const runs = 1 + above.filter((each, t) => t > 0 && each !== above[t - 1]).length;
  const twice = 2 * a * (n - a);
  const expected = 1 + twice / n;
  const z = (runs - expected) / Math.sqrt((twice * (twice - n)) / (n * n * (n - 1)));
  return ok({ runs, expected, z, p: 2 * normal(-Math.abs(z), 0, 1) }, n);
}
