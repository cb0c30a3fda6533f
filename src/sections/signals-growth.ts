import type { Fact } from "#src/domain/fact.ts";
import type { Localised } from "#src/domain/locale.ts";
import type { Column } from "#src/domain/panel.ts";
import { countOf, type Unit } from "#src/domain/quantity.ts";
import type { Place } from "#src/domain/say.ts";
import type { GrowthSignalRule } from "#src/domain/signals-rules.ts";
import type { Cell, Row } from "#src/domain/table.ts";
import type { IsoDate } from "#src/domain/time.ts";
import {
  type CrossAssetContradiction,
  contradictionRules,
  crossAssetContradiction,
  crossAssetPath,
  type GrowthSignal,
} from "#src/metrics/cross-asset-contradiction.ts";
import { innerJoin } from "#src/metrics/inner-join.ts";
import { ownHistory } from "#src/metrics/own-history.ts";
import type { Path } from "#src/metrics/panel.ts";
import { type Measured, mapMeasured, ok } from "#src/metrics/result.ts";
import { atHead, quantumOfDecimals } from "#src/sections/market.ts";
import { endOf } from "#src/sections/own-history.ts";
import {
  type AddFact,
  factsOf,
  lackOf,
  lateness,
  latestOf,
  rankOf,
  without,
} from "#src/sections/regime-data.ts";
import { commonDays } from "#src/sections/regime-signals.ts";
import { turbulencePaths } from "#src/sections/regime-turbulence.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import {
  nothing,
  rarityOf,
  type SignalsFinding,
  shareQuantum,
  timesOf,
} from "#src/sections/signals-finding.ts";
import { contradictionLadder } from "#src/statements/rules/signals.ts";

const { horizon, history, leastSignals } = contradictionRules;
/** A signal needs the changes that its z is made of. */
const needs = { least: horizon + history.min + 1, returns: false };
/** z of every session that today's contradiction is compared with. */
const mostDays = 2 * history.preferred + horizon + 1;

/** From one standard deviation on, as it is printed, a signal says something. */
const [leastSaid, tenth] = [1, 0.1];

/** A signal that counts this week. */
interface Signal {
  readonly rule: GrowthSignalRule;
  readonly name: Localised;
  readonly column: Column;
  readonly change: GrowthSignal["change"];
  readonly dates: readonly IsoDate[];
  readonly values: readonly number[];
}

/** Whether prices say growth and its contrary at once (E2), beside the correlation surprise (D9). */
export function growthOf(
  context: SectionContext,
  rules: readonly GrowthSignalRule[],
  curve: string | null,
): SignalsFinding {
  const signals = rules.flatMap((rule) => signalOf(context, rule));
  const dates = commonDays(signals, mostDays);
  const given = signals.map((signal) => onDays(signal, dates));
  const measured = measure(context, rules, given, dates);
  const facts = growthFacts(context, { signals, given, dates, measured });
  const question = questionOf(signals, measured, facts, curve);
  const isLate = (dates.at(-1) ?? context.lastDay) < context.lastDay;
  return {
    ...nothing,
    questions: [question],
    rows: measured.value === null ? [] : rowsOf(signals, facts),
    notes:
      measured.value === null
        ? []
        : [
            ...(isLate ? [say("signals.table.day", { day: { fact: facts.day.id } })] : []),
            say("signals.table.note"),
          ],
    gaps: measured.value === null ? [say("signals.gap.growth")] : [],
    absent: absentOf(context, rules),
    series: measured.value === null ? [] : [...seriesOf(signals), ...facts.surprise.series],
  };
}

const idsOf = ({ series, over, less }: GrowthSignalRule): readonly string[] =>
  [series, over, less].filter((id) => id !== null);

/** What it is made of, as facts are named. */
function keyOf({ series, over, less }: GrowthSignalRule): string {
  if (over !== null) return `${series}.over.${over}`;
  return less === null ? series : `${series}.less.${less}`;
}

const seriesOf = (signals: readonly Signal[]): readonly string[] => [
  ...new Set(signals.flatMap(({ rule }) => idsOf(rule))),
];

/** Series that do not count. */
const absentOf = (context: SectionContext, rules: readonly GrowthSignalRule[]): readonly Column[] =>
  [...new Set(rules.flatMap(idsOf))]
    .map((id) => context.panel.column(id))
    .filter((column) => lackOf(context, column, needs) !== null);

