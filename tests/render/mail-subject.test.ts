import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Locale, locales } from "#src/domain/locale.ts";
import { factToken, mapTokens, nameToken } from "#src/locale/tokens.ts";
import { subjectLine } from "#src/render/mail-subject.ts";
import { plainMail } from "#src/render/mail-text.ts";

/** A fact prints its own id here. */
const plain = (text: string) =>
  mapTokens(
    text,
    (same) => same,
    (token) => (token.kind === "fact" ? token.id : token.text),
  );
const longest = { en: 120, "zh-CN": 60 };
const number = fc.integer({ min: 1000, max: 9_999_999 }).map((n) => `${n.toLocaleString("en")}.5%`);
const piece = fc.oneof(
  number.map((id) => factToken(id)),
  fc.constantFrom("rose ", "模拟韩股创新高，", " against ", "（", " of ", ": ").map((text) => text),
  fc.constantFrom("Sim Korea", "模拟韩股", "a\r\nb").map(nameToken),
);

describe("a subject", () => {
  it.each(locales)("in %s is one line that is not too long, with its numbers whole", (locale: Locale) => {
    let cut = 0;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 15, maxLength: 40 }), (pieces) => {
        const subject = subjectLine(pieces.join(" "), locale, plain);
        expect([...subject].length).toBeLessThanOrEqual(longest[locale]);
        expect(subject).not.toMatch(/[\r\n]/u);
        const known = new Set(plain(pieces.join(" ")).match(/\d[\d,.]*%/gu));
        for (const found of subject.match(/\d[\d,.]*%?/gu) ?? []) expect(known).toContain(found);
        if (subject.endsWith("…")) cut++;
      }),
    );
    expect(cut).toBeGreaterThan(10);
  });

  it("that is short stands as it is", () => {
    const text = `Weekly, ${factToken("Feb 13, 2026")}: ${nameToken("Sim Korea")} rose`;
    expect(subjectLine(text, "en", plain)).toBe("Weekly, Feb 13, 2026: Sim Korea rose");
  });

  it("that is long ends after a whole word", () => {
    const text = `${"word ".repeat(22)}up ${factToken("1,234,567.8 points")}, which is much`;
    expect(subjectLine(text, "en", plain)).toBe(`${"word ".repeat(22)}up…`);
  });
});

describe("plain text", () => {
  it("keeps its words in order and its lines short", () => {
    const word = fc.stringMatching(/^[a-z]{1,20}$/u);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 80 }), (words) => {
        const text = plainMail(`- ${words.join(" ")}`, "en");
        expect(text.slice(2).trim().split(/\s+/u)).toEqual(words);
        expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(76);
      }),
    );
  });

  it("leaves an address whole, and Chinese unbroken", () => {
    const address = `https://example.com/${"a".repeat(90)}`;
    expect(plainMail(`see ${address}`, "en")).toBe(`see\n${address}\n`);
    const long = "潮".repeat(100);
    expect(plainMail(long, "zh-CN")).toBe(`${long}\n`);
  });
});
