import type { EndLabel } from "#src/charts/labels.ts";
import { endGap, endLabels } from "#src/charts/labels.ts";
import type { DayValue } from "#src/charts/layers.ts";
import { dots, levels, line, segments, texts } from "#src/charts/layers.ts";
import type { Block } from "#src/charts/text.ts";
import { bold, extent, plain } from "#src/charts/text.ts";
import type { SeriesColour, Size } from "#src/charts/theme.ts";
import { chart, palette, seriesColours, stroke, wordColour } from "#src/charts/theme.ts";
import type { TimePlot } from "#src/charts/time-plot.ts";
import { latest, timePlot } from "#src/charts/time-plot.ts";
import type { ChartSpec, ChartWords } from "#src/domain/figure.ts";
import type { Unit } from "#src/domain/quantity.ts";

/** One cumulative line and what stands at its end. */
export interface CumulativeLine {
  readonly name: string;
  /** The printed latest value; without it the line has no label. */
  readonly label: string | null;
  readonly points: readonly DayValue[];
  /** The colour of what it shows; without one, the next of the series' order. */
  readonly colour?: SeriesColour;
  /** Thin, and grey unless it has a colour: there for comparison. */
  readonly context?: boolean;
}

export interface CumulativeLinesData {
  readonly size: Size;
  /** 60 beside the words and 44 across the page unless given. */
  readonly heightMm?: number;
  readonly unit: Unit;
  /** Up to six lines, the one that the claim is about first. */
  readonly lines: readonly CumulativeLine[];
}

interface Styled extends CumulativeLine {
  readonly key: SeriesColour;
  readonly width: number;
}

/** Fixed room of the labels at the lines' ends: a short name and a value. */
const endRoom = { beside: 92, wide: 110 };

/** Colours and widths: the first line that is news is the heaviest; context is grey. */
function styled(lines: readonly CumulativeLine[]): Styled[] {
  let next = 0;
  return lines.map((each) => {
    if (each.context) return { ...each, key: each.colour ?? "slate", width: stroke.context };
    const order = next;
    next += 1;
    const key = each.colour ?? seriesColours[Math.min(order, seriesColours.length - 1)] ?? "slate";
    return { ...each, key, width: order === 0 ? stroke.focus : stroke.second };
  });
}

/** Name and value on one line, or on two where one would not fit the room. */
function blockOf({ name, label, key, context }: Styled, room: number, words: ChartWords): Block {
  const colour = wordColour(key);
  const parts = context
    ? [plain(name, colour), plain(label ?? "", colour)]
    : [plain(name, colour), bold(label ?? "", colour)];
  return extent([parts], words).width <= room - endGap ? [parts] : parts.map((part) => [part]);
}

function endOf(each: Styled, block: Block, plot: TimePlot): EndLabel[] {
  const last = latest(each.points);
  if (last === undefined) return [];
  return [{ block, x: plot.dayX(last.day), y: plot.axes.yOf(last.value), colour: palette[each.key] }];
}

/** Cumulative flows from zero, each line named at its end with its printed value; at most six. */
export function cumulativeLines(data: CumulativeLinesData, words: ChartWords): ChartSpec {
  const lines = styled(data.lines);
  const fixed = data.size === "wide" ? endRoom.wide : endRoom.beside;
  const labelled = lines.filter(({ label }) => label !== null);
  const blocks = labelled.map((each) => blockOf(each, fixed, words));
  const needed = Math.max(0, ...blocks.map((block) => extent(block, words).width + endGap));
  const plot = timePlot(
    {
      size: data.size,
      heightMm: data.heightMm ?? (data.size === "wide" ? 40 : 42),
      unit: data.unit,
      points: lines.flatMap(({ points }) => points),
      zero: true,
      right: { fixed, needed },
      top: 8,
    },
    words,
  );
  const labels = labelled.flatMap((each, i) => endOf(each, blocks[i] ?? [], plot));
  const ends = endLabels(labels, plot.frame, words);
  const backToFront = [...lines].reverse().sort((a, b) => a.width - b.width);
  const endDots = backToFront.flatMap(({ points, key, context }) => {
    const last = latest(points);
    return context || last === undefined ? [] : [{ ...last, colour: palette[key] }];
  });
  return chart(plot.frame, [
    levels([0], plot.axes.y, { colour: palette.ink, width: stroke.zero }),
    ...backToFront.map(({ points, key, width }) => line(points, plot.axes, palette[key], width)),
    dots(endDots, plot.axes),
    segments(ends.leaders),
    texts([...plot.axisTexts, ...ends.marks]),
  ]);
}
