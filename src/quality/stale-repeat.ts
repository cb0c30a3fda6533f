import { dayAt, runsOf, type Suspicion, spanText, type Values } from "#src/quality/suspicion.ts";

/** A run of repeats is improbable when fewer than this many like it are to be expected in the whole history. */
const expectedRuns = 1e-3;
/** A single repeated close happens to any series; two are the shortest run that can be improbable. */
const shortest = 2;
/** Observations either side in which repeats may be more usual than in the whole: a defended rate of exchange, a cheap share. */
const near = 125;
/** A rate of exchange that stands for longer than these repeats is held there by a bank, and not stale. */
const longestFeed = 20;
/** Steps outside the run from which the usual rate of repeats can be told. */
const fewest = 10;

/**
 * Closes that repeat for longer than the series' own history makes probable; the first of them is kept.
 *
 *     E = n · p^k     n steps, k repeats, p the greater of (R + 1) / (m + 2) and the share of repeats in the
 *                     125 steps either side, R repeats in the m steps outside the run
 *
 * A run is found from two repeats on where E is below 1/1000. For prices only: yields, counts and flows stand still
 * for weeks. A single false repeat, as on a holiday, cannot be told from a close that happened to be the same.
 */
export function staleRepeat(values: Values): readonly Suspicion[] {
  if (!values.isPrice) return [];
  const { values: all } = values;
  const steps = all.length - 1;
  const runs = runsOf(steps, (i) => all[i] === all[i + 1]);
  if (!runs.some(([first, last]) => last - first + 1 >= shortest)) return [];
  // Repeats before each step, so that those in any stretch are one subtraction.
  const before = [0];
  for (let i = 0; i < steps; i++) before.push((before[i] ?? 0) + (all[i] === all[i + 1] ? 1 : 0));
  const repeatsIn = (from: number, to: number): number => (before[to] ?? 0) - (before[from] ?? 0);
  return runs
    .filter(([first, last]) => {
      const k = last - first + 1;
      if (values.series.kind === "fx" && k > longestFeed) return false;
      return k >= shortest && expected(steps, first, last, repeatsIn) < expectedRuns;
    })
    .map(([first, last]) => suspect(values, first + 1, last + 1));
}

function expected(
  steps: number,
  first: number,
  last: number,
  repeatsIn: (from: number, to: number) => number,
): number {
  const k = last - first + 1;
  const outside = steps - k;
  if (outside < fewest) return Number.POSITIVE_INFINITY;
  const [start, end] = [Math.max(0, first - near), Math.min(steps, last + 1 + near)];
  const overall = (repeatsIn(0, steps) - k + 1) / (outside + 2);
  const nearby = (repeatsIn(start, end) - k) / (end - start - k);
  return steps * Math.max(overall, nearby) ** k;
}

function suspect(values: Values, first: number, last: number): Suspicion {
  const [from, to] = [dayAt(values, first), dayAt(values, last)];
  return {
    gate: "stale-repeat",
    symptom: "repeat",
    from,
    to,
    days: values.dates.slice(first, last + 1),
    found: `${values.values[first]} again ${spanText(from, to)}`,
    expected: "closes that change as often as the series' own",
  };
}
