import type { Say } from "#src/domain/say.ts";
import type { AppetiteRule } from "#src/domain/workspace.ts";
import type { Row } from "#tests/sections/days.ts";
import { closesTo, priceOf, series } from "#tests/sections/days.ts";
import { type Issue, issueOf } from "#tests/sections/issue-of.ts";
import type { CaseSeries, MarketCase } from "#tests/sections/market-case.ts";

export const friday = "2026-02-13";

/** The returns of one name: at session `t`, `left` sessions before the last. */
export type Shape = (r: number, t: number, left: number) => number;

/** Prices to the Friday, whose returns are those given, each as the shape has it. */
export const rowsOf = (returns: readonly number[], shape: Shape = (r) => r): Row[] =>
  closesTo(friday, priceOf(returns.map((r, t) => shape(r, t, returns.length - 1 - t))));

/** Ids of so many names. */
export const names = (n: number, prefix = "s"): readonly string[] =>
  series(n, (k) => k).map((k) => `${prefix}${k}`);

/** Series of those ids, one a panel's row. */
export const seriesOf = (
  ids: readonly string[],
  panel: readonly (readonly number[])[],
  shape: (name: number) => Shape = () => (r) => r,
): Readonly<Record<string, CaseSeries>> =>
  Object.fromEntries(ids.map((id, k) => [id, { rows: rowsOf(panel[k] ?? [], shape(k)) }]));

/** A series without its last values. */
export const ending = (each: CaseSeries | undefined, before: number): CaseSeries => ({
  rows: (each?.rows ?? []).slice(0, -before),
});

/** A sign of appetite for risk. */
export const signal = (
  series: string,
  means: AppetiteRule["means"] = "appetite",
  over: string | null = null,
): AppetiteRule => ({ series, over, means, name: null });

/** The section `regime` of an issue that has nothing else, checked for what every issue must keep. */
export function regimeOf(market: Omit<MarketCase, "sections">): Issue & ReturnType<typeof partsOf> {
  const issue = issueOf({ sections: ["regime"], ...market }, friday);
  return { ...issue, ...partsOf(issue) };
}

/** What of the section the tests ask for: rows of the table by measure, its readings, gaps and sentences. */
function partsOf(issue: Issue) {
  const section = issue.section("regime");
  const rows = section.tables.find(({ id }) => id === "regime.conditions")?.rows ?? [];
  const keyOf = ({ key }: Say): string => key;
  return {
    measures: rows.map(({ head }) => head.key.split(".").at(-1)),
    readings: rows.map(({ cells }) => {
      const last = cells.at(-1) ?? null;
      return last !== null && "say" in last
        ? last.say.key.replace("regime.conditions.reading.", "")
        : undefined;
    }),
    gaps: section.gaps.map(keyOf),
    sentences: [...section.words, ...section.tables.map(({ lead = [] }) => lead)].flat().map(keyOf),
    figures: section.figures.map(({ id }) => id),
  };
}
