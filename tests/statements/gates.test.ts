import { describe, expect, it } from "vitest";
import type { Say } from "#src/domain/say.ts";
import { ladders } from "#src/statements/ladders.ts";
import type { Condition, Ladder, Piece, Rule, Subject } from "#src/statements/rule.ts";
import { holds, isAbout, isEarned, speak } from "#src/statements/speak.ts";
import { sayFaults } from "#tests/sections/says.ts";
import { candidates } from "#tests/statements/candidates.ts";

/** Numbers from a seed, each below `size`. */
function dice(seed: number): (size: number) => number {
  let state = seed;
  return (size) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * size);
  };
}

/** Names that a rule may print and that are no evidence. */
const namesOf = ({ rules, evidence }: Ladder): readonly string[] => [
  ...new Set(
    rules
      .flatMap(({ tells, text }) => [
        ...tells,
        ...text.flatMap((sentence) => (typeof sentence === "string" ? [] : (sentence.tells ?? []))),
      ])
      .map((told) => told.split("=").at(-1) ?? told)
      .filter((name) => !(name in evidence)),
  ),
];

/** Random evidence, of the values that lie around the limits of the ladder's conditions. */
function subjects(ladder: Ladder, count: number): readonly Subject[] {
  const roll = dice(20_260_213);
  const pools = Object.keys(ladder.evidence).map((name) => [name, candidates(ladder, name)] as const);
  const place = { name: { en: "it", "zh-CN": "它" } };
  const places = Object.fromEntries(namesOf(ladder).map((name) => [name, place]));
  return Array.from({ length: count }, () => ({
    id: "subject",
    name: place,
    prose: place,
    places,
    evidence: Object.fromEntries(pools.map(([name, pool]) => [name, pool[roll(pool.length)] ?? null])),
  }));
}

const spokenBy = (ladder: Ladder, subject: Subject): Rule | undefined =>
  ladder.rules.find((rule) => isAbout(rule, subject) && isEarned(rule, subject));

/** The same evidence but one piece, with which one condition alone no longer holds; `undefined` where there is none. */
function without(ladder: Ladder, rule: Rule, subject: Subject, condition: Condition): Subject | undefined {
  const name = condition[0].split(".")[0] ?? "";
  const others = [...(rule.if ?? []), ...(rule.gate ?? [])].filter((each) => each !== condition);
  const change = (piece: Piece): Subject => ({
    ...subject,
    evidence: { ...subject.evidence, [name]: piece },
  });
  const fails = candidates(ladder, name)
    .map(change)
    .filter((each) => !holds(each, condition));
  // A piece that two conditions ask for may fail both; one that fails this alone is better.
  return fails.find((each) => others.every((other) => holds(each, other))) ?? fails[0];
}

/** Every message of a statement must be there in both languages, with a fact or a name in each of its places. */
const faultsOf = (said: readonly Say[]) => said.flatMap((message) => sayFaults(message, () => true));

describe.each(ladders.map((ladder) => [ladder.id, ladder] as const))("%s", (_, ladder) => {
  const made = subjects(ladder, 30_000);
  const examples = new Map<Rule, Subject[]>(ladder.rules.map((rule) => [rule, []]));
  for (const subject of made) {
    const rule = spokenBy(ladder, subject);
    if (rule !== undefined) examples.get(rule)?.push(subject);
  }

  it.each(ladder.rules.map((rule) => [rule.word, rule] as const))("%s can be earned", (_word, rule) => {
    const [example] = examples.get(rule) ?? [];
    if (example === undefined) throw new Error("no evidence earns it");
    expect(speak(ladder, example).statement?.gate.rule).toBe(ladder.standard);
  });

  it.each(
    ladder.rules.flatMap((rule) =>
      (rule.gate ?? []).map((gate) => [rule.word, gate.join(" "), rule, gate] as const),
    ),
  )("%s is refused where %s alone does not hold", (_word, _gate, rule, gate) => {
    const [example] = examples.get(rule) ?? [];
    const worse = example && without(ladder, rule, example, gate);
    if (worse === undefined) throw new Error("no evidence stands on the other side");
    const { statement, refusals } = speak(ladder, worse);
    expect(spokenBy(ladder, worse)).not.toBe(rule);
    const refusal = refusals.find(({ word }) => word === (rule.named ?? word));
    expect(refusal?.instead).toBe(statement?.id ?? null);
    expect(faultsOf(statement ? [statement.claim, ...statement.text] : [])).toEqual([]);
  });

  it("says nothing that a message of either language lacks", () => {
    const said = [...examples.values()].flatMap((each) => each.slice(0, 200));
    const keys = new Map<string, Say>();
    for (const subject of said) {
      const { statement } = speak(ladder, subject);
      for (const message of statement ? [statement.claim, ...statement.text] : [])
        keys.set(message.key, message);
    }
    expect(faultsOf([...keys.values()])).toEqual([]);
    expect(keys.size).toBeGreaterThan(ladder.rules.length);
  });
});
