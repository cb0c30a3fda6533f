import { cutoffOf } from "#src/calendar/cutoff.ts";
import { addSessions, knownAfter, sessionsIn } from "#src/calendar/sessions.ts";
import { finishedWeek } from "#src/calendar/weeks.ts";
import { calendarOf, type ExchangeCalendar } from "#src/domain/calendar.ts";
import { addDays, type Instant, type IsoDate } from "#src/domain/time.ts";
import type { CatalogueSeries, Publication, Workspace } from "#src/domain/workspace.ts";

/** One number of a series. */
export interface Point {
  readonly day: IsoDate;
  readonly value: number;
}

/** Series by their ids, each oldest first, as their files have them. */
export type RawSeries = ReadonlyMap<string, readonly Point[]>;

/** A time that somebody has declared to be a crisis; without an end it lasts. */
export interface Crisis {
  readonly from: IsoDate;
  readonly until: IsoDate | null;
}

/** What could be known for an issue: the raw numbers up to its week, the configuration and the exchanges' sessions. */
export interface World {
  readonly workspace: Workspace;
  readonly publication: Publication;
  readonly cutoff: Instant;
  /** The week that the issue is about: its Monday, its Friday, and the last session of the publication's exchange in it. */
  readonly monday: IsoDate;
  readonly friday: IsoDate;
  readonly lastDay: IsoDate;
  readonly crises: readonly Crisis[];
  series(id: string): CatalogueSeries;
  calendar(id: string): ExchangeCalendar;
  /** Points of a series that were known at the cut-off, up to the week's Friday. */
  points(id: string): readonly Point[];
  /** Sessions of a series' exchange between two days, both included. */
  sessions(id: string, from: IsoDate, to: IsoDate): readonly IsoDate[];
}

/** The Monday of a day's ISO week. */
export function mondayOf(day: IsoDate): IsoDate {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

/** Days from one to another. */
export const daysFrom = (from: IsoDate, to: IsoDate): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** The world of an issue as of a day. */
export function worldOf(
  workspace: Workspace,
  publication: Publication,
  raw: RawSeries,
  asOf: string,
  crises: readonly Crisis[] = [],
): World {
  const own = calendarOf(workspace.calendars, publication);
  const { instant: cutoff } = cutoffOf(publication, own, asOf);
  const friday = finishedWeek(own, cutoff);
  const series = (id: string): CatalogueSeries => {
    const found = workspace.catalogue.find((each) => each.id === id);
    if (found === undefined) throw new RangeError(`no series ${id}`);
    return found;
  };
  const calendar = (id: string): ExchangeCalendar => calendarOf(workspace.calendars, series(id));
  const cut = new Map<string, readonly Point[]>();
  const isKnown = (id: string, { day }: Point): boolean =>
    day <= friday && knownAfter(calendar(id), day, series(id).lag) <= cutoff;
  return {
    workspace,
    publication,
    cutoff,
    crises,
    monday: mondayOf(friday),
    friday,
    lastDay: addSessions(own, friday, 0),
    series,
    calendar,
    points(id) {
      const known = cut.get(id) ?? (raw.get(id) ?? []).filter((point) => isKnown(id, point));
      cut.set(id, known);
      return known;
    },
    sessions: (id, from, to) => sessionsIn(calendar(id), from, to),
  };
}

const memories = new WeakMap<World, Map<string, unknown>>();

/** What several checkers need of one world is computed once. */
export function once<T>(world: World, key: string, make: () => T): T {
  const memory = memories.get(world) ?? new Map<string, unknown>();
  memories.set(world, memory);
  if (!memory.has(key)) memory.set(key, make());
  return memory.get(key) as T;
}

/** Days on which all of several series have a value, and their values on these days. */
export function joined(
  world: World,
  ids: readonly string[],
): { days: readonly IsoDate[]; values: number[][] } {
  const maps = ids.map((id) => new Map(world.points(id).map(({ day, value }) => [day, value])));
  const days = [...(maps[0]?.keys() ?? [])].filter((day) => maps.every((map) => map.has(day)));
  return { days, values: maps.map((map) => days.map((day) => map.get(day) ?? Number.NaN)) };
}

/** Of each of the days but the first, the most sessions that a series has had since the day before it; all have these days. */
export function longestSpans(
  world: World,
  ids: readonly string[],
  days: readonly IsoDate[],
): readonly number[] {
  const places = ids.map((id) => new Map(world.points(id).map(({ day }, place) => [day, place])));
  return days.slice(1).map((day, i) => {
    const before = days[i] ?? day;
    return Math.max(...places.map((of) => (of.get(day) ?? 0) - (of.get(before) ?? 0)));
  });
}
