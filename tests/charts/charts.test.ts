import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cumulativeLines } from "#src/charts/cumulative-lines.ts";
import { indexLine } from "#src/charts/index-line.ts";
import { levelLine } from "#src/charts/level-line.ts";
import { rankedBars } from "#src/charts/ranked-bars.ts";
import { regimeGrid } from "#src/charts/regime-grid.ts";
import { percentileBar } from "#src/charts/sparkline.ts";
import { labelGap, palette, stroke } from "#src/charts/theme.ts";
import { waterfall } from "#src/charts/waterfall.ts";
import type { WaterfallRow } from "#src/charts/waterfall-bars.ts";
import { waterfallBars } from "#src/charts/waterfall-bars.ts";
import { weekStrip } from "#src/charts/week-strip.ts";
import type { ChartWords } from "#src/domain/figure.ts";
import { addDays } from "#src/domain/time.ts";
import { pairRows, wave } from "#tests/charts/samples.ts";
import { collisions, dataLayers, fakeWords, frameOf, layersOf, textBoxes } from "#tests/charts/words.ts";

const words = fakeWords("en");
const zh = fakeWords("zh-CN");
const runs = { numRuns: 60, seed: 20_260_213 };

/** Evenly spread, unlike random doubles, most of which are next to nothing. */
const value = fc.integer({ min: -500, max: 500 }).map((n) => n / 1000);
const name = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom("a", "n", "深", "W") });
const walk = fc
  .record({
    steps: fc.array(fc.option(value, { freq: 9 }), { minLength: 12, maxLength: 120 }),
    level: fc.integer({ min: 50, max: 9000 }),
  })
  .map(({ steps, level }) => {
    let sum = level;
    return steps.map((step, i) => {
      sum += (step ?? 0) * level * 0.1;
      return { day: addDays("2025-02-03", i * 2), value: step === null && i > 0 ? null : sum };
    });
  });
const printed = (n: number) => `${n < 0 ? "−" : "+"}${Math.abs(n * 100).toFixed(1)}`;
const printedNames = (spec: ReturnType<typeof rankedBars>) =>
  layersOf(spec)
    .filter(({ mark }) => mark.type === "text")
    .flatMap(({ data }) => data.values.map(({ text }) => text));

describe("percentileBar", () => {
  it("draws the track alone when the percentile is not known", () => {
    const dotsOf = (percentile: number | null) =>
      layersOf(percentileBar({ percentile })).filter(({ mark }) => mark.type === "point");
    expect(dotsOf(null)).toEqual([]);
    expect(dotsOf(92)[0]?.data.values[0]).toMatchObject({ percentile: 92, colour: palette.deep });
  });
});

