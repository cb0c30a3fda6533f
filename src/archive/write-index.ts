import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { listPage } from "#src/archive/list-page.ts";
import { type Kept, type PublishedIssue, publishedIn } from "#src/archive/published.ts";
import type { Site } from "#src/archive/site.ts";
import { noneIfMissing } from "#src/domain/errors.ts";
import { type Locale, type Localised, locales } from "#src/domain/locale.ts";
import { isHeld, type KeptIssue } from "#src/store/store.ts";

/** The list in each language, as files beside the folders of publications. */
export const indexNames: Localised = { en: "index.html", "zh-CN": "index.zh-CN.html" };

/**
 * Writes the lists of the issues whose folders stand in `out`, with links that work from disk, each whole or not at all.
 * A folder is an issue of the store when it holds the manifest of one of its revisions; held issues, proofs in one
 * language and issues that were never kept are not listed. The same folders give the same bytes.
 *
 * Returns the paths of the lists. Where another process adds an issue meanwhile, the later of both lists holds all.
 */
export async function writeIndex(out: string, store: Kept, site: Site): Promise<readonly string[]> {
  const published = publishedIn(store);
  await mkdir(out, { recursive: true });
  await sweep(out);
  let written: Localised | null = null;
  for (let round = 0; round < mostRounds; round++) {
    const lists = listsOf(site, await standing(out, store, published.told));
    if (written !== null && locales.every((locale) => lists[locale] === written?.[locale])) break;
    for (const locale of locales) await replace(out, indexNames[locale], lists[locale]);
    written = lists;
  }
  return locales.map((locale) => join(out, indexNames[locale]));
}

/** Somebody else's list may hold less than is there now: what is there is looked at again after writing. */
const mostRounds = 5;

function listsOf(site: Site, issues: readonly PublishedIssue[]): Localised {
  const list = (locale: Locale): string =>
    listPage(site, locale, issues, {
      base: "",
      home: indexNames[locale],
      languages: indexNames,
      search: null,
    }).html;
  return { en: list("en"), "zh-CN": list("zh-CN") };
}

/** The issues whose folders stand there, newest as-of first. */
async function standing(
  out: string,
  store: Kept,
  told: (issue: KeptIssue) => Promise<PublishedIssue>,
): Promise<readonly PublishedIssue[]> {
  const found: PublishedIssue[] = [];
  const groups = Map.groupBy(await store.issues(), ({ publication, asOf }) => join(publication, asOf));
  for (const [folder, revisions] of groups) {
    const manifest = await readFile(join(out, folder, "manifest.json")).catch(noneIfMissing);
    const shown = revisions.filter((issue) => !isHeld(issue));
    for (const issue of manifest.length === 0 ? [] : shown) {
      const kept = await store.fileOf(issue, "manifest.json");
      if (kept === null || !Buffer.from(kept.bytes).equals(manifest as Uint8Array)) continue;
      found.push(await told(issue));
      break;
    }
  }
  return found;
}

/** Writes a file under a name of its own first, and renames it. */
async function replace(out: string, name: string, text: string): Promise<void> {
  const temporary = join(out, `.${name}-${process.pid}-${counter++}`);
  try {
    const file = await open(temporary, "w", 0o644);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(out, name));
  } finally {
    await rm(temporary, { force: true });
  }
}
let counter = 0;

/** No list takes so long to write; what is older was left by a process that was killed. */
const abandonedMs = 3_600_000;

async function sweep(out: string): Promise<void> {
  const names = (await readdir(out)).filter((name) => /^\.index(?:\.zh-CN)?\.html-\d+-\d+$/u.test(name));
  for (const name of names) {
    const state = await stat(join(out, name)).catch(() => null);
    if (state !== null && Date.now() - state.mtimeMs >= abandonedMs)
      await rm(join(out, name), { force: true });
  }
}
