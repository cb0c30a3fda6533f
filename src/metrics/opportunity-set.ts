import { ownHistory, percentileOfLatest } from "#src/metrics/own-history.ts";
import { bySession, type Panel, type Path, pathOf, sessionsOf } from "#src/metrics/panel.ts";
import { type Measured, ok, type Reason, tooFew, warn } from "#src/metrics/result.ts";

/** What choosing among an index's members had to offer, all over the same sessions, oldest first; `null` where missing. */
export interface OpportunityInputs {
  /** Closes of the names while they are members. */
  readonly members: Panel;
  /** Levels of the index, of the same kind of return. */
  readonly index: Path;
  /** Cross-sectional dispersion (D1) and average correlation (D2) of the members. */
  readonly dispersion: Path;
  readonly correlation: Path;
}

/** Members against their index over some sessions. */
export interface Breadth {
  /** Share of the members whose return is higher than the index's. */
  readonly beating: Path;
  /** Mean return of the members less that of the index, a fraction: equal against the index's weights. */
  readonly evenLessIndex: Path;
}

/** Whether active choice had room. */
export interface OpportunitySet {
  /** Over 21 and 63 sessions; `null` where fewer than 30 members have both prices. */
  readonly beating: { readonly month: number | null; readonly quarter: number | null };
  readonly evenLessIndex: { readonly month: number | null; readonly quarter: number | null };
  /** Places in their own histories, 0 to 100; `null` below 252 sessions of them. */
  readonly dispersionPercentile: number | null;
  readonly correlationPercentile: number | null;
  /** How many of three hold: more than half beat the index over both spans, dispersion PR ≥ 70, correlation PR ≤ 30. */
  readonly met: number;
  /** Whether that are two or more. */
  readonly isFavourable: boolean;
}

/** Rules of the opportunity set (K5). */
export const opportunityRules = {
  month: 21,
  quarter: 63,
  leastNames: 30,
  beating: 0.5,
  dispersion: 70,
  correlation: 30,
  least: 2,
} as const;

/**
 * Active opportunity set (主动管理机会集, K5): whether members parted from their index, and from each other.
 *
 * @returns `n` counts conditions that can be told, of three; `insufficient` below two, `warn` (`components-missing`) below three
 * @throws {RangeError} if lengths differ, a price or level is not positive and finite, or another value not finite
 */
export function opportunitySet(inputs: OpportunityInputs): Measured<OpportunitySet> {
  const { members, index, dispersion, correlation } = inputs;
  sessionsOf([index, dispersion, correlation, ...members]);
  const month = breadthPath(members, index, opportunityRules.month);
  const quarter = breadthPath(members, index, opportunityRules.quarter);
  const latest = (path: "beating" | "evenLessIndex") => ({
    month: month[path].at(-1) ?? null,
    quarter: quarter[path].at(-1) ?? null,
  });
  const found = {
    beating: latest("beating"),
    evenLessIndex: latest("evenLessIndex"),
    dispersionPercentile: percentileOfLatest(dispersion, ownHistory.structure).value,
    correlationPercentile: percentileOfLatest(correlation, ownHistory.structure).value,
  };
  const conditions = conditionsOf(found);
  const told = conditions.filter((holds) => holds !== null);
  const n = told.length;
  if (n < opportunityRules.least) return tooFew(n, opportunityRules.least);
  const met = told.filter(Boolean).length;
  const value = { ...found, met, isFavourable: met >= opportunityRules.least };
  const missing: Reason = { code: "components-missing", need: conditions.length, have: n };
  return n < conditions.length ? warn(value, n, missing) : ok(value, n);
}

type Conditions = Omit<OpportunitySet, "met" | "isFavourable" | "evenLessIndex">;

/** Whether each holds; `null` where that cannot be told. */
export function conditionsOf(found: Conditions): readonly (boolean | null)[] {
  const { beating, dispersionPercentile, correlationPercentile } = found;
  const { month, quarter } = beating;
  const half = opportunityRules.beating;
  return [
    month === null || quarter === null ? null : month > half && quarter > half,
    dispersionPercentile === null ? null : dispersionPercentile >= opportunityRules.dispersion,
    correlationPercentile === null ? null : correlationPercentile <= opportunityRules.correlation,
  ];
}

/**
 * Members against their index (跑赢指数占比, K5) at every session, over the `span` sessions up to it.
 *
 * @returns `null` below 30 members with a price at both ends, and without a level of the index at both. Element `t` uses nothing after `t`
 * @throws {RangeError} if lengths differ, a price or level is not positive and finite, or the span is no integer of 1 or more
 */
export function breadthPath(members: Panel, index: Path, span: number): Breadth {
  requirePrices([index, ...members], span);
  const [names, sessions] = [members.length, index.length];
  const flat = bySession(members);
  const beating = new Float64Array(sessions).fill(Number.NaN);
  const even = new Float64Array(sessions).fill(Number.NaN);
  for (let t = span; t < sessions; t++) {
    const growth = (index[t] ?? Number.NaN) / (index[t - span] ?? Number.NaN);
    if (Number.isNaN(growth)) continue;
    let [count, better, sum] = [0, 0, 0];
    for (let i = 0; i < names; i++) {
      const own = (flat[t * names + i] ?? 0) / (flat[(t - span) * names + i] ?? 0);
      if (Number.isNaN(own)) continue;
      count++;
      better += Number(own > growth);
      sum += own;
    }
    if (count < opportunityRules.leastNames) continue;
    beating[t] = better / count;
    even[t] = sum / count - growth;
  }
  const path = (values: Float64Array) => pathOf(sessions, (t) => values[t] ?? Number.NaN);
  return { beating: path(beating), evenLessIndex: path(even) };
}

function requirePrices(paths: Panel, span: number): void {
  sessionsOf(paths);
  if (!(Number.isInteger(span) && span >= 1))
    throw new RangeError(`breadth requires a span of 1, got ${span}`);
  if (!paths.every((path) => path.every((p) => p === null || (p > 0 && p < Number.POSITIVE_INFINITY))))
    throw new RangeError("breadth requires positive finite prices");
}
