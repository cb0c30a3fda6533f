import type { Position } from "#src/charts/layers.ts";
import { linear, quantity, texts, uprights } from "#src/charts/layers.ts";
import type { TextMark } from "#src/charts/text.ts";
import { margin, widest } from "#src/charts/text.ts";
import type { Frame, Layer } from "#src/charts/theme.ts";
import { chart, frame, mm, palette, stroke } from "#src/charts/theme.ts";
import type { ChartSpec, ChartWords } from "#src/domain/figure.ts";

/** One bar: its name, its value, and the printed value; `null` when it is missing. */
export interface RankedBar {
  readonly name: string;
  readonly value: number | null;
  readonly label: string;
  /** The bar that the claim is about. */
  readonly highlighted?: boolean;
}

export interface RankedBarsData {
  readonly rows: readonly RankedBar[];
}

const rowMm = 4.6;
const edgeMm = 0.6;
const nameRoom = 112;
const labelRoom = 38;
const labelGap = 5;
const barInset = 0.21;

/** Largest first; missing values last; ties keep their order. */
const ranked = (rows: readonly RankedBar[]): RankedBar[] =>
  [...rows].sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    return b.value - a.value;
  });

/** Height of the chart for a number of rows, in mm. */
export const rankedBarsHeightMm = (rows: number): number => rows * rowMm + 2 * edgeMm;

function frameOf(rows: readonly RankedBar[], words: ChartWords): Frame {
  const labelsOf = (some: RankedBar[]) =>
    widest(
      some.map(({ label }) => label),
      600,
      words,
    ) + labelGap;
  const below = rows.filter(({ value }) => value !== null && value < 0);
  const names =
    widest(
      rows.map(({ name }) => name),
      600,
      words,
    ) + labelGap;
  return frame("beside", rankedBarsHeightMm(rows.length), words, {
    left: margin(nameRoom, names) + (below.length === 0 ? 0 : margin(labelRoom, labelsOf(below))),
    right: margin(labelRoom, labelsOf(rows.filter((row) => !below.includes(row)))),
    top: mm(edgeMm),
    bottom: mm(edgeMm),
  });
}

function rowTexts(row: RankedBar, y: number, left: number, xOf: (value: number) => number): TextMark[] {
  const weight = row.highlighted ? 600 : 400;
  const colour = row.highlighted ? palette.ink : palette.ink2;
  const below = row.value !== null && row.value < 0;
  const end = xOf(row.value ?? 0);
  return [
    { text: row.name, x: left, y, align: "left", weight, colour },
    {
      text: row.label,
      x: below ? end - labelGap : end + labelGap,
      y,
      align: below ? "right" : "left",
      weight,
      colour: row.value === null ? palette.ink3 : colour,
    },
  ];
}

const bars = (rows: readonly RankedBar[], x: Position, y: Position): Layer => ({
  data: {
    values: rows.flatMap(({ value, highlighted }, i) =>
      value === null
        ? []
        : [
            {
              value,
              zero: 0,
              top: i + barInset,
              bottom: i + 1 - barInset,
              colour: highlighted ? palette.deep : palette.slate,
            },
          ],
    ),
  },
  mark: { type: "rect" },
  encoding: {
    x,
    x2: { field: "zero" },
    y,
    y2: { field: "bottom" },
    color: { field: "colour", type: "nominal", scale: null },
  },
});

/** Horizontal bars from zero, largest first, each with its name and its printed value; no axis. */
export function rankedBars({ rows }: RankedBarsData, words: ChartWords): ChartSpec {
  const sorted = ranked(rows);
  const values = sorted.flatMap(({ value }) => value ?? []);
  const within = frameOf(sorted, words);
  const domain = [Math.min(0, ...values), Math.max(0, ...values)] as const;
  const xOf = linear(domain, [0, within.width]);
  const x = quantity("value", domain, null);
  const y = quantity("top", [0, Math.max(1, sorted.length)], null, true);
  const rowHeight = within.height / Math.max(1, sorted.length);
  return chart(within, [
    bars(sorted, x, y),
    uprights([0], x, palette.ink, stroke.zero),
    texts(sorted.flatMap((row, i) => rowTexts(row, (i + 0.5) * rowHeight, within.outer.x0, xOf))),
  ]);
}
