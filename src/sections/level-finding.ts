import { levelLine } from "#src/charts/level-line.ts";
import type { Fact, Reason } from "#src/domain/fact.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Place } from "#src/domain/say.ts";
import type { Refusal, Statement } from "#src/domain/statement.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import type { LevelRule } from "#src/domain/workspace.ts";
import { type LevelTest, levelTest } from "#src/metrics/level-test.ts";
import {
  proseName,
  quantumOfDecimals,
  sessionCount,
  shortName,
  staleness,
  yearStart,
} from "#src/sections/market.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import type { Finding } from "#src/sections/week-finding.ts";

/** What may be said of an index at a round number; nothing where its sample is too small. */
export interface LevelFinding extends Partial<Pick<Finding, "statement">>, Pick<Finding, "refusal"> {
  readonly figure?: Figure;
}

type Side = "resistance" | "support";
type Facts = Readonly<Record<"level" | "tests" | "extreme" | "extremeDate" | "from" | "last", Fact>>;

const tradingYear = 252;
/** How long before its window the chart of a level begins. */
const leadIn = 180;
/** How far beyond the level a close counts towards a break (B4). */
const band = 0.01;

/** An index against a round number: from below, or from above where it had passed the number before the window. */
export function levelFinding(context: SectionContext, rule: LevelRule): LevelFinding {
  const column = context.panel.column(rule.series);
  const late = staleness(context, column);
  if (late !== null) return { refusal: refusalOf(rule, [late], null) };
  const from = windowStart(context, rule, column);
  const sessions = sessionCount(context, column.series);
  const below = levelTest(column.dates, column.values, rule.level, { from, sessions });
  const passed = below.value?.isBeyond === true && below.value.breakouts === 0;
  const side: Side = passed ? "support" : "resistance";
  const test = passed ? levelTest(column.dates, column.values, rule.level, { from, side, sessions }) : below;
  if (test.value === null) return { refusal: refusalOf(rule, test.reasons, null) };
  const facts = levelFacts(context, rule, column, test.value, from, side);
  const statement = statementOf(rule, column, test.value, side, facts);
  return {
    statement,
    refusal: statement.id.includes(".failed")
      ? null
      : refusalOf(rule, [whyNotFailed(test.value, side)], statement.id),
    figure: levelFigure(column, rule, test.value, { from, side }, statement, facts),
  };
}

const windowStart = (context: SectionContext, rule: LevelRule, { dates }: Column): IsoDate =>
  rule.from === "year" ? yearStart(context) : (dates.at(-tradingYear) ?? dates[0] ?? context.week);

function statementOf(
  rule: LevelRule,
  { series }: Column,
  test: LevelTest,
  side: Side,
  facts: Facts,
): Statement {
  const word = side === "support" ? aboveWord(test) : belowWord(test);
  const places = (name: Place): Readonly<Record<string, Place>> => ({
    name,
    level: { fact: facts.level.id },
    tests: { fact: facts.tests.id },
    extreme: { fact: facts.extreme.id },
    extremeDate: { fact: facts.extremeDate.id },
    from: { fact: facts.from.id },
  });
  const { tests, rejections, breakouts, closesBeyond, unconfirmed } = test;
  return {
    id: `levels.${rule.series}.${word}.${rule.level}`,
    section: "levels",
    claim: say(`levels.${word}.claim`, places(shortName(series))),
    text: [say(`levels.${word}.text`, places(proseName(series)))],
    gate: { rule: "B4 level test", found: { side, tests, rejections, breakouts, closesBeyond, unconfirmed } },
    // The number of tests has no history of its own to be rare in.
    tail: { share: 1, n: 1, record: false },
    stance: `${rule.series}.level.${rule.level}:${test.isBeyond || side === "support" ? "above" : "below"}`,
    proof: figureId(rule),
  };
}

function belowWord(test: LevelTest): string {
  const { breakouts, distance, failedToBreak, unconfirmed, closesBeyond, stoodBeyond } = test;
  if (breakouts > 0) return brokenWord(test);
  if (stoodBeyond) return distance < 0 ? "lost" : "lost-and-back";
  // The close that would confirm is still to come.
  if (unconfirmed && distance > band) return "beyond-unconfirmed";
  // Whatever came before, an index that closes above the level does not fail at it today.
  if (failedToBreak && distance <= 0) return unconfirmed ? "failed-unconfirmed" : "failed";
  return closesBeyond > 0 ? "crossed" : "below";
}

function brokenWord({ distance, isBeyond }: LevelTest): string {
  if (distance < 0) return "broke-and-fell";
  return isBeyond ? "broke" : "broke-and-back";
}

const aboveWord = ({ closesBeyond }: LevelTest): string => (closesBeyond > 0 ? "above-dipped" : "above");

function whyNotFailed({ breakouts, stoodBeyond, failedToBreak, tests }: LevelTest, side: Side): Reason {
  if (side === "support") return { code: "stood-beyond" };
  if (breakouts > 0) return { code: "broke-out", have: breakouts, need: 0 };
  if (stoodBeyond) return { code: "stood-beyond" };
  return failedToBreak ? { code: "not-over" } : { code: "too-few-tests", have: tests, need: 2 };
}

/** “Failed to break” is not said, and why. */
function refusalOf(rule: LevelRule, reasons: readonly Reason[], instead: string | null): Refusal {
  return {
    id: `levels.${rule.series}.failed.${rule.level}`,
    word: "failed to break",
    section: "levels",
    reasons,
    instead,
  };
}

function levelFacts(
  context: SectionContext,
  rule: LevelRule,
  column: Column,
  test: LevelTest,
  from: IsoDate,
  side: Side,
): Facts {
  const shared = {
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
  add("distance", { value: test.distance, unit: "return" });
  return {
    level: add("level", {
      value: rule.level,
      unit: "points",
      quantum: Number.isInteger(rule.level) ? 1 : quantum,
    }),
    tests: add("tests", { value: test.tests, unit: "count" }),
    extreme: add("extreme-close", { value: test.extreme, unit: "points", quantum }),
    extremeDate: add("extreme-close-date", { value: test.extremeDate, unit: "date" }),
    from: add("from", { value: from, unit: "date" }),
    last: add("last-close", { value: column.values.at(-1) ?? null, unit: "points", quantum }),
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
          heightMm: 50,
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
