import type { Fact } from "#src/domain/fact.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import type { PairCosts } from "#src/domain/workspace.ts";
import { nameTurnover, pairCarry } from "#src/metrics/pair-carry.ts";
import { insufficient, type Measured, mapMeasured } from "#src/metrics/result.ts";
import { simpleReturns } from "#src/metrics/returns.ts";
import { grade, staleness, yearStart } from "#src/sections/market.ts";
import { membersOf, type Pair, type PairData } from "#src/sections/pair-data.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { pairCost } from "#src/statements/rules/pair-costs.ts";

/** A pair before and after what it costs, over one span. */
export interface GrossAndNet {
  readonly gross: Fact;
  readonly net: Fact;
  /** Net less gross, in basis points. */
  readonly cost: Fact;
  readonly sessions: Fact;
}

/** A pair before and after costs: the week, and the year to its end. */
export interface CostsOfPair {
  readonly week: GrossAndNet;
  readonly year: GrossAndNet;
  readonly question: Question;
}

/** What holding a pair cost in the week and since 1 January (P10). It was held before: neither opening nor closing is in it. */
export function costsOfPair(context: SectionContext, pair: Pair, costs: PairCosts): CostsOfPair {
  const { data, from, to } = pair;
  const start = yearStart(context);
  // The year is measured from a session before it: data that begin in it give none.
  const january = data.start < start ? data.dates.findIndex((date) => date >= start) : -1;
  const week = spanFacts(context, pair, costs, "week", [from, to]);
  const year = spanFacts(context, pair, costs, "year", [january, to]);
  return {
    week,
    year,
    question: {
      ladder: pairCost,
      subject: {
        id: pair.id,
        name: pair.name,
        prose: pair.prose,
        evidence: { gross: week.gross, net: week.net, cost: week.cost, yearCost: year.cost },
      },
    },
  };
}

interface Held {
  readonly gross: number;
  readonly net: number;
}

function held(
  context: SectionContext,
  { data }: Pair,
  costs: PairCosts,
  [from, to]: readonly [number, number],
): Measured<Held> {
  const none = (code: string): Measured<never> => insufficient(Math.max(0, to - from), { code });
  const base = data.dates[from - 1] ?? data.start;
  // A return over a closure of weeks is none of the span.
  if (from < 0 || base < addDays(data.dates[from] ?? base, -longestClosure)) return none("no-base");
  const prices = pricesIn(data, from, to);
  // What a change of members trades is more than bringing names back to their weights.
  if (prices === null) return none("members-changed");
  const days = [base, ...data.dates.slice(from, to)];
  const riskFree = ratesOn(context, costs.cash, days.slice(0, -1));
  if (riskFree === null) return none("no-rate");
  const legs = { long: data.returns.long.slice(from, to), short: data.returns.short.slice(from, to) };
  const { borrow, spread, trading } = costs;
  const carried = pairCarry(days, legs, traded(prices), {
    riskFree,
    borrow,
    spread,
    bps: trading * 10_000,
  });
  const grown = ({ level }: { readonly level: readonly number[] }) => (level.at(-1) ?? 1) - 1;
  return mapMeasured(carried, ({ gross, net }) => ({ gross: grown(gross), net: grown(net) }));
}

type Prices = Readonly<Record<"long" | "short", readonly (readonly number[])[]>>;

/** The members' prices through a span, its base included; `null` where they changed in it. */
function pricesIn({ pieces }: PairData, from: number, to: number): Prices | null {
  let first = 0;
  for (const { dates, long, short } of pieces) {
    const after = first + dates.length - 1;
    if (from < after) {
      const cut = (price: readonly number[]) => price.slice(from - first, to - first + 1);
      return to > after ? null : { long: long.prices.map(cut), short: short.prices.map(cut) };
    }
    first = after;
  }
  return null;
}

/** What was traded on each day to bring every name back to its weight. */
function traded({ long, short }: Prices): readonly number[] {
  const returns = (price: readonly number[]) => simpleReturns(price).value ?? [];
  return nameTurnover(long.map(returns), short.map(returns));
}

/** Days: the longest closure of an exchange is shorter, and a rate that is older is not today's. */
const longestClosure = 14;

/** The rate of each day, as it was known the evening before; `null` where one is missing or the series has ended. */
function ratesOn(context: SectionContext, id: string, days: readonly IsoDate[]): readonly number[] | null {
  const column = context.panel.column(id);
  if (column.dates.length === 0 || staleness(context, column) !== null) return null;
  const rates = days.map((day) => {
    const at = column.dates.findLastIndex((date) => date < day);
    const date = column.dates[at];
    return date === undefined || date < addDays(day, -longestClosure) ? null : (column.values[at] ?? null);
  });
  return rates.every((rate) => rate !== null) ? rates : null;
}

function spanFacts(
  context: SectionContext,
  pair: Pair,
  costs: PairCosts,
  name: "week" | "year",
  span: readonly [number, number],
): GrossAndNet {
  const { facts } = context;
  const { data, id, rule } = pair;
  const measured = held(context, pair, costs, span);
  const { value } = measured;
  const [from, to] = span;
  const n = Math.max(0, to - Math.max(0, from));
  const shared = {
    series: [...membersOf(rule), costs.cash],
    window: { start: data.dates[from] ?? null, end: data.dates[to - 1] ?? null, n },
    method: "P10 carry, borrowing and trading, legs brought back daily",
    params: { borrow: costs.borrow, spread: costs.spread, trading: costs.trading },
  };
  const fact = (measure: string, unit: "return" | "bp", of: (value: Held) => number): Fact =>
    facts.add({
      ...shared,
      ...grade(measured),
      id: `pair.${id}.${measure}.${name}`,
      value: value && of(value),
      unit,
    });
  return {
    gross: fact("gross", "return", ({ gross }) => gross),
    net: fact("net", "return", ({ net }) => net),
    cost: fact("cost", "bp", ({ gross, net }) => (net - gross) * 10_000),
    sessions: facts.add({ ...shared, id: `pair.${id}.held.${name}`, value: n, unit: "count" }),
  };
}
