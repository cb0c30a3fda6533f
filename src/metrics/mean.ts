/** Arithmetic mean (均值); NaN of none. */
export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sample variance (样本方差), over n − 1; NaN of fewer than two. */
export function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

/** Sample standard deviation (样本标准差), over n − 1; NaN of fewer than two. */
export const deviationOf = (values: readonly number[]): number => Math.sqrt(varianceOf(values));
