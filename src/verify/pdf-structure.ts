import type { Locale } from "#src/domain/locale.ts";
import { quote, type Slip, slip } from "#src/verify/finding.ts";
import { type Issue, inEachEdition } from "#src/verify/issue.ts";
import { enclosing, type Item, type Page } from "#src/verify/page.ts";
import type { PdfFile } from "#src/verify/pdf-file.ts";
import type { PrintedText } from "#src/verify/pdf-text.ts";

/** A4 in points; Chromium rounds to the raster of its device. */
const a4 = { width: 595.28, height: 841.89 } as const;
const tolerance = 1;
const mostPages = 20;

/**
 * `pdf-structure`: tagged, in the edition's language, titled as the HTML is, with an outline of the page's headings
 * and one first heading, the masthead with brand and as-of before all else on page one, every picture with its text,
 * on A4, and no edition longer than another by more than a page.
 */
export const pdfStructure = (issue: Issue): Promise<readonly Slip[]> =>
  inEachEdition(
    issue,
    [
      async (locale) => head(await issue.pdf(locale), issue.page(locale), locale),
      async (locale) => outline(await issue.pdf(locale), issue.page(locale), `${locale}.pdf`),
      async (locale) => headings(await issue.pdf(locale), issue.page(locale), `${locale}.pdf`),
      (locale) => masthead(issue.page(locale)),
      async (locale) => painted(await issue.print(locale), issue.page(locale), `${locale}.pdf`),
      async (locale) => pictures(await issue.pdf(locale), issue.page(locale), `${locale}.pdf`),
      async (locale) => paper(await issue.pdf(locale), `${locale}.pdf`),
    ],
    async (first, other) =>
      lengths(first, (await issue.pdf(first)).pages, other, (await issue.pdf(other)).pages),
  );

function head(pdf: PdfFile, page: Page, locale: Locale): readonly Slip[] {
  const name = `${locale}.pdf`;
  return [
    ...(pdf.isMarked && pdf.tags.length > 0 ? [] : [slip(name, "no tags", "a tagged PDF")]),
    ...(pdf.lang === locale ? [] : [slip(name, `/Lang ${pdf.lang || "missing"}`, locale)]),
    ...strangeTongues(pdf, page).map((lang) =>
      slip(name, `a tag with /Lang ${lang}`, "languages of the page"),
    ),
    ...(pdf.title === page.title && page.title !== ""
      ? []
      : [slip(name, `the title ${quote(pdf.title)}`, quote(page.title))]),
    ...(pdf.displaysTitle ? [] : [slip(name, "no DisplayDocTitle", "the title in the window's bar")]),
  ];
}

/** Languages of tags that nothing on the page is in. */
function strangeTongues({ tags }: PdfFile, { items }: Page): readonly string[] {
  const spoken = new Set(items.map(({ lang }) => lang));
  return [...new Set(tags.flatMap(({ lang }) => lang ?? []))].filter((lang) => !spoken.has(lang));
}

const oneLine = (text: string): string => text.replace(/\s+/gu, " ").trim();
const isHeading = (tag: string): boolean => /^h[1-6]$/u.test(tag);

/** Entries of the outline are the headings, space for space: readers find their way by them. */
function outline(pdf: PdfFile, page: Page, name: string): readonly Slip[] {
  const found = pdf.outline.map(oneLine);
  const wanted = page.items.filter(({ tag }) => isHeading(tag)).map(({ text }) => oneLine(text));
  if (found.length === 0) return [slip(name, "no outline", "one of the page's headings")];
  const length = Math.max(found.length, wanted.length);
  return Array.from({ length }, (_, i) => [found[i], wanted[i]] as const)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) =>
      slip(`${name} outline`, quote(a ?? "no more entries"), b === undefined ? "no more" : quote(b)),
    );
}

