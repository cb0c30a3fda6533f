import { sessionsAfter } from "#src/calendar/sessions.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Table } from "#src/domain/table.ts";
import { addDays, daysBetween, type IsoDate } from "#src/domain/time.ts";
import { insufficient, type Measured, mapMeasured } from "#src/metrics/result.ts";
import {
  type ReturnDecomposition,
  returnDecomposition,
  type Valued,
} from "#src/metrics/return-decomposition.ts";
import type { TrailingPeak } from "#src/metrics/trailing-peak.ts";
import type { Sector } from "#src/sections/epicentre-part.ts";
import { shortName } from "#src/sections/market.ts";
import { factsOf } from "#src/sections/regime-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

/** One part of a return: in logarithms, which add up, and as a change. */
export interface Piece {
  readonly log: Fact;
  readonly change: Fact;
}

/** A return since a day, in parts. */
export interface Split {
  readonly from: Fact;
  readonly to: Fact;
  readonly price: Piece;
  readonly earnings: Piece;
  readonly multiple: Piece;
}

/** Since the multiple's peak, and over a year; `null` where there is none, and what is lacking. */
export interface Splits {
  readonly peak: Split | null;
  readonly year: Split | null;
  readonly lack: "earnings" | "disagree" | null;
}

/** Days by which a price or earnings may be older than the multiple. */
const [mostSessions, mostDays] = [5, 31];
/** Logarithmic change by which the multiple of price and earnings may part from the series of multiples. */
const tolerance = 0.02;

/**
 * Splits the sector's return at the days of its multiple (V3). Price over earnings must move as the series of multiples does: else
 * the earnings are others than those behind it, and nothing is split.
 */
export function splitsOf(
  context: SectionContext,
  found: Sector,
  multiple: Column,
  { peakDate }: TrailingPeak,
): Splits {
  const { rule } = found;
  const none = { peak: null, year: null };
  if (rule.earnings === null) return { ...none, lack: null };
  const earnings = context.panel.column(rule.earnings);
  const last = multiple.dates.at(-1) ?? "";
  const yearAgo = nearest(multiple.dates, dayBefore(last));
  const at = (day: IsoDate) => valuedAt(context, found.sector, earnings, day);
  const split = (day: IsoDate): Measured<ReturnDecomposition> => between(at(day), at(last));
  const measured = { peak: split(peakDate), year: split(yearAgo) };
  const agree = (day: IsoDate, { value }: Measured<ReturnDecomposition>): boolean =>
    value === null || Math.abs(value.multiple - changeOf(multiple, day, last)) <= tolerance;
  if (!(agree(peakDate, measured.peak) && agree(yearAgo, measured.year)))
    return { ...none, lack: "disagree" };
  return {
    peak:
      peakDate === last ? null : splitFacts(context, found, "since-peak", [peakDate, last], measured.peak),
    year: splitFacts(context, found, "year", [yearAgo, last], measured.year),
    lack: measured.year.value === null && measured.peak.value === null ? "earnings" : null,
  };
}

/** The same day of the year before; of 29 February the day before it. */
const dayBefore = (day: IsoDate): IsoDate => {
  const same = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return same.endsWith("-02-29") ? `${same.slice(0, 5)}02-28` : same;
};

/** The day that is nearest to another, within half a month; none: one before all. */
function nearest(days: readonly IsoDate[], day: IsoDate): IsoDate {
  const away = (each: IsoDate) => Math.abs(daysBetween(each, day));
  const [found = beforeAll] = days.toSorted((a, b) => away(a) - away(b));
  return away(found) <= mostDays / 2 ? found : beforeAll;
}

const beforeAll: IsoDate = "0001-01-01";

const between = (before: Valued | null, after: Valued | null): Measured<ReturnDecomposition> =>
  before === null || after === null
    ? insufficient(0, { code: "no-value" })
    : returnDecomposition(before, after);

function valuedAt(
  { workspace }: SectionContext,
  sector: Column,
  earnings: Column,
  day: IsoDate,
): Valued | null {
  const at = sector.dates.findLastIndex((date) => date <= day);
  const of = earnings.dates.findLastIndex((date) => date <= day);
  const [price, earned] = [sector.values[at], earnings.values[of]];
  const [priced, told] = [sector.dates[at], earnings.dates[of]];
  if (price === undefined || earned === undefined || priced === undefined || told === undefined) return null;
  const missed = sessionsAfter(calendarOf(workspace.calendars, sector.series), priced, day);
  return missed > mostSessions || told < addDays(day, -mostDays) ? null : { price, earnings: earned };
}

function changeOf({ dates, values }: Column, from: IsoDate, to: IsoDate): number {
  const [before, after] = [from, to].map((day) => values[dates.indexOf(day)] ?? Number.NaN);
  return Math.log((after ?? Number.NaN) / (before ?? Number.NaN));
}

function splitFacts(
  context: SectionContext,
  { rule, sector, prefix }: Sector,
  name: string,
  [start, end]: readonly [IsoDate, IsoDate],
  measured: Measured<ReturnDecomposition>,
): Split | null {
  if (measured.value === null) return null;
  const series = [sector.series.id, rule.multiple, rule.earnings].filter((id) => id !== null);
  const fact = factsOf(context, `${prefix}.${name}`, {
    series,
    method: "V3 return decomposition",
    params: {},
    window: { start, end, n: 2 },
  });
  const piece = (part: "price" | "earnings" | "multiple"): Piece => ({
    log: fact(
      `${part}-log`,
      mapMeasured(measured, (each) => each[part]),
      "pp",
    ),
    change: fact(
      part,
      mapMeasured(measured, (each) => Math.exp(each[part]) - 1),
      "return",
    ),
  });
  return {
    from: fact(
      "from",
      mapMeasured(measured, () => start),
      "date",
    ),
    to: fact(
      "to",
      mapMeasured(measured, () => end),
      "date",
    ),
    price: piece("price"),
    earnings: piece("earnings"),
    multiple: piece("multiple"),
  };
}

/** Price, earnings and multiple in logarithms, since the peak and over a year; none without one of the two. */
export function splitTable({ rule, sector }: Sector, { peak, year }: Splits): readonly Table[] {
  const columns = [
    ...(peak === null ? [] : [{ key: "peak", split: peak }]),
    ...(year === null ? [] : [{ key: "year", split: year }]),
  ];
  const [first] = columns;
  if (first === undefined) return [];
  const row = (part: "price" | "earnings" | "multiple") => ({
    head: say(`epicentre.split.${part}`),
    cells: columns.map(({ split }) => ({ fact: split[part].log.id })),
  });
  return [
    {
      id: "epicentre.split",
      claim: say("epicentre.split.claim", { name: shortName(sector.series) }),
      unit: say("epicentre.split.unit", { date: { fact: first.split.to.id, full: true } }),
      head: [
        { say: say("epicentre.split.part"), align: "left" },
        ...columns.map(({ key, split }) => ({
          say: say(`epicentre.split.${key}`, { date: { fact: split.from.id } }),
          align: "right" as const,
        })),
      ],
      rows: [row("earnings"), row("multiple"), { ...row("price"), kind: "total" }],
      notes: [say("epicentre.split.note")],
      series: [sector.series.id, rule.multiple, rule.earnings].filter((id) => id !== null),
      size: "half",
    },
  ];
}
