import type { Fact } from "#src/domain/fact.ts";
import type { Locale } from "#src/domain/locale.ts";
import { countOf } from "#src/domain/quantity.ts";
import { printFact } from "#src/locale/print-fact.ts";
import type { PrintStyle } from "#src/locale/tokens.ts";
import type { Issue } from "#src/verify/issue.ts";
import { enclosing, type Item, type Page } from "#src/verify/page.ts";
import { type BareText, bareTexts, namesOf, quoted, withoutNames } from "#src/verify/shown-text.ts";

/** What is left of a text without marks when names and the numbers that it may quote are taken out. */
export interface Quoting {
  readonly text: string;
  readonly rest: string;
  /** What each quoted number stands for, the same in every language. */
  readonly values: readonly string[];
  /** Which text of a page this is; the same in every edition. */
  readonly place: string;
  readonly where: string;
}

/**
 * Reads the digits of every text without marks.
 *
 * A text of a figure may quote the facts that stand in the figure, in its picture, claim, unit line or notes, and the
 * counts of its section that count the figure's series: points are drawn and not labelled with how many there are. Any
 * other text, such as the title and running heads, may quote facts of the issue itself, such as its week. Numbers are
 * not quoted as tables print them, without their unit.
 */
export function quotings(issue: Issue, locale: Locale, words: readonly string[]): readonly Quoting[] {
  const page = issue.page(locale);
  const names = namesOf(issue, locale);
  return bareTexts(page).map((bare) => {
    const figure = figureOf(page, bare);
    const forms = formsOf(figure ? ofFigure(issue, page, figure) : ofIssue(issue), locale);
    // The longest first: “20日” is a word of its own, and the end of “2月20日”.
    const sought = [...forms.keys(), ...words].toSorted((a, b) => b.length - a.length);
    const { rest, found } = quoted(withoutNames(bare.text, names), sought);
    return {
      text: bare.text,
      rest,
      values: found.flatMap((form) => forms.get(form) ?? []),
      place: [figure?.attributes.get("id") ?? "", bare.what].join(" ").trim(),
      where: bare.where,
    };
  });
}

const figureOf = (page: Page, { item }: BareText): Item | undefined =>
  item === null || item.tag === "figure" ? (item ?? undefined) : enclosing(page, item, "figure");

const sectionOf = (id: string): string => id.split(".")[0] ?? "";

function ofFigure(issue: Issue, page: Page, figure: Item): readonly Fact[] {
  const shown = page.items
    .filter((item) => item.attributes.has("data-fact") && enclosing(page, item, "figure") === figure)
    .flatMap(({ attributes }) => issue.fact(attributes.get("data-fact") ?? "") ?? []);
  const series = new Set(shown.flatMap((fact) => fact.series));
  const section = sectionOf(figure.attributes.get("id") ?? "");
  const counts = issue
    .facts()
    .facts.filter(({ id, unit }) => unit === "count" && sectionOf(id) === section)
    .filter((fact) => [...series].every((id) => fact.series.includes(id)));
  return [...shown, ...counts];
}

const ofIssue = (issue: Issue): readonly Fact[] =>
  issue.facts().facts.filter(({ id }) => sectionOf(id) === "issue");

const styles: readonly PrintStyle[] = ["plain", "signed", "full"];

/** What each printed form with a digit stands for. */
function formsOf(facts: readonly Fact[], locale: Locale): ReadonlyMap<string, string> {
  const forms = facts.flatMap((fact) =>
    styles.map((style) => {
      const form = printFact(fact, locale, style);
      return [form, saidBy(fact, form)] as const;
    }),
  );
  return new Map(forms.filter(([form]) => /\p{N}/u.test(form)));
}

/** The rounded value as it is said: with a sign where the form has one, and otherwise as a magnitude. */
function saidBy({ value, quantum }: Fact, form: string): string {
  if (typeof value !== "number" || quantum === null) return String(value);
  const magnitude = Math.abs(countOf(value, quantum) * quantum).toPrecision(12);
  return `${/^[+\u2212]/u.exec(form)?.[0] ?? ""}${Number(magnitude)}`;
}
