import type { EndLabels } from "#src/charts/labels.ts";
import { endGap, endLabels, placedLayers } from "#src/charts/labels.ts";
import type { DayValue } from "#src/charts/layers.ts";
import { dots, levels, line, segments, texts } from "#src/charts/layers.ts";
import type { Ask } from "#src/charts/place.ts";
import { along, around, lineMarks, place } from "#src/charts/place.ts";
import { bold, extent, plain } from "#src/charts/text.ts";
import { chart, palette, stroke } from "#src/charts/theme.ts";
import type { TimePlot } from "#src/charts/time-plot.ts";
import { latest, timePlot } from "#src/charts/time-plot.ts";
import type { ChartSpec, ChartWords } from "#src/domain/figure.ts";
import type { IsoDate } from "#src/domain/time.ts";

export interface IndexLineData {
  /** Levels of which the base day's is 100. */
  readonly points: readonly DayValue[];
  /** The printed latest value. */
  readonly endLabel: string;
  /** A day that the claim is about: what happened, and how big. */
  readonly mark?: {
    readonly day: IsoDate;
    readonly value: number;
    readonly lines: readonly [string] | readonly [string, string];
  };
}

const heightMm = 36;
const endRoom = 46;
/** The value of the base day, drawn as the base line. */
const base = 100;

function markAsk(mark: IndexLineData["mark"], plot: TimePlot, words: ChartWords): Ask[] {
  if (mark === undefined) return [];
  const anchor = { x: plot.dayX(mark.day), y: plot.axes.yOf(mark.value) };
  const [first, second] = mark.lines;
  const block = [[bold(first, palette.ochreInk)], ...(second === undefined ? [] : [[plain(second)]])];
  const size = extent(block, words);
  const [right, left, above, ...rest] = around(anchor, size, 8);
  // Away from the line first: up and to the side on which there is more room.
  const leftward = anchor.x > plot.frame.width / 2;
  const aside = { x: leftward ? anchor.x - size.width - 14 : anchor.x + 14, y: anchor.y - size.height - 8 };
  const level = leftward ? left : right;
  return [{ block, anchor, at: [aside, level, above, ...rest].filter((p) => p !== undefined) }];
}

function endOf({ points, endLabel }: IndexLineData, plot: TimePlot, words: ChartWords): EndLabels {
  const last = latest(points);
  if (last === undefined) return { marks: [], leaders: [] };
  const end = { x: plot.dayX(last.day), y: plot.axes.yOf(last.value), colour: palette.ink };
  return endLabels([{ ...end, block: [[bold(endLabel)]] }], plot.frame, words);
}

/** One long line across the page against its base line, with one day marked and annotated. */
export function indexLine(data: IndexLineData, words: ChartWords): ChartSpec {
  const plot = timePlot(
    {
      size: "wide",
      heightMm,
      unit: "points",
      points: data.points,
      also: [base, ...(data.mark === undefined ? [] : [data.mark.value])],
      right: { fixed: endRoom, needed: words.width(data.endLabel, 600) + endGap },
      top: 14,
    },
    words,
  );
  const { frame, axes } = plot;
  const ends = endOf(data, plot, words);
  const baseY = axes.yOf(base);
  const baseLine = along({ x: 0, y: baseY, x2: frame.width, y2: baseY });
  const room = {
    within: { x0: 0, y0: frame.outer.y0, x1: frame.width, y1: frame.height - 1 },
    taken: [],
    marks: [
      ...lineMarks(plot.trace(data.points)),
      // A label on the base line would look struck through.
      ...baseLine.map((point) => ({ ...point, weight: 0.5 })),
    ],
  };
  const last = latest(data.points);
  const marked = data.mark === undefined ? [] : [{ day: data.mark.day, value: data.mark.value }];
  return chart(frame, [
    levels([base], axes.y, { colour: palette.ink, width: stroke.zero }),
    line(data.points, axes, palette.ink, stroke.second),
    dots(last === undefined ? [] : [{ ...last, colour: palette.ink }], axes),
    dots(
      marked.map((point) => ({ ...point, colour: palette.ochre })),
      axes,
    ),
    segments(ends.leaders),
    ...placedLayers(place(markAsk(data.mark, plot, words), room, words), words),
    texts([...plot.axisTexts, ...ends.marks]),
  ]);
}
