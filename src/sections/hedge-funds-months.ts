import type { HedgeFundRules } from "#src/domain/hedge-fund-rules.ts";
import type { Column } from "#src/domain/panel.ts";
import { addDays, type IsoDate, weekday } from "#src/domain/time.ts";
import { risklessMonths } from "#src/metrics/alpha-beta.ts";
import { monthEnds } from "#src/metrics/month-ends.ts";
import { type MonthlyReturns, monthlyReturns } from "#src/metrics/monthly-returns.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** Monthly returns of a strategy, and the run of months in which the market and the bill have theirs as well. */
export interface StrategyMonths {
  readonly own: MonthlyReturns;
  /** Up to the strategy's last month; empty where the market or the bill lacks that one. */
  readonly joint: {
    readonly months: readonly string[];
    readonly fund: readonly number[];
    readonly market: readonly number[];
    readonly riskless: readonly number[];
  };
}

/** The months of a strategy beside those of what it is held against. */
export function strategyMonths(
  { panel }: SectionContext,
  column: Column,
  benchmark: NonNullable<HedgeFundRules["benchmark"]>,
): StrategyMonths {
  const own = monthsOf(column);
  const market = byMonth(monthsOf(panel.column(benchmark.market)));
  const bill = panel.column(benchmark.cash);
  const yields = new Map(
    monthEnds(bill.dates).map(({ month, index }) => [month, bill.values[index] ?? Number.NaN]),
  );
  const percent = (month: string): number | null => {
    const value = yields.get(month);
    return value === undefined ? null : 100 * value;
  };
  const [first = ""] = own.months;
  const before = first === "" ? [] : [monthBefore(first)];
  const riskless = risklessMonths([...before, ...own.months].map(percent)).slice(1);
  const lacks = own.months.findLastIndex((month, t) => !market.has(month) || riskless[t] === null);
  const months = own.months.slice(lacks + 1);
  return {
    own,
    joint: {
      months,
      fund: own.returns.slice(lacks + 1),
      market: months.map((month) => market.get(month) ?? Number.NaN),
      riskless: riskless.slice(lacks + 1).map((r) => r ?? Number.NaN),
    },
  };
}

const byMonth = ({ months, returns }: MonthlyReturns): ReadonlyMap<string, number> =>
  new Map(months.map((month, t) => [month, returns[t] ?? Number.NaN]));

const monthBefore = (month: string): string => addDays(`${month}-01`, -1).slice(0, 7);

/** Returns of the months that are over. A series that stands until the next has one value a month, and that is the month's. */
function monthsOf({ series, dates, values }: Column): MonthlyReturns {
  const last = dates.at(-1);
  if (last === undefined) return { months: [], returns: [] };
  const isOver = series.staleAfter !== null || isLastWeekday(last);
  const month = last.slice(0, 7);
  const basis = series.kind === "return" ? "return" : "level";
  return monthlyReturns(dates, values, basis, isOver ? month : monthBefore(month));
}

/** Whether no weekday of its month follows a day: a daily series has then reached the end of the month. */
function isLastWeekday(day: IsoDate): boolean {
  for (let next = addDays(day, 1); next.startsWith(day.slice(0, 7)); next = addDays(next, 1))
    if (weekday(next) <= 5) return false;
  return true;
}
