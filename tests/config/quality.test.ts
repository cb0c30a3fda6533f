import { describe, expect, it } from "vitest";
import { parseWorkspace } from "#src/config/load.ts";
import { describeProblem, type Problem, TidelineError } from "#src/domain/errors.ts";

const base = `brand: {responsible: Desk}
publications:
  weekly: {title: Weekly, calendar: NYSE, sections: [headline]}
files:
  prices: {path: p.csv, layout: wide, defaults: {kind: level, calendar: NYSE, provider: P}}
  flows: {path: f.csv, layout: wide, defaults: {kind: flow, unit: million, currency: USD, lag: 0, calendar: NYSE, provider: P}}
series:
  vix: {name: VIX, file: prices}
  vixy: {name: VIX elsewhere, file: prices}
  ust: {name: Yield, file: prices, kind: yield, unit: percent, lag: 0}
  usty: {name: Yield elsewhere, file: prices, kind: yield, unit: percent, lag: 0}
  all: {name: All, file: flows}
  home: {name: Home, file: flows}
  world: {name: World, file: flows}
  euro: {name: Euro, file: flows, currency: EUR}
`;
const rules = `quality:
  agree:
    - {series: vix, with: vixy, tolerance: "0.5%"}
    - {series: ust, with: usty, tolerance: 0.02}
  identities:
    - {total: all, parts: [home, world], tolerance: 1}
  severity: {split-seam: hold}
  accept:
    - {series: vix, gate: split-seam, from: 2024-06-10, by: Ada, because: {en: ten for one, zh-CN: 十拆一}}
    - {series: ust, gate: impossible-value, from: 2010-09-01, to: 2010-09-30, by: Ada, because: as printed}
`;

const parse = (text: string) => parseWorkspace(text, { file: "tideline.yaml", dir: "/workspace", env: {} });

function problemsOf(text: string): readonly string[] {
  try {
    parse(text);
  } catch (error) {
    if (!(error instanceof TidelineError) || error.code !== "CONFIG_INVALID") throw error;
    return error.problems.map(({ file: _, ...problem }: Problem) => describeProblem(problem));
  }
  return [];
}

function spoilt(before: string, after: string): readonly string[] {
  if (!rules.includes(before)) throw new RangeError(`the rules have no ${before}`);
  return problemsOf(base + rules.replace(before, after));
}

describe("the rules on the data's quality", () => {
  it("are none where nothing is written", () => {
    expect(parse(base).quality).toEqual({ agree: [], identities: [], accept: [], severity: {} });
  });

  it("come with tolerances in the unit of facts, or as shares", () => {
    const { agree, identities, severity } = parse(base + rules).quality;
    expect(agree).toEqual([
      { series: "vix", with: "vixy", tolerance: { share: 0.005 } },
      // Two hundredths of a percentage point.
      { series: "ust", with: "usty", tolerance: { amount: 0.0002 } },
    ]);
    expect(identities).toEqual([{ total: "all", parts: ["home", "world"], tolerance: { amount: 1e6 } }]);
    expect(severity).toEqual({ "split-seam": "hold" });
  });

  it("accept one day where no last one is given, and say so in both languages", () => {
    expect(parse(base + rules).quality.accept).toEqual([
      {
        series: "vix",
        gate: "split-seam",
        from: "2024-06-10",
        to: "2024-06-10",
        by: { en: "Ada", "zh-CN": "Ada" },
        because: { en: "ten for one", "zh-CN": "十拆一" },
      },
      expect.objectContaining({ from: "2010-09-01", to: "2010-09-30" }),
    ]);
  });

  it.each([
    [
      "an unknown series",
      "{series: vix, gate",
      "{series: vxi, gate",
      /^24:16: found "vxi", expected the id of a series .*did you mean vix\?$/,
    ],
    [
      "an unknown gate",
      "gate: split-seam",
      "gate: split-seem",
      /^24:27: found "split-seem", expected one of holiday-print, .*did you mean split-seam\?$/,
    ],
    ["an unknown gate of a severity", "{split-seam: hold}", "{split-seem: hold}", /^22:14: /],
    [
      "an unknown severity",
      "split-seam: hold",
      "split-seam: stop",
      /^22:26: found "stop", expected one of warn, hold$/,
    ],
    [
      "nobody who answers for it",
      "by: Ada, because: {",
      "because: {",
      /^24:7: found no such key, expected by: Who answers/,
    ],
    ["no reason", ", because: as printed", "", /^25:7: found no such key, expected because: Why/],
    [
      "a last day before the first",
      "to: 2010-09-30",
      "to: 2010-08-31",
      /^25:67: found "2010-08-31", expected a day from 2010-09-01 on$/,
    ],
    [
      "an unknown series to compare with",
      "with: vixy",
      "with: viyx",
      /^18:27: found "viyx", expected the id of a series .*did you mean vix\?$/,
    ],
    [
      "a series compared with itself",
      "with: vixy",
      "with: vix",
      /^18:27: found "vix", expected another series, to compare with$/,
    ],
    [
      "a series of another kind",
      "with: vixy",
      "with: ust",
      /^18:27: found "ust" of kind "yield", expected kind "level", as vix$/,
    ],
    [
      "a part in another currency",
      "[home, world]",
      "[home, euro]",
      /^21:34: found "euro" of currency "EUR", expected currency "USD", as all$/,
    ],
    ["an unknown part", "[home, world]", "[home, word]", /^21:34: found "word", expected the id of a series/],
    [
      "a sum of itself",
      "[home, world]",
      "[home, all]",
      /^21:34: found "all", expected a series that is not the total itself$/,
    ],
    ["one part", "[home, world]", "[home]", /^21:27: found a list, expected at least two series$/],
    ["a tolerance below zero", "tolerance: 1}", "tolerance: -1}", /^21:53: found -1, expected/],
    [
      "a tolerance that is no share",
      '"0.5%"',
      '"0.5"',
      /^18:44: found "0.5", expected an amount as the file writes it, or a share/,
    ],
  ])("report %s, with its line", (_, before, after, expected) => {
    expect(spoilt(before, after)).toEqual([expect.stringMatching(expected)]);
  });
});
