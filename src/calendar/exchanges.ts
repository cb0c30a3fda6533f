import hkex from "#src/calendar/tables/hkex.json" with { type: "json" };
import krx from "#src/calendar/tables/krx.json" with { type: "json" };
import nyse from "#src/calendar/tables/nyse.json" with { type: "json" };
import sse from "#src/calendar/tables/sse.json" with { type: "json" };
import tse from "#src/calendar/tables/tse.json" with { type: "json" };
import { beginning, type ExchangeCalendar, type Hour, type SpecialHours } from "#src/domain/calendar.ts";

/** A table as its file holds it: hours with the day from which each holds, and days without a session, `MM-DD` by year. */
interface TableFile {
  readonly zone: string;
  readonly source: string;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly opens: readonly { readonly from?: string; readonly at: string }[];
  readonly closes: readonly { readonly from?: string; readonly at: string }[];
  readonly closed: Readonly<Record<string, string>>;
  readonly special: Readonly<Record<string, SpecialHours>>;
}

const hours = (list: TableFile["opens"]): readonly Hour[] =>
  list.map(({ from = beginning, at }) => ({ from, at }));

const calendar = (id: string, file: TableFile): ExchangeCalendar => ({
  id,
  zone: file.zone,
  opens: hours(file.opens),
  closes: hours(file.closes),
  table: {
    source: file.source,
    validFrom: file.validFrom,
    validUntil: file.validUntil,
    closed: new Set(
      Object.entries(file.closed).flatMap(([year, days]) => days.split(" ").map((day) => `${year}-${day}`)),
    ),
    special: new Map(Object.entries(file.special)),
  },
});

/**
 * Exchanges that every workspace knows, with their sessions of the years that they have published.
 *
 * Hong Kong's close is the end of the closing auction, ten minutes after continuous trading since 2016-07-25: before, there
 * is no closing price.
 */
export const exchanges: Readonly<Record<string, ExchangeCalendar>> = {
  NYSE: calendar("NYSE", nyse),
  KRX: calendar("KRX", krx),
  TSE: calendar("TSE", tse),
  HKEX: calendar("HKEX", hkex),
  SSE: calendar("SSE", sse),
};
