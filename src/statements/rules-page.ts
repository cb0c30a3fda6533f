import type { Locale } from "#src/domain/locale.ts";
import { keyPattern } from "#src/statements/key-pattern.ts";
import type { Condition, Ladder, Rule } from "#src/statements/rule.ts";

/** The texts of a language's messages, by key. */
type Texts = ReadonlyMap<string, string>;

/** Where the texts of each language are found. */
interface Texted {
  entries(locale: Locale): Texts;
}

/**
 * The rules as a page that a strategist reads: for each subject what it is judged by, and from the strongest to the weakest what
 * may be said, what must hold for it, and how each language says it.
 */
export function rulesPage(ladders: readonly Ladder[], messages: Texted): string {
  return [
    "# What may be said",
    "",
    "Made from `src/statements/rules` and `locales` (`npm run schema`). Of each subject the first rule speaks that is about such",
    "evidence and is earned; those above it that were not earned stand in `facts.json` as refusals, with the reason and with what",
    "is said instead. A rule is one entry there and its messages in both languages.",
    "",
    ...ladders.flatMap((ladder) => ladderPart(ladder, messages)),
  ].join("\n");
}

const ladderPart = (ladder: Ladder, messages: Texted): readonly string[] => [
  `## ${ladder.section}: ${ladder.about}`,
  "",
  `Standard: ${ladder.standard}. Judged by:`,
  "",
  ...Object.entries(ladder.evidence).map(([name, { means, unit, oneOf }]) => {
    const kind = unit === undefined ? "" : ` (${unit})`;
    return `- \`${name}\`${kind}: ${means}${oneOf ? `: ${oneOf.join(", ")}` : ""}`;
  }),
  "",
  "| word | asked where | earned by | English | 中文 |",
  "| --- | --- | --- | --- | --- |",
  ...ladder.rules.map((rule) =>
    row([
      rule.named ?? rule.word,
      conditions(rule.if),
      conditions(rule.gate),
      claims(ladder, rule, messages.entries("en")),
      claims(ladder, rule, messages.entries("zh-CN")),
    ]),
  ),
  "",
];

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

const conditions = (all: readonly Condition[] = []): string => all.map(inWords).join("; ");

function inWords([operand, comparison, limit]: Condition): string {
  if (comparison === "known") return `\`${operand}\` is known`;
  const value = Array.isArray(limit) ? limit.join(", ") : limit === null ? "missing" : rounded(limit);
  return `\`${operand}\` ${comparison} ${value}`;
}

const rounded = (limit: Condition[2]): string =>
  typeof limit === "number" ? String(Number(limit.toFixed(4))) : String(limit);

/** The headlines that a rule may make in a language. */
function claims(ladder: Ladder, { claim }: Rule, texts: Texts): string {
  const pattern = keyPattern(ladder, claim);
  return [...texts]
    .filter(([key]) => pattern.test(key))
    .map(([, text]) => text.replaceAll(/\{\{(\w+)\}\}/gu, "‹$1›"))
    .join("<br>");
}
