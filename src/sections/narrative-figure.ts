import { quantile } from "d3-array";
import { type CumulativeLine, cumulativeLines } from "#src/charts/cumulative-lines.ts";
import type { SeriesColour } from "#src/charts/theme.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { ChartWords, Figure } from "#src/domain/figure.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { battleRules } from "#src/metrics/narrative-balance.ts";
import { narrativeRules } from "#src/metrics/narrative-intensity.ts";
import { type Intensities, intensityFigure, type Told } from "#src/sections/narrative-intensity.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

/** As many readings as a percentile is taken among, and this one; of less than half a year there is no line to draw. */
const [shown, leastShown] = [narrativeRules.history.preferred + 1, 26];
const colours = ["deep", "ochre"] as const satisfies readonly SeriesColour[];

/** Both intensities, each with the value from which on it is told much; `null` where there is nothing to compare. */
export function intensitiesFigure(context: SectionContext, found: Intensities): Figure | null {
  const { told, news, contest, series } = found;
  const lengths = told.map(({ path }) => path.filter(({ index }) => index !== null).length);
  if (contest.value === null || Math.min(...lengths) < leastShown) return null;
  const isRanked = told.every(({ percentile }) => percentile.value !== null);
  const rank = context.facts.add({
    id: "narrative.contest.mark",
    value: battleRules.percentile,
    unit: "percentile",
    series,
    method: "N2 percentile from which on a narrative is told much",
  });
  const marks = isRanked ? told.map((each) => markOf(context, each)) : [];
  const places = {
    first: { name: told[0].theme.short },
    second: { name: told[1].theme.short },
    firstValue: { fact: told[0].value.id },
    secondValue: { fact: told[1].value.id },
    from: { fact: found.base.from.id, full: true },
    to: { fact: found.base.to.id, full: true },
    mark: { fact: rank.id },
  };
  return {
    id: intensityFigure,
    claim: say("narrative.figure.claim", places),
    unit: say(`narrative.figure.unit.${isRanked ? "ranked" : "plain"}`, places),
    alt: say("narrative.figure.alt", places),
    notes: [],
    series,
    size: "wide",
    spec: (words) =>
      cumulativeLines(
        {
          size: "wide",
          heightMm: 40,
          unit: "points",
          lines: [
            ...told.map((each, i) => lineOf(each, news.weeks, colours[i] ?? "deep", words)),
            ...marks.map((mark, i) => referenceOf(told[i], news.weeks, mark, colours[i] ?? "deep")),
          ],
        },
        words,
      ),
  };
}

/** The end of each bucket that is shown. */
const daysOf = ({ path }: Told, weeks: readonly IsoDate[]): readonly IsoDate[] =>
  path.slice(-shown).map(({ to }) => weeks[to] ?? "");

function lineOf(
  told: Told,
  weeks: readonly IsoDate[],
  colour: SeriesColour,
  words: ChartWords,
): CumulativeLine {
  const days = daysOf(told, weeks);
  const place = { percentile: { fact: told.percentile.id }, value: { fact: told.value.id } };
  return {
    name: words.name(told.theme.short),
    label: words.say(
      told.percentile.value === null
        ? say("narrative.figure.value", { value: place.value })
        : say("narrative.figure.end", place),
    ),
    colour,
    points: told.path.slice(-shown).map(({ index }, i) => ({ day: days[i] ?? "", value: index })),
  };
}

function referenceOf(
  told: Told | undefined,
  weeks: readonly IsoDate[],
  mark: Fact,
  colour: SeriesColour,
): CumulativeLine {
  const days = told === undefined ? [] : daysOf(told, weeks);
  return {
    name: "",
    label: null,
    colour,
    context: true,
    points: [days[0], days.at(-1)].map((day) => ({ day: day ?? "", value: Number(mark.value) })),
  };
}

/** The value of that percentile in the history that the latest is ranked in. */
function markOf({ facts }: SectionContext, { theme, path, percentile }: Told): Fact {
  const history = path.slice(0, -1).flatMap(({ index }) => index ?? []);
  return facts.add({
    id: `narrative.${theme.id}.mark`,
    value: quantile(history.slice(-narrativeRules.history.preferred), battleRules.percentile / 100) ?? 0,
    unit: "points",
    window: percentile.window,
    series: percentile.series,
    method: "N1 value of a percentile of the history",
  });
}
