import { addressOf, type ListPlace } from "#src/archive/list-page.ts";
import type { PublishedIssue } from "#src/archive/published.ts";
import { highlighted } from "#src/archive/query.ts";
import { type Site, type SitePage, setPage, type Words, wordsIn } from "#src/archive/site.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import { printFullDate } from "#src/locale/date.ts";

/** A sentence that was found, with what the archive tells of its issue. */
export interface Hit {
  readonly locale: Locale;
  readonly section: string;
  readonly text: string;
  readonly issue: Pick<PublishedIssue, "publication" | "asOf" | "isSimulated">;
}

/** What was asked for and found. */
export interface Search {
  readonly query: string;
  readonly words: readonly string[];
  /** The language that sentences must be in; `null` for either. */
  readonly within: Locale | null;
  readonly hits: readonly Hit[];
  /** Whether there may be more than are shown. */
  readonly isCut: boolean;
  /** Longest query, and whether this one is longer. */
  readonly limit: number;
  readonly isLong: boolean;
}

/** Addresses of the same search in sentences of one language, or of both. */
export type Filters = Readonly<Record<Locale | "all", string>>;

/** Sentences that were found, with their hits marked; what was asked for where there are none. */
export function searchPage(
  site: Site,
  locale: Locale,
  search: Search,
  place: ListPlace & { readonly filters: Filters },
): SitePage {
  const words = wordsIn(site, locale);
  const frame = { ...place, locale, name: words.plain("site.search.results"), indexed: false };
  return setPage(site, frame, "site/search", {
    told: told(search, words),
    filters:
      search.words.length === 0 || search.isLong ? null : filtersOf(site, locale, search, place.filters),
    results: search.hits.map((hit) => ({
      asOf: hit.issue.asOf,
      day: words.solid(printFullDate(hit.issue.asOf, locale)),
      lang: hit.locale,
      href: `${addressOf(place.base, hit.issue)}${hit.locale}.html#${encodeURIComponent(hit.section)}`,
      publication:
        site.publications.find(({ id }) => id === hit.issue.publication)?.title[locale] ??
        hit.issue.publication,
      section: sectionName(site, words, locale, hit.section),
      simulated: hit.issue.isSimulated,
      parts: highlighted(hit.text, search.words).map((part) => ({ ...part, html: words.text(part.text) })),
    })),
  });
}

function told({ query, words, hits, isCut, limit, isLong }: Search, { html }: Words): string {
  if (isLong) return html("site.search.long", { limit: String(limit) });
  if (words.length === 0) return html("site.search.ask");
  if (hits.length === 0) return html("site.search.none", { query: query.trim() });
  const found = { query: query.trim(), number: String(hits.length) };
  return html(isCut ? "site.search.first" : "site.search.found", found);
}

function filtersOf(site: Site, locale: Locale, { within }: Search, filters: Filters) {
  const all = {
    lang: locale,
    name: wordsIn(site, locale).plain("site.search.all"),
    href: filters.all,
    current: within === null,
  };
  const single = locales.map((each) => ({
    lang: each,
    name: wordsIn(site, each).plain("page.language"),
    href: filters[each],
    current: within === each,
  }));
  return [all, ...single];
}

/** What the editions call a section; `null` for one that is none of theirs. */
const sectionName = ({ messages }: Site, words: Words, locale: Locale, section: string): string | null =>
  messages.entries(locale).has(`${section}.kicker`) ? words.plain(`${section}.kicker`) : null;
