import type { Fact } from "#src/domain/fact.ts";
import { flowZ, flowZRules } from "#src/metrics/flow-z.ts";
import { windowSums } from "#src/metrics/weekly-flows.ts";
import type { Group } from "#src/sections/flow-data.ts";
import { grade } from "#src/sections/market.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { tailOf } from "#src/sections/tail.ts";
import { flowSize } from "#src/statements/rules/flows.ts";

/** How large a group's flow of four weeks is beside those before, and what the rules are asked about it. */
export interface Size {
  readonly z: Fact;
  readonly question: Question;
}

const { window, history } = flowZRules;

/** The flow of the last four weeks against the blocks of four weeks before (H5). */
export function sizeOf({ facts }: SectionContext, group: Group): Size {
  const { id, weeks, columns, span } = group;
  const measured = flowZ(weeks);
  const series = columns.map((column) => column.series.id);
  const shared = { series, window: { end: span.due, n: measured.n }, method: "H5 flow z-score" };
  const z = facts.add({
    ...shared,
    ...grade(measured),
    id: `flows.${id}.z`,
    value: measured.value,
    unit: "z",
    params: { ...flowZRules },
    ...(measured.value === null ? {} : { stats: rarity(weeks) }),
  });
  const blocks = facts.add({ ...shared, id: `flows.${id}.blocks`, value: measured.n, unit: "count" });
  const place = { name: group.name };
  const evidence = { flow: group.recent[0] ?? null, z, blocks };
  return { z, question: { ladder: flowSize, subject: { id, name: place, prose: place, evidence } } };
}

/** How rare the flow of the last block is among those before it. */
function rarity(weeks: Group["weeks"]) {
  const sums = windowSums(weeks, window);
  const ends = Array.from({ length: history / window }, (_, i) => sums.length - 1 - window * (i + 1));
  const blocks = ends.map((t) => sums[t] ?? null).filter((sum) => sum !== null);
  return tailOf(blocks, sums.at(-1) ?? 0);
}
