import { describe, expect, it } from "vitest";
import { readName } from "#src/commentary/names.ts";
import type { Publication } from "#src/domain/workspace.ts";

const weekly: Pick<Publication, "id" | "sections" | "languages"> = {
  id: "weekly",
  sections: ["headline", "levels", "sources"],
  languages: ["en", "zh-CN"],
};

describe("the name of a file of commentary", () => {
  it.each([
    ["levels.en.md", { section: "levels", number: 1, locale: "en" }],
    ["headline.zh-CN.md", { section: "headline", number: 1, locale: "zh-CN" }],
    ["levels.2.en.md", { section: "levels", number: 2, locale: "en" }],
    ["levels.9.zh-CN.md", { section: "levels", number: 9, locale: "zh-CN" }],
  ])("%s says its section, number and language", (name, named) => {
    expect(readName(name, weekly)).toEqual(named);
  });

  it.each([
    ["flows.en.md", /words on the section flows, which weekly has not/, /one of headline, levels, sources/],
    ["level.en.md", /words on level, which is no section/, /did you mean levels/],
    ["levels.fr.md", /words in fr, which is no language/, /one of en, zh-CN/],
    ["levels.zh.md", /words in zh, which is no language/, /one of en, zh-CN/],
    ["levels.1.en.md", /the number 1/, /none for the first, then 2 to 9/],
    ["levels.02.en.md", /the number 02/, /2 to 9/],
    ["levels.10.en.md", /the number 10/, /2 to 9/],
    ["levels.0.en.md", /the number 0/, /2 to 9/],
    ["levels.md", /the name levels\.md/, /SECTION\.LANGUAGE\.md.*levels\.en\.md/],
    ["levels.en.md~", /the name/, /SECTION\.LANGUAGE\.md/],
    ["levels.en.txt", /the name/, /SECTION\.LANGUAGE\.md/],
    ["README.md", /the name/, /SECTION\.LANGUAGE\.md/],
  ])("%s is refused, and what it may be is said", (name, found, expected) => {
    expect(readName(name, weekly)).toEqual({
      found: expect.stringMatching(found),
      expected: expect.stringMatching(expected),
    });
  });

  it("is refused in a language that the publication is not made in", () => {
    expect(readName("levels.zh-CN.md", { ...weekly, languages: ["en"] })).toMatchObject({
      found: "words in zh-CN, in which weekly is not made",
      expected: expect.stringMatching(/^one of en/),
    });
  });
});
