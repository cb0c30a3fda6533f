import type { Fact } from "#src/domain/fact.ts";
import type { Localised } from "#src/domain/locale.ts";
import type { Say } from "#src/domain/say.ts";
import type { Statement } from "#src/domain/statement.ts";
import { at } from "#tests/truth/plain.ts";
import type { World } from "#tests/truth/world.ts";

/**
 * A number as it was found here by iteration or simulation; `within` is how far a fact may be from it, half of what is printed
 * unless it says why more. Of all other numbers only roundings may be left.
 */
export interface Estimate {
  readonly value: number;
  readonly within: number;
}

/** What is true of a statement's subject. */
export interface Truth {
  /** Facts that its sentences may print, by their ids. A fact that is not here may not be printed. */
  readonly facts: Readonly<Record<string, number | string | Estimate | null>>;
  /** Names, by the places of the sentences. */
  readonly names: Readonly<Record<string, readonly Localised[]>>;
  /** Sentences by the keys of their messages, and whether what they say in words holds. One that is not here is a fault. */
  readonly says: Readonly<Record<string, boolean>>;
}

/** What checks the statements of one ladder. */
export interface Checker {
  readonly section: string;
  /** The standard of the ladder, as `gate.rule` has it. */
  readonly standard: string;
  /** The statements' ids. */
  readonly ids: RegExp;
  truth(world: World, statement: Statement): Truth;
}

/** How far each fact was from what was computed here, in quanta. */
export type Deviations = Map<string, number>;

const roundings = 1e-9;

/** Those that know a statement; it should be one. */
export const checkersOf = (checkers: readonly Checker[], statement: Statement): readonly Checker[] =>
  checkers.filter(
    ({ section, standard, ids }) =>
      section === statement.section && standard === statement.gate.rule && ids.test(statement.id),
  );

/** The sentences of a statement, its claim first. */
export const saysOf = ({ claim, text }: Statement): readonly Say[] => [claim, ...text];

/** Ids of the facts that statements print. */
export const factsToldBy = (statements: readonly Statement[]): ReadonlySet<string> =>
  new Set(
    statements
      .flatMap(saysOf)
      .flatMap(({ places }) =>
        Object.values(places).flatMap((place) => ("fact" in place ? [place.fact] : [])),
      ),
  );

/** What is not true of a statement; nothing of one that is. */
export function faultsOf(
  checkers: readonly Checker[],
  world: World,
  facts: readonly Fact[],
  statement: Statement,
  deviations: Deviations = new Map(),
): readonly string[] {
  const own = checkersOf(checkers, statement);
  const [checker] = own;
  if (own.length !== 1 || checker === undefined)
    return [`${statement.id} (${statement.gate.rule}): ${own.length} checkers know it`];
  const truth = checker.truth(world, statement);
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  return saysOf(statement)
    .flatMap((said) => faultsOfSay(said, truth, byId, deviations))
    .map((fault) => `${statement.id}: ${fault}`);
}

function faultsOfSay(
  { key, places }: Say,
  truth: Truth,
  facts: ReadonlyMap<string, Fact>,
  deviations: Deviations,
): readonly string[] {
  const holds = truth.says[key];
  const words =
    holds === undefined ? [`nobody checks the words of ${key}`] : holds ? [] : [`${key} does not hold`];
  const printed = Object.entries(places).flatMap(([place, value]) => {
    if ("fact" in value) return faultsOfFact(value.fact, truth, facts, deviations);
    if ("name" in value) return faultsOfName(place, value.name, truth);
    return [`nobody checks what stands in ${place} of ${key}`];
  });
  return [...words, ...printed];
}

function faultsOfName(place: string, name: Localised, { names }: Truth): readonly string[] {
  const known = names[place] ?? [];
  const isKnown = known.some((each) => each.en === name.en && each["zh-CN"] === name["zh-CN"]);
  return isKnown ? [] : [`${place} is called ${name.en}, not ${known.map(({ en }) => en).join(" or ")}`];
}

function faultsOfFact(
  id: string,
  { facts: known }: Truth,
  facts: ReadonlyMap<string, Fact>,
  deviations: Deviations,
): readonly string[] {
  const fact = facts.get(id);
  const own = known[id];
  if (fact === undefined || own === undefined) return [`nobody checks the fact ${id}`];
  if (own === null || typeof own === "string")
    return fact.value === own ? [] : [`${id} is ${fact.value}, not ${own}`];
  const { value, within } =
    typeof own === "number" ? { value: own, within: roundings * Math.max(1, Math.abs(own)) } : own;
  if (typeof fact.value !== "number") return [`${id} is ${fact.value}, not ${value}`];
  const away = Math.abs(fact.value - value);
  const quanta = away / (fact.quantum ?? 1);
  deviations.set(id, Math.max(deviations.get(id) ?? 0, quanta));
  return away <= within ? [] : [`${id} is ${fact.value}, not ${value}`];
}

/** A series as headlines and as sentences call it. */
export const namesOf = (world: World, id: string): readonly Localised[] => {
  const { short, prose } = world.series(id);
  return [short, prose];
};

/** Words that have a claim and a sentence, and whether both hold; the prefix ends before the word. */
export const claimsAndTexts = (
  prefix: string,
  words: Readonly<Record<string, boolean>>,
): Readonly<Record<string, boolean>> =>
  Object.fromEntries(
    Object.entries(words).flatMap(([word, holds]) => [
      [`${prefix}${word}.claim`, holds],
      [`${prefix}${word}.text`, holds],
    ]),
  );

/** The same words, which hold only where something else does. */
export const onlyIf = (
  condition: boolean,
  words: Readonly<Record<string, boolean>>,
): Readonly<Record<string, boolean>> =>
  Object.fromEntries(Object.entries(words).map(([word, holds]) => [word, condition && holds]));

/** What is true of the subject that a statement's id names after its section. */
export const ofSubject =
  (truth: (world: World, id: string) => Truth): Checker["truth"] =>
  (world, statement) =>
    truth(world, at(partsOf(statement), 1));

/** The parts of a statement's id. */
export const partsOf = ({ id }: Statement): readonly string[] => id.split(".");
