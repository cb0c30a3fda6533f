import type { PublishedIssue } from "#src/archive/published.ts";
import { type Frame, type Site, type SitePage, setPage, type Words, wordsIn } from "#src/archive/site.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import { type Instant, isoInstant } from "#src/domain/time.ts";
import { printDate, printFullDate } from "#src/locale/date.ts";

/** What the list needs of the page round it; `base` stands before the address of an issue. */
export type ListPlace = Pick<Frame, "home" | "languages" | "search"> & { readonly base: string };

/** Address of a file of an issue. */
export const addressOf = (
  base: string,
  { publication, asOf }: Pick<PublishedIssue, "publication" | "asOf">,
) => `${base}${encodeURIComponent(publication)}/${asOf}/`;

/** The list of issues by publication and year, newest first, each with its claim in the language of the page. */
export function listPage(
  site: Site,
  locale: Locale,
  issues: readonly PublishedIssue[],
  place: ListPlace,
): SitePage {
  const words = Object.fromEntries(locales.map((each) => [each, wordsIn(site, each)])) as AllWords;
  const frame = { ...place, locale, name: words[locale].plain("site.archive"), indexed: true };
  const publications = publicationsOf(site, locale, issues).map(({ id, title }) => {
    const own = issues.filter(({ publication }) => publication === id);
    const years = [...Map.groupBy(own, ({ asOf }) => asOf.slice(0, 4))].map(([year, ofYear]) => ({
      id: `${id}-${year}`,
      name: words[locale].html("site.list.year", { year }),
      issues: ofYear.map((issue) => row(issue, locale, words, place.base)),
    }));
    const jumpName = `${words[locale].plain("site.list.years")}: ${title}`;
    return { id, title, years, jump: years.length > 1, jumpName };
  });
  return setPage(site, frame, "site/list", { publications });
}

type AllWords = Readonly<Record<Locale, Words>>;

/** Those of the configuration in its order, then those that it no longer has. */
function publicationsOf({ publications }: Site, locale: Locale, issues: readonly PublishedIssue[]) {
  const present = new Set(issues.map(({ publication }) => publication));
  const configured = publications.filter(({ id }) => present.has(id));
  const others = [...present].filter((id) => publications.every((each) => each.id !== id)).toSorted();
  return [
    ...configured.map(({ id, title }) => ({ id, title: title[locale] })),
    ...others.map((id) => ({ id, title: id })),
  ];
}

function row(issue: PublishedIssue, locale: Locale, words: AllWords, base: string) {
  const { asOf, claims, isSimulated, revisedAt } = issue;
  const own = words[locale];
  const folder = addressOf(base, issue);
  const editions = locales.filter((each) => claims[each] !== undefined);
  const lang = claims[locale] === undefined ? (editions[0] ?? locale) : locale;
  const marks = [
    ...(isSimulated ? [{ kind: "specimen", text: own.html("site.list.simulated") }] : []),
    ...(revisedAt === null
      ? []
      : [{ kind: "revised", text: own.html("site.list.revised", { date: dayOf(revisedAt, locale) }) }]),
  ];
  return {
    asOf,
    day: own.solid(printDate(asOf, asOf, locale)),
    lang,
    href: `${folder}${lang}.html`,
    claim: words[lang].text(claims[lang] ?? ""),
    marks,
    editions: editions.map((each) => filesOf(each, asOf, words[each], folder)),
  };
}

const dayOf = (instant: Instant, locale: Locale): string =>
  printFullDate(isoInstant(instant).slice(0, 10), locale);

/** The page and the print of an edition, named in its own language. */
function filesOf(locale: Locale, asOf: string, words: Words, folder: string) {
  const [language, pdf] = [words.plain("page.language"), words.plain("page.pdf")];
  const date = printFullDate(asOf, locale);
  return {
    locale,
    files: [
      {
        text: language,
        href: `${folder}${locale}.html`,
        type: null,
        label: words.plain("site.list.page", { language, date }),
      },
      {
        text: pdf,
        href: `${folder}${locale}.pdf`,
        type: "application/pdf",
        label: words.plain("site.list.file", { format: pdf, language, date }),
      },
    ],
  };
}
