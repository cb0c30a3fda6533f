import { sessionClose } from "#src/calendar/sessions.ts";
import type { CountryRule } from "#src/domain/country-rules.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import { type Flip, flipOf, flipWindows } from "#tests/truth/flip.ts";
import { at } from "#tests/truth/plain.ts";
import { joined, longestSpans, once, type Point, type World } from "#tests/truth/world.ts";

/** A country as it is configured. */
export function countryOf(world: World, id: string): CountryRule {
  const found = Object.entries(world.workspace.countries).find(([name]) => name === id)?.[1];
  if (found === undefined) throw new RangeError(`no country ${id}`);
  return found;
}

/** Dollars per unit of the country's currency on a day: by the last fixing on or before it, at most ten days of fixings old (G6). */
export function rateOn(world: World, { currency, quote }: CountryRule, day: IsoDate): number | null {
  if (currency === null) return null;
  const fixing = world.points(currency).findLast((point) => point.day <= day);
  if (fixing === undefined) return null;
  const missed = fixing.day === day ? [] : world.sessions(currency, addDays(fixing.day, 1), day);
  if (missed.length > 10) return null;
  return quote === "local-per" ? 1 / fixing.value : fixing.value;
}

/** Prices of a series turned into another currency at each session's fixing; a session without one is left out. */
export const converted = (
  world: World,
  rule: CountryRule,
  points: readonly Point[],
  of: (price: number, rate: number) => number,
): readonly Point[] =>
  points.flatMap(({ day, value }) => {
    const rate = rateOn(world, rule, day);
    return rate === null ? [] : [{ day, value: of(value, rate) }];
  });

/** Returns of the index and of its currency against the dollar on common days, none over more than two sessions. */
export const currencyDays = (
  world: World,
  id: string,
): { currency: readonly number[]; index: readonly number[] } =>
  once(world, `currency days of ${id}`, () => {
    const { index, currency, quote } = countryOf(world, id);
    if (currency === null) throw new RangeError(`${id} has no currency`);
    const close = (series: string): number => sessionClose(world.calendar(series), world.lastDay);
    // Series that close apart are told of by weeks (G7); here none is.
    if (Math.abs(close(index) - close(currency)) > 3_600_000)
      throw new RangeError(`${id} is not told of by days`);
    const { days, values } = joined(world, [index, currency]);
    const spans = longestSpans(world, [index, currency], days);
    // Ten years of rolling correlations; house choice.
    const kept = spans
      .map((_, t) => t)
      .slice(-2580)
      .filter((t) => at(spans, t) <= 2);
    const changes = values.map((path) => kept.map((t) => Math.log(at(path, t + 1) / at(path, t))));
    const sign = quote === "local-per" ? -1 : 1;
    return { index: at(changes, 0), currency: at(changes, 1).map((r) => sign * r) };
  });

/** Its correlation with the currency; `null` where it is not watched. */
export const countryFlip = (world: World, id: string): Flip | null =>
  once(world, `flip of ${id}`, () => {
    const { flip, currency } = countryOf(world, id);
    if (!flip || currency === null) return null;
    const days = currencyDays(world, id);
    return flipOf(days.currency, days.index, flipWindows.daily);
  });
