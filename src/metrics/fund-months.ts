import { type Measured, type Reason, tooFew, warn } from "#src/metrics/result.ts";

/** How many monthly returns a statistic of a fund needs, wants, and looks back on at most (K1, K4). */
export const fundMonths = { least: 24, wanted: 36, most: 60 } as const;

/**
 * The last 60 of series of monthly returns that belong together.
 *
 * @throws {RangeError} if lengths differ or a return is not finite
 */
export function lastMonths(...series: readonly (readonly number[])[]): readonly (readonly number[])[] {
  if (series.some(({ length }) => length !== series[0]?.length))
    throw new RangeError("a fund and its benchmark require returns of the same months");
  if (!series.every((returns) => returns.every(Number.isFinite)))
    throw new RangeError("monthly returns must be finite");
  return series.map((returns) => returns.slice(-fundMonths.most));
}

/** No value below 24 months. */
export const tooFewMonths = (n: number): Measured<never> | null =>
  n < fundMonths.least ? tooFew(n, fundMonths.least) : null;

/** A value of so many months, with a caveat below 36. */
export function ofMonths<T>(value: T, n: number, ...caveats: readonly Reason[]): Measured<T> {
  const short = n < fundMonths.wanted ? [{ code: "short-history", need: fundMonths.wanted, have: n }] : [];
  const reasons = [...short, ...caveats];
  return reasons.length > 0 ? warn(value, n, ...reasons) : { status: "ok", value, n, reasons };
}
