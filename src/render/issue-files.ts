import type { Locale } from "#src/domain/locale.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import type { Messages } from "#src/locale/messages.ts";
import type { BrowserHandle } from "#src/render/browser.ts";
import { sha256 } from "#src/render/digest.ts";
import { type Edition, setEdition } from "#src/render/edition.ts";
import { type FontSubset, fontHashes, subsetFonts } from "#src/render/fonts.ts";
import { printPdf } from "#src/render/pdf.ts";
import type { Templates } from "#src/render/templates.ts";
import type { Composed } from "#src/sections/compose.ts";

/** What the files of an issue are made with. */
export interface RenderInput {
  readonly workspace: Workspace;
  readonly composed: Composed;
  readonly messages: Messages;
  readonly templates: Templates;
  readonly languages: readonly Locale[];
  readonly browser: BrowserHandle;
  /** Digests of the observations that counted, by series. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Digest of the issue before as it was published, where that was read. */
  readonly last: string | null;
}

/** The files of an issue by name, `manifest.json` among them. The same input gives the same bytes. */
export async function issueFiles(input: RenderInput): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>([["facts.json", json(input.composed.facts)]]);
  const pages: Promise<readonly (readonly [string, Uint8Array])[]>[] = [];
  try {
    // The browser prints one edition in its own process while this one sets the next.
    for (const locale of input.languages) pages.push(editionFiles(input, await setPage(input, locale)));
  } finally {
    await Promise.allSettled(pages);
  }
  for (const page of await Promise.all(pages)) for (const [name, bytes] of page) files.set(name, bytes);
  files.set("manifest.json", json(manifest(input, files)));
  return files;
}

interface SetPage {
  readonly edition: Edition;
  readonly fonts: FontSubset;
}

async function setPage(input: RenderInput, locale: Locale): Promise<SetPage> {
  const edition = await setIssue(input, locale);
  return { edition, fonts: await subsetFonts(locale, edition.characters, edition.guests) };
}

async function editionFiles({ browser, composed }: RenderInput, { edition, fonts }: SetPage) {
  const { locale } = edition;
  const { instant } = composed.facts.asOf;
  const pdf = printPdf(browser, edition.html(fonts.print), { instant });
  const html = fonts.store().then((css) => Buffer.from(edition.html(css)));
  return [
    [`${locale}.html`, await html],
    [`${locale}.pdf`, await pdf],
  ] as const;
}

const json = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);

function setIssue(
  { workspace, composed, messages, templates, languages }: RenderInput,
  locale: Locale,
): Promise<Edition> {
  const publication = workspace.publications[composed.facts.publication];
  if (publication === undefined) throw new RangeError(`no publication ${composed.facts.publication}`);
  return setEdition({ workspace, publication, composed, messages, templates, locale, languages });
}

/** The messages that an edition may say: those of the archive's pages are no reason to make an issue anew. */
const wordsOf = (messages: Messages, locale: Locale) =>
  [...messages.entries(locale)].filter(([key]) => !key.startsWith("site."));

/** What the issue was made from and with; nothing of the run itself: no times, hosts or paths. */
function manifest(
  { composed, messages, templates, languages, browser, inputs, last }: RenderInput,
  files: ReadonlyMap<string, Uint8Array>,
) {
  const { publication, asOf } = composed.facts;
  return {
    schema: 1,
    publication,
    asOf,
    inputs,
    ...(last === null ? {} : { lastIssue: last }),
    templates: templates.hashes,
    locales: Object.fromEntries(
      languages.map((locale) => [locale, sha256(JSON.stringify(wordsOf(messages, locale)))]),
    ),
    fonts: Object.fromEntries(languages.map((locale) => [locale, fontHashes(locale)])),
    browser: browser.version,
    output: Object.fromEntries([...files].map(([name, bytes]) => [name, sha256(bytes)])),
  };
}
