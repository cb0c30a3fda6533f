import { createHash } from "node:crypto";
import { ParseSpeeds, PDFDict, PDFDocument, PDFHexString, PDFName, PDFString } from "@cantoo/pdf-lib";
import type { Fact } from "#src/domain/fact.ts";
import type { IssueFacts } from "#src/domain/issue.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import type { Changes, Files, FinishedIssue } from "#tests/verify/finished-issue.ts";

/** A fault, and which checks find it. */
export interface Fault {
  readonly name: string;
  /** The check that it is planted for. */
  readonly check: string;
  /** Checks that it cannot but offend too. */
  readonly also?: readonly string[];
  /** Checks that it may offend, by the characters that happen to be on the page or by the room there. */
  readonly may?: readonly string[];
  readonly plant: (issue: FinishedIssue) => Files | Promise<Files>;
}

/** The outcome of a change that must change something: a fault that was not planted proves nothing. */
export function rewritten(text: string, change: (text: string) => string): string {
  const changed = change(text);
  if (changed === text) throw new Error(`nothing was changed by ${change}`);
  return changed;
}

/** `text.replace` that must find what it replaces. */
export const swap = (from: string | RegExp, to: string) => (text: string) =>
  rewritten(text, (whole) => whole.replace(from, () => to));

/** A paragraph at the end of a page. */
export const withParagraph = (text: string) => swap("</main>", `<p>${text}</p></main>`);

const sha256 = (bytes: Uint8Array | string, encoding: "hex" | "base64" = "hex"): string =>
  createHash("sha256").update(bytes).digest(encoding);

/** The files with a manifest that fits them: a fault must not be seen by its hash alone. */
export function rehashed(
  files: Files,
  change: (manifest: Record<string, unknown>) => unknown = () => {},
): Files {
  const { "manifest.json": own, ...others } = Object.fromEntries(files);
  const manifest = JSON.parse(Buffer.from(own ?? "").toString("utf8")) as Record<string, unknown>;
  manifest.output = Object.fromEntries(Object.entries(others).map(([name, bytes]) => [name, sha256(bytes)]));
  change(manifest);
  return new Map([
    ...Object.entries(others),
    ["manifest.json", Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)],
  ]);
}

export const textOf = (files: Files, name: string): string =>
  Buffer.from(files.get(name) ?? "").toString("utf8");

/** The files with one in place of another, or without it. */
export const withFile = (files: Files, name: string, bytes: Uint8Array | string | null): Files =>
  rehashed(
    new Map(
      bytes === null
        ? [...files].filter(([other]) => other !== name)
        : [...files, [name, typeof bytes === "string" ? Buffer.from(bytes) : bytes] as const],
    ),
  );

/** The files with the text of one changed. */
export const edited = (files: Files, name: string, change: (text: string) => string): Files =>
  withFile(files, name, rewritten(textOf(files, name), change));

/** The files with the same change made to the page of every edition. */
export const inPages = (files: Files, change: (html: string) => string): Files =>
  locales.reduce((changed, locale) => edited(changed, `${locale}.html`, change), files);

/** The issue with the editions made again whose messages are changed. */
export async function reworded({ files, made }: FinishedIssue, changes: Changes): Promise<Files> {
  const touched = locales.filter((locale) =>
    Object.keys(changes).some((path) => path.startsWith(`locales/${locale}/`)),
  );
  return rehashed(
    new Map([
      ...files,
      ...(await made(touched, changes)),
      ["manifest.json", files.get("manifest.json") ?? new Uint8Array()],
    ]),
  );
}

/** An edition's page changed and printed again, so that page and print agree. */
export async function reprinted(
  { files, printed }: FinishedIssue,
  locale: Locale,
  change: (html: string) => string,
  from: Files = files,
): Promise<Files> {
  const changed = edited(from, `${locale}.html`, change);
  return withFile(changed, `${locale}.pdf`, await printed(textOf(changed, `${locale}.html`)));
}

/** An edition's print made from a changed page, the page itself left as it was. */
export const misprinted = async (
  { files, printed }: FinishedIssue,
  locale: Locale,
  change: (html: string) => string,
): Promise<Files> =>
  withFile(files, `${locale}.pdf`, await printed(rewritten(textOf(files, `${locale}.html`), change)));

/** A page's style changed, and its hash in the page's policy with it. */
export const restyled =
  (change: (css: string) => string) =>
  (html: string): string => {
    const [, css = ""] = /<style>([\s\S]*?)<\/style>/u.exec(html) ?? [];
    const changed = rewritten(css, change);
    return html.replace(css, () => changed).replace(policyHash(css), () => policyHash(changed));
  };

