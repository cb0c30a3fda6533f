import { weekStrip } from "#src/charts/week-strip.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Say } from "#src/domain/say.ts";
import type { Refusal, Statement } from "#src/domain/statement.ts";
import type { Table } from "#src/domain/table.ts";
import { isComparable } from "#src/metrics/superlative.ts";
import { levelQuestion } from "#src/sections/level-question.ts";
import { proseName, shortName, staleness, weeklyHistory } from "#src/sections/market.ts";
import { milestoneQuestion } from "#src/sections/milestone-question.ts";
import { type Draft, type Question, type SectionContext, say } from "#src/sections/section.ts";
import {
  fiveYears,
  lastCloseDay,
  type Market,
  market,
  partial,
  type Scan,
  weekless,
  weekQuestion,
} from "#src/sections/week-question.ts";

/** An index against a round number, the best and worst weeks, and multiples of a named base. */
export function levels(context: SectionContext): Draft {
  const { superlatives, levels: rules, milestones } = context.workspace;
  const markets = superlatives
    .map((id) => market(context, context.panel.column(id)))
    .filter((m) => m !== null);
  const compared = scannedOf(markets);
  const scan = scanOf(compared);
  const weekly = markets.map((each) => weekQuestion(context, each, scan)).filter((q) => q !== null);
  const tests = rules.map((rule) => levelQuestion(context, rule));
  const multiples = milestones.map((rule) => milestoneQuestion(context, rule));
  return {
    questions: [...weekly, ...tests.map(({ question }) => question), ...multiples],
    page(answers) {
      const said = (questions: readonly Question[]) =>
        questions.flatMap((question) => answers(question).statement ?? []);
      const [weeks, atLevels, atMultiples] = [
        said(weekly),
        said(tests.map(({ question }) => question)),
        said(multiples),
      ];
      const leading = weeks.toSorted((a, b) => a.tail.share - b.tail.share)[0];
      const lead = atLevels[0] ?? leading ?? atMultiples[0];
      const pictures = tests.flatMap(({ question, figure }) => {
        const { statement } = answers(question);
        return statement === null ? [] : (figure(statement) ?? []);
      });
      return {
        name: "levels",
        claim: lead?.claim ?? say("levels.none.claim"),
        standfirst: null,
        words: [textOf(atLevels), [...(leading?.text ?? []), ...textOf(atMultiples)]].filter(
          (paragraph) => paragraph.length > 0,
        ),
        figures: [
          ...pictures.slice(0, 1),
          ...markets
            .filter(({ column }) => leading?.id.startsWith(`levels.${column.series.id}.`))
            .map((each) => stripFigure(context, each)),
        ],
        tables:
          markets.length > 0
            ? [marketTable(markets, compared.length > 1 ? [scanned(context, compared)] : [])]
            : [],
        refusals: markets.flatMap(weekRefusal),
        gaps: [...missing(context, markets), ...markets.flatMap(closedWeek), ...staleRules(context)],
      };
    },
  };
}

const textOf = (statements: readonly Statement[]): readonly Say[] => statements.flatMap(({ text }) => text);

/** Markets whose week can be compared with those before it. */
const scannedOf = (markets: readonly Market[]): readonly Market[] =>
  markets.filter(({ weeks: { current } }) => current !== null && isComparable(current));

/** Under chance alone the newest of n weeks is a record with probability 1/n, in each series. */
const scanOf = (markets: readonly Market[]): Scan => ({
  series: markets.length,
  chanceRecords: markets.reduce((sum, { weeks }) => sum + 1 / (weeklyHistory(weeks).length + 1), 0),
});

function missing({ workspace, panel }: SectionContext, markets: readonly Market[]): readonly Say[] {
  const absent = workspace.superlatives.filter((id) => !markets.some((m) => m.column.series.id === id));
  return absent.map((id) => say("levels.gap", { name: shortName(panel.column(id).series) }));
}

/** A market without a close at the end of the week, or without a session in it, is said to be so, with its last one. */
function closedWeek({ weeks, column, close, lastDay }: Market): readonly Say[] {
  if (weeks.current !== null || (weeks.age === 0 && weeks.sessions > 0)) return [];
  const places = {
    name: proseName(column.series),
    close: { fact: close.id },
    date: { fact: lastDay.id },
    week: { fact: "issue.week" },
  };
  return [say(weeks.sessions === 0 ? "levels.no-session" : "levels.closed", places)];
}

/** A market that was scanned in vain, because it has no week to compare. */
const weekRefusal = ({ weeks, column: { series } }: Market): readonly Refusal[] =>
  weeks.current === null
    ? [
        {
          id: `levels.${series.id}.week`,
          word: "on the week",
          section: "levels",
          reasons: weekless(weeks),
          instead: null,
        },
      ]
    : [];