/** A signal's levels, those of a ratio or a difference on the days that both have; none where a series of it does not count. */
function signalOf(context: SectionContext, rule: GrowthSignalRule): readonly Signal[] {
  const columns = idsOf(rule).map((id) => context.panel.column(id));
  const [column] = columns;
  if (column === undefined || columns.some((each) => lackOf(context, each, needs) !== null)) return [];
  const joined = innerJoin(columns);
  const [own = [], other] = joined.values;
  const combined = own.map((value, t) => combine(rule, value, other?.[t] ?? Number.NaN));
  const isLevel = (_: unknown, t: number): boolean => Number.isFinite(combined[t]);
  return [
    {
      rule,
      name: nameOf(columns, rule),
      column,
      change: changeOf(column, rule),
      dates: joined.dates.filter(isLevel),
      values: combined.filter(isLevel),
    },
  ];
}

function combine({ over, less }: GrowthSignalRule, value: number, other: number): number {
  if (over !== null) return value / other;
  return less === null ? value : value - other;
}

/** Yields, spreads and volatility indices change by points, never by per cent (G5); a ratio has no points. */
const changeOf = ({ series: { kind, tags } }: Column, { over }: GrowthSignalRule): GrowthSignal["change"] =>
  over === null && (kind === "yield" || tags.includes("volatility")) ? "difference" : "logarithm";

/** As a sentence calls it; a ratio or difference without a name of its own by both of its series. */
function nameOf([column, second]: readonly Column[], { name, over }: GrowthSignalRule): Localised {
  if (name !== null) return name;
  const own = column?.series ?? { prose: { en: "", "zh-CN": "" }, short: { en: "", "zh-CN": "" } };
  if (second === undefined) return own.prose;
  const sign = over === null ? "–" : "/";
  const other = second.series.short;
  return {
    en: `${own.short.en}${sign}${other.en}`,
    "zh-CN": `${own.short["zh-CN"]}${sign}${other["zh-CN"]}`,
  };
}

function onDays({ rule, change, ...signal }: Signal, dates: readonly IsoDate[]): GrowthSignal {
  const levels = new Map(signal.dates.map((day, t) => [day, signal.values[t] ?? null]));
  return {
    sign: rule.means === "growth" ? 1 : -1,
    change,
    levels: dates.map((day) => levels.get(day) ?? null),
  };
}

function measure(
  context: SectionContext,
  rules: readonly GrowthSignalRule[],
  given: readonly GrowthSignal[],
  dates: readonly IsoDate[],
): Measured<CrossAssetContradiction> {
  const have = given.length;
  if (have < leastSignals) return without({ code: "too-few", need: leastSignals, have });
  const late = lateness(context, dates.at(-1) ?? "");
  if (late !== null) return without(late);
  const found = crossAssetContradiction(given);
  if (found.value === null || have === rules.length) return found;
  const missing = { code: "components-missing", need: rules.length, have };
  return { ...found, status: "warn", reasons: [...found.reasons, missing] };
}

interface Given {
  readonly signals: readonly Signal[];
  readonly given: readonly GrowthSignal[];
  readonly dates: readonly IsoDate[];
  readonly measured: Measured<CrossAssetContradiction>;
}

/** A signal's change over the horizon, and what it says. */
interface SignalFacts {
  readonly change: Fact;
  readonly g: Fact;
}

interface Facts
  extends Readonly<
    Record<
      | "contradiction"
      | "intensity"
      | "balance"
      | "signals"
      | "growth"
      | "slowdown"
      | "share"
      | "n"
      | "day"
      | "surprise"
      | "surprisePercentile",
      Fact
    >
  > {
  readonly each: readonly SignalFacts[];
}

