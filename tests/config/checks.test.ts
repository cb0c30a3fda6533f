import { describe, expect, it } from "vitest";
import { parsed, problemsOf } from "#tests/config/problems.ts";

const head = `brand: {responsible: Desk}
publications: {weekly: {title: Weekly, calendar: NYSE, sections: [headline, checks, sources]}}
files: {list: {path: n.yaml, layout: list, defaults: {kind: flow, currency: USD, lag: 0, staleAfter: 30, calendar: NYSE, provider: Desk}}}
series: {a: {name: A}, b: {name: B}, e: {name: E, currency: EUR}, g: {name: G, kind: return, unit: percent}}
`;
const parse = (text: string) => parsed(`${head}${text}`);
const found = (text: string) => problemsOf(`${head}${text}`);

describe("checks of quoted numbers", () => {
  it("have a relation each, of series and of facts of the issue", () => {
    const { checks } = parse(
      "checks: {x: {name: X, share: {part: {series: a, decimals: 1}, others: [{series: b}, {fact: flows.us.year}]}}}",
    );
    expect(checks).toEqual([
      {
        id: "x",
        name: { en: "X", "zh-CN": "X" },
        relation: "share",
        numbers: {
          part: [{ series: "a", decimals: 1 }],
          others: [
            { series: "b", decimals: null },
            { fact: "flows.us.year", name: null },
          ],
        },
      },
    ]);
  });

  it.each([
    ["nothing", "", ["the section checks without its settings"]],
    ["no relation", "{x: {name: X}}", ["one relation: share, ratio, sum, compound, fx, upside, pe"]],
    [
      "two relations",
      "{x: {name: X, ratio: {of: {series: a}, over: {series: b}}, sum: {parts: [{series: a}]}}}",
      ["one relation: share, ratio"],
    ],
    ["one of three", "{x: {name: X, fx: {local: {series: g}}}}", ["at least two of the three numbers"]],
    [
      "an unknown series in a list and beside it",
      "{x: {name: X, share: {part: {series: aa}, others: [{series: bb}]}}}",
      ['found "aa", expected the id of a series', 'found "bb", expected the id of a series'],
    ],
    [
      "another currency",
      "{x: {name: X, sum: {parts: [{series: a}, {series: e}]}}}",
      ['found "e" of kind flow in EUR, expected a number of kind flow in USD, as "a"'],
    ],
    [
      "money for growth",
      "{x: {name: X, compound: {growths: [{series: g}, {series: a}]}}}",
      ['found "a" of kind flow, expected a series of kind return, yield, ratio'],
    ],
    ["no parts", "{x: {name: X, sum: {parts: []}}}", ["at least one number"]],
    [
      "a fact beside a series",
      "{x: {name: X, ratio: {of: {series: a, fact: b}, over: {series: b}}}}",
      ["expected"],
    ],
  ])("with %s are told of it", (_, text, wanted) => {
    const problems = found(text === "" ? "" : `checks: ${text}`);
    for (const each of wanted) expect(problems.join("\n")).toContain(each);
    expect(problems.length).toBeGreaterThan(0);
  });
});
