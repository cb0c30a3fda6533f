import { cumulativeLines } from "#src/charts/cumulative-lines.ts";
import { episodeStrip } from "#src/charts/episode-strip.ts";
import { heatMap } from "#src/charts/heat-map.ts";
import { indexLine } from "#src/charts/index-line.ts";
import type { DayValue } from "#src/charts/layers.ts";
import { levelLine } from "#src/charts/level-line.ts";
import { rankedBars } from "#src/charts/ranked-bars.ts";
import { regimeGrid } from "#src/charts/regime-grid.ts";
import { percentileBar, sparkline } from "#src/charts/sparkline.ts";
import { waterfall } from "#src/charts/waterfall.ts";
import type { WaterfallRow } from "#src/charts/waterfall-bars.ts";
import { weekStrip } from "#src/charts/week-strip.ts";
import type { ChartSpec, ChartWords } from "#src/domain/figure.ts";
import { addDays } from "#src/domain/time.ts";

/** A wave about a level, `n` days long, with a gap of three days and a lone day inside it. */
export const wave = (n: number, level: number, from = "2025-03-03"): DayValue[] =>
  Array.from({ length: n }, (_, i) => ({
    day: addDays(from, i),
    value: i > 3 && i < 9 && i !== 6 ? null : level * (1 + 0.1 * Math.sin(i / 9) + i / (4 * n)),
  }));

/** Rows that add up: two legs with parts, one of them negative, and the total. */
export const pairRows: readonly WaterfallRow[] = [
  { name: "Semiconductors", value: 0.02, label: "+2.0", role: "part-long" },
  { name: "Power", value: -0.006, label: "−0.6", role: "part-long" },
  { name: "Leaders", value: 0.014, label: "+1.4", role: "leg-long", share: "21%" },
  { name: "Software", value: 0.04, label: "+4.0", role: "part-short" },
  { name: "Staffing", value: 0.013, label: "+1.3", role: "part-short" },
  { name: "Laggards", value: 0.053, label: "+5.3", role: "leg-short", share: "80%" },
  { name: "Pair", value: 0.067, label: "+6.7", role: "total" },
];

interface Sample {
  readonly name: string;
  readonly mm: readonly [number, number];
  readonly draw: (words: ChartWords) => ChartSpec;
}

const level = (size: "beside" | "wide") => (words: ChartWords) =>
  levelLine(
    {
      size,
      unit: "points",
      points: wave(240, 6500),
      endLabel: "6,912",
      level: { value: 7000, label: "7,000" },
      zone: { from: 6800, to: 7000, label: "zone" },
      events: [{ day: "2025-05-01", value: 7010 }],
      highest: { day: "2025-10-20", value: 8120, label: "8,120", dateLabel: "20 October" },
    },
    words,
  );

const flows = (size: "beside" | "wide") => (words: ChartWords) =>
  cumulativeLines(
    {
      size,
      unit: "USD",
      lines: ["Non-US", "US", "Korea", "Japan", "Europe", "China"].map((name, k) => ({
        name,
        label: `${k}.0`,
        context: k > 3,
        points: wave(40, k * 1e9 - 1e9, "2026-01-01"),
      })),
    },
    words,
  );

/** One chart of each kind and size, with gaps and missing values where they can be. */
export const samples: readonly Sample[] = [
  {
    name: "sparkline",
    mm: [23, 6.3],
    draw: (w) => sparkline({ values: [1, 2, null, 4, null, 3], previous: 2 }, w),
  },
  { name: "percentile bar", mm: [23, 2.6], draw: (w) => percentileBar({ percentile: 92 }, w) },
  { name: "unknown percentile", mm: [23, 2.6], draw: () => percentileBar({ percentile: null }) },
  {
    name: "ranked bars",
    mm: [99.4, 4 * 4.6 + 1.2],
    draw: (words) =>
      rankedBars(
        {
          rows: [
            { name: "DAX", value: -0.021, label: "−2.1%" },
            { name: "Closed", value: null, label: "–" },
            { name: "KOSPI", value: 0.082, label: "+8.2%", highlighted: true },
            { name: "TAIEX", value: 0.01, label: "+1.0%" },
          ],
        },
        words,
      ),
  },
  { name: "level line beside", mm: [99.4, 42], draw: level("beside") },
  { name: "level line wide", mm: [174, 40], draw: level("wide") },
  { name: "cumulative lines beside", mm: [99.4, 42], draw: flows("beside") },
  { name: "cumulative lines wide", mm: [174, 40], draw: flows("wide") },
  {
    name: "waterfall",
    mm: [99.4, ((17 + 7 * 14.6) * 25.4) / 96],
    draw: (words) => waterfall({ rows: pairRows, shareHead: "share of total" }, words),
  },
  {
    name: "index line",
    mm: [174, 36],
    draw: (words) =>
      indexLine(
        {
          points: wave(700, 100),
          endLabel: "148.2",
          mark: { day: "2026-02-11", value: 118, lines: ["11 February: +6.6%", "largest since 2023"] },
        },
        words,
      ),
  },
  {
    name: "regime grid",
    mm: [99.4, 46],
    draw: (words) =>
      regimeGrid(
        {
          points: [
            { name: "KOSPI", gap: 0.2, percentile: 96, trend: "up" },
            { name: "S&P 500", gap: 0.01, percentile: 40, trend: "mixed" },
            { name: "CSI 300", gap: -0.06, percentile: 20, trend: "down" },
          ],
          captions: { calm: "Calm", normal: "Normal", high: "High" },
          axes: { gap: "Price against average", percentile: "Volatility" },
        },
        words,
      ),
  },
  {
    name: "heat map",
    mm: [99.4, 5 + 3 * 5 + 0.4],
    draw: (words) =>
      heatMap(
        {
          heads: ["1 week", "1 month", "Year to date"],
          steps: [
            [0.02, 0.05],
            [0.04, 0.1],
            [0.08, 0.2],
          ],
          rows: [
            ["Design software", -0.08, -0.05, 0.01],
            ["Data", 0, 0.05, null],
            ["Security", 0.03, -0.2, 0.3],
          ].map(([name, ...values]) => ({
            name: String(name),
            cells: values.map((value) => ({
              value: value === null ? null : Number(value),
              label: value === null ? "–" : `${Number(value) * 100}`,
              direction: Number(value) === 0 ? "none" : Number(value) > 0 ? "up" : "down",
            })),
          })),
        },
        words,
      ),
  },
  {
    name: "episode strip",
    mm: [174, 28],
    draw: (words) =>
      episodeStrip(
        {
          points: wave(900, 62),
          endLabel: "83",
          high: { value: 80, label: "high" },
          episodes: [
            { from: "2025-05-05", to: "2025-06-20" },
            { from: "2026-03-02", to: "2026-03-02" },
          ],
          windows: [
            { name: "Financial crisis", from: "2007-08-01", to: "2009-06-30" },
            { name: "Pandemic", from: "2025-01-20", to: "2025-07-01" },
            { name: "Another", from: "2025-07-10", to: "2025-07-20" },
          ],
        },
        words,
      ),
  },
  {
    name: "week strip",
    mm: [174, 20],
    draw: (words) =>
      weekStrip(
        {
          weeks: [0.01, -0.02, null, 0.03, 0.091, -0.05],
          current: { value: 0.082, label: "+8.2%" },
          match: { value: 0.091, label: "6 November 2020" },
        },
        words,
      ),
  },
];
