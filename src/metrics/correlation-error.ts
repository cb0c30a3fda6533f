import { correlationOf } from "#src/metrics/correlation.ts";
import { type Resampling, stationaryResamples, usualReplicates } from "#src/metrics/stationary-bootstrap.ts";

/** The share of replicates for which the correlation must exist. */
const leastShare = 0.9;

/** Whether a correlation is so near to 1 or −1 that Fisher's transformation says nothing. */
export const isPerfect = (correlation: number): boolean => Math.abs(correlation) > 1 - 1e-12;

/**
 * Standard error of `atanh r` by a stationary bootstrap of pairs (成对自助法, D10): it holds where pairs depend on those before
 * them and are of different sizes.
 *
 * @returns `null` where more than a tenth of the replicates have no correlation, or a perfect one
 * @throws {RangeError} as `stationaryResamples`
 */
export function pairsError(
  x: readonly number[],
  y: readonly number[],
  resampling: Resampling,
): number | null {
  const [a, b] = [new Float64Array(x.length), new Float64Array(x.length)];
  const { replicates = usualReplicates } = resampling;
  let [count, sum, squares] = [0, 0, 0];
  for (const at of stationaryResamples(x.length, resampling)) {
    draw(x, at, a);
    draw(y, at, b);
    const r = correlationOf(a, b);
    if (Number.isNaN(r) || isPerfect(r)) continue;
    const value = Math.atanh(r);
    count++;
    sum += value;
    squares += value * value;
  }
  return count < Math.max(2, leastShare * replicates)
    ? null
    : Math.sqrt(Math.max(0, squares - (sum * sum) / count) / (count - 1));
}

function draw(values: readonly number[], at: Int32Array, into: Float64Array): void {
  for (let i = 0; i < at.length; i++) into[i] = values[at[i] ?? 0] ?? 0;
}
