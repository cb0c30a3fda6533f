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
  /** One for each that is older than the days for which it stands. */
  readonly expired: readonly Say[];
}

/** Every series whose values stand for a number of days, with their age in days; nothing where the catalogue has none. */
export function standingNumbers(context: SectionContext): StandingNumbers {
  const { workspace, publication, known } = context;
  const today = lastSession(calendarOf(workspace.calendars, publication), known.cutoff);
  const rows = known.columns.flatMap((column) => {
    const { staleAfter } = column.series;
    return staleAfter === null ? [] : [standing(context, column, staleAfter, today)];
  });
  if (rows.length === 0) return { tables: [], expired: [] };
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
    expired: rows.flatMap(({ expired }) => expired ?? []),
  };
}

function standing(
  context: SectionContext,
  column: Column,
  days: number,
  today: IsoDate,
): SourceRow & { readonly expired: Say | null } {
  const { id, name } = column.series;
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
  const places = {
    name: { name },
    date: { fact: `sources.${id}.last` },
    age: { fact: `sources.${id}.age` },
    limit: { fact: limit.id },
  };
  return {
    column,
    age,
    cells: [...cells, { fact: limit.id }],
    expired: expiry(column, days, today) === null ? null : say("sources.gap.expired", places),
  };
}
