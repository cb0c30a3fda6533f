import type { Fact } from "#src/domain/fact.ts";
import type { Place } from "#src/domain/say.ts";
import { grossShare } from "#src/metrics/gross-share.ts";
import { marginalShare } from "#src/metrics/marginal-share.ts";
import type { Flow, Group } from "#src/sections/flow-data.ts";
import { type Cohort, figureId } from "#src/sections/flow-span.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { flowShare } from "#src/statements/rules/flows.ts";

/** The groups of a comparison, and what of them is compared. */
interface Compared {
  readonly cohort: Cohort;
  readonly groups: readonly Group[];
  readonly compared: readonly Flow[];
  readonly due: Fact;
}

/** What the rules are asked about who drew the marginal dollar. */
export function shareQuestion(
  context: SectionContext,
  { cohort, groups, compared, due }: Compared,
): Question {
  const shares = marginalShare(compared.map((flow) => flow.measured.value ?? 0));
  const whole = groups.filter((group) => group.fact.value !== null);
  const broken = groups.find((group) => group.fact.value === null);
  const flat = compared.filter((flow) => flow.fact.state === "flat");
  const [into, outOf] = extremes(compared);
  // A share of what is not whole, or beside a flow that prints as nothing, is no number to have.
  const isWhole = broken === undefined && flat.length === 0;
  const lead = shares.value === null || !isWhole ? null : leaderOf(context, compared, shares.value.shares);
  const [first = compared[0]] = whole;
  return {
    ladder: flowShare,
    subject: {
      id: cohort.id,
      evidence: {
        due,
        compared: compared.length,
        broken: groups.length - whole.length,
        whole: whole.length,
        flat: flat.length,
        moved: compared.length - flat.length,
        leader: lead?.flow.id ?? null,
        side: lead?.flow.fact.state === "down" ? "out" : "in",
        lead: lead?.flow.fact ?? null,
        trail: lead?.other?.fact ?? null,
        share: lead?.share ?? { value: null, reasons: shares.reasons },
        ratio: lead?.ratio ?? null,
        into: into?.fact ?? null,
        outOf: outOf?.fact ?? null,
        gross: into && outOf && broken === undefined ? grossOf(context, compared, into) : null,
        first: first?.fact ?? null,
      },
      places: names({
        leaderName: lead?.flow,
        otherName: lead?.other,
        intoName: into,
        outOfName: outOf,
        firstName: first,
        brokenName: broken,
      }),
      proof: figureId(cohort),
    },
  };
}

const names = (flows: Readonly<Record<string, Flow | undefined>>): Readonly<Record<string, Place>> =>
  Object.fromEntries(
    Object.entries(flows).flatMap(([place, flow]) => (flow ? [[place, { name: flow.name }]] : [])),
  );

/** Which drew and which shed most, of those that print as a flow. */
function extremes(compared: readonly Flow[]): readonly [Flow | undefined, Flow | undefined] {
  const sorted = compared.toSorted((a, b) => (b.measured.value ?? 0) - (a.measured.value ?? 0));
  return [
    sorted.find((flow) => flow.fact.state === "up"),
    sorted.findLast((flow) => flow.fact.state === "down"),
  ];
}

/** What the largest inflow weighs in all money that moved: of opposite signs the only share that exists. */
function grossOf({ facts }: SectionContext, compared: readonly Flow[], into: Flow): Fact | null {
  const { value } = grossShare(compared.map((flow) => flow.measured.value ?? 0));
  const shares = compared.map((flow, i) =>
    facts.add({
      id: `flows.${flow.id}.gross-share.year`,
      value: value?.shares[i] ?? null,
      unit: "share",
      window: flow.fact.window,
      series: compared.flatMap((each) => each.fact.series),
      method: "H3 share of the gross flow",
    }),
  );
  return shares[compared.indexOf(into)] ?? null;
}

/** The flow with the largest share, its share, and what it is of the other's where there are two. */
interface Leader {
  readonly flow: Flow;
  readonly share: Fact;
  readonly other: Flow | undefined;
  readonly ratio: Fact | null;
}

function leaderOf(
  { facts }: SectionContext,
  compared: readonly Flow[],
  shares: readonly number[],
): Leader | null {
  const top = shares.indexOf(Math.max(...shares));
  const flow = compared[top];
  if (flow === undefined) return null;
  const other = compared.length === 2 ? compared[1 - top] : undefined;
  const share = facts.add({
    id: `flows.${flow.id}.share.year`,
    value: shares[top] ?? null,
    unit: "share",
    window: flow.fact.window,
    series: compared.flatMap((each) => each.fact.series),
    method: "H3 marginal share",
  });
  return { flow, share, other, ratio: other ? multipleOf(facts, flow, other) : null };
}

/** How many times the other's flow the leader's was; `null` against nothing, or beyond what a multiple tells. */
function multipleOf(facts: SectionContext["facts"], leader: Flow, other: Flow): Fact | null {
  const [a, b] = [leader.measured.value, other.measured.value];
  if (a === null || b === null || b === 0 || a / b > 100) return null;
  return facts.add({
    id: `flows.${leader.id}.multiple-of.${other.id}.year`,
    value: a / b,
    unit: "multiple",
    window: leader.fact.window,
    series: [...leader.fact.series, ...other.fact.series],
    method: "H3 ratio of the two flows",
  });
}
