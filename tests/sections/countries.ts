import type { CountryRule } from "#src/domain/country-rules.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { closesTo, type Row, series } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import type { CaseSeries, MarketCase } from "#tests/sections/market-case.ts";
import { friday, noise, pathOf } from "#tests/sections/surfaces.ts";

const named = (text: string) => ({ en: text, "zh-CN": `名${text}` });

/** A country of an index I alone; a test says what else is known. */
export const ruleOf = (rule: Partial<CountryRule> = {}): CountryRule => ({
  name: named("Country"),
  money: named("the coin"),
  index: "I",
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
  ...rule,
});

/** `n` log returns between plus and minus one per cent. */
export const small = (n: number, seed: number): readonly number[] => {
  const dice = noise(seed);
  return series(n, () => 0.01 * dice());
};

/** Month-ends of some values up to a month before the Friday; the last is of January 2026 unless said otherwise. */
export function monthsTo(values: readonly number[], last = 2026 * 12): Row[] {
  return values.map((value, i): Row => {
    const month = last - (values.length - 1 - i);
    const [year, number] = [Math.floor(month / 12), (month % 12) + 1];
    const day = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
    return [day, value];
  });
}

/** Number that somebody gave on a day. */
export const given = (...rows: readonly Row[]): CaseSeries => ({
  rows,
  staleAfter: 400,
  source: named("Desk"),
});

/** The issue of such a country, with its section. */
export function countryIssue(
  rule: Partial<CountryRule>,
  all: Readonly<Record<string, CaseSeries>>,
  rest: Partial<MarketCase> & { readonly asOf?: IsoDate } = {},
) {
  const { asOf = friday, ...more } = rest;
  const market: MarketCase = {
    series: { I: { rows: pathOf(small(300, 1), asOf) }, ...all },
    countries: { korea: ruleOf(rule) },
    sections: ["korea", "sources"],
    ...more,
  };
  const found = issueOf(market, asOf);
  const part = found.section("korea");
  return {
    ...found,
    part,
    numberOf: (id: string) => Number(found.fact(`korea.${id}`).value),
    keys: part.words.flat().map(({ key }) => key),
    gaps: part.gaps.map(({ key }) => key),
    rows: part.tables.flatMap(({ id, rows }) => rows.map(({ head }) => `${id} ${head.key}`)),
    ofCountry: found.said.filter((id) => id.startsWith("korea.")),
  };
}

/** Closes to that Friday that end so. */
export const endingAt = (values: readonly number[], last: number): Row[] =>
  closesTo(friday, [...values.slice(0, -1), last]);
