import { describe, expect, it } from "vitest";
import { TidelineError } from "#src/domain/errors.ts";
import { parsed, placeless } from "#tests/config/problems.ts";

const head = `brand: {responsible: Desk}
publications: {weekly: {title: Weekly, calendar: NYSE, sections: [headline, signals, sources]}}
files: {all: {path: all.csv, layout: wide, defaults: {kind: price, calendar: NYSE, provider: Desk}}}
series:
  {i: {name: I}, e: {name: E}, a: {name: A}, b: {name: B}, c: {name: C}, d: {name: D}, o: {name: O}, p: {name: P},
  t: {name: T, kind: total-return}, u: {name: U, currency: EUR}, w: {name: W, currency: USD},
  y: {name: Y, kind: yield, unit: percent, lag: 0}, x: {name: X, kind: yield, unit: percent, lag: 0},
  v: {name: V, kind: level, tags: [volatility]}, m: {name: M, kind: level, staleAfter: 75}, k: {name: K, kind: level, staleAfter: 75},
  f: {name: F, kind: flow, currency: USD, lag: 0}}
conditions: {turbulence: [a, b, c, d, o]}
`;
const groups =
  "index: i, cyclical: {name: cyc, members: [a, b]}, defensive: {name: def, members: [c, d]}, others: [o]";
const signals = (more = "", base = groups) => `${head}signals: {${base}${more}}\n`;
const five =
  "{series: p, means: growth}, {series: y, means: growth}, {series: y, less: x, means: growth, name: slope}, {series: v, means: slowdown}, {series: a, over: b, means: growth}";

describe("signals", () => {
  it("are none where nothing is said of them", () => {
    expect(parsed(head.replace("signals, ", "")).signals).toBeNull();
    expect(placeless(head)).toEqual([
      "found the section signals without its settings, expected signals in the workspace, with an index and its sectors",
    ]);
  });

  it("have sectors, and what else is asked for", () => {
    const whole = signals(
      `, equalWeight: e, growth: [${five}], curve: {short: x, long: y}, clock: {growth: [m], inflation: k}`,
    );
    expect(parsed(whole).signals).toEqual({
      index: "i",
      equalWeight: "e",
      cyclical: { name: { en: "cyc", "zh-CN": "cyc" }, members: ["a", "b"] },
      defensive: { name: { en: "def", "zh-CN": "def" }, members: ["c", "d"] },
      others: ["o"],
      growth: [
        { series: "p", over: null, less: null, means: "growth", name: null },
        { series: "y", over: null, less: null, means: "growth", name: null },
        { series: "y", over: null, less: "x", means: "growth", name: { en: "slope", "zh-CN": "slope" } },
        { series: "v", over: null, less: null, means: "slowdown", name: null },
        { series: "a", over: "b", less: null, means: "growth", name: null },
      ],
      curve: { short: "x", long: "y" },
      clock: { growth: ["m"], inflation: "k" },
    });
    expect(parsed(signals()).signals).toMatchObject({
      equalWeight: null,
      growth: [],
      curve: null,
      clock: null,
    });
  });

  it.each([
    [
      "a sector in two groups",
      signals("", groups.replace("others: [o]", "others: [o, c]")),
      'found "c", expected a series that is not signals.defensive as well',
    ],
    [
      "the index among the sectors",
      signals("", groups.replace("others: [o]", "others: [i]")),
      'found "i", expected a series that is not signals.index as well',
    ],
    [
      "a sector with dividends under an index without",
      signals("", groups.replace("others: [o]", "others: [t]")),
      'found "t" of kind total-return, expected a series not of kind total-return, as i is not',
    ],
    [
      "an equal-weight index of another kind",
      signals(", equalWeight: e", groups.replace("index: i", "index: t")),
      'found "e" of kind price, expected a series of kind total-return, as t is of it',
    ],
    [
      "a ratio of two currencies",
      signals(`, growth: [${five}, {series: u, over: w, means: growth}]`),
      'found "w", in USD, expected a series in EUR, as u',
    ],
    [
      "a ratio beside a difference",
      signals(`, growth: [${five}, {series: y, over: a, less: x, means: growth}]`),
      "found less beside over, expected either over, for a ratio of prices, or less, for a difference of yields",
    ],
    [
      "a difference of prices",
      signals(`, growth: [${five}, {series: a, less: x, means: growth}]`),
      'found "a" of kind price, expected a series of kind yield',
    ],
    [
      "a flow for a signal",
      signals(`, growth: [${five}, {series: f, means: growth}]`),
      'found "f" of kind flow, expected a series of kind price, total-return, level, fx, yield',
    ],
    [
      "a signal named twice",
      signals(`, growth: [${five}, {series: p, means: slowdown}]`),
      'found "p" a second time, expected each signal once',
    ],
    [
      "four signals",
      signals(`, growth: [${five.slice(0, five.lastIndexOf(", {"))}]`),
      "found a list, expected five signals or more, or none",
    ],
    [
      "signals without turbulence",
      signals(`, growth: [${five}]`).replace(/conditions: .*\n/u, ""),
      "found signals of growth without it, expected conditions.turbulence, whose correlation surprise stands beside their contradiction",
    ],
    [
      "a curve of prices",
      signals(", curve: {short: a, long: y}"),
      'found "a" of kind price, expected a series of kind yield',
    ],
    [
      "a curve of one yield",
      signals(", curve: {short: y, long: y}"),
      'found "y", expected another series than short',
    ],
    [
      "a clock of daily numbers",
      signals(", clock: {growth: [m], inflation: i}"),
      'found "i" without it, expected a monthly series, which has staleAfter: for example 75 days',
    ],
    [
      "a monthly signal of growth",
      signals(`, growth: [${five}, {series: m, means: growth}]`),
      'found "m", whose values stand for 75 days, expected a series with a value each session',
    ],
    [
      "a sector that does not exist",
      signals("", groups.replace("others: [o]", "others: [zz]")),
      'found "zz", expected the id of a series of this workspace',
    ],
  ])("are refused for %s", (_, text, problem) => {
    expect(placeless(text)).toContain(problem);
  });
});

describe("a problem of signals", () => {
  it("is told where it stands", () => {
    try {
      parsed(signals("", groups.replace("others: [o]", "others: [o, c]")));
    } catch (error) {
      const [{ line = 0, column = 0 } = {}] = error instanceof TidelineError ? error.problems : [];
      expect(
        signals("", groups.replace("others: [o]", "others: [o, c]"))
          .split("\n")
          [line - 1]?.slice(column - 1),
      ).toMatch(/^c\]/u);
    }
    expect.assertions(1);
  });
});

describe("markets at home and abroad", () => {
  const flows = (markets: string) =>
    `${head.replace("signals, ", "")}flows: {groups: {g: {name: G, members: [f]}, h: {name: H, members: [f]}}, compare: [g, h], markets: {${markets}}}\n`;

  it("are two price series of one kind", () => {
    expect(placeless(flows("home: i, abroad: e")).filter((each) => each.includes("markets"))).toEqual([]);
    expect(placeless(flows("home: i, abroad: t"))).toContain(
      'found "t" of kind total-return, expected a series not of kind total-return, as i is not',
    );
    expect(placeless(flows("home: i, abroad: i"))).toContain('found "i", expected another series than home');
    expect(placeless(flows("home: y, abroad: i")).join()).toContain('found "y" of kind yield');
  });
});
