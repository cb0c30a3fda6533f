import { describe, expect, it } from "vitest";
import { countBeside, firstRoom } from "#src/render/page-one.ts";

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
    const some = words(locale, 4, locale === "en" ? 5 : 4);
    expect([7, 14].map((sections) => firstRoom([[locale, some]], sections))).toEqual(["contents", "figure"]);
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

describe("words beside a figure", () => {
  const lines = (...counts: readonly number[]) => counts.map((count) => line.en.repeat(count));

  it("are as many paragraphs as its height has room for, in the edition that has least", () => {
    expect(countBeside([["en", lines(4, 4, 4)]])).toBe(3);
    expect(countBeside([["en", lines(6, 6, 6)]])).toBe(2);
    expect(
      countBeside([
        ["en", lines(4, 4, 4)],
        ["zh-CN", [line["zh-CN"].repeat(8), line["zh-CN"].repeat(8)]],
      ]),
    ).toBe(1);
  });

  it("are the first at least, however long", () => {
    expect(countBeside([["en", lines(40, 1)]])).toBe(1);
  });
});