function headings(pdf: PdfFile, page: Page, name: string): readonly Slip[] {
  const levels = ["H1", "H2", "H3", "H4", "H5", "H6"];
  const counts = levels.map((level) => [
    pdf.tags.filter((tag) => tag.name === level).length,
    page.items.filter(({ tag }) => tag === level.toLowerCase()).length,
  ]);
  const first = counts[0]?.[1] ?? 0;
  return [
    ...(first === 1 ? [] : [slip(page.name, `${first} <h1>`, "one")]),
    ...counts.flatMap(([found, wanted], i) =>
      found === wanted ? [] : [slip(name, `${found} tags ${levels[i]}`, `${wanted}, as on the page`)],
    ),
  ];
}

/** Brand and as-of in the masthead, each with what to call it. */
const mastOf = (page: Page): readonly (readonly [what: string, item: Item | undefined])[] => {
  const inside = page.items.filter((item) => enclosing(page, item, "header") !== undefined);
  return [
    ["brand", inside.find(({ attributes }) => attributes.has("data-name"))],
    ["as-of", inside.find(({ attributes }) => attributes.get("data-fact") === "issue.cutoff")],
  ];
};

const masthead = (page: Page): readonly Slip[] =>
  mastOf(page).flatMap(([what, item]) =>
    item === undefined ? [slip(page.name, `no ${what} in a <header>`, "one in the masthead")] : [],
  );

/**
 * Whoever reads the PDF's text gets it in the order of painting, in which a box set apart comes last: brand and as-of
 * stand in as much of it as the masthead is long. What is not printed at all is for `extraction` to see.
 */
function painted({ pages }: PrintedText, page: Page, name: string): readonly Slip[] {
  const solid = (text: string): string => text.replace(/\s+/gu, "");
  const mast = page.items.find(({ tag }) => tag === "header")?.text ?? "";
  const first = pages[0]?.body ?? "";
  return mastOf(page)
    .filter(([, item]) => solid(first).indexOf(solid(item?.text ?? "")) >= solid(mast).length)
    .map(([what]) =>
      slip(`${name} page 1`, `${quote(first)} before the ${what}`, "the masthead before all else"),
    );
}

/** Each picture of the page is a figure of the tags, with the same text. */
function pictures(pdf: PdfFile, page: Page, name: string): readonly Slip[] {
  const figures = pdf.tags.filter((tag) => tag.name === "Figure");
  const bare = figures.filter(({ alt }) => (alt ?? "").trim() === "").length;
  const alts = figures.map(({ alt }) => oneLine(alt ?? ""));
  const wanted = page.items
    .filter(({ attributes }) => attributes.get("role") === "img")
    .map(({ attributes }) => oneLine(attributes.get("aria-label") ?? ""));
  return [
    ...(bare > 0 ? [slip(name, `${bare} figures without alternative text`, "none")] : []),
    ...wanted
      .filter((text) => !alts.includes(text))
      .map((text) =>
        slip(name, `no figure with the text ${quote(text)}`, "one for each picture of the page"),
      ),
  ];
}

type Pages = PdfFile["pages"];

function paper({ pages }: PdfFile, name: string): readonly Slip[] {
  const isA4 = ({ width, height }: Pages[number]) =>
    Math.abs(width - a4.width) <= tolerance && Math.abs(height - a4.height) <= tolerance;
  return [
    ...(pages.length >= 1 && pages.length <= mostPages
      ? []
      : [slip(name, `${pages.length} pages`, `1 to ${mostPages}`)]),
    ...pages.flatMap((page, i) =>
      isA4(page) ? [] : [slip(`${name} page ${i + 1}`, `${page.width} × ${page.height} pt`, "A4")],
    ),
  ];
}

const lengths = (a: Locale, { length: as }: Pages, b: Locale, { length: bs }: Pages): readonly Slip[] =>
  Math.abs(as - bs) <= 1
    ? []
    : [slip(`${b}.pdf`, `${bs} pages`, `within one of the ${as} pages of ${a}.pdf`)];
