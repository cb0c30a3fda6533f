/** Three assets, six days: the example that the documentation of the Python package frds gives for the absorption ratio. */
export const small: readonly (readonly number[])[] = [
  [0.015, 0.031, 0.007, 0.034, 0.014, 0.011],
  [0.012, 0.063, 0.027, 0.023, 0.073, 0.055],
  [0.072, 0.043, 0.097, 0.078, 0.036, 0.083],
];

export const meanOf = (path: readonly number[]): number => path.reduce((sum, v) => sum + v, 0) / path.length;

/** Sample covariance (n − 1), row by row. */
export function covarianceOf(panel: readonly (readonly number[])[]): Float64Array {
  const means = panel.map(meanOf);
  const moment = (i: number, j: number): number =>
    (panel[i] ?? []).reduce(
      (sum, v, t) => sum + (v - (means[i] ?? 0)) * ((panel[j]?.[t] ?? 0) - (means[j] ?? 0)),
      0,
    );
  return Float64Array.from(panel.flatMap((path, i) => panel.map((_, j) => moment(i, j) / (path.length - 1))));
}
