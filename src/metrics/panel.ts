/** A value a session, oldest first; `null` where there is none. */
export type Path = readonly (number | null)[];

/** Paths of several series over the same sessions, one array a series. */
export type Panel = readonly Path[];

/**
 * A panel session by session, for loops over cross-sections: the value of series `i` at session `t` stands at
 * `t · series + i`, NaN where there is none.
 *
 * @throws {RangeError} if the series differ in length or a value is not finite
 */
export function bySession(panel: Panel): Float64Array {
  const [series, sessions] = [panel.length, sessionsOf(panel)];
  const flat = new Float64Array(series * sessions);
  for (const [i, path] of panel.entries()) {
    for (let t = 0; t < sessions; t++) {
      const value = path[t] ?? Number.NaN;
      if (path[t] !== null && !Number.isFinite(value))
        throw new RangeError(`a panel requires finite values, got ${path[t]} in series ${i} at ${t}`);
      flat[t * series + i] = value;
    }
  }
  return flat;
}

/** {@link bySession} of series that are numbers already, all as long. */
export function transposed(series: readonly Float64Array[]): Float64Array {
  const [count, sessions] = [series.length, series[0]?.length ?? 0];
  const flat = new Float64Array(count * sessions);
  for (let i = 0; i < count; i++) {
    const values = series[i] ?? flat;
    for (let t = 0; t < sessions; t++) flat[t * count + i] = values[t] ?? 0;
  }
  return flat;
}

/**
 * How many sessions the paths of a panel have.
 *
 * @throws {RangeError} if they differ in length
 */
export function sessionsOf(panel: Panel): number {
  const sessions = panel[0]?.length ?? 0;
  if (panel.some((path) => path.length !== sessions))
    throw new RangeError("a panel requires series of equal lengths");
  return sessions;
}

/** A path of what a function makes of each session; what is not a number is missing. */
export function pathOf(sessions: number, valueAt: (t: number) => number): Path {
  const numbers = new Float64Array(sessions);
  for (let t = 0; t < sessions; t++) numbers[t] = valueAt(t);
  return withNulls(numbers);
}

/** The values of a path as numbers, NaN where one is missing. @throws {RangeError} if one is not finite */
export function presentOf(path: Path): Float64Array {
  const numbers = new Float64Array(path.length);
  for (let t = 0; t < numbers.length; t++) {
    const value = path[t] ?? null;
    if (value !== null && !Number.isFinite(value))
      throw new RangeError(`a path requires finite values, got ${value} at ${t}`);
    numbers[t] = value ?? Number.NaN;
  }
  return numbers;
}

/** A path of numbers, of which NaN is missing. */
export function withNulls(numbers: Float64Array): Path {
  // Of its length from the start: one that grows takes three times as long.
  const path = new Array<number | null>(numbers.length);
  for (let t = 0; t < numbers.length; t++) {
    const value = numbers[t] ?? 0;
    path[t] = Number.isNaN(value) ? null : value;
  }
  return path;
}
