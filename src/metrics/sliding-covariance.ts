/**
 * Covariance of the last sessions as it slides along, the lower triangle of a matrix row by row: a session costs size² steps.
 *
 *     Σ w (y − ȳ)(y − ȳ)' / (Σ w − lost),   ȳ = Σ w y / Σ w,   w = decay^age
 *
 * @param size  values a session; they should be near 0 in comparison with how much they move
 * @param decay  what a session weighs in comparison with the next, 1 unless given
 */
export function slidingCovariance(size: number, decay = 1) {
  const sums = new Float64Array(size);
  const squares = new Float64Array(size * size);
  const means = new Float64Array(size);
  const covariance = new Float64Array(size * size);
  let weight = 0;
  const change = (values: Float64Array, keep: number, sign: number): void => {
    weight = keep * weight + sign;
    for (let i = 0; i < size; i++) {
      const row = i * size;
      const weighted = sign * (values[i] ?? 0);
      sums[i] = keep * (sums[i] ?? 0) + weighted;
      for (let j = 0; j <= i; j++)
        squares[row + j] = keep * (squares[row + j] ?? 0) + weighted * (values[j] ?? 0);
    }
  };
  return {
    clear(): void {
      weight = 0;
      sums.fill(0);
      squares.fill(0);
    },
    add: (values: Float64Array): void => change(values, decay, 1),
    /** Takes out values that were added `age` sessions ago. */
    drop: (values: Float64Array, age: number): void => change(values, 1, -(decay ** age)),
    /** Overwritten by the next call, as is the covariance. */
    means(): Float64Array {
      for (let i = 0; i < size; i++) means[i] = (sums[i] ?? 0) / weight;
      return means;
    },
    /** @param lost  degrees of freedom: 1 for the sample covariance of values that weigh alike */
    covariance(lost = 0): Float64Array {
      for (let i = 0; i < size; i++) {
        const row = i * size;
        const mean = (sums[i] ?? 0) / weight;
        for (let j = 0; j <= i; j++)
          covariance[row + j] = ((squares[row + j] ?? 0) - mean * (sums[j] ?? 0)) / (weight - lost);
      }
      return covariance;
    },
  };
}
