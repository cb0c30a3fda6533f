import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BasketStress,
  basketStress,
  basketStressPath,
  type StressComponent,
  type StressInputs,
  stressOf,
} from "#src/metrics/basket-stress.ts";
import { rollingMax } from "#src/metrics/rolling-max.ts";
import themes from "#tests/fixtures/reference/themes.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const names: readonly StressComponent[] = ["strength", "drawdown", "volatility", "breadth", "volume"];
const [sold, bid] = themes.stress;
if (sold === undefined || bid === undefined) throw new Error("no reference");

const cut = (of: StressInputs, n: number): StressInputs => ({
  basket: of.basket.slice(0, n),
  benchmark: of.benchmark.slice(0, n),
  members: of.members.map((path) => path.slice(0, n)),
  volume: of.volume.slice(0, n),
});

describe("basketStress against pandas", () => {
  it.each([
    ["sold", sold],
    ["bid", bid],
  ] as const)("of a basket that is %s", (_, { rows, ...inputs }) => {
    const paths = basketStressPath(inputs);
    for (const { at, raw, standing } of rows) {
      for (const name of names) {
        const [value, place] = [paths.raw[name][at] ?? null, paths.standing[name][at] ?? null];
        expect([at, name, value === null, place === null]).toEqual([
          at,
          name,
          raw[name] === null,
          standing[name] === null,
        ]);
        expect(value ?? 0).toBeCloseTo(raw[name] ?? 0, 11);
        expect(place ?? 0).toBeCloseTo(standing[name] ?? 0, 8);
      }
    }
  });

  it("names the direction", () => {
    expect(basketStress(sold)).toMatchObject({
      status: "ok",
      n: 5,
      value: { down: 5, up: 2, direction: "down", isStressed: true },
    });
    expect(basketStress(bid)).toMatchObject({
      status: "ok",
      value: { down: 2, up: 5, direction: "up", isStressed: true },
    });
    expect(basketStress(cut(sold, 620)).value?.isStressed).toBe(false);
  });

  it("shows what the score is made from", () => {
    const { value } = basketStress(sold);
    expect(value?.raw.breadth).toBe(1);
    expect(value?.standing.strength).toBe(basketStressPath(sold).standing.strength.at(-1));
  });
});

describe("the tails of stress", () => {
  const calm: BasketStress["standing"] = {
    strength: 0,
    drawdown: 50,
    volatility: 50,
    breadth: 50,
    volume: 0,
  };
  const of = (change: Partial<BasketStress["standing"]>) => stressOf({ ...calm, ...change }).value;

  it.each([
    ["strength", -1.5, -1.499, "down"],
    ["strength", 1.5, 1.499, "up"],
    ["drawdown", 90, 89.99, "down"],
    ["drawdown", 10, 10.01, "up"],
    ["breadth", 90, 89.99, "down"],
    ["breadth", 10, 10.01, "up"],
  ] as const)("%s at %d and not at %d: %s", (name, inside, outside, way) => {
    expect(of({ [name]: inside })).toMatchObject({
      up: Number(way === "up"),
      down: Number(way === "down"),
      direction: way,
    });
    expect(of({ [name]: outside })).toMatchObject({ up: 0, down: 0, direction: "mixed" });
  });

  it.each([
    ["volatility", 90, 89.99],
    ["volume", 1.5, 1.499],
  ] as const)("%s at %d and not at %d, in both directions", (name, inside, outside) => {
    expect(of({ [name]: inside })).toMatchObject({ up: 1, down: 1, direction: "mixed" });
    expect(of({ [name]: outside })).toMatchObject({ up: 0, down: 0 });
  });

  it("are stress from three on, and need a direction of their own", () => {
    const wild = { volatility: 95, volume: 2 };
    expect(of({ ...wild })).toMatchObject({ up: 2, down: 2, isStressed: false });
    expect(of({ ...wild, strength: -2 })).toMatchObject({ down: 3, direction: "down", isStressed: true });
    expect(of({ ...wild, strength: -2, breadth: 5 })).toMatchObject({ direction: "mixed", isStressed: true });
  });

  it("need three components, and have a caveat below five", () => {
    const none = { volume: null, breadth: null };
    expect(stressOf({ ...calm, ...none })).toMatchObject({
      status: "warn",
      n: 3,
      reasons: [{ code: "components-missing", need: 5, have: 3 }],
    });
    expect(stressOf({ ...calm, ...none, drawdown: null })).toEqual({
      status: "insufficient",
      value: null,
      n: 2,
      reasons: [{ code: "too-few", need: 3, have: 2 }],
    });
    expect(basketStress(cut(sold, 200))).toMatchObject({ status: "insufficient", n: 0 });
    expect(basketStress(cut(sold, 0))).toMatchObject({ status: "insufficient", n: 0 });
  });
});

