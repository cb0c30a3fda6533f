import {
  type Asymmetry,
  crossSectionalAsymmetry,
  crossSectionalAsymmetryPath,
} from "#src/metrics/cross-sectional-asymmetry.ts";
import { ownHistory } from "#src/metrics/own-history.ts";
import type { Path } from "#src/metrics/panel.ts";
import { type Measured, ok, tooFew } from "#src/metrics/result.ts";
import { rollingMean } from "#src/metrics/rolling.ts";
import { grade, shortName, subjectOf } from "#src/sections/market.ts";
import { rankedFacts } from "#src/sections/own-history.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import type { Surface } from "#src/sections/surface-data.ts";
import { basisOf, caveatsOf } from "#src/sections/surface-depth.ts";
import { month } from "#src/sections/surface-dispersion.ts";
import { namesLosers } from "#src/statements/rules/surface.ts";

/** How far the losers of a day lie below its median, the mean of a month, and whether they are the longer tail (D6). */
export function losersQuestion(context: SectionContext, surface: Surface): Question {
  const { simple, weights, dates, series, index, rule } = surface;
  const today = crossSectionalAsymmetry(
    simple.map((path) => path.at(-1) ?? null),
    weights.map((path) => path.at(-1) ?? 0),
  );
  const isComparable = alike(surface, today);
  const spreads = crossSectionalAsymmetryPath("loserSpread", simple, weights);
  const spread = rollingMean(
    spreads.map((v, t) => (isComparable(t) ? v : null)),
    month,
  );
  // Only its latest mean is asked for, and no history.
  const [last, lastWeights] = [
    simple.map((path) => path.slice(-month)),
    weights.map((path) => path.slice(-month)),
  ];
  const bowley = rollingMean(crossSectionalAsymmetryPath("bowley", last, lastWeights), month);
  const prefix = `surface.${index.series.id}.losers`;
  const method = "D6 cross-sectional asymmetry, mean of 21 sessions";
  const ranked = rankedFacts(context, {
    id: `${prefix}.spread`,
    dates,
    series,
    unit: "pp",
    quantum: 1e-4,
    method,
    params: { window: month, tail: today.value?.tail ?? null },
    measured: latest(spread, today),
    path: spread,
    need: ownHistory.structure,
    overlap: month,
    caveats: caveatsOf(rule),
  });
  const lopsided = latest(bowley, today);
  return {
    ladder: namesLosers,
    subject: {
      ...subjectOf(index.series),
      places: { index: shortName(index.series) },
      evidence: {
        spread: ranked.value,
        percentile: ranked.percentile,
        bowley: context.facts.add({
          ...grade(lopsided),
          id: `${prefix}.bowley`,
          value: lopsided.value,
          unit: "correlation",
          series,
          method,
        }),
        tail: today.value === null ? null : today.value.tail === 0.1 ? "tenth" : "fifth",
        basis: basisOf(rule),
        n: ranked.n,
      },
    },
  };
}

/** Whether the losers of a session are the same share of the names as those of the last: a tenth, or of less than 100 a fifth. */
function alike({ simple, weights }: Surface, { n }: Measured<Asymmetry>): (t: number) => boolean {
  const isMany = n >= 100;
  const names = (t: number) =>
    simple.reduce((sum, path, i) => sum + (weights[i]?.[t] === 1 && path[t] !== null ? 1 : 0), 0);
  return (t) => names(t) >= 100 === isMany;
}

function latest(path: Path, today: Measured<Asymmetry>): Measured<number> {
  const value = path.at(-1) ?? null;
  if (value !== null) return ok(value, month);
  return today.value === null ? today : tooFew(Math.min(path.length, month - 1), month);
}
