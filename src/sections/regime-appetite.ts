import type { Fact } from "#src/domain/fact.ts";
import type { Place } from "#src/domain/say.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { type Measured, mapMeasured, ok } from "#src/metrics/result.ts";
import { appetiteRules, type RiskAppetite, riskAppetite } from "#src/metrics/risk-appetite.ts";
import { endOf } from "#src/sections/own-history.ts";
import { factsOf, lateness, without } from "#src/sections/regime-data.ts";
import { type Finding, nothing, rowOf, sideOf } from "#src/sections/regime-finding.ts";
import {
  commonDays,
  type Signal,
  seriesOf,
  seriesOfSignals,
  signalOf,
} from "#src/sections/regime-signals.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { rankTail } from "#src/sections/tail.ts";
import { appetiteState } from "#src/statements/rules/conditions.ts";

/** Of sessions as persistent as these, one in so many is independent of the others (G20). */
const overlap = 20;

/** Risk appetite (J6): its level, its percentile, and the strongest signals for and against. */
export function appetiteOf(context: SectionContext): Finding {
  const { appetite } = context.workspace.conditions;
  const members = seriesOfSignals(context);
  const signals = appetite.flatMap((rule) => signalOf(context, rule));
  const dates = commonDays(signals);
  const measured = measure(context, signals, dates);
  const facts = appetiteFacts(context, signals, dates, measured);
  const question = questionOf(facts, signals, measured);
  return {
    ...nothing,
    questions: [question],
    rows(answers) {
      const { statement } = answers(question);
      const row =
        statement &&
        rowOf("appetite", facts.score, facts.percentile, { reading: `appetite-${sideOf(statement)}` });
      return row === null ? [] : [row];
    },
    notes: measured.value !== null && isBefore(dates, context) ? [noteOf(facts.day)] : [],
    gaps: measured.value === null ? [say("regime.conditions.gap.appetite")] : [],
    absent: members.absent,
    series: measured.value === null ? [] : signals.flatMap(({ rule }) => seriesOf(rule)),
  };
}

const isBefore = (dates: readonly IsoDate[], { lastDay }: SectionContext): boolean =>
  (dates.at(-1) ?? lastDay) < lastDay;

const noteOf = (day: Fact) => say("regime.conditions.appetite-note", { day: { fact: day.id } });

function measure(
  context: SectionContext,
  signals: readonly Signal[],
  dates: readonly IsoDate[],
): Measured<RiskAppetite> {
  const { leastSignals } = appetiteRules;
  if (signals.length < leastSignals)
    return without({ code: "too-few", need: leastSignals, have: signals.length });
  const late = lateness(context, dates.at(-1) ?? "");
  if (late !== null) return without(late);
  return riskAppetite(
    signals.map(({ rule, ...signal }) => {
      const levels = new Map(signal.dates.map((day, t) => [day, signal.values[t] ?? null]));
      return {
        sign: rule.means === "appetite" ? 1 : -1,
        values: dates.map((day) => levels.get(day) ?? null),
      };
    }),
  );
}

type Facts = Readonly<Record<"score" | "percentile" | "n" | "signals" | "most" | "least" | "day", Fact>>;

function appetiteFacts(
  context: SectionContext,
  signals: readonly Signal[],
  dates: readonly IsoDate[],
  measured: Measured<RiskAppetite>,
): Facts {
  const end = dates.at(-1) ?? null;
  const fact = factsOf(context, "regime.conditions", {
    series: signals.flatMap(({ rule }) => seriesOf(rule)),
    method: "J6 risk appetite",
    params: {
      zHistory: appetiteRules.zHistory.preferred,
      rankHistory: appetiteRules.rankHistory.preferred,
      signs: signals
        .map(({ rule }) => `${rule.means === "caution" ? "-" : "+"}${seriesOf(rule).join("/")}`)
        .join(" "),
    },
    window: { start: dates[0] ?? null, end, n: dates.length },
  });
  const sorted = (measured.value?.components.filter((z) => z !== null) ?? []).toSorted((a, b) => b - a);
  const score = mapMeasured(measured, (value) => value.score);
  const percentile = ranked(measured);
  const { n } = measured;
  const of = (value: number): Measured<number> => (measured.value === null ? measured : ok(value, n));
  return {
    score: fact("appetite", score, "z"),
    percentile: fact("appetite-percentile", percentile, "percentile", {
      stats: percentile.value === null ? {} : rankTail(percentile.value, { n, overlap, side: "either" }),
    }),
    n: fact("appetite-history", ok(n, n), "count"),
    signals: fact("appetite-signals", of(sorted.length), "count"),
    most: fact("appetite-most", of(sorted[0] ?? 0), "z"),
    least: fact("appetite-least", of(sorted.at(-1) ?? 0), "z"),
    day: fact(
      "appetite-day",
      end === null ? without({ code: "too-few", need: 1, have: 0 }) : ok(end, 1),
      "date",
    ),
  };
}

/** The percentile, or that its history is too short for one. */
function ranked(measured: Measured<RiskAppetite>): Measured<number> {
  if (measured.value === null) return measured;
  const { percentile } = measured.value;
  const { min } = appetiteRules.rankHistory;
  return percentile === null
    ? without({ code: "too-few", need: min, have: measured.n })
    : ok(percentile, measured.n);
}

function questionOf(facts: Facts, signals: readonly Signal[], { value }: Measured<RiskAppetite>): Question {
  const nameAt = (fact: Fact): Place => {
    const at = value?.components.indexOf(fact.value as number) ?? -1;
    return { name: signals[at]?.name ?? { en: "", "zh-CN": "" } };
  };
  return {
    ladder: appetiteState,
    subject: {
      id: "appetite",
      evidence: {
        score: facts.score,
        percentile: facts.percentile,
        end: endOf(facts.percentile),
        n: facts.n,
        signals: facts.signals,
        most: facts.most,
        least: facts.least,
        sides: value === null ? null : sidesOf(facts),
      },
      places: { mostName: nameAt(facts.most), leastName: nameAt(facts.least) },
    },
  };
}

/** On which sides of zero the signals print. */
function sidesOf({ most, least }: Facts): "both" | "for" | "against" {
  if (most.state !== "up") return "against";
  return least.state === "down" ? "both" : "for";
}
