import { describe, expect, it } from "vitest";
import { parsed, problemsOf } from "#tests/config/problems.ts";

const head = `brand: {responsible: Desk}
publications: {weekly: {title: Weekly, calendar: NYSE, sections: [headline, epicentre, grid, sources]}}
files: {all: {path: all.csv, layout: wide, defaults: {kind: price, calendar: NYSE, provider: Desk, lag: 0}}}
series: {soft: {name: S}, market: {name: M}, pe: {name: P, kind: ratio, staleAfter: 75}, eps: {name: E, kind: earnings, staleAfter: 75}, vol: {name: V, kind: count}, cpi: {name: C, kind: level, staleAfter: 75}, load: {name: L, kind: level, staleAfter: 75}, rate: {name: R, kind: yield}}
declared: {baskets: baskets.csv}
baskets: {theme: {name: Theme}}
`;
const sector = "epicentre: {sector: soft, market: market}\n";
const theme = "grid: {basket: theme, market: market}\n";
const parse = (text: string) => parsed(`${head}${text}`);
const found = (text: string) => problemsOf(`${head}${text}`);

describe("a sector and a theme in focus", () => {
  it("need little, and the rest is not asked for", () => {
    const { epicentre, grid } = parse(`${sector}${theme}`);
    expect(epicentre).toEqual({
      sector: "soft",
      market: "market",
      multiple: null,
      earnings: null,
      volume: null,
      subindustries: [],
      names: [],
    });
    expect(grid).toEqual({ basket: "theme", market: "market", volume: null, spillover: [] });
  });

  it("have all that is named", () => {
    const text =
      "epicentre: {sector: soft, market: market, multiple: pe, earnings: eps, volume: vol}\n" +
      "grid: {basket: theme, market: market, volume: vol, spillover: [cpi, load]}\n";
    const { epicentre, grid } = parse(text);
    expect(epicentre).toMatchObject({ multiple: "pe", earnings: "eps", volume: "vol" });
    expect(grid).toMatchObject({ volume: "vol", spillover: ["cpi", "load"] });
  });

  it("are missed where their sections are asked for", () => {
    expect(found("")).toEqual([
      expect.stringContaining("epicentre in the workspace, with a sector and its market"),
      expect.stringContaining("grid in the workspace, with a basket and its market"),
    ]);
  });

  it.each([
    ["a series that is none", "epicentre: {sector: sft, market: market}", '7:21: found "sft"', "soft"],
    ["a basket that is none", "grid: {basket: them, market: market}", '7:16: found "them"', "theme"],
    [
      "a yield for a sector",
      "epicentre: {sector: rate, market: market}",
      '7:21: found "rate" of kind yield',
      "kind price",
    ],
    [
      "a price for a multiple",
      "epicentre: {sector: soft, market: market, multiple: cpi}",
      '7:53: found "cpi" of kind level',
      "a series of kind ratio",
    ],
    [
      "a level for earnings",
      "epicentre: {sector: soft, market: market, multiple: pe, earnings: cpi}",
      '7:67: found "cpi" of kind level',
      "a series of kind earnings",
    ],
    [
      "earnings alone",
      "epicentre: {sector: soft, market: market, earnings: eps}",
      "7:43: found earnings without it",
      "multiple, the price-earnings ratio of these earnings",
    ],
    [
      "a price for a volume",
      "epicentre: {sector: soft, market: market, volume: market}",
      '7:51: found "market" of kind price',
      "a series of kind count, aum",
    ],
    [
      "the market as its own sector",
      "epicentre: {sector: soft, market: soft}",
      '7:21: found "soft"',
      "not the market as well",
    ],
    [
      "the market among the names",
      "epicentre: {sector: soft, market: market, names: [market]}",
      '7:51: found "market"',
      "not the market as well",
    ],
    [
      "a name twice",
      "epicentre: {sector: soft, market: market, names: [cpi, cpi]}",
      "7:50: found a list",
      "each series once",
    ],
    [
      "a daily series of growth",
      "grid: {basket: theme, market: market, spillover: [cpi, market]}",
      '7:56: found "market" without staleAfter',
      "staleAfter",
    ],
    [
      "a yield that grows",
      "grid: {basket: theme, market: market, spillover: [cpi, rate]}",
      '7:56: found "rate" of kind yield',
      "a series of kind price",
    ],
    [
      "one series of growth",
      "grid: {basket: theme, market: market, spillover: [cpi]}",
      "7:50: found a list",
      "two series or more, or none",
    ],
    [
      "a key that is none",
      "grid: {basket: theme, market: market, sectors: []}",
      "7:39: found the unknown key sectors",
      "sectors",
    ],
  ])("%s is a problem with its place", (_, text, place, expected) => {
    const other = text.startsWith("grid") ? sector : theme;
    const problems = found(`${text}\n${other}`);
    expect(problems.filter((each) => each.startsWith(place) && each.includes(expected))).toHaveLength(1);
  });
});
