import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import type { Kind, Series } from "#src/domain/series.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { look, type Suspicion, type Values } from "#src/quality/suspicion.ts";
import { exchange } from "#tests/calendar/exchange.ts";
import { weekdaysTo } from "#tests/sections/days.ts";

/** Made-up series have a value on every weekday; a test about holidays names its exchange. */
const weekdays: ExchangeCalendar = { ...exchange("NYSE"), table: null };

export const friday = "2026-02-13";

/** Values on the last weekdays up to a Friday, or on given days. */
export function valuesOf(
  kind: Kind,
  values: readonly number[],
  {
    tags = [],
    dates = weekdaysTo(friday, values.length),
    calendar = weekdays,
  }: { tags?: readonly string[]; dates?: readonly IsoDate[]; calendar?: ExchangeCalendar } = {},
): Values {
  const name = { en: "A", "zh-CN": "甲" };
  const series: Series = {
    id: "A",
    name,
    short: name,
    prose: name,
    kind,
    unit: "unit",
    currency: null,
    calendar: calendar.id,
    frequency: "daily",
    lag: { sessions: 0, hours: 0 },
    tags,
    provider: name,
    source: null,
    staleAfter: null,
    decimals: 2,
  };
  return look({ series, dates, values }, calendar);
}

const moves = [0.01, -0.008, 0.012, -0.011, 0.004];

/** A walk that never repeats and moves by about one per cent. */
export function walk(n: number, start = 100): readonly number[] {
  const values = [start];
  for (let i = 1; i < n; i++) values.push((values[i - 1] ?? start) * (1 + (moves[i % moves.length] ?? 0)));
  return values;
}

/** The values with some exchanged, by position; negative positions count from the end. */
export function spoilt(values: readonly number[], at: Readonly<Record<string, number>>): readonly number[] {
  const out = [...values];
  for (const [i, value] of Object.entries(at))
    out[Number(i) < 0 ? out.length + Number(i) : Number(i)] = value;
  return out;
}

/** What was found, as symptom and number of days, in short. */
export const inShort = (found: readonly Suspicion[]): readonly string[] =>
  found.map(({ symptom, days, n = days.length }) => `${symptom} ${n}`);
