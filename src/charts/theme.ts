import type { ChartSpec, ChartWords } from "#src/domain/figure.ts";

/** Colours of the publication. Colour says what a mark is, never whether it is good. */
export const palette = {
  paper: "#FFFFFF",
  ink: "#14202B",
  ink2: "#43505C",
  ink3: "#66727E",
  slate: "#87929C",
  rule: "#C9D0D6",
  grid: "#E1E5E9",
  tint: "#F4F6F7",
  deep: "#0F3D5C",
  deepTint: "#6E93AC",
  ochre: "#B8761A",
  ochreInk: "#8F5A0F",
  ochreTint: "#E3C08C",
  tide: "#2B7BA8",
  plum: "#7A4E9E",
  greenLight: "#DCEFE8",
  greenMiddle: "#A9D6C6",
  greenDeep: "#6DB59C",
  redLight: "#F7DEE1",
  redMiddle: "#E8AAB2",
  redDeep: "#D98590",
  blueLight: "#D9E6F2",
  blueMiddle: "#A6C6E3",
  blueDeep: "#6F9FCB",
  orangeLight: "#F6E2D0",
  orangeMiddle: "#E6BB93",
  orangeDeep: "#D19159",
} as const;
export type Colour = (typeof palette)[keyof typeof palette];

/** Tints of a gain or a loss, the lightest first: ink is read on each of them. */
type Tints = readonly [Colour, Colour, Colour];
const green: Tints = [palette.greenLight, palette.greenMiddle, palette.greenDeep];
const red: Tints = [palette.redLight, palette.redMiddle, palette.redDeep];
const blue: Tints = [palette.blueLight, palette.blueMiddle, palette.blueDeep];
const orange: Tints = [palette.orangeLight, palette.orangeMiddle, palette.orangeDeep];

/** Behind changes of prices in a heat map, by the convention of the edition; the number beside it has its sign. */
export const changeTints: Readonly<Record<ChartWords["changes"], Readonly<Record<"up" | "down", Tints>>>> = {
  west: { up: green, down: red },
  "east-asia": { up: red, down: green },
  korea: { up: red, down: blue },
  cvd: { up: blue, down: orange },
};

/** Identity colours in the order in which series take them. */
export const seriesColours = ["deep", "ochre", "tide", "plum", "slate"] as const;
export type SeriesColour = (typeof seriesColours)[number];

/** The colour in which a series' words are set: dark enough for text where the mark's colour is not. */
export function wordColour(series: SeriesColour): Colour {
  if (series === "ochre") return palette.ochreInk;
  return series === "slate" ? palette.ink3 : palette[series];
}

/** Widths of strokes and radii of dots, in CSS px. */
export const stroke = {
  focus: 2.1,
  second: 1.3,
  context: 0.75,
  zero: 0.8,
  grid: 0.6,
  leader: 0.7,
  rug: 0.7,
} as const;
export const dotRadius = 2.6;

/** Millimetres of paper in CSS px. */
export const mm = (n: number): number => (n * 96) / 25.4;

/** Height of one line of chart text, in CSS px; the same in both editions, so that geometry is too. */
export const lineHeight = 12;

/** Height that a line of text covers when labels are kept apart. */
export const textHeight = 10;

/** Least distance between the boxes of two labels at the ends of lines. */
export const labelGap = mm(1.5);

/** Beside the words, across the page, or a width of its own in mm. */
export type Size = "beside" | "wide" | number;
const widthsMm = { beside: 99.4, wide: 174 } as const;

/** Width of a size, in CSS px. */
export const widthOf = (size: Size): number => mm(typeof size === "number" ? size : widthsMm[size]);

/** A rectangle in the plot's coordinates: CSS px from the plot's top left corner. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Space around the plot, in CSS px. */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What all charts have in common: the plot's extent, the picture's edges around it, and the spec's common parts. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** The whole picture, in the plot's coordinates. */
  readonly outer: Box;
  readonly common: ChartSpec;
}

/** Families as CSS reads them: a name such as Source Sans 3, with a word that begins with a digit, needs quotes. */
const quoted = (family: string): string =>
  family
    .split(",")
    .map((name) => name.trim())
    .map((name) => (/^['"]|^[a-z-]+$/.test(name) ? name : `'${name}'`))
    .join(", ");

const textConfig = (words: ChartWords) => {
  const font = quoted(words.type.family);
  return { font, text: { font, fontSize: words.type.size } };
};

const config = (words: ChartWords | undefined) => ({
  aria: false,
  view: { stroke: null, fill: null },
  axis: { labels: false, title: null, domain: false, translate: 0, tickRound: false, labelLimit: 0 },
  axisX: { grid: false, ticks: true, tickSize: 3, tickColor: palette.slate, tickWidth: stroke.grid },
  axisY: { grid: true, ticks: false, gridColor: palette.grid, gridWidth: stroke.grid },
  ...(words === undefined ? {} : textConfig(words)),
});

/**
 * The frame of a chart whose picture is exactly `size` × `heightMm`, whatever its words are.
 * Words are left out only by charts without text.
 */
export function frame(size: Size, heightMm: number, words: ChartWords | undefined, margins: Margins): Frame {
  const width = widthOf(size) - margins.left - margins.right;
  const height = mm(heightMm) - margins.top - margins.bottom;
  return {
    width,
    height,
    outer: { x0: -margins.left, y0: -margins.top, x1: width + margins.right, y1: height + margins.bottom },
    common: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      width,
      height,
      padding: { ...margins },
      autosize: "none",
      background: null,
      config: config(words),
    },
  };
}

/** The finished spec: the frame's common parts and the layers, from back to front. Empty layers are left out. */
export const chart = (within: Frame, layers: readonly (Layer | null)[]): ChartSpec => ({
  ...within.common,
  layer: layers.filter((layer) => layer !== null),
});

/** One layer of a spec. */
export type Layer = Readonly<Record<string, unknown>>;
