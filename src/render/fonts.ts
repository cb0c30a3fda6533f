import { readFileSync } from "node:fs";
import * as fontkit from "fontkit";
import { convert } from "fontverter";
import subsetFont from "subset-font";
import { TidelineError } from "#src/domain/errors.ts";
import type { Locale } from "#src/domain/locale.ts";
import { sha256 } from "#src/render/digest.ts";
import { type Face, facesOf, fileOf, guestFaceOf } from "#src/render/faces.ts";

const bytes = new Map<string, Buffer>();
const fonts = new Map<string, fontkit.Font>();
const hashes = new Map<string, string>();

function read(face: Face): Buffer {
  const known = bytes.get(face.file) ?? readFileSync(fileOf(face));
  bytes.set(face.file, known);
  return known;
}

/** The parsed font of a face, for coverage and widths. */
export function openFace(face: Face): fontkit.Font {
  const known = fonts.get(face.file) ?? (fontkit.create(read(face)) as fontkit.Font);
  fonts.set(face.file, known);
  return known;
}

/** Characters of a text that some face of the edition lacks; the spaces and line ends of markup do not count. */
export function missingCharacters(locale: Locale, text: string): string[] {
  const characters = [...new Set(text)].filter((character) => !/[ \p{Cc}]/u.test(character));
  return characters.filter((character) =>
    facesOf(locale).some((face) => !openFace(face).hasGlyphForCodePoint(character.codePointAt(0) ?? 0)),
  );
}

function hashOf(face: Face): string {
  const known = hashes.get(face.file) ?? sha256(read(face));
  hashes.set(face.file, known);
  return known;
}

/** SHA-256 of each font file, for the manifest. */
export const fontHashes = (locale: Locale): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...facesOf(locale), guestFaceOf(locale)]
      .filter((face) => face !== null)
      .map((face) => [`${face.family} ${face.weight}`, hashOf(face)]),
  );

/** The faces of an edition, each cut down to the characters that it needs. */
export interface FontSubset {
  /** `@font-face` rules to print with: TrueType, ready at once. */
  readonly print: string;
  /** The faces of charts alone, cut down further to the characters of one: a browser takes its time over a large font. */
  chart(characters: string): Promise<string>;
  /** The same to store: compressed, a little later. */
  store(): Promise<string>;
}

/**
 * Cuts the edition's faces down to these characters.
 *
 * Stored pages carry WOFF rather than WOFF2: a quarter larger, but made from the same subset in a tenth of a second
 * where Brotli takes several; and a weekly's set of characters is new every week, so that no cache would help.
 *
 * `guests` are the characters of links that name another language: the page that is kept brings a face for them too.
 *
 * @throws {TidelineError} `RENDER_FAILED` naming the characters that no face has
 */
export async function subsetFonts(locale: Locale, characters: string, guests = ""): Promise<FontSubset> {
  requireFaces(locale, characters);
  const guest = guests === "" ? null : guestFaceOf(locale);
  const subsets = await Promise.all(
    facesOf(locale).map(async (face) => ({
      face,
      data: await subsetFont(read(face), characters, { targetFormat: "truetype" }),
    })),
  );
  const sans = facesOf(locale)[2]?.family;
  return {
    print: subsets.map(({ face, data }) => printed(face, data)).join("\n"),
    chart: async (characters) => {
      const faces = subsets.filter(({ face }) => face.family === sans);
      const rules = faces.map(async ({ face, data }) =>
        printed(face, await subsetFont(data, characters, { targetFormat: "truetype" })),
      );
      return (await Promise.all(rules)).join("\n");
    },
    store: async () => {
      const rules = subsets.map(({ face, data }) => embedded(face, data));
      if (guest !== null)
        rules.push(embedded(guest, await subsetFont(read(guest), guests, { targetFormat: "truetype" })));
      return (await Promise.all(rules)).join("\n");
    },
  };
}

const rule = ({ family, weight }: Face, data: Buffer, type: string, format: string): string =>
  `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/${type};base64,${data.toString("base64")}) format("${format}")}`;

const printed = (face: Face, data: Buffer): string => rule(face, data, "ttf", "truetype");

const embedded = async (face: Face, data: Buffer): Promise<string> =>
  rule(face, await convert(data, "woff"), "woff", "woff");

function requireFaces(locale: Locale, characters: string): void {
  const missing = missingCharacters(locale, characters);
  if (missing.length === 0) return;
  const found = missing
    .map((c) => `${c} U+${c.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`)
    .join(", ");
  const families = [...new Set(facesOf(locale).map((face) => face.family))].join(" and ");
  throw new TidelineError("RENDER_FAILED", `the ${locale} edition has characters without a face`, [
    { found, expected: `characters of ${families}` },
  ]);
}
