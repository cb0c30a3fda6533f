import { describe, expect, it } from "vitest";
import type { Kind } from "#src/domain/series.ts";
import { impossibleValue } from "#src/quality/impossible-value.ts";
import { inShort, spoilt, valuesOf, walk } from "#tests/quality/values.ts";

const found = (kind: Kind, values: readonly number[]) => inShort(impossibleValue(valuesOf(kind, values)));

describe("a price of zero or less", () => {
  it.each(["price", "total-return", "level", "fx", "aum"] as const)("cannot be, for a %s", (kind) => {
    expect(found(kind, walk(60))).toEqual([]);
    expect(found(kind, spoilt(walk(60), { 30: 0 }))).toEqual(["zero 1"]);
    expect(found(kind, spoilt(walk(60), { 30: -5 }))).toEqual(["negative 1"]);
    expect(found(kind, spoilt(walk(60), { 30: 1e-9 }))).toEqual([]);
  });

  it("is set aside alone, each run by itself, wherever it stands", () => {
    const values = valuesOf("price", spoilt(walk(60), { 0: 0, 20: 0, 21: 0, 59: -1 }));
    const suspicions = impossibleValue(values);
    expect(suspicions.map(({ days }) => days.length)).toEqual([1, 2, 1]);
    expect(suspicions.map(({ from }) => from)).toEqual([0, 20, 59].map((i) => values.dates[i]));
  });

  it.each(["flow", "tone"] as const)("is a value like another of a %s", (kind) => {
    expect(found(kind, spoilt(walk(60), { 30: 0, 31: -5 }))).toEqual([]);
  });
});

describe("a negative history", () => {
  // Ten negative, five positive but small, then prices.
  const adjusted = walk(60).map((value, i) => (i < 10 ? -200 + 20 * i : i < 15 ? i : value));

  it("is distorted up to its last negative price", () => {
    const [first] = impossibleValue(valuesOf("price", adjusted));
    expect(first).toMatchObject({ symptom: "over-adjusted", from: valuesOf("price", adjusted).dates[0] });
    expect(first?.days).toHaveLength(10);
  });

  it("takes three negative prices, and at least half of all up to the last", () => {
    const negative = (n: number) => walk(60).map((value, i) => (i < n ? -value : value));
    expect(found("price", negative(3))).toEqual(["over-adjusted 3"]);
    expect(found("price", negative(2))).toEqual(["negative 2"]);
    expect(found("price", spoilt(walk(60), { 1: -1, 3: -1, 5: -1 }))).toEqual(["over-adjusted 6"]);
    expect(found("price", spoilt(walk(60), { 2: -1, 4: -1, 6: -1 }))).toEqual([
      "negative 1",
      "negative 1",
      "negative 1",
    ]);
  });
});

describe("an index that lies below zero as a matter of course", () => {
  const below = (n: number) => walk(100).map((value, i) => (i >= 50 && i < 50 + n ? -value : value));

  it("is no price from one value in twenty on", () => {
    expect(found("level", below(5))).toEqual([]);
    expect(found("level", below(4))).toEqual(["negative 4"]);
    expect(found("price", below(5))).toEqual(["negative 5"]);
  });
});

describe("an index that usually moves by more than 3 per cent", () => {
  const gauge = (move: number) =>
    spoilt(
      Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 50 : 50 * (1 + move))),
      { 30: 0 },
    );

  it("is a gauge, which may be zero", () => {
    expect(found("level", gauge(0.032))).toEqual([]);
    expect(found("level", gauge(0.028))).toEqual(["zero 1"]);
    expect(found("price", gauge(0.032))).toEqual(["zero 1"]);
  });
});

describe("a rate of policy, which moves in steps and may be zero for years", () => {
  const steps = (...levels: readonly (readonly [level: number, sessions: number])[]) =>
    levels.flatMap(([level, sessions]) => Array.from({ length: sessions }, () => level));

  it.each([
    ["that goes to zero and stays", steps([0.0015, 90], [0.0005, 90], [0, 1600], [0.005, 60], [0.0125, 60])],
    ["that falls from one per cent", steps([0.0175, 60], [0.01, 60], [0, 300], [0.0025, 60])],
    [
      "that crosses zero by the basis point",
      Array.from({ length: 240 }, (_, i) => Math.round(12 * Math.sin(i / 20)) / 1e4),
    ],
  ])("%s is left as it is", (_, all) => {
    expect(found("yield", all)).toEqual([]);
  });

  it("whose value is missing for a day is found", () => {
    expect(found("yield", steps([0.0525, 60], [0.055, 60], [0, 1], [0.055, 60], [0.0525, 60]))).toEqual([
      "zero 1",
    ]);
  });
});

describe("a zero out of nowhere", () => {
  // A yield that moves by one hundredth each day, at a level of so many hundredths.
  const yields = (level: number) => Array.from({ length: 40 }, (_, i) => (level + (i % 2)) / 100);
  const zeroAt = (level: number, ...at: readonly number[]) =>
    spoilt(yields(level), Object.fromEntries(at.map((i) => [i, 0])));

  it.each(["yield", "ratio", "count"] as const)(
    "is no %s, where its neighbours are twenty moves away",
    (kind) => {
      expect(found(kind, zeroAt(20, 11))).toEqual(["zero 1"]);
      expect(found(kind, zeroAt(19, 11))).toEqual([]);
    },
  );

  it("is judged by the neighbours that there are", () => {
    expect(found("yield", zeroAt(40, 0))).toEqual(["zero 1"]);
    expect(found("yield", zeroAt(40, 38, 39))).toEqual(["zero 2"]);
    expect(found("yield", zeroAt(19, 39))).toEqual([]);
  });

  it("is real where the yield comes down to it", () => {
    const falling = Array.from({ length: 40 }, (_, i) => Math.max(0, 30 - i) / 100);
    expect(found("yield", falling)).toEqual([]);
    expect(
      found(
        "yield",
        yields(40).map(() => 0),
      ),
    ).toEqual([]);
  });
});
