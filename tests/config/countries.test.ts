import { describe, expect, it } from "vitest";
import { parsed, problemsOf } from "#tests/config/problems.ts";

const head = (sections: string) => `brand: {responsible: Desk}
publications: {weekly: {title: Weekly, calendar: NYSE, sections: [headline, ${sections}]}}
files: {all: {path: all.csv, layout: wide, defaults: {calendar: NYSE, provider: Desk}}}
series:
  index: {name: I, kind: level}
  total: {name: R, kind: total-return}
  fund: {name: W, kind: price}
  rate: {name: X, kind: fx}
  bond: {name: Y, kind: yield, lag: 1 session}
  aim: {name: T, kind: level, staleAfter: 60}
  pe: {name: P, kind: ratio, staleAfter: 75}
  daily: {name: D, kind: ratio}
  eps25: {name: E, kind: earnings, lag: 0, staleAfter: 60}
  eps26: {name: F, kind: earnings, lag: 0, staleAfter: 60}
`;
const korea = (more: string) =>
  `countries: {korea: {name: Korea, money: {en: the won, zh-CN: 韩元}, index: index${more}}}\n`;
const parse = (text: string, sections = "korea") => parsed(`${head(sections)}${text}`);
const found = (text: string, sections = "korea") => problemsOf(`${head(sections)}${text}`);
const problems = (more: string): string => found(korea(more)).join("\n");

describe("countries", () => {
  it("are none where nothing is said of them, and then have no section", () => {
    expect(parse("", "sources").countries).toEqual({});
    expect(found("").join()).toContain("the section korea without its settings");
    expect(found("").join()).toContain("korea among the countries of the workspace");
  });

  it("have every default decided", () => {
    expect(parse(korea("")).countries.korea).toEqual({
      name: { en: "Korea", "zh-CN": "Korea" },
      money: { en: "the won", "zh-CN": "韩元" },
      index: "index",
      currency: null,
      quote: "local-per",
      fixings: [],
      world: null,
      dollars: null,
      yield: null,
      target: null,
      earnings: [],
      multiple: null,
      windows: [120, 180, "full"],
      book: null,
      worldBook: null,
      foreign: null,
      flip: false,
      label: null,
    });
  });

  it("have all that can be said, estimates by year", () => {
    const all = [
      "currency: rate, quote: dollars per local, world: fund, dollars: fund, yield: bond, target: aim, multiple: pe",
      "earnings: [{year: 2026, series: eps26}, {year: 2025, series: eps25}], windows: [60, full], book: pe, worldBook: pe",
      "foreign: daily, flip: true, label: {effective: index, breakeven: bond, gold: fund}",
      "fixings: [{name: {en: first, zh-CN: 甲}}, {name: {en: second, zh-CN: 乙}, from: 2026-04-01}]",
    ].join(", ");
    const rule = parse(korea(`, ${all}`)).countries.korea;
    expect(rule).toMatchObject({
      quote: "per-local",
      earnings: [{ year: 2025 }, { year: 2026 }],
      windows: [60, "full"],
      flip: true,
      label: { effective: "index", breakeven: "bond", banks: null, gold: "fund" },
      fixings: [{ from: null }, { name: { en: "second" }, from: "2026-04-01" }],
    });
  });

  it("are sections: another name would be told of nowhere", () => {
    const text = "countries: {india: {name: India, money: the rupee, index: index}}";
    expect(found(text, "sources").join()).toMatch(/the country india.*the name of a section: korea, japan/u);
  });
});

describe("the keys of a country", () => {
  it.each([
    [", currency: rates", "rates", "the id of a series"],
    [", curency: rate", "curency", ""],
    [", currency: bond", "bond", "kind fx"],
    [", yield: rate", "rate", "kind yield"],
    [", target: pe", "pe", "kind level, price"],
    [", multiple: aim", "aim", "kind ratio"],
    [", foreign: bond", "bond", "kind ratio"],
    [", earnings: [{year: 2025, series: pe}, {year: 2026, series: eps26}]", "pe", "kind earnings"],
    [", earnings: [{year: 2025, series: eps25}]", "", "two years or more"],
    [", earnings: [{year: 2025, series: eps25}, {year: 2025, series: eps26}]", "", "each year once"],
    [", windows: [59]", "", "60"],
    [", windows: [120, 120]", "", "each window once"],
    [", windows: []", "", "at least one window"],
    [", world: fund", "world without it", "currency"],
    [", flip: true", "flip without it", "currency"],
    [", dollars: fund", "dollars without it", "currency"],
    [", book: pe", "book without it", "worldBook"],
    [", worldBook: pe", "worldBook without it", "book"],
    [", currency: rate, world: total", "total", "without dividends"],
    [", multiple: daily", "daily", "staleAfter"],
    [", label: {effective: index, breakeven: bond}", "3 of them", "four signs"],
    [", yield: bond, label: {effective: index, gold: fund}", "3 of them", "four signs"],
    [", label: {effective: bond, breakeven: bond, banks: index}", "bond", "kind price"],
    [", currency: rate, fixings: [{name: a, from: 2026-01-01}]", "from of the first", "none"],
    [", currency: rate, fixings: [{name: a}, {name: b}]", "a fixing without it", "from"],
    [
      ", currency: rate, fixings: [{name: a}, {name: b, from: 2026-02-01}, {name: c, from: 2026-02-01}]",
      "2026-02-01",
      "a day after",
    ],
    [", currency: rate, quote: upside down", "upside down", ""],
  ])("are told in full where they are wrong: %s", (more, what, expected) => {
    const told = problems(more);
    expect(told).toContain(what);
    expect(told).toContain(expected);
    expect(told).not.toBe("");
  });

  it("that want a price each session take none that stands", () => {
    const text = `${korea("").replace("index: index", "index: aim")}`;
    expect(found(text).join()).toContain("a series with a value each session");
  });

  it("have four signs with the yield, or with gold and a currency", () => {
    expect(problems(", yield: bond, label: {effective: index, breakeven: bond}")).toBe("");
    expect(problems(", yield: bond, currency: rate, label: {effective: index, gold: fund}")).toBe("");
  });
});
