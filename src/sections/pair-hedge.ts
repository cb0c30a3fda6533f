import type { Fact } from "#src/domain/fact.ts";
import { hedgeCaveats } from "#src/metrics/hedge-caveat.ts";
import { type HedgeRatios, hedgeRatios, hedgeWindow, rollingHedge } from "#src/metrics/hedge-ratio.ts";
import type { Legs } from "#src/metrics/pair-return.ts";
import { type Measured, mapMeasured, ok, tooFew } from "#src/metrics/result.ts";
import { grade } from "#src/sections/market.ts";
import { legLevels, type Pair, pairFacts, thinness, unlessThin } from "#src/sections/pair-data.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { pairHedge } from "#src/statements/rules/pair-levels.ts";

/** Hedge ratios of a year, and how far the rolling one went in it. */
export interface Hedge {
  readonly ordinary: Fact;
  readonly orthogonal: Fact;
  /** Least and largest rolling ratio of the past year. */
  readonly low: Fact;
  readonly high: Fact;
  readonly sessions: Fact;
  readonly question: Question;
}

/** The hedge ratios of a pair's legs (P3), to the session before the last. */
export function hedgeOfPair(context: SectionContext, pair: Pair): Hedge {
  const levels = legLevels(pair);
  const before = { long: levels.long.slice(0, -1), short: levels.short.slice(0, -1) };
  const days = levels.dates.slice(0, -1).slice(-hedgeWindow);
  const thin = thinness(context, pair.data, days);
  const ratios = unlessThin(thin, days.length, () => ofYear(before));
  const range = unlessThin(thin, days.length, () => rollingRange(before));
  const window = { start: days[0] ?? null, end: days.at(-1) ?? null, n: days.length };
  const add = pairFacts(context, pair);
  const ratio = (measure: string, method: string, measured: Measured<number>): Fact =>
    add(`hedge.${measure}`, { ...grade(measured), value: measured.value, unit: "ratio", method, window });
  const ordinary = mapMeasured(ratios, (value) => value.ordinary.slope);
  const facts = {
    ordinary: ratio("ordinary", "P3 hedge ratio, least squares", ordinary),
    orthogonal: ratio("orthogonal", "P3 hedge ratio, total least squares", orthogonalOf(ratios)),
  };
  return {
    ...facts,
    low: ratio(
      "low",
      "P3 least rolling hedge ratio of a year",
      mapMeasured(range, ({ low }) => low),
    ),
    high: ratio(
      "high",
      "P3 largest rolling hedge ratio of a year",
      mapMeasured(range, ({ high }) => high),
    ),
    sessions: add("hedge.sessions", {
      value: days.length,
      unit: "count",
      method: "P3 sessions of the window",
      window,
    }),
    question: {
      ladder: pairHedge,
      subject: {
        id: pair.id,
        name: pair.name,
        prose: pair.prose,
        evidence: { ...facts, caveat: caveatOf(ratios) },
      },
    },
  };
}

function ofYear({ long, short }: Legs): Measured<HedgeRatios> {
  if (long.length < hedgeWindow) return tooFew(long.length, hedgeWindow);
  return hedgeRatios(long.slice(-hedgeWindow), short.slice(-hedgeWindow));
}

const orthogonalOf = (ratios: Measured<HedgeRatios>): Measured<number> => {
  const found = mapMeasured(ratios, ({ orthogonal }) => orthogonal?.slope ?? null);
  const { value } = found;
  if (found.status === "insufficient" || found.status === "undefined") return found;
  return value === null
    ? { status: "undefined", value: null, n: found.n, reasons: [{ code: "uncorrelated" }] }
    : { ...found, value };
};

/** What is wrong with the ratios: the two have one sign, and the orthogonal one is the larger in size. */
function caveatOf({ value, reasons }: Measured<HedgeRatios>): "negative" | "large" | "apart" | "none" {
  if (value === null || !reasons.some(({ code }) => code === "hedge-ratio")) return "none";
  const { slope } = value.ordinary;
  if (slope < 0) return "negative";
  return hedgeCaveats([slope]).length > 0 ? "large" : "apart";
}

function rollingRange({ long, short }: Legs): Measured<{ readonly low: number; readonly high: number }> {
  const lines = rollingHedge(long, short);
  if (lines.value === null) return lines;
  const slopes = lines.value.slice(-hedgeWindow).flatMap((line) => (line === null ? [] : [line.slope]));
  if (slopes.length < hedgeWindow) return tooFew(long.length, 2 * hedgeWindow - 1);
  return ok({ low: Math.min(...slopes), high: Math.max(...slopes) }, slopes.length);
}
