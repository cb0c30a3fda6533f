import { type CountSessions, type Day, dayNumber, dayOf, weekdaysIn } from "#src/metrics/days.ts";
import type { Dated } from "#src/metrics/inner-join.ts";
import { periodReturn } from "#src/metrics/period-return.ts";
import { type Measured, notDefined, ok, type Reason, warn } from "#src/metrics/result.ts";

/** A return in another currency, in three parts that add up to it. All are fractions. */
export interface CurrencySplit {
  readonly local: number;
  /** Of the local currency against the other. */
  readonly fx: number;
  /** What the two make together: `local · fx`. */
  readonly cross: number;
  /** `local + fx + cross`. */
  readonly total: number;
}

/**
 * Splits a return in another currency (汇率拆分, A3, G9): `(1 + local)(1 + fx) − 1 = local + fx + local · fx`.
 *
 * @throws {RangeError} if a return is not finite
 * @example splitCurrencyReturn(0.25, 0.024).total; // 0.28
 */
export function splitCurrencyReturn(local: number, fx: number): CurrencySplit {
  const cross = local * fx;
  const total = local + fx + cross;
  if (!Number.isFinite(total)) throw new RangeError("splitCurrencyReturn requires finite returns");
  return { local, fx, cross, total };
}

/** Such a return of a period, and between which closes and fixings. */
export interface CurrencyReturn extends CurrencySplit {
  readonly baseDate: Day;
  readonly endDate: Day;
  readonly fxBaseDate: Day;
  readonly fxEndDate: Day;
}

/** How the exchange rate is quoted, and whose sessions count. */
export interface CurrencyOptions {
  /** `per-local`: the other currency per unit of the local one. `local-per`: the reverse, as yen per dollar. */
  readonly quote: "per-local" | "local-per";
  /** Counts the sessions of the index' exchange. */
  readonly sessions?: CountSessions;
  /** Counts the days with a fixing. */
  readonly fixings?: CountSessions;
}

/** Days with a fixing that an old one may miss without a caveat, and at all (G6). */
const stale = { fine: 3, most: 10 } as const;

/**
 * Return of a period in another currency (本外币收益拆分, A3): the index' own base and end sessions, and for each the last fixing
 * on or before it.
 *
 * @param index  in local currency, on its own sessions
 * @param fx  fixings, each positive
 * @param start  the first day of the period
 * @returns as `periodReturn`; `undefined` (`fx-missing`) without a fixing on or before the base session, (`fx-stale`) where
 *   one is more than 10 days of fixings old, `warn` where it is more than 3; `undefined` (`not-positive`) for a rate that is
 *   not positive
 * @throws {RangeError} if a price or a rate that is used is not finite
 */
export function currencyReturn(
  index: Dated,
  fx: Dated,
  start: Day,
  { quote, sessions = weekdaysIn, fixings = weekdaysIn }: CurrencyOptions,
): Measured<CurrencyReturn> {
  const local = periodReturn(index.dates, index.values, start, sessions);
  if (local.value === null) return local;
  const { ret, baseDate, endDate } = local.value;
  const [base, end] = [fixingOn(fx, baseDate, fixings), fixingOn(fx, endDate, fixings)];
  if (base === null || end === null) return notDefined("fx-missing", local.n);
  if (base.rate <= 0 || end.rate <= 0) return notDefined("not-positive", local.n);
  const age = Math.max(base.age, end.age);
  if (age > stale.most) return notDefined("fx-stale", local.n);
  const change = (quote === "per-local" ? end.rate / base.rate : base.rate / end.rate) - 1;
  const value = {
    ...splitCurrencyReturn(ret, change),
    baseDate,
    endDate,
    fxBaseDate: base.date,
    fxEndDate: end.date,
  };
  const old: Reason = { code: "fx-stale", need: stale.fine, have: age };
  return age > stale.fine ? warn(value, local.n, ...local.reasons, old) : ok(value, local.n);
}

/**
 * Prices in another currency (换算价格, A3): each at the last fixing on or before its session, so that moves of several sessions can be
 * compared in one currency.
 *
 *     p'[t] = p[t] · fx[t]   where the rate is per unit of the local currency, p[t] / fx[t] where it is the reverse
 *
 * @param prices  in local currency, on their own sessions
 * @param fx  fixings, oldest first
 * @returns the sessions that have a fixing not more than 10 days of fixings old, and a rate that is positive
 * @throws {RangeError} if a price or a rate that is used is not finite
 * @example convertedPrices({ dates: ["2026-02-13"], values: [150] }, { dates: ["2026-02-12"], values: [150] }, { quote: "local-per" }).values; // [1]
 */
export function convertedPrices(
  prices: Dated,
  fx: Dated,
  { quote, fixings = weekdaysIn }: Pick<CurrencyOptions, "quote" | "fixings">,
): Dated {
  const [dates, values]: [Day[], number[]] = [[], []];
  let at = -1;
  for (const [t, day] of prices.dates.entries()) {
    while ((fx.dates[at + 1] ?? farAway) <= day) at++;
    const fixed = fx.dates[at];
    if (fixed === undefined || isOld(fixed, day, fixings)) continue;
    const converted = convert(prices.values[t], fx.values[at], quote);
    if (converted === null) continue;
    dates.push(day);
    values.push(converted);
  }
  return { dates, values };
}

/** Whether a fixing is too old for a session. */
const isOld = (fixed: Day, day: Day, fixings: CountSessions): boolean =>
  fixed !== day && fixings(dayOf(dayNumber(fixed) + 1), day) > stale.most;

/** `null` for a rate that is not positive. */
function convert(price = Number.NaN, rate = Number.NaN, quote: CurrencyOptions["quote"]): number | null {
  if (!(Number.isFinite(price) && Number.isFinite(rate)))
    throw new RangeError(`convertedPrices requires finite numbers, got ${price} at ${rate}`);
  if (rate <= 0) return null;
  return quote === "per-local" ? price * rate : price / rate;
}

/** A day that no fixing comes after. */
const farAway = "9999-12-31";

/** The last fixing on or before a day, and how many days with a fixing came after it. */
function fixingOn({ dates, values }: Dated, day: Day, fixings: CountSessions) {
  const at = dates.findLastIndex((date) => date <= day);
  const [date, rate] = [dates[at], values[at]];
  if (date === undefined || rate === undefined) return null;
  if (!Number.isFinite(rate)) throw new RangeError(`currencyReturn requires finite rates, got ${rate}`);
  return { date, rate, age: fixings(dayOf(dayNumber(date) + 1), day) };
}
