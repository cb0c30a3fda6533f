import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import { addDays, beginningOf, type IsoDate, weekday } from "#src/domain/time.ts";
import { runsOf, type Suspicion, type Values } from "#src/quality/suspicion.ts";

/** Weeks that are looked at together. */
const window = 8;
/** One weekday missing so often in them; four Mondays in eight weeks are holidays in London in the spring of 2023. */
const often = 5;
/** All others together missing at most so often, so that sparse and weekly series are not meant. */
const others = 4;

const names = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays"] as const;

/**
 * A weekday that a daily series lacks in five or more of eight weeks while it has nearly all others: a download that
 * drops the first day of the week. There is nothing to set aside; the finding says that it is so.
 *
 * Holidays that the exchange's calendar knows are not missing. Single days are told by `missing-session`.
 */
export function missingWeekday({ dates, calendar }: Values): readonly Suspicion[] {
  const gaps = gapsOf(dates, calendar);
  const all = gaps.map((week) => week.reduce((sum, missing) => sum + missing, 0));
  return names.flatMap((_, day) => {
    const own = gaps.map((week) => week[day] ?? 0);
    const isPattern = (start: number): boolean => {
      const [mine, total] = [sumOf(own, start), sumOf(all, start)];
      return mine >= often && total - mine <= others;
    };
    const starts = Math.max(0, gaps.length - window + 1);
    return runsOf(starts, isPattern).map(([first, last]) =>
      suspect(dates, day, first, own.slice(first, last + window)),
    );
  });
}

const sumOf = (weeks: readonly number[], start: number): number => {
  let sum = 0;
  for (let i = start; i < start + window; i++) sum += weeks[i] ?? 0;
  return sum;
};

const dayMs = 86_400_000;
/** Days since a Monday. Thousands of days of many series are looked at, for which adding one by one takes seconds. */
const dayNumber = (date: IsoDate): number => beginningOf(date) / dayMs + 3;

/** For each week, and each weekday of it, 1 where it is missing; before the first day and after the last nothing is. */
function gapsOf(dates: readonly IsoDate[], { table }: ExchangeCalendar): readonly (readonly number[])[] {
  const numbers = dates.map(dayNumber);
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (first === undefined || last === undefined) return [];
  const start = Math.floor(first / 7);
  const gaps = Array.from({ length: Math.floor(last / 7) - start + 1 }, (_, week) =>
    names.map((_, day) => {
      const number = 7 * (start + week) + day;
      return number < first || number > last ? 0 : 1;
    }),
  );
  for (const number of numbers) {
    const week = gaps[Math.floor(number / 7) - start];
    if (week !== undefined && number % 7 < names.length) week[number % 7] = 0;
  }
  for (const number of [...(table?.closed ?? [])].map(dayNumber)) {
    const week = gaps[Math.floor(number / 7) - start];
    if (week !== undefined) week[number % 7] = 0;
  }
  return gaps;
}

function suspect(
  dates: readonly IsoDate[],
  day: number,
  week: number,
  missing: readonly number[],
): Suspicion {
  const monday = addDays(dates[0] ?? "", 1 - weekday(dates[0] ?? ""));
  const dayOf = (i: number): IsoDate => addDays(monday, 7 * (week + i) + day);
  const [from, to] = [dayOf(missing.indexOf(1)), dayOf(missing.lastIndexOf(1))];
  return {
    gate: "missing-weekday",
    symptom: "weekday",
    from,
    to,
    days: [],
    n: missing.filter((each) => each === 1).length,
    found: `no ${names[day]} from ${from} to ${to}`,
    expected: "every weekday on which the exchange met",
  };
}
