import type { TextMark } from "#src/charts/text.ts";
import type { Box, Colour, Layer } from "#src/charts/theme.ts";
import { dotRadius, palette, stroke } from "#src/charts/theme.ts";
import type { IsoDate } from "#src/domain/time.ts";

/** A point in the plot's coordinates. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A straight line in the plot's coordinates. */
export interface Segment extends Point {
  readonly x2: number;
  readonly y2: number;
}

/** An observation of a line; `null` where there is none. */
export interface DayValue {
  readonly day: IsoDate;
  readonly value: number | null;
}

/** An encoding of a position by the data: its field, scale and axis. */
export type Position = Readonly<Record<string, unknown>>;

/** The two positions of a chart, and the same scales as functions for placing labels. */
export interface Axes {
  readonly x: Position;
  readonly y: Position;
  readonly xOf: (value: number) => number;
  readonly yOf: (value: number) => number;
}

const pixel = (field: string): Position => ({ field, type: "quantitative", scale: null, axis: null });
const ownColour = { field: "colour", type: "nominal", scale: null };
const some = (values: readonly unknown[], layer: Layer): Layer | null => (values.length === 0 ? null : layer);

/** Milliseconds of a day's midnight in UTC, as the time scale counts. */
export const instantOf = (day: IsoDate): number => Date.parse(`${day}T00:00:00Z`);

/** Linear position of a value between two ends. */
export const linear =
  ([low, high]: readonly [number, number], [from, to]: readonly [number, number]) =>
  (value: number): number =>
    high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from);

/** A quantitative position with its ends fixed and its axis at the given values (none: no axis). */
export const quantity = (
  field: string,
  domain: readonly [number, number],
  ticks: readonly number[] | null,
  reverse = false,
): Position => ({
  field,
  type: "quantitative",
  scale: { domain: [...domain], nice: false, zero: false, ...(reverse ? { reverse } : {}) },
  axis: ticks === null ? null : { values: [...ticks] },
});

/** A day's position on a UTC scale with its ends fixed and ticks at the given days. */
export const dayPosition = (domain: readonly [IsoDate, IsoDate], ticks: readonly IsoDate[]): Position => ({
  field: "day",
  type: "temporal",
  scale: { type: "utc", domain: domain.map(instantOf), nice: false },
  axis: { values: ticks.map(instantOf) },
});

/** Texts where the layout put them. All text of all charts is drawn here. */
export const texts = (values: readonly TextMark[]): Layer | null =>
  some(values, {
    data: { values },
    mark: {
      type: "text",
      align: { expr: "datum.align" },
      baseline: "middle",
      fontWeight: { expr: "datum.weight" },
    },
    encoding: { x: pixel("x"), y: pixel("y"), text: { field: "text", type: "nominal" }, color: ownColour },
  });

/** Rectangles in the plot's coordinates: paper behind labels, tint behind rows. */
export const boxes = (boxes: readonly Box[], colour: Colour): Layer | null =>
  some(boxes, {
    data: { values: boxes },
    mark: { type: "rect", color: colour },
    encoding: { x: pixel("x0"), y: pixel("y0"), x2: { field: "x1" }, y2: { field: "y1" } },
  });

/** Straight lines in the plot's coordinates, each in its colour. */
export const segments = (
  values: readonly (Segment & { readonly colour: Colour })[],
  width: number = stroke.leader,
): Layer | null =>
  some(values, {
    data: { values },
    mark: { type: "rule", strokeWidth: width },
    encoding: { x: pixel("x"), y: pixel("y"), x2: { field: "x2" }, y2: { field: "y2" }, color: ownColour },
  });

/** Lines across the plot at some values of y. */
export const levels = (
  values: readonly number[],
  y: Position,
  look: { readonly colour: Colour; readonly width: number; readonly dash?: readonly number[] },
): Layer | null =>
  some(values, {
    data: { values: values.map((value) => ({ value })) },
    mark: {
      type: "rule",
      color: look.colour,
      strokeWidth: look.width,
      ...(look.dash === undefined ? {} : { strokeDash: [...look.dash] }),
    },
    encoding: { y: { ...y, field: "value" } },
  });

/** Lines down the plot at some values of x. */
export const uprights = (
  values: readonly number[],
  x: Position,
  colour: Colour,
  width: number,
): Layer | null =>
  some(values, {
    data: { values: values.map((value) => ({ value })) },
    mark: { type: "rule", color: colour, strokeWidth: width },
    encoding: { x: { ...x, field: "value" } },
  });

/** Observations numbered by unbroken run: a missing value ends the run and is itself left out. */
export function runs<T extends { readonly value: number | null }>(
  points: readonly T[],
): (T & { readonly value: number; readonly run: number })[] {
  let run = 0;
  return points.flatMap((point) => {
    const { value } = point;
    if (value !== null) return [{ ...point, value, run }];
    run += 1;
    return [];
  });
}

/** A line with gaps where values are missing; they are never bridged. */
export const line = (
  points: readonly DayValue[],
  axes: Pick<Axes, "x" | "y">,
  colour: Colour,
  width: number,
): Layer | null => {
  const values = runs(points);
  return some(values, {
    data: { values },
    mark: { type: "line", color: colour, strokeWidth: width, strokeCap: "round", strokeJoin: "round" },
    encoding: { x: axes.x, y: axes.y, detail: { field: "run", type: "nominal" } },
  });
};

/** A dot of the data; `x` and `y` name fields of the axes. */
export type Dot = Readonly<Record<string, string | number>> & { readonly colour: Colour };

/** Dots with a ring of paper, so that they stand off the line beneath. */
export const dots = (
  values: readonly Dot[],
  axes: Pick<Axes, "x" | "y">,
  radius: number = dotRadius,
  shape: "circle" | "triangle-up" | "triangle-down" = "circle",
): Layer | null =>
  some(values, {
    data: { values },
    mark: {
      type: "point",
      shape,
      filled: true,
      opacity: 1,
      size: Math.PI * radius * radius,
      stroke: palette.paper,
      strokeWidth: 0.8,
    },
    encoding: { x: axes.x, y: axes.y, fill: { field: "colour", type: "nominal", scale: null } },
  });
