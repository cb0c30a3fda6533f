import { normalised, stationaryDistribution, type Transition } from "#src/metrics/markov-chain.ts";

/** Rounds of a step; the steps of the estimation around it do the rest. */
const rounds = 3;
/** A state that the long run all but never visits. */
const leastShare = 1e-12;

/**
 * Transitions that make the expected steps, and a first state of the chain's own long run, likelier than before.
 *
 *     Σ N(i, j) ln p(i, j) + Σ γ(k) ln π(k),   ∂π(k)/∂p(i, j) = π(i) Z(j, k),   Z = (I − P + 1π)⁻¹
 *     p(i, j) ∝ N(i, j) + p(i, j) g(i, j),   g the derivative of the second term, shifted so that none is negative
 *
 * @param steps  N, expected numbers of steps, row by row; each row has some
 * @param first  γ, probabilities of the first state
 * @see Baum and Eagon (1967), Bulletin of the AMS 73(3), for the step; Schweitzer (1968), Journal of Applied Probability 5(2), for
 *   the derivative
 */
export function stationaryStep(steps: Transition, first: readonly number[]): Transition {
  let p = steps.map(normalised);
  for (let i = 0; i < rounds; i++) {
    const gain = startGains(p, first);
    p = steps.map((row, i) => normalised(row.map((n, j) => n + (p[i]?.[j] ?? 0) * (gain[i]?.[j] ?? 0))));
  }
  return p;
}

/** What a first state gains by each transition, less the least of its row. */
function startGains(p: Transition, first: readonly number[]): Transition {
  const share = stationaryDistribution(p);
  const ratio = first.map((gamma, k) => gamma / Math.max(leastShare, share[k] ?? 0));
  // Z times the ratio, without Z.
  const gains = solved(
    p.map((row, i) => row.map((v, j) => (i === j ? 1 : 0) - v + (share[j] ?? 0))),
    ratio,
  );
  const least = Math.min(...gains);
  return share.map((each) => gains.map((gain) => each * (gain - least)));
}

/** `x` of `Ax = b`, by elimination with the largest element of each column as its pivot. */
function solved(a: Transition, b: readonly number[]): readonly number[] {
  const rows = a.map((row, i) => [...row, b[i] ?? 0]);
  for (let k = 0; k < rows.length; k++) {
    const pivot = pivotOf(rows, k);
    for (const row of rows) if (row !== pivot) subtract(row, pivot, (row[k] ?? 0) / (pivot[k] ?? 0), k);
  }
  return rows.map((row, k) => (row[rows.length] ?? 0) / (row[k] ?? 0));
}

/** Of the rows from `k` on the one with the largest element in column `k`, moved to place `k`. */
function pivotOf(rows: number[][], k: number): readonly number[] {
  let best = k;
  for (let i = k + 1; i < rows.length; i++)
    if (Math.abs(rows[i]?.[k] ?? 0) > Math.abs(rows[best]?.[k] ?? 0)) best = i;
  const [chosen = [], held = []] = [rows[best], rows[k]];
  rows[best] = held;
  rows[k] = chosen;
  return chosen;
}

function subtract(row: number[], other: readonly number[], times: number, from: number): void {
  for (let j = from; j < row.length; j++) row[j] = (row[j] ?? 0) - times * (other[j] ?? 0);
}
