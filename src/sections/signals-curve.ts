import type { Fact } from "#src/domain/fact.ts";
import type { CurveRule } from "#src/domain/signals-rules.ts";
import { innerJoin } from "#src/metrics/inner-join.ts";
import { percentileOfLatest } from "#src/metrics/own-history.ts";
import { type Measured, mapMeasured, ok } from "#src/metrics/result.ts";
import { type CurveMove, curveRules, yieldCurveMove, yieldCurvePath } from "#src/metrics/yield-curve-move.ts";
import { proseName } from "#src/sections/market.ts";
import { factsOf, lackOf, lateness, without } from "#src/sections/regime-data.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { nothing, type SignalsFinding } from "#src/sections/signals-finding.ts";
import { rankTail } from "#src/sections/tail.ts";
import { curveLadder } from "#src/statements/rules/signals.ts";

/** Sessions over which the curve is looked at: the longer is spoken of, the shorter where it says something else. */
export const horizons = [20, 5] as const;

/** What the curve brings, and the word of its longer move. */
export interface CurveFinding extends SignalsFinding {
  readonly shape: string | null;
  /** Whether the shorter move is another than the longer one. */
  readonly turns: boolean;
}

const history = { min: curveRules.history.min, preferred: 2520 };

/** How a yield curve moved over twenty sessions and over five (E3). */
export function curveOf(context: SectionContext, rule: CurveRule): CurveFinding {
  const moves = horizons.map((horizon) => ({ horizon, measured: moveOf(context, rule, horizon) }));
  const [long, short] = moves.map(({ measured }) =>
    measured.value === null ? null : wordOf(measured.value.move),
  );
  const isMissing = moves.every(({ measured }) => measured.value === null);
  return {
    ...nothing,
    questions: moves.map(({ horizon, measured }) => questionOf(context, rule, horizon, measured)),
    gaps: isMissing ? [say("signals.gap.curve")] : [],
    shape: long ?? null,
    turns: short !== long && short !== undefined && short !== "unchanged",
  };
}

interface Moved {
  readonly move: CurveMove;
  readonly start: string;
  readonly end: string;
  readonly stats: ReturnType<typeof rankTail> | undefined;
}

function moveOf(context: SectionContext, { short, long }: CurveRule, horizon: number): Measured<Moved> {
  const columns = [short, long].map((id) => context.panel.column(id));
  const lack = columns
    .map((column) => lackOf(context, column, { least: horizon + 1, returns: false }))
    .find((each) => each !== null);
  if (lack) return without(lack);
  const { dates, values } = innerJoin(columns);
  const late = lateness(context, dates.at(-1) ?? "");
  if (late !== null) return without(late);
  const most = history.preferred + curveRules.history.preferred + horizon + 1;
  // Facts are fractions; a curve is looked at in per cent.
  const [s = [], l = []] = values.map((path) => path.slice(-most).map((y) => 100 * y));
  const found = yieldCurveMove(s, l, horizon);
  if (found.value === null) return found;
  const slopes = yieldCurvePath(s, l, horizon).map((move) => move?.slope ?? null);
  const rank = percentileOfLatest(slopes, history);
  const value: Moved = {
    move: found.value,
    start: dates.at(-1 - horizon) ?? "",
    end: dates.at(-1) ?? "",
    stats:
      rank.value === null ? undefined : rankTail(rank.value, { n: rank.n, overlap: horizon, side: "either" }),
  };
  return mapMeasured(found, () => value);
}

/** The shape in a word, as statements are called. */
function wordOf({ direction, shape }: CurveMove): string {
  if (shape === null) return direction === null ? "unchanged" : "parallel";
  return direction === null ? shape : `${direction}-${shape}`;
}

function questionOf(
  context: SectionContext,
  { short, long }: CurveRule,
  horizon: number,
  measured: Measured<Moved>,
): Question {
  const { value } = measured;
  const fact = factsOf(context, `signals.curve-${horizon}`, {
    series: [short, long],
    method: "E3 yield-curve move",
    params: {
      horizon,
      levelThreshold: value?.move.levelThreshold ?? null,
      slopeThreshold: value?.move.slopeThreshold ?? null,
    },
    window: { start: value?.start ?? null, end: value?.end ?? null, n: measured.n },
  });
  const of = (take: (move: CurveMove) => number) => mapMeasured(measured, ({ move }) => take(move));
  const [shortFact, longFact] = [
    fact(
      "short",
      of((move) => move.short),
      "bp",
    ),
    fact(
      "long",
      of((move) => move.long),
      "bp",
    ),
  ];
  return {
    ladder: curveLadder,
    subject: {
      id: `curve-${horizon}`,
      evidence: {
        short: shortFact,
        long: longFact,
        slope: fact(
          "slope",
          of((move) => move.slope),
          "bp",
          value?.stats ? { stats: value.stats } : {},
        ),
        horizon: fact("horizon", value === null ? measured : ok(horizon, horizon), "count"),
        day: fact(
          "day",
          mapMeasured(measured, ({ end }) => end),
          "date",
        ),
        direction: value?.move.direction ?? null,
        shape: value?.move.shape ?? null,
        isTwist: value === null ? null : value.move.isTwist && areOpposite(shortFact, longFact),
      },
      places: {
        shortName: proseName(context.panel.column(short).series),
        longName: proseName(context.panel.column(long).series),
      },
    },
  };
}

const areOpposite = (a: Fact, b: Fact): boolean =>
  (a.state === "up" && b.state === "down") || (a.state === "down" && b.state === "up");
