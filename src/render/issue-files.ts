import type { Locale } from "#src/domain/locale.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import type { Messages } from "#src/locale/messages.ts";
import type { BrowserHandle } from "#src/render/browser.ts";
import { opensAhead } from "#src/render/closed-page.ts";
import type { SetCommentary } from "#src/render/commentary.ts";
import { deskOf, type EditionInput } from "#src/render/desk.ts";
import { sha256 } from "#src/render/digest.ts";
import { charactersOf, type Edition, setEdition } from "#src/render/edition.ts";
import { type FontSubset, fontHashes, subsetFonts } from "#src/render/fonts.ts";
import { type SetMail, setMail } from "#src/render/mail.ts";
import { paintFigure } from "#src/render/mail-figure.ts";
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
  const said: SetCommentary[] = [];
  const pages: Promise<EditionFiles>[] = [];
  const each = input.workspace.mail === null ? 1 : 2;
  using browser = opensAhead(input.browser, each * input.languages.length);
  try {
    // The browser prints one edition in its own process while this one sets the next.
    for (const locale of input.languages) {
      const page = await setPage(input, locale);
      said.push(...page.edition.commentary);
      pages.push(editionFiles({ ...input, browser }, page));
    }
  } finally {
    await Promise.allSettled(pages);
  }
  const editions = await Promise.all(pages);
  for (const page of editions) for (const [name, bytes] of page.files) files.set(name, bytes);
  files.set("manifest.json", json(manifest(input, said, editions, files)));
  return files;
}

interface SetPage {
  readonly edition: Edition;
  /** `null` where nothing is mailed. */
  readonly mail: SetMail | null;
  readonly fonts: FontSubset;
}

async function setPage(input: RenderInput, locale: Locale): Promise<SetPage> {
  const given = deskInput(input, locale);
  const desk = deskOf(given);
  const { mail: rules } = input.workspace;
  const edition = await setEdition(given, desk);
  const mail = rules === null ? null : await setMail(desk, rules);
  return { edition, mail, fonts: await subsetFonts(locale, edition.characters, edition.guests) };
}

/** The files of one edition, and the digests of the fonts that it was set in. */
interface EditionFiles {
  readonly locale: Locale;
  readonly files: readonly (readonly [name: string, bytes: Uint8Array])[];
  readonly fonts: Readonly<Record<string, string>>;
}

async function editionFiles(
  { browser, composed }: RenderInput,
  { edition, mail, fonts }: SetPage,
): Promise<EditionFiles> {
  const { locale } = edition;
  const { instant } = composed.facts.asOf;
  const [pdf, mailed, kept] = await Promise.all([
    printPdf(browser, edition.html(fonts.print), { instant }),
    mail === null ? [] : mailFiles(browser, locale, mail, fonts),
    // Forty megabytes of fonts are read through while the browser prints.
    fonts.store().then((css) => ({ html: Buffer.from(edition.html(css)), hashes: fontHashes(locale) })),
  ]);
  return {
    locale,
    files: [[`${locale}.html`, kept.html], [`${locale}.pdf`, pdf], ...mailed],
    fonts: kept.hashes,
  };
}

/** The figure of a mail is one of the edition's, whose faces have its characters. */
async function mailFiles(
  browser: BrowserHandle,
  locale: Locale,
  { html, text, svg }: SetMail,
  fonts: FontSubset,
) {
  const picture =
    svg === null ? null : await paintFigure(browser, svg, locale, await fonts.chart(charactersOf(svg)));
  return [
    [`${locale}.mail.html`, Buffer.from(html)],
    [`${locale}.mail.txt`, Buffer.from(text)],
    ...(picture === null ? [] : [[`${locale}.mail.png`, picture] as const]),
  ] as const;
}

const json = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);

function deskInput(
  { workspace, composed, messages, templates, languages }: RenderInput,
  locale: Locale,
): EditionInput {
  const publication = workspace.publications[composed.facts.publication];
  if (publication === undefined) throw new RangeError(`no publication ${composed.facts.publication}`);
  return { workspace, publication, composed, messages, templates, locale, languages };
}

/** Whether an issue is made with this message or template: what only mails use counts where there are mails. */
const counts = (name: string, { mail }: Workspace): boolean => mail !== null || !name.startsWith("mail.");

/** The messages that an issue may say: those of the archive's pages are no reason to make it anew. */
const wordsOf = (messages: Messages, locale: Locale, workspace: Workspace) =>
  [...messages.entries(locale)].filter(([key]) => !key.startsWith("site.") && counts(key, workspace));

/** What people say, by file: digests of the file and of the element that stands for it on its page. */
const commentaryOf = (said: readonly SetCommentary[]) =>
  said.length === 0
    ? {}
    : {
        commentary: Object.fromEntries(
          said.map(({ file, hash, html }) => [file, { file: hash, element: sha256(html) }]),
        ),
      };

/** What the issue was made from and with; nothing of the run itself: no times, hosts or paths. */
function manifest(
  { workspace, composed, messages, templates, languages, browser, inputs, last }: RenderInput,
  said: readonly SetCommentary[],
  editions: readonly EditionFiles[],
  files: ReadonlyMap<string, Uint8Array>,
) {
  const { publication, asOf } = composed.facts;
  return {
    schema: 1,
    publication,
    asOf,
    inputs,
    ...(last === null ? {} : { lastIssue: last }),
    ...commentaryOf(said),
    templates: Object.fromEntries(
      Object.entries(templates.hashes).filter(([name]) => counts(name, workspace)),
    ),
    locales: Object.fromEntries(
      languages.map((locale) => [locale, sha256(JSON.stringify(wordsOf(messages, locale, workspace)))]),
    ),
    fonts: Object.fromEntries(editions.map(({ locale, fonts }) => [locale, fonts])),
    browser: browser.version,
    output: Object.fromEntries([...files].map(([name, bytes]) => [name, sha256(bytes)])),
  };
}
