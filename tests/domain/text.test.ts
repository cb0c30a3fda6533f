import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold, headed, needle } from "#src/domain/text.ts";

describe("a name at the head of a row", () => {
  it.each([
    ["leaders", "Leaders"],
    ["Health Care", "Health Care"],
    ["iPhone makers", "iPhone makers"],
    ["领跑者", "领跑者"],
    ["", ""],
  ])("%j is %j", (name, said) => {
    expect(headed(name)).toBe(said);
  });
});

describe("a folded text", () => {
  it.each([
    ["沪深300 fell 3.5％", " 沪深 300 fell 3 5"],
    ["Crowded US equities—again", " crowded us equities again"],
    ["ＫＲＸ２００", " krx 200"],
    ["Zoë's Q3", " zoë s q 3"],
    ["日経225は続落、韓国 코스피", " 日経 225 は続落 韓国 코스피"],
    ["100%_\\", " 100"],
    ["…", ""],
    ["", ""],
  ])("%j is %j", (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it("holds no sign, each run after one space, and folded again is the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const folded = fold(text);
        expect(folded).toMatch(/^( [\p{L}\p{N}\p{M}々〇ー]+)*$/u);
        expect(fold(folded)).toBe(folded);
      }),
    );
  });

  it("is found by each of its words, by their beginnings, and by each part of its Chinese", () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/);
    const chinese = fc.stringMatching(/^[资金流入指数上涨]{2,8}$/);
    fc.assert(
      fc.property(fc.array(fc.oneof(word, chinese), { minLength: 1 }), fc.nat(), (words, at) => {
        const text = fold(words.join(", "));
        for (const each of words) {
          expect(text).toContain(needle(each));
          expect(text).toContain(needle(each.slice(0, -1)));
          // A Latin word is not found from its middle on, unless another begins so.
          const end = each.slice(1 + (at % (each.length - 1)));
          const isFound = text.includes(needle(end));
          expect(isFound).toBe(/^[a-z]/.test(end) ? words.some((other) => other.startsWith(end)) : true);
        }
      }),
    );
  });
});
