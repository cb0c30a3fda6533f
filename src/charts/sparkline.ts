import { max, min } from "d3-array";
import { boxes, dots, levels, quantity, runs } from "#src/charts/layers.ts";
import type { Layer } from "#src/charts/theme.ts";
import { chart, dotRadius, frame, mm, palette } from "#src/charts/theme.ts";
import type { ChartSpec, ChartWords } from "#src/domain/figure.ts";

/** Values in order of time, evenly spaced; `null` where there is none. */
export interface SparklineData {
  readonly values: readonly (number | null)[];
  /** The previous close, drawn dotted; `null` to leave it out. */
  readonly previous: number | null;
}

const widthMm = 23;
const look = { heightMm: 6.3, width: 1.2, dot: 2.2 };

/** Ends of the values, with the previous close among them. */
function reach(values: readonly number[]): [number, number] {
  const low = min(values) ?? 0;
  const high = max(values) ?? 1;
  return low === high ? [low - 1, high + 1] : [low, high];
}

/** A line of a table cell, 23 × 6.3 mm: dot at the latest value, dotted previous close. No text. */
export function sparkline({ values, previous }: SparklineData, words?: ChartWords): ChartSpec {
  const within = frame(widthMm, look.heightMm, words, { left: 1, right: 4, top: 3, bottom: 3 });
  const shown = runs(values.map((value, index) => ({ index, value })));
  const last = shown.at(-1);
  const x = quantity("index", [0, Math.max(1, values.length - 1)], null);
  const domain = reach([...shown.map(({ value }) => value), ...(previous === null ? [] : [previous])]);
  const y = quantity("value", domain, null);
  const path: Layer = {
    data: { values: shown },
    mark: {
      type: "line",
      color: palette.ink,
      strokeWidth: look.width,
      strokeCap: "round",
      strokeJoin: "round",
    },
    encoding: { x, y, detail: { field: "run", type: "nominal" } },
  };
  return chart(within, [
    levels(previous === null ? [] : [previous], y, { colour: palette.slate, width: 0.7, dash: [1.5, 2] }),
    shown.length === 0 ? null : path,
    dots(last === undefined ? [] : [{ ...last, colour: palette.deep }], { x, y }, look.dot),
  ]);
}

/** A percentile from 0 to 100, or `null` when it is not known. */
export interface PercentileBarData {
  readonly percentile: number | null;
  /** 23 unless given. */
  readonly widthMm?: number;
}

/** Where a value stands in its history, 2.6 mm high: track, darker middle half parted at the median, dot; the track alone when unknown. No text. */
export function percentileBar(
  { percentile, widthMm: width = widthMm }: PercentileBarData,
  words?: ChartWords,
): ChartSpec {
  const side = dotRadius + 0.4;
  const within = frame(width, 2.6, words, { left: side, right: side, top: 0, bottom: 0 });
  const half = 1.4;
  const middle = mm(2.6) / 2;
  const band = (from: number, to: number) => ({
    x0: within.width * from,
    x1: within.width * to,
    y0: middle - half,
    y1: middle + half,
  });
  const x = quantity("percentile", [0, 100], null);
  const y = quantity("y", [0, 1], null);
  return chart(within, [
    boxes([band(0, 1)], palette.grid),
    boxes([band(0.25, 0.75)], palette.rule),
    boxes([band(0.5 - 0.5 / within.width, 0.5 + 0.5 / within.width)], palette.paper),
    dots(percentile === null ? [] : [{ percentile, y: 0.5, colour: palette.deep }], { x, y }),
  ]);
}
