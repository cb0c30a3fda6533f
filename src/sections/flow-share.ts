import type { Fact } from "#src/domain/fact.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Refusal, Statement } from "#src/domain/statement.ts";
import { grossShare } from "#src/metrics/gross-share.ts";
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

/** A share where every compared group is whole and all printed flows go one way; otherwise the levels and the reason. */
export function shareFinding(
  context: SectionContext,
  groups: readonly Group[],
  compared: readonly Flow[],
  shared: Places,
): ShareFinding {
  const shares = marginalShare(compared.map((flow) => flow.measured.value ?? 0));
  const broken = groups.filter((group) => group.fact.value === null);
  const flat = compared.filter((flow) => flow.fact.state === "flat");
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
  if (shares.value !== null && broken.length === 0 && flat.length === 0) {
    const words = shareWords(context, compared, shares.value.shares, shared);
    return { statement: { ...common, ...words }, refusal: null };
  }
  const whole = groups.filter((group) => group.fact.value !== null);
  const words =
    broken.length > 0
      ? partialWords(whole, broken, compared, shared)
      : weakerWords(context, compared, shared);
  const reasons = [
    ...shares.reasons,
    ...(broken.length > 0 ? [{ code: "members-missing", need: groups.length, have: whole.length }] : []),
    ...(flat.length > 0 ? [{ code: "flat", have: flat.length }] : []),
  ];
  const word = "share of the marginal dollar";
  const refusal = { id: "flows.share", word, section: "flows", reasons, instead: words.id };
  return { statement: { ...common, ...words }, refusal };
}

const wordsOf = (id: string, places: Places, shown = id): Words => ({
  id: `flows.${id}`,
  claim: say(`flows.${shown}.claim`, places),
  text: [say(`flows.${shown}.text`, places)],
});

const named = (flow: Flow): Place => ({ name: flow.name });

/** What is said of whole groups where no share may be: which drew and which shed most, or which one moved at all. */
function weakerWords(context: SectionContext, compared: readonly Flow[], shared: Places): Words {
  const sorted = compared.toSorted((a, b) => (b.measured.value ?? 0) - (a.measured.value ?? 0));
  const into = sorted.find((flow) => flow.fact.state === "up");
  const outOf = sorted.findLast((flow) => flow.fact.state === "down");
  const [first] = compared;
  if (into && outOf) {
    const places = {
      gainer: named(into),
      v: { fact: into.fact.id },
      loser: named(outOf),
      w: { fact: outOf.fact.id },
    };
    const mixed = wordsOf("mixed", { ...shared, ...places });
    return { ...mixed, text: [...mixed.text, grossSentence(context, compared, into)] };
  }
  if (first === undefined) return wordsOf("none", {});
  if (compared.length === 1) return wordsOf("level", { name: named(first) });
  const moved = into ?? outOf;
  if (moved === undefined) return wordsOf("flat", {});
  const places = { ...shared, name: named(moved), v: { fact: moved.fact.id } };
  const isOnly = compared.filter((flow) => flow.fact.state !== "flat").length === 1;
  return wordsOf(`${isOnly ? "only" : "most"}-${into ? "in" : "out"}`, places);
}

/** What the largest inflow weighs in all money that moved: of opposite signs the only share that exists. */
function grossSentence({ facts }: SectionContext, compared: readonly Flow[], into: Flow): Say {
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
  const share = shares[compared.indexOf(into)];
  if (share === undefined) throw new RangeError("a share of the gross flow requires a compared flow");
  return say("flows.gross", { name: named(into), share: { fact: share.id } });
}

/** What is said where a group has no total: the whole one, if there is one, and which is missing. Single funds make no claim. */
function partialWords(
  whole: readonly Group[],
  [broken]: readonly Group[],
  compared: readonly Flow[],
  shared: Places,
): Words {
  const [group] = whole;
  if (broken === undefined || compared.length === 0) return wordsOf("none", {});
  if (group === undefined) return wordsOf("no-totals", {});
  const places = { ...shared, name: named(group), v: { fact: group.fact.id }, other: named(broken) };
  return wordsOf(`partial.${group.fact.state}`, places);
}

function shareWords(
  context: SectionContext,
  compared: readonly Flow[],
  shares: readonly number[],
  shared: Places,
): Words {
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
  const places: Places = { ...shared, name: named(leader), share: { fact: share.id } };
  const other = compared.length === 2 ? compared[1 - top] : undefined;
  const multiple = other ? multipleOf(context, leader, other) : null;
  const id = `${leader.id}.share-${side}`;
  if (other === undefined || multiple === null) return wordsOf(id, places, `share-${side}-many`);
  const both = { ...places, other: named(other), ratio: { fact: multiple.id } };
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
