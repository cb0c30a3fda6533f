import { sessionClose } from "#src/calendar/sessions.ts";
import { dayIn } from "#src/calendar/zoned.ts";
import { calendarOf, type ExchangeCalendar } from "#src/domain/calendar.ts";
import type { DeclaredEvent } from "#src/domain/declared.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Place } from "#src/domain/say.ts";
import type { LevelRule } from "#src/domain/workspace.ts";
import { eventReaction, eventRules, eventSession } from "#src/metrics/event-reaction.ts";
import type { LevelTest } from "#src/metrics/level-test.ts";
import { type Measured, mapMeasured, notDefined, ok } from "#src/metrics/result.ts";
import { simpleReturns } from "#src/metrics/returns.ts";
import { grade } from "#src/sections/market.ts";
import type { SectionContext } from "#src/sections/section.ts";
import type { Piece } from "#src/statements/rule.ts";

/** What the ladder of a level is told of releases, and what they are called. */
export interface Releases {
  readonly evidence: Readonly<Record<ReleaseEvidence, Piece>>;
  readonly places: Readonly<Record<string, Place>>;
}

type ReleaseEvidence = "releases" | `${(typeof positions)[number]}${"Day" | "Move" | "Z"}`;

/** Of more than two releases the last two are told, in their order; of one it is the second. */
const positions = ["first", "second"] as const;

interface Placed {
  readonly event: DeclaredEvent;
  /** Position of the session whose trading followed it. */
  readonly at: number;
}

/**
 * The releases that fell into the tests of a level (S37): declared ones, from the first approach on, with what the index did in
 * the session that followed (B6, against its mean).
 */
export function releasesOf(
  context: SectionContext,
  rule: LevelRule,
  column: Column,
  test: Measured<LevelTest>,
): Releases {
  const within = test.value === null ? [] : releasesWithin(context, column, test.value);
  const told = within.slice(-positions.length);
  const known = positions.map((position, i) => {
    const placed = told[i - positions.length + told.length];
    return placed === undefined ? unknown(position) : releaseOf(context, rule, column, position, placed);
  });
  return {
    evidence: {
      ...(Object.assign({}, ...known.map(({ evidence }) => evidence)) as Releases["evidence"]),
      releases: told.length,
    },
    places: Object.assign({}, ...known.map(({ places }) => places)),
  };
}

const noRelease = { value: null, reasons: [{ code: "no-release" }] };

const unknown = (position: string) => ({
  evidence: Object.fromEntries(["Day", "Move", "Z"].map((what) => [`${position}${what}`, noRelease])),
  places: {},
});

/** Releases whose session lies between the first approach of the window and the last session, by their sessions. */
function releasesWithin(
  context: SectionContext,
  { series, dates }: Column,
  test: LevelTest,
): readonly Placed[] {
  const start = dates.findIndex((day) => day >= (test.events[0]?.start ?? "9999-12-31"));
  if (start < 0) return [];
  const calendar = calendarOf(context.workspace.calendars, series);
  return context.declared.events
    .filter(({ kind, series: about }) => kind === "release" && (about === null || about === series.id))
    .flatMap((event): readonly Placed[] => {
      const at = eventSession(dates, event.date, isAfterClose(calendar, event));
      return at === null || at < start ? [] : [{ event, at }];
    })
    .toSorted((a, b) => a.at - b.at);
}

/** Whether the news came after the exchange had closed on its day; one that was announced ahead came in the session of its day. */
const isAfterClose = (calendar: ExchangeCalendar, { date, knownAt }: DeclaredEvent): boolean =>
  dayIn(knownAt, calendar.zone) === date && knownAt > sessionClose(calendar, date);

function releaseOf(
  context: SectionContext,
  rule: LevelRule,
  { dates, values }: Column,
  position: string,
  { event, at }: Placed,
): { readonly evidence: Readonly<Record<string, Fact>>; readonly places: Releases["places"] } {
  const reaction = reactionOf(values, at);
  const { first, last } = eventRules.estimation;
  const end = dates[at] ?? event.date;
  const add = (measure: string, found: Measured<string | number>, unit: Fact["unit"]): Fact =>
    context.facts.add({
      ...grade(found),
      id: `levels.${rule.series}.level-${rule.level}.release-${position}.${measure}`,
      value: found.value,
      unit,
      series: [rule.series],
      method: "B6 event reaction, against the mean",
      params: { event: event.id, first, last },
      window: { start: dates[Math.max(0, at - first)] ?? null, end, n: reaction.n },
    });
  const car = mapMeasured(reaction, (window) => window.car);
  const z = mapMeasured(reaction, (window) => window.z);
  const move = add("move", car, "return");
  return {
    evidence: {
      [`${position}Day`]: add("day", ok(end, 1), "date"),
      [`${position}Move`]: move,
      [`${position}Z`]: add("z", z, "z"),
    },
    places: {
      [`${position}Name`]: { name: event.name },
      [`${position}Move`]: { fact: move.id, signed: true },
    },
  };
}

/** The abnormal return of one session: beyond the index's own mean of the sessions before. */
function reactionOf(
  values: readonly number[],
  at: number,
): Measured<{ readonly car: number; readonly z: number }> {
  const returns = simpleReturns(values.slice(0, at + 1));
  if (returns.value === null || at < 1) return returns.value === null ? returns : notDefined("no-return", 0);
  const reaction = eventReaction(returns.value, null, at - 1, [[0, 0]]);
  const window = reaction.value?.windows[0] ?? null;
  if (reaction.value === null) return reaction;
  return window === null ? notDefined("no-return", reaction.n) : mapMeasured(reaction, () => window);
}
