import type { Fixing } from "#src/domain/country-rules.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import { type CurrencyReturn, currencyReturn } from "#src/metrics/currency-return.ts";
import { type PeriodReturn, periodReturn } from "#src/metrics/period-return.ts";
import { type Measured, mapMeasured, notDefined, tooFew, warn } from "#src/metrics/result.ts";
import {
  type Country,
  type CountryFinding,
  nothing,
  presentColumn,
  questionOf,
} from "#src/sections/country-data.ts";
import { grade, sessionCount, shortName, yearStart } from "#src/sections/market.ts";
import { without } from "#src/sections/regime-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { partial, weekless } from "#src/sections/week-question.ts";
import { countryYear } from "#src/statements/rules/country.ts";

/** Spans of returns: the week, twenty sessions, and the year to date. */
const spans = ["week", "month", "year"] as const;
type Span = (typeof spans)[number];
const monthSessions = 20;

/** Returns of one span: in local currency, of the currency against the dollar, and in dollars. */
export interface SpanReturns {
  readonly local: Fact;
  readonly fx: Fact;
  readonly dollars: Fact;
  readonly base: IsoDate | null;
  /** Whether its two rates of exchange are of different fixings. */
  readonly isMixed: boolean;
}

/** The returns of a country, and what they bring to the page. */
export interface Returns extends CountryFinding {
  readonly spans: Readonly<Record<Span, SpanReturns>>;
  /** The day of the last close. */
  readonly end: Fact;
}

/** Returns of the week, of twenty sessions and of the year, in local currency and in dollars (A2, A3). */
export function returnsOf(context: SectionContext, country: Country): Returns {
  const { rule, index } = country;
  const found = {
    week: spanReturns(context, country, "week"),
    month: spanReturns(context, country, "month"),
    year: spanReturns(context, country, "year"),
  };
  const { year } = found;
  const end = dayFact(context, country, "end", index.dates.at(-1) ?? null);
  const base = dayFact(context, country, "base.year", year.base);
  const beside = besideOf(context, country);
  const isAbsent = rule.currency !== null && country.fx === null;
  return {
    ...nothing,
    spans: found,
    end,
    questions: [
      questionOf(context, country, countryYear, "year", {
        local: year.local,
        fx: year.fx,
        dollars: year.dollars,
        base,
        end,
        turn: [year.local.state, year.dollars.state].toSorted().join() === "down,up",
      }),
    ],
    rows: [
      ...spans
        .filter((span) => found[span].local.value !== null || span !== "month")
        .map((span) => {
          const { local, fx, dollars } = found[span];
          const inDollars = [{ fact: fx.id }, { fact: dollars.id, coloured: true }];
          return {
            shelf: "returns" as const,
            head: say(`country.table.span.${span}`),
            cells: [{ fact: local.id, coloured: true }, ...(rule.currency === null ? [] : inDollars)],
          };
        }),
      ...beside.rows,
    ],
    notes: [
      ...(base.value === null
        ? []
        : [
            {
              shelf: "returns" as const,
              ...say("country.note.base", { base: { fact: base.id, full: true } }),
            },
          ]),
      ...weekNotes(context, country, end),
      ...fixingNotes(context, country, found),
      ...beside.notes,
    ],
    absent: [...(isAbsent ? [rule.currency ?? ""] : []), ...beside.absent],
    series: [index.series.id, ...(country.fx === null ? [] : [country.fx.series.id]), ...beside.series],
  };
}

const dayFact = (
  { facts }: SectionContext,
  { id, index }: Country,
  measure: string,
  day: IsoDate | null,
): Fact =>
  facts.add({
    id: `${id}.${measure}`,
    value: day,
    unit: "date",
    series: [index.series.id],
    method: "A2 period return: its sessions",
    reasons: day === null ? [{ code: "no-value" }] : [],
  });

function spanReturns(context: SectionContext, country: Country, span: Span): SpanReturns {
  const { id, rule, index, fx } = country;
  const start = startOf(context, country, span);
  const sessions = sessionCount(context, index.series);
  const local = start.value === null ? start : periodReturn(index.dates, index.values, start.value, sessions);
  const split = splitOf(context, country, start);
  const isMixed = split.value !== null && isMixedFixing(rule.fixings, split.value);
  const told =
    split.value !== null && isMixed
      ? warn(split.value, split.n, ...split.reasons, { code: "fixing-changed" })
      : split;
  const days = local.value ?? { baseDate: null, endDate: null };
  const fact = (measure: string, measured: Measured<number>, method: string, series: readonly string[]) =>
    context.facts.add({
      ...grade(measured),
      id: `${id}.${measure}.${span}`,
      value: measured.value,
      unit: "return",
      series,
      method,
      params: { span, quote: rule.quote },
      window: { start: days.baseDate, end: days.endDate, n: measured.n },
    });
  const both = [index.series.id, ...(fx === null ? [] : [fx.series.id])];
  return {
    local: fact(
      "local",
      mapMeasured(local, ({ ret }) => ret),
      "A2 period return",
      [index.series.id],
    ),
    fx: fact(
      "fx",
      mapMeasured(told, (value) => value.fx),
      "A3 currency return, dollars per local unit",
      both,
    ),
    dollars: fact(
      "dollars",
      mapMeasured(told, ({ total }) => total),
      "A3 return in dollars",
      both,
    ),
    base: days.baseDate,
    isMixed,
  };
}

