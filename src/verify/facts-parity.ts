import type { Fact } from "#src/domain/fact.ts";
import type { Locale } from "#src/domain/locale.ts";
import { type Direction, directionOf, isCurrency } from "#src/domain/quantity.ts";
import { type Slip, slip } from "#src/verify/finding.ts";
import { type Issue, inEachEdition } from "#src/verify/issue.ts";
import type { Mark, Page } from "#src/verify/page.ts";
import { simulatedSlips } from "#src/verify/simulated.ts";

/**
 * `facts-parity`: both editions say the same facts in the same order of blocks, charts and axes included; every fact
 * on a page stands in `facts.json` with that value, and there with the direction of its rounded value; the first claim's
 * facts are there; each page says whether they are simulated.
 */
export async function factsParity(issue: Issue): Promise<readonly Slip[]> {
  return [
    ...twice(issue),
    ...misdirected(issue),
    ...(await inEachEdition(
      issue,
      [
        (locale) => wiring(issue, locale),
        (locale) => claimed(issue, locale),
        (locale) => simulatedSlips(issue, locale),
      ],
      (first, other) => difference(issue.page(first), issue.page(other)),
    )),
  ];
}

/** Ids that `facts.json` gives to more than one fact. */
function twice(issue: Issue): readonly Slip[] {
  const ids = issue.facts().facts.map(({ id }) => id);
  return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))].map((id) =>
    slip("facts.json", `more than one fact ${id}`, "one"),
  );
}

/** Facts whose direction is not that of their value, as words and triangles would then tell it. */
const misdirected = (issue: Issue): readonly Slip[] =>
  issue.facts().facts.flatMap((fact) => {
    const direction = directionFrom(fact);
    return fact.state === direction || isSize(fact)
      ? []
      : [slip("facts.json", `${fact.id} ${fact.value} with the state ${fact.state}`, direction)];
  });

/** Money that is a size and not a flow, such as a market value, went nowhere. */
const isSize = ({ unit, value, state }: Fact): boolean =>
  isCurrency(unit) && Number(value) >= 0 && state === "none";

const directionFrom = ({ value, unit, quantum }: Fact): Direction =>
  typeof value === "string" ? "none" : directionOf(value, unit, quantum);

export function wiring(issue: Issue, locale: Locale): readonly Slip[] {
  return issue.page(locale).marks.flatMap((mark) => {
    const fact = issue.fact(mark.id);
    if (fact === undefined) return [slip(mark.where, `the fact ${mark.id}`, "one of facts.json")];
    const isDated = ["date", "month", "instant"].includes(fact.unit) && fact.value !== null;
    const tag = mark.chart !== null ? "tspan" : isDated ? "time" : "data";
    return [
      ...(mark.tag === tag ? [] : [slip(mark.where, `${mark.id} in <${mark.tag}>`, `<${tag}>`)]),
      ...(carries(mark.value, fact)
        ? []
        : [slip(mark.where, `${mark.id} with the value ${mark.value || "nothing"}`, expectedOf(fact))]),
    ];
  });
}

/** Whether a machine-readable value is the fact's: a whole number of quanta, and the one nearest to the exact value. */
function carries(value: string, fact: Fact): boolean {
  if (typeof fact.value !== "number" || fact.quantum === null) return value === (fact.value ?? "");
  if (!/^-?\d+(?:\.\d+)?$/u.test(value)) return false;
  const count = Number(value) / fact.quantum;
  const isWhole = Math.abs(count - Math.round(count)) < 1e-6;
  return isWhole && Math.abs(Number(value) - fact.value) <= fact.quantum * (0.5 + 1e-9);
}

const expectedOf = ({ value, quantum }: Fact): string =>
  quantum === null ? `${value ?? "nothing"}` : `${value} rounded to ${quantum}`;

/** Facts that the claim of the most surprising statement refers to, and that the page lacks. */
function claimed(issue: Issue, locale: Locale): readonly Slip[] {
  const page = issue.page(locale);
  const [first] = issue.facts().statements;
  if (first === undefined) return [];
  const shown = new Set(page.marks.map(({ id }) => id));
  const wanted = Object.values(first.claim.places).flatMap((place) => ("fact" in place ? [place.fact] : []));
  return [
    ...(page.sentences.some(({ key }) => key === first.claim.key)
      ? []
      : [slip(page.name, `no sentence ${first.claim.key}`, `the claim of the first statement, ${first.id}`)]),
    ...wanted
      .filter((id) => !shown.has(id))
      .map((id) => slip(page.name, `no fact ${id}`, `the facts of the first statement, ${first.id}`)),
  ];
}

/** A part of a page that must say the same in every edition. */
interface Block {
  readonly label: string;
  /** Its facts and axis values in an order of their own, since sentences may turn round. */
  readonly content: readonly string[];
}

export function difference(a: Page, b: Page): readonly Slip[] {
  return [sentences, cells, charts].flatMap((blocksOf) => compared(a.name, b.name, blocksOf(a), blocksOf(b)));
}

const told = (marks: readonly Mark[]): string[] => marks.map(({ id, value }) => `${id}=${value}`).sort();

const sentences = ({ marks, sentences }: Page): readonly Block[] =>
  sentences.map((sentence) => ({
    label: `sentence ${sentence.key}`,
    content: told(marks.filter((mark) => mark.sentence === sentence)),
  }));

/** Facts that stand alone: key numbers and the cells of tables. */
const cells = ({ marks }: Page): readonly Block[] =>
  marks
    .filter(({ sentence, chart }) => sentence === null && chart === null)
    .map((mark) => ({ label: `cell ${told([mark])}`, content: [] }));

function charts({ marks, ticks }: Page): readonly Block[] {
  const count = Math.max(-1, ...[...marks, ...ticks].map(({ chart }) => chart ?? -1)) + 1;
  return Array.from({ length: count }, (_, chart) => {
    const axis = ticks.filter((tick) => tick.chart === chart).map(({ value }) => `axis value ${value}`);
    return {
      label: `chart ${chart + 1}`,
      content: [...told(marks.filter((mark) => mark.chart === chart)), ...axis],
    };
  });
}

/** Where both pages have the same blocks in the same order, what each block lacks; otherwise what each page lacks. */
function compared(a: string, b: string, as: readonly Block[], bs: readonly Block[]): readonly Slip[] {
  const isAligned = as.length === bs.length && as.every(({ label }, i) => label === bs[i]?.label);
  if (isAligned)
    return as.flatMap((block, i) => lacking(a, b, block.content, bs[i]?.content ?? [], ` in ${block.label}`));
  const [left, right] = [as.map(textOf), bs.map(textOf)];
  const slips = lacking(a, b, left, right, "");
  if (slips.length > 0) return slips;
  const at = left.findIndex((text, i) => text !== right[i]);
  return [slip(b, `${right[at]}`, `${left[at]} at this place, as in ${a}`)];
}

const textOf = ({ label, content }: Block): string =>
  content.length === 0 ? label : `${label} with ${content.join(", ")}`;

const lacking = (a: string, b: string, left: readonly string[], right: readonly string[], place: string) => [
  ...without(left, right).map((text) => slip(`${b}${place}`, `no ${text}`, `the same as in ${a}`)),
  ...without(right, left).map((text) => slip(`${a}${place}`, `no ${text}`, `the same as in ${b}`)),
];

/** Members of `from` beyond those of `taken`, each counted. */
function without(from: readonly string[], taken: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const text of taken) left.set(text, (left.get(text) ?? 0) + 1);
  return from.filter((text) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  });
}
