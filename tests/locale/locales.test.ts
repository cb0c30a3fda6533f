import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Locale } from "#src/domain/locale.ts";
import { loadMessages } from "#src/locale/messages.ts";
import { chineseRules, englishRules, lint } from "#tests/locale/house-lint.ts";

/** Names that i18next takes for its own options, so that a place of that name would change how a message is found. */
const reserved = new Set(
  [
    "appendNamespaceToCIMode context count defaultValue fallbackLng fallbackNS ignoreJSONStructure interpolation",
    "joinArrays keySeparator lng lngs nest ns nsSeparator ordinal postProcess replace returnDetails returnObjects",
    "skipInterpolation",
  ].flatMap((line) => line.split(" ")),
);

const messages = await loadMessages([join(import.meta.dirname, "../../locales")]);
const [en, zh] = [messages.entries("en"), messages.entries("zh-CN")];
const all = [...en.entries(), ...zh.entries()];

const placesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name);
const distinct = (text: string): readonly string[] => [...new Set(placesIn(text))].toSorted();
/** The text as it reads with a name, and with a number, in every place. */
const filled = (text: string, standIns: readonly string[]): readonly string[] =>
  standIns.map((standIn) => text.replace(/\{\{\w+\}\}/g, standIn));

/** Keys whose text breaks a rule, with the rules that it breaks. */
function faultsOf(entries: ReadonlyMap<string, string>, judge: (text: string) => readonly string[]) {
  const judged = [...entries].map(([key, text]) => [key, [...new Set(judge(text))]] as const);
  return Object.fromEntries(judged.filter(([, faults]) => faults.length > 0));
}
const chineseFaults = (entries: ReadonlyMap<string, string>) =>
  faultsOf(entries, (text) => filled(text, ["某", "5"]).flatMap((each) => lint(each, chineseRules)));
const englishFaults = (entries: ReadonlyMap<string, string>) =>
  faultsOf(entries, (text) => filled(text, ["X", "5"]).flatMap((each) => lint(each, englishRules)));

describe("the messages of the two languages", () => {
  it("are there, under the same keys", () => {
    expect(en.size).toBeGreaterThan(100);
    expect([...zh.keys()].toSorted()).toEqual([...en.keys()].toSorted());
  });

  it("have the same places", () => {
    const apart = [...en].filter(
      ([key, text]) => distinct(text).join() !== distinct(zh.get(key) ?? "").join(),
    );
    expect(apart).toEqual([]);
  });

  it("have no empty text, and none with spaces at its ends", () => {
    expect(all.filter(([, text]) => text.trim() === "" || text.trim() !== text)).toEqual([]);
  });

  it("have plain places only: no format, no option, no nesting, no name of an option", () => {
    expect(all.filter(([, text]) => /[{}]/.test(text.replace(/\{\{[a-zA-Z]+\}\}/g, "")))).toEqual([]);
    expect(all.filter(([, text]) => text.includes("$t("))).toEqual([]);
    expect(all.filter(([, text]) => placesIn(text).some((name) => reserved.has(name)))).toEqual([]);
  });

  it("end with a full stop in both or in neither", () => {
    const apart = [...en].filter(([key, text]) => text.endsWith(".") !== zh.get(key)?.endsWith("。"));
    expect(apart).toEqual([]);
  });

  it("have no full stop at the end of a claim, a head, a unit or a label", () => {
    const isHeading = (key: string) => /(^|\.)(claim|kicker|unit|title)(\.|$)/.test(key);
    expect([...en].filter(([key, text]) => isHeading(key) && /\.$/.test(text))).toEqual([]);
  });

  it("are translated: Chinese where there are words, and never the English text", () => {
    const hasWords = (text: string) => /\p{L}/u.test(text.replace(/\{\{\w+\}\}/g, ""));
    const untranslated = [...zh].filter(
      ([key, text]) => hasWords(text) && (!/\p{Script=Han}/u.test(text) || text === en.get(key)),
    );
    expect(untranslated).toEqual([]);
    expect([...en].filter(([key, text]) => hasWords(text) && !hasWords(zh.get(key) ?? ""))).toEqual([]);
  });
});

describe("the house lint", () => {
  it("finds nothing in English", () => {
    expect(englishFaults(en)).toEqual({});
  });

  it("finds nothing in Chinese", () => {
    expect(chineseFaults(zh)).toEqual({});
  });

  it("sees a fault beside a place, whatever stands in it", () => {
    const one = (locale: Locale, text: string) =>
      Object.values((locale === "en" ? englishFaults : chineseFaults)(new Map([["x", text]]))).flat();
    expect(one("zh-CN", "{{name}},上涨{{v}}。")).toEqual(["halfwidth punctuation"]);
    expect(one("zh-CN", "{{v}} 以来")).toEqual(["literal space"]);
    expect(one("zh-CN", "净流出-{{v}}")).toEqual(["sign after a direction"]);
    expect(one("zh-CN", "上涨{{v}")).toEqual(["what was not filled"]);
    expect(one("en", "{{name}}'s week")).toEqual(["straight quotes"]);
    expect(one("en", "{{v}} times more")).toEqual(["times more"]);
  });
});
