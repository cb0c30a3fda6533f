import type { Fact } from "#src/domain/fact.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { RankedStatement } from "#src/domain/statement.ts";
import { addDays } from "#src/domain/time.ts";
import { factsToldBy, saysOf } from "#tests/truth/judge.ts";
import type { World } from "#tests/truth/world.ts";

/** A statement made wrong in one place, and the facts that it then has. */
export interface Variant {
  readonly what: string;
  readonly statement: RankedStatement;
  readonly facts: readonly Fact[];
}

/** Words that say the opposite, or more. */
const opposites: readonly (readonly [RegExp, string])[] = [
  [/\bup\b/, "down"],
  [/\bdown\b/, "up"],
  [/\bflat\b/, "up"],
  [/\bbest\b/, "worst"],
  [/\bworst\b/, "best"],
  [/\bhigh\b/, "low"],
  [/\blow\b/, "high"],
  [/\bmiddle\b/, "high"],
  [/\bmiddle\b/, "top"],
  [/\bin-/, "out-"],
  [/\bgaining\b/, "losing"],
  [/\blosing\b/, "gaining"],
  [/\bfaster\b/, "slower"],
  [/-in\b/, "-out"],
  [/\bcalm\b/, "high"],
  [/\bcalm\b/, "stressed"],
  [/\bnormal\b/, "calm"],
  [/\bmixed\b/, "up"],
  [/\bturbulent\b/, "quiet"],
  [/\bquiet\b/, "turbulent"],
  [/\busual\b/, "high"],
  [/\bstands\b/, "none"],
  [/\bearly\.\w+/, "none"],
  [/\bagrees\b/, "disagrees"],
  [/\bexposed\b/, "neutral"],
  [/\bneutral\b/, "exposed"],
  [/\bnone\b/, "found"],
  [/\bfailed\b/, "broke"],
  [/\bmore-than-doubled\b/, "doubled"],
  [/\blarge\b/, "negative"],
  [/\bnegative\b/, "large"],
  [/\bcontributor\b/, "contributors"],
  [/\bratio\.claim\b/, "calm.claim"],
  [/\bwithin\b/, "seasonal"],
  [/\bplain\b/, "far"],
  [/\bshort-mostly\b/, "long-mostly"],
  [/\bown-mostly\b/, "market-mostly"],
];

/** With the opposite of a word in its claim or in a sentence. */
function otherWords(statement: RankedStatement): readonly { what: string; statement: RankedStatement }[] {
  return saysOf(statement).flatMap((said, i) =>
    opposites.flatMap(([word, other]) => {
      const key = said.key.replace(word, other);
      return key === said.key
        ? []
        : [{ what: `${said.key} as ${key}`, statement: withSay(statement, i, { ...said, key }) }];
    }),
  );
}

const withSay = (statement: RankedStatement, i: number, said: Say): RankedStatement =>
  i === 0
    ? { ...statement, claim: said }
    : { ...statement, text: statement.text.map((each, t) => (t === i - 1 ? said : each)) };

/** With another series' name. */
function otherNames(
  world: World,
  statement: RankedStatement,
): readonly { what: string; statement: RankedStatement }[] {
  const names = world.workspace.catalogue.map(({ name }) => name);
  return saysOf(statement).flatMap((said, i) =>
    Object.entries(said.places).flatMap(([place, value]) => {
      if (!("name" in value)) return [];
      const other = names.find(({ en }) => en !== value.name.en) ?? value.name;
      const places: Readonly<Record<string, Place>> = { ...said.places, [place]: { name: other } };
      return [{ what: `${place} called ${other.en}`, statement: withSay(statement, i, { ...said, places }) }];
    }),
  );
}

/** How far off a number must be at the least to be seen: a quantum, and of what is estimated or simulated as much as it may vary. */
function stepOf({ method, quantum }: Fact, value: number): number {
  if (method.startsWith("J1 ")) return 0.05;
  return method.startsWith("P7 ") ? 5 + value / 2 : (quantum ?? 1);
}

/** A fact a little off: a step more or less, the other sign, a day or a week away. */
function otherValues(fact: Fact): readonly Fact["value"][] {
  const { value } = fact;
  if (typeof value === "number") {
    const step = stepOf(fact, value);
    return [value + step, value - step, ...(value === 0 ? [] : [-value])];
  }
  return typeof value === "string" && /^\d{4}-/.test(value)
    ? [addDays(value, 1), addDays(value, -1), addDays(value, -7)]
    : [];
}

/** Each fact that a statement prints, a little off. */
function otherNumbers(facts: readonly Fact[], statement: RankedStatement): readonly Variant[] {
  const told = factsToldBy([statement]);
  return facts
    .filter(({ id }) => told.has(id))
    .flatMap((fact) =>
      otherValues(fact).map((value) => ({
        what: `${fact.id} as ${value}`,
        statement,
        facts: facts.map((each) => (each === fact ? { ...fact, value } : each)),
      })),
    );
}

/** A true statement made wrong in every way: a number, a day, a word, a direction, a name, a standard. */
export function variantsOf(
  world: World,
  facts: readonly Fact[],
  statement: RankedStatement,
): readonly Variant[] {
  return [
    ...otherNumbers(facts, statement),
    ...[...otherWords(statement), ...otherNames(world, statement)].map((each) => ({ ...each, facts })),
    {
      what: "a standard that nobody knows",
      facts,
      statement: { ...statement, gate: { ...statement.gate, rule: "Z9" } },
    },
  ];
}