describe("rankedBars", () => {
  it("sorts by value with missing ones last, and colours only the news", () => {
    const spec = rankedBars(
      {
        rows: [
          { name: "closed", value: null, label: "–" },
          { name: "fell", value: -0.02, label: "−2.0%" },
          { name: "rose", value: 0.08, label: "+8.0%", highlighted: true },
        ],
      },
      words,
    );
    expect(printedNames(spec)).toEqual(["rose", "+8.0%", "fell", "−2.0%", "closed", "–"]);
    expect(dataLayers(spec)[0]?.data.values.map(({ value, colour }) => [value, colour])).toEqual([
      [0.08, palette.deep],
      [-0.02, palette.slate],
    ]);
  });

  it("keeps names, values and bars' ends apart for any rows", () => {
    const rows = fc.array(fc.record({ name, value: fc.option(value) }), { minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(rows, (some) => {
        const labelled = some.map((row) => ({
          ...row,
          label: row.value === null ? "–" : printed(row.value),
        }));
        expect(collisions(rankedBars({ rows: labelled }, words), words)).toEqual([]);
        expect(collisions(rankedBars({ rows: labelled }, zh), zh)).toEqual([]);
      }),
      runs,
    );
  });
});

const leg = fc.array(fc.record({ name, value }), { minLength: 0, maxLength: 6 });
const row = (name: string, value: number, role: WaterfallRow["role"]): WaterfallRow => ({
  name,
  value,
  role,
  label: printed(value),
});
const sumOf = (rows: readonly { value: number }[]) => rows.reduce((sum, each) => sum + each.value, 0);
/** Two legs of random parts, and the total. */
const attribution = fc
  .tuple(leg, leg)
  .map(([long, short]) => [
    ...long.map((part) => row(part.name, part.value, "part-long")),
    row("long", sumOf(long), "leg-long"),
    ...short.map((part) => row(part.name, part.value, "part-short")),
    row("short", sumOf(short), "leg-short"),
    row("total", sumOf(long) + sumOf(short), "total"),
  ]);

/** Printed values that touch their own bar or the zero line, as the spec's own scale places both. */
function touching(spec: ReturnType<typeof waterfall>, count: number): string[] {
  const bars = layersOf(spec).find(
    ({ data }) => data.values.length === count && "start" in (data.values[0] ?? {}),
  );
  const { width } = frameOf(spec);
  const scale = bars?.encoding.x?.scale as { domain: [number, number] };
  const [low, high] = scale.domain;
  const xOf = (n: unknown) => ((Number(n) - low) / (high - low)) * width;
  const labels = textBoxes(spec, words).filter((_, i) => i % 2 === 1);
  expect(labels).toHaveLength(count);
  return labels.flatMap((label, i) => {
    const bar = bars?.data.values[i] ?? {};
    const [from, to] = [xOf(bar.start), xOf(bar.end)].toSorted((a, b) => a - b);
    const onBar = label.x0 < (to ?? 0) + 1 && (from ?? 0) - 1 < label.x1;
    const onZero = label.x0 < xOf(0) + 1 && xOf(0) - 1 < label.x1;
    return onBar || onZero ? [label.text] : [];
  });
}

describe("waterfall", () => {
  it("starts each bar where the last one ended, and ends at the total", () => {
    fc.assert(
      fc.property(attribution, (rows) => {
        const bars = waterfallBars(rows);
        bars.slice(1).forEach((bar, i) => {
          const before = bars[i]?.end ?? Number.NaN;
          expect(bar.role.startsWith("leg") || bar.role === "total" ? bar.end : bar.start).toBeCloseTo(
            bar.role.startsWith("leg") && bar.start === before ? before + bar.value : before,
            9,
          );
        });
        expect(bars.at(-1)).toMatchObject({ start: 0 });
        expect(bars.at(-1)?.end).toBeCloseTo(sumOf(rows.filter(({ role }) => role.startsWith("leg"))), 9);
      }),
      runs,
    );
  });

  it("prints each value beside its bar: on no bar and not on the zero line", () => {
    fc.assert(
      fc.property(attribution, (rows) => {
        const spec = waterfall({ rows }, words);
        expect(touching(spec, rows.length)).toEqual([]);
      }),
      runs,
    );
  });

  it("refuses rows that do not add up", () => {
    expect(() => waterfallBars([row("a", 0.1, "part-long"), row("leg", 0.2, "leg-long")])).toThrow(
      RangeError,
    );
    expect(() => waterfallBars([row("a", 0.1, "leg-long"), row("total", 0.2, "total")])).toThrow(/add up/);
  });

  it("spans a leg over its parts and lets a leg without parts add on", () => {
    const bars = waterfallBars(pairRows);
    expect(bars[5]?.start).toBeCloseTo(0.014);
    expect(bars[5]?.end).toBeCloseTo(0.067);
    const bare = waterfallBars([
      row("long", 0.02, "leg-long"),
      row("short", -0.05, "leg-short"),
      row("all", -0.03, "total"),
    ]);
    expect(bare.map(({ start, end }) => [start, end])).toEqual([
      [0, 0.02],
      [0.02, 0.02 - 0.05],
      [0, -0.03],
    ]);
  });

  it("tints parts, fills legs, and leaves negative parts hollow", () => {
    const bars = dataLayers(waterfall({ rows: pairRows }, words)).find(
      ({ data }) => data.values.length === 7,
    );
    expect(bars?.data.values.map(({ fill, outline }) => [fill, outline])).toEqual([
      [palette.deepTint, palette.deep],
      [palette.paper, palette.deep],
      [palette.deep, palette.deep],
      [palette.ochreTint, palette.ochre],
      [palette.ochreTint, palette.ochre],
      [palette.ochre, palette.ochre],
      [palette.ink, palette.ink],
    ]);
  });

  it("keeps labels apart and inside whatever the signs", () => {
    fc.assert(
      fc.property(attribution, (rows) => {
        const data = { rows: rows.map((each) => ({ ...each, share: "100%" })), shareHead: "share of total" };
        expect(collisions(waterfall(data, words), words)).toEqual([]);
        expect(collisions(waterfall(data, zh), zh)).toEqual([]);
      }),
      runs,
    );
  });
});

describe("lines", () => {
  it("level line: level, zone, highest and end labels never touch", () => {
    fc.assert(
      fc.property(
        walk,
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom("beside" as const, "wide" as const),
        (points, at, size) => {
          const known = points.filter(
            (point): point is { day: string; value: number } => point.value !== null,
          );
          const top = known.reduce((a, b) => (b.value > a.value ? b : a));
          const low = Math.min(...known.map((point) => point.value));
          const level = low + ((top.value - low) * at) / 100 + 1;
          const data = {
            size,
            unit: "points" as const,
            points,
            endLabel: "6,912.4",
            level: { value: level, label: "7,000" },
            zone: { from: level * 0.98, to: level, label: "zone of the test" },
            highest: { ...top, label: "6,978.6", dateLabel: "27 January" },
          };
          expect(collisions(levelLine(data, words), words)).toEqual([]);
          expect(collisions(levelLine(data, zh), zh)).toEqual([]);
        },
      ),
      runs,
    );
  });

  it("cumulative lines: names at the ends never touch, in either edition", () => {
    const lines = fc.array(fc.record({ name, points: walk, context: fc.boolean() }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(lines, (some) => {
        const data = {
          size: "beside" as const,
          unit: "points" as const,
          lines: some.map((each) => ({ ...each, label: "−84.0" })),
        };
        expect(collisions(cumulativeLines(data, words), words)).toEqual([]);
        expect(collisions(cumulativeLines(data, zh), zh)).toEqual([]);
      }),
      runs,
    );
  });

  it("cumulative lines: ends that meet have labels at least 1.5 mm apart, with leaders to what was moved", () => {
    const points = [
      { day: "2026-01-01", value: 0 },
      { day: "2026-02-11", value: 84 },
    ];
    const lines = ["a", "b", "c"].map((name) => ({ name, label: "84.0", points }));
    const spec = cumulativeLines({ size: "beside", unit: "points", lines }, words);
    const ends = textBoxes(spec, words).filter(({ text }) => text === "84.0");
    expect(ends.slice(1).map((end, i) => end.y0 - (ends[i]?.y1 ?? 0) >= labelGap - 1e-9)).toEqual([
      true,
      true,
    ]);
    const leaders = layersOf(spec).find(
      ({ mark }) => mark.type === "rule" && mark.strokeWidth === stroke.leader,
    );
    expect(leaders?.data.values.map(({ colour }) => colour)).toEqual([
      palette.deep,
      palette.ochre,
      palette.tide,
    ]);
  });

  it("cumulative lines: series take their colours in order; context is grey", () => {
    const points = [
      { day: "2026-01-01", value: 0 },
      { day: "2026-02-11", value: 84 },
    ];
    const spec = cumulativeLines(
      {
        size: "beside",
        unit: "points",
        lines: [
          { name: "a", label: "1", points },
          { name: "b", label: "2", points, context: true },
          { name: "c", label: null, points },
          { name: "d", label: "4", points, colour: "plum" },
        ],
      },
      words,
    );
    const lines = layersOf(spec).filter(({ mark }) => mark.type === "line");
    expect(lines.map(({ mark }) => [mark.color, mark.strokeWidth])).toEqual([
      [palette.slate, 0.75],
      [palette.plum, 1.3],
      [palette.ochre, 1.3],
      [palette.deep, 2.1],
    ]);
    expect(printedNames(spec)).not.toContain("c");
  });

  it("index line: annotation and axis labels never touch", () => {
    fc.assert(
      fc.property(walk, fc.nat(), (points, pick) => {
        const known = points.filter((point): point is { day: string; value: number } => point.value !== null);
        const mark = known[pick % known.length];
        if (mark === undefined) return;
        const data = {
          points,
          endLabel: "148.2",
          mark: { ...mark, lines: ["11 February: +6.6%", "largest day since January 2023"] as const },
        };
        expect(collisions(indexLine(data, words), words)).toEqual([]);
        expect(collisions(indexLine(data, zh), zh)).toEqual([]);
      }),
      runs,
    );
  });
});

describe("regimeGrid", () => {
  it("names up to fourteen markets without a touch, wherever they stand", () => {
    const point = fc.record({
      name,
      gap: value,
      percentile: fc.integer({ min: 0, max: 100 }),
      trend: fc.constantFrom("up" as const, "down" as const, "mixed" as const),
    });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 14 }), (points) => {
        const data = {
          points,
          captions: { calm: "Calm", normal: "Normal", high: "High" },
          axes: { gap: "Price against its 200-day average", percentile: "Percentile" },
        };
        expect(collisions(regimeGrid(data, words), words)).toEqual([]);
        expect(collisions(regimeGrid(data, zh), zh)).toEqual([]);
      }),
      { numRuns: 30, seed: 20_260_213 },
    );
  });
});

