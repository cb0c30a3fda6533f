import { indexLine } from "#src/charts/index-line.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Refusal, Statement } from "#src/domain/statement.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import { dayRank } from "#src/metrics/day-rank.ts";
import { leastDays, type RecordDay, recordDay } from "#src/metrics/record.ts";
import { grade } from "#src/sections/market.ts";
import { inception, membersOf, type Pair, pairLevel } from "#src/sections/pair-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

/** The largest daily gain of a pair: what may be said of it, what not, and its picture. */
export interface RecordFinding {
  readonly statement?: Statement;
  readonly refusal: Refusal | null;
  readonly figure?: Figure;
}

/** Beyond this rank among days scaled by volatility, a record is said to come from a volatile period (B1). */
const calmRank = 10;

type RecordFacts = Readonly<Record<"gain" | "date" | "long" | "short" | "start", Fact>> & {
  readonly rank: Fact | null;
};

/** The stretch of history that a record is sought in: since the basket's inception where that is long enough, else all of it. */
function stretch({ data, rule, to }: Pair): {
  readonly from: number;
  readonly backCast: boolean;
  readonly start: IsoDate;
} {
  const from = rule.inception === null ? -1 : data.dates.findIndex((date) => date >= (rule.inception ?? ""));
  const live = from >= 0 && to - from >= leastDays;
  return live
    ? { from, backCast: false, start: data.dates[from] ?? data.start }
    : { from: 0, backCast: true, start: data.start };
}

/** The returns of a stretch that are of one day: not those over days that some member lacked. */
function singleDays({ data, to }: Pair, from: number) {
  const places = data.dates.flatMap((_, i) => (i >= from && i < to && data.spans[i] === 1 ? [i] : []));
  return {
    /** Positions in `data.dates`. */
    places,
    dates: places.map((i) => data.dates[i] ?? ""),
    returns: places.map((i) => data.returns.pair[i] ?? Number.NaN),
  };
}

/** The largest daily gain: since inception, or of back-cast history and then said so. */
export function recordFinding(context: SectionContext, pair: Pair): RecordFinding {
  const { from, backCast, start } = stretch(pair);
  const days = singleDays(pair, from);
  const found = recordDay(days.dates, days.returns, "gain");
  if (found.value === null) return { refusal: refusalOf(pair, found.reasons, null) };
  if (found.value.equalled) return { refusal: refusalOf(pair, [{ code: "record-equalled" }], null) };
  const record = { ...found.value, index: days.places[found.value.index] ?? from };
  const facts = recordFacts(context, pair, record, { n: found.n, start });
  const inWeek = record.index >= pair.from;
  const word = `record-${backCast ? "back-cast" : "live"}-${inWeek ? "week" : "past"}`;
  const places = placesOf(pair, facts);
  const statement: Statement = {
    id: `pair.${pair.id}.${word}`,
    section: "pair",
    claim: say(`pair.${word}.claim`, { ...places, name: pair.name }),
    text: [
      say(`pair.${word}.text`, { ...places, name: pair.prose }),
      ...(facts.rank === null ? [] : [say("pair.record.volatile", { rank: { fact: facts.rank.id } })]),
      say(`pair.record.legs.${facts.long.state}-${facts.short.state}`, places),
      ...(inWeek ? [] : bestDaySentence(context, pair, days)),
    ],
    gate: {
      rule: "B1 record",
      found: { date: record.date, n: found.n, backCast, inWeek, volScaledRank: record.volScaledRank },
    },
    // A record of the past is context; only one set this week is news.
    tail: { share: inWeek ? 1 / found.n : 1, n: inWeek ? found.n : 1, record: inWeek },
    stance: null,
    proof: `pair.${pair.id}-line`,
  };
  return {
    statement,
    refusal: inWeek ? null : refusalOf(pair, [{ code: "record-not-this-week" }], statement.id),
    figure: lineFigure(context, pair, facts, record.index),
  };
}

const refusalOf = (pair: Pair, reasons: Refusal["reasons"], instead: string | null): Refusal => ({
  id: `pair.${pair.id}.record`,
  word: "record",
  section: "pair",
  reasons,
  instead,
});

const placesOf = ({ rule }: Pair, facts: RecordFacts): Readonly<Record<string, Place>> => ({
  gain: { fact: facts.gain.id },
  date: { fact: facts.date.id },
  start: { fact: facts.start.id },
  long: { fact: facts.long.id },
  short: { fact: facts.short.id },
  longName: { name: rule.long.name },
  shortName: { name: rule.shorts.name },
});

