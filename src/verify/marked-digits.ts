import type { Locale, Localised } from "#src/domain/locale.ts";
import { quote, type Slip, slip } from "#src/verify/finding.ts";
import type { Issue } from "#src/verify/issue.ts";
import { enclosing, type Item, type Page } from "#src/verify/page.ts";
import { bareTexts } from "#src/verify/shown-text.ts";

/** Numbers in a text, digit by digit, in order. */
const numbersIn = (text: string): readonly string[] => text.match(/\p{N}+/gu) ?? [];

/** What is marked as structure is the number of the figure that it stands in: 1, 2, 3 and so on down the page. */
export function figureNumbers(page: Page): readonly Slip[] {
  const figures = page.items.filter(({ tag }) => tag === "figure");
  const numbered = new Set<Item>();
  return page.items.flatMap((item) => {
    if (!item.attributes.has("data-structure")) return [];
    const figure = enclosing(page, item, "figure");
    const isFirst = figure !== undefined && !numbered.has(figure);
    if (figure !== undefined) numbered.add(figure);
    const wanted = isFirst ? String(figures.indexOf(figure) + 1) : "no number";
    return isFirst && numbersIn(item.text).join(" ") === wanted
      ? []
      : [slip(item.where, `the figure's number ${quote(item.text)}`, wanted)];
  });
}

/**
 * Names with a digit that nothing accounts for. A name has letters, and each of its numbers stands in a name of a
 * statement of `facts.json`, in the title or a running head, or in another name of the page; or the name is all that
 * is in a cell, or begins the head of a row, as in the list of sources, which has every series of the catalogue.
 */
export function strangeNames(issue: Issue, locale: Locale): readonly Slip[] {
  const page = issue.page(locale);
  const names = namesOn(page);
  const heads = bareTexts(page).filter(({ item }) => item === null);
  const known = new Set(
    [...namesIn(issue).map((name) => name[locale]), ...heads.map(({ text }) => text)].flatMap(numbersIn),
  );
  const isKnown = (number: string) =>
    known.has(number) || names.filter(({ text }) => numbersIn(text).includes(number)).length > 1;
  return names
    .filter(({ text }) => numbersIn(text).length > 0)
    .filter(
      (name) => !/\p{L}/u.test(name.text) || !(headsCell(page, name) || numbersIn(name.text).every(isKnown)),
    )
    .map(({ text, where }) =>
      slip(where, `the name ${quote(text)}`, "a name whose digits stand elsewhere too"),
    );
}

const namesOn = ({ items }: Page): readonly Item[] =>
  items.filter(({ attributes }) => attributes.has("data-name"));

/** Names that statements of `facts.json` bring, whose word its facts are, and declared crises, in every language. */
function namesIn(issue: Issue): readonly Localised[] {
  const { facts, statements, crises = [] } = issue.facts();
  return [
    ...statements
      .flatMap(({ claim }) => Object.values(claim.places))
      .flatMap((place) => ("name" in place ? [place.name] : [])),
    ...facts.flatMap(({ source }) => source ?? []),
    ...crises.map(({ name }) => name),
  ];
}

const headsCell = (page: Page, name: Item): boolean =>
  enclosing(page, name, "th")?.text.trim().startsWith(name.text.trim()) === true ||
  enclosing(page, name, "td")?.text.trim() === name.text.trim();

/**
 * Numbers of names that one edition has and the other has not in the same sentence or chart. A name that `facts.json`
 * holds in both languages with other digits is so configured, and may differ.
 */
export function namesApart(issue: Issue, a: Locale, b: Locale): readonly Slip[] {
  const [as, bs] = [namesByPlace(issue.page(a)), namesByPlace(issue.page(b))];
  const uneven = namesIn(issue).filter((name) => numbersOf([name[a]]) !== numbersOf([name[b]]));
  return [...new Set([...as.keys(), ...bs.keys()])].flatMap((place) => {
    const [left, right] = [[...(as.get(place) ?? [])], [...(bs.get(place) ?? [])]];
    for (const name of uneven) {
      while (left.includes(name[a]) && right.includes(name[b])) {
        left.splice(left.indexOf(name[a]), 1);
        right.splice(right.indexOf(name[b]), 1);
      }
    }
    const [wanted, found] = [numbersOf(left), numbersOf(right)];
    return wanted === found
      ? []
      : [
          slip(
            `${b}.html ${place}`,
            `${found || "no digits"} in names`,
            `${wanted || "none"}, as in ${a}.html`,
          ),
        ];
  });
}

const numbersOf = (names: readonly string[]): string => names.flatMap(numbersIn).toSorted().join(" ");

/** Names of a page by the sentence or chart that they stand in. */
function namesByPlace(page: Page): ReadonlyMap<string, readonly string[]> {
  const charts = page.items.filter(({ tag }) => tag === "svg");
  const places = new Map<string, string[]>();
  for (const item of namesOn(page)) {
    const chart = enclosing(page, item, "svg");
    const sentence = enclosing(page, item, ({ attributes }) => attributes.has("data-say"));
    const key = sentence?.attributes.get("data-say") ?? "outside sentences";
    const place = chart === undefined ? key : `chart ${charts.indexOf(chart) + 1}`;
    places.set(place, [...(places.get(place) ?? []), item.text]);
  }
  return places;
}
