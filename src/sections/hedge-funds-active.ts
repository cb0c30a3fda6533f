import type { Say } from "#src/domain/say.ts";
import { type OpportunitySet, opportunityRules, opportunitySet } from "#src/metrics/opportunity-set.ts";
import { type Measured, mapMeasured, notDefined } from "#src/metrics/result.ts";
import { type Climate, readingOf, rowOf } from "#src/sections/hedge-funds-climate.ts";
import { shortName } from "#src/sections/market.ts";
import { factsOf } from "#src/sections/regime-data.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { correlationPathOf } from "#src/sections/surface-correlation.ts";
import { type Surface, surfaceOf } from "#src/sections/surface-data.ts";
import { caveatsOf } from "#src/sections/surface-depth.ts";
import { dispersionPathOf } from "#src/sections/surface-dispersion.ts";
import { survivorNote } from "#src/sections/surface-figures.ts";
import { rankTail } from "#src/sections/tail.ts";
import { activeRoom } from "#src/statements/rules/hedge-funds.ts";

/** Whether choosing among the names of the surface had room (K5); `null` where the workspace has no surface. */
export function activeOf(context: SectionContext): Climate | readonly Say[] | null {
  const opened = surfaceOf(context);
  if (opened === null) return null;
  if (opened.value === null) return [say("hedge-funds.gap.active")];
  const surface = opened.value;
  const measured = opportunitySet({
    members: surface.closes,
    index: surface.levels,
    dispersion: dispersionPathOf(surface),
    correlation: correlationPathOf(surface),
  });
  if (measured.value === null) return [say("hedge-funds.gap.active")];
  const facts = factsOfSet(context, surface, measured);
  const index = shortName(surface.index.series);
  const question: Question = {
    ladder: activeRoom,
    subject: { id: "active", places: { index }, evidence: facts },
  };
  const percentile = (of: "dispersionPercentile" | "correlationPercentile") =>
    facts[of].value === null ? { fact: facts[of].id } : { percentile: facts[of].id };
  return {
    question,
    rows: (answers) => [
      rowOf("conditions", facts.met, {
        beside: { say: say("hedge-funds.climate.of", { n: { fact: facts.told.id } }) },
        reading: readingOf(answers, question),
      }),
      // Of too few names no share is known.
      ...(facts.beatingMonth.value === null
        ? []
        : [rowOf("beating-month", facts.beatingMonth, { places: { index } })]),
      ...(facts.beatingQuarter.value === null
        ? []
        : [rowOf("beating-quarter", facts.beatingQuarter, { places: { index } })]),
      rowOf("dispersion", facts.dispersion, {
        places: { index },
        beside: percentile("dispersionPercentile"),
      }),
      rowOf("correlation", facts.correlation, {
        places: { index },
        beside: percentile("correlationPercentile"),
      }),
    ],
    gaps: [],
    notes: [say("hedge-funds.climate.note.active"), ...survivorNote(surface)],
    series: surface.series,
  };
}

function factsOfSet(context: SectionContext, surface: Surface, measured: Measured<OpportunitySet>) {
  const { dates, index, rule, series } = surface;
  const { month, quarter, least } = opportunityRules;
  const end = dates.at(-1) ?? null;
  const fact = factsOf(context, "hedge-funds.active", {
    series,
    method: "K5 active opportunity set",
    params: { month, quarter, least, index: index.series.id },
    window: { start: dates.at(-quarter) ?? dates[0] ?? null, end, n: Math.min(quarter, dates.length) },
  });
  const caveats = caveatsOf(rule);
  const weaker = <T>(of: Measured<T>): Measured<T> =>
    of.value === null || caveats.length === 0
      ? of
      : { ...of, value: of.value, status: "warn", reasons: [...of.reasons, ...caveats] };
  const part = (of: (value: OpportunitySet) => number | null): Measured<number> => {
    const value = measured.value === null ? null : of(measured.value);
    return value === null
      ? notDefined("too-few-names", measured.n)
      : weaker(mapMeasured(measured, () => value));
  };
  const ranked = (value: number | null | undefined, history: number, span: number) =>
    value === null || value === undefined
      ? {}
      : rankTail(value, { n: history, overlap: span, side: "either" });
  const [dispersion, correlation] = [dispersionPathOf(surface), correlationPathOf(surface)];
  const { value } = measured;
  return {
    met: fact(
      "met",
      part(({ met }) => met),
      "count",
    ),
    names: fact(
      "names",
      mapMeasured(measured, () => surface.names.length),
      "count",
    ),
    told: fact(
      "told",
      mapMeasured(measured, () => measured.n),
      "count",
    ),
    beatingMonth: fact(
      "beating-month",
      part(({ beating }) => beating.month),
      "share",
    ),
    beatingQuarter: fact(
      "beating-quarter",
      part(({ beating }) => beating.quarter),
      "share",
    ),
    dispersion: fact(
      "dispersion",
      part(() => dispersion.at(-1) ?? null),
      "volatility",
      { quantum: 1e-4 },
    ),
    dispersionPercentile: fact(
      "dispersion-percentile",
      part(({ dispersionPercentile }) => dispersionPercentile),
      "percentile",
      { stats: ranked(value?.dispersionPercentile, dispersion.length, month) },
    ),
    correlation: fact(
      "correlation",
      part(() => correlation.at(-1) ?? null),
      "correlation",
    ),
    correlationPercentile: fact(
      "correlation-percentile",
      part(({ correlationPercentile }) => correlationPercentile),
      "percentile",
      { stats: ranked(value?.correlationPercentile, correlation.length, 60) },
    ),
  };
}