function growthFacts(context: SectionContext, { signals, given, dates, measured }: Given): Facts {
  const end = dates.at(-1) ?? null;
  const window = { start: dates[0] ?? null, end, n: dates.length };
  const fact = factsOf(context, "signals.growth", {
    series: seriesOf(signals),
    method: "E2 cross-asset contradiction, equal weights",
    params: {
      horizon,
      clip: contradictionRules.clip,
      history: history.preferred,
      signs: given
        .map(
          ({ sign, change }, i) =>
            `${sign < 0 ? "-" : "+"}${idsOf(signals[i]?.rule ?? none).join("/")} ${change}`,
        )
        .join(", "),
    },
    window,
  });
  const each = signals.map((signal, i) =>
    signalFacts(context, signal, given[i]?.levels ?? [], measured.value?.signals[i] ?? null),
  );
  const prints = (reading: "growth" | "slowdown") => each.filter(({ g }) => readingOf(g) === reading).length;
  const count = (measure_: string, value: number): Fact =>
    fact(measure_, measured.value === null ? measured : ok(value, measured.n), "count");
  const often = oftenOf(given, measured);
  return {
    each,
    contradiction: fact(
      "contradiction",
      mapMeasured(measured, ({ contradiction }) => contradiction),
      "ratio",
      {
        stats: often.value === null ? {} : rarityOf(often.value.share, often.value.n, horizon),
      },
    ),
    intensity: fact(
      "intensity",
      mapMeasured(measured, ({ intensity }) => intensity),
      "ratio",
    ),
    balance: fact(
      "balance",
      mapMeasured(measured, ({ balance }) => balance),
      "z",
    ),
    signals: count("signals", measured.value?.signals.filter((g) => g !== null).length ?? 0),
    growth: count("says-growth", prints("growth")),
    slowdown: count("says-slowdown", prints("slowdown")),
    share: fact(
      "share",
      mapMeasured(often, ({ share }) => share),
      "share",
      shareQuantum(often.value?.share ?? null),
    ),
    n: fact(
      "history",
      mapMeasured(often, ({ n }) => n),
      "count",
    ),
    day: fact("day", end === null ? without({ code: "too-few", need: 1, have: 0 }) : ok(end, 1), "date"),
    ...surpriseFacts(context),
  };
}

const none: GrowthSignalRule = { series: "", over: null, less: null, means: "growth", name: null };

/** The share of earlier sessions, at most 2,520, that were as contradictory by the same two thresholds. */
function oftenOf(
  given: readonly GrowthSignal[],
  measured: Measured<CrossAssetContradiction>,
): Measured<{ readonly share: number; readonly n: number }> {
  if (measured.value === null) return measured;
  const { least, leastIntensity } = contradictionRules;
  const path = crossAssetPath(given);
  const earlier = path.contradiction.slice(0, -1).flatMap((c, t) => {
    const a = path.intensity[t] ?? null;
    return c === null || a === null ? [] : [c >= least && a >= leastIntensity];
  });
  const last = earlier.slice(-history.preferred);
  const n = last.length;
  if (n < history.min) return without({ code: "too-few", need: history.min, have: n });
  return ok({ share: last.filter(Boolean).length / n, n }, n);
}

function signalFacts(
  { facts }: SectionContext,
  { rule, column, change }: Signal,
  levels: Path,
  g: number | null,
): SignalFacts {
  const ids = idsOf(rule);
  const shared = { series: ids, method: "E2 growth signal", params: { horizon, change } };
  const present = levels.filter((level) => level !== null);
  const [now, before] = [present.at(-1), present.at(-1 - horizon)];
  const isThere = levels.at(-1) !== null && now !== undefined && before !== undefined;
  const value = isThere ? changeBetween(change, before, now) : null;
  const missing = { status: "insufficient", reasons: [{ code: "no-value" }] } as const;
  const id = `signals.growth.${keyOf(rule)}`;
  const { unit, scale, quantum } = unitOf(column, change);
  return {
    change: facts.add({
      ...shared,
      ...(value === null ? missing : {}),
      id: `${id}.change`,
      value: value === null ? null : scale * value,
      unit,
      ...(quantum === undefined ? {} : { quantum }),
    }),
    g: facts.add({ ...shared, ...(g === null ? missing : {}), id: `${id}.g`, value: g, unit: "z" }),
  };
}

const changeBetween = (change: GrowthSignal["change"], before: number, now: number): number | null => {
  if (change === "difference") return now - before;
  return before > 0 && now > 0 ? now / before - 1 : null;
};

/** Yields change by basis points, volatility indices by points with their decimals, prices by per cent. */
function unitOf(
  { series }: Column,
  change: GrowthSignal["change"],
): { readonly unit: Unit; readonly scale: number; readonly quantum?: number } {
  if (change === "logarithm") return { unit: "return", scale: 1 };
  if (series.kind === "yield") return { unit: "bp", scale: 1e4 };
  return { unit: "points", scale: 1, quantum: quantumOfDecimals(Math.min(1, series.decimals)) };
}

