import { leastSessions } from "#src/metrics/augmented-dickey-fuller.ts";
import { canonicalRelations, type Relations } from "#src/metrics/canonical-relations.ts";
import { type JohansenCritical, johansenCritical, mostSeries } from "#src/metrics/johansen-critical.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import { vectorLags } from "#src/metrics/vector-lags.ts";

/** One step of a test: that there are no more than so many relations. */
export interface JohansenStep {
  readonly rank: number;
  readonly statistic: number;
  readonly critical: JohansenCritical;
  /** At 5 %. */
  readonly isRejected: boolean;
}

/** How many combinations of series come back. */
export interface Johansen {
  /** Descending, one a series. */
  readonly eigenvalues: readonly number[];
  /** Of no relation, of one at most, … */
  readonly trace: readonly JohansenStep[];
  readonly largest: readonly JohansenStep[];
  /** The first number of relations that the trace test does not reject at 5 %. */
  readonly rank: number;
  /** One a relation that might be: weights of the series, the first of them 1, and the constant. */
  readonly vectors: readonly (readonly number[])[];
  /** Of the vector autoregression in levels. */
  readonly lags: number;
}

/** What Johansen's test is made with. */
export interface JohansenOptions {
  /** Lags in levels, 1 or more; by BIC from 1 to 8 unless given. */
  readonly lags?: number;
  /** More regressors, each as long as the series, such as centred seasonal dummies. */
  readonly others?: readonly (readonly number[])[];
  /** Observations needed: 250 sessions unless given. */
  readonly least?: number;
}

/**
 * Johansen's test of cointegration (约翰森协整检验, P5), with the constant restricted to the relations.
 *
 *     Δy[t] = α (β' y[t−1] + c) + Σ Γ[i] Δy[t−i] + e[t],   i = 1 … K − 1
 *     R₀, R₁ = residuals of Δy[t] and (y[t−1], 1) on the Δy[t−i];   |λ S₁₁ − S₁₀ S₀₀⁻¹ S₀₁| = 0
 *     trace = −T Σ_{j>r} ln(1 − λ[j]),   largest = −T ln(1 − λ[r+1])
 *
 * Unlike Engle and Granger's it asks no series to be the explained one. Critical values are those of Osterwald-Lenum (1992).
 *
 * @param series  2 to 5, oldest first; for prices, their logarithms
 * @returns `n` counts observations used, T; `insufficient` below 250; `undefined` (`collinear`) where a combination of the series is
 *   nothing but roundings
 * @throws {RangeError} unless there are 2 to 5 series, of one length and finite, and lags of 1 or more
 * @see Johansen (1991), Econometrica 59(6); Johansen and Juselius (1990), Oxford Bulletin of Economics and Statistics 52(2); with R:
 *   `urca::ca.jo(x, ecdet = "const", K = lags)`
 */
export function johansen(
  series: readonly (readonly number[])[],
  { lags, others = [], least = leastSessions }: JohansenOptions = {},
): Measured<Johansen> {
  requireSeries(series, others, lags);
  const n = series[0]?.length ?? 0;
  if (n < least) return tooFew(n, least);
  const order = lags ?? vectorLags(series);
  const count = n - order;
  // Every equation of the autoregression needs observations to spare.
  const needed = series.length * (order + 1) + others.length + 2;
  if (count < needed) return tooFew(count, needed);
  // About their means the series are far from the constant, and keep their digits.
  const means = series.map((path) => path.reduce((sum, v) => sum + v, 0) / n);
  const centred = series.map((path, i) => path.map((v) => v - (means[i] ?? 0)));
  const found = eigen(centred, others, order, means);
  return found === null ? notDefined("collinear", count) : ok(testsOf(found, count, order), count);
}

function testsOf({ values, vectors }: Relations, count: number, lags: number): Johansen {
  const logs = values.map((value) => -count * Math.log1p(-value));
  const step = (test: "trace" | "largest", rank: number, statistic: number): JohansenStep => {
    const critical = johansenCritical(test, values.length - rank);
    return { rank, statistic, critical, isRejected: statistic > critical.fivePercent };
  };
  const trace = logs.map((_, r) =>
    step(
      "trace",
      r,
      logs.slice(r).reduce((sum, v) => sum + v, 0),
    ),
  );
  const largest = logs.map((log, r) => step("largest", r, log));
  const first = trace.findIndex(({ isRejected }) => !isRejected);
  return { eigenvalues: values, trace, largest, rank: first < 0 ? values.length : first, vectors, lags };
}

/** Of the canonical correlations between changes and levels; `null` where a matrix has no inverse. */
function eigen(
  series: readonly (readonly number[])[],
  others: readonly (readonly number[])[],
  order: number,
  means: readonly number[],
): Relations | null {
  const changes = series.map((path) => path.map((v, t) => v - (path[t - 1] ?? Number.NaN)));
  const from = (path: readonly number[], back: number) => path.slice(order - back, path.length - back);
  const short = [
    ...Array.from({ length: order - 1 }, (_, i) => changes.map((path) => from(path, i + 1))).flat(),
    ...others.map((path) => from(path, 0)),
  ];
  const levels = [...series.map((path) => from(path, 1)), from(series[0] ?? [], 1).map(() => 1)];
  const found = canonicalRelations(
    changes.map((path) => from(path, 0)),
    levels,
    short,
  );
  return found && { ...found, vectors: found.vectors.map((vector) => aboutZero(vector, means)) };
}

/** A relation of series about their means as one of the series: the first weight 1, the constant last. */
function aboutZero(vector: readonly number[], means: readonly number[]): readonly number[] {
  const scaled = vector.map((v) => v / (vector[0] ?? 1));
  const shift = means.reduce((sum, mean, i) => sum + mean * (scaled[i] ?? 0), 0);
  return scaled.with(-1, (scaled.at(-1) ?? 0) - shift);
}

function requireSeries(
  series: readonly (readonly number[])[],
  others: readonly (readonly number[])[],
  lags: number | undefined,
): void {
  if (!(series.length >= 2 && series.length <= mostSeries))
    throw new RangeError(`johansen requires 2 to ${mostSeries} series, got ${series.length}`);
  const all = [...series, ...others];
  if (all.some((path) => path.length !== series[0]?.length))
    throw new RangeError("johansen requires series of one length");
  if (!all.every((path) => path.every(Number.isFinite)))
    throw new RangeError("johansen requires finite numbers");
  if (lags !== undefined && !(Number.isInteger(lags) && lags >= 1))
    throw new RangeError(`johansen requires lags of 1 or more, got ${lags}`);
}
