import type { EndLabels } from "#src/charts/labels.ts";
import { endGap, endLabels, placedLayers } from "#src/charts/labels.ts";
import type { DayValue, Dot, Point } from "#src/charts/layers.ts";
import { boxes, dots, levels, line, segments, texts } from "#src/charts/layers.ts";
import type { Ask, Mark, Room } from "#src/charts/place.ts";
import { along, around, lineMarks, place } from "#src/charts/place.ts";
import type { Run } from "#src/charts/text.ts";
import { bold, extent, plain } from "#src/charts/text.ts";
import type { Size } from "#src/charts/theme.ts";
import { chart, palette, stroke } from "#src/charts/theme.ts";
import type { TimePlot } from "#src/charts/time-plot.ts";
import { latest, timePlot } from "#src/charts/time-plot.ts";
import type { ChartSpec, ChartWords } from "#src/domain/figure.ts";
import type { Unit } from "#src/domain/quantity.ts";
import type { IsoDate } from "#src/domain/time.ts";

export interface LevelLineData {
  readonly size: Size;
  /** 58 beside the words and 44 across the page unless given. */
  readonly heightMm?: number;
  /** Unit of the value axis. */
  readonly unit: Unit;
  /** Prices in order of time; a missing one leaves a gap. */
  readonly points: readonly DayValue[];
  /** The printed latest price, at the line's end. */
  readonly endLabel: string;
  /** A level that the claim names; its label stands on its line. */
  readonly level?: { readonly value: number; readonly label: string };
  /** A band that the words mention. */
  readonly zone?: { readonly from: number; readonly to: number; readonly label?: string };
  /** Tests of the level: each a dot at its best close. */
  readonly events?: readonly { readonly day: IsoDate; readonly value: number }[];
  /** The highest close: its printed value and its printed date. */
  readonly highest?: {
    readonly day: IsoDate;
    readonly value: number;
    readonly label: string;
    readonly dateLabel: string;
  };
}

const endRoom = 46;
const topRoom = 16;
const dash = [4, 2.5];

const alsoOf = ({ level, zone, events = [], highest }: LevelLineData): number[] => [
  ...(level === undefined ? [] : [level.value]),
  ...(zone === undefined ? [] : [zone.from, zone.to]),
  ...events.map(({ value }) => value),
  ...(highest === undefined ? [] : [highest.value]),
];

/** Positions of a name on its horizontal line: above and below it, from left to right. */
function onLine(y: number, plot: TimePlot, run: Run, words: ChartWords): Ask {
  const { width, height } = extent([[run]], words);
  const span = plot.frame.width - width - 4;
  const at = [0, 1, 0.5, 0.25, 0.75].flatMap((share) => [
    { x: 2 + span * share, y: y - height - 1 },
    { x: 2 + span * share, y: y + 1 },
  ]);
  return { block: [[run]], at, anchor: { x: (at[0]?.x ?? 0) + width / 2, y } };
}

function highestAsk(highest: LevelLineData["highest"], plot: TimePlot, words: ChartWords): Ask[] {
  if (highest === undefined) return [];
  const anchor: Point = { x: plot.dayX(highest.day), y: plot.axes.yOf(highest.value) };
  const block = [[bold(highest.label, palette.deep), plain(highest.dateLabel)]];
  const [right, left, above, ...rest] = around(anchor, extent(block, words));
  return [{ block, anchor, at: [above, left, right, ...rest].filter((p) => p !== undefined) }];
}

/** Labels inside the plot, in the order in which they choose their places. */
function asks(data: LevelLineData, plot: TimePlot, words: ChartWords): Ask[] {
  const { level, zone } = data;
  const named = level === undefined ? [] : [{ y: level.value, run: bold(level.label, palette.ochreInk) }];
  const banded =
    zone?.label === undefined ? [] : [{ y: Math.max(zone.from, zone.to), run: plain(zone.label) }];
  return [
    ...highestAsk(data.highest, plot, words),
    ...[...named, ...banded].map(({ y, run }) => onLine(plot.axes.yOf(y), plot, run, words)),
  ];
}

/** What labels inside the plot keep clear of: the line, its dots, and the level's own line. */
function roomOf(data: LevelLineData, plot: TimePlot): Room {
  const { frame, axes, dayX, trace } = plot;
  const marked = [...(data.events ?? []), ...(data.highest === undefined ? [] : [data.highest])];
  const dotMarks = marked.map(({ day, value }): Mark => ({ x: dayX(day), y: axes.yOf(value), weight: 10 }));
  const heights = data.level === undefined ? [] : [axes.yOf(data.level.value)];
  const reference = heights.flatMap((y) => along({ x: 0, y, x2: frame.width, y2: y }));
  return {
    within: { x0: 0, y0: frame.outer.y0, x1: frame.width, y1: frame.height - 1 },
    taken: [],
    marks: [
      ...lineMarks(trace(data.points)),
      ...dotMarks,
      ...reference.map((point) => ({ ...point, weight: 0.5 })),
    ],
  };
}

/** Dots of the events and of the highest close, in the colours of what they belong to. */
const dotsOf = (data: LevelLineData): Dot[] => [
  ...(data.events ?? []).map(({ day, value }) => ({ day, value, colour: palette.ochre })),
  ...(data.highest === undefined
    ? []
    : [{ day: data.highest.day, value: data.highest.value, colour: palette.deep }]),
];

function endOf(data: LevelLineData, plot: TimePlot, words: ChartWords): EndLabels {
  const last = latest(data.points);
  if (last === undefined) return { marks: [], leaders: [] };
  const end = { x: plot.dayX(last.day), y: plot.axes.yOf(last.value), colour: palette.deep };
  return endLabels([{ ...end, block: [[bold(data.endLabel, palette.deep)]] }], plot.frame, words);
}

/** A price against a level: the level is named on its line, tests of it and the highest close are marked. */
export function levelLine(data: LevelLineData, words: ChartWords): ChartSpec {
  const plot = timePlot(
    {
      size: data.size,
      heightMm: data.heightMm ?? (data.size === "wide" ? 40 : 42),
      unit: data.unit,
      points: data.points,
      also: alsoOf(data),
      named: data.level === undefined ? [] : [data.level.value],
      right: { fixed: endRoom, needed: words.width(data.endLabel, 600) + endGap },
      top: topRoom,
    },
    words,
  );
  const { frame, axes } = plot;
  const ends = endOf(data, plot, words);
  const last = latest(data.points);
  const zone = data.zone === undefined ? [] : [data.zone];
  return chart(frame, [
    boxes(
      zone.map(({ from, to }) => ({ x0: 0, x1: frame.width, y0: axes.yOf(to), y1: axes.yOf(from) })),
      palette.tint,
    ),
    levels(
      zone.flatMap(({ from, to }) => [from, to]),
      axes.y,
      { colour: palette.rule, width: stroke.grid },
    ),
    levels(data.level === undefined ? [] : [data.level.value], axes.y, {
      colour: palette.ochre,
      width: 1,
      dash,
    }),
    line(data.points, axes, palette.deep, data.size === "wide" ? 1.6 : stroke.focus),
    dots([...dotsOf(data), ...(last === undefined ? [] : [{ ...last, colour: palette.deep }])], axes),
    segments(ends.leaders),
    ...placedLayers(place(asks(data, plot, words), roomOf(data, plot), words), words),
    texts([...plot.axisTexts, ...ends.marks]),
  ]);
}
