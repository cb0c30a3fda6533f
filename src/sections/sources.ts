import { lastSession } from "#src/calendar/sessions.ts";
import { overdue } from "#src/calendar/weeks.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Say } from "#src/domain/say.ts";
import type { Table } from "#src/domain/table.ts";
import { dataQuality } from "#src/sections/data-quality.ts";
import { declaredSources } from "#src/sections/declared-sources.ts";
import { staleAfter } from "#src/sections/market.ts";
import { type Section, type SectionContext, say } from "#src/sections/section.ts";
import { head, vintageCells } from "#src/sections/source-cells.ts";
import { linesOf, type SourceRow } from "#src/sections/source-rows.ts";
import { standingNumbers } from "#src/sections/standing.ts";

/** Every series that the issue read: who publishes it, its last observation, when that was known, and how old it is. */
export function sources(context: SectionContext): Section {
  const { columns } = context.known;
  const rows = columns.filter(({ series }) => series.staleAfter === null).map((each) => row(context, each));
  const standing = standingNumbers(context);
  const gaps = columns.filter((column) => column.gap !== null);
  const stale = rows.filter((each) => each.age > staleAfter).length + standing.stale;
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
  const declared = declaredSources(context);
  const state = gaps.length > 0 ? "missing" : stale > 0 ? "stale" : "fresh";
  // Sessions are no measure of numbers that stand for days.
  const measure = standing.tables.length > 0 && state !== "missing" ? "mixed-" : "";
  return {
    name: "sources",
    claim: say(`sources.claim.${measure}${state}`, places),
    standfirst: null,
    words: [[whatCounted(context), say("sources.assumed")], quality.words],
    figures: [],
    tables: [
      ...quality.tables,
      ...(rows.length > 0 || standing.tables.length === 0 ? [table(context, rows)] : []),
      ...standing.tables,
      ...declared.tables,
    ],
    refusals: [],
    gaps: [...missing(context), ...declared.gaps, ...standing.expired],
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

function row(context: SectionContext, column: Column): SourceRow {
  const { workspace, known } = context;
  const exchange = calendarOf(workspace.calendars, column.series);
  const last = column.dates.at(-1);
  const due = lastSession(exchange, known.cutoff, column.series.lag);
  const age = last === undefined ? 0 : overdue(exchange, column.series, last, due);
  return { column, age, cells: vintageCells(context, column, age) };
}

function table(context: SectionContext, rows: readonly SourceRow[]): Table {
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
    rows: linesOf(context, rows),
    notes: [],
    series: context.workspace.simulated ? [] : rows.map(({ column }) => column.series.id),
    size: "wide",
  };
}
