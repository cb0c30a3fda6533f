import type { Agreement } from "#src/domain/quality.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { runsOf, type Suspicion, spanText, type Values } from "#src/quality/suspicion.ts";
import { isWithin } from "#src/quality/tolerance.ts";

/**
 * Days on which two series that measure the same differ by more than is tolerated, as found in the first of them.
 *
 * Which of the two is right cannot be told, so that neither counts on that day: the gate is asked once for each. Days that
 * only one of them has are not compared.
 */
export function sourcesDisagree(own: Values, other: Values, { tolerance }: Agreement): readonly Suspicion[] {
  const theirs = new Map(other.dates.map((date, i) => [date, other.values[i] ?? Number.NaN]));
  const common = own.dates.flatMap((date, i): readonly (readonly [IsoDate, number, number])[] => {
    const value = theirs.get(date);
    return value === undefined ? [] : [[date, own.values[i] ?? Number.NaN, value]];
  });
  const differs = (i: number): boolean => {
    const [, mine, yours] = common[i] ?? ["", 0, 0];
    return !isWithin(mine, yours, tolerance);
  };
  return runsOf(common.length, differs).map(([first, last]): Suspicion => {
    const days = common.slice(first, last + 1);
    const [from, to] = [days[0]?.[0] ?? "", days.at(-1)?.[0] ?? ""];
    const widest = days.reduce((a, b) => (Math.abs(b[1] - b[2]) > Math.abs(a[1] - a[2]) ? b : a));
    return {
      gate: "sources-disagree",
      symptom: "differs",
      from,
      to,
      days: days.map(([date]) => date),
      found: `${widest[1]} against ${widest[2]} of ${other.series.id}, ${spanText(from, to)}`,
      expected: `the same within ${"amount" in tolerance ? tolerance.amount : `${100 * tolerance.share}%`}`,
    };
  });
}
