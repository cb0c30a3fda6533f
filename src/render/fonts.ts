import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as fontkit from "fontkit";
import subsetFont from "subset-font";
import { TidelineError } from "#src/domain/errors.ts";
import type { Locale } from "#src/domain/locale.ts";

/** One static TrueType file: variable fonts and CFF end as Type 3 in the PDF. */
export interface Face {
  readonly family: string;
  readonly weight: number;
  /** Inside `@expo-google-fonts`. */
  readonly file: string;
}

const faces: Readonly<Record<Locale, readonly Face[]>> = {
  en: [
    { family: "Source Serif 4", weight: 400, file: "source-serif-4/400Regular/SourceSerif4_400Regular.ttf" },
    {
      family: "Source Serif 4",
      weight: 600,
      file: "source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf",
    },
    { family: "Source Sans 3", weight: 400, file: "source-sans-3/400Regular/SourceSans3_400Regular.ttf" },
    { family: "Source Sans 3", weight: 600, file: "source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf" },
  ],
  "zh-CN": [
    { family: "Noto Serif SC", weight: 500, file: "noto-serif-sc/500Medium/NotoSerifSC_500Medium.ttf" },
    { family: "Noto Serif SC", weight: 700, file: "noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf" },
    { family: "Noto Sans SC", weight: 400, file: "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf" },
    { family: "Noto Sans SC", weight: 600, file: "noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf" },
  ],
};

/** The faces of an edition. There is no other: a character that they lack holds the issue. */
export const facesOf = (locale: Locale): readonly Face[] => faces[locale];

const pathOf = ({ file }: Face): string => fileURLToPath(import.meta.resolve(`@expo-google-fonts/${file}`));

const bytes = new Map<string, Buffer>();
const fonts = new Map<string, fontkit.Font>();

function read(face: Face): Buffer {
  const known = bytes.get(face.file) ?? readFileSync(pathOf(face));
  bytes.set(face.file, known);
  return known;
}

/** The parsed font of a face, for coverage and widths. */
export function openFace(face: Face): fontkit.Font {
  const known = fonts.get(face.file) ?? (fontkit.create(read(face)) as fontkit.Font);
  fonts.set(face.file, known);
  return known;
}

/** Characters of a text that some face of the edition lacks; white space does not count. */
export function missingCharacters(locale: Locale, text: string): string[] {
  const characters = [...new Set(text)].filter((character) => !/[\s\p{Cc}]/u.test(character));
  return characters.filter((character) =>
    facesOf(locale).some((face) => !openFace(face).hasGlyphForCodePoint(character.codePointAt(0) ?? 0)),
  );
}

/** SHA-256 of each font file, for the manifest. */
export const fontHashes = (locale: Locale): Readonly<Record<string, string>> =>
  Object.fromEntries(facesOf(locale).map((face) => [`${face.family} ${face.weight}`, sha256(read(face))]));

const sha256 = (data: Buffer | string): string => createHash("sha256").update(data).digest("hex");

export type FontFormat = "truetype" | "woff2";

/**
 * `@font-face` rules with the edition's faces, each cut down to these characters.
 *
 * TrueType is quick to make and prints; woff2 is small, takes long to compress, and is therefore kept in the cache
 * by the font file and the set of characters.
 *
 * @throws {TidelineError} `RENDER_FAILED` naming the characters that no face has
 */
export async function fontCss(
  locale: Locale,
  characters: string,
  format: FontFormat,
  cacheDir: string,
): Promise<string> {
  const missing = missingCharacters(locale, characters);
  if (missing.length > 0) {
    const found = missing
      .map((c) => `${c} U+${c.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`)
      .join(", ");
    throw new TidelineError("RENDER_FAILED", `the ${locale} edition has characters without a face`, [
      {
        found,
        expected: `characters of ${facesOf(locale)
          .map((face) => face.family)
          .filter((f, i, all) => all.indexOf(f) === i)
          .join(" and ")}`,
      },
    ]);
  }
  const rules = await Promise.all(
    facesOf(locale).map(async (face) => {
      const data =
        format === "woff2"
          ? await cached(face, characters, cacheDir)
          : await subset(face, characters, format);
      return `@font-face{font-family:"${face.family}";font-weight:${face.weight};src:url(data:font/${format === "woff2" ? "woff2" : "ttf"};base64,${data.toString("base64")}) format("${format}")}`;
    }),
  );
  return rules.join("\n");
}

const subset = (face: Face, characters: string, targetFormat: FontFormat): Promise<Buffer> =>
  subsetFont(read(face), characters, { targetFormat });

async function cached(face: Face, characters: string, cacheDir: string): Promise<Buffer> {
  const key = sha256(`${sha256(read(face))} ${[...new Set(characters)].sort().join("")}`);
  const path = join(cacheDir, "fonts", `${key}.woff2`);
  if (existsSync(path)) return readFile(path);
  const made = await subset(face, characters, "woff2");
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, made);
  await rename(temporary, path);
  return made;
}
