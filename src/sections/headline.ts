import { sessionsOfWeek } from "#src/calendar/weeks.ts";
import { rankedBars } from "#src/charts/ranked-bars.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Localised } from "#src/domain/locale.ts";
import type { Series } from "#src/domain/series.ts";
import type { RankedStatement } from "#src/domain/statement.ts";
import { addDays } from "#src/domain/time.ts";
import { percentileRank } from "#src/metrics/percentile-rank.ts";
import { type WeeklyClose, weeklyCloses } from "#src/metrics/weekly-returns.ts";
import { grade, quantumOfDecimals, shortName } from "#src/sections/market.ts";
import { membersOf, pairData, pairLevel } from "#src/sections/pair-data.ts";
import { datedPair } from "#src/sections/pair-legs.ts";
import { type Section, type SectionContext, say } from "#src/sections/section.ts";

/** One cell of the strip: a level, its change over the week, half a year of weeks, and its place in five years. */
export interface KeyNumber {
  readonly id: string;
  readonly name: Localised;
  readonly value: Fact;
  /** The day of the value, where it is not that of the week's end. */
  readonly day: Fact | null;
  /** The day at which a pair's level is 100. */
  readonly base: Fact | null;
  readonly change: Fact;
  readonly percentile: Fact;
  /** Whether its change is a gain or a loss; yields, volatility and rates of exchange are not. */
  readonly coloured: boolean;
  /** Weekly closes, oldest first; the last is the latest. */
  readonly spark: readonly number[];
}

const sparkWeeks = 26;
const fiveYears = 260;
const besideStatements = 4;
/** Sentences of a statement that page one has room for. */
export const sentencesEach = 2;

/** A dated level, whatever it is the level of. */
interface Track {
  readonly id: string;
  readonly name: Localised;
  readonly members: readonly string[];
  readonly dates: readonly string[];
  readonly values: readonly number[];
  readonly unit: "points" | "yield";
  /** How its change is said: yields in basis points, volatility indices in points, everything else relatively (G5). */
  readonly changes: "bp" | "points" | "return";
  readonly quantum: number;
  readonly coloured: boolean;
  readonly base: string | null;
}

/** The strip of key numbers, in the publication's order; a series without data is left out (its gap is said elsewhere). */
export function keyNumbers(context: SectionContext): readonly KeyNumber[] {
  return context.publication.keyNumbers
    .map(({ id }) => track(context, id))
    .filter((each) => each !== null)
    .map((each) => keyNumber(context, each));
}

function track(context: SectionContext, id: string): Track | null {
  const rule = context.workspace.pairs[id];
  if (rule) {
    const pair = datedPair(context, rule);
    const data = pairData(context.panel, pair);
    if (data === null) return null;
    const level = pairLevel(data);
    return {
      id,
      name: pair.short,
      members: membersOf(pair),
      dates: data.dates,
      values: level.values,
      base: level.base,
      unit: "points",
      changes: "return",
      quantum: 0.1,
      coloured: true,
    };
  }
  const { series, dates, values } = context.panel.column(id);
  if (values.length === 0) return null;
  const isYield = series.kind === "yield";
  const isVolatility = series.tags.includes("volatility");
  const coloured = ["price", "total-return", "level"].includes(series.kind) && !isVolatility;
  return {
    id,
    name: series.short,
    members: [id],
    dates,
    values,
    unit: isYield ? "yield" : "points",
    base: null,
    changes: isYield ? "bp" : isVolatility ? "points" : "return",
    quantum: isYield ? 1e-4 : quantumOfDecimals(series.decimals),
    coloured,
  };
}

/** The latest value, and its day where that is not the last of the publication's week. */
function latestValue(context: SectionContext, each: Track) {
  const { facts, lastDay } = context;
  const end = each.dates.at(-1) ?? null;
  const isAnother = end !== null && end !== lastDay;
  return {
    day: isAnother ? dayFact(context, each, "day", end, "day of the last value") : null,
    base:
      each.base === null ? null : dayFact(context, each, "base", each.base, "base day of the pair's level"),
    value: facts.add({
      id: `headline.${each.id}.value`,
      value: each.values.at(-1) ?? null,
      unit: each.unit,
      quantum: each.quantum,
      series: each.members,
      window: { start: end, end, n: 1 },
      method: "last value",
    }),
  };
}

function weekChange(context: SectionContext, each: Track, closes: readonly WeeklyClose[]): Fact {
  const { facts, week } = context;
  const [before, last] = closes.slice(-2);
  const traded = last?.week === week;
  // A change over a closure of a whole week is not one of the week.
  const isWeeks = traded && before !== undefined && before.week < addDays(week, -7);
  const change = traded && before && !isWeeks ? changeOf(each, before.value, last.value) : null;
  const why = isWeeks ? "spans-weeks" : traded ? "not-positive" : untraded(context, each);
  return facts.add({
    id: `headline.${each.id}.change.week`,
    value: change,
    unit: each.changes,
    ...(each.changes === "points" ? { quantum: each.quantum } : {}),
    reasons: change === null ? [{ code: why }] : [],
    series: each.members,
    window: { start: before?.date ?? null, end: last?.date ?? null, n: change === null ? 0 : 2 },
    method: "change over the week",
  });
}

