import type { Fact } from "#src/domain/fact.ts";
import {
  type AverageCorrelation,
  averageCorrelation,
  averageCorrelationPath,
} from "#src/metrics/average-correlation.ts";
import { isCovered, type Presence } from "#src/metrics/cross-section.ts";
import { ownHistory } from "#src/metrics/own-history.ts";
import type { Panel, Path } from "#src/metrics/panel.ts";
import { insufficient, type Measured, mapMeasured } from "#src/metrics/result.ts";
import { shortName, subjectOf } from "#src/sections/market.ts";
import { type Ranked, rankedFacts } from "#src/sections/own-history.ts";
import { remembered } from "#src/sections/remembered.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { leastNames, longestWindow, type Surface } from "#src/sections/surface-data.ts";
import { basisOf, caveatsOf } from "#src/sections/surface-depth.ts";
import { namesCorrelation } from "#src/statements/rules/surface.ts";

/** How closely the names move together, and how many of them. */
export interface Correlation {
  readonly ranked: Ranked;
  readonly count: Fact;
}

/** Average pairwise correlation at every session of a surface, where enough names count. */
export const correlationPathOf = remembered((surface: Surface): Path => {
  const members = counted(surface);
  return covered(surface, members, averageCorrelationPath(members, longestWindow));
});

/** Average pairwise correlation of the names that count (D2). */
export function correlationOf(context: SectionContext, surface: Surface): Correlation {
  const { dates, series, index, rule } = surface;
  const members = counted(surface);
  const measured = measuredOf(surface, members);
  const id = `surface.${index.series.id}.correlation`;
  const method = "D2 average pairwise correlation, 60 sessions";
  return {
    ranked: rankedFacts(context, {
      id,
      dates,
      series,
      unit: "correlation",
      method,
      params: { window: longestWindow },
      measured: mapMeasured(measured, ({ correlation }) => correlation),
      path: correlationPathOf(surface),
      need: ownHistory.structure,
      overlap: longestWindow,
      caveats: caveatsOf(rule),
    }),
    count: context.facts.add({
      id: `${id}.count`,
      value: measured.value?.names ?? 0,
      unit: "count",
      series,
      method,
    }),
  };
}

/** What the rules are asked about it. */
export const correlationQuestion = ({ index, rule }: Surface, { ranked, count }: Correlation): Question => ({
  ladder: namesCorrelation,
  subject: {
    ...subjectOf(index.series),
    places: { index: shortName(index.series) },
    evidence: {
      correlation: ranked.value,
      percentile: ranked.percentile,
      end: ranked.end,
      basis: basisOf(rule),
      names: count,
      n: ranked.n,
    },
  },
});

/** Returns of the names; one that has left has none after it, so that its last window is not there. */
const counted = ({ log, weights }: Surface): Panel =>
  log.map((path, i) => {
    const left = weights[i]?.lastIndexOf(1) ?? -1;
    return path.map((r, t) => (t > left ? null : r));
  });

function measuredOf(surface: Surface, members: Panel): Measured<AverageCorrelation> {
  const measured = averageCorrelation(members, longestWindow);
  if (measured.value === null) return measured;
  const there = presences(surface, members, measured.n).at(-1);
  if (there !== undefined && isCovered(there, leastNames)) return measured;
  const reasons = [{ code: "too-few-names", need: leastNames, have: there?.names ?? 0 }];
  return insufficient(measured.n, ...reasons);
}

/** The path where nine in ten of the names that count have their whole window, and ten of them. */
function covered(surface: Surface, members: Panel, path: Path): Path {
  const there = presences(surface, members, longestWindow);
  return path.map((value, t) => (there[t] && isCovered(there[t], leastNames) ? value : null));
}

/** How many of the names that count have a whole window at each session. */
function presences({ weights, dates }: Surface, members: Panel, window: number): readonly Presence[] {
  const runs = members.map(runsOf);
  return dates.map((_, t) => {
    let [names, all] = [0, 0];
    for (let i = 0; i < members.length; i++) {
      if (weights[i]?.[t] !== 1) continue;
      all++;
      if ((runs[i]?.[t] ?? 0) >= window) names++;
    }
    return { names, share: all === 0 ? 0 : names / all };
  });
}

/** How many returns in a row end at each session. */
function runsOf(path: Path): readonly number[] {
  let run = 0;
  return path.map((r) => {
    run = r === null ? 0 : run + 1;
    return run;
  });
}
