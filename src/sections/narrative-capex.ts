import type { Fact } from "#src/domain/fact.ts";
import type { NarrativeRules } from "#src/domain/narrative-rules.ts";
import type { Column } from "#src/domain/panel.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { type CapexReturn, capexReturn, capexReturnPaths } from "#src/metrics/capex-return.ts";
import type { Path } from "#src/metrics/panel.ts";
import { onQuarters } from "#src/metrics/quarters.ts";
import { type Measured, mapMeasured, ok } from "#src/metrics/result.ts";
import { staleness } from "#src/sections/market.ts";
import { missing, narrativeFacts } from "#src/sections/narrative-data.ts";
import { type Reactions, reactionsOf } from "#src/sections/narrative-guidance.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { narrativeCapex as ladder } from "#src/statements/rules/narrative.ts";

/** What those who build spend, what comes of it, and how markets took what they said of it. */
export interface Capex {
  /** Of sales, over four quarters, and four quarters before. */
  readonly spent: Fact;
  readonly spentBefore: Fact;
  readonly rise: Fact;
  /** Rise of income over a year per unit of what was spent in the year before, and four quarters before. */
  readonly earned: Fact;
  readonly earnedBefore: Fact;
  readonly change: Fact;
  readonly growth: Fact;
  readonly depreciation: Fact;
  readonly margin: Fact;
  readonly reactions: Reactions;
  /** The last day of the latest quarter. */
  readonly quarter: Fact;
  readonly absent: readonly Column[];
}

const year = 4;

/** Capital expenditure and its return (V8); `null` where it is not followed. */
export function capexOf(context: SectionContext, { capex: rule }: NarrativeRules): Capex | null {
  if (rule === null) return null;
  const ids = [rule.capex, rule.sales, rule.income, rule.cashflow, rule.depreciation];
  const columns = ids.map((id) => context.panel.column(id));
  const isFresh = (column: Column) => column.dates.length > 0 && staleness(context, column) === null;
  const absent = columns.filter((column) => !isFresh(column));
  const reactions = reactionsOf(context, rule);
  const { measured, before, days } = measure(columns, absent, reactions.cars);
  const fact = narrativeFacts(context, "capex", {
    series: ids,
    method: "V8 capex return",
    params: { quarters: year },
    window: { start: days.at(-2 * year) ?? null, end: days.at(-1) ?? null, n: days.length },
  });
  const latest = (of: (value: CapexReturn) => number | null): Measured<number> => {
    const found = mapMeasured(measured, of);
    if (found.value === null && measured.value === null) return measured;
    return found.value === null ? missing({ code: "no-value" }) : ok(found.value, found.n);
  };
  const earlier = (value: number | null): Measured<number> =>
    measured.value === null
      ? measured
      : value === null
        ? missing({ code: "short-history" })
        : ok(value, year);
  const between = (now: Measured<number>, then: Measured<number>): Measured<number> => {
    if (now.value === null) return now;
    return then.value === null ? then : ok(now.value - then.value, year);
  };
  const spent = latest(({ intensity }) => intensity);
  const spentBefore = earlier(before.intensity);
  const earned = latest(({ incrementalReturn }) => incrementalReturn);
  const earnedBefore = earlier(before.incrementalReturn);
  return {
    spent: fact("spent", spent, "share"),
    spentBefore: fact("spent-before", spentBefore, "share"),
    rise: fact("spent-change", between(spent, spentBefore), "pp"),
    earned: fact("earned", earned, "share"),
    earnedBefore: fact("earned-before", earnedBefore, "share"),
    change: fact("earned-change", between(earned, earnedBefore), "pp"),
    growth: fact(
      "growth",
      latest(({ capexGrowth }) => capexGrowth),
      "return",
    ),
    depreciation: fact(
      "depreciation-growth",
      latest(({ depreciationGrowth }) => depreciationGrowth),
      "return",
    ),
    margin: fact(
      "cash-margin",
      latest(({ cashMargin }) => cashMargin),
      "share",
    ),
    reactions,
    quarter: fact("quarter", measured.value === null ? measured : ok(days.at(-1) ?? "", 1), "date"),
    absent,
  };
}

interface Latest {
  readonly intensity: number | null;
  readonly incrementalReturn: number | null;
}

function measure(
  columns: readonly Column[],
  absent: readonly Column[],
  cars: readonly number[],
): { readonly measured: Measured<CapexReturn>; readonly before: Latest; readonly days: readonly IsoDate[] } {
  const none = { intensity: null, incrementalReturn: null };
  // What is spent, sold and earned is needed; the other two are shown beside.
  if (columns.slice(0, 3).some((column) => absent.includes(column)))
    return { measured: missing({ code: "stale" }), before: none, days: [] };
  const { days, paths } = onQuarters(columns);
  const end = lastWith(paths.slice(0, 3));
  const [capex = [], sales = [], profit = [], freeCashFlow = [], depreciation = []] = paths.map((path) =>
    path.slice(0, end + 1),
  );
  const known = days.slice(0, end + 1);
  if (capex.some((spent) => spent !== null && spent < 0))
    return { measured: missing({ code: "negative-capex" }), before: none, days: known };
  const quarters = { capex, sales, profit, freeCashFlow, depreciation };
  const { intensity, incrementalReturn } = capexReturnPaths(quarters);
  return {
    measured: capexReturn(quarters, cars),
    before: {
      intensity: intensity.at(-1 - year) ?? null,
      incrementalReturn: incrementalReturn.at(-1 - year) ?? null,
    },
    days: known,
  };
}

/** The last quarter that all have. */
const lastWith = (paths: readonly Path[]): number =>
  (paths[0] ?? []).findLastIndex((_, t) => paths.every((path) => (path[t] ?? null) !== null));

/** What the rules are asked about it. */
export const capexQuestion = ({
  spent,
  spentBefore,
  rise,
  earned,
  earnedBefore,
  change,
  reactions,
  quarter,
}: Capex): Question => ({
  ladder,
  subject: {
    id: "capex",
    evidence: {
      spent,
      spentBefore,
      rise,
      earned,
      earnedBefore,
      change,
      reaction: reactions.median,
      events: reactions.events,
      quarter,
    },
  },
});
