import type { Fact } from "#src/domain/fact.ts";
import type { Row } from "#src/domain/table.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { ownHistory } from "#src/metrics/own-history.ts";
import { type Measured, ok } from "#src/metrics/result.ts";
import { returnSurprises, surpriseRules } from "#src/metrics/return-surprise.ts";
import { simpleReturns } from "#src/metrics/returns.ts";
import { type SurpriseOfWeek, surpriseOfWeek } from "#src/metrics/surprise-of-week.ts";
import { endOf } from "#src/sections/own-history.ts";
import { type Absorption, absorptionOf } from "#src/sections/regime-absorption.ts";
import {
  factsOf,
  joinedPrices,
  lateness,
  latestOf,
  type Members,
  membersOf,
  rankOf,
  shortage,
  without,
} from "#src/sections/regime-data.ts";
import { type Finding, nothing, rowOf, sideOf } from "#src/sections/regime-finding.ts";
import { type Answers, type Question, type SectionContext, say } from "#src/sections/section.ts";
import { rankTail } from "#src/sections/tail.ts";
import { turbulenceState } from "#src/statements/rules/conditions.ts";

/** Paths of turbulence and of correlation surprise, each of five sessions, by the day on which they end. */
export interface TurbulencePaths extends SurpriseOfWeek {
  readonly dates: readonly IsoDate[];
}

/** What turbulence brings to the page, and its paths for what is made of them. */
export interface TurbulenceFinding extends Finding {
  readonly paths: TurbulencePaths | null;
}

const week = 5;
/** A percentile among 2,520 sessions, at each of those that noise and velocity are told of. */
const mostSurprises = 3 * ownHistory.structure.preferred + week;
/** A series that begins inside the window is left out until it has the whole, and a history of a year. */
const leastPrices = surpriseRules.window + ownHistory.structure.min;
const leastAssets = 5;

/** Turbulence with correlation surprise, and the absorption ratio with its shift (J4). */
export function turbulenceOf(context: SectionContext): TurbulenceFinding {
  const { members, measured } = turbulencePaths(context);
  const facts = turbulenceFacts(context, members, measured);
  const absorption = absorptionOf(context);
  const question = questionOf(facts, absorption);
  const credited = [
    ...(measured.value === null ? [] : members.columns),
    ...(absorption === null || absorption.ratio.value === null ? [] : absorption.members.columns),
  ];
  return {
    ...nothing,
    questions: [question],
    rows: (answers) => rowsOf(answers, question, facts, absorption),
    gaps: [
      ...(measured.value === null ? [say("regime.conditions.gap.turbulence")] : []),
      ...(absorption?.shift.value === null ? [say("regime.conditions.gap.absorption")] : []),
    ],
    notes: [
      ...(measured.value === null ? [] : [say("regime.conditions.turbulence-note")]),
      ...(absorption === null || absorption.shift.value === null
        ? []
        : [say("regime.conditions.absorption-note")]),
    ],
    absent: [...members.absent, ...(absorption?.members.absent ?? [])],
    series: credited.map(({ series }) => series.id),
    paths: measured.value,
  };
}

/** The paths of an issue, and of what they are. */
export interface MeasuredTurbulence {
  readonly members: Members;
  readonly measured: Measured<TurbulencePaths>;
}

const remembered = new WeakMap<SectionContext, MeasuredTurbulence>();

/** Paths of turbulence and correlation surprise; two sections tell of them, and they are measured once an issue. */
export function turbulencePaths(context: SectionContext): MeasuredTurbulence {
  const known = remembered.get(context);
  if (known !== undefined) return known;
  const members = membersOf(context, context.workspace.conditions.turbulence, {
    least: leastPrices,
    returns: true,
  });
  const found = { members, measured: pathsOf(context, members) };
  remembered.set(context, found);
  return found;
}

function pathsOf(context: SectionContext, members: Members): Measured<TurbulencePaths> {
  const lack = shortage(members, leastAssets);
  if (lack !== null) return without(lack);
  const most = mostSurprises + surpriseRules.window + week;
  const { dates, prices, isDaily } = joinedPrices(members.columns, most);
  const late = lateness(context, dates.at(-1) ?? "");
  if (late !== null) return without(late);
  const returns = prices.map((path) =>
    (simpleReturns(path).value ?? []).map((r, t) => (isDaily[t] === true ? r : null)),
  );
  const surprises = returnSurprises(returns, Math.max(0, dates.length - 1 - mostSurprises));
  return ok({ dates: dates.slice(1), ...surpriseOfWeek(surprises) }, dates.length - 1);
}

type Facts = Readonly<
  Record<"turbulence" | "percentile" | "surprise" | "surprisePercentile" | "n" | "assets", Fact>
>;

function turbulenceFacts(
  context: SectionContext,
  { columns }: Members,
  measured: Measured<TurbulencePaths>,
): Facts {
  const { dates } = measured.value ?? { dates: [] };
  const fact = factsOf(context, "regime.conditions", {
    series: columns.map(({ series }) => series.id),
    method: "D8 turbulence and D9 correlation surprise, five sessions",
    params: { ...surpriseRules, sessions: week },
    window: { start: dates[0] ?? null, end: dates.at(-1) ?? null, n: dates.length },
  });
  const [turbulence, correlation] = [
    (paths: TurbulencePaths) => paths.turbulence,
    (paths: TurbulencePaths) => paths.correlation,
  ];
  const rank = rankOf(measured, turbulence, ownHistory.structure);
  const { value, n } = rank;
  return {
    turbulence: fact("turbulence", latestOf(measured, turbulence, "coverage"), "multiple"),
    percentile: fact("turbulence-percentile", rank, "percentile", {
      stats: value === null ? {} : rankTail(value, { n, overlap: week, side: "top" }),
    }),
    surprise: fact("correlation-surprise", latestOf(measured, correlation, "small-moves"), "multiple"),
    surprisePercentile: fact(
      "correlation-surprise-percentile",
      rankOf(measured, correlation, ownHistory.structure),
      "percentile",
    ),
    n: fact("turbulence-history", ok(n, n), "count"),
    assets: fact("turbulence-assets", ok(columns.length, columns.length), "count"),
  };
}

const notAsked = { value: null, reasons: [{ code: "not-asked" }] };

const questionOf = (facts: Facts, absorption: Absorption | null): Question => ({
  ladder: turbulenceState,
  subject: {
    id: "turbulence",
    evidence: {
      ...facts,
      end: endOf(facts.percentile),
      shift: absorption?.shift ?? notAsked,
    },
  },
});

function rowsOf(
  answers: Answers,
  question: Question,
  facts: Facts,
  absorption: Absorption | null,
): readonly Row[] {
  const { statement } = answers(question);
  if (statement === null) return [];
  const side = sideOf(statement);
  const isOdd = statement.text.some(({ key }) => key === "regime.turbulence.odd");
  return [
    rowOf("turbulence", facts.turbulence, facts.percentile, {
      reading: side.startsWith("turbulent") ? "turbulent" : "not-turbulent",
    }),
    rowOf("correlation-surprise", facts.surprise, facts.surprisePercentile, {
      reading: isOdd ? "odd-combination" : "usual-combination",
    }),
    absorption === null ? null : absorptionRow(absorption, side.endsWith("fragile")),
  ].filter((row) => row !== null);
}

function absorptionRow({ ratio, percentile, shift }: Absorption, isFragile: boolean): Row | null {
  if (shift.value === null) return null;
  return rowOf("absorption", ratio, percentile, {
    reading: isFragile ? "fragile" : "not-fragile",
    places: { shift: { fact: shift.id } },
  });
}
