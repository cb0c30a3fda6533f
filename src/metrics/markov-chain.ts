/** Probabilities of going from one state (row) to another (column); each row sums to 1. */
export type Transition = readonly (readonly number[])[];

/**
 * Stationary distribution (平稳分布) of a Markov chain: `πP = π`, by elimination without a subtraction.
 *
 * A state that is never left takes all.
 *
 * @see Grassmann, Taksar and Heyman (1985), Operations Research 33(5)
 * @example stationaryDistribution([[0.9, 0.1], [0.3, 0.7]]); // [0.75, 0.25]
 */
export function stationaryDistribution(transition: Transition): readonly number[] {
  const p = transition.map((row) => [...row]);
  const states = p.length;
  let first = 0;
  for (let k = states - 1; k > 0; k--) {
    const row = p[k] ?? [];
    const leaves = sumTo(row, k);
    if (leaves === 0) {
      first = k;
      break;
    }
    for (let i = 0; i < k; i++) eliminate(p[i] ?? [], row, k, leaves);
  }
  const weights: number[] = Array.from({ length: states }, (_, k) => (k === first ? 1 : 0));
  for (let k = first + 1; k < states; k++)
    weights[k] = weights.slice(0, k).reduce((sum, w, i) => sum + w * (p[i]?.[k] ?? 0), 0);
  return normalised(weights);
}

/** What goes from a state to `k` goes on from there to the states before `k`. */
function eliminate(from: number[], row: readonly number[], k: number, leaves: number): void {
  const share = (from[k] ?? 0) / leaves;
  from[k] = share;
  for (let j = 0; j < k; j++) from[j] = (from[j] ?? 0) + share * (row[j] ?? 0);
}

const sumTo = (row: readonly number[], k: number): number => row.slice(0, k).reduce((sum, v) => sum + v, 0);

/** A row brought to a sum of 1. */
export function normalised(row: readonly number[]): readonly number[] {
  const total = row.reduce((sum, v) => sum + v, 0);
  return row.map((v) => v / total);
}
