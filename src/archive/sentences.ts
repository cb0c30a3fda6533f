import { passagesOf } from "#src/archive/page-text.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import type { Sentence } from "#src/store/ledger.ts";
import type { KeptIssue, Store } from "#src/store/store.ts";

/** Statements and commentary of an edition, as the search of the archive finds them. */
export const sentencesOf = (html: Uint8Array, locale: Locale): readonly Sentence[] =>
  passagesOf(html).map(({ section, speaker, text }) => ({
    locale,
    section,
    text: speaker === null ? text : `${speaker}${colon[locale]}${text}`,
  }));

/** What stands between a name and what that person says. */
const colon: Readonly<Record<Locale, string>> = { en: ": ", "zh-CN": "：" };

/** What entering issues into the search needs of a store. */
export type Indexed = Pick<Store, "fileOf"> & {
  readonly ledger: Pick<Store["ledger"], "unindexed" | "index">;
};

/** Enters the sentences of issues that the search does not know yet; returns how many issues. */
export async function indexNew(store: Indexed): Promise<number> {
  const fresh = await store.ledger.unindexed();
  for (const issue of fresh) await store.ledger.index(issue.id, await sentencesIn(store, issue));
  return fresh.length;
}

async function sentencesIn(store: Indexed, issue: KeptIssue): Promise<readonly Sentence[]> {
  const sentences: Sentence[] = [];
  for (const locale of locales) {
    const page = await store.fileOf(issue, `${locale}.html`);
    if (page !== null) sentences.push(...sentencesOf(page.bytes, locale));
  }
  return sentences;
}
