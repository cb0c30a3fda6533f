import { sessionClose } from "#src/calendar/sessions.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { CountryRule } from "#src/domain/country-rules.ts";
import type { Reason } from "#src/domain/fact.ts";
import type { Localised } from "#src/domain/locale.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Row } from "#src/domain/table.ts";
import { convertedPrices } from "#src/metrics/currency-return.ts";
import type { Dated } from "#src/metrics/inner-join.ts";
import { proseName, sessionCount, shortName, staleness, type Weeks, weeksOf } from "#src/sections/market.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import type { Ladder, Piece } from "#src/statements/rule.ts";

/** A country with its index, where that can be spoken of. */
export interface Country {
  readonly id: string;
  readonly rule: CountryRule;
  readonly index: Column;
  readonly weeks: Weeks;
  /** The rate of exchange to the dollar; `null` where none is configured, or its last is too old. */
  readonly fx: Column | null;
}

/** The tables that parts of a country bring rows to. */
export type Shelf = "returns" | "measures" | "signs";

/** What one part of a country brings to the page. */
export interface CountryFinding {
  readonly questions: readonly Question[];
  readonly rows: readonly (Row & { readonly shelf: Shelf })[];
  readonly notes: readonly (Say & { readonly shelf: Shelf })[];
  /** Series that are configured and of which nothing can be said. */
  readonly absent: readonly string[];
  /** What else cannot be said. */
  readonly gaps: readonly Say[];
  readonly series: readonly string[];
}

/** A part that brings nothing, and that which lacks series. */
export const nothing: CountryFinding = {
  questions: [],
  rows: [],
  notes: [],
  absent: [],
  gaps: [],
  series: [],
};
export const lacking = (...absent: readonly string[]): CountryFinding => ({ ...nothing, absent });

/** A series that has a value which still says something; `null` where none is named, or it has none. */
export function presentColumn(context: SectionContext, id: string | null): Column | null {
  if (id === null) return null;
  const column = context.panel.column(id);
  return whyAbsent(context, column) === null ? column : null;
}

/** Why nothing may be said of a series; `null` where something may. */
export const whyAbsent = (context: SectionContext, column: Column): Reason | null =>
  column.dates.length === 0 ? { code: "no-value" } : staleness(context, column);

/** A country whose index can be spoken of; `null` where it cannot. */
export function openCountry(context: SectionContext, id: string, rule: CountryRule): Country | null {
  const index = presentColumn(context, rule.index);
  if (index === null) return null;
  return { id, rule, index, weeks: weeksOf(context, index), fx: presentColumn(context, rule.currency) };
}

/** The index in dollars, at the last fixing on or before each of its sessions; `null` without a rate of exchange. */
export function dollarIndex(context: SectionContext, { rule, index, fx }: Country): Dated | null {
  if (fx === null) return null;
  return convertedPrices(index, fx, { quote: rule.quote, fixings: sessionCount(context, fx.series) });
}

/** Where closes lie farther apart, returns of one date are not of the same day (G7). */
const closesApart = 3_600_000;

/** Whether two series close within an hour of each other, so that their daily returns belong together. */
export function closeTogether({ workspace, lastDay }: SectionContext, a: Column, b: Column): boolean {
  const [first, other] = [a, b].map(({ series }) =>
    sessionClose(calendarOf(workspace.calendars, series), lastDay),
  );
  return Math.abs((first ?? 0) - (other ?? 0)) <= closesApart;
}

/** Whose word the latest value of a series is. */
export const sourceOf = ({ sources, series }: Column): Localised =>
  sources?.at(-1) ?? series.source ?? series.provider;

/** What the rules are asked of one part of a country. */
export function questionOf(
  context: SectionContext,
  { id, rule }: Pick<Country, "id" | "rule">,
  ladder: Ladder,
  part: string,
  evidence: Readonly<Record<string, Piece>>,
  places: Readonly<Record<string, Place>> = {},
  proof?: string,
): Question {
  const { series } = context.panel.column(rule.index);
  return {
    ladder,
    subject: {
      id: part,
      section: id,
      name: shortName(series),
      prose: proseName(series),
      evidence,
      places: { country: { name: rule.name }, money: { name: rule.money }, ...places },
      ...(proof === undefined ? {} : { proof }),
    },
  };
}
