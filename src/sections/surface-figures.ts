import { type CumulativeLine, cumulativeLines } from "#src/charts/cumulative-lines.ts";
import { rankedBars } from "#src/charts/ranked-bars.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { ChartWords, Figure } from "#src/domain/figure.ts";
import type { Say } from "#src/domain/say.ts";
import type { Path } from "#src/metrics/panel.ts";
import { atHead, shortName } from "#src/sections/market.ts";
import type { Ranked } from "#src/sections/own-history.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import type { Contribution } from "#src/sections/surface-contributors.ts";
import type { Surface } from "#src/sections/surface-data.ts";
import { type Depth, volatilityFigure } from "#src/sections/surface-depth.ts";
import { contributionFigure } from "#src/sections/surface-dispersion.ts";

/** Two years of sessions; of less than a quarter there is no line to draw. */
const [shown, leastShown] = [504, 60];

/** That histories are of today's names, where they are. */
export const survivorNote = ({ rule }: Surface): readonly Say[] =>
  rule.pointInTime ? [] : [say("surface.survivors")];

/** The names' mean volatility over that of the index, each with the median of its history and its percentile. */
export function linesFigure(context: SectionContext, surface: Surface, depth: Depth): Figure | null {
  const { index, series } = surface;
  const { names, paths } = depth;
  if (names.value.value === null || names.n.window.n < leastShown) return null;
  const isRanked = names.percentile.value !== null;
  const medians = isRanked ? [median(context, surface, paths.stockVolatility, names)] : [];
  const indexMedian = isRanked ? [median(context, surface, paths.indexVolatility, depth.index)] : [];
  const places = {
    name: shortName(index.series),
    indexVolatility: { fact: depth.index.value.id },
    namesVolatility: { fact: names.value.id },
  };
  const lines = (words: ChartWords): readonly CumulativeLine[] => [
    line(surface, words, words.say(say("surface.figure.lines.names")), names, paths.stockVolatility),
    line(surface, words, words.name(index.series.short), depth.index, paths.indexVolatility),
    ...[...medians, ...indexMedian].map((fact) => reference(surface, words, fact)),
  ];
  return {
    id: volatilityFigure,
    claim: say("surface.figure.lines.claim", places),
    unit: say(`surface.figure.lines.unit.${isRanked ? "ranked" : "plain"}`, places),
    alt: say("surface.figure.lines.alt", places),
    notes: isRanked ? survivorNote(surface) : [],
    series,
    size: "wide",
    spec: (words) => cumulativeLines({ size: "wide", unit: "volatility", lines: lines(words) }, words),
  };
}

function line(
  { dates }: Surface,
  words: ChartWords,
  name: string,
  { value, percentile }: Ranked,
  path: Path,
): CumulativeLine {
  const places = { value: { fact: value.id }, percentile: { fact: percentile.id } };
  return {
    name,
    label: words.say(
      percentile.value === null
        ? say("surface.figure.lines.value", { value: places.value })
        : say("surface.figure.lines.end", places),
    ),
    points: dates
      .map((day, t) => ({ day, value: path[t] ?? null }))
      .slice(-shown)
      .filter(({ value: v }, t, all) => v !== null || all.slice(0, t).some((each) => each.value !== null)),
  };
}

const reference = ({ dates }: Surface, words: ChartWords, fact: Fact): CumulativeLine => ({
  name: words.say(say("surface.figure.lines.median")),
  label: words.fact(fact.id),
  context: true,
  points: [dates.slice(-shown)[0], dates.at(-1)].map((day) => ({
    day: day ?? "",
    value: Number(fact.value),
  })),
});

/** The middle of the history that a percentile is taken in. */
function median(
  context: SectionContext,
  { dates }: Surface,
  path: Path,
  { percentile, value }: Ranked,
): Fact {
  const { window, series } = percentile;
  const history = path
    .filter((v, t) => v !== null && (dates[t] ?? "") >= (window.start ?? "") && t < path.length - 1)
    .map(Number)
    .sort((a, b) => a - b);
  const half = history.length / 2;
  const middle =
    ((history[Math.ceil(half) - 1] ?? Number.NaN) + (history[Math.floor(half)] ?? Number.NaN)) / 2;
  return context.facts.add({
    id: `${value.id}-median`,
    value: middle,
    unit: "volatility",
    window,
    series,
    method: "median of the history",
    status: percentile.status,
    reasons: percentile.reasons,
  });
}

/** What each group contributes to dispersion, the largest first. */
export function contributionsFigure(
  { index, series }: Surface,
  parts: readonly Contribution[],
): Figure | null {
  const [first] = parts;
  if (first === undefined || first.share.value === null || parts.length < 2) return null;
  const places = {
    name: shortName(index.series),
    group: { name: first.name },
    share: { fact: first.share.id },
  };
  return {
    id: contributionFigure,
    claim: say("surface.figure.parts.claim", places),
    unit: say("surface.figure.parts.unit", places),
    alt: say("surface.figure.parts.alt", places),
    notes: [say("surface.figure.parts.note")],
    series: series.slice(1),
    size: "beside",
    spec: (words) =>
      rankedBars(
        {
          rows: parts.map(({ name, share, names }) => ({
            name: words.say(
              say("surface.figure.parts.row", { group: { name: atHead(name) }, names: { fact: names.id } }),
            ),
            value: Number(share.value),
            label: words.fact(share.id),
            highlighted: share === first.share,
          })),
        },
        words,
      ),
  };
}