/** The correlation surprise of the week, of the series of turbulence. */
function surpriseFacts(context: SectionContext): Pick<Facts, "surprise" | "surprisePercentile"> {
  const { members, measured } = turbulencePaths(context);
  const { dates } = measured.value ?? { dates: [] };
  const fact: AddFact = factsOf(context, "signals", {
    series: members.columns.map(({ series }) => series.id),
    method: "D9 correlation surprise, five sessions",
    params: { sessions: 5 },
    window: { start: dates[0] ?? null, end: dates.at(-1) ?? null, n: dates.length },
  });
  const path = ({ correlation }: { readonly correlation: Path }) => correlation;
  return {
    surprise: fact("surprise", latestOf(measured, path, "small-moves"), "multiple"),
    surprisePercentile: fact(
      "surprise-percentile",
      rankOf(measured, path, ownHistory.structure),
      "percentile",
    ),
  };
}

function questionOf(
  signals: readonly Signal[],
  { value }: Measured<CrossAssetContradiction>,
  { each, day: _, ...facts }: Facts,
  curve: string | null,
): Question {
  const nameAt = (i: number | undefined): Place => ({
    name: signals[i ?? -1]?.name ?? { en: "", "zh-CN": "" },
  });
  const ranked = each
    .map(({ g }, i) => ({ g, i }))
    .filter(({ g }) => g.value !== null)
    .toSorted((a, b) => Number(b.g.value) - Number(a.g.value));
  const [first, second] = value?.opposing ?? [];
  const [most, least] = [first?.positive ?? ranked[0]?.i, first?.negative ?? ranked.at(-1)?.i];
  const at = (i: number | undefined): Fact | null => each[i ?? -1]?.g ?? null;
  return {
    ladder: contradictionLadder,
    subject: {
      id: "growth",
      evidence: {
        ...facts,
        on: sidesOf(facts),
        times: timesOf(facts.share),
        pairs: first === undefined ? null : second === undefined ? "one" : "two",
        most: at(most),
        least: at(least),
        secondMost: at(second?.positive),
        secondLeast: at(second?.negative),
        surpriseEnd: endOf(facts.surprisePercentile),
        curve,
      },
      places: {
        mostName: nameAt(most),
        leastName: nameAt(least),
        secondMostName: nameAt(second?.positive),
        secondLeastName: nameAt(second?.negative),
      },
    },
  };
}

/** What a signal says in a word, from one deviation on as it is printed. */
function readingOf({ value }: Fact): "growth" | "slowdown" | null {
  if (value === null || Math.abs(countOf(Number(value), tenth)) * tenth < leastSaid) return null;
  return Number(value) > 0 ? "growth" : "slowdown";
}

/** Which of the two are said. */
function sidesOf({ growth, slowdown }: Omit<Facts, "each" | "day">): "both" | "growth" | "slowdown" | "none" {
  const [up, down] = [Number(growth.value), Number(slowdown.value)];
  if (up > 0) return down > 0 ? "both" : "growth";
  return down > 0 ? "slowdown" : "none";
}

function readingCell(g: Fact): Cell | null {
  const reading = readingOf(g);
  return reading === null ? null : { say: say(`signals.table.says.${reading}`) };
}

/** The signals, those that say growth first; then their contradiction, and the correlation surprise beside it. */
function rowsOf(signals: readonly Signal[], facts: Facts): readonly Row[] {
  const own = signals
    .map((signal, i) => ({ signal, facts: facts.each[i] }))
    .flatMap(({ signal, facts: each }) =>
      each === undefined || each.g.value === null ? [] : [{ signal, ...each }],
    )
    .toSorted((a, b) => Number(b.g.value) - Number(a.g.value))
    .map(
      ({ signal, change, g }): Row => ({
        head: say("signals.table.signal", { name: { name: atHead(signal.name) } }),
        cells: [
          { say: say("signals.table.value", { v: { fact: change.id, signed: true } }) },
          { fact: g.id },
          readingCell(g),
        ],
      }),
    );
  const summary = (key: string, fact: Fact, reading: Row["cells"][number] = null): readonly Row[] =>
    fact.value === null
      ? []
      : [
          {
            head: say(`signals.table.${key}`),
            cells: [{ say: say("signals.table.value", { v: { fact: fact.id } }) }, null, reading],
            kind: "total",
          },
        ];
  const { surprisePercentile: rank } = facts;
  const end = endOf(rank);
  return [
    ...own,
    ...summary("contradiction", facts.contradiction, {
      say: say("signals.table.intensity", { v: { fact: facts.intensity.id } }),
    }),
    ...summary(
      "surprise",
      facts.surprise,
      end === null
        ? null
        : { say: say(`signals.table.rank.${end}`, end === "middle" ? { v: { fact: rank.id } } : {}) },
    ),
  ];
}
