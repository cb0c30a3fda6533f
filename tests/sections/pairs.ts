import { closesTo, priceOf, type Row, series } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import { type MarketCase, pairOf } from "#tests/sections/market-case.ts";

export const friday = "2026-02-13";

/** The issue of one pair of one long and one short share. */
export function pairIssue(
  long: readonly Row[],
  short: readonly Row[],
  inception: string | null = null,
  rest: Partial<MarketCase> = {},
) {
  const found = issueOf(
    {
      series: { L: { rows: long }, S: { rows: short } },
      pairs: { p: pairOf(["L"], ["S"], inception) },
      sections: ["pair", "sources"],
      ...rest,
    },
    friday,
  );
  return { ...found, part: found.section("pair") };
}

/** `n` sessions of small returns of either sign up to that Friday; the last ones given. */
export const pathTo = (n: number, ...last: readonly number[]): readonly Row[] => {
  const quiet = series(n - 1 - last.length, (i) => (i % 2 === 0 ? 0.001 : -0.001));
  return closesTo(friday, priceOf([...quiet, ...last]));
};

/** The same with a price that never moves. */
export const still = (n: number, ...last: readonly number[]): readonly Row[] =>
  closesTo(friday, priceOf([...series(n - 1 - last.length, () => 0), ...last]));
