import { describe, expect, it } from "vitest";
import { slipsOfScale } from "#src/commentary/numerals.ts";

describe("numbers of two languages", () => {
  it.each([
    ["It drew $1.6bn.", "净流入16亿美元。"],
    ["It drew $16bn, of which $1.6bn in January.", "净流入160亿美元，其中1月16亿美元。"],
    ["a market of 1.23 trillion dollars", "规模1.23万亿美元"],
    ["$340mn, or 340 million", "3.4亿美元，即3.4亿"],
    ["some 160,000 people, and 20 thousand more", "约16万人，另有2万人"],
    ["It rose 3.5%, or 0.5 percentage points more than 3.0 per cent.", "上涨3.5%，较3.0%高0.5个百分点。"],
    ["Yields fell by 15bp, or 0.15 percentage points.", "收益率下行15个基点。"],
    ["The spread is 0.5pp.", "利差为50个基点。"],
    // What the other language leaves out, or says in words, is no slip.
    ["It drew $16bn.", "净流入一百六十亿美元。"],
    ["It doubled within a year, up 100%.", "一年内翻倍。"],
    ["half of it", "其中50%"],
    ["on Feb 13", "2026年2月13日"],
    ["in Q1 2026 and the 1990s", "2026年一季度及20世纪90年代"],
    ["the S&P 500 at 7,000", "标普500指数7000点"],
    ["10-year yields at 4.05%", "10年期收益率4.05%"],
    ["from 2% to 5%", "2%～5%"],
    ["a 5m wave of 50k", "海浪"],
    ["It drew $0bn, then $5bn", "0亿美元，后50亿美元"],
    ["16 of them", "160亿美元"],
    ["16%", "160亿美元"],
  ])("that mean the same, or that cannot be compared, are no slip: %s", (en, zh) => {
    expect(slipsOfScale(en, zh)).toEqual([]);
    expect(slipsOfScale(zh, en)).toEqual([]);
  });

  it.each([
    ["It drew $16bn.", "净流入16亿美元。", ["16bn", "16亿"]],
    ["It drew $340mn.", "净流入34亿美元。", ["340mn", "34亿"]],
    ["1.6 trillion", "1.6亿", ["1.6 trillion", "1.6亿"]],
    ["It fell by 3.5%.", "下跌35%。", ["3.5%", "35%"]],
    ["It rose by 15bp.", "上行1.5个基点。", ["15bp", "1.5个基点"]],
    ["$16bn and $16bn", "160亿美元与16亿美元", ["16bn", "16亿"]],
  ])("with the same digits in another scale are one: %s", (en, zh, pair) => {
    expect(slipsOfScale(en, zh)).toEqual([pair]);
  });
});
