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
import { costNote, statisticsTable } from "#src/sections/pair-table.ts";
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
  /** `null` where too little could be measured. */
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
    page(answers, notes) {
      const table = statisticsTable(context, pair, measures, answers, notes);
      const told = wordsOf(measures, answers, table);
      const words = table === null ? [...told, ...costNote(context, pair, measures)] : told;
      return { words, table, gaps: gapsOf(context, pair, measures) };
    },
  };
}

/** What the paragraph tells: all, where there is no table; else what matters most, and where a word was earned. */
function wordsOf(measures: Measures, answers: Answers, table: Table | null): readonly Say[] {
  const { market, relation } = measures;
  const always = [market?.questions.split, relation.questions.relation, relation.questions.halfLife];
  return questionsOf(measures).flatMap((question) => {
    const { statement } = answers(question);
    if (statement === null) return [];
    const isTold = table === null || always.includes(question) || statement.earned;
    return isTold ? statement.text : [];
  });
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

/** What is missing and why, as reasons of facts have it; any other reason is “other”. */
const whys: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  market: {
    stale: "old",
    "too-few": "short",
    "coverage-below": "short",
    "closes-apart": "hours",
    "market-lacks-session": "sessions",
    "members-changed": "members",
  },
  split: { "too-few": "short" },
  beta: { "coverage-below": "short" },
  levels: { "too-few": "short", "coverage-below": "short" },
  costs: { "no-rate": "rate", "members-changed": "members" },
};

/** What was asked for and cannot be measured, a line each. */
function gapsOf({ panel }: SectionContext, { rule, name }: Pair, measures: Measures): readonly Say[] {
  const { market, costs, relation } = measures;
  const gap = (key: string, fact: Fact | undefined, id: string | null): readonly Say[] => {
    if (fact?.value !== null) return [];
    const why = whys[key]?.[fact.reasons[0]?.code ?? ""] ?? "other";
    const series = id === null ? {} : { series: shortName(panel.column(id).series) };
    return [say(`pair.gaps.${key}.${why}`, { name, ...series })];
  };
  return [
    ...gap(...marketGap(market), rule.market),
    ...gap("levels", relation.p, null),
    ...gap("costs", costs?.week.net, rule.costs?.cash ?? null),
    ...(isYearOfOthers(costs) ? [say("pair.gaps.costs.year", { name })] : []),
  ];
}

/** What is missing of the market's part and the beta: both, or the one of which the other has enough. */
function marketGap(market: MarketOfPair | null): readonly [key: string, fact: Fact | undefined] {
  if (market === null || market.beta.value !== null) return ["split", market?.market];
  return market.market.value === null ? ["market", market.market] : ["beta", market.beta];
}

/** Whether the week has its costs, and the year has none because its members changed. */
const isYearOfOthers = (costs: CostsOfPair | null): boolean =>
  costs !== null &&
  costs.week.net.value !== null &&
  costs.year.net.reasons.some(({ code }) => code === "members-changed");
