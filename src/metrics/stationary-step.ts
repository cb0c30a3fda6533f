import { inverse, Matrix } from "ml-matrix";
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
  const z = inverse(
    new Matrix(p.map((row, i) => row.map((v, j) => (i === j ? 1 : 0) - v + (share[j] ?? 0)))),
  );
  const ratio = first.map((gamma, k) => gamma / Math.max(leastShare, share[k] ?? 0));
  const gains = p.map((_, j) => ratio.reduce((sum, r, k) => sum + z.get(j, k) * r, 0));
  const least = Math.min(...gains);
  return p.map((_, i) => gains.map((gain) => (share[i] ?? 0) * (gain - least)));
}
