import { type HeatCell, type HeatMapData, heatMap } from "#src/charts/heat-map.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { ChartWords, Figure } from "#src/domain/figure.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Place } from "#src/domain/say.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import { innerJoin } from "#src/metrics/inner-join.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import { periodReturn } from "#src/metrics/period-return.ts";
import { insufficient, type Measured, ok } from "#src/metrics/result.ts";
import { nothing, type Part, type Sector } from "#src/sections/epicentre-part.ts";
import {
  grade,
  proseName,
  sessionCount,
  shortName,
  staleness,
  subjectOf,
  yearStart,
} from "#src/sections/market.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { sectorParts } from "#src/statements/rules/epicentre.ts";

/** Spans of the heat map, in the order of its columns. */
export const horizons = ["week", "month", "quarter", "year"] as const;
type Horizon = (typeof horizons)[number];

/** A part of the sector, and its returns beyond the market's. */
interface Line {
  readonly column: Column;
  readonly excess: Readonly<Record<Horizon, Fact>>;
}

/** Which parts of a sector lag its market, over a week, a month, a quarter and the year. */
export function subindustriesOf(context: SectionContext, found: Sector): Part {
  const { rule, market } = found;
  const of = rule.subindustries.length > 0 ? "subindustries" : "names";
  const ids = of === "subindustries" ? rule.subindustries : rule.names;
  if (ids.length < 2 || staleness(context, market) !== null) return nothing;
  const lines = ids.map((id) => lineOf(context, found, context.panel.column(id)));
  const known = lines.filter(({ excess }) => horizons.some((each) => excess[each].value !== null));
  const absent = lines.filter((each) => !known.includes(each));
  const [first] = absent;
  const gaps =
    first === undefined
      ? []
      : [
          absent.length === 1
            ? say("epicentre.gap.part.one", { name: shortName(first.column.series) })
            : say("epicentre.gap.part.several", {
                n: { fact: countFact(context, found, "parts-absent", absent).id },
              }),
        ];
  if (known.length < 2) return { ...nothing, gaps };
  const question = questionOf(context, found, of, known);
  return {
    ...nothing,
    questions: [question],
    series: [],
    figures: [figureOf(found, of, known)],
    gaps,
  };
}

/** The first days of the spans that end with the week. */
function starts(context: SectionContext): Readonly<Record<Horizon, IsoDate>> {
  const { week, lastDay } = context;
  return {
    week: isoWeek(week).monday,
    month: addDays(monthsBefore(lastDay, 1), 1),
    quarter: addDays(monthsBefore(lastDay, 3), 1),
    year: yearStart(context),
  };
}

/** The same day so many months before; the last of that month where it has none such. */
function monthsBefore(day: IsoDate, months: number): IsoDate {
  const number = 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7)) - 1 - months;
  const month = (n: number) => `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, "0")}`;
  const last = addDays(`${month(number + 1)}-01`, -1);
  const same = `${month(number)}${day.slice(7)}`;
  return same < last ? same : last;
}

function lineOf(context: SectionContext, found: Sector, column: Column): Line {
  const begin = starts(context);
  const late = staleness(context, column);
  const entries = horizons.map((horizon): [Horizon, Fact] => {
    const measured =
      late === null ? excessOf(context, column, found.market, begin[horizon]) : insufficient(0, late);
    const fact = context.facts.add({
      ...grade(measured),
      id: `${found.prefix}.excess.${column.series.id}.${horizon}`,
      value: measured.value?.excess ?? null,
      unit: "pp",
      series: [column.series.id, found.market.series.id],
      window: {
        start: measured.value?.from ?? null,
        end: measured.value?.to ?? null,
        n: measured.n,
      },
      method: "A2 period return less the market's",
      params: { horizon },
    });
    return [horizon, fact];
  });
  return { column, excess: Object.fromEntries(entries) as Line["excess"] };
}

