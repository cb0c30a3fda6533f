import type { Position, Segment } from "#src/charts/layers.ts";
import { boxes, linear, quantity, segments, texts, uprights } from "#src/charts/layers.ts";
import type { TextMark } from "#src/charts/text.ts";
import { margin, widest } from "#src/charts/text.ts";
import type { Colour, Frame, Layer } from "#src/charts/theme.ts";
import { chart, frame, palette, stroke } from "#src/charts/theme.ts";
import type { WaterfallBar, WaterfallRole, WaterfallRow } from "#src/charts/waterfall-bars.ts";
import { isPart, waterfallBars } from "#src/charts/waterfall-bars.ts";
import type { ChartSpec, ChartWords } from "#src/domain/figure.ts";

export type { WaterfallRow } from "#src/charts/waterfall-bars.ts";

export interface WaterfallData {
  /** Parts before their leg, the total last. */
  readonly rows: readonly WaterfallRow[];
  /** Head of the column of shares. */
  readonly shareHead?: string;
}

const rowHeight = 14.6;
const headHeight = 15;
const footHeight = 2;
const nameRoom = 124;
const labelRoom = 36;
const shareRoom = 38;
const labelGap = 5;
const indent = { part: 9, sum: 3 };
const inset = { part: 3.5, sum: 2.3 };

/** Height of the chart for a number of rows, in mm. */
export const waterfallHeightMm = (rows: number): number =>
  ((headHeight + rows * rowHeight + footHeight) * 25.4) / 96;

interface Look {
  readonly fill: Colour;
  readonly outline: Colour;
}

/** Legs are solid, their parts tinted with the leg's outline; negative parts are hollow. */
function lookOf({ role, value }: WaterfallRow): Look {
  if (role === "total") return { fill: palette.ink, outline: palette.ink };
  const long = role.endsWith("long");
  const outline = long ? palette.deep : palette.ochre;
  if (role.startsWith("leg")) return { fill: outline, outline };
  if (value < 0) return { fill: palette.paper, outline };
  return { fill: long ? palette.deepTint : palette.ochreTint, outline };
}

/** Whether some negative bar's label would leave the plot at the left; decided from the data, not the label. */
function labelsAtLeft(
  bars: readonly WaterfallBar[],
  domain: readonly [number, number],
  width: number,
): boolean {
  const xOf = linear(domain, [0, width]);
  return bars.some(({ value, end }) => value < 0 && xOf(end) < labelRoom + labelGap);
}

function frameOf(
  data: WaterfallData,
  bars: readonly WaterfallBar[],
  domain: [number, number],
  words: ChartWords,
) {
  const shares = [data.shareHead ?? "", ...bars.map(({ share }) => share ?? "")];
  const hasShares = shares.some((text) => text !== "");
  const labels = margin(
    labelRoom,
    widest(
      bars.map(({ label }) => label),
      600,
      words,
    ) +
      labelGap +
      2,
  );
  const names = margin(
    nameRoom,
    widest(
      bars.map(({ name }) => name),
      600,
      words,
    ) +
      indent.part +
      4,
  );
  const shareColumn = hasShares
    ? margin(
        shareRoom,
        widest(
          bars.map(({ share }) => share ?? ""),
          600,
          words,
        ) + 8,
      )
    : 0;
  const right = labels + shareColumn;
  const heightMm = waterfallHeightMm(bars.length);
  const margins = { left: names, right, top: headHeight, bottom: footHeight };
  const first = frame("beside", heightMm, words, margins);
  if (!labelsAtLeft(bars, domain, first.width)) return first;
  return frame("beside", heightMm, words, { ...margins, left: names + labels });
}

/** Where a bar's label starts: off its end, and beyond the zero line when it would lie on it. */
function labelX(bar: WaterfallBar, xOf: (value: number) => number, words: ChartWords): number {
  const side = bar.value < 0 ? -1 : 1;
  const x = xOf(bar.end) + side * labelGap;
  const far = x + side * (words.width(bar.label, 600) + 2);
  const zero = xOf(0);
  const crosses = Math.min(x, far) < zero + 2 && Math.max(x, far) > zero - 2;
  return crosses ? zero + side * labelGap : x;
}

