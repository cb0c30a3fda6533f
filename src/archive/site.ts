import { createHash } from "node:crypto";
import handlebars from "handlebars";
import { type Locale, type Localised, locales } from "#src/domain/locale.ts";
import type { Say } from "#src/domain/say.ts";
import type { Messages } from "#src/locale/messages.ts";
import { escapeText, type Setter, setter } from "#src/render/markup.ts";
import type { Templates } from "#src/render/templates.ts";

/** Whose archive it is, and with what its pages are made. */
export interface Site {
  readonly brand: { readonly name: Localised; readonly responsible: Localised };
  /** In the order in which they are listed. */
  readonly publications: readonly { readonly id: string; readonly title: Localised }[];
  readonly templates: Templates;
  readonly messages: Messages;
}

/** A page, and the security policy that fits it. */
export interface SitePage {
  readonly html: string;
  readonly policy: string;
}

/** What stands round the content of a page. */
export interface Frame {
  readonly locale: Locale;
  /** What it is called in front of the brand's name. */
  readonly name: string;
  /** Address of the list in the language of the page. */
  readonly home: string;
  /** The same page in each language; `null` where it is in one only. */
  readonly languages: Readonly<Record<Locale, string>> | null;
  /** Address of the search; `null` on pages that are read from disk. */
  readonly search: { readonly action: string; readonly query: string; readonly limit: number } | null;
  /** Whether search engines may list it. */
  readonly indexed: boolean;
}

/** The words of the site in one language. */
export interface Words {
  /** A message as text, for attributes and titles. */
  plain(key: string, names?: Readonly<Record<string, string>>): string;
  /** A message as HTML, escaped. */
  html(key: string, names?: Readonly<Record<string, string>>): string;
  /** A text as HTML, escaped and set as the language sets digits. */
  text(text: string): string;
  /** A day or number as HTML, in one piece. */
  solid(text: string): string;
}

/** A name in a message: the same in every language, since the page has one. */
const named = (names: Readonly<Record<string, string>>): Say["places"] =>
  Object.fromEntries(
    Object.entries(names).map(([place, name]) => [place, { name: { en: name, "zh-CN": name } }]),
  );

export function wordsIn({ messages }: Pick<Site, "messages">, locale: Locale): Words {
  const translate = messages.translator(locale);
  const set: Setter = setter(locale, (id) => {
    throw new RangeError(`the pages of the archive print no facts: ${id}`);
  });
  // Claims and names are untrusted: one that holds the marks of a token could pretend to be a fact.
  const text = (each: string) => set.html(each.replace(/[\uE000-\uF8FF]/gu, "\uFFFD"));
  const said = (key: string, names = {}) => translate({ key, places: named(names) });
  return {
    plain: (key, names) => set.plain(said(key, names)),
    html: (key, names) => text(set.plain(said(key, names))),
    solid: (each) => `<span class="n">${escapeText(each)}</span>`,
    text,
  };
}

/** Makes a page from the template of its content. */
export function setPage(
  { brand, templates, ...site }: Site,
  frame: Frame,
  template: string,
  data: object,
): SitePage {
  const { locale, languages, search } = frame;
  const words = wordsIn(site, locale);
  const safe = (html: string) => new handlebars.SafeString(html);
  const helpers = {
    t: (key: string) => safe(words.html(key)),
    plain: (key: string) => words.plain(key),
  };
  const style = templates.siteStyle;
  const policy = policyOf(style);
  const html = templates.run(
    "site/page",
    {
      ...frame,
      policy,
      style,
      title: words.plain("site.title", { brand: brand.name[locale], page: frame.name }),
      brand: { name: brand.name[locale], latin: locale === "en" ? null : brand.name.en },
      responsible: safe(words.html("page.responsible", { name: brand.responsible[locale] })),
      languages:
        languages &&
        locales.map((each) => ({
          locale: each,
          name: wordsIn(site, each).plain("page.language"),
          href: languages[each],
          current: each === locale,
        })),
      search,
      body: templates.run(template, data, helpers),
    },
    helpers,
  );
  return { html, policy };
}

/** Nothing but its own style, its drawn mark, and forms that lead back to the archive. */
const policyOf = (style: string): string =>
  `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; img-src data:; base-uri 'none'; form-action 'self'`;