function recordFacts(
  { facts }: SectionContext,
  pair: Pair,
  record: RecordDay,
  { n, start }: { readonly n: number; readonly start: IsoDate },
): RecordFacts {
  const { data, id, rule, to } = pair;
  const { index, volScaledRank } = record;
  const shared = {
    series: membersOf(rule),
    method: "B1 record of daily returns",
    window: { start, end: data.dates[to - 1] ?? null, n },
  };
  const prefix = `pair.${id}.record`;
  const isVolatile = volScaledRank !== null && volScaledRank > calmRank;
  return {
    gain: facts.add({ ...shared, id: `${prefix}.gain`, value: record.value, unit: "return" }),
    date: facts.add({ ...shared, id: `${prefix}.date`, value: record.date, unit: "date" }),
    long: facts.add({ ...shared, id: `${prefix}.long`, value: data.returns.long[index] ?? null, unit: "pp" }),
    short: facts.add({
      ...shared,
      id: `${prefix}.short`,
      value: -(data.returns.short[index] ?? 0),
      unit: "pp",
    }),
    start: facts.add({ ...shared, id: `${prefix}.start`, value: start, unit: "date" }),
    rank: isVolatile
      ? facts.add({ ...shared, id: `${prefix}.vol-scaled-rank`, value: volScaledRank, unit: "ordinal" })
      : null,
  };
}

/** Sessions of one year and of five. */
const spans = { year: 252, "five-years": 1260 } as const;

/** The largest daily gain of the week and its rank in the stretch: what is said of it where it is no record. */
function bestDaySentence(
  { facts }: SectionContext,
  { id, rule, from }: Pair,
  { places, dates, returns }: ReturnType<typeof singleDays>,
): readonly Say[] {
  const first = places.findIndex((place) => place >= from);
  const week = first < 0 ? [] : returns.slice(first);
  const gain = Math.max(...week);
  if (!(gain > 0)) return [];
  const index = first + week.indexOf(gain);
  const window = { start: dates[0] ?? null, end: dates.at(-1) ?? null, n: returns.length };
  const shared = { series: membersOf(rule), method: "B1 rank of daily returns", window };
  const prefix = `pair.${id}.best-day`;
  const rank = (name: string, span?: number): Fact => {
    const found = dayRank(returns, index, span);
    const id = `${prefix}.rank.${name}`;
    return facts.add({ ...shared, ...grade(found), id, value: found.value, unit: "ordinal" });
  };
  const ranks = { all: rank("all"), year: rank("year", spans.year) };
  rank("five-years", spans["five-years"]);
  const best = facts.add({ ...shared, id: `${prefix}.gain`, value: gain, unit: "return" });
  const date = facts.add({ ...shared, id: `${prefix}.date`, value: dates[index] ?? null, unit: "date" });
  if (best.state !== "up" || ranks.year.value === null) return [];
  return [
    say("pair.record.best-day", {
      gain: { fact: best.id },
      date: { fact: date.id },
      rank: { fact: ranks.all.id },
      year: { fact: ranks.year.id },
    }),
  ];
}

/** Whether a chart from there shows days on which the basket was not followed yet. */
const isBackCast = ({ data, rule }: Pair, from: number): boolean =>
  rule.inception === null || (data.dates[from] ?? data.start) < rule.inception;

/** The chart reaches back two years, or to a quarter before the record, whichever is longer. */
function chartStart({ data, to }: Pair, record: IsoDate): number {
  const last = data.dates[to - 1] ?? data.start;
  const [start = data.start] = [addDays(last, -2 * 365), addDays(record, -90)].sort();
  return Math.max(
    0,
    data.dates.findIndex((date) => date >= start),
  );
}

function lineFigure({ facts }: SectionContext, pair: Pair, record: RecordFacts, index: number): Figure {
  const { data, to, id, rule } = pair;
  const day = data.dates[index] ?? data.start;
  const from = chartStart(pair, day);
  const level = pairLevel(data, to);
  const points = data.dates
    .slice(from, to)
    .map((date, i) => ({ day: date, value: level.values[from + i] ?? 100 }));
  const series = membersOf(rule);
  const window = { start: data.dates[from] ?? null, end: data.dates[to - 1] ?? null, n: points.length };
  const baseDay = facts.add({
    id: `pair.${id}.chart.base`,
    value: level.base,
    unit: "date",
    series,
    method: "base day of the pair's level",
  });
  const end = facts.add({
    id: `pair.${id}.chart.end`,
    value: points.at(-1)?.value ?? null,
    unit: "points",
    quantum: 0.1,
    series,
    window,
    method: "P1 pair level, 100 a trading year ago",
  });
  const places: Readonly<Record<string, Place>> = {
    name: pair.name,
    gain: { fact: record.gain.id, signed: true },
    date: { fact: record.date.id },
    base: { fact: baseDay.id, full: true },
    end: { fact: end.id },
  };
  return {
    id: `pair.${id}-line`,
    claim: say("pair.figure.line.claim", places),
    unit: say("pair.figure.line.unit", places),
    alt: say("pair.figure.line.alt", places),
    notes: isBackCast(pair, from)
      ? [
          say(
            `pair.figure.line.back-cast.${rule.inception === null ? "all" : "before"}`,
            inception(facts, pair),
          ),
        ]
      : [],
    series,
    size: "wide",
    spec: (words) =>
      indexLine(
        {
          points,
          mark: {
            day,
            value: points.find((point) => point.day === day)?.value ?? 100,
            lines: [words.say(say("pair.figure.line.record", places))],
          },
          endLabel: words.fact(end.id),
        },
        words,
      ),
  };
}
