import { levelLine } from "#src/charts/level-line.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Statement } from "#src/domain/statement.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import type { LevelRule } from "#src/domain/workspace.ts";
import { type LevelTest, levelTest } from "#src/metrics/level-test.ts";
import { insufficient, type Measured, mapMeasured } from "#src/metrics/result.ts";
import { releasesOf } from "#src/sections/level-releases.ts";
import {
  grade,
  quantumOfDecimals,
  sessionCount,
  staleness,
  subjectOf,
  yearStart,
} from "#src/sections/market.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { roundNumber } from "#src/statements/rules/levels.ts";

/** What the rules are asked about an index at a round number, and the picture of it. */
export interface LevelQuestion {
  readonly question: Question;
  /** The figure; none where the sample is too small. Its claim is the statement's. */
  figure(statement: Statement): Figure | null;
}

type Side = "resistance" | "support";
type Facts = Readonly<Record<"level" | "tests" | "extreme" | "extremeDate" | "from" | "last", Fact>>;

const tradingYear = 252;
/** How long before its window the chart of a level begins. */
const leadIn = 180;
/** How far beyond the level a close counts towards a break (B4). */
const band = 0.01;

/** An index against a round number: from below, or from above where it had passed the number before the window. */
export function levelQuestion(context: SectionContext, rule: LevelRule): LevelQuestion {
  const column = context.panel.column(rule.series);
  const from = windowStart(context, rule, column);
  const { test, side } = measured(context, rule, column, from);
  const facts = levelFacts(context, rule, column, test, from, side);
  const releases = releasesOf(context, rule, column, test);
  const found = <T extends string | number | boolean>(of: (value: LevelTest) => T) => mapMeasured(test, of);
  return {
    question: {
      ladder: roundNumber,
      subject: {
        ...subjectOf(column.series),
        evidence: {
          series: rule.series,
          level: facts.level,
          tests: facts.tests,
          extreme: facts.extreme,
          extremeDate: facts.extremeDate,
          from: facts.from,
          approach: found(() => side),
          side: found(({ isBeyond }) => (isBeyond || side === "support" ? "above" : "below")),
          breakouts: found(({ breakouts }) => breakouts),
          rejections: found(({ rejections }) => rejections),
          closesBeyond: found(({ closesBeyond }) => closesBeyond),
          distance: found(({ distance }) => distance),
          reach: found(({ extreme }) => Math.abs(extreme - rule.level) / rule.level),
          isBeyond: found(({ isBeyond }) => isBeyond),
          stoodBeyond: found(({ stoodBeyond }) => stoodBeyond),
          unconfirmed: found(({ unconfirmed }) => unconfirmed),
          ...releases.evidence,
        },
        places: releases.places,
        proof: figureId(rule),
      },
    },
    figure: (statement) =>
      test.value === null ? null : levelFigure(column, rule, test.value, { from, side }, statement, facts),
  };
}

/** The test as of this week, and from which side; a series that ends before it has none. */
function measured(
  context: SectionContext,
  rule: LevelRule,
  column: Column,
  from: IsoDate,
): { readonly test: Measured<LevelTest>; readonly side: Side } {
  const late = staleness(context, column);
  if (late !== null) return { test: insufficient(0, late), side: "resistance" };
  const sessions = sessionCount(context, column.series);
  const below = levelTest(column.dates, column.values, rule.level, { from, sessions });
  const passed = below.value?.isBeyond === true && below.value.breakouts === 0;
  if (!passed) return { test: below, side: "resistance" };
  const side = "support";
  return { test: levelTest(column.dates, column.values, rule.level, { from, side, sessions }), side };
}

const windowStart = (context: SectionContext, rule: LevelRule, { dates }: Column): IsoDate =>
  rule.from === "year" ? yearStart(context) : (dates.at(-tradingYear) ?? dates[0] ?? context.week);

function levelFacts(
  context: SectionContext,
  rule: LevelRule,
  column: Column,
  test: Measured<LevelTest>,
  from: IsoDate,
  side: Side,
): Facts {
  const { value } = test;
  const last = column.values.at(-1) ?? null;
  const shared = {
    ...grade(test),
    series: [rule.series],
    method: "B4 level test",
    params: { level: rule.level, side, delta: 0.01, band, confirm: 2, rearm: 5 },
    window: {
      start: from,
      end: column.dates.at(-1) ?? null,
      n: column.dates.filter((date) => date >= from).length,
    },
  };
  const quantum = quantumOfDecimals(column.series.decimals);
  const add = (
    measure: string,
    rest: Pick<Parameters<typeof context.facts.add>[0], "value" | "unit" | "quantum">,
  ) => context.facts.add({ ...shared, id: `levels.${rule.series}.level-${rule.level}.${measure}`, ...rest });
  const known: typeof add = (measure, rest) =>
    context.facts.add({
      ...shared,
      id: `levels.${rule.series}.level-${rule.level}.${measure}`,
      ...rest,
      status: "ok",
      reasons: [],
    });
  add("distance", { value: value?.distance ?? null, unit: "return" });
  return {
    level: known("level", {
      value: rule.level,
      unit: "points",
      quantum: Number.isInteger(rule.level) ? 1 : quantum,
    }),
    tests: add("tests", { value: value?.tests ?? null, unit: "count" }),
    extreme: add("extreme-close", { value: value?.extreme ?? null, unit: "points", quantum }),
    extremeDate: add("extreme-close-date", { value: value?.extremeDate ?? null, unit: "date" }),
    from: known("from", { value: from, unit: "date" }),
    last: (last === null ? add : known)("last-close", { value: last, unit: "points", quantum }),
  };
}

const figureId = (rule: LevelRule): string => `levels.level-${rule.series}-${rule.level}`;

function levelFigure(
  column: Column,
  rule: LevelRule,
  test: LevelTest,
  { from, side }: { readonly from: IsoDate; readonly side: Side },
  statement: Statement,
  facts: Facts,
): Figure {
  const start = addDays(from, -leadIn);
  const points = column.dates
    .map((day, i) => ({ day, value: column.values[i] ?? null }))
    .filter(({ day }) => day >= start);
  return {
    id: figureId(rule),
    claim: statement.claim,
    unit: say("levels.figure.level.unit", statement.claim.places),
    alt: say("levels.figure.level.alt", statement.claim.places),
    notes: [
      say(`levels.figure.level.note-${side}`, {
        level: { fact: facts.level.id },
        from: { fact: facts.from.id },
      }),
    ],
    series: [rule.series],
    size: "beside",
    spec: (words) =>
      levelLine(
        {
          size: "beside",
          heightMm: 46,
          unit: "points",
          points,
          level: { value: rule.level, label: words.fact(facts.level.id) },
          zone: { from: rule.level * 0.99, to: rule.level * 1.01 },
          events: test.events.map((event) => ({ day: event.extremeDate, value: event.extreme })),
          highest: {
            day: test.extremeDate,
            value: test.extreme,
            label: words.fact(facts.extreme.id),
            dateLabel: words.fact(facts.extremeDate.id),
          },
          endLabel: words.fact(facts.last.id),
        },
        words,
      ),
  };
}
