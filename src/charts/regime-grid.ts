import { ticks } from "d3-array";
import { placedLayers } from "#src/charts/labels.ts";
import type { Axes, Segment } from "#src/charts/layers.ts";
import { boxes, dots, levels, linear, quantity, texts, uprights } from "#src/charts/layers.ts";
import type { Ask, Room } from "#src/charts/place.ts";
import { along, around, place } from "#src/charts/place.ts";
import type { TextMark } from "#src/charts/text.ts";
import { extent, margin, plain, widest } from "#src/charts/text.ts";
import type { Frame, SeriesColour } from "#src/charts/theme.ts";
import { chart, dotRadius, frame, palette, stroke, wordColour } from "#src/charts/theme.ts";
import { belowLabels, valueLabels, valueRoom } from "#src/charts/ticks.ts";
import type { ChartSpec, ChartWords } from "#src/domain/figure.ts";

/** One market: its price against its average (a fraction), the percentile of its volatility (0 to 100), and its trend. */
export interface RegimePoint {
  readonly name: string;
  readonly gap: number;
  readonly percentile: number;
  readonly trend: "up" | "down" | "mixed";
}

export interface RegimeGridData {
  readonly points: readonly RegimePoint[];
  /** What the rows between the bounds are called. */
  readonly captions: { readonly calm: string; readonly normal: string; readonly high: string };
  /** What the axes measure. */
  readonly axes: { readonly gap: string; readonly percentile: string };
}

/** Half width of the band about the average that counts as no trend. */
const band = 0.02;
/** Percentiles that part the rows, and where these begin and end. */
const bounds = [33, 80] as const;
const rows = [0, ...bounds, 100] as const;
const heightMm = 46;
/** A little beyond 0 and 100, so that a dot at either end stands off the frame. */
const percentiles = [-3, 103] as const;
const captionRoom = 52;
/** Room above the highest percentile for two rows of names, since in a crisis all markets stand there; the axis is named above. */
const labelRows = 22;
const axisNameY = 11;
const axisRoom = 30;
const trendColours = { up: "deep", down: "ochre", mixed: "slate" } as const satisfies Record<
  string,
  SeriesColour
>;

const trendShapes = {
  up: { shape: "triangle-up", radius: 3.4 },
  down: { shape: "triangle-down", radius: 3.4 },
  mixed: { shape: "circle", radius: dotRadius },
} as const;

/** Ends of the horizontal axis: the markets and the band, with room for a dot, and its three to five ticks. */
function gapAxis(points: readonly RegimePoint[]) {
  const reached = [...points.map(({ gap }) => gap), -1.5 * band, 1.5 * band];
  const low = Math.min(...reached);
  const high = Math.max(...reached);
  const air = (high - low) * 0.06;
  const domain = [low - air, high + air] as const;
  const some = [5, 4, 3, 6, 2].map((n) => ticks(domain[0], domain[1], n));
  return { domain, ticks: some.find((each) => each.length >= 3 && each.length <= 5) ?? some[0] ?? [] };
}

/** The grid before its marks: frame and horizontal axis. */
interface Grid {
  readonly frame: Frame;
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly xOf: (gap: number) => number;
  readonly yOf: (percentile: number) => number;
}

function gridOf(data: RegimeGridData, words: ChartWords): Grid {
  const numbers = rows.map((row) => words.tick(row, "percentile"));
  const within = frame("beside", heightMm, words, {
    left: margin(axisRoom, widest(numbers, 400, words) + 5),
    right: margin(captionRoom, widest(Object.values(data.captions), 600, words) + 6),
    top: axisNameY + labelRows,
    bottom: 32,
  });
  const axis = gapAxis(data.points);
  const xOf = linear(axis.domain, [0, within.width]);
  return { frame: within, ...axis, xOf, yOf: linear(percentiles, [within.height, 0]) };
}

/** Names of the rows, right of the plot at each row's middle. */
const captionTexts = ({ captions }: RegimeGridData, { frame: within, yOf }: Grid): TextMark[] =>
  [captions.calm, captions.normal, captions.high].map((text, i) => {
    const middle = ((rows[i] ?? 0) + (rows[i + 1] ?? 0)) / 2;
    return { text, x: within.width + 6, y: yOf(middle), align: "left", weight: 600, colour: palette.ink2 };
  });