interface Row {
  readonly bar: WaterfallBar;
  readonly index: number;
  readonly xOf: (value: number) => number;
}

function rowTexts({ bar, index, xOf }: Row, { outer }: Frame, words: ChartWords): TextMark[] {
  const y = (index + 0.5) * rowHeight;
  const part = isPart(bar.role);
  const look = { y, weight: part ? 400 : 600, colour: part ? palette.ink2 : palette.ink } as const;
  const down = bar.value < 0;
  const { x0, x1 } = outer;
  return [
    { ...look, text: bar.name, x: x0 + (part ? indent.part : indent.sum), align: "left" },
    { ...look, text: bar.label, x: labelX(bar, xOf, words), align: down ? "right" : "left" },
    ...(bar.share === undefined
      ? []
      : [{ ...look, text: bar.share, x: x1 - 3, align: "right" } satisfies TextMark]),
  ];
}

const barLayer = (bars: readonly WaterfallBar[], x: Position, y: Position): Layer => ({
  data: {
    values: bars.map((bar, i) => {
      const edge = isPart(bar.role) ? inset.part : inset.sum;
      const { fill, outline } = lookOf(bar);
      return {
        role: bar.role,
        start: bar.start,
        end: bar.end,
        top: i * rowHeight + edge,
        bottom: (i + 1) * rowHeight - edge,
        fill,
        outline,
      };
    }),
  },
  mark: { type: "rect", strokeWidth: 0.6 },
  encoding: {
    x,
    x2: { field: "end" },
    y,
    y2: { field: "bottom" },
    fill: { field: "fill", type: "nominal", scale: null },
    stroke: { field: "outline", type: "nominal", scale: null },
  },
});

/** Lines from each bar's end down to the next bar, which takes over there. */
function connectors(
  bars: readonly WaterfallBar[],
  xOf: (value: number) => number,
): (Segment & { colour: Colour })[] {
  return bars.slice(0, -1).map((bar, i) => {
    const x = xOf(bar.end);
    const edge = (role: WaterfallRole) => (isPart(role) ? inset.part : inset.sum);
    return {
      x,
      x2: x,
      y: (i + 1) * rowHeight - edge(bar.role),
      y2: (i + 1) * rowHeight + edge(bars[i + 1]?.role ?? "total"),
      colour: palette.slate,
    };
  });
}

const headOf = (data: WaterfallData, within: Frame): TextMark[] =>
  data.shareHead === undefined
    ? []
    : [
        {
          text: data.shareHead,
          x: within.outer.x1 - 3,
          y: -headHeight / 2,
          align: "right",
          weight: 400,
          colour: palette.ink3,
        },
      ];

/** Which part did it: parts from one to the next, legs solid, the total in ink, each with its printed value. */
export function waterfall(data: WaterfallData, words: ChartWords): ChartSpec {
  const bars = waterfallBars(data.rows);
  const reached = bars.flatMap(({ start, end }) => [start, end]);
  const low = Math.min(0, ...reached);
  const domain: [number, number] = [low, Math.max(0, ...reached, low === 0 ? Number.MIN_VALUE : 0)];
  const within = frameOf(data, bars, domain, words);
  const xOf = linear(domain, [0, within.width]);
  const x = quantity("start", domain, null);
  const y = quantity("top", [0, within.height], null, true);
  const tinted = bars.flatMap((bar, i) =>
    isPart(bar.role)
      ? []
      : [{ x0: within.outer.x0, x1: within.outer.x1, y0: i * rowHeight, y1: (i + 1) * rowHeight }],
  );
  return chart(within, [
    boxes(tinted, palette.tint),
    barLayer(bars, x, y),
    segments(connectors(bars, xOf), stroke.grid),
    uprights([0], x, palette.ink, stroke.zero),
    texts([
      ...headOf(data, within),
      ...bars.flatMap((bar, i) => rowTexts({ bar, index: i, xOf }, within, words)),
    ]),
  ]);
}
