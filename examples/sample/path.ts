/** A series as it is simulated: a walk of logarithms, or of levels that differences move. */
export interface Path {
  readonly id: string;
  readonly dates: readonly string[];
  readonly scale: "log" | "difference";
  readonly values: Float64Array;
}

export type Paths = ReadonlyMap<string, Path>;

/** @throws {RangeError} if there is none */
export function pathOf(paths: Paths, id: string): Path {
  const path = paths.get(id);
  if (path === undefined) throw new RangeError(`no series ${id} is simulated`);
  return path;
}

/** The level at a place. */
export function levelAt({ scale, values }: Path, t: number): number {
  const value = values[t] ?? Number.NaN;
  return scale === "log" ? Math.exp(value) : value;
}

/** What a level is on the scale of a path. */
export const onScale = ({ scale }: Pick<Path, "scale">, level: number): number =>
  scale === "log" ? Math.log(level) : level;

/** The level on a day, or on the last one before it. */
export const levelOn = (path: Path, day: string): number => levelAt(path, placeOf(path, day));

/** The place of a day, or of the last one before it; the first place for an earlier one. */
export function placeOf({ dates }: Pick<Path, "dates">, day: string): number {
  let [low, high] = [0, dates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((dates[middle] ?? "") <= day) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

export const mapOf = (paths: readonly Path[]): Paths => new Map(paths.map((path) => [path.id, path]));
