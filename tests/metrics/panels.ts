import type { Panel, Path } from "#src/metrics/panel.ts";

/** Integers of a reference file in their unit, hundred-thousandths unless given; what is missing stays so. */
export const inUnits = (rows: readonly (readonly (number | null)[])[], unit = 1e-5): Panel =>
  Object.freeze(rows.map((row) => Object.freeze(row.map((v) => (v === null ? null : v * unit)))));

/** The sessions from one place to before another, of every series. */
export const sessions = (panel: Panel, from: number, to?: number): Panel =>
  panel.map((path) => path.slice(from, to));

/** One session across all series. */
export const acrossAt = (panel: Panel, t: number): Path => panel.map((path) => path[t] ?? null);

/** The same panel with one series' value at one session replaced. */
export const replaced = (panel: Panel, series: number, t: number, value: number | null): Panel =>
  panel.map((path, i) => (i === series ? path.with(t, value) : path));

/** Invented returns of the size of daily ones: the same for the same seed, and without a pattern that matters. */
export function noisePanel(
  names: number,
  count: number,
  seed = 1,
  size = 0.01,
): readonly (readonly number[])[] {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(1_103_515_245, state) + 12_345) & 0x7fffffff;
    return (state >>> 8) / 2 ** 23;
  };
  const normal = (): number => uniform() + uniform() + uniform() + uniform() - 2;
  const market = Array.from({ length: count }, normal);
  return Array.from({ length: names }, () => market.map((m) => size * (m + normal())));
}

/** The largest difference of two paths where both are there; infinite where one is and the other is not. */
export function pathGap(actual: Path, expected: Path): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  const gaps = actual.map((value, t) => {
    const wanted = expected[t] ?? null;
    if (value === null || wanted === null) return value === wanted ? 0 : Number.POSITIVE_INFINITY;
    return Math.abs(value - wanted);
  });
  return gaps.reduce((worst, gap) => (gap <= worst ? worst : gap), 0);
}
