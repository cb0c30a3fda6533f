import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Cell } from "#src/domain/table.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { correlationPath } from "#src/metrics/correlation.ts";
import { type CorrelationFlip, correlationFlip, flipWindows } from "#src/metrics/correlation-flip.ts";
import type { Dated } from "#src/metrics/inner-join.ts";
import { innerJoin } from "#src/metrics/inner-join.ts";
import { type JointState, jointRules, jointState } from "#src/metrics/joint-state.ts";
import { percentileOfLatest } from "#src/metrics/own-history.ts";
import type { Path } from "#src/metrics/panel.ts";
import { type Measured, mapMeasured } from "#src/metrics/result.ts";
import { weeklyCloses } from "#src/metrics/weekly-returns.ts";
import {
  type Country,
  type CountryFinding,
  closeTogether,
  nothing,
  questionOf,
} from "#src/sections/country-data.ts";
import type { Returns } from "#src/sections/country-returns.ts";
import type { YieldMove } from "#src/sections/country-yield.ts";
import { shortName } from "#src/sections/market.ts";
import { factsOf, joinedPrices } from "#src/sections/regime-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { rankTail } from "#src/sections/tail.ts";
import type { Found } from "#src/statements/rule.ts";
import { countryFlip } from "#src/statements/rules/country.ts";

/** Of which returns the correlation is: of days, or of weeks where the two close at different hours. */
type Basis = keyof typeof flipWindows;

/** Returns of the index and of its currency against the dollar on common days, and their rolling correlation. */
export interface FlipLine {
  readonly basis: Basis;
  readonly dates: readonly IsoDate[];
  readonly path: Path;
}

/** The correlation of a country's index with its currency. */
export interface Flip extends CountryFinding {
  /** `null` where there is none to draw. */
  readonly line: FlipLine | null;
}

/** The figure that shows the correlation. */
export const flipFigure = (id: string): string => `${id}.correlation`;

/** What the long run and the percentile are taken from, at most. */
const most = { daily: 2520 + 60 + 1, weekly: 520 + 26 + 1 } as const;
/** Fewest earlier correlations of a percentile, and as many as are used. */
const need = { daily: { min: 252, preferred: 2520 }, weekly: { min: 104, preferred: 520 } } as const;
const joint = { daily: jointRules, weekly: { window: 26, leastHistory: 52 } } as const;

/** What was measured of index and currency, and of what. */
interface Measures {
  readonly basis: Basis;
  readonly dates: readonly IsoDate[];
  readonly flip: Measured<CorrelationFlip>;
  readonly path: Path;
  readonly together: Measured<JointState>;
  readonly series: readonly string[];
}

/** Whether index and currency move together otherwise than they did (D10), and how often both rose of late. */
export function flipOf(
  context: SectionContext,
  country: Country,
  returns: Returns,
  yields: YieldMove | null,
): Flip {
  const { id, rule, index, fx } = country;
  if (!rule.flip || fx === null) return { ...nothing, line: null };
  const measures = measured(context, country, fx);
  const facts = { ...correlationFacts(context, id, measures), ...jointFacts(context, id, measures) };
  const { percentile, ...told } = facts;
  const { month } = returns.spans;
  const evidence = {
    ...told,
    ...testOf(measures.flip),
    basis: measures.basis,
    indexMove: month.local,
    currencyMove: month.fx,
    yieldMove: yields?.move ?? null,
  };
  const places = {
    indexMove: { fact: month.local.id, signed: true },
    currencyMove: { fact: month.fx.id, signed: true },
    ...(yields === null ? {} : { yieldMove: { fact: yields.move.id, signed: true } }),
  };
  const questions = [questionOf(context, country, countryFlip, "flip", evidence, places, flipFigure(id))];
  if (measures.flip.value === null) {
    const names = { name: shortName(index.series), money: { name: rule.money } };
    return { ...nothing, questions, gaps: [say("country.gap.flip", names)], line: null };
  }
  const { basis, dates, path, series } = measures;
  const row = (key: string, n: Fact, value: Fact, dot: Cell) => ({
    shelf: "measures" as const,
    head: say(`country.table.correlation.${key}.${basis}`, { n: { fact: n.id } }),
    cells: [{ fact: value.id }, dot],
  });
  const dot = percentile.value === null ? null : { percentile: percentile.id };
  return {
    ...nothing,
    questions,
    rows: [row("now", facts.recentN, facts.recent, dot), row("before", facts.priorN, facts.prior, null)],
    series,
    line: { basis, dates, path },
  };
}

function measured(context: SectionContext, country: Country, fx: Column): Measures {
  const { index } = country;
  const basis: Basis = closeTogether(context, index, fx) ? "daily" : "weekly";
  const { dates, currency, equity } = pairedReturns(context, country, fx, basis);
  return {
    basis,
    dates,
    flip: correlationFlip(currency, equity, flipWindows[basis]),
    path: correlationPath(currency, equity, flipWindows[basis].recent),
    together: jointState(currency, equity, joint[basis]),
    series: [index.series.id, fx.series.id],
  };
}

