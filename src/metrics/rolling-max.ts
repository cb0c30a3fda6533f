import type { Path } from "#src/metrics/panel.ts";

/**
 * The highest value of every window (滚动最高值) in one pass: only values that no later one exceeds are kept.
 *
 * @returns element `t` is that of the `window` values that end at `t`, and uses none after it; `null` before the first whole window and
 *   where a value of it is missing
 * @throws {RangeError} if a value is not finite, or the window is not an integer of 1 or more
 * @see Lemire (2006), Streaming maximum-minimum filter, Nordic Journal of Computing 13(4)
 */
export function rollingMax(values: Path, window: number): Path {
  if (!(Number.isInteger(window) && window >= 1))
    throw new RangeError(`rollingMax requires a window of 1 or more, got ${window}`);
  if (!values.every((value) => value === null || Number.isFinite(value)))
    throw new RangeError("rollingMax requires finite numbers");
  // A missing value is below all, and its windows have none.
  const levels = Float64Array.from(values, (value) => value ?? Number.NEGATIVE_INFINITY);
  /** Places of values that fall from one to the next: the first is the highest. */
  const places = new Int32Array(values.length);
  const at = (place: number) => levels[places[place] ?? 0] ?? 0;
  let [first, end, present] = [0, 0, 0];
  return values.map((value, t) => {
    present = value === null ? 0 : present + 1;
    while (end > first && at(end - 1) <= (levels[t] ?? 0)) end--;
    places[end++] = t;
    if ((places[first] ?? 0) <= t - window) first++;
    return present < window ? null : at(first);
  });
}
