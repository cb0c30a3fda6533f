import { onScale, type Path, type Paths, pathOf, placeOf } from "./path.ts";
import type { Scenario, Target } from "./scenario.ts";

type Of<What extends Target["what"]> = Extract<Target, { what: What }>;

/** Sessions a year. */
const days = 252;

/**
 * Bends paths to the targets that are about them, in the order of the scenario.
 *
 * @param others  paths that targets may compare with, beside those that are bent
 */
export function bend(paths: readonly Path[], scenario: Scenario | null, others: Paths = new Map()): Paths {
  const bent = new Map(paths.map((path) => [path.id, path]));
  for (const target of scenario?.targets ?? []) {
    for (const id of target.series) {
      const path = bent.get(id);
      const lookUp = (other: string): Path => bent.get(other) ?? pathOf(others, other);
      if (path !== undefined) bent.set(id, { ...path, values: bentTo(target, path, lookUp) });
    }
  }
  return bent;
}

function bentTo(target: Target, path: Path, lookUp: (id: string) => Path): Float64Array {
  switch (target.what) {
    case "level":
      return toLevels(path, target);
    case "gain":
      return toGain(path, target, target.beyond === undefined ? null : lookUp(target.beyond));
    case "move":
      return moved(path, target);
    case "volatility":
      return toVolatility(path, target);
    case "correlation":
      return toCorrelation(path, target, lookUp(target.with));
    case "reversal":
      return toReversal(path, target);
    case "capture":
      return toCapture(path, target, lookUp(target.of));
    case "flows":
    case "quote":
      return path.values;
  }
}

/** From each pin to the next by a constant drift; what comes after the last keeps its distance. */
function toLevels(path: Path, { from, at }: Of<"level">): Float64Array {
  const pins = Object.entries(at).map(([day, level]) => {
    const t = placeOf(path, day);
    return { t, gap: onScale(path, level) - (path.values[t] ?? 0) };
  });
  const all = [{ t: placeOf(path, from), gap: 0 }, ...pins.toSorted((a, b) => a.t - b.t)];
  return path.values.map((value, t) => {
    const next = all.findIndex((pin) => pin.t >= t);
    const [before, after] = [all[next - 1], all[next]];
    if (after === undefined) return value + (all.at(-1)?.gap ?? 0);
    if (before === undefined) return value;
    return value + before.gap + ((after.gap - before.gap) * (t - before.t)) / (after.t - before.t);
  });
}

function toGain(path: Path, { from, to, value }: Of<"gain">, beyond: Path | null): Float64Array {
  const wanted = path.scale === "log" ? Math.log(1 + value) : value;
  const [first, last] = [placeOf(path, from), placeOf(path, to)];
  const theirs = beyond === null ? 0 : gainOf(beyond, placeOf(beyond, from), placeOf(beyond, to));
  const missing = wanted + theirs - gainOf(path, first, last);
  return path.values.map(
    (level, t) => level + missing * Math.min(1, Math.max(0, (t - first) / (last - first))),
  );
}

const gainOf = ({ values }: Path, first: number, last: number): number =>
  (values[last] ?? 0) - (values[first] ?? 0);

function moved(path: Path, { on, value }: Of<"move">): Float64Array {
  const [place, size] = [placeOf(path, on), path.scale === "log" ? Math.log(1 + value) : value];
  return path.values.map((level, t) => (t >= place ? level + size : level));
}

const toVolatility = (path: Path, target: Of<"volatility">): Float64Array =>
  reshaped(path, target, (changes) => {
    const scale = target.value / (deviationOf(changes) * Math.sqrt(days));
    return changes.map((change) => change * scale);
  });

function toCorrelation(path: Path, target: Of<"correlation">, other: Path): Float64Array {
  const theirs = standardised(changesOf(other, placeOf(other, target.from), placeOf(other, target.to)));
  return reshaped(path, target, (changes) => {
    const own = standardised(changes);
    const shared = meanOf(own.map((v, t) => v * (theirs[t] ?? 0)));
    const rest = standardised(own.map((v, t) => v - shared * (theirs[t] ?? 0)));
    const [size, other] = [deviationOf(changes), Math.sqrt(1 - target.value ** 2)];
    return rest.map((v, t) => size * (target.value * (theirs[t] ?? 0) + other * v));
  });
}

const toReversal = (path: Path, target: Of<"reversal">): Float64Array =>
  reshaped(path, target, (changes) => {
    const mean = meanOf(changes);
    const turned = changes.map((v, t) => v - mean - target.value * ((changes[t - 1] ?? mean) - mean));
    const scale = deviationOf(changes) / deviationOf(turned);
    return turned.map((v) => v * scale);
  });

/** Falling months of the market count; what is missing is spread by how far it fell. */
function toCapture(path: Path, target: Of<"capture">, market: Path): Float64Array {
  const [first, last] = [placeOf(path, target.from), placeOf(path, target.to)];
  const [own, theirs] = [simple(changesOf(path, first, last)), simple(changesOf(market, first, last))];
  const falls = theirs.map((r) => Math.min(0, r));
  const fallen = sumOf(falls);
  const taken = sumOf(own.filter((_, t) => (falls[t] ?? 0) < 0));
  const missing = target.value - taken / fallen;
  return rebuilt(
    path,
    first,
    own.map((r, t) => Math.log(1 + r + missing * (falls[t] ?? 0))),
  );
}

const simple = (changes: readonly number[]): readonly number[] =>
  changes.map((change) => Math.exp(change) - 1);

/** Other changes in a span that gains as much as before. */
function reshaped(
  path: Path,
  { from, to }: { readonly from: string; readonly to: string },
  shape: (changes: readonly number[]) => readonly number[],
): Float64Array {
  const [first, last] = [placeOf(path, from), placeOf(path, to)];
  const changes = changesOf(path, first, last);
  const shaped = shape(changes);
  const shift = meanOf(changes) - meanOf(shaped);
  return rebuilt(
    path,
    first,
    shaped.map((change) => change + shift),
  );
}

/** The path with other changes after a place; what comes after them keeps its own. */
function rebuilt(path: Path, first: number, changes: readonly number[]): Float64Array {
  const values = path.values.slice();
  for (const [i, change] of changes.entries()) values[first + 1 + i] = (values[first + i] ?? 0) + change;
  const last = first + changes.length;
  const shift = (values[last] ?? 0) - (path.values[last] ?? 0);
  for (let t = last + 1; t < values.length; t++) values[t] = (values[t] ?? 0) + shift;
  return values;
}

const changesOf = ({ values }: Path, first: number, last: number): readonly number[] =>
  Array.from(values.slice(first + 1, last + 1), (value, i) => value - (values[first + i] ?? 0));

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const meanOf = (values: readonly number[]): number => sumOf(values) / values.length;

function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}

function standardised(values: readonly number[]): readonly number[] {
  const [mean, deviation] = [meanOf(values), deviationOf(values)];
  return values.map((value) => (value - mean) / deviation);
}
