import { median } from "d3-array";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Gate, Symptom } from "#src/domain/quality.ts";
import type { Kind } from "#src/domain/series.ts";
import type { IsoDate } from "#src/domain/time.ts";

/** What a gate looks at of one series: parallel arrays, oldest first. */
export interface Values extends Pick<Column, "series" | "dates" | "values"> {
  /** Whether they are prices of something: above zero, and moving by a share of themselves. */
  readonly isPrice: boolean;
  /** The calendar of its exchange. */
  readonly calendar: ExchangeCalendar;
}

/** What a gate found in one series, before anyone is asked whether it is accepted. */
export interface Suspicion {
  readonly gate: Gate;
  readonly symptom: Symptom;
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Days of the series that should not count. */
  readonly days: readonly IsoDate[];
  /** Days concerned, where they are not those: of a gap, the missing ones. */
  readonly n?: number;
  readonly found: string;
  readonly expected: string;
}

const priceKinds: readonly Kind[] = ["price", "total-return", "level", "fx"];
/** An index of which this share of the values lies below zero is a balance (new orders, activity), and no price. */
const signedShare = 0.05;
/** One that usually moves by more than this share of itself is a gauge (sentiment, positioning, volatility). */
const gaugeMove = 0.03;

/** What the gates look at of a column; whether an index is one of prices is decided once, from all that was read. */
export function look(
  { series, dates, values }: Pick<Column, "series" | "dates" | "values">,
  calendar: ExchangeCalendar,
): Values {
  // From one target to the next is far, whatever it is a target for.
  const isGauge = isSigned(values) || (series.staleAfter === null && isRestless(values));
  const isPrice = priceKinds.includes(series.kind) && (series.kind !== "level" || !isGauge);
  return { series, dates, values, isPrice, calendar };
}

const tradedKinds: readonly Kind[] = ["price", "total-return", "level"];

/** Whether its values are made on an exchange, on its sessions and no other days. */
export const isTraded = ({ series }: Values): boolean => tradedKinds.includes(series.kind);

/** From its first to its last value, as far as it is known on which weekdays the exchange met; `null` where it is not. */
export function sessionsKnown({ dates, calendar: { table } }: Values): { from: IsoDate; to: IsoDate } | null {
  const [first, last] = [dates[0], dates.at(-1)];
  if (table === null || first === undefined || last === undefined) return null;
  const from = first > table.validFrom ? first : table.validFrom;
  const to = last < table.validUntil ? last : table.validUntil;
  return from <= to ? { from, to } : null;
}

function isSigned(values: readonly number[]): boolean {
  const below = values.filter((value) => value < 0).length;
  return below > 0 && below >= signedShare * values.length;
}

function isRestless(values: readonly number[]): boolean {
  const moves = values.slice(1).map((value, i) => Math.abs(value / (values[i] ?? value) - 1));
  return (median(moves.filter((move) => move > 0 && move < Number.POSITIVE_INFINITY)) ?? 0) > gaugeMove;
}

/** The day at a position; asking beyond the ends is a bug. */
export function dayAt({ series, dates }: Values, i: number): IsoDate {
  const day = dates[i];
  if (day === undefined) throw new RangeError(`${series.id} has no observation ${i} of ${dates.length}`);
  return day;
}

/** Stretches of consecutive positions at which something holds, as `[first, last]`. */
export function runsOf(length: number, holds: (i: number) => boolean): (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = [];
  let first = -1;
  for (let i = 0; i <= length; i++) {
    const inside = i < length && holds(i);
    if (inside && first < 0) first = i;
    if (inside || first < 0) continue;
    runs.push([first, i - 1]);
    first = -1;
  }
  return runs;
}

/** `on DAY`, or `from DAY to DAY`. */
export const spanText = (from: IsoDate, to: IsoDate): string =>
  from === to ? `on ${from}` : `from ${from} to ${to}`;
