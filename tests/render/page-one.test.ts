import { describe, expect, it } from "vitest";
import { firstRoom } from "#src/render/page-one.ts";

const line = { en: "x".repeat(42), "zh-CN": "字".repeat(20) };
const words = (locale: "en" | "zh-CN", paragraphs: number, lines: number) => ({
  claim: "Headline",
  standfirst: "One line.",
  paragraphs: Array.from({ length: paragraphs }, () => line[locale].repeat(lines)),
});

describe("page one", () => {
  it.each(["en", "zh-CN"] as const)(
    "has room for its contents and its figure beside usual words: %s",
    (locale) => {
      expect(firstRoom([[locale, words(locale, 4, 4)]])).toBe("contents");
    },
  );

  it.each(["en", "zh-CN"] as const)("gives up its contents first, and then runs on: %s", (locale) => {
    expect(firstRoom([[locale, words(locale, 4, locale === "en" ? 6 : 5)]])).toBe("figure");
    expect(firstRoom([[locale, words(locale, 4, 8)]])).toBe("none");
    // Contents of twice as many sections go earlier.
    expect(firstRoom([[locale, words(locale, 4, 4)]], 14)).toBe("figure");
  });

  it("goes by the edition that needs most room", () => {
    const [long, short] = [words("en", 4, 6), words("zh-CN", 4, 2)];
    expect(
      firstRoom([
        ["en", long],
        ["zh-CN", short],
      ]),
    ).toBe("figure");
    expect(
      firstRoom([
        ["en", words("en", 4, 2)],
        ["zh-CN", short],
      ]),
    ).toBe("contents");
  });

  it("holds Chinese letters and digits for half as wide as Han", () => {
    const digits = { claim: "", standfirst: "", paragraphs: ["1".repeat(700)] };
    const han = { claim: "", standfirst: "", paragraphs: ["一".repeat(700)] };
    expect(firstRoom([["zh-CN", digits]])).toBe("contents");
    expect(firstRoom([["zh-CN", han]])).toBe("none");
  });
});
