import type { Fact, Reason } from "#src/domain/fact.ts";
import type { HedgeFundRules, StrategyRule } from "#src/domain/hedge-fund-rules.ts";
import type { Column } from "#src/domain/panel.ts";
import { countOf } from "#src/domain/quantity.ts";
import type { Say } from "#src/domain/say.ts";
import type { Refusal } from "#src/domain/statement.ts";
import type { Row } from "#src/domain/table.ts";
import { alphaBeta } from "#src/metrics/alpha-beta.ts";
import { capture } from "#src/metrics/capture.ts";
import { profitCushion } from "#src/metrics/profit-cushion.ts";
import { type Measured, mapMeasured, notDefined, ok } from "#src/metrics/result.ts";
import { type StrategyMonths, strategyMonths } from "#src/sections/hedge-funds-months.ts";
import { proseName, shortName, staleness } from "#src/sections/market.ts";
import { type AddFact, factsOf } from "#src/sections/regime-data.ts";
import { type Answers, type Question, type SectionContext, say } from "#src/sections/section.ts";
import { strategyDamage, strategyResilience } from "#src/statements/rules/hedge-funds.ts";

/** A strategy that is spoken of this week. */
export interface Strategy {
  readonly column: Column;
  readonly month: Fact;
  readonly questions: readonly [resilience: Question, damage: Question];
  row(answers: Answers): Row;
}

/** The strategies of the workspace: those that are spoken of, and why nothing is said of the others. */
export interface Strategies {
  readonly spoken: readonly Strategy[];
  readonly gaps: readonly Say[];
  readonly refusals: readonly Refusal[];
}

export function strategiesOf(context: SectionContext, rules: HedgeFundRules): Strategies {
  const { benchmark } = rules;
  if (benchmark === null) return { spoken: [], gaps: [], refusals: [] };
  const all = Object.entries(rules.strategies).map(([id, rule]) => {
    const column = context.panel.column(rule.series);
    return { id, rule, column, late: lateness(context, column) };
  });
  const silent = all.flatMap(({ late, ...each }) => (late === null ? [] : [{ ...each, late }]));
  return {
    spoken: all
      .filter(({ late }) => late === null)
      .map(({ id, rule, column }) => strategyOf(context, id, rule, column, benchmark)),
    gaps: gapsOf(context, silent, all.length),
    refusals: silent.map(({ id, late }) => ({
      id: `hedge-funds.${id}.resilient`,
      word: "resilient",
      section: "hedge-funds",
      reasons: [late],
      instead: null,
    })),
  };
}

/** Why nothing is said of an index: it has no value, or the last is too old. */
const lateness = (context: SectionContext, column: Column): Reason | null =>
  column.dates.length === 0 ? { code: "too-few", need: 1, have: 0 } : staleness(context, column);

interface Silent {
  readonly id: string;
  readonly rule: StrategyRule;
  readonly column: Column;
}

/** One line for all indices that ended, with the month of the latest, and one for all that have no value. */
function gapsOf({ facts }: SectionContext, silent: readonly Silent[], all: number): readonly Say[] {
  const [none, ended] = [true, false].map((isEmpty) =>
    silent.filter(({ column }) => (column.dates.length === 0) === isEmpty),
  );
  const lines = (["none", "ended"] as const).flatMap((why): readonly Say[] => {
    const which = (why === "none" ? none : ended) ?? [];
    const [first] = which;
    if (first === undefined) return [];
    const series = which.map(({ column }) => column.series.id);
    const shared = { series, method: "monthly vintage" };
    const last = which.map(({ column }) => column.dates.at(-1)?.slice(0, 7) ?? "").toSorted();
    const id = `hedge-funds.${why}`;
    const n = facts.add({ ...shared, id: `${id}.indices`, value: which.length, unit: "count" });
    const month = facts.add({
      ...shared,
      id: `${id}.month`,
      value: last.at(-1) || null,
      unit: "month",
      reasons: [{ code: "too-few", need: 1, have: 0 }],
    });
    const places = { name: { name: first.rule.name }, n: { fact: n.id }, month: { fact: month.id } };
    const count = which.length === all ? "all" : which.length === 1 ? "one" : "several";
    return [say(`hedge-funds.gap.${why}.${count}`, places)];
  });
  return lines;
}

function strategyOf(
  context: SectionContext,
  id: string,
  rule: StrategyRule,
  column: Column,
  benchmark: NonNullable<HedgeFundRules["benchmark"]>,
): Strategy {
  const months = strategyMonths(context, column, benchmark);
  const market = context.panel.column(benchmark.market);
  const facts = factsOfStrategy(context, id, column, months, benchmark);
  const shared = {
    id,
    name: { name: rule.name },
    prose: { name: rule.prose },
    places: { market: proseName(market.series), alpha: { fact: facts.alpha.id, signed: true } },
  };
  const resilience: Question = {
    ladder: strategyResilience,
    subject: {
      ...shared,
      evidence: {
        yearToDate: facts.yearToDate,
        cushion: facts.cushion,
        month: facts.month,
        drawdown: facts.drawdown,
        marketDrawdown: facts.marketDrawdown,
        drawdownShare: facts.drawdownShare,
        n: facts.n,
      },
    },
  };
  const damage: Question = {
    ladder: strategyDamage,
    subject: {
      ...shared,
      evidence: {
        down: facts.down,
        side: sideOf(facts.down),
        downMonths: facts.downMonths,
        n: facts.n,
        month: facts.month,
        alpha: facts.alpha,
        beta: facts.beta,
      },
    },
  };
  const questions = [resilience, damage] as const;
  return {
    column,
    month: facts.month,
    questions,
    row: (answers) => ({
      head: say("page.name", { name: shortName(column.series) }),
      cells: [
        ...["month", "yearToDate", "cushion", "drawdownShare", "beta", "alpha", "up", "down"].map((of) => ({
          fact: facts[of as keyof typeof facts].id,
        })),
        { say: readingOf(answers, questions) },
      ],
    }),
  };
}

