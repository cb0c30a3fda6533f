import { describe, expect, it } from "vitest";
import { chineseRules, englishRules, lint } from "#tests/locale/house-lint.ts";

/** One planted fault, at least, for each rule. */
const planted: Readonly<Record<string, readonly string[]>> = {
  "halfwidth punctuation": [
    "净流入37亿美元,高于上月",
    "指数收平:报点",
    "韩国综合指数(KOSPI)上涨",
    "本周收平.",
    "（上周）;本周",
  ],
  ellipsis: ["走势未明...", "走势未明…其后", "走势未明。。"],
  "corner quotes": ["「叙事」占比上升"],
  "straight quotes": ['"叙事"占比上升', "标普'500"],
  "literal space": [
    "韩国 KOSPI上涨",
    "上涨5.0% 的指数",
    "表示 “增持”评级",
    "周报 第5期",
    "上涨， 收平",
    "5 期",
  ],
  "sign after a direction": ["净流出-7亿美元", "跌幅−2%", "上涨约–4%"],
  "times more": ["多出1.8倍", "增加了4倍", "缩小3倍", "低了2倍"],
  "digits before 千, 百 or 十": ["5千亿美元", "3百点", "2十只"],
  "currency sign": ["净流入$890亿", "US$890亿", "¥12亿"],
  "Latin scale": ["净流入89bn", "净流入340mn"],
  兆: ["1.6兆美元"],
  "Latin unit": ["下行15bp至", "上升2.1 pp至", "上升2pct至"],
  "month in words": ["二月5日", "十一月底"],
  "what was not filled": ["{{name}}上涨", "undefined上涨", "NaN", "\uE000上涨"],
  "negative zero": ["影响为−0.0%", "-0个基点"],
  "fullwidth letters or digits": ["上涨５％", "ＫＯＳＰＩ上涨"],
  "doubled punctuation": ["上涨，，收平", "收平。。", "“上涨。”。"],
  "range without its first unit": ["2～5%", "9～16亿美元"],
  "traditional character": ["點位與紀錄", "資金流向"],
};

/** Sound sentences of the kinds that the editions print. */
const clean = [
  "欧洲股票基金本月净流入37亿美元，较上月多12亿美元。",
  "该基金规模为去年年底的1.8倍。",
  "中证指数（示例）收于4102点，周内下跌0.7%。",
  "成交额12,480亿元，为3月以来最高。",
  "“做多甲、做空乙”组合于5月6日下跌2.2%。",
  "两年期收益率下行9个基点至3.52%。",
  "相关系数由−0.31变为+0.08。",
  "波动率处于近十年第14百分位。",
  "利润增长50%，即增至2024年的1.5倍。",
  "数据截至2025年11月28日21:00（UTC）",
  "收益率介于3%～4%，净流量介于2亿～7亿美元。",
  "样本仅18个，暂不展示……",
  "本期要点：三地市场走势分化",
  "一月之内，连续三日收于均线之上。",
];

const plantedEnglish: Readonly<Record<string, readonly string[]>> = {
  Han: ["KOSPI 指数 gained"],
  "fullwidth punctuation": ["KOSPI gained，then fell", "（KOSPI）", "a　b"],
  "straight quotes": ["the week's move", 'the "record" week'],
  ellipsis: ["and so on..."],
  spaces: ["gained  5.0%", " gained", "gained ", "gained , then", "( KOSPI)"],
  "doubled punctuation": ["gained,, then", "gained..", "gained,."],
  "sign after a direction": ["is up −3%", "a net outflow of -$1bn", "fell –3%"],
  "times more": ["5.6 times more than", "3 times higher"],
  "basis points as bps": ["fell 15 bps"],
  "what was not filled": ["{{name}} gained", "NaN%", "[object Object]", "\uE001"],
  "negative zero": ["−0.0%", "-0bp"],
};

const cleanEnglish = [
  "European funds drew $3.7bn this month, $1.2bn more than last month.",
  "The pound lost 0.9% against the euro, to 0.87 per euro.",
  "Correlation went from −0.31 to +0.08.",
  "The “calm” state has held for 14 sessions; its mean length is 22.",
  "More than half of the fund’s sessions; Nov 24–28, 2025.",
  "Volume was 1.8x that of the year before: a high.",
  "Tideline · Weekly note (no. 5)",
];

describe.each([
  ["Chinese", chineseRules, planted, clean],
  ["English", englishRules, plantedEnglish, cleanEnglish],
] as const)("the house lint of %s", (_, rules, faults, sound) => {
  it("has a planted fault for every rule", () => {
    expect(Object.keys(faults)).toEqual(rules.map(({ name }) => name));
  });

  it.each(Object.entries(faults))("finds %s", (name, texts) => {
    for (const text of texts)
      expect([text, lint(text, rules)]).toEqual([text, expect.arrayContaining([name])]);
  });

  it.each(sound)("passes %s", (text) => {
    expect(lint(text, rules)).toEqual([]);
  });
});