/** The first day of a span: that after its base session. */
function startOf(context: SectionContext, { index, weeks }: Country, span: Span): Measured<IsoDate> {
  if (span === "year") return { status: "ok", value: yearStart(context), n: 1, reasons: [] };
  if (span === "week") {
    const [why = { code: "no-return" }] = weekless(weeks);
    if (weeks.current === null) return without(why);
    return { status: "ok", value: addDays(weeks.current.base, 1), n: 1, reasons: [] };
  }
  const base = index.dates.at(-1 - monthSessions);
  if (base === undefined) return tooFew(index.dates.length, monthSessions + 1);
  return { status: "ok", value: addDays(base, 1), n: 1, reasons: [] };
}

function splitOf(
  context: SectionContext,
  { rule, index, fx }: Country,
  start: Measured<IsoDate>,
): Measured<CurrencyReturn> {
  if (fx === null) return notDefined("fx-missing", 0);
  if (start.value === null) return start;
  return currencyReturn(index, fx, start.value, {
    quote: rule.quote,
    sessions: sessionCount(context, index.series),
    fixings: sessionCount(context, fx.series),
  });
}

/** The fixing that a day's rate is of. */
const fixingOf = (fixings: readonly Fixing[], day: IsoDate): Fixing | undefined =>
  fixings.findLast(({ from }) => from === null || from <= day);

const isMixedFixing = (fixings: readonly Fixing[], { fxBaseDate, fxEndDate }: CurrencyReturn): boolean =>
  fixingOf(fixings, fxBaseDate) !== fixingOf(fixings, fxEndDate);

/** Which fixing the rates are of, and that a span has two where it has. */
function fixingNotes(
  { facts }: SectionContext,
  { id, rule, fx }: Country,
  found: Readonly<Record<Span, SpanReturns>>,
): CountryFinding["notes"] {
  const last = fx?.dates.at(-1);
  const fixing = last === undefined ? undefined : fixingOf(rule.fixings, last);
  if (fx === null || fixing === undefined) return [];
  const notes = [
    { shelf: "returns" as const, ...say("country.note.fixing", { fixing: { name: fixing.name } }) },
  ];
  const before = rule.fixings[rule.fixings.indexOf(fixing) - 1];
  if (before === undefined || fixing.from === null || !spans.some((span) => found[span].isMixed))
    return notes;
  const day = facts.add({
    id: `${id}.fixing.from`,
    value: fixing.from,
    unit: "date",
    series: [fx.series.id],
    method: "first day of the fixing",
  });
  const places = {
    before: { name: before.name },
    fixing: { name: fixing.name },
    day: { fact: day.id, full: true },
  };
  return [{ shelf: "returns", ...say("country.note.fixing-changed", places) }];
}

/** That the week begins before a closure of a week, or does not end with the last close, where it does so. */
function weekNotes(context: SectionContext, country: Country, end: Fact): CountryFinding["notes"] {
  const { index, weeks } = country;
  if (weeks.current === null) return [];
  const shelf = "returns" as const;
  const places = { name: shortName(index.series), day: { fact: end.id } };
  const ended = partial(weeks).map((word) => ({ shelf, ...say(`country.note.${word}`, places) }));
  if (weeks.current.spanWeeks === 1) return ended;
  const base = dayFact(context, country, "base.week", weeks.current.base);
  return [{ shelf, ...say("country.note.span", { base: { fact: base.id } }) }, ...ended];
}

/** The year of a fund or index in dollars, beside what is converted here. */
function besideOf(
  context: SectionContext,
  { id, rule }: Country,
): Pick<CountryFinding, "rows" | "notes" | "absent" | "series"> {
  if (rule.dollars === null) return nothing;
  const column = presentColumn(context, rule.dollars);
  if (column === null) return { ...nothing, absent: [rule.dollars] };
  const measured = yearOf(context, column);
  const fact = context.facts.add({
    ...grade(measured),
    id: `${id}.beside.year`,
    value: measured.value?.ret ?? null,
    unit: "return",
    series: [rule.dollars],
    method: "A2 period return, year to date",
    window: {
      start: measured.value?.baseDate ?? null,
      end: measured.value?.endDate ?? null,
      n: measured.n,
    },
  });
  const head = say("country.table.beside", { name: { name: column.series.short } });
  const row = { shelf: "returns" as const, head, cells: [null, null, { fact: fact.id, coloured: true }] };
  // The index is without its dividends.
  const isRicher =
    column.series.kind === "total-return" && context.panel.column(rule.index).series.kind !== "total-return";
  const note = {
    shelf: "returns" as const,
    ...say("country.note.dividends", { name: { name: column.series.short } }),
  };
  return {
    rows: fact.value === null ? [] : [row],
    notes: isRicher && fact.value !== null ? [note] : [],
    absent: [],
    series: [rule.dollars],
  };
}

const yearOf = (context: SectionContext, { dates, values, series }: Column): Measured<PeriodReturn> =>
  periodReturn(dates, values, yearStart(context), sessionCount(context, series));
