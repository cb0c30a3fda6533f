import { describe, expect, it } from "vitest";
import { unitJump } from "#src/quality/unit-jump.ts";
import { inShort, spoilt, valuesOf, walk } from "#tests/quality/values.ts";

const step = (before: number, after: number, factor: number) =>
  walk(before + after).map((value, i) => (i < before ? value : value * factor));
const found = (kind: Parameters<typeof valuesOf>[0], values: readonly number[]) =>
  inShort(unitJump(valuesOf(kind, values)));

describe("a change of scale that stays", () => {
  it.each(["price", "total-return", "level", "fx", "yield", "ratio", "count", "aum"] as const)(
    "by a hundred or more is one of unit, for a %s",
    (kind) => {
      expect(found(kind, step(20, 20, 100))).toEqual(["unit 20"]);
      expect(found(kind, step(20, 20, 1e-2))).toEqual(["unit 20"]);
      expect(found(kind, step(20, 20, 1e6))).toEqual(["unit 20"]);
      expect(found(kind, step(20, 20, 10))).toEqual([]);
      expect(found(kind, walk(40))).toEqual([]);
    },
  );

  it("comes within a factor of 1.41 to a power of ten", () => {
    const flat = (factor: number) => [...Array(10).fill(3), ...Array(10).fill(3 * factor)];
    expect(found("yield", flat(71))).toEqual(["unit 10"]);
    expect(found("yield", flat(70))).toEqual([]);
    expect(found("yield", flat(141))).toEqual(["unit 10"]);
    expect(found("yield", flat(142))).toEqual([]);
  });

  it("needs three observations on either side", () => {
    expect(found("count", step(20, 3, 100))).toEqual(["unit 3"]);
    expect(found("count", step(20, 2, 100))).toEqual([]);
    expect(found("yield", step(3, 20, 100))).toEqual(["unit 20"]);
    expect(found("yield", step(2, 20, 100))).toEqual([]);
  });

  it.each(["yield", "ratio", "aum"] as const)("is told at once of a %s, whose issue is due", (kind) => {
    expect(found(kind, step(20, 2, 100))).toEqual(["unit 2"]);
    expect(found(kind, step(20, 1, 1e-2))).toEqual(["unit 1"]);
    expect(found(kind, step(20, 1, 10))).toEqual([]);
  });

  it("is forty usual moves of a rate, which may truly fall to a hundredth", () => {
    // Moves by 3 basis points, then from 1.2 per cent to a hundredth of it: 39.6 and 40.2 of them.
    const cut = (usual: number) => [
      ...Array.from({ length: 30 }, (_, i) => 0.012 + (i % 2) * usual),
      ...Array.from({ length: 10 }, (_, i) => 0.00012 + (i % 2) * 1e-6),
    ];
    const from = (usual: number) => (0.012 + usual - 0.00012) / usual;
    expect(from(3.05e-4)).toBeLessThan(40);
    expect(found("yield", cut(3.05e-4))).toEqual([]);
    expect(from(3.04e-4)).toBeGreaterThan(40);
    expect(found("yield", cut(3.04e-4))).toEqual(["unit 10"]);
  });

  it("keeps the two sides apart by five", () => {
    const values = step(10, 10, 100);
    const top = Math.max(...values.slice(0, 10));
    expect(found("yield", spoilt(values, { 15: 5.01 * top }))).toEqual(["unit 10"]);
    expect(found("yield", spoilt(values, { 15: 4.99 * top }))).toEqual([]);
  });

  it("ends where it is undone, and may come again", () => {
    const there = walk(60).map((value, i) => (i >= 20 && i < 40 ? value * 1000 : value));
    const values = valuesOf("yield", there);
    expect(unitJump(values).map(({ days }) => days)).toEqual([values.dates.slice(20, 40)]);
    const twice = there.map((value, i) => (i >= 50 ? value * 1000 : value));
    expect(found("yield", twice)).toEqual(["unit 20", "unit 10"]);
  });

  it("is asked of no tone", () => {
    expect(found("tone", step(20, 20, 100))).toEqual([]);
  });
});

describe("flows in another unit", () => {
  /** Flows of both signs that spread over a factor of fifty. */
  const flows = Array.from(
    { length: 40 },
    (_, i) => (i % 3 === 0 ? -1 : 1) * ([1, 7, 50, 3, 20, 11][i % 6] ?? 0) * 1e6,
  );
  const scaled = (factor: number, at = 20) => flows.map((flow, i) => (i < at ? flow : flow * factor));

  it("are found from two and a half decades on, by a thousand and a million", () => {
    expect(found("flow", flows)).toEqual([]);
    expect(found("flow", scaled(1e3))).toEqual(["unit 20"]);
    expect(found("flow", scaled(1e-6))).toEqual(["unit 20"]);
    expect(found("flow", scaled(100))).toEqual([]);
  });

  it("need eight observations on either side", () => {
    expect(found("flow", scaled(1e6, 32))).toEqual(["unit 8"]);
    expect(found("flow", scaled(1e6, 33))).toEqual([]);
  });

  it("may have one a side that lies with the others, and no more", () => {
    expect(found("flow", spoilt(scaled(1e6), { 25: 1e6 }))).toEqual(["unit 20"]);
    expect(found("flow", spoilt(scaled(1e6), { 25: 1e6, 26: 1e6 }))).not.toContain("unit 20");
  });

  it("are told from zeros, which have no scale", () => {
    expect(found("flow", spoilt(flows, { 10: 0, 20: 0, 30: 0 }))).toEqual([]);
  });
});
