import type { Localised } from "#src/domain/locale.ts";
import type { IsoDate } from "#src/domain/time.ts";
import type { AppetiteRule } from "#src/domain/workspace.ts";
import { type Dated, innerJoin } from "#src/metrics/inner-join.ts";
import { appetiteRules } from "#src/metrics/risk-appetite.ts";
import { lackOf, type Members, membersOf } from "#src/sections/regime-data.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** A signal that counts this week. */
export interface Signal extends Dated {
  readonly rule: AppetiteRule;
  readonly name: Localised;
}

/** A z needs a year of history; a spread may be negative. */
const needs = { least: appetiteRules.zHistory.min + 1, returns: false };
/** What a score needs that is ranked in 2,520 others. */
const mostDays = appetiteRules.zHistory.preferred + appetiteRules.rankHistory.preferred + 1;

/** The series of a signal: one, or both of a ratio. */
export const seriesOf = ({ series, over }: AppetiteRule): readonly string[] =>
  over === null ? [series] : [series, over];

/** The series of all signals, and which of them count. */
export const seriesOfSignals = (context: SectionContext): Members =>
  membersOf(context, [...new Set(context.workspace.conditions.appetite.flatMap(seriesOf))], needs);

/** A signal's levels, those of a ratio on the days that have one; none where a series of it does not count. */
export function signalOf(context: SectionContext, rule: AppetiteRule): readonly Signal[] {
  const columns = seriesOf(rule).map((id) => context.panel.column(id));
  if (columns.some((column) => lackOf(context, column, needs) !== null)) return [];
  const joined = innerJoin(columns);
  const [own = [], other] = joined.values;
  const levels = other === undefined ? own : own.map((value, t) => value / (other[t] ?? Number.NaN));
  const isLevel = (_: unknown, t: number): boolean => Number.isFinite(levels[t]);
  const [dates, values] = [joined.dates.filter(isLevel), levels.filter(isLevel)];
  return [{ rule, name: nameOf(context, rule), dates, values }];
}

/** As a sentence calls it; a ratio without a name of its own by both of its series. */
function nameOf({ panel }: SectionContext, { series, over, name }: AppetiteRule): Localised {
  const own = panel.column(series).series;
  if (name !== null || over === null) return name ?? own.prose;
  const other = panel.column(over).series.short;
  return { en: `${own.short.en}/${other.en}`, "zh-CN": `${own.short["zh-CN"]}/${other["zh-CN"]}` };
}

/**
 * Days on which any signal has a level, to the last on which all have one: no signal is asked for a day that it lacks. They begin
 * where each has `most` of its own, since exchanges meet on other days.
 */
export function commonDays(signals: readonly Dated[], most = mostDays): readonly IsoDate[] {
  const last = innerJoin(signals).dates.at(-1) ?? "";
  const until = signals.map(({ dates }) => dates.filter((day) => day <= last));
  const from = until.map((dates) => dates.at(-most) ?? dates[0] ?? "").toSorted()[0] ?? "";
  return [...new Set(until.flat())].filter((day) => day >= from).toSorted();
}
