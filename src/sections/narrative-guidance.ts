import { sessionClose } from "#src/calendar/sessions.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { DeclaredEvent } from "#src/domain/declared.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { CapexRule } from "#src/domain/narrative-rules.ts";
import type { Column } from "#src/domain/panel.ts";
import { addDays } from "#src/domain/time.ts";
import { eventReaction } from "#src/metrics/event-reaction.ts";
import { innerJoin } from "#src/metrics/inner-join.ts";
import { type Measured, ok, tooFew } from "#src/metrics/result.ts";
import { simpleReturns } from "#src/metrics/returns.ts";
import { median } from "#src/metrics/z-score.ts";
import { narrativeFacts } from "#src/sections/narrative-data.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** How prices answered to the guidance of a year. */
export interface Reactions {
  /** Abnormal returns of the day and the next, one an event. */
  readonly cars: readonly number[];
  readonly median: Fact;
  readonly events: Fact;
}

/** Four quarters of guidance, and as many reactions as a median is told of. */
const [daysBack, leastEvents] = [366, 5];
const window = [[0, 1]] as const;

/** Reactions to declared events of kind guidance (B6) that name a price, over the year to the week. */
export function reactionsOf(context: SectionContext, { market }: CapexRule): Reactions {
  const { declared, lastDay } = context;
  const since = addDays(lastDay, -daysBack);
  const events = declared.events.filter(
    ({ kind, series, date }) => kind === "guidance" && series !== null && since < date && date <= lastDay,
  );
  const index = market === null ? null : context.panel.column(market);
  const found = index === null ? [] : events.flatMap((event) => reactionOf(context, index, event));
  const cars = found.map(({ car }) => car);
  const measured: Measured<number> =
    cars.length < leastEvents ? tooFew(cars.length, leastEvents) : ok(median(cars), cars.length);
  const fact = narrativeFacts(context, "guidance", {
    series: [...new Set([...found.map(({ id }) => id), ...(index === null ? [] : [index.series.id])])],
    method: "B6 event reaction, day and next, median",
    params: { days: daysBack },
    window: { start: since, end: lastDay, n: cars.length },
  });
  return {
    cars: measured.value === null ? [] : cars,
    median: fact("median", measured, "return"),
    events: fact("events", ok(cars.length, cars.length), "count"),
  };
}

/** The abnormal return of one event; none where its price is not in the catalogue, or the next session is still to come. */
function reactionOf(
  context: SectionContext,
  market: Column,
  event: DeclaredEvent,
): readonly { readonly id: string; readonly car: number }[] {
  const id = event.series ?? "";
  const column = context.panel.columns.find(({ series }) => series.id === id);
  if (column === undefined || !priced.includes(column.series.kind)) return [];
  const { dates, values } = innerJoin([column, market]);
  const [own, index] = values.map((prices) => simpleReturns(prices).value);
  if (own === undefined || index === undefined || own === null || index === null) return [];
  const calendar = calendarOf(context.workspace.calendars, column.series);
  // A return belongs to the day that it ends with: the first whose session closed after the news.
  const at = dates
    .slice(1)
    .findIndex((day) => day >= event.date && sessionClose(calendar, day) > event.knownAt);
  if (at < 0) return [];
  const reaction = eventReaction(own, index, at, window).value?.windows[0] ?? null;
  return reaction === null ? [] : [{ id, car: reaction.car }];
}

const priced: readonly string[] = ["price", "total-return"];
