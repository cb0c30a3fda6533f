import type { Fact } from "#src/domain/fact.ts";
import type { Say } from "#src/domain/say.ts";
import type { Table } from "#src/domain/table.ts";
import { shortName } from "#src/sections/market.ts";
import { type CostsOfPair, costsOfPair } from "#src/sections/pair-costs.ts";
import type { Pair } from "#src/sections/pair-data.ts";
import { type Hedge, hedgeOfPair } from "#src/sections/pair-hedge.ts";
import { type MarketOfPair, marketOfPair } from "#src/sections/pair-market.ts";
import { type Relation, relationOfPair } from "#src/sections/pair-relation.ts";
import { type Stretch, stretchOfPair } from "#src/sections/pair-stretch.ts";
import { statisticsTable } from "#src/sections/pair-table.ts";
import { type Answers, type Question, type SectionContext, say } from "#src/sections/section.ts";

/** What is measured of a pair beside its week and its record. */
export interface Measures {
  /** `null` where the configuration names no market, and no costs. */
  readonly market: MarketOfPair | null;
  readonly costs: CostsOfPair | null;
  readonly relation: Relation;
  readonly hedge: Hedge;
  readonly stretch: Stretch;
}

/** The statistics of a pair: their questions, and what stands on the page of them. */
export interface Statistics {
  readonly questions: readonly Question[];
  page(answers: Answers, notes: readonly Say[]): StatisticsPage;
}

interface StatisticsPage {
  /** One paragraph. */
  readonly words: readonly Say[];
  /** `null` where nothing could be measured. */
  readonly table: Table | null;
  readonly gaps: readonly Say[];
}

/** Market against the pair's own, hedge ratios, the relation of its legs, how far it has gone, and what it costs. */
export function statisticsOfPair(context: SectionContext, pair: Pair, week: Fact): Statistics {
  const { market, costs } = pair.rule;
  const relation = relationOfPair(context, pair);
  const measures: Measures = {
    market: market === null ? null : marketOfPair(context, pair, market, week),
    costs: costs === null ? null : costsOfPair(context, pair, costs),
    relation,
    hedge: hedgeOfPair(context, pair),
    stretch: stretchOfPair(context, pair, relation.p),
  };
  const questions = questionsOf(measures);
  return {
    questions,
    page: (answers, notes) => ({
      words: toldOf(measures).flatMap(({ question, when }) => {
        const { statement } = answers(question);
        return statement !== null && (when === "always" || statement.earned) ? statement.text : [];
      }),
      table: statisticsTable(context, pair, measures, answers, notes),
      gaps: gapsOf(context, pair, measures),
    }),
  };
}

/** In the order in which the page answers them. */
const questionsOf = ({ market, costs, relation, hedge, stretch }: Measures): readonly Question[] => [
  ...(market === null ? [] : [market.questions.split, market.questions.beta]),
  relation.questions.relation,
  relation.questions.halfLife,
  stretch.question,
  hedge.question,
  ...(costs === null ? [] : [costs.question]),
];

/** What the paragraph tells, always or where a word was earned; the table holds the rest. */
const toldOf = ({ market, costs, relation, stretch }: Measures): readonly Told[] => [
  ...(market === null ? [] : [{ question: market.questions.split, when: "always" } as const]),
  ...(market === null ? [] : [{ question: market.questions.beta, when: "earned" } as const]),
  { question: relation.questions.relation, when: "always" },
  { question: relation.questions.halfLife, when: "always" },
  { question: stretch.question, when: "earned" },
  ...(costs === null ? [] : [{ question: costs.question, when: "earned" } as const]),
];

interface Told {
  readonly question: Question;
  readonly when: "always" | "earned";
}

/** What is missing and why, as reasons of facts have it; any other reason is “other”. */
const whys: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  market: {
    stale: "old",
    "too-few": "short",
    "coverage-below": "short",
    "closes-apart": "hours",
    "market-lacks-session": "sessions",
  },
  levels: { "too-few": "short", "coverage-below": "short" },
  costs: { "no-rate": "rate" },
};

/** What was asked for and cannot be measured, a line each. */
function gapsOf({ panel }: SectionContext, { rule, name }: Pair, measures: Measures): readonly Say[] {
  const { market, costs, relation } = measures;
  const gap = (key: string, id: string | null, ...facts: readonly (Fact | undefined)[]): readonly Say[] => {
    const missing = facts.find((fact) => fact?.value === null);
    if (missing === undefined) return [];
    const why = whys[key]?.[missing.reasons[0]?.code ?? ""] ?? "other";
    const series = id === null ? {} : { series: shortName(panel.column(id).series) };
    return [say(`pair.gaps.${key}.${why}`, { name, ...series })];
  };
  return [
    ...gap("market", rule.market, market?.market, market?.beta),
    ...gap("levels", null, relation.p),
    ...gap("costs", rule.costs?.cash ?? null, costs?.week.net),
  ];
}