/** Numbers and names of both axes, and the rows' names. */
function gridTexts(data: RegimeGridData, grid: Grid, words: ChartWords): TextMark[] {
  const { frame: within, xOf, yOf } = grid;
  const below = grid.ticks.map((tick) => ({
    text: words.tick(tick, "return"),
    x: xOf(tick),
    room: valueRoom,
  }));
  const name = { align: "left", weight: 400, colour: palette.ink3 } as const;
  return [
    ...valueLabels(rows, yOf, (row) => words.tick(row, "percentile")),
    ...belowLabels(below, within),
    ...captionTexts(data, grid),
    { ...name, text: data.axes.percentile, x: within.outer.x0, y: -labelRows - 4 },
    { ...name, text: data.axes.gap, x: 0, y: within.height + 25 },
  ];
}

/** The markets' names, each about its dot. */
function asks({ points }: RegimeGridData, { xOf, yOf }: Grid, words: ChartWords): Ask[] {
  // From left to right, so that leaders of neighbours do not cross.
  return points
    .toSorted((a, b) => a.gap - b.gap)
    .map(({ name, gap, percentile, trend }) => {
      const anchor = { x: xOf(gap), y: yOf(percentile) };
      const block = [[plain(name, wordColour(trendColours[trend]))]];
      return { block, anchor, at: around(anchor, extent(block, words)) };
    });
}

const compass = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy] as const));

/** Names keep off the dots, and rather off the dashed bounds and the zero line. */
function roomOf(
  found: readonly Ask[],
  rules: readonly (Segment & { readonly weight: number })[],
  { width, height }: Frame,
): Room {
  const halo = [
    { reach: dotRadius + 1, weight: 10 },
    { reach: dotRadius + 4.5, weight: 2 },
  ];
  const dotMarks = found.flatMap(({ anchor }) =>
    halo.flatMap(({ reach, weight }) =>
      compass.map(([dx, dy]) => ({
        x: anchor.x + dx * reach,
        y: anchor.y + dy * reach,
        weight,
        of: anchor,
      })),
    ),
  );
  const ruled = rules.flatMap((rule) => along(rule).map((point) => ({ ...point, weight: rule.weight })));
  return {
    within: { x0: 2, y0: -labelRows, x1: width, y1: height - 1 },
    taken: [],
    marks: [...dotMarks, ...ruled],
  };
}

/** Markets as triangles that point with their trend, or as dots without one: told apart in grey too. */
const trendMarks = ({ points }: RegimeGridData, axes: Pick<Axes, "x" | "y">) =>
  (["mixed", "down", "up"] as const).map((trend) => {
    const own = points.filter((point) => point.trend === trend);
    const { radius, shape } = trendShapes[trend];
    const markets = own.map(({ gap, percentile }) => ({
      gap,
      percentile,
      colour: palette[trendColours[trend]],
    }));
    return dots(markets, axes, radius, shape);
  });

/** Where each market stands: trend from left to right, volatility from calm to high. */
export function regimeGrid(data: RegimeGridData, words: ChartWords): ChartSpec {
  const grid = gridOf(data, words);
  const { frame: within, xOf, yOf } = grid;
  const x = quantity("gap", grid.domain, grid.ticks);
  const y = quantity("percentile", percentiles, [0, 100]);
  const rules = [
    ...bounds.map((bound) => ({ x: 0, x2: within.width, y: yOf(bound), y2: yOf(bound), weight: 0.4 })),
    { x: xOf(0), x2: xOf(0), y: 0, y2: within.height, weight: 1.2 },
  ];
  const found = asks(data, grid, words);
  const [backs = null, ...names] = placedLayers(place(found, roomOf(found, rules, within), words), words);
  return chart(within, [
    boxes([{ x0: xOf(-band), x1: xOf(band), y0: 0, y1: within.height }], palette.tint),
    levels(bounds, y, { colour: palette.slate, width: stroke.context, dash: [4, 2.5] }),
    uprights([0], x, palette.ink, stroke.zero),
    backs,
    ...trendMarks(data, { x, y }),
    ...names,
    texts(gridTexts(data, grid, words)),
  ]);
}