interface Excess {
  readonly excess: number;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** Both returns are of days that both have, so that they begin and end together. */
function excessOf(context: SectionContext, column: Column, market: Column, start: IsoDate): Measured<Excess> {
  const { dates, values } = innerJoin([column, market]);
  const sessions = sessionCount(context, market.series);
  const [own, shared] = values.map((prices) => periodReturn(dates, prices, start, sessions));
  if (own?.value == null) return own ?? insufficient(0, { code: "no-value" });
  if (shared?.value == null) return shared ?? insufficient(0, { code: "no-value" });
  const { ret, baseDate, endDate } = own.value;
  return ok({ excess: ret - shared.value.ret, from: baseDate, to: endDate }, own.n);
}

const countFact = (
  { facts }: SectionContext,
  { prefix, market }: Sector,
  name: string,
  of: readonly Line[],
): Fact =>
  facts.add({
    id: `${prefix}.${name}`,
    value: of.length,
    unit: "count",
    series: [market.series.id, ...of.map(({ column }) => column.series.id)],
    method: "parts of the sector by their month beyond the market",
  });

function questionOf(
  context: SectionContext,
  found: Sector,
  of: "subindustries" | "names",
  known: readonly Line[],
): Question {
  const ranked = known
    .filter(({ excess }) => excess.month.value !== null)
    .toSorted((a, b) => Number(a.excess.month.value) - Number(b.excess.month.value));
  const lagging = ranked.filter(({ excess }) => excess.month.state === "down");
  const ahead = ranked.filter(({ excess }) => excess.month.state === "up");
  const [worst, best] = [ranked[0], ranked.at(-1)];
  const sides =
    ranked.length === 0
      ? null
      : lagging.length === ranked.length
        ? "all-behind"
        : ahead.length === ranked.length
          ? "all-ahead"
          : "split";
  const none = { value: null, reasons: [{ code: "no-value" }] };
  return {
    ladder: sectorParts,
    subject: {
      ...subjectOf(found.sector.series),
      places: {
        market: proseName(found.market.series),
        ...(worst === undefined ? {} : extreme("worst", worst, sides === "split")),
        ...(best === undefined ? {} : extreme("best", best, sides === "split")),
      },
      evidence: {
        of,
        sides,
        lagging: countFact(context, found, "parts-behind", lagging),
        parts: countFact(context, found, "parts", ranked),
        worst: worst?.excess.month ?? none,
        best: best?.excess.month ?? none,
      },
      proof: heatFigure,
    },
  };
}

/** A part at one end: its name, and its month; with its sign where no word tells it. */
const extreme = (
  end: "worst" | "best",
  { column, excess }: Line,
  signed: boolean,
): Readonly<Record<string, Place>> => ({
  [`${end}Name`]: proseName(column.series),
  [end]: { fact: excess.month.id, signed },
});

const heatFigure = "epicentre.heat";

/** How much is much grows with the root of the sessions: a day of one per cent for the middle tint, of two and a half for the deepest. */
const [middle, deep] = [0.01, 0.025];

function figureOf(found: Sector, of: "subindustries" | "names", lines: readonly Line[]): Figure {
  const places = { name: shortName(found.sector.series), market: shortName(found.market.series) };
  const sessions = (horizon: Horizon) =>
    Math.max(1, ...lines.map(({ excess }) => excess[horizon].window.n - 1));
  const cell = (fact: Fact, words: ChartWords): HeatCell => ({
    value: typeof fact.value === "number" ? fact.value : null,
    label: words.fact(fact.id, "table"),
    direction: fact.state === "up" || fact.state === "down" ? fact.state : "none",
  });
  const data = (words: ChartWords): HeatMapData => ({
    heads: horizons.map((horizon) => words.say(say(`epicentre.heat.head.${horizon}`))),
    steps: horizons.map((horizon) => {
      const root = Math.sqrt(sessions(horizon));
      return [middle * root, deep * root] as const;
    }),
    rows: lines.map(({ column, excess }) => ({
      name: words.name(column.series.short),
      cells: horizons.map((horizon) => cell(excess[horizon], words)),
    })),
  });
  return {
    id: heatFigure,
    claim: say(`epicentre.heat.claim.${of}`, places),
    unit: say("epicentre.heat.unit", places),
    alt: say(`epicentre.heat.alt.${of}`, places),
    notes: [say("epicentre.heat.note")],
    series: [...lines.map(({ column }) => column.series.id), found.market.series.id],
    size: "beside",
    spec: (words) => heatMap(data(words), words),
  };
}
