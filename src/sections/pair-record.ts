import { indexLine } from "#src/charts/index-line.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Place } from "#src/domain/say.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import { dayRank } from "#src/metrics/day-rank.ts";
import { leastDays, type RecordDay, recordDay } from "#src/metrics/record.ts";
import { type Measured, mapMeasured } from "#src/metrics/result.ts";
import { grade } from "#src/sections/market.ts";
import { inception, membersOf, type Pair, pairLevel } from "#src/sections/pair-data.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { pairRecord } from "#src/statements/rules/pair.ts";

/** What the rules are asked about the largest daily gain of a pair, and its picture. */
export interface RecordOfPair {
  readonly question: Question;
  /** The level with the record's day marked; none where there is no record. */
  figure(): Figure | null;
}

/** Beyond this rank among days scaled by volatility, a record is said to come from a volatile period (B1). */
const calmRank = 10;

type RecordFacts = Readonly<Record<"gain" | "date" | "long" | "short" | "start", Fact>>;

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
export function recordOfPair(context: SectionContext, pair: Pair): RecordOfPair {
  const { from, backCast, start } = stretch(pair);
  const days = singleDays(pair, from);
  const found = mapMeasured(recordDay(days.dates, days.returns, "gain"), (record) => ({
    ...record,
    index: days.places[record.index] ?? from,
  }));
  const { facts, scaledRank } = recordFacts(context, pair, found, { n: found.n, start });
  const isStanding = found.value !== null && !found.value.equalled;
  return {
    question: {
      ladder: pairRecord,
      subject: {
        id: pair.id,
        name: pair.name,
        prose: pair.prose,
        evidence: {
          ...facts,
          scaledRank,
          isVolatile: scaledRank !== null && Number(scaledRank.value) > calmRank,
          basis: backCast ? "back-cast" : "live",
          equalled: mapMeasured(found, ({ equalled }) => equalled),
          inWeek: mapMeasured(found, ({ index }) => index >= pair.from),
          ...(isStanding ? bestDay(context, pair, days) : noBestDay),
        },
        places: { longName: { name: pair.rule.long.name }, shortName: { name: pair.rule.shorts.name } },
        proof: `pair.${pair.id}-line`,
      },
    },
    figure: () => (isStanding ? lineFigure(context, pair, facts, found.value.index) : null),
  };
}

function recordFacts(
  { facts }: SectionContext,
  pair: Pair,
  found: Measured<RecordDay>,
  { n, start }: { readonly n: number; readonly start: IsoDate },
): { readonly facts: RecordFacts; readonly scaledRank: Fact | null } {
  const { data, id, rule, to } = pair;
  const { value } = found;
  const shared = {
    ...grade(found),
    series: membersOf(rule),
    method: "B1 record of daily returns",
    window: { start, end: data.dates[to - 1] ?? null, n },
  };
  const leg = (side: "long" | "short", sign: 1 | -1): Fact =>
    facts.add({
      ...shared,
      id: `pair.${id}.record.${side}`,
      value: value === null ? null : sign * (data.returns[side][value.index] ?? 0),
      unit: "pp",
    });
  const add = (
    measure: string,
    rest: Pick<Parameters<typeof facts.add>[0], "value" | "unit" | "stats">,
  ): Fact => facts.add({ ...shared, id: `pair.${id}.record.${measure}`, ...rest });
  const { volScaledRank = null } = value ?? {};
  return {
    facts: {
      gain: add("gain", { value: value?.value ?? null, unit: "return", stats: { tail: 1 / n, sample: n } }),
      date: add("date", { value: value?.date ?? null, unit: "date" }),
      long: leg("long", 1),
      short: leg("short", -1),
      start: facts.add({
        ...shared,
        status: "ok",
        reasons: [],
        id: `pair.${id}.record.start`,
        value: start,
        unit: "date",
      }),
    },
    scaledRank:
      volScaledRank === null ? null : add("vol-scaled-rank", { value: volScaledRank, unit: "ordinal" }),
  };
}

/** Sessions of one year and of five. */
const spans = { year: 252, "five-years": 1260 } as const;

type BestDay = Readonly<Record<"best" | "bestDate" | "bestRank" | "bestYear", Fact | null>>;

const noBestDay: BestDay = { best: null, bestDate: null, bestRank: null, bestYear: null };

/** The largest daily gain of the week and its rank in the stretch: what is said of it where it is no record. */
function bestDay(
  { facts }: SectionContext,
  { id, rule, from }: Pair,
  { places, dates, returns }: ReturnType<typeof singleDays>,
): BestDay {
  const first = places.findIndex((place) => place >= from);
  const week = first < 0 ? [] : returns.slice(first);
  const gain = Math.max(...week);
  if (!(gain > 0)) return noBestDay;
  const index = first + week.indexOf(gain);
  const window = { start: dates[0] ?? null, end: dates.at(-1) ?? null, n: returns.length };
  const shared = { series: membersOf(rule), method: "B1 rank of daily returns", window };
  const prefix = `pair.${id}.best-day`;
  const rank = (name: string, span?: number): Fact => {
    const found = dayRank(returns, index, span);
    const id = `${prefix}.rank.${name}`;
    return facts.add({ ...shared, ...grade(found), id, value: found.value, unit: "ordinal" });
  };
  const [bestRank, bestYear] = [rank("all"), rank("year", spans.year)];
  rank("five-years", spans["five-years"]);
  const best = facts.add({ ...shared, id: `${prefix}.gain`, value: gain, unit: "return" });
  const bestDate = facts.add({ ...shared, id: `${prefix}.date`, value: dates[index] ?? null, unit: "date" });
  return best.state === "up" && bestYear.value !== null ? { best, bestDate, bestRank, bestYear } : noBestDay;
}

/** What of a chart's past is back-cast, and why. */
const pastOf: Readonly<Record<Pair["rule"]["basis"], string>> = {
  live: "before",
  "dated-live": "before",
  "back-cast": "all",
  "dated-back-cast": "dated",
};

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
      ? [say(`pair.figure.line.back-cast.${pastOf[rule.basis]}`, inception(facts, pair))]
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
