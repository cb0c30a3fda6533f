import { names, type Text } from "./catalogue.ts";
import { meetings, releases } from "./parameters.ts";

/** Something that happened, as `data/events.csv` lists it. */
export interface Happening {
  readonly id: string;
  readonly date: string;
  readonly kind: "release" | "earnings" | "policy";
  readonly name: Text;
  readonly series: string | null;
  readonly knownAt: string;
}

/** Weekdays into a quarter on which the first of the names reports; the others follow day by day. */
const firstReport = 15;

/** The days on which a name reports, after the close: one in each quarter. */
export function reportDays(id: string, days: readonly string[]): readonly string[] {
  const place = names.findIndex((name) => name.id === id);
  if (place < 0) return [];
  const quarters = Map.groupBy(days, (day) => `${day.slice(0, 4)} ${Math.ceil(Number(day.slice(5, 7)) / 3)}`);
  return [...quarters.values()].flatMap((quarter) => quarter[firstReport + place - 1] ?? []);
}

/** What the list of events says, by day: reports since 2015, and what the year's numbers and meetings were. */
export function happenings(days: readonly string[]): readonly Happening[] {
  const reports = names.flatMap(({ id, short }) =>
    reportDays(id, days)
      .filter((day) => day >= "2015")
      .map((date): Happening => {
        const name = { en: `results of ${short.en}`, zh: `${short.zh}业绩` };
        return { ...event(`${id.toLowerCase()}-${date}`, date, "earnings", name, "21:10"), series: id };
      }),
  );
  const published = Object.entries(releases).flatMap(([id, { name, dates }]) =>
    dates.map((date) => event(`${id}-${date}`, date, "release", name, "13:30")),
  );
  const met = meetings.dates.map((date) => event(`policy-${date}`, date, "policy", meetings.name, "19:00"));
  return [...reports, ...published, ...met].toSorted((a, b) =>
    a.date < b.date ? -1 : a.date > b.date ? 1 : 0,
  );
}

const event = (id: string, date: string, kind: Happening["kind"], name: Text, at: string): Happening => ({
  ...{ id, date, kind, name },
  series: null,
  knownAt: `${date}T${at}:00Z`,
});
