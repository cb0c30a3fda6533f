import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { around, overlaps, place } from "#src/charts/place.ts";
import { pushApart } from "#src/charts/push.ts";
import { extent, plain } from "#src/charts/text.ts";
import { dayTicks, valueAxis } from "#src/charts/ticks.ts";
import { addDays } from "#src/domain/time.ts";
import { fakeWords } from "#tests/charts/words.ts";

fc.configureGlobal({ seed: 20_260_213 });

const wishes = fc.array(
  fc.record({ at: fc.integer({ min: -50, max: 300 }), height: fc.constantFrom(10, 22) }),
  { maxLength: 6 },
);

describe("pushApart", () => {
  it("keeps the gap, the bounds and the order", () => {
    fc.assert(
      fc.property(wishes, (some) => {
        const middles = pushApart(some, 5, 0, 250);
        const rows = some.map(({ at, height }, i) => ({ at, height, middle: middles[i] ?? Number.NaN }));
        for (const { middle, height } of rows) {
          expect(middle - height / 2).toBeGreaterThanOrEqual(-1e-6);
          expect(middle + height / 2).toBeLessThanOrEqual(250 + 1e-6);
        }
        const sorted = rows.toSorted((a, b) => a.middle - b.middle);
        sorted.slice(1).forEach((row, i) => {
          const before = sorted[i] ?? row;
          expect(row.middle - before.middle).toBeGreaterThanOrEqual(
            (row.height + before.height) / 2 + 5 - 1e-6,
          );
          expect(row.at).toBeGreaterThanOrEqual(before.at);
        });
      }),
    );
  });

  it("moves nothing that need not move", () => {
    const some = [10, 90, 50].map((at) => ({ at, height: 10 }));
    expect(pushApart(some, 5, 0, 250)).toEqual([10, 90, 50]);
  });

  it("shares the move between two that touch", () => {
    const some = [100, 101].map((at) => ({ at, height: 10 }));
    expect(pushApart(some, 5, 0, 250)).toEqual([93, 108]);
  });

  it("shrinks the gap rather than leaving the bounds", () => {
    const some = [0, 0, 0].map((at) => ({ at, height: 10 }));
    expect(pushApart(some, 10, 0, 36)).toEqual([5, 18, 31]);
  });
});

describe("place", () => {
  const words = fakeWords("en");
  const within = { x0: 0, y0: 0, x1: 260, y1: 200 };
  const points = fc.array(
    fc.record({
      x: fc.integer({ min: 0, max: 260 }),
      y: fc.integer({ min: 0, max: 200 }),
      n: fc.integer({ min: 1, max: 14 }),
    }),
    { maxLength: 14 },
  );

  it("puts no label on another nor outside, however crowded the points", () => {
    fc.assert(
      fc.property(points, (some) => {
        const asks = some.map(({ x, y, n }) => {
          const block = [[plain("n".repeat(n))]];
          return { block, anchor: { x, y }, at: around({ x, y }, extent(block, words)) };
        });
        const placed = place(asks, { within, taken: [], marks: [] }, words);
        placed.forEach(({ box }, i) => {
          expect(box.x0).toBeGreaterThanOrEqual(0);
          expect(box.x1).toBeLessThanOrEqual(260 + 1e-6);
          expect(box.y0).toBeGreaterThanOrEqual(0);
          expect(box.y1).toBeLessThanOrEqual(200 + 1e-6);
          for (const other of placed.slice(i + 1)) expect(overlaps(box, other.box)).toBe(false);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("takes the first free position, and joins a label that had to go far to its point", () => {
    const anchor = { x: 100, y: 100 };
    const block = [[plain("name")]];
    const ask = { block, anchor, at: around(anchor, extent(block, words)) };
    const [free] = place([ask], { within, taken: [], marks: [] }, words);
    expect(free).toMatchObject({ align: "left", backed: false, leader: null });
    expect(free?.box.x0).toBe(105);
    const wall = { x0: 60, y0: 70, x1: 140, y1: 130 };
    const [moved] = place([ask], { within, taken: [wall], marks: [] }, words);
    expect(moved?.leader).not.toBeNull();
  });
});

describe("valueAxis", () => {
  it("has three to five lines within its ends, and its ends hold the values", () => {
    const value = fc
      .tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -3, max: 9 }))
      .map(([n, e]) => n * 10 ** e);
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 9 }), fc.boolean(), (values, zero) => {
        fc.pre(new Set(values).size > 1);
        const { domain, ticks } = valueAxis(values, "USD", zero);
        expect(ticks.length).toBeGreaterThanOrEqual(3);
        expect(ticks.length).toBeLessThanOrEqual(5);
        const slack = 1e-9 * Math.max(...domain.map(Math.abs));
        for (const each of [...values, ...ticks]) {
          expect(each).toBeGreaterThanOrEqual(domain[0] - slack);
          expect(each).toBeLessThanOrEqual(domain[1] + slack);
        }
      }),
    );
  });

  it("does not part lines more finely than their labels can tell", () => {
    const { ticks } = valueAxis([100, 101], "points");
    expect(ticks.every(Number.isInteger)).toBe(true);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
  });

  it("shows how a small price moved: the values fill half of the plot at least, whatever their size", () => {
    const rates = [1.02, 1.05, 1.19, 1.2, 1.188, 1.212];
    for (const size of [1, 10, 5, 0.6, 0.007, 1e-4]) {
      const values = rates.map((rate) => rate * size);
      const { domain, ticks } = valueAxis(values, "points");
      expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan((domain[1] - domain[0]) / 2);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
    }
    expect(valueAxis(rates, "points").ticks).toEqual([1.05, 1.1, 1.15, 1.2]);
  });

  it("keeps to whole points from a hundred on, and where all is nothing", () => {
    expect(valueAxis([100.2, 100.3], "points")).toEqual({ domain: [99, 101.3], ticks: [99, 100, 101] });
    expect(valueAxis([0, 0], "points").domain).toEqual([-1, 1]);
  });
});

describe("dayTicks", () => {
  it("shows days for a few weeks, months with the year once, or years", () => {
    expect(dayTicks("2026-01-01", "2026-02-12", 250).map(({ part }) => part)).toEqual([
      "day",
      "day",
      "day",
      "day",
    ]);
    expect(dayTicks("2025-02-14", "2026-02-13", 597).map(({ day, part }) => `${day} ${part}`)).toEqual([
      "2025-03-01 year-month",
      "2025-05-01 month",
      "2025-07-01 month",
      "2025-09-01 month",
      "2025-11-01 month",
      "2026-01-01 year-month",
    ]);
    expect(new Set(dayTicks("2000-01-03", "2026-02-13", 597).map(({ part }) => part))).toEqual(
      new Set(["year"]),
    );
  });

  it("keeps ticks inside and apart", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 200, max: 620 }), (days, width) => {
        const to = addDays("1999-11-17", days);
        const ticks = dayTicks("1999-11-17", to, width);
        expect(ticks.every(({ day }) => day >= "1999-11-17" && day <= to)).toBe(true);
        expect((ticks.length - 1) * 44).toBeLessThanOrEqual(width);
      }),
    );
  });
});
