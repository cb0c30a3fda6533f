import type { Day } from "#src/metrics/days.ts";
import type { Path } from "#src/metrics/panel.ts";
import { type Measured, ok, tooFew } from "#src/metrics/result.ts";

/** A span of days that has a name, both ends included. */
export interface NamedWindow {
  readonly name: string;
  readonly from: Day;
  readonly to: Day;
}

/** A time at which a series was as high as today. */
export interface Episode {
  readonly start: Day;
  readonly end: Day;
  /** Sessions as high as today among them. */
  readonly sessions: number;
  readonly highest: number;
  /** Named windows in which one of those sessions lies. */
  readonly tags: readonly string[];
}

/** Crises that everybody knows. */
export const namedCrises: readonly NamedWindow[] = [
  { name: "GFC", from: "2007-08-01", to: "2009-06-30" },
  { name: "COVID", from: "2020-02-01", to: "2020-06-30" },
];

const usualGap = 21;

/**
 * Exceedance episodes (超越时段, Q10): when a series was last as high as today. Days at or above today's value belong to one episode
 * where they are at most 21 sessions apart.
 *
 * @param dates  sessions, oldest first
 * @param path  one value a session; the last is today's, and no part of an episode
 * @param windows  names for times; the crises unless given
 * @returns oldest first, and empty where it never was so high; `insufficient` without a value today or one before it
 * @throws {RangeError} if there are not as many dates as values, a value is not finite or the gap is not positive
 */
export function exceedanceEpisodes(
  dates: readonly Day[],
  path: Path,
  windows: readonly NamedWindow[] = namedCrises,
  gap: number = usualGap,
): Measured<readonly Episode[]> {
  if (dates.length !== path.length)
    throw new RangeError("exceedanceEpisodes requires a date for every value");
  if (!path.every((v) => v === null || Number.isFinite(v)))
    throw new RangeError("exceedanceEpisodes requires finite values");
  if (!(gap >= 1)) throw new RangeError(`exceedanceEpisodes requires a gap of 1 or more, got ${gap}`);
  const today = path.at(-1) ?? null;
  const n = path.slice(0, -1).filter((v) => v !== null).length;
  if (today === null || n === 0) return tooFew(today === null ? 0 : n, 1);
  const days = path.flatMap((v, t) => (v !== null && v >= today && t < path.length - 1 ? [t] : []));
  const episodes = clusters(days, gap).map((cluster): Episode => {
    const on = cluster.map((t) => dates[t] ?? "");
    return {
      start: on[0] ?? "",
      end: on.at(-1) ?? "",
      sessions: cluster.length,
      highest: Math.max(...cluster.map((t) => path[t] ?? Number.NEGATIVE_INFINITY)),
      tags: windows
        .filter(({ from, to }) => on.some((day) => day >= from && day <= to))
        .map(({ name }) => name),
    };
  });
  return ok(episodes, n);
}

/** Ascending places, parted where they are more than `gap` apart. */
function clusters(places: readonly number[], gap: number): readonly (readonly number[])[] {
  const found: number[][] = [];
  for (const place of places) {
    const current = found.at(-1);
    if (current && place - (current.at(-1) ?? 0) <= gap) current.push(place);
    else found.push([place]);
  }
  return found;
}
