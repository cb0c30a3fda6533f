import { at, correlation, fitted, hacErrors, type Path, studentTails } from "#tests/truth/plain.ts";
import { themeOf, themeRule } from "#tests/truth/theme-days.ts";
import { once, type World } from "#tests/truth/world.ts";

/** Months since the year 0. */
const monthOf = (day: string): number => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7)) - 1;

/** The last value of each month, from the first month to the last. */
export function monthly(points: readonly { readonly day: string; readonly value: number }[]): {
  readonly first: number;
  readonly values: Path;
} {
  const byMonth = new Map(points.map(({ day, value }) => [monthOf(day), value]));
  const [first, last] = [monthOf(at(points, 0).day), monthOf(at(points, -1).day)];
  return {
    first,
    values: Array.from({ length: last - first + 1 }, (_, i) => byMonth.get(first + i) ?? null),
  };
}

/** Over twelve months. */
export const growthOf = (values: Path): Path =>
  values.map((value, t) => {
    const before = values[t - 12] ?? null;
    return value === null || before === null ? null : value / before - 1;
  });

/** The lag at which growth of a series goes most closely with the basket's year; positive where the basket comes first. */
export interface Lead {
  readonly id: string;
  readonly lag: number;
  readonly correlation: number;
  readonly pairs: number;
  /** Of one of 25 lags that was looked for (Bonferroni): the larger of that by HAC errors and that of months that do not overlap. */
  readonly p: number;
}

/** Both growths in the months since the last that lacks one. */
function pairsOf(world: World, id: string): readonly (readonly [number, number])[] {
  const { first, values } = monthly(world.points(id));
  const { days, levels } = themeOf(world);
  const basket = new Map(days.map((day, t) => [monthOf(day), at(levels, t)]));
  const own = growthOf(values.map((_, i) => basket.get(first + i) ?? null));
  const growth = growthOf(values);
  const pairs = own.map((x, t): readonly [number, number] | null => {
    const y = growth[t] ?? null;
    return x === null || y === null ? null : [x, y];
  });
  const end = pairs.findLastIndex((pair) => pair !== null) + 1;
  const begin = pairs.slice(0, end).lastIndexOf(null) + 1;
  return pairs.slice(begin, end).filter((pair) => pair !== null);
}

function leadOf(world: World, id: string): Lead | null {
  const pairs = pairsOf(world, id);
  if (pairs.length < 12 + 36) return null;
  const lags = Array.from({ length: 25 }, (_, i) => i - 12).map((lag) => {
    // The basket of month t with the series of month t + lag.
    const together = pairs.flatMap(([x], t): [number, number][] => {
      const other = lag + t < 0 ? undefined : pairs[t + lag];
      return other === undefined ? [] : [[x, other[1]]];
    });
    const [x, y] = [together.map(([a]) => a), together.map(([, b]) => b)];
    return { lag, x, y, r: correlation(x, y) };
  });
  const { lag, x, y, r } = at(
    lags.toSorted((a, b) => Math.abs(b.r) - Math.abs(a.r) || Math.abs(a.lag) - Math.abs(b.lag)),
    0,
  );
  const columns = [x.map(() => 1), x];
  const fit = fitted(columns, y);
  // Growth over twelve months overlaps in eleven (G15).
  const hac = studentTails(at(fit.coefficients, 1) / at(hacErrors(columns, fit, 12), 1), x.length - 2);
  const apart = x.length / 12;
  const alone = studentTails(r * Math.sqrt((apart - 2) / (1 - r * r)), apart - 2);
  return { id, lag, correlation: r, pairs: x.length, p: Math.min(1, 25 * Math.max(hac, alone)) };
}

/** Of every macro series that has one. */
export const leadsOf = (world: World): readonly Lead[] =>
  once(world, "leads", () => {
    if (world.workspace.grid === null) return [];
    return themeRule(world).spillover.flatMap((id) => leadOf(world, id) ?? []);
  });
