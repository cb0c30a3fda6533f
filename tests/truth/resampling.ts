import { at, correlation, mean, present, sum, zOf } from "#tests/truth/plain.ts";

/*
 * The stationary bootstrap (G16) by another generator of numbers than the program's: what it finds agrees but for the draws, so that
 * whoever uses it says how far that may be.
 */

/** Fewer draws than an interval's ends are known by: three deviations of the share of 2,000 draws beyond an end at 2.5 per cent. */
export const chanceOfEnds = 3 * Math.sqrt((0.025 * 0.975) / 2000 + (0.025 * 0.975) / 4000);
/** How far the standard error of 2,000 draws, and ours of 4,000, may be from one another: three deviations. */
export const chanceOfError = 3 * Math.sqrt(1 / 4000 + 1 / 8000);

const draws = 4000;

/** Numbers from 0 to under 1. */
function generator(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A statistic of each resample of so many places, in blocks of so many on average, lowest first. */
export function resampled(
  n: number,
  block: number,
  statistic: (places: readonly number[]) => number,
): readonly number[] {
  const next = generator();
  const one = (): readonly number[] => {
    const places: number[] = [];
    for (let i = 0, place = 0; i < n; i++) {
      place = i === 0 || next() < 1 / block ? Math.floor(next() * n) : (place + 1) % n;
      places.push(place);
    }
    return places;
  };
  return Array.from({ length: draws }, () => statistic(one())).toSorted((a, b) => a - b);
}

/** Quantile of sorted values, type 7. */
export function quantileOf(sorted: readonly number[], share: number): number {
  const place = Math.min(1, Math.max(0, share)) * (sorted.length - 1);
  const below = at(sorted, Math.floor(place));
  return below + (place - Math.floor(place)) * (at(sorted, Math.ceil(place)) - below);
}

/** An end of an interval of 95 per cent, and between which values other draws would put it. */
export interface End {
  readonly value: number;
  readonly least: number;
  readonly most: number;
}

export const endAt = (sorted: readonly number[], share: number): End => ({
  value: quantileOf(sorted, share),
  least: quantileOf(sorted, share - chanceOfEnds),
  most: quantileOf(sorted, share + chanceOfEnds),
});

/** Mean length of a block by Politis and White, as corrected with Patton. */
export function blockOf(values: readonly number[]): number {
  const n = values.length;
  const run = Math.max(5, Math.floor(Math.log10(n)));
  const most = Math.ceil(Math.sqrt(n)) + run;
  if (2 * most >= n) return Math.ceil(Math.cbrt(n));
  const middle = mean(values);
  const about = values.map((v) => v - middle);
  const covariance = (lag: number): number => sum(about.slice(lag).map((v, t) => v * at(about, t))) / n;
  const all = Array.from({ length: most + 1 }, (_, lag) => covariance(lag));
  const variance = at(all, 0);
  const quiet = all.map((c) => Math.abs(c) < 2 * Math.sqrt(Math.log10(n) / n) * variance);
  const first = quiet.findIndex(
    (_, lag) => lag > 0 && quiet.slice(lag, lag + run).filter(Boolean).length === run,
  );
  // As the authors' program: twice the first of the lags that are negligible.
  const m = first < 0 ? most : Math.min(2 * first, most);
  const weight = (lag: number): number => Math.min(1, 2 * (1 - lag / m));
  const lags = Array.from({ length: m }, (_, i) => i + 1);
  const g = variance + 2 * sum(lags.map((lag) => weight(lag) * at(all, lag)));
  const weighted = 2 * sum(lags.map((lag) => weight(lag) * lag * at(all, lag)));
  const length = Math.cbrt(((2 * weighted ** 2) / (2 * g ** 2)) * n);
  if (!Number.isFinite(length)) return Math.ceil(Math.cbrt(n));
  return Math.min(Math.max(1, length), longestBlock(n));
}

export const longestBlock = (n: number): number => Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));

/** Standard error of atanh r where pairs depend on one another: they are drawn in blocks. */
export function pairsError(x: readonly number[], y: readonly number[], block: number): number {
  const drawn = resampled(x.length, block, (places) =>
    Math.atanh(
      correlation(
        places.map((i) => at(x, i)),
        places.map((i) => at(y, i)),
      ),
    ),
  );
  const middle = mean(drawn);
  return Math.sqrt(sum(drawn.map((v) => (v - middle) ** 2)) / (drawn.length - 1));
}

const normal95 = 1.959963984540054;

/** Wilson's interval of a share, 95 per cent. */
export function wilson(share: number, n: number): { low: number; high: number } {
  const z = normal95;
  const scale = 1 + z ** 2 / n;
  const middle = (share + z ** 2 / (2 * n)) / scale;
  const reach = (z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2))) / scale;
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

/** Interval of a correlation by Fisher's transformation, 95 per cent. */
export const fisherInterval = (r: number, error: number): { low: number; high: number } => ({
  low: Math.tanh(Math.atanh(r) - normal95 * error),
  high: Math.tanh(Math.atanh(r) + normal95 * error),
});

/** The z of the last element of a path in up to `most` before it, from `least` on; `null` where there is none. */
export function lastZ(path: readonly (number | null)[], least: number, most: number): number | null {
  const [value = null, earlier] = [path.at(-1), present(path.slice(0, -1)).slice(-most)];
  return value === null || earlier.length < least ? null : zOf(earlier, value);
}
