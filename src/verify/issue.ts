import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { Fact } from "#src/domain/fact.ts";
import type { IssueFacts } from "#src/domain/issue.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import { factsShape } from "#src/verify/facts-shape.ts";
import { cannotRun, type Slip, Unreadable } from "#src/verify/finding.ts";
import { type Page, readPage } from "#src/verify/page.ts";
import type { PdfFile } from "#src/verify/pdf-file.ts";
import { type PrintedText, readPrint } from "#src/verify/pdf-text.ts";

/** A finished issue, each file of which is read once, when a check first asks for it. */
export interface Issue {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Languages that have a file, or that the manifest says were set. */
  readonly languages: readonly Locale[];
  facts(): IssueFacts;
  fact(id: string): Fact | undefined;
  manifest(): Manifest;
  page(locale: Locale): Page;
  /** The HTML part of an edition's mail. */
  mail(locale: Locale): Page;
  /** The objects of an edition's PDF. */
  pdf(locale: Locale): Promise<PdfFile>;
  /** The text of an edition's PDF as a reader's program extracts it. */
  print(locale: Locale): Promise<PrintedText>;
}

/** Looks at an issue in one respect. What it cannot read it reports by throwing `Unreadable`. */
export type Check = (issue: Issue) => Slips;

const manifestShape = z.looseObject({
  locales: z.record(z.string(), z.unknown()),
  output: z.record(z.string(), z.string()),
  commentary: z.record(z.string(), z.looseObject({ file: z.string(), element: z.string() })).optional(),
});
export type Manifest = z.infer<typeof manifestShape>;

/** The regular files of a folder; a folder inside it stands as its name with a slash and no content. */
export async function readFiles(folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const entries = await readdir(folder, { withFileTypes: true });
  const read = async (entry: (typeof entries)[number]) =>
    entry.isFile()
      ? ([entry.name, await readFile(join(folder, entry.name))] as const)
      : ([`${entry.name}/`, new Uint8Array()] as const);
  return new Map(await Promise.all(entries.map(read)));
}

/** Parsing is slow and several checks need the same file: what was made of some bytes is kept as long as they are. */
function perBytes<T>(parse: (bytes: Uint8Array, name: string) => T) {
  const parsed = new WeakMap<Uint8Array, T>();
  return (bytes: Uint8Array, name: string): T => {
    const known = parsed.get(bytes) ?? parse(bytes, name);
    parsed.set(bytes, known);
    return known;
  };
}

const mailOf = perBytes((bytes, name) => readPage(bytes, name));
/** What on a page is a person's words is for the manifest to say: of other digests it is another page. */
const pagesOf = perBytes(() => new Map<string, Page>());
function pageOf(bytes: Uint8Array, name: string, known: readonly string[]): Page {
  const read = pagesOf(bytes, name);
  const page = read.get(known.join(" ")) ?? readPage(bytes, name, new Set(known));
  read.set(known.join(" "), page);
  return page;
}

/** Digests of the elements that were set from files of commentary; none where no manifest tells of them. */
function elementsIn(manifest: () => Manifest): readonly string[] {
  try {
    return Object.values(manifest().commentary ?? {}).map(({ element }) => element);
  } catch {
    // The check of the manifest says what is wrong with it.
    return [];
  }
}

// Loaded when it is needed: the library takes a third of a second, which every other command would pay.
const pdfOf = perBytes(async (bytes, name) => (await import("#src/verify/pdf-file.ts")).openPdf(bytes, name));
const printOf = perBytes(readPrint);
const factsOf = perBytes((bytes, name) => {
  const facts = jsonOf(bytes, name, factsShape) as unknown as IssueFacts;
  return { facts, byId: new Map(facts.facts.map((fact) => [fact.id, fact])) };
});
const manifestOf = perBytes((bytes, name) => jsonOf(bytes, name, manifestShape));

function jsonOf<T>(bytes: Uint8Array, name: string, shape: z.ZodType<T>): T {
  const result = shape.safeParse(parsed(bytes, name));
  if (result.success) return result.data;
  throw new Unreadable(name, z.prettifyError(result.error).replace(/\s*\n\s*/gu, " "));
}

function parsed(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch (error) {
    throw new Unreadable(name, "found no JSON, expected JSON", { cause: error });
  }
}

/** The name of a file of an edition's mail. */
export const mailName = (locale: Locale, type: "html" | "txt" | "png"): string => `${locale}.mail.${type}`;

/** An issue over the files of its folder. */
export function openIssue(files: ReadonlyMap<string, Uint8Array>): Issue {
  const bytes = (name: string): Uint8Array => {
    const found = files.get(name);
    if (found === undefined) throw new Unreadable(name, "found no such file, expected one");
    return found;
  };
  const read = <T>(name: string, parse: (bytes: Uint8Array, name: string) => T): T =>
    parse(bytes(name), name);
  const manifest = () => read("manifest.json", manifestOf);
  return {
    files,
    languages: languagesOf(files, manifest),
    facts: () => read("facts.json", factsOf).facts,
    fact: (id) => read("facts.json", factsOf).byId.get(id),
    manifest,
    page: (locale) => read(`${locale}.html`, (html, name) => pageOf(html, name, elementsIn(manifest))),
    mail: (locale) => read(mailName(locale, "html"), mailOf),
    pdf: async (locale) => read(`${locale}.pdf`, pdfOf),
    print: async (locale) => read(`${locale}.pdf`, printOf),
  };
}

/** An edition of which the manifest tells but no file is left is missing, not unwanted. */
function languagesOf(files: ReadonlyMap<string, Uint8Array>, manifest: () => Manifest): readonly Locale[] {
  let told: readonly string[] = [];
  try {
    told = Object.keys(manifest().locales);
  } catch {
    // The check of the manifest says what is wrong with it.
  }
  return locales.filter(
    (locale) => told.includes(locale) || files.has(`${locale}.html`) || files.has(`${locale}.pdf`),
  );
}

type Slips = readonly Slip[] | Promise<readonly Slip[]>;

/**
 * Takes every look at every edition, and then compares them. Each is taken by itself, so that what cannot be read
 * hides nothing that can.
 */
export async function inEachEdition(
  issue: Issue,
  looks: readonly ((locale: Locale) => Slips)[],
  compare: (first: Locale, other: Locale) => Slips = () => [],
): Promise<readonly Slip[]> {
  const [first, ...others] = issue.languages;
  if (first === undefined)
    throw new Unreadable("the folder", `found no edition, expected one in ${locales.join(" or ")}`);
  const slips: Slip[] = [];
  for (const locale of issue.languages)
    for (const look of looks) slips.push(...(await reported(locale, () => look(locale))));
  for (const other of others) slips.push(...(await reported(other, () => compare(first, other))));
  return slips;
}

async function reported(locale: Locale, look: () => Slips): Promise<readonly Slip[]> {
  try {
    return await look();
  } catch (error) {
    return [cannotRun(error, locale)];
  }
}
