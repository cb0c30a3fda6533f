import type { DeclaredEvent } from "#src/domain/declared.ts";
import type { Fact } from "#src/domain/fact.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import { abnormalReturnPath } from "#src/metrics/abnormal-returns.ts";
import { type DropReversal, dropReversal } from "#src/metrics/drop-reversal.ts";
import type { Panel, Path } from "#src/metrics/panel.ts";
import { insufficient, type Measured, mapMeasured, notDefined, ok } from "#src/metrics/result.ts";
import {
  dropRules,
  findDrops,
  type Tags,
  type UnexplainedDrops,
  unexplainedDrops,
} from "#src/metrics/unexplained-drops.ts";
import { measureRow, nothing, type Part, type Sector } from "#src/sections/epicentre-part.ts";
import { staleness, subjectOf } from "#src/sections/market.ts";
import { endOf } from "#src/sections/own-history.ts";
import { factsOf } from "#src/sections/regime-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { alignedTo } from "#src/sections/surface-data.ts";
import { sectorDrops } from "#src/statements/rules/epicentre.ts";

/** Fewer names have too few drops to speak of. */
const leastNames = 3;
/** Days within which a list that is kept has an event of a name, as of results each quarter. */
const mostSilence = 130;

/** Names that count, on the market's sessions: their returns, beyond the market too, and the sessions of their events. */
interface Names {
  readonly ids: readonly string[];
  readonly dates: readonly IsoDate[];
  readonly returns: Panel;
  readonly abnormal: Panel;
  readonly tags: Tags;
  /** The first day from which on all of them have events. */
  readonly since: IsoDate;
}

/**
 * Drops of the names without an event of their own (L4), and how much of them the week after took back (S18).
 *
 * A drop is unexplained only by a list that is kept: a name counts from its first declared event on, while no more than a quarter and a
 * month has gone by without one.
 */
export function dropsOf(context: SectionContext, found: Sector): Part {
  if (found.rule.names.length === 0) return nothing;
  const names = namesOf(context, found);
  const measured = mapOver(names, ({ returns, tags }) => unexplainedDrops(returns, tags));
  const reversal = mapOver(names, ({ returns, abnormal, tags }) => {
    const drops = findDrops(returns, tags).filter(({ isExplained }) => isExplained === false);
    return dropReversal(abnormal, drops);
  });
  const facts = dropFacts(context, found, names, measured, reversal);
  return {
    ...nothing,
    questions: [
      {
        ladder: sectorDrops,
        subject: {
          ...subjectOf(found.sector.series),
          places: {
            low: { fact: facts.low.id, signed: true },
            high: { fact: facts.high.id, signed: true },
          },
          evidence: {
            ...facts,
            end: endOf(facts.percentile),
            isReversed: reversal.value?.isReversed ?? null,
          },
        },
      },
    ],
    rows: measureRow(say("epicentre.measure.unexplained"), {
      value: facts.share,
      percentile: facts.percentile,
      told: say("epicentre.measure.of", {
        unexplained: { fact: facts.unexplained.id },
        drops: { fact: facts.drops.id },
      }),
    }),
    series: measured.value === null ? [] : (names.value?.ids ?? []),
    notes: measured.value === null ? [] : [say("epicentre.drops.note")],
    gaps: gapsOf(names, measured),
  };
}

const mapOver = <U>(names: Measured<Names>, of: (value: Names) => Measured<U>): Measured<U> =>
  names.value === null ? names : of(names.value);

const gapsOf = (names: Measured<Names>, measured: Measured<UnexplainedDrops>) => {
  if (names.value === null) return [say("epicentre.gap.drops.list")];
  return measured.value === null ? [say("epicentre.gap.drops.few")] : [];
};

function namesOf(context: SectionContext, { rule, market }: Sector): Measured<Names> {
  const { dates } = market;
  const columns = rule.names
    .map((id) => context.panel.column(id))
    .filter((each) => staleness(context, each) === null);
  const told = columns.flatMap((column) => {
    const sessions = sessionsOf(dates, eventsOf(context, column.series.id));
    const [first, last] = [sessions[0], sessions.at(-1)];
    const isKept =
      first !== undefined &&
      last !== undefined &&
      (dates[last] ?? "") >= addDays(context.lastDay, -mostSilence);
    return isKept ? [{ column, sessions, first }] : [];
  });
  if (staleness(context, market) !== null || told.length < leastNames)
    return insufficient(told.length, { code: "too-few", need: leastNames, have: told.length });
  const shared = returnsOf(market.values);
  const all = told.map(({ column, first }) => returnsOf(alignedTo(dates, column)).map(fromList(first)));
  return ok(
    {
      ids: told.map(({ column }) => column.series.id),
      dates,
      returns: all,
      abnormal: all.map((path) => abnormalReturnPath(path, shared)),
      tags: told.map(({ sessions }) => {
        const tagged = new Set(sessions);
        return dates.map((_, t) => tagged.has(t));
      }),
      since: dates[Math.max(...told.map(({ first }) => first))] ?? "",
    },
    told.length,
  );
}

