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
  [/\bstrong\b/, "weak"],
  [/\bweak\b/, "strong"],
  [/\bbelow\b/, "above"],
  [/\babove\b/, "below"],
  [/\bdepends\b/, "below"],
  [/\bone\b/, "several"],
  [/\bseveral\b/, "one"],
  [/\bmore\b/, "less"],
  [/\bkept\b/, "signs"],
  [/\bunclear\b/, "kept"],
  [/\bsigns\b/, "flipped"],
  [/\bflipped\b/, "signs"],
  [/\bbull\b/, "bear"],
  [/\bbear\b/, "bull"],
  [/\bflattener\b/, "steepener"],
  [/\bsteepener\b/, "flattener"],
  [/\brecovery\b/, "overheat"],
  [/\breflation\b/, "debasement"],
  [/\braised\b/, "cut"],
  [/\bstands\b/, "stale"],
  [/\blost\b/, "gained"],
  [/\bavoided\b/, "exposed"],
  [/\bexposed\b/, "avoided"],
  [/\bcushion\b/, "resilient"],
  [/\bfavoured\b/, "not-favoured"],
  [/\bliquid\b/, "illiquid"],
  [/\bneither\b/, "liquid"],
  [/\bwinning\b/, "losing"],
  [/\bopen\b/, "winning"],
  [/\bagree\b/, "disagree"],
  [/\bdisagree\b/, "agree"],
  [/\bimplied\b/, "agree"],
  [/\bturned\b/, "none"],
  [/\bsome\b/, "none"],
  [/\btwo\b/, "one"],
  [/\bloud\.first\b/, "loud.second"],
  [/\bloud\.second\b/, "loud.first"],
  [/\bbattle\.trillions\b/, "battle.claim"],
  [/\bbattle\.claim\b/, "battle.trillions"],
  [/\busual\.claim\b/, "loud.first"],
  [/\bdarker\b/, "brighter"],
  [/\bbrighter\b/, "darker"],
  [/\bspreading\.claim\b/, "reached.claim"],
  [/\breached\.claim\b/, "spreading.claim"],
  [/\bheadlines$/, "returns"],
  [/\bclaim\.return$/, "claim.reaction"],
  [/\bclaim\.rising$/, "claim.return"],
  [/\bheavy\b/, "light"],
  [/\blight\b/, "heavy"],
  [/\bhalved\b/, "below"],
  [/\bclaim\.below\b/, "claim.halved"],
  [/\bpeak$/, "halved"],
  [/\bviolent\b/, "fell"],
  [/\bfell\b/, "violent"],
  [/\brose\b/, "fell"],
  [/\bsoared\b/, "placed"],
  [/\bplaced\b/, "soared"],
  [/\bbehind\b/, "ahead"],
  [/\bahead\b/, "behind"],
  [/\bsplit\b/, "behind"],
  [/\bsubindustries$/, "names"],
  [/\bcounted\b/, "high"],
  [/\bshoot-first\b/, "high"],
  [/\bone$/, "above"],
  [/\babove$/, "one"],
  [/\bbefore\b/, "after"],
  [/\bafter\b/, "before"],
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

/** Ends of intervals that are drawn: other draws put them a little elsewhere, so that only more than that is wrong. */
const drawn = /^signals\.joint\.share-(low|high)$|^hedge-funds\.adaptive\.(low|high)$|\.reversal-(low|high)$/;

/** How far off a number must be at the least to be seen: a quantum, and of what is estimated or simulated as much as it may vary. */
function stepOf({ id, method, quantum }: Fact, value: number): number {
  if (method.startsWith("J1 ")) return 0.05;
  if (method.startsWith("P7 ")) return 5 + value / 2;
  return (quantum ?? 1) * (drawn.test(id) ? 100 : 1);
}

const monthFrom = (month: string, days: number): string => addDays(`${month}-15`, days).slice(0, 7);

/** A fact a little off: a step more or less, the other sign, a day or a week away, or a month. */
function otherValues(fact: Fact): readonly Fact["value"][] {
  const { value } = fact;
  if (typeof value === "number") {
    const step = stepOf(fact, value);
    return [value + step, value - step, ...(value === 0 ? [] : [-value])];
  }
  if (typeof value !== "string") return [];
  if (/^\d{4}-\d\d$/.test(value)) return [monthFrom(value, 30), monthFrom(value, -30)];
  return /^\d{4}-/.test(value) ? [addDays(value, 1), addDays(value, -1), addDays(value, -7)] : [];
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
