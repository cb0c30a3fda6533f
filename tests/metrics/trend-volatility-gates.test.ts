import { describe, expect, it } from "vitest";
import { type TrendVolatility, trendVolatility } from "#src/metrics/trend-volatility.ts";
import { weekdays } from "#tests/metrics/weekdays.ts";

const days = weekdays("2012-01-02", 1000);
const at = (closes: readonly number[]): TrendVolatility | null =>
  trendVolatility(days.slice(0, closes.length), Object.freeze([...closes])).value;

/** Between −1 and 1, without a pattern and always the same. */
const wiggle = (t: number): number => 2 * ((Math.abs(Math.sin(12.9898 * (t + 1)) * 43_758.5453) % 1) - 0.5);

describe("the trend", () => {
  /** 800 closes about 100, the year before lower by one, so that the return of twelve months is positive. */
  const base = Array.from({ length: 800 }, (_, t) => (t < 560 ? 99 : 100) + 0.2 * wiggle(t));
  const average = (closes: readonly number[]) =>
    closes.reduce((sum, close) => sum + close, 0) / closes.length;
  /** The close that stands by that fraction above the average of 200 that holds it. */
  const gapped = (closes: readonly number[], gap: number): number => {
    const others = 199 * average(closes.slice(-199));
    return ((1 + gap) * others) / (200 - (1 + gap));
  };
  /** More closes, each at its gap. */
  const followed = (closes: readonly number[], gaps: readonly number[]): readonly number[] => {
    const path = [...closes];
    for (const gap of gaps) path.push(gapped(path, gap));
    return path;
  };
  const extended = (...gaps: readonly number[]) => followed(base, gaps);
  const loss = base.map((close, t) => (t < 560 ? close + 2 : close));

  it("is mixed before, inside the band", () => {
    expect(at(base)?.trend).toBe("mixed");
  });

  it("is up after three sessions more than 2 % above the average, not after two", () => {
    expect(at(extended(0.03, 0.03))?.trend).toBe("mixed");
    expect(at(extended(0.03, 0.03, 0.03))?.trend).toBe("up");
    expect(at(extended(0.03, 0.03, 0.03))?.since).toBe(days[802]);
    // Two, an interruption, two more: never three running.
    expect(at(extended(0.03, 0.03, 0.01, 0.03, 0.03))?.trend).toBe("mixed");
  });

  it("needs more than 2 % on the third session as well", () => {
    expect(at(extended(0.03, 0.03, 0.02 + 1e-9))?.trend).toBe("up");
    expect(at(extended(0.03, 0.03, 0.02 - 1e-9))?.trend).toBe("mixed");
    expect(at(extended(0.03, 0.03, 0.02 - 1e-9))?.priceToAverage).toBeCloseTo(0.02 - 1e-9, 12);
  });

  it("stays up through two sessions inside the band, and not through three", () => {
    expect(at(extended(0.03, 0.03, 0.03, 0.01, 0.01))).toMatchObject({ trend: "up", since: days[802] });
    expect(at(extended(0.03, 0.03, 0.03, 0.01, 0.01, 0.01))?.trend).toBe("mixed");
  });

  it("needs a positive return of twelve months without the last, on all three sessions", () => {
    const closes = extended(0.03, 0.03, 0.03);
    const [last, year, month] = [802, 802 - 252, 802 - 21];
    const monthAgo = closes[month] ?? 0;
    expect(closes).toHaveLength(last + 1);
    // The close of a year ago exactly as high as that of a month ago: no return; a little lower: some.
    expect(at(closes.with(year, monthAgo))).toMatchObject({ momentum: 0, trend: "mixed" });
    expect(at(closes.with(year, monthAgo * (1 - 1e-9)))?.trend).toBe("up");
    expect(at(closes.with(year, monthAgo * (1 + 1e-9)))?.trend).toBe("mixed");
  });

  it("is not up above the average after a year of loss, nor down below it after a year of gain", () => {
    const path = at(followed(loss, [0.03, 0.03, 0.03]));
    expect(path?.momentum).toBeLessThan(0);
    expect(path?.trend).toBe("mixed");
    expect(at(extended(-0.03, -0.03, -0.03))?.trend).toBe("mixed");
  });

  it("is down in the mirror: below the band after a year of loss, each just so", () => {
    const below = (...gaps: readonly number[]) => at(followed(loss, gaps))?.trend;
    expect(below(-0.03, -0.03)).toBe("mixed");
    expect(below(-0.03, -0.03, -0.02 - 1e-9)).toBe("down");
    expect(below(-0.03, -0.03, -0.02 + 1e-9)).toBe("mixed");
    const [closes, year] = [followed(loss, [-0.03, -0.03, -0.03]), 802 - 252];
    const monthAgo = closes[802 - 21] ?? 0;
    expect(at(closes.with(year, monthAgo))).toMatchObject({ momentum: 0, trend: "mixed" });
    expect(at(closes.with(year, monthAgo * (1 + 1e-9)))?.trend).toBe("down");
  });
});