/** Events that are about a name, and over at the end of the week. */
const eventsOf = ({ declared, lastDay }: SectionContext, id: string): readonly DeclaredEvent[] =>
  declared.events.filter(({ series, date }) => series === id && date <= lastDay);

/** Places of the sessions on which, or after which at the next, an event became known; none before the first session. */
const sessionsOf = (dates: readonly IsoDate[], events: readonly DeclaredEvent[]): readonly number[] =>
  events.flatMap(({ date }) => {
    const at = dates.findIndex((each) => each >= date);
    return at < 0 || date < (dates[0] ?? "") ? [] : [at];
  });

/** A return a session, the first of none; `null` without two prices. */
const returnsOf = (prices: readonly number[]): Path =>
  prices.map((price, t) => {
    const before = prices[t - 1] ?? Number.NaN;
    return before > 0 && price > 0 ? price / before - 1 : null;
  });

/** Returns since the list begins, and those before it by which its first drops are judged. */
const fromList =
  (first: number) =>
  (r: number | null, t: number): number | null =>
    t < first - dropRules.volatility.least ? null : r;

function dropFacts(
  context: SectionContext,
  { prefix, rule }: Sector,
  names: Measured<Names>,
  measured: Measured<UnexplainedDrops>,
  reversal: Measured<DropReversal>,
) {
  const { dates = [], ids = rule.names, since = null } = names.value ?? {};
  const shared = { series: ids, params: { ...dropRules.volatility, deviations: dropRules.deviations } };
  const fact = factsOf(context, prefix, {
    ...shared,
    method: "L4 drops without a declared event",
    window: { start: dates.at(-dropRules.window) ?? null, end: dates.at(-1) ?? null, n: measured.n },
  });
  const back = factsOf(context, prefix, {
    ...shared,
    method: "L4 reversal of drops without a declared event, stationary bootstrap of days",
    window: { start: since, end: dates.at(-1) ?? null, n: reversal.n },
  });
  const of = (take: (value: UnexplainedDrops) => number) => mapMeasured(measured, take);
  const ofReversal = (take: (value: DropReversal) => number) => mapMeasured(reversal, take);
  return {
    drops: fact(
      "drops",
      of(({ drops }) => drops),
      "count",
    ),
    unexplained: fact(
      "drops.unexplained",
      of(({ unexplained }) => unexplained),
      "count",
    ),
    share: fact(
      "drops.share",
      of(({ share }) => share),
      "share",
    ),
    percentile: fact("drops.share-percentile", rankOf(measured), "percentile"),
    reversal: back(
      "drops.reversal",
      ofReversal((value) => value.reversal),
      "share",
    ),
    low: back(
      "drops.reversal-low",
      ofReversal(({ interval }) => interval.low),
      "share",
    ),
    high: back(
      "drops.reversal-high",
      ofReversal(({ interval }) => interval.high),
      "share",
    ),
    days: back(
      "drops.reversal-days",
      ofReversal(({ days }) => days),
      "count",
    ),
    level: back(
      "drops.reversal-level",
      ofReversal(({ interval }) => interval.level),
      "share",
      { quantum: 0.01 },
    ),
    since: back("drops.since", since === null ? without(names) : ok(since, names.n), "date"),
  } satisfies Readonly<Record<string, Fact>>;
}

/** The share's place in its own history; today's names are those of all of it. */
function rankOf(measured: Measured<UnexplainedDrops>): Measured<number> {
  if (measured.value === null) return measured;
  const { percentile } = measured.value;
  if (percentile === null) return insufficient(measured.n, ...measured.reasons);
  return {
    status: "warn",
    value: percentile,
    n: measured.n,
    reasons: [...measured.reasons, { code: "survivorship" }],
  };
}

const without = (names: Measured<Names>): Measured<never> =>
  names.value === null ? names : notDefined("no-value", 0);
