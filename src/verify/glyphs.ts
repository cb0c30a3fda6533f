import { create } from "fontkit";
import type { Locale } from "#src/domain/locale.ts";
import { type Slip, slip } from "#src/verify/finding.ts";
import { familiesIn, familiesOf } from "#src/verify/font-families.ts";
import { type Issue, inEachEdition } from "#src/verify/issue.ts";
import type { Page, Run } from "#src/verify/page.ts";
import type { PdfFile, PdfFont } from "#src/verify/pdf-file.ts";
import { styleOf } from "#src/verify/shown-text.ts";
import type { EmbeddedFace } from "#src/verify/style-sheet.ts";

/**
 * The faces of each language, written down here a second time so that one which is left out is missed. Whatever else
 * is drawn with has come in by falling back.
 */
export const expectedFaces: Readonly<Record<Locale, readonly (readonly [family: string, weight: string])[]>> =
  {
    en: [
      ["Source Serif 4", "400"],
      ["Source Serif 4", "600"],
      ["Source Sans 3", "400"],
      ["Source Sans 3", "600"],
    ],
    "zh-CN": [
      ["Noto Serif SC", "500"],
      ["Noto Serif SC", "700"],
      ["Noto Sans SC", "400"],
      ["Noto Sans SC", "600"],
    ],
  };
/** The face that names the other language in links of a page whose own faces lack its characters. */
const guestFaces: Readonly<Partial<Record<Locale, string>>> = { en: "Noto Sans SC 400" };

const familiesFor = (locale: Locale): readonly string[] => [
  ...new Set(expectedFaces[locale].map(([family]) => family)),
];
const mostFonts = 5;

/**
 * `glyphs`: the PDF is drawn with few embedded TrueType fonts of the listed families, each once, and with no box of
 * a missing character; the HTML brings exactly the faces of its language along, each once and with every character of
 * the page (and one for links that name another language, where these lack it), and sets nothing in a family of which it brings no face.
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
  const families = familiesFor(locale);
  const isListed = families.some((family) => name.split("-")[0] === family.replaceAll(" ", ""));
  return [
    ...(isTrueType
      ? []
      : [slip(where, `the font ${name || "without a name"} as ${descendant ?? type}`, "TrueType")]),
    ...(file === "FontFile2"
      ? []
      : [slip(where, `${name || type} ${file ?? "not embedded"}`, "an embedded TrueType")]),
    ...(isListed ? [] : [slip(where, `the font ${name || "without a name"}`, families.join(" or "))]),
  ];
}

/** A face that stands there again came in by falling back, or is drawn on a slant or bold without being so. */
const twice = (fonts: readonly PdfFont[]): readonly string[] =>
  fonts.map(({ name }) => name).filter((name, i, names) => name !== "" && names.indexOf(name) !== i);

function faceSlips(page: Page, locale: Locale): readonly Slip[] {
  const { faces } = styleOf(page);
  const guest = guestFaces[locale];
  const isGuest = ({ kind, lang }: Run) => guest !== undefined && kind === "screen" && lang !== locale;
  const guests = charactersIn(page.runs.filter(isGuest));
  const characters = charactersOf(page, (run) => !isGuest(run));
  const own = expectedFaces[locale].map((pair) => pair.join(" "));
  const wanted = guest === undefined || guests.length === 0 ? own : [...own, guest];
  return [
    ...pairSlips(faces, page.name, wanted),
    ...strangers(page, locale).map((family) =>
      slip(`${page.name} <style>`, `the family “${family}”`, "families of which the page brings a face"),
    ),
    ...faces.flatMap((face) => {
      const where = `${page.name} @font-face ${face.family} ${face.weight}`;
      return [
        ...(/^woff2?$/u.test(face.format) ? [] : [slip(where, face.format || "no format", "WOFF")]),
        ...lacking(face, `${face.family} ${face.weight}` === guest ? guests : characters, where),
      ];
    }),
  ];
}

/** Faces of the language that the page brings not once, and those of no language of it. */
function pairSlips(faces: readonly EmbeddedFace[], name: string, wanted: readonly string[]): readonly Slip[] {
  const brought = faces.map(({ family, weight }) => `${family} ${weight}`);
  return [...new Set([...wanted, ...brought])].flatMap((face) => {
    const [count, due] = [brought.filter((each) => each === face).length, wanted.includes(face) ? 1 : 0];
    return count === due ? [] : [slip(name, `${count} @font-face ${face}`, due === 1 ? "one" : "none")];
  });
}

/** Families that text of the page is set in, by the style or in a chart, without a face of it. */
function strangers(page: Page, locale: Locale): readonly string[] {
  const style = styleOf(page);
  const inCharts = page.items.flatMap(({ attributes }) => familiesIn(attributes.get("font-family") ?? ""));
  return [...new Set([...familiesOf(style, locale), ...inCharts])].filter(
    (family) => !style.faces.some((face) => face.family === family),
  );
}

/** Every character that the page's fonts must draw, wide spaces too; pages are numbered by the browser. */
function charactersOf(page: Page, isOwn: (run: Run) => boolean): readonly string[] {
  const generated = styleOf(page).texts.map(({ text }) => text);
  return distinct([...page.runs.filter(isOwn).map(({ text }) => text), ...generated, "0123456789"].join(""));
}

const charactersIn = (runs: readonly Run[]): readonly string[] =>
  distinct(runs.map(({ text }) => text).join(""));

const distinct = (text: string): readonly string[] =>
  [...new Set(text)].filter((character) => !/[ \p{Cc}]/u.test(character));

function lacking({ data }: EmbeddedFace, characters: readonly string[], where: string): readonly Slip[] {
  if (data === null) return [slip(where, "no font in a data: URL", "the font itself")];
  const font = create(Buffer.from(data));
  if (!("hasGlyphForCodePoint" in font)) return [slip(where, "a collection", "one font")];
  const missing = characters.filter((character) => !font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0));
  return missing.length === 0
    ? []
    : [slip(where, `no glyph for ${missing.join(" ")}`, "one for every character of the page")];
}
