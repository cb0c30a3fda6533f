/**
 * Months since the year 0 (月序号) of `YYYY-MM`, for arithmetic: 12 divides every January's.
 *
 * @throws {RangeError} for what is no month
 */
export function monthNumber(month: string): number {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new RangeError(`expected a month YYYY-MM, got ${month}`);
  return 12 * Number(month.slice(0, 4)) + Number(month.slice(5)) - 1;
}

/** Those of months that must increase. @throws {RangeError} if they do not, or one is no month */
export function monthNumbers(months: readonly string[]): readonly number[] {
  const numbers = months.map(monthNumber);
  if (numbers.some((number, t) => number <= (numbers[t - 1] ?? -1)))
    throw new RangeError("months must increase");
  return numbers;
}
