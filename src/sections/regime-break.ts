import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { type Measured, mapMeasured } from "#src/metrics/result.ts";
import { shortName, subjectOf } from "#src/sections/market.ts";
import { breakRules, foundIn, type Search, searchOf } from "#src/sections/regime-break-search.ts";
import { factsOf, without } from "#src/sections/regime-data.ts";
import { type Finding, nothing, rowOf, sideOf } from "#src/sections/regime-finding.ts";
import type { Market } from "#src/sections/regime-market.ts";
import type { StatesFinding } from "#src/sections/regime-states.ts";
import { nearestWitness, type Own } from "#src/sections/regime-witness.ts";
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
  const own = {
    market: markets.find((each) => each.column === column),
    states: states?.id === id ? states : null,
  };
  const gridSince = gridSinceOf(context, id, own.market);
  const facts = { ...breakFacts(context, column, search), gridSince };
  const question = questionOf(column, search, facts, own);
  const name = { name: shortName(column.series) };
  return {
    ...nothing,
    questions: [question],
    rows(answers) {
      const { statement } = answers(question);
      const places = {
        ...name,
        since: { fact: facts.since.id },
        before: { fact: facts.before.id },
        gridSince: { fact: gridSince.id },
      };
      const row =
        statement && rowOf("break", facts.after, null, { reading: `break-${sideOf(statement)}`, places });
      return row === null ? [] : [row];
    },
    gaps: search.value === null ? [say("regime.conditions.gap.break", name)] : [],
    series: [id],
  };
}

type Facts = Readonly<Record<"since" | "before" | "after" | "n" | "gridSince", Fact>>;

function breakFacts(
  context: SectionContext,
  { series }: Column,
  search: Measured<Search>,
): Omit<Facts, "gridSince"> {
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

function questionOf({ series, dates }: Column, search: Measured<Search>, facts: Facts, own: Own): Question {
  const found = search.value?.found ?? null;
  const cell = own.market?.measured.value ?? null;
  const sessions = (from: IsoDate, to: IsoDate): number => dates.indexOf(to) - dates.indexOf(from);
  const last = dates.at(-1) ?? "";
  const witness =
    found === null ? null : nearestWitness(found, own, (day) => Math.abs(sessions(found.since, day)));
  return {
    ladder: volatilityBreak,
    subject: {
      ...subjectOf(series),
      evidence: {
        ...facts,
        direction: found === null ? null : found.after > found.before ? "higher" : "lower",
        age: found === null ? null : sessions(found.since, last),
        distance: witness?.distance ?? null,
        witness: witness?.by ?? null,
        gridAge: cell === null ? null : sessions(cell.volatilitySince, last),
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