/** Whether there was nothing to trade on, or only no value. */
function untraded({ workspace, panel, week }: SectionContext, { members }: Track): string {
  const calendars = members.map((id) => calendarOf(workspace.calendars, panel.column(id).series));
  return calendars.some((calendar) => sessionsOfWeek(calendar, week) === 0) ? "no-session" : "no-value";
}

function keyNumber(context: SectionContext, each: Track): KeyNumber {
  const closes = weeklyCloses(each.dates, each.values);
  const earlier = closes.slice(0, -1).slice(-fiveYears);
  const values = earlier.map(({ value }) => value);
  const rank = percentileRank(values, each.values.at(-1) ?? 0);
  return {
    id: each.id,
    name: each.name,
    coloured: each.coloured,
    spark: closes.slice(-sparkWeeks).map(({ value }) => value),
    ...latestValue(context, each),
    change: weekChange(context, each, closes),
    percentile: context.facts.add({
      ...grade(rank),
      id: `headline.${each.id}.percentile`,
      value: rank.value,
      unit: "percentile",
      series: each.members,
      window: { start: earlier[0]?.date ?? null, end: earlier.at(-1)?.date ?? null, n: earlier.length },
      method: "A10 percentile rank of the level, weekly, five years",
    }),
  };
}

const dayFact = (
  { facts }: SectionContext,
  each: Track,
  measure: string,
  value: string,
  method: string,
): Fact =>
  facts.add({ id: `headline.${each.id}.${measure}`, value, unit: "date", series: each.members, method });

/** No relative change exists from or to a value that is not positive. */
function changeOf({ changes }: Track, before: number, last: number): number | null {
  if (changes !== "return") return (last - before) * (changes === "bp" ? 1e4 : 1);
  return before > 0 && last > 0 ? last / before - 1 : null;
}

/**
 * Page one: the most surprising statement is the headline; beside the week's moves stand the next ones, and below them the
 * wide figure that shows the most surprising of those that have one.
 */
export function headline(
  context: SectionContext,
  ranked: readonly RankedStatement[],
  proof: Figure | null,
): Section {
  const [first, ...others] = ranked;
  const moves = movesFigure(context, first);
  return {
    name: "headline",
    claim: first?.claim ?? say("headline.none.claim"),
    standfirst: first?.text[0] ?? null,
    words: [
      first?.text.slice(1, sentencesEach) ?? [],
      ...frontPage(first, others).map((statement) => statement.text.slice(0, sentencesEach)),
    ].filter(({ length }) => length > 0),
    figures: [moves, proof].filter((figure) => figure !== null),
    tables: [],
    refusals: [],
    gaps: ranked.length === 0 ? [say("headline.none.gap")] : [],
  };
}

/** The statements of page one: the most surprising, and those that stand beside its picture. */
export function leading(ranked: readonly RankedStatement[]): readonly RankedStatement[] {
  const [first, ...others] = ranked;
  return first === undefined ? [] : [first, ...frontPage(first, others)];
}

/** The best of each section that is not the headline's own, then whatever is best: page one shows the breadth of the week. */
function frontPage(
  first: RankedStatement | undefined,
  others: readonly RankedStatement[],
): readonly RankedStatement[] {
  const heads = others.filter(
    ({ section }, i) =>
      section !== first?.section && others.findIndex((each) => each.section === section) === i,
  );
  const chosen = [...heads, ...others.filter((each) => !heads.includes(each))].slice(0, besideStatements);
  return others.filter((each) => chosen.includes(each));
}

/** The wide figure that shows the most surprising statement that has one. */
export function wideProof(ranked: readonly RankedStatement[], figures: readonly Figure[]): Figure | null {
  const wide = new Map(figures.filter(({ size }) => size === "wide").map((figure) => [figure.id, figure]));
  const proof = ranked.map((each) => each.proof).find((id) => id !== null && wide.has(id));
  return wide.get(proof ?? "") ?? null;
}

/** The week's moves of the markets that are scanned for superlatives, largest first. */
function movesFigure(
  { workspace, panel, facts }: SectionContext,
  first: RankedStatement | undefined,
): Figure | null {
  const moves = workspace.superlatives
    .map((id) => ({ series: panel.column(id).series, fact: facts.get(`levels.${id}.return.week`) }))
    .filter((move): move is { series: Series; fact: Fact } => typeof move.fact?.value === "number")
    .sort((a, b) => Number(b.fact.value) - Number(a.fact.value));
  const [top, bottom] = [moves[0], moves.at(-1)];
  if (top === undefined || bottom === undefined || top === bottom) return null;
  const highlighted = moves.find(({ series }) => first?.id.startsWith(`levels.${series.id}.`)) ?? top;
  const places = {
    top: shortName(top.series),
    topMove: { fact: top.fact.id, signed: true },
    bottom: shortName(bottom.series),
    bottomMove: { fact: bottom.fact.id, signed: true },
  };
  return {
    id: "headline.moves",
    claim: say("headline.moves.claim", places),
    unit: say("headline.moves.unit"),
    alt: say("headline.moves.alt", places),
    notes: [],
    series: moves.map(({ series }) => series.id),
    size: "beside",
    spec: (words) =>
      rankedBars(
        {
          rows: moves.map(({ series, fact }) => ({
            name: words.name(series.short),
            value: Number(fact.value),
            label: words.fact(fact.id, "signed"),
            highlighted: series === highlighted.series,
          })),
        },
        words,
      ),
  };
}
