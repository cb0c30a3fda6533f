import type { IsoDate } from "#src/domain/time.ts";
import { closesTo, type Row, series } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import type { CaseSeries, MarketCase } from "#tests/sections/market-case.ts";

export const friday = "2026-02-13";

/** Numbers from a seed, between −1 and 1. */
export function noise(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** Closes to that Friday, of these daily log returns. */
export function pathOf(returns: readonly number[], end: IsoDate = friday): Row[] {
  let price = 100;
  const closes = returns.map((r) => {
    price *= Math.exp(r);
    return price;
  });
  return closesTo(end, [100, ...closes]);
}

/** `n` returns of a size that may change towards the end (0 sessions left), each name by its own dice. */
export const returnsOf = (n: number, seed: number, size: (left: number) => number): readonly number[] => {
  const dice = noise(seed);
  return series(n, (i) => size(n - 1 - i) * dice());
};

/** A surface of some names in two groups under an index I. */
export function surfaceCase(
  index: readonly Row[],
  names: readonly (readonly Row[] | CaseSeries)[],
  rest: Partial<MarketCase> & { readonly pointInTime?: boolean; readonly implied?: readonly string[] } = {},
): MarketCase {
  const { pointInTime = false, implied = [], series: more = {}, ...others } = rest;
  const ids = names.map((_, i) => `N${i}`);
  const half = Math.ceil(names.length / 2);
  const group = (name: string, members: readonly string[]) => ({
    name: { en: name, "zh-CN": name },
    members,
  });
  return {
    series: {
      I: { rows: index },
      ...Object.fromEntries(
        names.map((own, i): [string, CaseSeries] => [
          `N${i}`,
          Array.isArray(own) ? { rows: own } : (own as CaseSeries),
        ]),
      ),
      ...more,
    },
    surface: {
      index: "I",
      groups: { first: group("First", ids.slice(0, half)), second: group("Second", ids.slice(half)) },
      pointInTime,
      implied,
    },
    sections: ["surface", "sources"],
    ...others,
  };
}

/** The issue of such a surface. */
export function surfaceIssue(...given: Parameters<typeof surfaceCase>) {
  const found = issueOf(surfaceCase(...given), friday);
  return { ...found, part: found.section("surface") };
}
