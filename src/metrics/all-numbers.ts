/*
 * Questions asked of every number of a long series, in plain loops: `every` and `some` call a function for each, which takes
 * several times as long.
 */

/** The place of the first number that is not finite, or −1. */
export function firstNotFinite(values: readonly number[]): number {
  for (let t = 0; t < values.length; t++) if (!Number.isFinite(values[t])) return t;
  return -1;
}

/** Whether every number is finite. */
export const allFinite = (values: readonly number[]): boolean => firstNotFinite(values) < 0;

/** Whether every number is positive. */
export function allPositive(values: readonly number[]): boolean {
  for (let t = 0; t < values.length; t++) if (!((values[t] ?? 0) > 0)) return false;
  return true;
}
