import type { Fact } from "#src/domain/fact.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Cell, Row, Table } from "#src/domain/table.ts";
import type { PairCosts } from "#src/domain/workspace.ts";
import { shortName } from "#src/sections/market.ts";
import { membersOf, type Pair, pairFacts } from "#src/sections/pair-data.ts";
import type { Hedge } from "#src/sections/pair-hedge.ts";
import type { Relation } from "#src/sections/pair-relation.ts";
import type { Measures } from "#src/sections/pair-statistics.ts";
import { type Answers, type Question, type SectionContext, say } from "#src/sections/section.ts";

type Places = Readonly<Record<string, Place>>;

/** One statistic: its name, its value, the sessions that it is of, and how it reads. */
interface Line {
  readonly key: string;
  readonly value: Fact;
  readonly sessions: Fact;
  readonly reading: Say | null;
  readonly places?: Places;
}

/** Fewer lines are sentences. */
const leastLines = 3;

/** The statistics of a pair, line by line; what could not be measured has none. `null` where few could. */
export function statisticsTable(
  context: SectionContext,
  pair: Pair,
  measures: Measures,
  answers: Answers,
  notes: readonly Say[],
): Table | null {
  const lines = [
    ...costLines(measures),
    ...marketLines(context, pair, measures, answers),
    ...levelLines(measures, answers),
    ...stretchLines(measures, answers),
  ].filter(({ value }) => value.value !== null);
  if (lines.length < leastLines) return null;
  const head = (key: string, align: "left" | "right") => ({ say: say(`pair.table.head.${key}`), align });
  return {
    id: `pair.${pair.id}-statistics`,
    claim:
      answers(measures.relation.questions.relation).statement?.claim ??
      say("pair.table.claim", { name: pair.name }),
    unit: say("pair.table.unit"),
    head: [
      head("statistic", "left"),
      head("value", "right"),
      head("sessions", "right"),
      head("reading", "left"),
    ],
    rows: lines.map(rowOf),
    notes: [...notes, basisNote(context, pair), ...costNote(context, pair, measures)],
    series: seriesOf(pair),
    size: "wide",
  };
}

const rowOf = ({ key, value, sessions, reading, places = {} }: Line): Row => ({
  head: say(`pair.table.row.${key}`, places),
  cells: [{ fact: value.id }, { fact: sessions.id }, cellOf(reading)],
});

const cellOf = (reading: Say | null): Cell => (reading === null ? null : { say: reading });

function seriesOf({ rule }: Pair): readonly string[] {
  const { market, costs } = rule;
  return [...membersOf(rule), ...[market, costs?.cash ?? null].filter((id) => id !== null)];
}

/** The word that was earned, as the statement's id ends in it; `null` where nothing is said. */
const wordOf = (answers: Answers, question: Question): string | null =>
  answers(question).statement?.id.split(".").at(-1) ?? null;

/** How a statistic reads, by the word that was earned. */
const read = (key: string, word: string | null, places: Places = {}): Say | null =>
  word === null ? null : say(`pair.table.reading.${key}.${word}`, places);

function costLines({ costs }: Measures): readonly Line[] {
  if (costs === null) return [];
  const line = (span: "week" | "year"): Line => {
    const { gross, net, cost, sessions } = costs[span];
    const places = { gross: { fact: gross.id, signed: true }, cost: { fact: cost.id, signed: true } };
    return { key: `net-${span}`, value: net, sessions, reading: say("pair.table.reading.cost", places) };
  };
  return [line("week"), line("year")];
}

function marketLines(
  { panel }: SectionContext,
  { rule }: Pair,
  { market }: Measures,
  answers: Answers,
): readonly Line[] {
  if (market === null || rule.market === null) return [];
  const word = wordOf(answers, market.questions.beta);
  const places = { name: shortName(panel.column(rule.market).series) };
  const reading = read("beta", word, { t: { fact: market.t.id } });
  return [
    {
      key: "market",
      value: market.market,
      sessions: market.days,
      reading: say("pair.table.reading.own", { own: { fact: market.own.id, signed: true } }),
      places,
    },
    { key: "beta", value: market.beta, sessions: market.sessions, reading, places },
  ];
}

function levelLines({ hedge, relation }: Measures, answers: Answers): readonly Line[] {
  const found = wordOf(answers, relation.questions.relation);
  const orders = {
    a: { fact: relation.orders.longOnShort.id },
    b: { fact: relation.orders.shortOnLong.id },
  };
  const test: Line = {
    key: "relation",
    value: relation.p,
    sessions: relation.sessions,
    reading: read("relation", found, orders),
  };
  const ratio: Line = {
    key: "ordinary",
    value: hedge.ordinary,
    sessions: hedge.sessions,
    reading: hedgeReading(hedge, wordOf(answers, hedge.question) ?? "none"),
  };
  return [ratio, test, ...halfLifeLine(relation, hedge.sessions, answers)];
}

/** The ratio of both legs taken as noisy, how far the rolling one went, and that it is no hedge where it is none. */
function hedgeReading({ orthogonal, low, high }: Hedge, caveat: string): Say | null {
  if (orthogonal.value === null) return null;
  const range = low.value === null ? "year" : "rolling";
  const places = { orthogonal: { fact: orthogonal.id }, low: { fact: low.id }, high: { fact: high.id } };
  return read("hedge", `${caveat}.${range}`, places);
}

/** The half-life, where it may be said. */
function halfLifeLine({ halfLife, questions }: Relation, window: Fact, answers: Answers): readonly Line[] {
  if (answers(questions.halfLife).statement === null) return [];
  const { sessions, low, high } = halfLife;
  const reading = say("pair.table.reading.half-life", { low: { fact: low.id }, high: { fact: high.id } });
  return [{ key: "half-life", value: sessions, sessions: window, reading }];
}

/** The z that is preferred (P8): of the spread where the legs keep together, else of the return; of a short history the spread's, called descriptive. */
function stretchLines({ stretch, hedge, relation }: Measures, answers: Answers): readonly Line[] {
  const isRelated = wordOf(answers, relation.questions.relation) === "found";
  if (!isRelated && stretch.moveZ.value !== null) {
    const reading = say("pair.table.reading.move", { k: { fact: stretch.independent.id } });
    return [{ key: "move", value: stretch.moveZ, sessions: stretch.sessions, reading }];
  }
  const reading = say(`pair.table.reading.spread.${isRelated ? "mean-reverting" : "descriptive"}`);
  return [{ key: "spread", value: stretch.spread, sessions: hedge.sessions, reading }];
}

/** Whether the levels of the legs are of returns with dividends. */
function basisNote({ panel }: SectionContext, { rule }: Pair): Say {
  const kinds = new Set(membersOf(rule).map((id) => panel.column(id).series.kind === "total-return"));
  return say(`pair.table.basis.${kinds.size > 1 ? "mixed" : kinds.has(true) ? "total-return" : "price"}`);
}

/** At what costs the net returns are. */
export function costNote(context: SectionContext, pair: Pair, { costs }: Measures): readonly Say[] {
  const rule: PairCosts | null = pair.rule.costs;
  if (rule === null || costs === null || costs.week.net.value === null) return [];
  const add = pairFacts(context, pair);
  const rate = (name: string, value: number): Place => ({
    fact: add(`costs.${name}`, { value, unit: "yield", method: "P10 costs as configured" }).id,
  });
  return [
    say("pair.table.costs", {
      borrow: rate("borrow", rule.borrow),
      spread: rate("spread", rule.spread),
      trading: rate("trading", rule.trading),
      cash: shortName(context.panel.column(rule.cash).series),
    }),
  ];
}
