import { endGap, endLabels, placedLayers } from "#src/charts/labels.ts";
import type { DayValue } from "#src/charts/layers.ts";
import { boxes, dots, levels, line, segments, texts } from "#src/charts/layers.ts";
import type { Ask } from "#src/charts/place.ts";
import { lineMarks, place } from "#src/charts/place.ts";
import { bold, extent, plain } from "#src/charts/text.ts";
import { chart, palette, stroke } from "#src/charts/theme.ts";
import type { TimePlot } from "#src/charts/time-plot.ts";
import { latest, timePlot } from "#src/charts/time-plot.ts";
import type { ChartSpec, ChartWords } from "#src/domain/figure.ts";
import type { IsoDate } from "#src/domain/time.ts";

/** A span of days, both ends included. */
export interface DaySpan {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

export interface EpisodeStripData {
  /** A composite from 0 to 100, oldest first. */
  readonly points: readonly DayValue[];
  /** The printed latest value. */
  readonly endLabel: string;
  /** From which value on it is high, and what that line is called. */
  readonly high: { readonly value: number; readonly label: string };
  /** Earlier times at which it was as high as today. */
  readonly episodes: readonly DaySpan[];
  /** Times that have a name. */
  readonly windows: readonly (DaySpan & { readonly name: string })[];
}

const heightMm = 28;
const endRoom = 34;
const topRoom = 16;
const dash = [4, 2.5];
const ends = [0, 100] as const;
/** An episode of a single day is still to be seen. */
const leastWidth = 2.4;
const markWidth = 3;

/** Where a span stands in the plot, its ends drawn in to it; `null` outside of it. */
function spanOf({ from, to }: DaySpan, { dayX, frame }: TimePlot) {
  const [x0, x1] = [Math.max(0, dayX(from)), Math.min(frame.width, dayX(to))];
  return x1 < 0 || x0 > frame.width || x1 < x0 ? null : { x0, x1 };
}

/** Episodes as marks on the base of the plot. */
const episodeMarks = ({ episodes }: EpisodeStripData, plot: TimePlot) =>
  episodes.flatMap((episode) => {
    const span = spanOf(episode, plot);
    if (span === null) return [];
    const y = plot.frame.height - markWidth / 2;
    const x = Math.min(span.x0, plot.frame.width - leastWidth);
    return [{ x, x2: Math.max(span.x1, x + leastWidth), y, y2: y, colour: palette.ochre }];
  });

/** The name of a window above it, moved into the picture. */
function windowAsks({ windows }: EpisodeStripData, plot: TimePlot, words: ChartWords): Ask[] {
  return windows.flatMap(({ name, ...window }) => {
    const span = spanOf(window, plot);
    if (span === null) return [];
    const block = [[plain(name)]];
    const { width, height } = extent(block, words);
    const middle = (span.x0 + span.x1) / 2;
    const y = -height - 1;
    const at = [middle - width / 2, span.x1 - width, span.x0].map((x) => ({
      x: Math.max(0, Math.min(plot.frame.width - width, x)),
      y,
    }));
    return [{ block, at, anchor: { x: middle, y: 0 } }];
  });
}

/** The name of the line from which on the value is high. */
function highAsk({ high }: EpisodeStripData, { frame, axes }: TimePlot, words: ChartWords): Ask {
  const block = [[plain(high.label)]];
  const { width, height } = extent(block, words);
  const y = axes.yOf(high.value) - height - 1;
  const at = [0, 0.25, 0.5, 0.75, 1].map((share) => ({ x: 2 + share * (frame.width - width - 4), y }));
  return { block, at, anchor: { x: 2 + width / 2, y: y + height } };
}

function endOf(data: EpisodeStripData, { dayX, axes, frame }: TimePlot, words: ChartWords) {
  const last = latest(data.points);
  if (last === undefined) return { marks: [], leaders: [] };
  const end = { x: dayX(last.day), y: axes.yOf(last.value), colour: palette.deep };
  return endLabels([{ ...end, block: [[bold(data.endLabel, palette.deep)]] }], frame, words);
}

/** A composite over the years: where it is high, when it was as high as today, and what those times were called. */
export function episodeStrip(data: EpisodeStripData, words: ChartWords): ChartSpec {
  const plot = timePlot(
    {
      size: "wide",
      heightMm,
      unit: "points",
      points: data.points,
      also: ends,
      zero: true,
      right: { fixed: endRoom, needed: words.width(data.endLabel, 600) + endGap },
      top: topRoom,
    },
    words,
  );
  const { frame, axes } = plot;
  const last = latest(data.points);
  const ended = endOf(data, plot, words);
  const bands = data.windows.flatMap((window) => spanOf(window, plot) ?? []);
  const room = {
    within: { x0: 0, y0: frame.outer.y0, x1: frame.width, y1: frame.height - 1 },
    taken: [],
    marks: lineMarks(plot.trace(data.points)),
  };
  const asks = [...windowAsks(data, plot, words), highAsk(data, plot, words)];
  return chart(frame, [
    boxes(
      bands.map((band) => ({ ...band, y0: 0, y1: frame.height })),
      palette.grid,
    ),
    levels([data.high.value], axes.y, { colour: palette.slate, width: stroke.context, dash }),
    segments(episodeMarks(data, plot), markWidth),
    line(data.points, axes, palette.deep, stroke.second),
    dots(last === undefined ? [] : [{ ...last, colour: palette.deep }], axes),
    segments(ended.leaders),
    ...placedLayers(place(asks, room, words), words),
    texts([...plot.axisTexts, ...ended.marks]),
  ]);
}
