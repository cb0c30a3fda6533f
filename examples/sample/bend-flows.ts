import { type FlowRow, stepped } from "./flows.ts";
import { flowMotions } from "./parameters.ts";
import { type Scenario, type Target, targetsOf } from "./scenario.ts";

type FlowTarget = Extract<Target, { what: "flows" }>;

/** Bends flows to the sums that the scenario asks for. */
export const bendFlows = (rows: readonly FlowRow[], scenario: Scenario | null): readonly FlowRow[] =>
  targetsOf(scenario, "flows").reduce(toSum, rows);

/** What is missing goes to larger funds and later days in proportion; the last row takes what rounding leaves. */
function toSum(rows: readonly FlowRow[], { series, from, to, value }: FlowTarget): readonly FlowRow[] {
  const isMeant = ({ fund, date }: FlowRow): boolean => series.includes(fund) && from <= date && date <= to;
  const meant = rows.filter(isMeant);
  const sizes = meant.map(({ fund }, i) => (flowMotions[fund]?.sigma ?? 0) * (1 + (2 * i) / meant.length));
  const size = sizes.reduce((sum, each) => sum + each, 0);
  const missing = value - meant.reduce((sum, { usd }) => sum + usd, 0);
  const bent = meant.map((row, i) => ({
    ...row,
    usd: stepped(row.usd + (missing * (sizes[i] ?? 0)) / size),
  }));
  const left = value - bent.reduce((sum, { usd }) => sum + usd, 0);
  const places = new Map(meant.map((row, i) => [row, i]));
  return rows.map((row) => {
    const i = places.get(row);
    const own = i === undefined ? undefined : bent[i];
    if (own === undefined) return row;
    return i === bent.length - 1 ? { ...own, usd: own.usd + left } : own;
  });
}
