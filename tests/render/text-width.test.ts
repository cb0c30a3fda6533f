import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { locales } from "#src/domain/locale.ts";
import { facesOf } from "#src/render/faces.ts";
import { openFace } from "#src/render/fonts.ts";
import { textWidth } from "#src/render/text-width.ts";

const cases = locales.flatMap((locale) => facesOf(locale).map((face) => ({ locale, ...face })));
const alphabet = {
  en: [..."ABDGHIKLMOSTUabcdefghilmnoprstuvwxy0123456789.,%+−–$’ "],
  "zh-CN": [..."模拟韩国指数美元亿周涨跌年月日0123456789.%+−（）ABU "],
};

describe.each(cases)("textWidth in $family $weight", ({ locale, family, weight, file }) => {
  const face = { family, weight, file };
  const style = { family, weight, size: 9.73 };
  const layout = (text: string, features: Record<string, boolean>) => {
    const font = openFace(face);
    return (font.layout(text, features).advanceWidth / font.unitsPerEm) * style.size;
  };

  it("is fontkit's own advance of the unkerned line", () => {
    const plain = { kern: false, liga: false, calt: false, ccmp: false, locl: false };
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...alphabet[locale]), maxLength: 30 }), (text) => {
        expect(textWidth(locale, text, style)).toBeCloseTo(layout(text, plain), 6);
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it("grows with the size, in proportion", () => {
    const at = (size: number) => textWidth(locale, "2026", { ...style, size });
    expect(at(20)).toBeCloseTo(2 * at(10), 9);
    expect(at(10)).toBeGreaterThan(0);
  });
});

/** Charts are lettered in the sans faces. Kerning opens a few pairs of theirs (fV, f), g/) by up to 0.07 em, and closes most. */
describe.each(cases.filter(({ family }) => family.includes("Sans")))(
  "textWidth in $family $weight beside the shaped line",
  ({ locale, family, weight, file }) => {
    it("is never short by more than one opened pair, nor long by a tenth", () => {
      const [font, size] = [openFace({ family, weight, file }), 10];
      const text = fc.string({ unit: fc.constantFrom(...alphabet[locale]), minLength: 1, maxLength: 30 });
      fc.assert(
        fc.property(text, (line) => {
          const shaped = (font.layout(line).advanceWidth / font.unitsPerEm) * size;
          const ours = textWidth(locale, line, { family, weight, size });
          expect(ours).toBeGreaterThanOrEqual(shaped - 0.07 * size);
          expect(ours).toBeLessThan(shaped * 1.1 + 0.1 * size);
        }),
        { numRuns: 60, seed: 7 },
      );
    });
  },
);

describe("textWidth", () => {
  it("is nothing for no text", () => {
    expect(textWidth("en", "", { family: "Source Sans 3", size: 10, weight: 400 })).toBe(0);
  });

  it("knows Han as a whole em, where the assumption of 0.8 em would cut it", () => {
    expect(textWidth("zh-CN", "模拟", { family: "Noto Sans SC", size: 10, weight: 400 })).toBeCloseTo(20, 6);
  });

  it("refuses a face that the edition does not have", () => {
    const style = { family: "Noto Sans SC", size: 10, weight: 400 };
    expect(() => textWidth("en", "a", style)).toThrow(/Noto Sans SC 400/);
    expect(() => textWidth("zh-CN", "a", { ...style, weight: 500 })).toThrow(RangeError);
  });
});
