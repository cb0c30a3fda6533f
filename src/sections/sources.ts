import { lastSession } from "#src/calendar/sessions.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Say } from "#src/domain/say.ts";
import type { Cell, Table } from "#src/domain/table.ts";
import { isoInstant } from "#src/domain/time.ts";
import { dataQuality } from "#src/sections/data-quality.ts";
import { overdue, staleAfter } from "#src/sections/market.ts";
import { type Section, type SectionContext, say } from "#src/sections/section.ts";

/** Every series that the issue read: who publishes it, its last observation, when that was known, and how old it is. */
export function sources(context: SectionContext): Section {
  const { columns } = context.known;
  const rows = columns.map((column) => row(context, column));
  const gaps = columns.filter((column) => column.gap !== null);
  const stale = rows.filter((each) => each.age > staleAfter).length;
  const count = (id: string, value: number) =>
    context.facts.add({
      id: `sources.${id}`,
      value,
      unit: "count",
      series: columns.map((c) => c.series.id),
      method: "count of series",
    });
  const places = {
    n: { fact: count("series", columns.length).id },
    stale: { fact: count("stale", stale).id },
    missing: { fact: count("missing", gaps.length).id },
  };
  const quality = dataQuality(context);
  const state = gaps.length > 0 ? "missing" : stale > 0 ? "stale" : "fresh";
  return {
    name: "sources",
    claim: say(`sources.claim.${state}`, places),
    standfirst: null,
    words: [[whatCounted(context), say("sources.assumed")], quality.words],
    figures: [],
    tables: [...quality.tables, table(context, rows)],
    refusals: [],
    gaps: missing(context),
  };
}

/** What befalls a file rather than one of its series. */
const ofFiles: readonly string[] = ["file-missing", "file-empty", "remembered", "not-yet-known"];

/** What is missing, once a series; what befell several series of a file, once with their number. */
function missing({ workspace, known, remembered, facts }: SectionContext): readonly Say[] {
  const fileOf = new Map(workspace.catalogue.map(({ id, file }) => [id, file]));
  const told = known.columns.flatMap(({ series, gap }) => {
    const what = gap ?? (remembered.includes(series.id) ? "remembered" : null);
    return what === null ? [] : [{ series, what }];
  });
  const groups = Map.groupBy(told, ({ series, what }) =>
    ofFiles.includes(what) ? `${fileOf.get(series.id)}.${what}` : series.id,
  );
  return [...groups].flatMap(([key, all]): readonly Say[] => {
    const [first] = all;
    if (first === undefined) return [];
    if (all.length === 1) return [say(`sources.gap.${first.what}`, { name: { name: first.series.name } })];
    const n = facts.add({
      id: `sources.file.${key}`,
      value: all.length,
      unit: "count",
      series: all.map(({ series }) => series.id),
      method: "count of series",
    });
    const places = { first: { name: first.series.name }, n: { fact: n.id } };
    return [say(`sources.gap.all-${first.what}`, places)];
  });
}

/** Which knowledge the issue rests on. */
const whatCounted = ({ knowledge }: SectionContext): Say =>
  knowledge === null
    ? say("sources.text")
    : say("sources.revised", { knowledge: { fact: "issue.knowledge" } });

interface SourceRow {
  readonly column: Column;
  readonly age: number;
  readonly cells: readonly Cell[];
}

function row({ workspace, facts, known }: SectionContext, column: Column): SourceRow {
  const { id, provider, lag } = column.series;
  const exchange = calendarOf(workspace.calendars, column.series);
  const last = column.dates.at(-1) ?? null;
  const due = lastSession(exchange, known.cutoff, lag);
  const age = last === null ? 0 : overdue(exchange, column.series, last, due);
  const shared = {
    series: [id],
    method: "vintage",
    window: { start: column.dates[0] ?? null, end: last, n: column.dates.length },
    reasons: column.gap === null ? [] : [{ code: column.gap }],
  };
  const date = facts.add({ ...shared, id: `sources.${id}.last`, value: last, unit: "date" });
  const knownAt = facts.add({
    ...shared,
    id: `sources.${id}.known`,
    value: column.knownAt === null ? null : isoInstant(column.knownAt),
    unit: "instant",
  });
  const staleness = facts.add({
    ...shared,
    id: `sources.${id}.age`,
    value: last === null ? null : age,
    unit: "count",
  });
  const cell = (text: Say): Cell => ({ say: text });
  return {
    column,
    age,
    cells: [
      cell(say("page.name", { name: { name: provider } })),
      { fact: date.id },
      { fact: knownAt.id },
      cell(
        say(
          last === null
            ? "sources.mark.none"
            : column.assumed
              ? "sources.mark.assumed"
              : "sources.mark.given",
        ),
      ),
      { fact: staleness.id },
    ],
  };
}

function table(context: SectionContext, rows: readonly SourceRow[]): Table {
  const head = (key: string, align: "left" | "right" = "right") => ({
    say: say(`sources.table.${key}`),
    align,
  });
  return {
    id: "sources.series",
    claim: say("sources.table.claim"),
    unit: say("sources.table.unit"),
    head: [
      head("series", "left"),
      head("provider", "left"),
      head("last"),
      head("known"),
      head("assumed", "left"),
      head("age"),
    ],
    rows: rows.map(({ column, cells }) => ({
      head: say("page.name", { name: { name: column.series.name } }),
      cells,
    })),
    notes: [],
    series: context.workspace.simulated ? [] : rows.map(({ column }) => column.series.id),
    size: "wide",
  };
}
