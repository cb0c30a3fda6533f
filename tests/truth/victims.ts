import type { VictimRule } from "#src/domain/narrative-rules.ts";
import { byWeek, intensitiesOf, narrativesOf } from "#tests/truth/news.ts";
import { at, fitted, hacCovariance, mean, studentTails } from "#tests/truth/plain.ts";
import { joined, once, type World } from "#tests/truth/world.ts";

/** How names answer to a narrative (N5). */
export interface Answered {
  /** Return beyond the market for one point more, and for one point less. */
  readonly rise: number;
  readonly fall: number;
  /** Of Wald's test that both slopes are one. */
  readonly p: number;
  readonly weeks: number;
}

/** From the end of one bucket of headlines to that of the next, at most 260 of them. */
function observationsOf(world: World, { members, market, theme }: VictimRule) {
  const { ends, first, second } = intensitiesOf(world);
  const index = at(narrativesOf(world).themes, 0).id === theme ? first : second;
  const { days, values } = joined(world, [...members, market]);
  const closes = values.map((prices) => byWeek(days.map((day, t) => ({ day, value: at(prices, t) }))));
  return ends
    .slice(1)
    .flatMap((end, i) => {
      const returns = closes.map((close) => (close.get(end) ?? 0) / (close.get(at(ends, i)) ?? 0) - 1);
      if (!returns.every((r) => Number.isFinite(r) && r > -1)) return [];
      const own = mean(returns.slice(0, -1));
      return [{ own, market: at(returns, -1), shock: at(index, i + 1) - at(index, i) }];
    })
    .slice(-260);
}

/** `r = a + b₊ max(ΔI, 0) + b₋ min(ΔI, 0) + c r_m + e`, HAC errors; `null` with too few weeks, or changes of one sign. */
export const answeredOf = (world: World): Answered | null =>
  once(world, "victims", () => {
    const { victims: rule } = narrativesOf(world);
    if (rule === null) return null;
    const weeks = observationsOf(world, rule);
    const sides = [1, -1].map((sign) => weeks.filter(({ shock }) => sign * shock > 0).length);
    if (weeks.length < 104 || Math.min(...sides) < 10) return null;
    const columns = [
      weeks.map(() => 1),
      weeks.map(({ shock }) => Math.max(shock, 0)),
      weeks.map(({ shock }) => Math.min(shock, 0)),
      weeks.map(({ market }) => market),
    ];
    const fit = fitted(
      columns,
      weeks.map(({ own }) => own),
    );
    const [rise, fall] = [at(fit.coefficients, 1), at(fit.coefficients, 2)];
    const covariance = hacCovariance(columns, fit);
    const of = (i: number, j: number): number => at(at(covariance, i), j);
    const t = Math.abs(rise - fall) / Math.sqrt(of(1, 1) + of(2, 2) - 2 * of(1, 2));
    return { rise, fall, p: studentTails(t, weeks.length - columns.length), weeks: weeks.length };
  });
