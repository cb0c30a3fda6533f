import { describe, expect, it } from "vitest";
import {
  foreignBuying,
  foreignBuyingPath,
  foreignOwnership,
  ownershipRules,
} from "#src/metrics/foreign-ownership.ts";
import { monthlyStanding } from "#src/metrics/monthly-standing.ts";
import reference from "#tests/fixtures/reference/valuation.json" with { type: "json" };
import { pathGap } from "#tests/metrics/panels.ts";
import { day, series } from "#tests/metrics/returns-reference.ts";

const days = Object.freeze(reference.days.map(day));
const { shares, buying, caps, net } = reference;

describe("foreignOwnership", () => {
  it("is the standing of the share in ten years of month-ends", () => {
    for (const n of [500, 640, 800]) {
      const found = foreignOwnership(days.slice(0, n), shares.slice(0, n));
      const window = monthlyStanding(days.slice(0, n), shares.slice(0, n), [120]).value?.windows[0];
      expect({ status: found.status, n: found.n, reasons: found.reasons }).toEqual({
        status: window?.status,
        n: window?.n,
        reasons: window?.reasons,
      });
      expect(found.value?.share).toBe(shares[n - 1]);
      expect(found.value?.percentile).toBe(window?.value?.percentile);
      expect(found.value?.mean).toBe(window?.value?.mean);
    }
  });

  /** Ten years of month-ends of 1 % to 120 %, in thousandths, and a share of today. */
  const standing = (share: number) => {
    const dates = Array.from({ length: 121 }, (_, i) => {
      const number = 12 * 2016 + 1 + i;
      return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}-20`;
    });
    return foreignOwnership(dates, [...series(120, (i) => (i + 1) / 1000), share]);
  };

  it("is low up to the 25th percentile, and not beyond", () => {
    expect(standing(0.0305).value).toMatchObject({ percentile: 25, isLow: true });
    expect(standing(0.031).value).toMatchObject({ isLow: false });
    expect(standing(0.031).value?.percentile).toBeCloseTo(25.4167, 4);
    expect(standing(0.0305)).toMatchObject({ status: "ok", n: 120 });
  });

  it("needs months enough, a share of today, and shares", () => {
    expect(foreignOwnership(days.slice(0, 100), shares.slice(0, 100))).toMatchObject({
      status: "insufficient",
      value: null,
      reasons: [{ code: "too-few", need: 60 }],
    });
    expect(foreignOwnership(["2026-02-13"], [null])).toMatchObject({ status: "insufficient", n: 0 });
    for (const bad of [-0.001, 1.001, Number.NaN])
      expect(() => foreignOwnership(["2026-02-13"], [bad])).toThrow(RangeError);
    expect(() => foreignOwnership(["2026-02-13"], [])).toThrow(RangeError);
    expect(ownershipRules).toEqual({ months: 120, low: 25, sessions: 20 });
  });
});

describe("foreignBuying", () => {
  const path = foreignBuyingPath(buying, caps);

  it("agrees with pandas at every session", () => {
    expect(pathGap(path, net)).toBeLessThan(1e-14);
    expect(foreignBuying(buying, caps)).toEqual({ status: "ok", value: path.at(-1), n: 20, reasons: [] });
  });

  it("is of 20 sessions, over the market value before them", () => {
    const cap = [400, ...series(20, 999)];
    expect(foreignBuying([50, ...series(20, 1)], cap).value).toBe(0.05);
    expect(foreignBuying(series(20, 1), series(20, 400))).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 21, have: 20 }],
    });
    expect(foreignBuying([50, ...series(20, 1)].with(3, null as never), cap)).toMatchObject({
      status: "insufficient",
      reasons: [{ need: 21, have: 20 }],
    });
    expect(foreignBuying([50, ...series(20, 1)], cap.with(0, 0))).toMatchObject({
      status: "undefined",
      reasons: [{ code: "not-positive" }],
    });
    expect(foreignBuying([], [])).toMatchObject({ status: "insufficient" });
  });

  it("uses nothing after a session, and what is before it", () => {
    for (const n of [10, 21, 45])
      expect(path.slice(0, n)).toEqual(foreignBuyingPath(buying.slice(0, n), caps.slice(0, n)));
    const changed = foreignBuyingPath(buying.with(30, 99), caps);
    expect(changed.slice(0, 30)).toEqual(path.slice(0, 30));
    expect(changed[30]).not.toBe(path[30]);
    expect(foreignBuyingPath(buying, caps.with(10, 9))[30]).not.toBe(path[30]);
  });

  it("refuses other lengths and what is no number", () => {
    expect(() => foreignBuying(buying, caps.slice(1))).toThrow(RangeError);
    expect(() => foreignBuying(buying.with(3, Number.NaN), caps)).toThrow(RangeError);
    expect(() => foreignBuying(buying, caps.with(3, Number.POSITIVE_INFINITY))).toThrow(RangeError);
  });
});
