/** Values of a test that chance exceeds in 10, 5 and 1 of 100 cases. */
export interface JohansenCritical {
  readonly tenPercent: number;
  readonly fivePercent: number;
  readonly onePercent: number;
}

/** By how many relations are not claimed, from 1: 10 %, 5 %, 1 %. */
const trace = [
  [7.52, 9.24, 12.97],
  [17.85, 19.96, 24.6],
  [32, 34.91, 41.07],
  [49.65, 53.12, 60.16],
  [71.86, 76.07, 84.45],
] as const;
const largest = [
  [7.52, 9.24, 12.97],
  [13.75, 15.67, 20.2],
  [19.77, 22, 26.81],
  [25.56, 28.14, 33.24],
  [31.66, 34.4, 39.79],
] as const;

/** Series for which there are critical values. */
export const mostSeries = trace.length;

/**
 * Critical values of Johansen's tests (约翰森检验临界值) with the constant restricted to the relations, for large samples.
 *
 * @param test  `trace`, or `largest` eigenvalue
 * @param rest  series less relations, 1 to 5
 * @throws {RangeError} for another number
 * @see Osterwald-Lenum (1992), Oxford Bulletin of Economics and Statistics 54(3), table 1*
 */
export function johansenCritical(test: "trace" | "largest", rest: number): JohansenCritical {
  const row = (test === "trace" ? trace : largest)[rest - 1];
  if (row === undefined)
    throw new RangeError(`johansenCritical requires 1 to ${mostSeries} series, got ${rest}`);
  const [tenPercent, fivePercent, onePercent] = row;
  return { tenPercent, fivePercent, onePercent };
}