/** The hash as it stands in an attribute that Handlebars wrote. */
const policyHash = (text: string): string => sha256(text, "base64").replaceAll("=", "&#x3D;");

/** An edition's PDF in which, its objects written in the clear, some bytes are overwritten by as many others; packed again. */
export async function overwritten(
  issue: FinishedIssue,
  locale: Locale,
  from: string | RegExp,
  to: string,
): Promise<Files> {
  const clear = await repaired(issue, locale, () => {}, false);
  const text = Buffer.from(clear.get(`${locale}.pdf`) ?? "").toString("latin1");
  const changed = swap(from, to)(text);
  if (changed.length !== text.length) throw new Error(`${from} and ${to} differ in length`);
  const files = withFile(clear, `${locale}.pdf`, Buffer.from(changed, "latin1"));
  return repaired({ files }, locale, () => {});
}

/** An edition's PDF with its objects changed. */
export async function repaired(
  { files }: Pick<FinishedIssue, "files">,
  locale: Locale,
  change: (document: PDFDocument) => unknown,
  useObjectStreams = true,
): Promise<Files> {
  const document = await PDFDocument.load(files.get(`${locale}.pdf`) ?? "", {
    updateMetadata: false,
    parseSpeed: ParseSpeeds.Fastest,
  });
  await change(document);
  const saved = await document.save({ objectsPerTick: Number.POSITIVE_INFINITY, useObjectStreams });
  return withFile(files, `${locale}.pdf`, saved);
}

/** The texts of an edition's pictures changed, on the page and in the tags of its print alike. */
export const retold = (files: Files, locale: Locale, change: (text: string) => string): Promise<Files> =>
  repaired(
    {
      files: edited(files, `${locale}.html`, (html) =>
        html.replaceAll(/(?<=aria-label=")[^"]*/gu, (text) => change(text)),
      ),
    },
    locale,
    ({ context }) => {
      for (const [, object] of context.enumerateIndirectObjects()) {
        const alt = object instanceof PDFDict ? object.lookup(PDFName.of("Alt")) : undefined;
        if (object instanceof PDFDict && (alt instanceof PDFHexString || alt instanceof PDFString))
          object.set(PDFName.of("Alt"), PDFHexString.fromText(change(alt.decodeText())));
      }
    },
  );

/** A fact where it stands on a page. */
export interface Spot {
  readonly at: number;
  readonly markup: string;
  readonly style: string;
  readonly printed: string;
  readonly inSvg: boolean;
}

const factsOf = (files: Files): ReadonlyMap<string, Fact> =>
  new Map((JSON.parse(textOf(files, "facts.json")) as IssueFacts).facts.map((fact) => [fact.id, fact]));

/** The first fact outside headings that is as asked for: headings stand in the outline of the PDF too. */
export function spotOf(files: Files, locale: Locale, isWanted: (fact: Fact, spot: Spot) => boolean): Spot {
  const facts = factsOf(files);
  const html = textOf(files, `${locale}.html`);
  const marks = html.matchAll(
    /<(data|time|tspan)\b[^>]*\bdata-fact="([^"]*)"[^>]*data-style="(\w+)"[^>]*>([\s\S]*?)<\/\1>/gu,
  );
  for (const { index: at, 0: markup, 1: tag, 2: id = "", 3: style = "", 4: inner = "" } of marks) {
    const spot = { at, markup, style, printed: inner.replace(/<[^>]*>/gu, ""), inSvg: tag === "tspan" };
    const fact = facts.get(id);
    if (fact !== undefined && !isInHeading(html, at) && isWanted(fact, spot)) return spot;
  }
  throw new Error(`no fact on the ${locale} page for ${isWanted}`);
}

const isInHeading = (html: string, at: number): boolean =>
  ["h1", "h2"].some((tag) => html.lastIndexOf(`<${tag}`, at) > html.lastIndexOf(`</${tag}>`, at));

/** Changes the markup of a spot. */
export const remark =
  ({ at, markup }: Spot, change: (markup: string) => string) =>
  (html: string): string =>
    html.slice(0, at) + rewritten(markup, change) + html.slice(at + markup.length);

/** Changes what is printed at a spot. */
export const misprint = (spot: Spot, from: string | RegExp, to: string) =>
  remark(spot, (markup) => markup.replace(/>[\s\S]*$/u, (inner) => swap(from, to)(inner)));