/** What of the two is earned, in a word each. */
function readingOf(answers: Answers, questions: readonly Question[]): Say {
  const words = questions.flatMap((question) => {
    const { statement } = answers(question);
    return statement?.earned === true ? [statement.id.split(".").at(-1) ?? ""] : [];
  });
  return say(`hedge-funds.reading.${words.length === 0 ? "none" : words.join("-")}`);
}

/** What falls in the market's falling months: part of its loss, nothing as it prints, or the strategy gained. */
function sideOf({ value, quantum }: Fact): "lost" | "even" | "gained" | null {
  if (typeof value !== "number" || quantum === null) return null;
  const count = countOf(value, quantum);
  if (count === 0) return "even";
  return count > 0 ? "lost" : "gained";
}

/** A part of what a metric found, which may be missing by itself. */
function partOf<T>(measured: Measured<T>, of: (value: T) => number | null, lacks: string): Measured<number> {
  const value = measured.value === null ? null : of(measured.value);
  if (value !== null) return mapMeasured(measured, () => value);
  return measured.value === null ? mapMeasured(measured, () => Number.NaN) : notDefined(lacks, measured.n);
}

function factsOfStrategy(
  context: SectionContext,
  id: string,
  { series, dates }: Column,
  { own, joint }: StrategyMonths,
  { market, cash }: NonNullable<HedgeFundRules["benchmark"]>,
) {
  const end = dates.at(-1) ?? null;
  const facts = (
    method: string,
    ids: readonly string[],
    months: readonly string[],
    params: Readonly<Record<string, string | number>> = {},
  ): AddFact => {
    const recent = months.slice(-60);
    const start = recent[0] === undefined ? null : `${recent[0]}-01`;
    const window = { start, end, n: recent.length };
    return factsOf(context, `hedge-funds.${id}`, { series: ids, method, params, window });
  };
  const cushion = profitCushion(own.months, own.returns);
  const caught = capture(joint.fund, joint.market);
  const fit = alphaBeta(joint.fund, joint.market, joint.riskless);
  const year = facts("K3 profit cushion", [series.id], own.months);
  const resilience = facts("K4 capture and resilience", [series.id, market], joint.months);
  const line = facts("K1 alpha and beta", [series.id, market, cash], joint.months, {
    lags: fit.value?.lags ?? 0,
  });
  const last = own.months.at(-1);
  const noMonth = { code: "too-few", need: 1, have: 0 };
  const month = context.facts.add({
    id: `hedge-funds.${id}.month`,
    value: last ?? null,
    unit: "month",
    series: [series.id],
    method: "monthly vintage",
    reasons: last === undefined ? [noMonth] : [],
  });
  line(
    "alpha-t",
    partOf(fit, (value) => value.alpha.t, "perfect-fit"),
    "ratio",
  );
  line(
    "tracking-error",
    mapMeasured(fit, (value) => value.trackingError),
    "volatility",
  );
  year(
    "deviation",
    mapMeasured(cushion, (value) => value.deviation),
    "volatility",
  );
  year(
    "bad-month",
    mapMeasured(cushion, (value) => value.badMonth),
    "return",
  );
  return {
    month,
    yearToDate: year(
      "year-to-date",
      mapMeasured(cushion, (value) => value.yearToDate),
      "return",
    ),
    cushion: year(
      "cushion",
      mapMeasured(cushion, (value) => value.inDeviations),
      "multiple",
    ),
    drawdown: resilience(
      "drawdown",
      mapMeasured(caught, (value) => value.drawdown),
      "return",
    ),
    marketDrawdown: resilience(
      "market-drawdown",
      mapMeasured(caught, (value) => value.marketDrawdown),
      "return",
    ),
    drawdownShare: resilience(
      "drawdown-share",
      mapMeasured(caught, (value) => value.drawdownRatio),
      "share",
    ),
    up: resilience(
      "up-capture",
      partOf(caught, (value) => value.up, "few-up-months"),
      "share",
    ),
    down: resilience(
      "down-capture",
      mapMeasured(caught, (value) => value.down),
      "share",
    ),
    downMonths: resilience(
      "down-months",
      mapMeasured(caught, (value) => value.downMonths),
      "count",
    ),
    n: resilience("months", ok(Math.min(60, joint.months.length), joint.months.length), "count"),
    beta: line(
      "beta",
      mapMeasured(fit, (value) => value.beta.value),
      "ratio",
    ),
    alpha: line(
      "alpha",
      mapMeasured(fit, (value) => value.annualAlpha),
      "return",
    ),
  };
}
