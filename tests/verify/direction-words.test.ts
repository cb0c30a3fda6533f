import { describe, expect, it } from "vitest";
import type { Locale } from "#src/domain/locale.ts";
import { loadMessages } from "#src/locale/messages.ts";
import { directionWords, sideOf } from "#src/verify/direction-words.ts";
import { smallIssue } from "#tests/verify/small-issue.ts";

type State = "up" | "down" | "flat";

/** A page of one sentence, in which `{up}` is a fact that went up, and `{+up}` one that is printed with its sign. */
async function faultsOf(locale: Locale, key: string, sentence: string): Promise<readonly string[]> {
  const body = sentence.replace(
    /\{(\+?)(\w+)\}/gu,
    (_, sign: string, state: State) =>
      `<data data-fact="a.${state}" data-style="${sign ? "signed" : "plain"}">${sign ? "+" : ""}1.0%</data>`,
  );
  const facts = (
    [
      ["up", 0.01],
      ["down", -0.01],
      ["flat", 0],
    ] as const
  ).map(([state, value]) => ({
    id: `a.${state}`,
    value,
    unit: "return" as const,
    quantum: 0.001,
    state,
  }));
  const issue = smallIssue(locale, `<p><span data-say="${key}">${body}</span></p>`, facts);
  return (await directionWords(issue)).map(({ what }) => what);
}

describe("the word that carries a sign", () => {
  it.each([
    ["en", "It gained {up} on the week."],
    ["en", "It fell {down} on the week."],
    ["en", "It ended the week unchanged."],
    ["en", "It stands {up} above its 200-day average, and {down} below its peak."],
    ["en", "The long leg added {up}, but the short leg cost {down}."],
    ["en", "The gain was mostly the short leg’s: {up}, against {up} from the long leg."],
    ["en", "It moved between {+up} and {+down}."],
    ["en", "Equal weight, before costs; it gained {up} and is up to date."],
    ["en", 'The <span data-name="">Falling Loss fund</span> gained {up}.'],
    ["zh-CN", "本周上涨{up}。"],
    ["zh-CN", "其收盘低于200日均线{down}。"],
    ["zh-CN", "多头端贡献{up}，空头端拖累{down}。"],
    ["zh-CN", "本周涨跌幅为{+up}。"],
    ["zh-CN", "涨幅主要由空头端贡献，合{up}；多头端为{up}。"],
  ] as const)("is right in %s: %s", async (locale, sentence) => {
    expect(await faultsOf(locale, "a.b", sentence)).toEqual([]);
  });

  it.each([
    ["en", "It fell {up} on the week.", /“fell”.*says up/],
    ["en", "It gained {down} on the week.", /“gained”.*says down/],
    ["en", "It gained {flat} on the week.", /“gained”.*says flat/],
    ["en", "It stands {down} above its 200-day average.", /“above”/],
    ["en", "The long leg added {up}, but the short leg added {down}.", /“added”.*says down/],
    ["en", "Its week was {up}.", /no word for the direction/],
    ["en", "It gained {+up}.", /a word or a sign/],
    ["zh-CN", "本周下跌{up}。", /“下跌”.*says up/],
    ["zh-CN", "净流出{up}。", /“净流出”/],
    ["zh-CN", "多头端拖累{up}，空头端拖累{down}。", /“拖累”.*says up/],
    ["zh-CN", "本周涨跌幅为{up}。", /no word/],
  ] as const)("is wrong in %s: %s", async (locale, sentence, told) => {
    const faults = await faultsOf(locale, "a.b", sentence);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(told);
  });
});

describe("a key with a direction", () => {
  it.each([
    ["en", "regime.text.up.calm", "It has been in an uptrend.", 0],
    ["en", "regime.text.up.calm", "It has been in a downtrend.", 1],
    ["zh-CN", "regime.text.down.calm", "处于上行趋势。", 1],
    ["en", "levels.best.claim", "It has its best week in years.", 0],
    ["en", "levels.best.claim", "It has its worst week in years.", 1],
    ["en", "levels.week.text.flat", "It fell on the week.", 1],
    ["en", "levels.below.claim", "It has not closed above it.", 0],
  ] as const)("%s %s: %s", async (locale, key, sentence, count) => {
    expect(await faultsOf(locale, key, sentence)).toHaveLength(count);
  });
});

describe("the messages of the project", async () => {
  const messages = await loadMessages([new URL("../../locales", import.meta.url).pathname]);
  const [en, zh] = [messages.entries("en"), messages.entries("zh-CN")];
  const bare = (text: string | undefined) => (text ?? "").replace(/\{\{\w+\}\}/gu, "\uFFFC");
  const keys = [...en.keys()];

  it("never tell two directions in two languages", () => {
    const split = keys.filter((key) => {
      const [a, b] = [sideOf(bare(en.get(key)), "en"), sideOf(bare(zh.get(key)), "zh-CN")];
      return a !== null && b !== null && a !== b;
    });
    expect(split).toEqual([]);
  });

  it("are told apart by the words: most that have a direction in English have it in Chinese", () => {
    const told = keys.filter((key) => sideOf(bare(en.get(key)), "en") !== null);
    const both = told.filter((key) => sideOf(bare(zh.get(key)), "zh-CN") !== null);
    expect(told.length).toBeGreaterThan(30);
    expect(both.length / told.length).toBeGreaterThan(0.7);
  });

  it("do not contradict the direction in their keys", async () => {
    const directed = keys.filter((key) => /\.(?:up|down|flat)(?:\.|$)/u.test(key));
    expect(directed.length).toBeGreaterThan(20);
    for (const [locale, texts] of [
      ["en", en],
      ["zh-CN", zh],
    ] as const) {
      for (const key of directed) {
        const text = (texts.get(key) ?? "").replace(/\{\{\w+\}\}/gu, '<i data-name="">x</i>');
        expect(await faultsOf(locale, key, text), `${locale} ${key}`).toEqual([]);
      }
    }
  });
});