describe("the volatility", () => {
  /** Sample deviation of twenty logarithmic returns that end at a session, a year. */
  const rv = (closes: readonly number[], t: number): number => {
    const r = Array.from({ length: 20 }, (_, i) => Math.log((closes[t - i] ?? 0) / (closes[t - i - 1] ?? 0)));
    const mean = r.reduce((sum, x) => sum + x, 0) / 20;
    return Math.sqrt((252 / 19) * r.reduce((sum, x) => sum + (x - mean) ** 2, 0));
  };
  /** How many earlier volatilities lie below the last one. */
  const below = (closes: readonly number[]): number => {
    const last = closes.length - 1;
    const now = rv(closes, last);
    return Array.from({ length: last - 20 }, (_, i) => rv(closes, 20 + i)).filter((h) => h < now).length;
  };
  /** Closes whose returns have that size, up and down, slowly louder and quieter so that no two volatilities are equal. */
  const walk = (count: number, size: (t: number) => number): readonly number[] => {
    const closes = [100];
    for (let t = 1; t < count; t++)
      closes.push((closes[t - 1] ?? 0) * Math.exp((t % 2 ? 1 : -1) * size(t) + 0.0004 * wiggle(t)));
    return closes;
  };
  const waves =
    (phase: number) =>
    (t: number): number =>
      0.01 * (1 + 0.5 * Math.sin((t - 818) / 40 + phase));
  const [rising, falling] = [walk(818, waves(1.05)), walk(818, waves(3.88))];
  /** The same with a last close moved until exactly `count` earlier volatilities lie below the last. */
  const ranked = (closes: readonly number[], count: number): readonly number[] => {
    let [low, high] = [0, 0.2];
    for (let turn = 0; turn < 60; turn++) {
      const size = (low + high) / 2;
      const path = [...closes, (closes.at(-1) ?? 0) * Math.exp(size)];
      const found = below(path);
      if (found === count) return path;
      if (found < count) low = size;
      else high = size;
    }
    throw new Error(`no last close puts ${count} volatilities below`);
  };
  /** 818 closes, then two sessions ranked so, then one: at the end 800 volatilities come before the last. */
  const story = (start: readonly number[], ...counts: readonly number[]) =>
    at(counts.reduce((closes, count) => ranked(closes, count), start));

  it("is high on the third session at a percentile of 80, and not one place lower", () => {
    // 640 of 800 are 80 %; 639 are 79.875 %.
    expect(story(rising, 660, 660, 640)).toMatchObject({
      rv20Percentile: 80,
      volatility: "high",
      since: days[820],
    });
    expect(story(rising, 660, 660, 639)).toMatchObject({ rv20Percentile: 79.875, volatility: "normal" });
  });

  it("is calm on the third session one place below a percentile of 33, and not at 33", () => {
    // 264 of 800 are 33 %; 263 are 32.875 %.
    expect(story(falling, 258, 258, 263)).toMatchObject({ rv20Percentile: 32.875, volatility: "calm" });
    expect(story(falling, 258, 258, 264)).toMatchObject({ rv20Percentile: 33, volatility: "normal" });
  });
});
