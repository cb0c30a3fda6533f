import type { Fact, FactStats } from "#src/domain/fact.ts";
import {
  accelerationRules,
  type FlowAcceleration,
  flowAcceleration,
} from "#src/metrics/flow-acceleration.ts";
import { type Measured, ok } from "#src/metrics/result.ts";
import { type WeeklyFlows, weeksMissing, windowSums } from "#src/metrics/weekly-flows.ts";
import type { Group } from "#src/sections/flow-data.ts";
import { grade } from "#src/sections/market.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { tailOfOverlapping } from "#src/sections/tail.ts";
import type { Found } from "#src/statements/rule.ts";
import { flowPace } from "#src/statements/rules/flows.ts";

/** Whether a group's money comes or goes faster, and what the rules are asked about it. */
export interface Pace {
  readonly acceleration: Fact;
  readonly question: Question;
}

const { recent: last, prior: before, history } = accelerationRules;

/** The weekly means of the last four weeks and of the thirteen before, their difference, and its test (H6). */
export function paceOf(context: SectionContext, group: Group): Pace {
  const { id, weeks } = group;
  const measured = flowAcceleration(weeks);
  const [recent, prior] = [
    meanFact(context, group, "4w", meanOf(weeks, last)),
    meanFact(context, group, "13w", meanOf(weeks.slice(0, -last), before)),
  ];
  const acceleration = accelerationFact(context, group, measured);
  const { seasonal = null } = measured.value ?? {};
  const place = { name: group.name };
  return {
    acceleration,
    question: {
      ladder: flowPace,
      subject: {
        id,
        name: place,
        prose: place,
        evidence: {
          flow: group.recent[0] ?? null,
          recent,
          prior,
          pace: wordOf(recent, prior),
          acceleration,
          season: beyondSeason(measured),
          years: seasonal === null ? null : yearsFact(context, group, seasonal),
        },
      },
    },
  };
}

/** The mean of the last weeks; none where one is missing. */
function meanOf(weeks: WeeklyFlows, window: number): Measured<number> {
  const there = weeks.slice(-window).filter((flow) => flow !== null);
  if (there.length < window) return weeksMissing(there.length, window);
  return ok(there.reduce((sum, flow) => sum + flow, 0) / window, window);
}

const shared = ({ columns, fact, span }: Group, measured: Measured<unknown>) => ({
  ...grade(measured),
  unit: fact.unit,
  series: columns.map(({ series }) => series.id),
  window: { end: span.due, n: measured.n },
});

const meanFact = (
  { facts }: SectionContext,
  group: Group,
  window: string,
  measured: Measured<number>,
): Fact =>
  facts.add({
    ...shared(group, measured),
    id: `flows.${group.id}.weekly.${window}`,
    value: measured.value,
    method: "H6 mean weekly flow",
  });

function accelerationFact(
  { facts }: SectionContext,
  group: Group,
  measured: Measured<FlowAcceleration>,
): Fact {
  const { value } = measured;
  return facts.add({
    ...shared(group, measured),
    id: `flows.${group.id}.acceleration`,
    value: value?.acceleration ?? null,
    unit: "z",
    method: "H6 flow acceleration",
    params: { ...accelerationRules },
    ...(value === null ? {} : { stats: { ...rarity(group.weeks, value), p: value.pValue } }),
  });
}

/** How rare the difference of the means is in its own history; of overlapping windows one in seventeen is independent (G20). */
function rarity(weeks: WeeklyFlows, { recent, prior }: FlowAcceleration): FactStats {
  const [short, long] = [windowSums(weeks, last), windowSums(weeks, before)];
  const differences = weeks.map((_, t) => {
    const [now, then] = [short[t] ?? null, long[t - last] ?? null];
    return now === null || then === null ? null : now / last - then / before;
  });
  const earlier = differences.slice(-history - 1, -1).filter((each) => each !== null);
  return tailOfOverlapping(earlier, recent - prior, last + before);
}

/** How far the last weeks lie from the same weeks of earlier years, positive in the direction of the change. */
function beyondSeason({ value, reasons }: Measured<FlowAcceleration>): Found {
  if (value === null) return { value, reasons };
  const { acceleration, seasonal } = value;
  return seasonal === null
    ? { value: null, reasons: [{ code: "season-unknown" }] }
    : { value: Math.sign(acceleration) * seasonal.distance, reasons: [] };
}

function yearsFact({ facts }: SectionContext, group: Group, seasonal: { readonly years: number }): Fact {
  return facts.add({
    id: `flows.${group.id}.season.years`,
    value: seasonal.years,
    unit: "count",
    series: group.columns.map(({ series }) => series.id),
    method: "H6 the same weeks of earlier years",
  });
}

/** What the two means make, by what is printed of them; `null` where they print as nothing, or differ by less than is printed. */
function wordOf(recent: Fact, prior: Fact): string | null {
  const change = Number(recent.value) - Number(prior.value);
  if (Math.abs(change) < Math.max(recent.quantum ?? 0, prior.quantum ?? 0)) return null;
  switch (`${prior.state}-${recent.state}`) {
    case "up-up":
      return change > 0 ? "in-faster" : "in-slower";
    case "down-down":
      return change < 0 ? "out-faster" : "out-slower";
    case "down-up":
      return "turned-in";
    case "up-down":
      return "turned-out";
    default:
      return null;
  }
}
