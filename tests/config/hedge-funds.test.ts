import { describe, expect, it } from "vitest";
import { parsed, problemsOf } from "#tests/config/problems.ts";

const head = `brand: {responsible: Desk}
publications: {weekly: {title: Weekly, calendar: NYSE, sections: [headline, hedge-funds, sources]}}
files:
  all: {path: all.csv, layout: wide, defaults: {kind: total-return, calendar: NYSE, provider: Desk}}
series: {m: {name: M}, s: {name: S, kind: return, lag: 1 session, staleAfter: 75}, t: {name: T}, b: {name: B, kind: yield, lag: 1 session}, v: {name: V, kind: count, lag: 0}}
`;
const parse = (text: string) => parsed(`${head}${text}`);
const found = (text: string) => problemsOf(`${head}${text}`);
const strategy = "strategies: {macro: {name: Macro, series: s}}";
const many = (n: number) =>
  `volumes: {${Array.from({ length: n }, (_, i) => `${i === 0 ? "t" : `x${i}`}: v`).join(", ")}}`;

describe("hedge funds", () => {
  it("are none where nothing is said of them", () => {
    expect(found("")).toEqual([
      "2:77: found the section hedge-funds without its settings, expected hedgeFunds in the workspace, with strategies, liquidity or adaptive",
    ]);
  });

  it("have strategies, what these are held against, and what liquid and adaptive is told by", () => {
    const { hedgeFunds } = parse(
      `hedgeFunds: {market: m, cash: b, ${strategy}, liquidity: {liquid: m, illiquid: t}, adaptive: {adaptive: m, static: t}}`,
    );
    expect(hedgeFunds).toEqual({
      benchmark: { market: "m", cash: "b" },
      strategies: {
        macro: {
          name: { en: "Macro", "zh-CN": "Macro" },
          prose: { en: "Macro", "zh-CN": "Macro" },
          series: "s",
        },
      },
      liquidity: { liquid: "m", illiquid: "t" },
      adaptive: { adaptive: "m", static: "t" },
    });
    expect(parse("hedgeFunds: {adaptive: {adaptive: m, static: t}}").hedgeFunds).toMatchObject({
      benchmark: null,
      strategies: {},
      liquidity: null,
    });
  });

  it.each([
    [
      "strategies without a benchmark",
      `{${strategy}}`,
      [
        "6:14: found strategies without it, expected market, against which strategies are held",
        "6:14: found strategies without it, expected cash, against which strategies are held",
      ],
    ],
    [
      "a market that is no total return, and a bill that is no yield",
      `{market: b, cash: m, ${strategy}}`,
      [
        '6:22: found "b" of kind yield, expected a series of kind return, total-return',
        '6:31: found "m" of kind total-return, expected a series of kind yield',
      ],
    ],
    [
      "one index for two strategies",
      "{market: m, cash: b, strategies: {a: {name: A, series: s}, c: {name: C, series: s}}}",
      ['6:93: found "s" a second time, expected each index once'],
    ],
    [
      "one side of two",
      "{liquidity: {liquid: m}}",
      ["6:14: found liquid alone, expected liquid and illiquid, or volumes"],
    ],
    [
      "neither side",
      "{liquidity: {}}",
      [
        "2:77: found the section hedge-funds without its settings, expected hedgeFunds in the workspace, with strategies, liquidity or adaptive",
        "6:14: found neither, expected liquid and illiquid, or volumes",
      ],
    ],
    [
      "volumes beside the two, and names that there are not",
      `{liquidity: {liquid: m, illiquid: t, volumes: {y: v}}}`,
      [
        "6:50: found volumes beside liquid, illiquid, expected either liquid and illiquid, or volumes",
        '6:60: found "y", expected the id of a series of this workspace; did you mean m?',
      ],
    ],
    [
      "too few volumes",
      "{liquidity: {volumes: {t: v}}}",
      ["6:35: found 1 names, expected thirty names or more"],
    ],
    [
      "a number that stands for weeks where a session's is wanted",
      "{adaptive: {adaptive: s, static: t}}",
      [
        '6:35: found "s" of kind return, expected a series of kind price, total-return, level, fx',
        '6:35: found "s", whose values stand for 75 days, expected a series with a value each session',
      ],
    ],
    [
      "a volume that is no count, of a name that is no price",
      `{liquidity: {volumes: {s: t}}}`,
      [
        "6:35: found 1 names, expected thirty names or more",
        '6:36: found "s" of kind return, expected a series of kind price, total-return',
        '6:39: found "t" of kind total-return, expected a series of kind count',
      ],
    ],
    [
      "a series that there is not",
      "{market: mm, cash: b, strategies: {macro: {name: A, series: s}}}",
      ['6:22: found "mm", expected the id of a series of this workspace; did you mean m?'],
    ],
  ])("with %s are told of it", (_, text, wanted) => {
    expect(found(`hedgeFunds: ${text}`)).toEqual(wanted);
  });

  it("may have thirty names", () => {
    expect(found(`hedgeFunds: {liquidity: {${many(30)}}}`).filter((each) => /thirty/.test(each))).toEqual([]);
    expect(
      found(`hedgeFunds: {liquidity: {${many(29)}}}`).filter((each) => /thirty/.test(each)),
    ).toHaveLength(1);
  });
});
