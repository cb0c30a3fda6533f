import { describe, expect, it } from "vitest";
import type { RunKind } from "#src/verify/page.ts";
import { find, needleOf, stackOf } from "#src/verify/text-search.ts";

/** `plain [fact] plain`: what stands in brackets is a fact. */
const runsOf = (text: string) =>
  text.split(/(\[[^\]]*\])/u).map((part) => ({
    text: part.replace(/[[\]]/gu, ""),
    kind: (part.startsWith("[") ? "fact" : "text") as RunKind,
  }));
const count = (printed: string, sought: string) => {
  const { found, whole } = find(stackOf(printed), needleOf(runsOf(sought)));
  return [found, whole];
};

describe("a sentence", () => {
  it.each([
    ["It gained 8.1% this week.", "It gained [8.1%] this week.", "as it stands"],
    ["It gained\n8.1%\nthis week.", "It gained [8.1%] this week.", "over lines"],
    ["its 20-\nday volatility", "its 20-day volatility", "with a line that ends at a hyphen"],
    ["净流入125\n亿美元", "净流入125亿美元", "in Chinese over lines"],
    ["流入840亿\n美元。", "流入[840亿美元]。", "with a unit that begins a line"],
    ["模拟 A 股收平", "模拟A股收平", "with the gap round Latin letters"],
    ["on Jul 29,\n2022.", "on [Jul 29, 2022].", "with a date that is printed with spaces"],
    ["潮线　市场周报", "潮线　市场周报", "with a wide space"],
  ])("%j is whole: %s", (printed, sought) => {
    expect(count(printed, sought)).toEqual([1, 1]);
  });

  it.each([
    ["It gained 8 .1% this week.", "It gained [8.1%] this week.", "a space in a number"],
    ["It gained 8.\n1% this week.", "It gained [8.1%] this week.", "a line's end in a number"],
    ["It gained8.1% this week.", "It gained [8.1%] this week.", "a space too few"],
    ["It gai ned 8.1% this week.", "It gained [8.1%] this week.", "a space in a word"],
    ["2 月 13 日收平", "[2月13日]收平", "spaces in a date"],
    ["高于200 日均线", "高于200日均线", "a space between a number and its word"],
    ["高 于均线", "高于均线", "a space between Han"],
    ["流入 840亿美元", "流入[840亿美元]", "a space before a number"],
    ["流入840\n亿美元", "流入[840亿美元]", "a scale that begins a line"],
    ["流入840亿 美元", "流入[840亿美元]", "a space in a unit"],
  ])("%j is found but not whole: %s", (printed, sought) => {
    expect(count(printed, sought)).toEqual([1, 0]);
  });

  it("is counted as often as it stands there", () => {
    expect(count("Up\nUp Up\nDown", "Up")).toEqual([3, 3]);
    expect(count("Up", "Down")).toEqual([0, 0]);
  });
});

describe("a number", () => {
  const numbers = (printed: string, sought: string) =>
    find(stackOf(printed), needleOf([{ text: sought, kind: "fact" }], true)).whole;

  it.each([
    ["4,600\n4,700", "4", 0],
    ["4,600\n4,700", "600", 0],
    ["46", "4", 0],
    ["4.6", "4", 0],
    ["−0.7%", "0.7%", 0],
    ["+$12.5bn", "$12.5bn", 0],
    ["−0.7%", "−0.7%", 1],
    ["4 of 6", "4", 1],
    ["4, 6", "4", 1],
    ["4.", "4", 1],
    ["+0.7 77", "77", 1],
    ["+3.0 33\n33", "33", 2],
    ["7 7", "77", 0],
    ["试探5000点共2次", "2", 1],
    ["1月2日", "1月2日", 1],
    ["11月2日", "1月2日", 0],
  ])("in %j stands %s %i times", (printed, sought, times) => {
    expect(numbers(printed, sought)).toBe(times);
  });
});
