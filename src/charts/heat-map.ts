import { boxes, texts } from "#src/charts/layers.ts";
import { margin, type TextMark, widest } from "#src/charts/text.ts";
import {
  type Box,
  type Colour,
  changeTints,
  chart,
  type Frame,
  frame,
  mm,
  palette,
} from "#src/charts/theme.ts";
import type { ChartSpec, ChartWords } from "#src/domain/figure.ts";

/** A change and how it is printed, with its sign; `null` where there is none. */
export interface HeatCell {
  readonly value: number | null;
  readonly label: string;
  /** Direction of the printed number: one that prints as nought has no colour. */
  readonly direction: "up" | "down" | "none";
}

export interface HeatMapData {
  /** Names of the columns. */
  readonly heads: readonly string[];
  /** From the top; as many cells as there are heads. */
  readonly rows: readonly { readonly name: string; readonly cells: readonly HeatCell[] }[];
  /** Changes from which on a tint is the middle one and the deepest, column by column: a year moves farther than a week. */
  readonly steps: readonly (readonly [middle: number, deep: number])[];
}

const rowMm = 5;
const headMm = 5;
const edgeMm = 0.4;
const nameRoom = 112;
/** Paper between cells, in CSS px. */
const gap = 1;

/** Height of the chart for a number of rows, in mm. */
export const heatMapHeightMm = (rows: number): number => headMm + rows * rowMm + edgeMm;

interface Grid {
  readonly frame: Frame;
  readonly width: number;
  readonly height: number;
}

function gridOf({ heads, rows }: HeatMapData, words: ChartWords): Grid {
  const names = widest(
    rows.map(({ name }) => name),
    400,
    words,
  );
  const within = frame("beside", heatMapHeightMm(rows.length), words, {
    left: margin(nameRoom, names + 6),
    right: 0,
    top: mm(headMm),
    bottom: mm(edgeMm),
  });
  return {
    frame: within,
    width: within.width / Math.max(1, heads.length),
    height: within.height / Math.max(1, rows.length),
  };
}

const boxOf = ({ width, height }: Grid, row: number, column: number): Box => ({
  x0: column * width + gap,
  y0: row * height + gap,
  x1: (column + 1) * width - gap,
  y1: (row + 1) * height - gap,
});

function tintOf(
  { value, direction }: HeatCell,
  [middle, deep]: readonly [number, number],
  words: ChartWords,
): Colour {
  if (value === null || direction === "none") return palette.tint;
  const [light, medium, full] = changeTints[words.changes][direction];
  const size = Math.abs(value);
  if (size >= deep) return full;
  return size >= middle ? medium : light;
}

function textsOf({ heads, rows }: HeatMapData, grid: Grid): TextMark[] {
  const middle = (column: number) => (column + 0.5) * grid.width;
  return [
    ...heads.map((text, j): TextMark => {
      return { text, x: middle(j), y: -mm(headMm) / 2, align: "center", weight: 400, colour: palette.ink3 };
    }),
    ...rows.flatMap(({ name, cells }, i): TextMark[] => {
      const y = (i + 0.5) * grid.height;
      return [
        { text: name, x: grid.frame.outer.x0, y, align: "left", weight: 400, colour: palette.ink2 },
        ...cells.map(({ label, value }, j): TextMark => {
          const colour = value === null ? palette.ink3 : palette.ink;
          return { text: label, x: middle(j), y, align: "center", weight: 400, colour };
        }),
      ];
    }),
  ];
}

/** Changes of several things over several spans: each cell its signed number, on the tint of a gain or a loss. */
export function heatMap(data: HeatMapData, words: ChartWords): ChartSpec {
  const grid = gridOf(data, words);
  const cells = data.rows.flatMap((row, i) =>
    row.cells.map((cell, j) => ({
      box: boxOf(grid, i, j),
      colour: tintOf(cell, data.steps[j] ?? [0, 0], words),
    })),
  );
  const layers = Map.groupBy(cells, ({ colour }) => colour);
  return chart(grid.frame, [
    ...[...layers].map(([colour, own]) =>
      boxes(
        own.map(({ box }) => box),
        colour,
      ),
    ),
    texts(textsOf(data, grid)),
  ]);
}
