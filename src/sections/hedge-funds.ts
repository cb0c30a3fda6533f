import type { Fact } from "#src/domain/fact.ts";
import type { HedgeFundRules } from "#src/domain/hedge-fund-rules.ts";
import type { Say } from "#src/domain/say.ts";
import type { Statement } from "#src/domain/statement.ts";
import type { Table } from "#src/domain/table.ts";
import { activeOf } from "#src/sections/hedge-funds-active.ts";
import { adaptiveOf } from "#src/sections/hedge-funds-adaptive.ts";
import type { Climate } from "#src/sections/hedge-funds-climate.ts";
import { liquidityOf } from "#src/sections/hedge-funds-liquidity.ts";
import { type Strategies, type Strategy, strategiesOf } from "#src/sections/hedge-funds-strategies.ts";
import {
  type Answers,
  type Draft,
  emptySection,
  type Question,
  type Section,
  type SectionContext,
  say,
} from "#src/sections/section.ts";

/** How hedge funds stood against the market, and what the market favours: choosing, liquidity, adapting. */
export function hedgeFunds(context: SectionContext): Draft {
  const { hedgeFunds: rules } = context.workspace;
  if (rules === null) return { questions: [], page: () => bare([]) };
  const strategies = strategiesOf(context, rules);
  const climate = climateOf(context, rules);
  const questions = [...strategies.spoken, ...climate.found].flatMap((each) =>
    "question" in each ? [each.question] : each.questions,
  );
  const month = latestMonth(context, strategies.spoken);
  return {
    questions,
    page(answers) {
      const firm = earnedOf(answers, resilienceOf(strategies));
      const spared = earnedOf(answers, damageOf(strategies));
      const favoured = earnedOf(
        answers,
        climate.found.map(({ question }) => question),
      );
      const earned = [firm[0], spared[0], ...favoured].filter((each) => each !== undefined);
      const count = month === null ? [] : [countOf(context, strategies, { firm, spared }, month)];
      return {
        ...bare([...strategies.gaps, ...climate.gaps]),
        claim: claimOf(questions, earned),
        words: [[...textOf([firm[0], spared[0]]), ...count], textOf(favoured)].filter(
          ({ length }) => length > 0,
        ),
        tables: [
          ...(strategies.spoken.length > 0 ? [strategyTable(context, strategies, answers)] : []),
          ...climateTable(climate.found, answers),
        ],
        refusals: strategies.refusals,
      };
    },
  };
}

const bare = (gaps: readonly Say[]): Section =>
  emptySection("hedge-funds", say("hedge-funds.none.claim"), gaps);

/** What is rarest of what was earned; without history to be rare in, strategies come first. */
const claimOf = (questions: readonly Question[], earned: readonly Statement[]): Say =>
  earned.toSorted((a, b) => a.tail.share - b.tail.share)[0]?.claim ??
  say(`hedge-funds.${questions.length > 0 ? "nothing" : "none"}.claim`);

/** Questions of one kind, those of the strategy that stands out most first. */
const resilienceOf = ({ spoken }: Strategies): readonly Question[] =>
  sortedBy(
    spoken.map(({ questions }) => questions[0]),
    "drawdownShare",
  );
const damageOf = ({ spoken }: Strategies): readonly Question[] =>
  sortedBy(
    spoken.map(({ questions }) => questions[1]),
    "down",
  );

function sortedBy(questions: readonly Question[], evidence: string): readonly Question[] {
  const size = ({ subject }: Question): number => {
    const piece = subject.evidence[evidence];
    return typeof piece === "object" && piece !== null && typeof piece.value === "number"
      ? piece.value
      : Number.POSITIVE_INFINITY;
  };
  return questions.toSorted((a, b) => size(a) - size(b));
}

const earnedOf = (answers: Answers, questions: readonly Question[]): readonly Statement[] =>
  questions.flatMap((question) => {
    const { statement } = answers(question);
    return statement?.earned === true ? [statement] : [];
  });

const textOf = (statements: readonly (Statement | undefined)[]): readonly Say[] =>
  statements.flatMap((statement) => statement?.text ?? []);

function latestMonth({ facts }: SectionContext, spoken: readonly Strategy[]): Fact | null {
  const months = spoken.flatMap(({ month }) => (typeof month.value === "string" ? [month.value] : []));
  const last = months.toSorted().at(-1);
  if (last === undefined) return null;
  return facts.add({
    id: "hedge-funds.month",
    value: last,
    unit: "month",
    series: spoken.map(({ column }) => column.series.id),
    method: "monthly vintage",
  });
}

/** How many of the strategies earned either word. */
function countOf(
  { facts }: SectionContext,
  { spoken }: Strategies,
  { firm, spared }: Readonly<Record<"firm" | "spared", readonly Statement[]>>,
  month: Fact,
): Say {
  const series = spoken.map(({ column }) => column.series.id);
  const count = (measure: string, value: number) => ({
    fact: facts.add({
      id: `hedge-funds.${measure}`,
      value,
      unit: "count",
      series,
      method: "count of strategies",
    }).id,
  });
  const isResilient = ({ id }: Statement): boolean => id.endsWith(".resilient");
  return say("hedge-funds.counted", {
    n: count("strategies", spoken.length),
    resilient: count("resilient", firm.filter(isResilient).length),
    avoided: count("avoided", spared.length),
    month: { fact: month.id },
  });
}

const head = (key: string, align: "left" | "right" = "right") => ({ say: say(`hedge-funds.${key}`), align });

function strategyTable(context: SectionContext, { spoken }: Strategies, answers: Answers): Table {
  const { benchmark } = context.workspace.hedgeFunds ?? {};
  const market = benchmark ? [benchmark.market, benchmark.cash] : [];
  const columns = ["month", "year", "cushion", "drawdown", "beta", "alpha", "up", "down"];
  return {
    id: "hedge-funds.strategies",
    claim: say("hedge-funds.table.claim"),
    unit: say("hedge-funds.table.unit"),
    head: [
      head("table.index", "left"),
      ...columns.map((key) => head(`table.${key}`)),
      head("table.reading", "left"),
    ],
    rows: spoken.map((strategy) => strategy.row(answers)),
    notes: [say("hedge-funds.table.note")],
    series: [...spoken.map(({ column }) => column.series.id), ...market],
    size: "wide",
  };
}

function climateOf(
  context: SectionContext,
  { liquidity, adaptive }: HedgeFundRules,
): { readonly found: readonly Climate[]; readonly gaps: readonly Say[] } {
  const active = activeOf(context);
  const found = [
    ...(active !== null && "question" in active ? [active] : []),
    ...(liquidity === null ? [] : [liquidityOf(context, liquidity)]),
    ...(adaptive === null ? [] : [adaptiveOf(context, adaptive)]),
  ];
  const silent = active === null || "question" in active ? [] : active;
  return { found, gaps: [...silent, ...found.flatMap(({ gaps }) => gaps)] };
}

function climateTable(found: readonly Climate[], answers: Answers): readonly Table[] {
  const rows = found.flatMap((each) => each.rows(answers));
  if (rows.length === 0) return [];
  return [
    {
      id: "hedge-funds.climate",
      claim: say("hedge-funds.climate.claim"),
      unit: say("hedge-funds.climate.unit"),
      head: [
        head("climate.head.measure", "left"),
        head("climate.head.value"),
        head("climate.head.standing"),
        head("climate.head.reading", "left"),
      ],
      rows,
      notes: found.flatMap(({ notes }) => notes),
      series: [...new Set(found.flatMap(({ series }) => series))],
      size: "wide",
    },
  ];
}
