import { type Day, dayNumber, dayOf } from "#src/metrics/days.ts";
import type { Dated } from "#src/metrics/inner-join.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import { meanOf } from "#src/metrics/mean.ts";
import type { Path } from "#src/metrics/panel.ts";

/** Numbers of one source by week, each week by its Friday. */
export type WeeklyNews = ReadonlyMap<Day, readonly number[]>;

/** Of fewer days a week is not known: five make a week of trading days, and one may be a holiday. */
const leastDays = 4;
const [daysAWeek, friday] = [7, 4];

/**
 * Numbers that come once a week, on whatever day of it: by the Friday of their ISO week, where all series have one.
 *
 * @param series  of one source: its hits and its articles, or its shares
 */
export function weeklyNews(series: readonly Dated[]): WeeklyNews {
  const byWeek = series.map(
    ({ dates, values }) => new Map(dates.map((day, t) => [isoWeek(day).friday, values[t]])),
  );
  return joined(byWeek);
}

/**
 * Numbers that come every day, by weeks that end with a Friday: a Saturday's news belong to the week that follows, as no price of
 * the old week can have answered to them. Days on which a series has none are left out of all, so that hits are of the articles
 * that they stand beside.
 *
 * @param combine  `sum` of counts, `mean` of shares and tones
 * @returns weeks with four days or more that are over: a value of the Friday, or of a day after it, is there
 */
export function dailyNews(series: readonly Dated[], combine: "sum" | "mean"): WeeklyNews {
  const byDay = joined(series.map(({ dates, values }) => new Map(dates.map((day, t) => [day, values[t]]))));
  const last = [...byDay.keys()].at(-1) ?? "";
  const weeks = Map.groupBy(byDay, ([day]) => fridayFrom(day));
  const whole = [...weeks].filter(([week, days]) => days.length >= leastDays && week <= last);
  return new Map(
    whole.map(([week, days]) => [
      week,
      series.map((_, i) => {
        const values = days.map(([, each]) => each[i] ?? Number.NaN);
        return combine === "mean" ? meanOf(values) : values.reduce((sum, value) => sum + value, 0);
      }),
    ]),
  );
}

/** The Friday with which a day's week ends: that day, or the next. */
function fridayFrom(day: Day): Day {
  const number = dayNumber(day);
  const weekday = (((number + 3) % daysAWeek) + daysAWeek) % daysAWeek;
  return dayOf(number + ((friday - weekday + daysAWeek) % daysAWeek));
}

/** What all have, in order. */
function joined(maps: readonly ReadonlyMap<Day, number | undefined>[]): WeeklyNews {
  const [first] = maps;
  const days = [...(first?.keys() ?? [])].filter((day) => maps.every((map) => map.get(day) !== undefined));
  return new Map(days.map((day) => [day, maps.map((map) => map.get(day) ?? Number.NaN)]));
}

/** Every Friday from one to another, both included. */
export function fridaysBetween(from: Day, to: Day): readonly Day[] {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  const length = Math.max(0, Math.floor((last - first) / daysAWeek) + 1);
  return Array.from({ length }, (_, i) => dayOf(first + daysAWeek * i));
}

/** One of the numbers of each week; `null` where there is none. */
export const onWeeks = (news: WeeklyNews, weeks: readonly Day[], i = 0): Path =>
  weeks.map((week) => news.get(week)?.[i] ?? null);
