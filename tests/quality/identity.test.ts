import { describe, expect, it } from "vitest";
import { identity } from "#src/quality/identity.ts";
import { spoilt, valuesOf, walk } from "#tests/quality/values.ts";
import { weekdaysTo } from "#tests/sections/days.ts";

const days = weekdaysTo("2026-02-13", 20);
const [a, b] = [walk(20, 50), walk(20, 30)];
const sum = a.map((value, i) => value + (b[i] ?? 0));
const rule = { total: "T", parts: ["A", "B"], tolerance: { amount: 1 } };
/** A part that lacks some days, by position. */
const part = (values: readonly number[], missing: readonly number[] = []) => {
  const has = (_: unknown, i: number): boolean => !missing.includes(i);
  return valuesOf("flow", values.filter(has), { dates: days.filter(has) });
};
const found = (total: readonly number[], missing: readonly number[] = []) =>
  identity(valuesOf("flow", total), [part(a), part(b, missing)], rule).map(
    ({ symptom, days: all }) => `${symptom} ${all.map((day) => days.indexOf(day)).join(" ")}`,
  );

describe("a total", () => {
  it("is the sum of its parts, within the tolerance", () => {
    expect(found(sum)).toEqual([]);
    expect(found(spoilt(sum, { 5: (sum[5] ?? 0) + 1 }))).toEqual([]);
    expect(found(spoilt(sum, { 5: (sum[5] ?? 0) + 1.001 }))).toEqual(["sum 5"]);
    expect(found(spoilt(sum, { 5: 0, 6: 0, 9: 0 }))).toEqual(["sum 5 6", "sum 9"]);
  });

  it("goes on without a part: from three totals in a row", () => {
    expect(found(sum, [17, 18, 19])).toEqual(["parts 17 18 19"]);
    expect(found(sum, [18, 19])).toEqual([]);
    expect(found(sum, [3, 4, 5, 9])).toEqual(["parts 3 4 5"]);
  });

  it("that never had all its parts says nothing", () => {
    expect(found(sum, [...days.keys()])).toEqual([]);
    expect(found(sum, [0, 1, 2, 3])).toEqual([]);
  });

  it("is told in the order of days", () => {
    expect(found(spoilt(sum, { 15: 0 }), [3, 4, 5])).toEqual(["parts 3 4 5", "sum 15"]);
  });
});
