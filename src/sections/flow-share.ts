import type { Fact } from "#src/domain/fact.ts";
import type { Place } from "#src/domain/say.ts";
import type { Refusal, Statement } from "#src/domain/statement.ts";
import { marginalShare } from "#src/metrics/marginal-share.ts";
import type { Flow, Group } from "#src/sections/flow-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

/** Who drew the marginal dollar, or why nobody can say. */
export interface ShareFinding {
  readonly statement: Statement;
  readonly refusal: Refusal | null;
}

type Words = Pick<Statement, "id" | "claim" | "text">;
type Places = Readonly<Record<string, Place>>;

/** A share where every compared group is whole and all signs agree; otherwise the levels and the reason. */
export function shareFinding(
  context: SectionContext,
  groups: readonly Group[],
  compared: readonly Flow[],
): ShareFinding {
  const shares = marginalShare(compared.map((flow) => flow.measured.value ?? 0));
  const broken = groups.filter((group) => group.fact.value === null).length;
  const common = {
    section: "flows",
    gate: {
      rule: "H3 marginal share",
      found: Object.fromEntries(compared.map((flow) => [flow.id, flow.measured.value])),
    },
    tail: { share: 1, n: 1, record: false },
    stance: null,
    proof: "flows.cumulative",
  };
  if (shares.value !== null && broken === 0)
    return { statement: { ...common, ...shareWords(context, compared, shares.value.shares) }, refusal: null };
  const statement: Statement = { ...common, ...weakerWords(compared) };
  const reasons = [
    ...shares.reasons,
    ...(broken === 0 ? [] : [{ code: "members-missing", need: groups.length, have: groups.length - broken }]),
  ];
  const word = "share of the marginal dollar";
  return {
    statement,
    refusal: { id: "flows.share", word, section: "flows", reasons, instead: statement.id },
  };
}

const wordsOf = (id: string, places: Places, shown = id): Words => ({
  id: `flows.${id}`,
  claim: say(`flows.${shown}.claim`, places),
  text: [say(`flows.${shown}.text`, places)],
});

/** What is said when no share may be: which drew and which shed, who drew most, or that nothing can be compared. */
function weakerWords(compared: readonly Flow[]): Words {
  const into = compared.find((flow) => flow.fact.state === "up");
  const outOf = compared.find((flow) => flow.fact.state === "down");
  if (into && outOf)
    return wordsOf("mixed", {
      gainer: { name: into.name },
      v: { fact: into.fact.id, signed: true },
      loser: { name: outOf.name },
      w: { fact: outOf.fact.id, signed: true },
    });
  const [first] = compared;
  if (first === undefined) return wordsOf("none", {});
  if (compared.length === 1) return wordsOf("level", { name: { name: first.name } });
  const largest = compared.toSorted(
    (a, b) => Math.abs(b.measured.value ?? 0) - Math.abs(a.measured.value ?? 0),
  )[0];
  const place = { name: { name: (largest ?? first).name } };
  if (into) return wordsOf("partial-in", place);
  return outOf ? wordsOf("partial-out", place) : wordsOf("flat", {});
}

function shareWords(context: SectionContext, compared: readonly Flow[], shares: readonly number[]): Words {
  const top = shares.indexOf(Math.max(...shares));
  const leader = compared[top];
  if (leader === undefined) throw new RangeError("a share requires at least one flow");
  const side = leader.fact.state === "down" ? "out" : "in";
  const share = context.facts.add({
    id: `flows.${leader.id}.share.year`,
    value: shares[top] ?? null,
    unit: "share",
    window: leader.fact.window,
    series: compared.flatMap((flow) => flow.fact.series),
    method: "H3 marginal share",
  });
  const places: Places = { name: { name: leader.name }, share: { fact: share.id } };
  const other = compared.length === 2 ? compared[1 - top] : undefined;
  const multiple = other ? multipleOf(context, leader, other) : null;
  const id = `${leader.id}.share-${side}`;
  if (other === undefined || multiple === null) return wordsOf(id, places, `share-${side}-many`);
  const both = { ...places, other: { name: other.name }, ratio: { fact: multiple.id } };
  return wordsOf(id, both, `share-${side}`);
}

/** How many times the other's flow the leader's was; `null` against nothing, or beyond what a multiple tells. */
function multipleOf({ facts }: SectionContext, leader: Flow, other: Flow): Fact | null {
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