/** A series of a round number or a multiple that is too old to speak of, where the list of markets has not said so. */
function staleRules(context: SectionContext): readonly Say[] {
  const { superlatives, levels: rules, milestones } = context.workspace;
  const named = [...rules, ...milestones].map(({ series }) => series);
  const others = [...new Set(named)].filter((id) => !superlatives.includes(id));
  return others.flatMap((id) => {
    const column = context.panel.column(id);
    const day = column.dates.at(-1);
    if (day === undefined || staleness(context, column) === null) return [];
    const date = lastCloseDay(context, id, day);
    return [say("levels.stale", { name: shortName(column.series), date: { fact: date.id } })];
  });
}

function scanned({ facts }: SectionContext, markets: readonly Market[]): Say {
  const ids = markets.map(({ column }) => column.series.id);
  const fact = facts.add({
    id: "levels.scan.series",
    value: ids.length,
    unit: "count",
    series: ids,
    method: "B2 superlative: series scanned",
  });
  return say("levels.table.scanned", { n: { fact: fact.id } });
}

function stripFigure({ facts }: SectionContext, { column, weeks, week }: Market): Figure {
  const { current } = weeks;
  const { id } = column.series;
  const history = weeklyHistory(weeks);
  const isRival = (ret: number): boolean =>
    current !== null && (current.ret >= 0 ? ret >= current.ret : ret <= current.ret);
  const match = history.findLast(({ ret }) => isRival(ret));
  const start = history[0]?.base ?? current?.base ?? null;
  const fact = (measure: string, value: string | number | null, unit: "date" | "return", method: string) =>
    facts.add({
      id: `levels.${id}.${measure}`,
      value,
      unit,
      window: { start, end: week.window.end, n: history.length + 1 },
      series: [id],
      method,
    }).id;
  const like = "B2 superlative: the last week like it";
  const matched =
    match &&
    say("levels.figure.weeks.match", {
      day: { fact: fact("match.week", match.end, "date", like), full: true },
      move: { fact: fact("match.return", match.ret, "return", like), signed: true },
    });
  const places = {
    name: shortName(column.series),
    week: { fact: week.id },
    start: { fact: fact("weeks.start", start, "date", "first week of the history") },
  };
  return {
    id: `levels.weeks-${id}`,
    claim: say("levels.figure.weeks.claim", places),
    unit: say("levels.figure.weeks.unit", places),
    alt: say(`levels.figure.weeks.alt.${week.state}`, places),
    notes: [],
    series: [id],
    size: "wide",
    spec: (words) =>
      weekStrip(
        {
          weeks: history.map(({ ret }) => ret),
          current: { value: current?.ret ?? 0, label: words.fact(week.id, "signed") },
          ...(match && matched ? { match: { value: match.ret, label: words.say(matched) } } : {}),
        },
        words,
      ),
  };
}

/** A market with fewer than five years of weeks is named, with their number. */
function shortHistory({ column, percentile, history }: Market): readonly Say[] {
  if (percentile.value === null || percentile.window.n >= fiveYears) return [];
  return [say("levels.table.short", { name: shortName(column.series), n: { fact: history.id } })];
}

/** A market whose week does not end with its last close is named, with the day to which its change is. */
const partialWeek = ({ column, weeks, lastDay }: Market): readonly Say[] =>
  weeks.current === null
    ? []
    : partial(weeks).map((word) =>
        say(`levels.table.${word}`, { name: shortName(column.series), day: { fact: lastDay.id } }),
      );

function marketTable(markets: readonly Market[], notes: readonly Say[]): Table {
  const head = (key: string, align: "left" | "right" = "right") => ({
    say: say(`levels.table.${key}`),
    align,
  });
  const size = ({ week }: Market): number => Number(week.value ?? Number.NEGATIVE_INFINITY);
  return {
    id: "levels.markets",
    claim: say("levels.table.claim"),
    unit: say("levels.table.unit"),
    head: [head("market", "left"), head("close"), head("week"), head("year"), head("z"), head("percentile")],
    rows: markets
      .toSorted((a, b) => size(b) - size(a))
      .map((each) => ({
        head: say("page.name", { name: shortName(each.column.series) }),
        cells: [
          { fact: each.close.id },
          { fact: each.week.id, coloured: true },
          { fact: each.year.id, coloured: true },
          { fact: each.z.id },
          { percentile: each.percentile.id },
        ],
      })),
    notes: [...notes, ...markets.flatMap((each) => [...partialWeek(each), ...shortHistory(each)])],
    series: markets.map((each) => each.column.series.id),
    size: "wide",
  };
}
