import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { type Measured, mapMeasured } from "#src/metrics/result.ts";
import { proseName, shortName } from "#src/sections/market.ts";
import { type Break, breakRules, foundIn, type Search, searchOf } from "#src/sections/regime-break-search.ts";
import { factsOf, without } from "#src/sections/regime-data.ts";
import { type Finding, nothing, rowOf, sideOf } from "#src/sections/regime-finding.ts";
import type { Market } from "#src/sections/regime-market.ts";
import type { StatesFinding } from "#src/sections/regime-states.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { volatilityBreak } from "#src/statements/rules/second-opinion.ts";

/** The last change of a market's volatility (J2), and whether the grid or hidden states changed with it. */
export function breakOf(
  context: SectionContext,
  id: string,
  markets: readonly Market[],
  states: StatesFinding | null,
): Finding {
  const column = context.panel.column(id);
  const search = searchOf(context, column);
  const facts = breakFacts(context, column, search);
  const own = {
    market: markets.find((each) => each.column === column),
    states: states?.id === id ? states : null,
  };
  const question = questionOf(context, column, search, facts, own);
  const name = { name: shortName(column.series) };
  return {
    ...nothing,
    questions: [question],
    rows(answers) {
      const { statement } = answers(question);
      const places = { ...name, since: { fact: facts.since.id }, before: { fact: facts.before.id } };
      const row =
        statement && rowOf("break", facts.after, null, { reading: `break-${sideOf(statement)}`, places });
      return row === null ? [] : [row];
    },
    gaps: search.value === null ? [say("regime.conditions.gap.break", name)] : [],
    series: [id],
  };
}

type Facts = Readonly<Record<"since" | "before" | "after" | "n", Fact>>;

function breakFacts(context: SectionContext, { series }: Column, search: Measured<Search>): Facts {
  const { dates = [], penalty = null, found = null } = search.value ?? {};
  const fact = factsOf(context, `regime.${series.id}`, {
    series: [series.id],
    method: "J2 change point of volatility",
    params: { ...breakRules, cost: "variance, mean 0", penalty, lastBefore: found?.last ?? null },
    window: { start: dates[0] ?? null, end: dates.at(-1) ?? null, n: dates.length },
  });
  const last = foundIn(search);
  return {
    since: fact(
      "break-since",
      mapMeasured(last, ({ since }) => since),
      "date",
    ),
    before: fact(
      "break-before",
      mapMeasured(last, ({ before }) => before),
      "volatility",
    ),
    after: fact(
      "break-after",
      mapMeasured(last, ({ after }) => after),
      "volatility",
    ),
    n: fact(
      "break-searched",
      mapMeasured(search, (value) => value.dates.length),
      "count",
    ),
  };
}

interface Own {
  readonly market: Market | undefined;
  readonly states: StatesFinding | null;
}

function questionOf(
  context: SectionContext,
  { series, dates }: Column,
  search: Measured<Search>,
  facts: Facts,
  own: Own,
): Question {
  const found = search.value?.found ?? null;
  const cell = own.market?.measured.value ?? null;
  const sessions = (from: IsoDate, to: IsoDate): number => dates.indexOf(to) - dates.indexOf(from);
  const last = dates.at(-1) ?? "";
  const witness =
    found === null ? null : witnessOf(found, own, (day) => Math.abs(sessions(found.since, day)));
  return {
    ladder: volatilityBreak,
    subject: {
      id: series.id,
      name: shortName(series),
      prose: proseName(series),
      evidence: {
        ...facts,
        direction: found === null ? null : found.after > found.before ? "higher" : "lower",
        age: found === null ? null : sessions(found.since, last),
        distance: witness?.distance ?? null,
        witness: witness?.by ?? null,
        gridAge: cell === null ? null : sessions(cell.volatilitySince, last),
        gridSince: gridSinceOf(context, series.id, own.market),
        calmness: cell?.volatility ?? null,
      },
    },
  };
}

/** The day since which the grid has its volatility, as a fact. */
function gridSinceOf(context: SectionContext, id: string, market: Market | undefined): Fact {
  const measured = market?.measured ?? without({ code: "not-in-grid" });
  const fact = factsOf(context, `regime.${id}`, {
    series: [id],
    method: "J3 trend and volatility regime",
    params: {},
    window: {},
  });
  return fact(
    "volatility-since",
    mapMeasured(measured, ({ volatilitySince }) => volatilitySince),
    "date",
  );
}

/** Which of the two changed its state nearest to the break and the same way, and how many sessions off. */
function witnessOf(
  { before, after }: Break,
  { market, states }: Own,
  away: (day: IsoDate) => number,
): { readonly by: "grid" | "states"; readonly distance: number } | null {
  const isHigher = after > before;
  const cell = market?.measured.value ?? null;
  const change = states?.change ?? null;
  // Normal volatility is reached from either side.
  const isGrids = cell !== null && cell.volatility !== (isHigher ? "calm" : "high");
  const isStates = change !== null && change.to !== (isHigher ? "calm" : "stressed");
  const found = [
    ...(isGrids ? [{ by: "grid" as const, distance: away(cell.volatilitySince) }] : []),
    ...(isStates ? [{ by: "states" as const, distance: away(change.date) }] : []),
  ];
  return found.toSorted((a, b) => a.distance - b.distance)[0] ?? null;
}
