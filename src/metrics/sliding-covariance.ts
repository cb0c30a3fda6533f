/** Squares that leave the sums may be so many times what stays; beyond that their rounding would show. */
const mostLeft = 10;

/**
 * Mean and covariance of the last sessions as they slide along: a session costs size² steps.
 *
 *     Σ w (y − ȳ)(y − ȳ)' / (Σ w − lost),   ȳ = Σ w y / Σ w,   w = decay^age
 *
 * Sums are made anew once a window, so that roundings do not pile up, and at once where what has left them, such as a misprint,
 * was so large that its rounding would show.
 *
 * @param size  values a session; they should be near 0 in comparison with how much they move
 * @param window  sessions that count
 * @param decay  what a session weighs in comparison with the next, 1 unless given
 */
export function slidingCovariance(size: number, window: number, decay = 1) {
  const moments = weightedMoments(size);
  let rows: Float64Array[] = [];
  let age = 0;
  const renew = (): void => {
    rows = rows.slice(-window);
    moments.clear();
    for (const row of rows) moments.change(row, decay, 1);
    age = 0;
  };
  return {
    /** Adds a session, whose numbers must not change afterwards, and drops the one that is now too old. */
    add(row: Float64Array): void {
      rows.push(row);
      moments.change(row, decay, 1);
      age++;
      const oldest = rows.length > window ? rows.at(-1 - window) : undefined;
      const lost = decay ** window;
      if (oldest) moments.change(oldest, 1, -lost);
      if (age >= window || (oldest && lost * lengthOf(oldest) > mostLeft * moments.length())) renew();
    },
    sessions: (): number => Math.min(rows.length, window),
    rows: (): readonly Float64Array[] => rows.slice(-window),
    /** Overwritten by the next call, as is the covariance. */
    means: moments.means,
    /**
     * The lower triangle, row by row; the upper is left 0.
     *
     * @param lost  degrees of freedom: 1 for the sample covariance of values that weigh alike
     */
    covariance: moments.covariance,
  };
}

const lengthOf = (row: Float64Array): number => row.reduce((sum, v) => sum + v * v, 0);

function weightedMoments(size: number) {
  const sums = new Float64Array(size);
  const squares = new Float64Array(size * size);
  const means = new Float64Array(size);
  const covariance = new Float64Array(size * size);
  let weight = 0;
  return {
    clear(): void {
      weight = 0;
      sums.fill(0);
      squares.fill(0);
    },
    /** What there is weighs `keep` of what it did, and a session is added, or taken out, by its weight. */
    change(row: Float64Array, keep: number, sign: number): void {
      weight = keep * weight + sign;
      for (let i = 0; i < size; i++) {
        const start = i * size;
        const weighted = sign * (row[i] ?? 0);
        sums[i] = keep * (sums[i] ?? 0) + weighted;
        for (let j = 0; j <= i; j++)
          squares[start + j] = keep * (squares[start + j] ?? 0) + weighted * (row[j] ?? 0);
      }
    },
    /** Sum of all weighted squares. */
    length(): number {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += squares[i * (size + 1)] ?? 0;
      return sum;
    },
    means(): Float64Array {
      for (let i = 0; i < size; i++) means[i] = (sums[i] ?? 0) / weight;
      return means;
    },
    covariance(lost = 0): Float64Array {
      for (let i = 0; i < size; i++) {
        const start = i * size;
        const mean = (sums[i] ?? 0) / weight;
        for (let j = 0; j <= i; j++)
          covariance[start + j] = ((squares[start + j] ?? 0) - mean * (sums[j] ?? 0)) / (weight - lost);
      }
      return covariance;
    },
  };
}
