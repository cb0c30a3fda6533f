import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fontkit from "fontkit";
import { describe, expect, it } from "vitest";
import { TidelineError } from "#src/domain/errors.ts";
import { locales } from "#src/domain/locale.ts";
import { facesOf, guestFaceOf } from "#src/render/faces.ts";
import { fontHashes, missingCharacters, openFace, subsetFonts } from "#src/render/fonts.ts";
import { root } from "#tests/render/press.ts";

/** What fontkit knows of a font beside what its types say. */
interface Tables {
  readonly directory: { readonly tag: string | number; readonly tables: Readonly<Record<string, unknown>> };
}

const faces = locales.flatMap((locale) => facesOf(locale).map((face) => ({ locale, ...face })));

describe.each(faces)("the face $family $weight", ({ family, weight, file }) => {
  const font = openFace({ family, weight, file }) as fontkit.Font & Tables;

  it("is one static TrueType font: outlines in glyf, no CFF, no axes", () => {
    expect(font.directory.tag).toBe("\0\u0001\0\0");
    const tables = Object.keys(font.directory.tables).map((tag) => tag.trim());
    expect(tables).toEqual(expect.arrayContaining(["glyf", "loca", "cmap", "head"]));
    for (const tag of ["CFF", "CFF2", "fvar", "gvar", "sbix", "COLR"]) expect(tables).not.toContain(tag);
    expect(Object.keys(font.variationAxes)).toEqual([]);
  });

  it("is of the family and weight that the style asks for", () => {
    expect(`${font.familyName} ${font.fullName}`).toContain(family);
    expect(font["OS/2"].usWeightClass).toBe(weight);
  });

  it("has the marks of market prose in one face", () => {
    const marks = family.startsWith("Noto")
      ? "0123456789+−%.,，。、（）：“”–·周涨跌"
      : "0123456789+−%.,’“”–—·$£€";
    const lacking = [...marks].filter((c) => !font.hasGlyphForCodePoint(c.codePointAt(0) ?? 0));
    expect(lacking).toEqual([]);
  });
});

describe("missingCharacters", () => {
  it("names each character that a face lacks, once, and no white space", () => {
    expect(missingCharacters("en", "Record −8.2%\n\t\u00a0 week")).toEqual([]);
    expect(missingCharacters("en", "深 deep 深😀")).toEqual(["深", "😀"]);
    expect(missingCharacters("zh-CN", "深水 −8.2%")).toEqual([]);
    expect(missingCharacters("zh-CN", "😀 한")).toEqual(["😀", "한"]);
  });
});

/** The fonts of `@font-face` rules, parsed from their data-URLs. */
function fontsOf(css: string) {
  const pattern =
    /@font-face\{font-family:"([^"]+)";font-weight:(\d+);src:url\(data:font\/(\w+);base64,([A-Za-z0-9+/=]+)\) format\("(\w+)"\)\}/g;
  return [...css.matchAll(pattern)].map(([, family, weight, type, data = "", format]) => {
    const bytes = Buffer.from(data, "base64");
    return {
      family,
      weight: Number(weight),
      type,
      format,
      bytes,
      font: fontkit.create(bytes) as fontkit.Font,
    };
  });
}

const text = { en: "Korea: +8.2% ’26 fi", "zh-CN": "韩国涨8.2%，深AI" };
const sorted = (codes: readonly number[]) => [...new Set(codes)].toSorted((a, b) => a - b);
/** The characters of a font, without the mark that ends its table of segments. */
const coverage = (font: fontkit.Font) => sorted(font.characterSet.filter((code) => code !== 0xffff));

