import type { Site } from "#src/archive/site.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import { loadMessages } from "#src/locale/messages.ts";
import { loadTemplates } from "#src/render/templates.ts";
import type { IssueToKeep, KeptIssue, Store } from "#src/store/store.ts";
import { root } from "#tests/render/press.ts";
import { basisOf } from "#tests/store/rows.ts";

/** The project's own pages, for a brand and two publications. */
export const aSite = async (): Promise<Site> => ({
  brand: { name: { en: "Tideline", "zh-CN": "潮线" }, responsible: { en: "Test desk", "zh-CN": "测试部" } },
  publications: [
    { id: "weekly", title: { en: "Weekly note", "zh-CN": "周报" } },
    { id: "flash", title: { en: "Daily flash", "zh-CN": "快讯" } },
  ],
  templates: await loadTemplates([`${root}/templates`]),
  messages: await loadMessages([`${root}/locales`]),
});

/** A page such as an edition: a claim, a sentence, and what is no sentence. */
export const pageOf = (locale: Locale, claim: string, sentence: string): string =>
  `<!doctype html><html lang="${locale}"><head><title>t</title><style>p { color: red }</style></head><body><main>
<section class="page-1" id="headline"><header><p>masthead</p></header><div class="lead">
<h1><span data-say="levels.best.claim">${claim}</span></h1><p class="kicker">kicker</p>
<dl><dt><span data-say="page.name">strip</span></dt></dl><nav><ol><li><b>${claim}</b></li></ol></nav></div></section>
<section class="sec" id="levels"><div class="sec-head"><h2><span data-say="a">${claim}</span></h2></div>
<div class="words"><p><span data-say="b">${sentence}</span> <span data-say="c">Second.</span></p><p>Plain <b>words</b>.</p></div>
<figure><figcaption><p class="fig-t"><i><span data-structure="">Figure 1</span></i><span data-say="d">A title</span></p><p class="fig-u">unit</p></figcaption>
<table><tr><td><span data-say="e">cell</span></td></tr></table><p class="src">source</p></figure></section></main></body></html>`;

const claims: Readonly<Record<Locale, string>> = {
  en: "Korea had its best week",
  "zh-CN": "韩股创最佳单周表现",
};
const sentences: Readonly<Record<Locale, string>> = {
  en: "Korea gained 8.1% on the week.",
  "zh-CN": "韩国综合指数本周上涨8.1%，半导体领涨。",
};

/** Keeps a small issue of a day; a later one of the same day is another revision where its note differs. */
export function keepSmall(
  store: Store,
  asOf: string,
  own: Partial<IssueToKeep> & {
    readonly note?: string;
    readonly simulated?: boolean;
    readonly only?: Locale;
  } = {},
): Promise<KeptIssue> {
  const { note = "", simulated = false, only, ...rest } = own;
  const files = new Map<string, Uint8Array>();
  for (const locale of locales.filter((each) => only === undefined || each === only)) {
    files.set(`${locale}.html`, Buffer.from(pageOf(locale, claims[locale] + note, sentences[locale])));
    files.set(`${locale}.pdf`, Buffer.from(`%PDF-1.7 ${locale} ${asOf}${note}`));
    files.set(`${locale}.mail.html`, Buffer.from("mail"));
  }
  files.set("facts.json", Buffer.from(JSON.stringify({ simulated })));
  files.set("manifest.json", Buffer.from(JSON.stringify({ asOf, note, ...rest.basis })));
  return store.keepIssue({
    publication: "weekly",
    asOf,
    instant: `${asOf}T23:00:00Z`,
    basis: basisOf(0),
    files,
    facts: [],
    now: Date.parse(`${asOf}T23:10:00Z`),
    ...rest,
  });
}

/** What publishing an issue that a gate holds says. */
export const held = { findings: ["a fault"], deliveries: () => [], slot: null };
