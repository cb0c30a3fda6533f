import { describe, expect, it } from "vitest";
import { asOfPanel } from "#src/domain/as-of.ts";
import type { Remembered, Series } from "#src/domain/series.ts";

const name = { en: "A", "zh-CN": "A" };
const series: Series = {
  id: "A",
  name,
  short: name,
  prose: name,
  kind: "level",
  unit: "unit",
  currency: null,
  calendar: "NYSE",
  frequency: "daily",
  lag: { sessions: 0, hours: 0 },
  tags: [],
  provider: name,
  source: null,
  staleAfter: null,
  decimals: 2,
};
const row = (
  date: string,
  value: number | null,
  recordedAt: number | null = null,
  knownAt: number | null = null,
): Remembered => ({ date, value, recordedAt, knownAt });
/** By the rule, the value of the n-th of January could be read at n. */
const column = (rows: readonly Remembered[], cutoff: number, knowledge?: number) =>
  asOfPanel({
    catalogue: [series],
    gathered: [{ series: "A", observations: rows, gap: null }],
    knownAtRule: (_, date) => Number(date.slice(-2)),
    cutoff,
    ...(knowledge === undefined ? {} : { knowledge }),
    digest: (text) => text,
  }).column("A");
const valuesAt = (rows: readonly Remembered[], cutoff: number, knowledge?: number) =>
  Object.fromEntries(
    column(rows, cutoff, knowledge).dates.map((date, i) => [
      date.slice(-2),
      column(rows, cutoff, knowledge).values[i],
    ]),
  );

describe("a panel of what is remembered", () => {
  // Loaded at once on day 10, corrected on day 20, withdrawn on day 30, and there again on day 40.
  const corrected = [
    row("2026-01-01", 1),
    row("2026-01-01", 1.5, 20),
    row("2026-01-02", 2),
    row("2026-01-02", null, 30),
    row("2026-01-02", 2.5, 40),
  ];

  it("knows a correction from the moment it was loaded, and no as-of before that", () => {
    expect(valuesAt(corrected, 19)).toEqual({ "01": 1, "02": 2 });
    expect(valuesAt(corrected, 20)).toEqual({ "01": 1.5, "02": 2 });
    expect(valuesAt(corrected, 30)).toEqual({ "01": 1.5 });
    expect(valuesAt(corrected, 40)).toEqual({ "01": 1.5, "02": 2.5 });
    expect(valuesAt(corrected, 1)).toEqual({ "01": 1 });
  });

  it("is the same column before the correction, to the digest, whether that is remembered or not", () => {
    const first = corrected.filter(({ recordedAt }) => recordedAt === null);
    expect(column(corrected, 19)).toEqual(column(first, 19));
    expect(column(corrected, 20).digest).not.toBe(column(first, 20).digest);
  });

  it("marks what was recorded as known, what only the rule dates as assumed", () => {
    expect(column([row("2026-01-01", 1)], 19)).toMatchObject({ assumed: true, knownAt: 1 });
    expect(column([row("2026-01-01", 1), row("2026-01-01", 1.5, 20)], 20)).toMatchObject({
      assumed: false,
      knownAt: 20,
    });
  });

  it("does not let the correction of an old vintage take the place of a newer one", () => {
    const vintages = [
      row("2026-01-01", 1, null, 5),
      row("2026-01-01", 1.1, 20, 5),
      row("2026-01-01", 2, null, 9),
    ];
    expect(valuesAt(vintages, 8)).toEqual({ "01": 1 });
    expect(valuesAt(vintages, 19)).toEqual({ "01": 2 });
    expect(valuesAt(vintages, 20)).toEqual({ "01": 2 });
    // Where the newer one is withdrawn, the corrected one stands.
    expect(valuesAt([...vintages, row("2026-01-01", null, 30, 9)], 30)).toEqual({ "01": 1.1 });
  });

  // Loaded and corrected before the rule, or the known-at that came with it, lets it be read.
  it.each([
    ["by the rule", null],
    ["by its known-at", 25],
  ])("takes the correction that came before the value could be read: %s", (_, knownAt) => {
    const early = [row("2026-01-25", 1, null, knownAt), row("2026-01-25", 2, 20, knownAt)];
    expect(valuesAt(early, 24)).toEqual({});
    expect(valuesAt(early, 25)).toEqual({ "25": 2 });
    expect(valuesAt([...early, row("2026-01-25", null, 21, knownAt)], 25)).toEqual({});
    expect(column(early, 25).knownAt).toBe(25);
  });

  it("shows the same days as known today, and none that came later", () => {
    const later = [...corrected, row("2026-01-25", 9), row("2026-01-03", 3, null, 50)];
    expect(valuesAt(later, 19, 60)).toEqual({ "01": 1.5, "02": 2.5 });
    expect(valuesAt(later, 60)).toEqual({ "01": 1.5, "02": 2.5, "03": 3, "25": 9 });
  });
});
