import { create } from "fontkit";
import type { Locale } from "#src/domain/locale.ts";
import { type Slip, slip } from "#src/verify/finding.ts";
import { type Issue, inEachEdition } from "#src/verify/issue.ts";
import type { Page } from "#src/verify/page.ts";
import type { PdfFile, PdfFont } from "#src/verify/pdf-file.ts";
import { styleOf } from "#src/verify/shown-text.ts";
import type { EmbeddedFace } from "#src/verify/style-sheet.ts";

/** The families of each language. Whatever else is drawn with has come in by falling back. */
const families: Readonly<Record<Locale, readonly string[]>> = {
  en: ["Source Serif 4", "Source Sans 3"],
  "zh-CN": ["Noto Serif SC", "Noto Sans SC"],
};
const mostFonts = 5;

/**
 * `glyphs`: the PDF is drawn with few embedded TrueType fonts of the listed families, each once, and with no box of
 * a missing character; the HTML brings faces of the same families along, each with every character of the page.
 */
export const glyphs = (issue: Issue): Promise<readonly Slip[]> =>
  inEachEdition(issue, [
    async (locale) => printSlips(await issue.pdf(locale), locale),
    (locale) => faceSlips(issue.page(locale), locale),
  ]);

function printSlips({ fonts, notdef }: PdfFile, locale: Locale): readonly Slip[] {
  const name = `${locale}.pdf`;
  return [
    ...fonts.flatMap((font) => fontSlips(font, locale)),
    ...(fonts.length >= 1 && fonts.length <= mostFonts
      ? []
      : [slip(name, `${fonts.length} fonts`, `1 to ${mostFonts}`)]),
    ...twice(fonts).map((font) =>
      slip(name, `the font ${font} twice`, "each face once, never slanted or thickened"),
    ),
    ...notdef.map((where) => slip(`${name} ${where}`, "the box of a missing character", "none")),
  ];
}

function fontSlips({ name, type, descendant, file }: PdfFont, locale: Locale): readonly Slip[] {
  const where = `${locale}.pdf`;
  const isTrueType = type === "Type0" && descendant === "CIDFontType2";
  const isListed = families[locale].some((family) => name.split("-")[0] === family.replaceAll(" ", ""));
  return [
    ...(isTrueType
      ? []
      : [slip(where, `the font ${name || "without a name"} as ${descendant ?? type}`, "TrueType")]),
    ...(file === "FontFile2"
      ? []
      : [slip(where, `${name || type} ${file ?? "not embedded"}`, "an embedded TrueType")]),
    ...(isListed ? [] : [slip(where, `the font ${name || "without a name"}`, families[locale].join(" or "))]),
  ];
}

/** A face that stands there again came in by falling back, or is drawn on a slant or bold without being so. */
const twice = (fonts: readonly PdfFont[]): readonly string[] =>
  fonts.map(({ name }) => name).filter((name, i, names) => name !== "" && names.indexOf(name) !== i);

function faceSlips(page: Page, locale: Locale): readonly Slip[] {
  const { faces } = styleOf(page);
  const characters = charactersOf(page);
  if (faces.length === 0) return [slip(page.name, "no @font-face", "the faces of the page")];
  return faces.flatMap((face) => {
    const where = `${page.name} @font-face ${face.family} ${face.weight}`;
    const isListed = families[locale].includes(face.family) && /^woff2?$/u.test(face.format);
    return [
      ...(isListed
        ? []
        : [slip(where, face.format || "no format", `WOFF of ${families[locale].join(" or ")}`)]),
      ...lacking(face, characters, where),
    ];
  });
}

/** Every character that the page's fonts must draw, wide spaces too; pages are numbered by the browser. */
function charactersOf(page: Page): readonly string[] {
  const generated = styleOf(page).texts.map(({ text }) => text);
  const all = [...page.runs.map(({ text }) => text), ...generated, "0123456789"].join("");
  return [...new Set(all)].filter((character) => !/[ \p{Cc}]/u.test(character));
}

function lacking({ data }: EmbeddedFace, characters: readonly string[], where: string): readonly Slip[] {
  if (data === null) return [slip(where, "no font in a data: URL", "the font itself")];
  const font = create(Buffer.from(data));
  if (!("hasGlyphForCodePoint" in font)) return [slip(where, "a collection", "one font")];
  const missing = characters.filter((character) => !font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0));
  return missing.length === 0
    ? []
    : [slip(where, `no glyph for ${missing.join(" ")}`, "one for every character of the page")];
}
