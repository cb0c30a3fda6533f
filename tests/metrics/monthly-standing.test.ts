import { describe, expect, it } from "vitest";
import { longRunWindows, monthlyStanding } from "#src/metrics/monthly-standing.ts";
import reference from "#tests/fixtures/reference/valuation.json" with { type: "json" };
import { day, series } from "#tests/metrics/returns-reference.ts";

const days = Object.freeze(reference.days.map(day));
const values = Object.freeze(reference.values);
const until = (last: number) => monthlyStanding(days.slice(0, last + 1), values.slice(0, last + 1));
/** The 20th of so many months up to February 2026. */
const months = (n: number): readonly string[] =>
  Object.freeze(
    Array.from({ length: n }, (_, i) => {
      const number = 12 * 2026 + 1 - (n - 1 - i);
      return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}-20`;
    }),
  );
/** So many earlier months alternating about a level, and a value of the last. */
const standing = (earlier: number, value: number, declared = longRunWindows) =>
  monthlyStanding(months(earlier + 1), [...series(earlier, (i) => 15 + (i % 2)), value], declared);

describe("monthlyStanding against the reference", () => {
  it.each(reference.standings)("as of value $last", ({ last, windows, verdict, value, n }) => {
    const found = until(last);
    expect(found).toMatchObject({ status: "ok", n, value: { value, verdict } });
    for (const [i, expected] of windows.entries()) {
      const { n: count, ...rest } = found.value?.windows[i] ?? { n: -1, value: null };
      if (expected === null) {
        expect(rest).toMatchObject({ status: "insufficient", value: null });
        continue;
      }
      expect(count).toBe(expected.n);
      expect(rest.value?.mean).toBeCloseTo(expected.mean, 11);
      expect(rest.value?.median).toBeCloseTo(expected.median, 11);
      expect(rest.value?.z).toBeCloseTo(expected.z, 10);
      expect(rest.value?.percentile).toBeCloseTo(expected.percentile, 10);
    }
  });
});

describe("monthlyStanding", () => {
  it("needs 60 months in a window, and three quarters of it", () => {
    const windows = (earlier: number) => standing(earlier, 14).value?.windows ?? [];
    expect(windows(59).map(({ status }) => status)).toEqual(["insufficient", "insufficient", "insufficient"]);
    expect(windows(59)[2]?.reasons).toEqual([{ code: "too-few", need: 60, have: 59 }]);
    expect(windows(60).map(({ status }) => status)).toEqual(["insufficient", "insufficient", "warn"]);
    expect(windows(60)[2]?.reasons).toEqual([{ code: "short-history", need: 180, have: 60 }]);
    expect(windows(89)[0]).toMatchObject({ status: "insufficient", reasons: [{ code: "coverage" }] });
    expect(windows(90)[0]).toMatchObject({ status: "warn", reasons: [{ code: "coverage", need: 0.9 }] });
    expect(windows(107)[0]?.status).toBe("warn");
    expect(windows(108)[0]?.status).toBe("ok");
    expect(windows(134)[1]?.status).toBe("insufficient");
    expect(windows(135)[1]?.status).toBe("warn");
    expect(windows(162)[1]?.status).toBe("ok");
    expect(windows(179)[2]?.status).toBe("warn");
    expect(windows(180)[2]).toMatchObject({ status: "ok", n: 180, reasons: [] });
    expect(windows(300)[0]).toMatchObject({ n: 120 });
  });

  it("says below only where all windows do", () => {
    expect(standing(180, 15.4).value?.verdict).toBe("below");
    expect(standing(180, 15.6).value?.verdict).toBe("above");
    expect(standing(180, 15.5).value?.verdict).toBe("depends");
    expect(standing(134, 15.4).value?.verdict).toBeNull();
    expect(standing(134, 15.4, [120]).value?.verdict).toBe("below");
    // Ten years at 15 or 16 after many at 10: below the mean of the former, above that of all.
    const mixed = [...series(120, 10), ...series(120, (i) => 15 + (i % 2)), 14];
    const found = monthlyStanding(months(241), mixed).value;
    expect(found?.verdict).toBe("depends");
    expect(found?.windows.map((w) => Math.sign(14 - (w.value?.mean ?? 0)))).toEqual([-1, 1, 1]);
  });

  it("counts neither the current month nor months without a value", () => {
    const [dates, path] = [months(181), series(181, (i) => 15 + (i % 2))];
    // An earlier day of the same month, however far out, is no history.
    const withEarlier = monthlyStanding(
      [...dates.slice(0, -1), "2026-02-02", "2026-02-20"],
      [...path.slice(0, -1), 900, 15],
    );
    expect(withEarlier).toEqual(monthlyStanding(dates, [...path.slice(0, -1), 15]));
    const holed: readonly (number | null)[] = [...path.slice(0, -1), 15];
    const hole = monthlyStanding(dates, holed.with(170, null));
    expect(hole.value?.windows[0]?.n).toBe(119);
    // Of a month with several values the last counts.
    const twice = monthlyStanding(
      [...dates.slice(0, 170), "2025-04-02", ...dates.slice(170)],
      [...path.slice(0, 170), 900, ...path.slice(170)],
    );
    expect(twice).toEqual(monthlyStanding(dates, path));
  });

  it("has no z where months do not differ, but a mean and a percentile", () => {
    const found = monthlyStanding(months(181), [...series(180, 15), 14]).value;
    expect(found?.windows[2]).toMatchObject({
      status: "warn",
      value: { mean: 15, median: 15, z: null, percentile: 0 },
      reasons: [{ code: "zero-variance" }],
    });
    expect(found?.verdict).toBe("below");
  });

  it("does not exist without a latest value", () => {
    expect(monthlyStanding(months(181), [...series(180, 15), null])).toMatchObject({
      status: "insufficient",
      value: null,
    });
    expect(monthlyStanding([], [])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("does not see the unit, and sees a month of the past", () => {
    const own = until(799);
    const of = (change: (v: number | null, i: number) => number | null) =>
      monthlyStanding(days, values.map(change));
    const double = of((v) => v && v * 2);
    expect(double.value?.windows.map((w) => w.value?.percentile)).toEqual(
      own.value?.windows.map((w) => w.value?.percentile),
    );
    expect(double.value?.windows.map((w) => w.value?.z)).toEqual(own.value?.windows.map((w) => w.value?.z));
    const other = of((v, i) => (v !== null && i > 700 && i < 720 ? v + 9 : v));
    expect(other.value?.windows[0]?.value?.mean).not.toBe(own.value?.windows[0]?.value?.mean);
  });

  it("refuses other lengths, what is no number and no window", () => {
    const [dates, path] = [months(70), series(70, 15)];
    expect(() => monthlyStanding(dates, path.slice(1))).toThrow(RangeError);
    expect(() => monthlyStanding(dates, path.with(3, Number.NaN))).toThrow(RangeError);
    expect(() => monthlyStanding(dates, path, [])).toThrow(RangeError);
    for (const window of [0, -1, 1.5])
      expect(() => monthlyStanding(dates, path, [window])).toThrow(RangeError);
    expect(longRunWindows).toEqual([120, 180, "full"]);
  });
});
