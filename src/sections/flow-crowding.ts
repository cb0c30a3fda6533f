import type { Fact, Reason } from "#src/domain/fact.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Row, Table } from "#src/domain/table.ts";
import type { CrowdingRule } from "#src/domain/workspace.ts";
import {
  type Crowding,
  type CrowdingComponent,
  crowding,
  crowdingComponents,
} from "#src/metrics/crowding.ts";
import { observedComponents } from "#src/sections/flow-crowding-data.ts";
import type { Group } from "#src/sections/flow-data.ts";
import { grade } from "#src/sections/market.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { flowCrowding } from "#src/statements/rules/flows.ts";

/** How crowded a group is: its components, each shown, their mean, and what the rules are asked about it. */
export interface Crowded {
  readonly group: Group;
  readonly score: Fact;
  readonly components: Readonly<Record<CrowdingComponent, Fact>>;
  readonly question: Question;
}

/** The crowding of a group (H8), from what the workspace names. */
export function crowdedOf(context: SectionContext, rule: CrowdingRule, group: Group): Crowded {
  const { facts } = context;
  const observed = observedComponents(context, rule, group);
  const found = crowding(observed.given);
  const series = [...new Set(Object.values(observed.series).flat())];
  const components = componentFacts(context, group, found, observed);
  const score = facts.add({
    ...grade(found.score),
    id: `flows.${group.id}.crowding`,
    value: found.score.value,
    unit: "percentile",
    series,
    window: { end: group.span.due, n: found.score.n },
    method: "H8 crowding composite",
  });
  const count = (id: string, value: number): Fact =>
    facts.add({ id: `flows.${group.id}.${id}`, value, unit: "count", series, method: "H8 components" });
  const place = { name: group.name };
  return {
    group,
    score,
    components,
    question: {
      ladder: flowCrowding,
      subject: {
        id: group.id,
        name: place,
        prose: place,
        evidence: {
          score,
          measured: count("crowding.measured", found.score.n),
          all: count("crowding.all", crowdingComponents.length),
          ...components,
        },
      },
    },
  };
}

function componentFacts(
  { facts }: SectionContext,
  { id, span }: Group,
  found: Crowding,
  { series, whyNot }: ReturnType<typeof observedComponents>,
): Crowded["components"] {
  const percentiles = new Map(found.components.map(({ name, percentile }) => [name, percentile]));
  const factOf = (name: CrowdingComponent): Fact => {
    const rank = percentiles.get(name);
    const missing: { readonly status: "insufficient"; readonly reasons: readonly Reason[] } = {
      status: "insufficient",
      reasons: [{ code: whyNot[name] ?? "not-configured" }],
    };
    return facts.add({
      ...(rank === undefined ? missing : grade(rank)),
      id: `flows.${id}.crowding.${name}`,
      value: rank?.value ?? null,
      unit: "percentile",
      series: series[name] ?? [],
      window: { end: span.due, n: rank?.n ?? 0 },
      method: "H8 crowding component: percentile of months",
    });
  };
  return Object.fromEntries(crowdingComponents.map((name) => [name, factOf(name)])) as Crowded["components"];
}

/** Every component of every group, and their mean. */
export function crowdingTable(all: readonly Crowded[]): Table {
  const right = (say: Say) => ({ say, align: "right" as const });
  const row = (key: string, of: (each: Crowded) => Fact): Row => ({
    head: say(`flows.crowding.component.${key}`),
    cells: all.map((each) => ({ fact: of(each).id })),
  });
  const hasGap = all.some(({ components }) => Object.values(components).some(({ value }) => value === null));
  return {
    id: "flows.crowding",
    claim: claimOf(all),
    unit: say("flows.crowding.table.unit"),
    head: [
      { say: say("flows.crowding.table.component"), align: "left" },
      ...all.map(({ group }) => right(say("page.name", { name: { name: group.name } }))),
    ],
    rows: [
      ...crowdingComponents.map((name) => row(name, ({ components }) => components[name])),
      { ...row("mean", ({ score }) => score), kind: "total" },
    ],
    notes: [say("flows.crowding.table.note"), ...(hasGap ? [say("flows.crowding.table.gap")] : [])],
    series: [...new Set(all.flatMap(({ score }) => score.series))],
    size: "half",
  };
}

/** The group with the highest mean. */
function claimOf(all: readonly Crowded[]): Say {
  const sorted = all.toSorted((a, b) => Number(b.score.value ?? -1) - Number(a.score.value ?? -1));
  const [{ group, score } = { group: null, score: null }] = sorted;
  if (group === null || score === null) return say("flows.none.claim");
  const name: Place = { name: group.name };
  return score.value === null
    ? say("flows.crowding.table.claim-none", { name })
    : say("flows.crowding.plain.claim", { name, score: { fact: score.id } });
}
