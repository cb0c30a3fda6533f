import type { Say } from "#src/domain/say.ts";
import type { SignalRules } from "#src/domain/signals-rules.ts";
import type { Statement } from "#src/domain/statement.ts";
import type { Table } from "#src/domain/table.ts";
import {
  type Answers,
  type Draft,
  emptySection,
  type Question,
  type Section,
  type SectionContext,
  say,
} from "#src/sections/section.ts";
import { clockOf } from "#src/sections/signals-clock.ts";
import { type CurveFinding, curveOf } from "#src/sections/signals-curve.ts";
import { nothing, type SignalsFinding } from "#src/sections/signals-finding.ts";
import { growthOf } from "#src/sections/signals-growth.ts";
import { strengthOf } from "#src/sections/signals-strength.ts";

/** Whether markets say one thing and its contrary: sectors against the index, signals of growth, the curve, and the clock. */
export function signals(context: SectionContext): Draft {
  const { signals: rules } = context.workspace;
  return rules === null ? { questions: [], page: () => bare([]) } : draftOf(measureAll(context, rules));
}

const bare = (gaps: readonly Say[]): Section => emptySection("signals", say("signals.none.claim"), gaps);

interface Findings {
  readonly strength: SignalsFinding;
  readonly growth: SignalsFinding;
  readonly curve: CurveFinding;
  readonly clock: SignalsFinding;
}

function measureAll(context: SectionContext, rules: SignalRules): Findings {
  const curve =
    rules.curve === null ? { ...nothing, shape: null, turns: false } : curveOf(context, rules.curve);
  return {
    strength: strengthOf(context, rules),
    growth: rules.growth.length === 0 ? nothing : growthOf(context, rules.growth, curve.shape),
    curve,
    clock: rules.clock === null ? nothing : clockOf(context, rules.clock, curve.shape),
  };
}

function draftOf({ strength, growth, curve, clock }: Findings): Draft {
  const all = [strength, growth, curve, clock];
  const spoken = [
    strength.questions,
    growth.questions,
    // The shorter move is told where it is another one.
    [...curve.questions.slice(0, curve.turns ? 2 : 1), ...clock.questions],
  ];
  return {
    questions: spoken.flat(),
    page(answers) {
      const paragraphs = spoken.map((each) => statementsOf(answers, each));
      const lead = leading(paragraphs);
      return {
        ...bare([...all.flatMap(({ gaps }) => gaps), ...absentOf(all)]),
        claim: lead?.claim ?? say("signals.none.claim"),
        words: [...paragraphs.filter(isOf(lead)), ...paragraphs.filter((each) => !isOf(lead)(each))]
          .map((statements) => statements.flatMap(({ text }) => text))
          .filter(({ length }) => length > 0),
        figures: all.flatMap(({ figures }) => figures),
        tables: tableOf(growth),
      };
    },
  };
}

const statementsOf = (answers: Answers, questions: readonly Question[]): readonly Statement[] =>
  questions.flatMap((question) => answers(question).statement ?? []);

/** The rarest of what was earned of contradictions; else of the curve and the clock; where nothing was, what is said first. */
const leading = ([strength = [], growth = [], rest = []]: readonly (readonly Statement[])[]):
  | Statement
  | undefined => rarest([...strength, ...growth]) ?? rarest(rest) ?? [...strength, ...growth, ...rest][0];

/** The paragraph of the headline comes first. */
const isOf =
  (lead: Statement | undefined) =>
  (statements: readonly Statement[]): boolean =>
    statements.some((each) => each === lead);

const rarest = (statements: readonly Statement[]): Statement | undefined =>
  statements.filter(({ earned }) => earned).toSorted((a, b) => a.tail.share - b.tail.share)[0];

/** Each series that a part does without, once. */
const absentOf = (all: readonly SignalsFinding[]): readonly Say[] =>
  [...new Set(all.flatMap(({ absent }) => absent))].map(({ series }) =>
    say("signals.gap.without", { name: { name: series.name } }),
  );

function tableOf({ rows, notes, series }: SignalsFinding): readonly Table[] {
  if (rows.length === 0) return [];
  const head = (key: string, align: "left" | "right") => ({ say: say(`signals.table.head.${key}`), align });
  return [
    {
      id: "signals.growth",
      claim: say("signals.table.claim"),
      unit: say("signals.table.unit"),
      head: [head("signal", "left"), head("change", "left"), head("z", "right"), head("says", "left")],
      rows,
      notes,
      series: [...new Set(series)],
      size: "wide",
    },
  ];
}
