import type { SignalRules } from "#src/domain/signals-rules.ts";
import type { Statement } from "#src/domain/statement.ts";
import { noisePanel } from "#tests/metrics/panels.ts";
import type { Shape } from "#tests/sections/conditions-case.ts";
import { priceOf, type Row, series, weekdaysTo } from "#tests/sections/days.ts";
import { type Issue, issueOf } from "#tests/sections/issue-of.ts";
import type { CaseSeries, MarketCase } from "#tests/sections/market-case.ts";

export const friday = "2026-02-13";
/** A z of 757 sessions, and a rarity among 756 of them. */
const sessions = 1600;
const dice = noisePanel(12, sessions, 11);
const days = weekdaysTo(friday, sessions + 1);

/** Values on the last weekdays to the Friday. */
export const rowsTo = (values: readonly number[]): Row[] =>
  values.map((value, i) => [days[days.length - values.length + i] ?? friday, value]);

/** Prices to the Friday, whose returns are those given, each as the shape has it. */
const rowsOf = (returns: readonly number[], shape: Shape): Row[] =>
  rowsTo(priceOf(returns.map((r, t) => shape(r, t, returns.length - 1 - t))));

const named = (text: string) => ({ en: text, "zh-CN": text });

/** Sectors and an index; each sector is the index and a little of its own, and in the last twenty sessions a drift. */
export const sectorIds = ["C1", "C2", "D1", "D2", "O1", "O2", "O3"] as const;
export type Drifts = Readonly<Partial<Record<(typeof sectorIds)[number] | "I" | "E", number>>>;

const drifting =
  (market: readonly number[], drift: number): Shape =>
  (r, t, left) =>
    (market[t] ?? 0) / 10 + r / 40 + (left < 20 ? drift : 0);

/** The sectors' series, and the equal-weight index E where it is asked for. */
export function sectors(drifts: Drifts): Readonly<Record<string, CaseSeries>> {
  const [market = []] = dice;
  const of = (id: keyof Drifts, k: number): CaseSeries => ({
    rows: rowsOf(dice[k + 1] ?? [], drifting(market, drifts[id] ?? 0)),
  });
  return {
    I: { rows: rowsOf(market, (r, _, left) => r / 10 + (left < 20 ? (drifts.I ?? 0) : 0)) },
    ...Object.fromEntries(sectorIds.map((id, k) => [id, of(id, k)])),
    ...(drifts.E === undefined ? {} : { E: of("E", 8) }),
  };
}

export const rules = (more: Partial<SignalRules> = {}): SignalRules => ({
  index: "I",
  equalWeight: null,
  cyclical: { name: named("cyclicals"), members: ["C1", "C2"] },
  defensive: { name: named("defensives"), members: ["D1", "D2"] },
  others: ["O1", "O2", "O3"],
  growth: [],
  curve: null,
  clock: null,
  ...more,
});

/** The section of an issue that has nothing else, checked for what every issue must keep. */
export function signalsIssue(
  own: Readonly<Record<string, CaseSeries>>,
  signals: SignalRules,
  more: Partial<MarketCase> = {},
) {
  const issue = issueOf({ series: own, signals, sections: ["signals"], ...more }, friday);
  const section = issue.section("signals");
  return {
    ...issue,
    part: section,
    gaps: section.gaps.map(({ key }) => key),
    sentences: section.words.flat().map(({ key }) => key),
    rows: section.tables[0]?.rows ?? [],
  };
}

export const keysOf = ({ text }: Statement): readonly string[] => text.map(({ key }) => key);
export const ofIssue = (issue: Issue, id: string): readonly string[] => keysOf(issue.statement(id));

/** Yields in fractions of daily changes in basis points, which begin at so many per cent. */
export const yieldsOf = (start: number, changes: readonly number[]): CaseSeries => {
  let level = start / 100;
  const levels = changes.map((bp) => {
    level += bp / 1e4;
    return level;
  });
  return { kind: "yield", rows: rowsTo(levels) };
};

/** So many changes of one basis point up and down in turn, and then these. */
export const quiet = (last: readonly number[], n = 400): readonly number[] => [
  ...series(n - last.length, (i) => (i % 2 === 0 ? 1 : -1)),
  ...last,
];

/** Deviation, mean, and z of the last against all before it. */
export function zOf(values: readonly number[]): number {
  const before = values.slice(0, -1);
  const mean = before.reduce((sum, v) => sum + v, 0) / before.length;
  const squares = before.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return ((values.at(-1) ?? 0) - mean) / Math.sqrt(squares / (before.length - 1));
}
