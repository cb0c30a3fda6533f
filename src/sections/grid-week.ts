import { type CumulativeLine, cumulativeLines } from "#src/charts/cumulative-lines.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { ChartWords, Figure } from "#src/domain/figure.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import { type PeriodReturn, periodReturn } from "#src/metrics/period-return.ts";
import type { Measured } from "#src/metrics/result.ts";
import type { Theme } from "#src/sections/grid-basket.ts";
import { grade, proseName, sessionCount, shortName, yearStart } from "#src/sections/market.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { themeWeek } from "#src/statements/rules/grid.ts";

/** A year of sessions; of less than a quarter there is no line to draw. */
const [shown, leastShown] = [252, 60];

/** Levels of the basket and its market on the days on which both have one. */
function together({ dates, basket, marketLevels }: Theme) {
  const at = dates.flatMap((_, t) => (basket.level[t] == null || marketLevels[t] == null ? [] : [t]));
  return {
    dates: at.map((t) => dates[t] ?? ""),
    own: at.map((t) => basket.level[t] ?? Number.NaN),
    market: at.map((t) => marketLevels[t] ?? Number.NaN),
  };
}

/** The week and the year of the basket beside its market's. */
export function weekQuestion(context: SectionContext, theme: Theme): Question {
  const { dates, own, market } = together(theme);
  const sessions = sessionCount(context, theme.market.series);
  const returnOf = (prices: readonly number[], start: IsoDate) =>
    periodReturn(dates, prices, start, sessions);
  const monday = isoWeek(context.week).monday;
  const add = (name: string, measured: Measured<PeriodReturn>): Fact =>
    context.facts.add({
      ...grade(measured),
      id: `${theme.prefix}.${name}`,
      value: measured.value?.ret ?? null,
      unit: "return",
      series: theme.series,
      window: {
        start: measured.value?.baseDate ?? null,
        end: measured.value?.endDate ?? null,
        n: measured.n,
      },
      method: "A2 period return of the L1 basket, and of its market on the same days",
    });
  const facts = {
    week: add("return.week", returnOf(own, monday)),
    marketWeek: add("market.week", returnOf(market, monday)),
    year: add("return.year", returnOf(own, yearStart(context))),
    marketYear: add("market.year", returnOf(market, yearStart(context))),
  };
  return {
    ladder: themeWeek,
    subject: {
      id: theme.rule.basket,
      name: { name: theme.names.short },
      prose: { name: theme.names.prose },
      places: {
        market: proseName(theme.market.series),
        marketWeek: { fact: facts.marketWeek.id, signed: true },
        marketYear: { fact: facts.marketYear.id, signed: true },
        year: { fact: facts.year.id, signed: true },
      },
      evidence: facts,
      proof: themeFigure,
    },
  };
}

export const themeFigure = "grid.lines";

/** The basket and its market over a year of sessions, from the same day. */
export function linesFigure(context: SectionContext, theme: Theme): Figure | null {
  const all = together(theme);
  const from = Math.max(0, all.dates.length - shown - 1);
  const dates = all.dates.slice(from);
  if (dates.length < leastShown) return null;
  const changes = (levels: readonly number[]) => levels.slice(from).map((v) => v / (levels[from] ?? v) - 1);
  const [own, market] = [changes(all.own), changes(all.market)];
  const add = (name: string, value: number): Fact =>
    context.facts.add({
      id: `${theme.prefix}.${name}`,
      value,
      unit: "return",
      series: theme.series,
      window: { start: dates[0] ?? null, end: dates.at(-1) ?? null, n: dates.length },
      method: "A2 return of at most 252 sessions",
    });
  const [a, b] = [add("return.252", own.at(-1) ?? 0), add("market.252", market.at(-1) ?? 0)];
  const places = {
    name: { name: theme.names.short },
    market: shortName(theme.market.series),
    own: { fact: a.id, signed: true },
    other: { fact: b.id, signed: true },
  };
  const line = (name: string, label: string, values: readonly number[]): CumulativeLine => ({
    name,
    label,
    points: dates.map((day, t) => ({ day, value: values[t] ?? null })),
  });
  const lines = (words: ChartWords): readonly CumulativeLine[] => [
    line(words.name(theme.names.short), words.fact(a.id, "signed"), own),
    { ...line(words.name(theme.market.series.short), words.fact(b.id, "signed"), market), context: true },
  ];
  return {
    id: themeFigure,
    claim: say("grid.lines.claim", places),
    unit: say("grid.lines.unit"),
    alt: say("grid.lines.alt", places),
    notes: [],
    series: theme.series,
    size: "beside",
    spec: (words) => cumulativeLines({ size: "beside", unit: "return", lines: lines(words) }, words),
  };
}
