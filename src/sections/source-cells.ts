import type { Localised } from "#src/domain/locale.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Say } from "#src/domain/say.ts";
import type { Cell, Table } from "#src/domain/table.ts";
import { isoInstant } from "#src/domain/time.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

/** A column of a table in the list of sources. */
export const head = (key: string, align: "left" | "right" = "right"): Table["head"][number] => ({
  say: say(`sources.table.${key}`),
  align,
});

/** Whether a known-at was given or assumed, as a cell. */
export const basis = (assumed: boolean): Cell => ({
  say: say(assumed ? "sources.mark.assumed" : "sources.mark.given"),
});

/** Of a series: who gives it, its last observation, when that was known, on what basis, and its age. */
export function vintageCells({ facts }: SectionContext, column: Column, age: number): readonly Cell[] {
  const { id } = column.series;
  const last = column.dates.at(-1) ?? null;
  const shared = {
    series: [id],
    method: "vintage",
    window: { start: column.dates[0] ?? null, end: last, n: column.dates.length },
    reasons: column.gap === null ? [] : [{ code: column.gap }],
  };
  const said = wordOf(column);
  const date = facts.add({ ...shared, id: `sources.${id}.last`, value: last, unit: "date", source: said });
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
  return [
    { say: credit(column) },
    { fact: date.id },
    { fact: knownAt.id },
    last === null ? { say: say("sources.mark.none") } : basis(column.assumed),
    { fact: staleness.id },
  ];
}

/** Whose word the last value is: its own source, else the series'; `null` where it is the provider's. */
export const wordOf = ({ series, sources }: Column): Localised | null => sources?.at(-1) ?? series.source;

/** Whose word the last value is, by way of who publishes the numbers. */
function credit(column: Column): Say {
  const { provider } = column.series;
  const said = wordOf(column);
  if (said === null || (said.en === provider.en && said["zh-CN"] === provider["zh-CN"]))
    return say("page.name", { name: { name: provider } });
  return say("sources.credit", { source: { name: said }, provider: { name: provider } });
}