describe("weekStrip", () => {
  it("keeps both dates readable wherever the weeks stand", () => {
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 40 }),
        value,
        value,
        fc.constantFrom("beside" as const, "wide" as const),
        (weeks, a, b, size) => {
          const data = {
            size,
            weeks,
            current: { value: a, label: "This week +8.2%" },
            match: { value: b, label: "Week to 6 November 2020" },
          };
          expect(collisions(weekStrip(data, words), words)).toEqual([]);
          expect(collisions(weekStrip(data, zh), zh)).toEqual([]);
        },
      ),
      runs,
    );
  });

  it("leaves out weeks that are missing and marks no match where there is none", () => {
    const spec = weekStrip({ weeks: [0.01, null, -0.02], current: { value: 0.03, label: "+3.0%" } }, words);
    expect(layersOf(spec)[0]?.data.values).toEqual([{ value: 0.01 }, { value: -0.02 }]);
    expect(JSON.stringify(spec)).not.toContain(palette.ochre);
  });
});

describe("the days of a time axis", () => {
  const drawn = (days: number, from: number, digits: number, words: ChartWords) =>
    levelLine(
      {
        size: "beside",
        unit: "points",
        points: wave(days, 6500, addDays("2024-01-01", from)),
        endLabel: "8".repeat(digits),
      },
      words,
    );
  const daysBelow = (spec: ReturnType<typeof levelLine>): string[] =>
    layersOf(spec)
      .filter(({ mark }) => mark.type === "text")
      .flatMap(({ data }) => data.values.map(({ text }) => String(text)))
      .filter((text) => /^\d{4}-\d\d-\d\d$/.test(text));
  const axis = fc.tuple(
    fc.integer({ min: 20, max: 1200 }),
    fc.integer({ min: 0, max: 400 }),
    // Of seven digits the English label needs a little more than the fixed margin, and the Chinese does not.
    fc.constantFrom(7, 7, 7, 5, 14),
  );
  const plain = (own: ChartWords): ChartWords => ({ ...own, day: (day) => day });

  it("are the same in both editions, also where one needs a wider margin than the other", () => {
    let differed = 0;
    fc.assert(
      fc.property(axis, (each) => {
        const [first, second] = [plain(words), plain(zh)].map((own) => drawn(...each, own));
        if (first === undefined || second === undefined) throw new RangeError("drawn");
        if (frameOf(first).padding.right !== frameOf(second).padding.right) differed++;
        expect(daysBelow(second)).toEqual(daysBelow(first));
        expect(daysBelow(first).length).toBeGreaterThan(0);
      }),
      { ...runs, numRuns: 400 },
    );
    expect(differed).toBeGreaterThan(100);
  });

  it("touch neither one another nor the edge, however wide the margin", () => {
    fc.assert(
      fc.property(axis, (each) => {
        for (const own of [words, zh]) expect(collisions(drawn(...each, own), own)).toEqual([]);
      }),
      { ...runs, numRuns: 200 },
    );
  });
});
