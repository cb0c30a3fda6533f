import { type Row, weekdaysFrom } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import { type CaseSeries, type MarketCase, namedList } from "#tests/sections/market-case.ts";

export const friday = "2026-02-13";
export const bn = 1e9;
/** The 32 weekdays from 1 January to 13 February 2026. */
export const days = weekdaysFrom("2026-01-01", friday);

export const flowSeries = (rows: readonly Row[], own: CaseSeries = {}): CaseSeries => ({
  kind: "flow",
  currency: "USD",
  rows,
  ...own,
});

/** A fund that drew this much in all, in equal parts, on all those days but the first few. */
export function fund(total: number, missing = 0, last = friday): CaseSeries {
  const there = days.filter((day, i) => i >= missing && day <= last);
  return flowSeries(there.map((day): Row => [day, total / there.length]));
}

/** The same, known that many sessions later. */
export const lagged = (series: CaseSeries, sessions: number): CaseSeries => ({
  ...series,
  lag: { sessions, hours: 0 },
});

/** The issue of funds in groups: of what is said and refused, that about the year. */
export function flowIssue(
  series: MarketCase["series"],
  groups: Readonly<Record<string, readonly string[]>>,
  asOf = friday,
  compare = Object.keys(groups),
) {
  const named = Object.entries(groups).map(([id, members]) => [id, namedList(id, ...members)] as const);
  const found = issueOf(
    {
      series,
      flows: { groups: Object.fromEntries(named), compare: [compare] },
      sections: ["flows", "sources"],
    },
    asOf,
  );
  const { statements, refusals } = found.composed.facts;
  const ofYear = (word: string) => ["share of the marginal dollar", "total of the group"].includes(word);
  const said = statements.filter(({ gate }) => gate.rule === "H3 marginal share").map(({ id }) => id);
  const refused = refusals.filter(({ word }) => ofYear(word)).map(({ id }) => id);
  return { ...found, said, refused, part: found.section("flows"), only: said[0] ?? "" };
}

/** Groups of one fund each; a group bears its fund's id in capitals. */
export const ofOne = (funds: Readonly<Record<string, CaseSeries>>, asOf = friday) =>
  flowIssue(funds, Object.fromEntries(Object.keys(funds).map((id) => [id.toUpperCase(), [id]])), asOf);
