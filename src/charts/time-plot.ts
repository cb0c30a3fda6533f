import { max, min } from "d3-array";
import type { Axes, DayValue, Point } from "#src/charts/layers.ts";
import { dayPosition, instantOf, linear, quantity, runs } from "#src/charts/layers.ts";
import type { TextMark } from "#src/charts/text.ts";
import { margin, widest } from "#src/charts/text.ts";
import type { Frame, Size } from "#src/charts/theme.ts";
import { frame } from "#src/charts/theme.ts";
import { belowLabels, dayRoom, dayTicks, valueAxis, valueLabels } from "#src/charts/ticks.ts";
import type { ChartWords } from "#src/domain/figure.ts";
import type { Unit } from "#src/domain/quantity.ts";
import type { IsoDate } from "#src/domain/time.ts";

/** What a chart over time shows and how large it is. */
export interface TimePlotData {
  readonly size: Size;
  readonly heightMm: number;
  readonly unit: Unit;
  readonly points: readonly DayValue[];
  /** Values that the axis must reach beside those of the points. */
  readonly also?: readonly number[];
  readonly zero?: boolean;
  /** Values that are named inside the plot, so that the axis leaves them out. */
  readonly named?: readonly number[];
  /** Margin at the right, in CSS px: as `margin` has it. */
  readonly right: { readonly fixed: number; readonly needed: number };
  /** Margin at the top, in CSS px. */
  readonly top: number;
}

/** A frame with a UTC time axis and a value axis. */
export interface TimePlot {
  readonly frame: Frame;
  readonly axes: Axes;
  /** Position of a day. */
  readonly dayX: (day: IsoDate) => number;
  /** Texts of both axes. */
  readonly axisTexts: readonly TextMark[];
  /** Points in the plot's coordinates, with their unbroken run. */
  readonly trace: (points: readonly DayValue[]) => (Point & { readonly run: number })[];
}

/** Fixed room of the labels of a value axis, in CSS px; grows in steps where a label needs more. */
const axisRoom = 30;
const belowRoom = 18;

/** A plot that is narrower than this share of its width with fixed margins has ticks of its own. */
const narrow = 0.8;

/** The frame, scales and axis labels that every chart over time uses. */
export function timePlot(data: TimePlotData, words: ChartWords): TimePlot {
  const days = data.points.map(({ day }) => day);
  const from = min(days) ?? "1970-01-01";
  const to = max(days) ?? from;
  const values = [...data.points.flatMap(({ value }) => value ?? []), ...(data.also ?? [])];
  const axis = valueAxis(values, data.unit, data.zero);
  const label = (value: number) => words.tick(value, data.unit);
  const left = margin(axisRoom, widest(axis.ticks.map(label), 400, words) + 5);
  const within = frame(data.size, data.heightMm, words, {
    left,
    right: margin(data.right.fixed, data.right.needed),
    top: data.top,
    bottom: belowRoom,
  });
  // A label of one edition may need a wider margin than the other's: the days are chosen as if neither did.
  const margins = { left: axisRoom, right: data.right.fixed, top: data.top, bottom: belowRoom };
  const usual = frame(data.size, data.heightMm, words, margins);
  const reference = within.width < narrow * usual.width ? within : usual;
  const instants = linear([instantOf(from), instantOf(to)], [0, within.width]);
  const dayX = (day: IsoDate) => instants(instantOf(day));
  const yOf = linear(axis.domain, [within.height, 0]);
  const ticks = dayTicks(from, to, reference.width);
  const stretch = reference.width / within.width;
  const below = ticks.map(({ day, part }) => ({
    text: words.day(day, part),
    x: dayX(day) * stretch,
    room: dayRoom[part],
  }));
  const labels = belowLabels(below, reference).map((mark) => ({ ...mark, x: mark.x / stretch }));
  return {
    frame: within,
    dayX,
    axes: {
      x: dayPosition(
        [from, to],
        ticks.map(({ day }) => day),
      ),
      y: quantity("value", axis.domain, axis.ticks),
      xOf: instants,
      yOf,
    },
    axisTexts: [
      ...valueLabels(
        axis.ticks.filter((tick) => data.named?.includes(tick) !== true),
        yOf,
        label,
      ),
      ...labels,
    ],
    trace: (points) => runs(points).map(({ day, value, run }) => ({ x: dayX(day), y: yOf(value), run })),
  };
}

/** The last observation that there is. */
export const latest = (points: readonly DayValue[]): { day: IsoDate; value: number } | undefined =>
  runs(points).at(-1);