describe.each(locales)("subsetFonts of the %s edition", (locale) => {
  const asked = sorted([...text[locale]].map((c) => c.codePointAt(0) ?? 0));

  it("prints with one TrueType font a face, each with exactly the characters asked for", async () => {
    const { print } = await subsetFonts(locale, text[locale]);
    const fonts = fontsOf(print);
    expect(fonts.map(({ family, weight }) => ({ family, weight }))).toEqual(
      facesOf(locale).map(({ family, weight }) => ({ family, weight })),
    );
    expect(print.replace(/@font-face\{[^}]*\}/g, "").trim()).toBe("");
    for (const { font, type, format, bytes } of fonts) {
      expect([type, format]).toEqual(["ttf", "truetype"]);
      expect(bytes.readUInt32BE(0)).toBe(0x00010000);
      expect(coverage(font)).toEqual(asked);
    }
  });

  it("stores the same fonts compressed", async () => {
    const { print, store } = await subsetFonts(locale, text[locale]);
    const [plain, stored] = [fontsOf(print), fontsOf(await store())];
    expect(stored.map(({ font }) => coverage(font))).toEqual(plain.map(() => asked));
    for (const [i, { bytes, type, format }] of stored.entries()) {
      const signature = bytes.subarray(0, 4).toString("latin1");
      expect([type, format, signature]).toEqual(
        signature === "wOF2" ? ["woff2", "woff2", "wOF2"] : ["woff", "woff", "wOFF"],
      );
      expect(bytes.length).toBeLessThan(plain[i]?.bytes.length ?? 0);
    }
  });

  it("draws and spaces each character as the whole face does", async () => {
    const { print } = await subsetFonts(locale, text[locale]);
    for (const { font, family, weight } of fontsOf(print)) {
      const face = facesOf(locale).find((each) => each.family === family && each.weight === weight);
      if (face === undefined) throw new RangeError(`no face ${family} ${weight}`);
      for (const code of asked) {
        const [cut, whole] = [font, openFace(face)].map((each) => each.glyphForCodePoint(code));
        expect(cut?.advanceWidth).toBe(whole?.advanceWidth);
        expect(cut?.path.toSVG()).toBe(whole?.path.toSVG());
      }
    }
  });

  it("gives the same bytes again, whatever the order of the characters", async () => {
    const again = await subsetFonts(locale, [...text[locale]].toReversed().join(""));
    expect(again.print).toBe((await subsetFonts(locale, text[locale])).print);
  });

  it("holds the issue for a character without a face, and says which by its code point", async () => {
    const subset = subsetFonts(locale, `${text[locale]}한😀`);
    await expect(subset).rejects.toThrow(TidelineError);
    await expect(subset).rejects.toMatchObject({ code: "RENDER_FAILED" });
    await expect(subset).rejects.toThrow(/한 U\+D55C/);
    await expect(subset).rejects.toThrow(/😀 U\+1F600/);
    await expect(subset).rejects.toThrow(new RegExp(`the ${locale} edition`));
  });

  it("has a hash of each file for the manifest", () => {
    const hashes = fontHashes(locale);
    const faces = [...facesOf(locale), ...(locale === "en" ? [guestFaceOf(locale)] : [])];
    expect(Object.keys(hashes)).toEqual(faces.map((face) => `${face?.family} ${face?.weight}`));
    expect(new Set(Object.values(hashes)).size).toBe(faces.length);
    for (const hash of Object.values(hashes)) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("generic families", () => {
  /** A generic family as a word of its own; not the custom properties `--serif` and `--sans`, nor a family's name. */
  const generic =
    /(?<![-\w.])(?:serif|sans-serif|monospace|cursive|fantasy|math|emoji|fangsong|system-ui|ui-[\w-]+)(?![-\w])/gi;
  const fontsIn = (css: string) =>
    css
      .replace(/\/\*[\s\S]*?\*\/|"[^"]*"/g, "")
      .match(/(?:\bfont|\bfont-family|--[\w-]+)\s*:[^;}]*/g)
      ?.flatMap((declaration) => declaration.match(generic) ?? []) ?? [];

  it("are found where they stand", () => {
    expect(fontsIn('p { font: 400 9pt/12pt "Source Serif 4", serif; }')).toEqual(["serif"]);
    expect(fontsIn(':root { --sans: "Noto Sans SC", sans-serif }')).toEqual(["sans-serif"]);
    expect(fontsIn("p { font-family: system-ui }")).toEqual(["system-ui"]);
    expect(fontsIn('p { font: 400 9pt/12pt "Source Serif 4"; } .sans { font-family: var(--sans); }')).toEqual(
      [],
    );
  });

  it("stand in no style sheet and no template of an edition; the archive uses the reader's fonts", () => {
    const folder = join(root, "templates");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
      (name) => /\.(css|hbs)$/.test(name) && !name.startsWith("site/"),
    );
    expect(files.length).toBeGreaterThan(8);
    for (const name of files)
      expect([name, fontsIn(readFileSync(join(folder, name), "utf8"))]).toEqual([name, []]);
  });
});
