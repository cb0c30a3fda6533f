import type { Locale } from "#src/domain/locale.ts";
import { quote, type Slip, slip } from "#src/verify/finding.ts";
import type { Issue } from "#src/verify/issue.ts";
import { enclosing, type Page } from "#src/verify/page.ts";
import { namesOf, styleOf, withoutNames } from "#src/verify/shown-text.ts";

/** The word without which a label does not say that the data are no market data. */
export const simulatedWord: Readonly<Record<Locale, RegExp>> = { en: /\bsimulated\b/iu, "zh-CN": /模拟/u };

const places = ["header", "footer", "foot"] as const;

/** A place that says whether the data are simulated, and what it says. */
interface Label {
  readonly place: string;
  readonly text: string;
}

/**
 * Simulated data are labelled in the masthead, at the end and at the foot of every page; real data nowhere. That the
 * foot is printed on every page is for `extraction` to see.
 */
export function simulatedSlips(issue: Issue, locale: Locale): readonly Slip[] {
  const page = issue.page(locale);
  const saysSo = ({ text }: Label) => simulatedWord[locale].test(text);
  const labels = [...marked(page), ...feet(page, namesOf(issue, locale)).filter(saysSo)];
  if (!issue.facts().simulated)
    return labels.map(({ place, text }) =>
      slip(
        `${page.name} ${place}`,
        `the label ${quote(text)}`,
        "none: facts.json says that nothing is simulated",
      ),
    );
  const told = new Set(labels.filter(saysSo).map(({ place }) => place));
  return places
    .filter((place) => !told.has(place))
    .map((place) =>
      slip(
        `${page.name} ${place}`,
        "no label of simulated data",
        "one: facts.json says that all is simulated",
      ),
    );
}

/** Elements set as labels, each with the part of the page that it stands in. */
const marked = (page: Page): readonly Label[] =>
  page.items
    .filter(({ attributes }) => (attributes.get("class") ?? "").split(/\s+/u).includes("specimen"))
    .map((item) => ({
      place: places.find((tag) => enclosing(page, item, tag) !== undefined) ?? "body",
      text: item.text,
    }));

/** Texts at the foot of every page, the first included, without names: a brand may be called anything. */
function feet(page: Page, names: readonly string[]): readonly Label[] {
  const { texts, emptyOnFirst } = styleOf(page);
  return texts
    .filter(({ box }) => box?.startsWith("bottom-") && !emptyOnFirst.has(box))
    .map(({ text }) => ({ place: "foot", text: withoutNames(text, names) }));
}