function correlationFacts(
  context: SectionContext,
  id: string,
  { basis, dates, flip, path, series }: Measures,
) {
  const windows = flipWindows[basis];
  const { errors = null, adjusted = null } = flip.value ?? {};
  const spearman = flip.value?.recent.spearman ?? null;
  const fact = factsOf(context, `${id}.flip`, {
    series,
    method: `D10 correlation flip, ${basis} log returns, dollars per local unit`,
    params: { ...windows, errors, adjusted, spearman },
    window: { start: dates.at(-Math.max(1, flip.n)) ?? null, end: dates.at(-1) ?? null, n: flip.n },
  });
  const of = (pick: (value: CorrelationFlip) => number): Measured<number> => mapMeasured(flip, pick);
  const rank = flip.value === null ? flip : percentileOfLatest(path, need[basis]);
  const n = path.slice(0, -1).filter((r) => r !== null).length;
  const stats = {
    ...(flip.value === null ? {} : { p: flip.value.pValue }),
    ...(rank.value === null ? {} : rankTail(rank.value, { n, overlap: windows.recent, side: "either" })),
  };
  return {
    recent: fact(
      "recent",
      of(({ recent }) => recent.correlation),
      "correlation",
      { stats },
    ),
    prior: fact(
      "prior",
      of(({ prior }) => prior.correlation),
      "correlation",
    ),
    recentN: fact(
      "recent-n",
      of(({ recent }) => recent.n),
      "count",
    ),
    priorN: fact(
      "prior-n",
      of(({ prior }) => prior.n),
      "count",
    ),
    percentile: fact("percentile", rank, "percentile"),
  };
}

function jointFacts(context: SectionContext, id: string, { basis, dates, together, series }: Measures) {
  const { window } = joint[basis];
  const fact = factsOf(context, `${id}.both`, {
    series,
    method: "D10 joint state: both rose",
    params: { window, low: together.value?.low ?? null, high: together.value?.high ?? null },
    window: { start: dates.at(-window) ?? null, end: dates.at(-1) ?? null, n: together.n },
  });
  const of = (pick: (value: JointState) => number): Measured<number> => mapMeasured(together, pick);
  return {
    both: fact(
      "recent",
      of(({ both }) => both),
      "count",
    ),
    jointOf: fact(
      "of",
      of(() => window),
      "count",
    ),
    share: fact(
      "share",
      of(({ both }) => both / window),
      "share",
    ),
    longRun: fact(
      "long-run",
      of(({ longRun }) => longRun),
      "share",
    ),
    often: together.value === null ? null : oftenOf(together.value),
  };
}

/** Whether both rose about as often as before: the long run lies in the interval of the recent share. */
function oftenOf({ low, high, longRun }: JointState): "usual" | "more" | "less" {
  if (longRun < low) return "more";
  return longRun > high ? "less" : "usual";
}

/** What the test found beside the correlations themselves. */
const testOf = (flip: Measured<CorrelationFlip>) => ({
  signsDiffer: found(flip, ({ recent, prior }) => recent.correlation * prior.correlation < 0),
  excludesZero: found(flip, ({ recent, prior }) => [recent, prior].every(({ low, high }) => low * high > 0)),
  persisted: found(flip, ({ persisted }) => persisted),
});

/** One thing that the test found, or why it found nothing. */
const found = <T extends number | boolean>(
  { value, reasons }: Measured<CorrelationFlip>,
  of: (value: CorrelationFlip) => T,
): Found => (value === null ? { value: null, reasons } : { value: of(value), reasons: [] });

/** A week's close stands on its Friday, so that weeks can be joined whose last sessions differ. */
const byWeek = ({ dates, values }: Dated): Dated => {
  const closes = weeklyCloses(dates, values);
  return { dates: closes.map(({ week }) => week), values: closes.map(({ value }) => value) };
};

/**
 * Log returns of the currency, up where it gains on the dollar however the rate is quoted, and of the index, on common days or weeks
 * (G6). A return over more than two sessions is no day's.
 */
function pairedReturns(context: SectionContext, { rule, index }: Country, fx: Column, basis: Basis) {
  const columns = [index, fx];
  const joined =
    basis === "daily"
      ? joinedPrices(columns, most.daily)
      : weeks(innerJoin(columns.map(byWeek)), context.week);
  const [prices = [], rates = []] = joined.prices;
  const sign = rule.quote === "local-per" ? -1 : 1;
  const kept = joined.isDaily.flatMap((isDaily, t) => (isDaily && isPositive(prices, rates, t) ? [t] : []));
  const change = (levels: readonly number[], t: number): number =>
    Math.log((levels[t + 1] ?? 1) / (levels[t] ?? 1));
  return {
    dates: kept.map((t) => joined.dates[t + 1] ?? ""),
    equity: kept.map((t) => change(prices, t)),
    currency: kept.map((t) => sign * change(rates, t)),
  };
}

const isPositive = (prices: readonly number[], rates: readonly number[], t: number): boolean =>
  [prices[t], prices[t + 1], rates[t], rates[t + 1]].every((value) => value !== undefined && value > 0);

/** The last weeks through that of the issue. */
function weeks({ dates, values }: ReturnType<typeof innerJoin>, through: IsoDate) {
  const n = dates.findLastIndex((day) => day <= through) + 1;
  const from = Math.max(0, n - most.weekly);
  return {
    dates: dates.slice(from, n),
    prices: values.map((each) => each.slice(from, n)),
    isDaily: dates.slice(from + 1, n).map(() => true),
  };
}
