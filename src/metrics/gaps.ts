import type { Path } from "#src/metrics/panel.ts";

/**
 * A path made of the values that are there, as if there were no gaps: a missing value has no element, and those after it see
 * what was before it. For statistics that would begin anew after a gap.
 *
 * @param make  of values without a gap, one element each
 */
export function acrossGaps(values: Path, make: (present: readonly number[]) => Path): Path {
  const made = make(values.filter((value) => value !== null));
  let place = 0;
  return values.map((value) => (value === null ? null : (made[place++] ?? null)));
}