describe("basketStress by what is there", () => {
  const sixMembers = basketStressPath(sold).raw.breadth;

  it("needs five members with an average", () => {
    const without = (count: number) =>
      basketStressPath({ ...sold, members: sold.members.slice(count) }).raw.breadth;
    expect(sixMembers[500]).not.toBeNull();
    expect(without(1)[500]).not.toBeNull();
    expect(without(2)[500]).toBeNull();
  });

  it("does not count a member that is none on the day", () => {
    // The second member has no price from session 630 on.
    const other = sold.members.map((path, i) => (i === 1 ? path.map(() => null) : path));
    const found = basketStressPath({ ...sold, members: other }).raw.breadth;
    expect(found.slice(630)).toEqual(sixMembers.slice(630));
    expect(found.slice(500, 630)).not.toEqual(sixMembers.slice(500, 630));
  });

  it("refuses lengths that differ, and what is not positive and finite", () => {
    for (const bad of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => basketStress({ ...sold, basket: sold.basket.with(3, bad) })).toThrow(RangeError);
      expect(() => basketStress({ ...sold, volume: sold.volume.with(3, bad) })).toThrow(RangeError);
    }
    expect(() => basketStress({ ...sold, volume: sold.volume.slice(1) })).toThrow(RangeError);
    expect(() => basketStress({ ...sold, members: [sold.volume.slice(1)] })).toThrow(RangeError);
  });
});

describe("laws of basket stress", () => {
  it("the past does not change when sessions are added", () => {
    const whole = basketStressPath(sold);
    for (const n of [272, 505, 631]) {
      const found = basketStressPath(cut(sold, n));
      for (const name of names) {
        expect(found.raw[name]).toEqual(whole.raw[name].slice(0, n));
        expect(found.standing[name]).toEqual(whole.standing[name].slice(0, n));
      }
    }
    const moved = basketStressPath({
      ...sold,
      basket: sold.basket.with(599, 50),
      volume: sold.volume.with(599, 1),
    });
    for (const name of ["strength", "drawdown", "volatility", "volume"] as const) {
      expect(moved.standing[name][599]).not.toBe(whole.standing[name][599]);
      expect(moved.standing[name].slice(0, 599)).toEqual(whole.standing[name].slice(0, 599));
    }
  });

  it("a benchmark that falls is strength, a basket in another unit is not", () => {
    const raised = basketStress({ ...sold, basket: sold.basket.map((v) => v && 4 * v) }).value;
    expect(raised?.standing.drawdown).toBe(basketStress(sold).value?.standing.drawdown);
    const weak = { ...sold, benchmark: sold.benchmark.map((v, t) => (v !== null && t > 630 ? v / 2 : v)) };
    expect(basketStress(weak).value?.standing.strength ?? 0).toBeGreaterThan(5);
  });
});

describe("rollingMax", () => {
  it("is the highest of every window, the slow way", () => {
    const values = fc.array(fc.option(fc.integer({ min: -9, max: 9 }), { freq: 8 }), { maxLength: 60 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 12 }), (path, window) => {
        const slow = path.map((_, t) => {
          const last = path.slice(Math.max(0, t - window + 1), t + 1);
          return t + 1 < window || last.some((v) => v === null) ? null : Math.max(...last.map((v) => v ?? 0));
        });
        expect(rollingMax(path, window)).toEqual(slow);
        const n = path.length >> 1;
        expect(rollingMax(path.slice(0, n), window)).toEqual(slow.slice(0, n));
      }),
      seeded,
    );
  });

  it("refuses a window that is none and what is not finite", () => {
    for (const window of [0, -1, 1.5]) expect(() => rollingMax([1], window)).toThrow(RangeError);
    expect(() => rollingMax([Number.NaN], 1)).toThrow(RangeError);
    expect(rollingMax(series(3, 2), 2)).toEqual([null, 2, 2]);
  });
});
