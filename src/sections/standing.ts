import { lastSession } from "#src/calendar/sessions.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Say } from "#src/domain/say.ts";
import type { Table } from "#src/domain/table.ts";
import { daysBetween, type IsoDate } from "#src/domain/time.ts";
import { expiry } from "#src/sections/market.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { head, vintageCells } from "#src/sections/source-cells.ts";
import { linesOf, type SourceRow } from "#src/sections/source-rows.ts";

/** What the list of sources says of numbers that stand until the next: targets, estimates, multiples. */
export interface StandingNumbers {
  readonly tables: readonly Table[];
  /** What is older than the days for which it stands. */
  readonly expired: readonly Say[];
  /** How many series those lines tell of. */
  readonly stale: number;
}

/** Every series whose values stand for a number of days, with their age in days; nothing where the catalogue has none. */
export function standingNumbers(context: SectionContext): StandingNumbers {
  const { workspace, publication, known } = context;
  const today = lastSession(calendarOf(workspace.calendars, publication), known.cutoff);
  const rows = known.columns.flatMap((column) => {
    const { staleAfter } = column.series;
    return staleAfter === null ? [] : [standing(context, column, staleAfter, today)];
  });
  if (rows.length === 0) return { tables: [], expired: [], stale: 0 };
  const expired = rows.filter(({ column, days }) => expiry(column, days, today) !== null);
  return {
    tables: [
      {
        id: "sources.standing",
        claim: say("sources.table.standing.claim"),
        unit: say("sources.table.standing.unit"),
        head: [
          head("series", "left"),
          head("provider", "left"),
          head("last"),
          head("known"),
          head("assumed", "left"),
          head("standing.age"),
          head("standing.limit"),
        ],
        rows: linesOf(context, rows),
        notes: [],
        series: workspace.simulated ? [] : rows.map(({ column }) => column.series.id),
        size: "wide",
      },
    ],
    expired: expiredOf(context, expired),
    stale: expired.length,
  };
}

interface Standing extends SourceRow {
  readonly days: number;
}

function standing(context: SectionContext, column: Column, days: number, today: IsoDate): Standing {
  const { id } = column.series;
  const last = column.dates.at(-1);
  const age = last === undefined ? 0 : Math.max(0, daysBetween(last, today));
  const cells = vintageCells(context, column, age);
  const limit = context.facts.add({
    id: `sources.${id}.limit`,
    value: days,
    unit: "count",
    series: [id],
    method: "days for which a value stands",
  });
  return { column, days, age, cells: [...cells, { fact: limit.id }] };
}

/** One line for each number that is too old; for several of a file that ended together, one with their number. */
function expiredOf({ workspace, facts }: SectionContext, rows: readonly Standing[]): readonly Say[] {
  const fileOf = new Map(workspace.catalogue.map(({ id, file }) => [id, file]));
  const groups = Map.groupBy(
    rows,
    ({ column, days }) => `${fileOf.get(column.series.id)}.${column.dates.at(-1)}.${days}`,
  );
  return [...groups].flatMap(([key, all]): readonly Say[] => {
    const [first] = all;
    if (first === undefined) return [];
    const { id, name } = first.column.series;
    const places = {
      name: { name },
      date: { fact: `sources.${id}.last` },
      age: { fact: `sources.${id}.age` },
      limit: { fact: `sources.${id}.limit` },
    };
    if (all.length === 1) return [say("sources.gap.expired", places)];
    const n = facts.add({
      id: `sources.expired.${key}`,
      value: all.length,
      unit: "count",
      series: all.map(({ column }) => column.series.id),
      method: "count of series",
    });
    return [say("sources.gap.all-expired", { ...places, n: { fact: n.id } })];
  });
}
