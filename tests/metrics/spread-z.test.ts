import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spreadZ, spreadZPath } from "#src/metrics/spread-z.ts";
import { reference } from "#tests/metrics/pair-trade-reference.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";
import { normals, pairOf } from "#tests/metrics/walks.ts";

const { long, short } = reference.prices;
const path = spreadZPath(long, short).value ?? [];

describe("spreadZ", () => {
  it.each(reference.spread)("agrees with statsmodels to 1e-9 on session %i: %d", (t, z, spread, slope) => {
    const until = (t ?? 0) + 1;
    const found = spreadZ(long.slice(0, until), short.slice(0, until));
    expect(found).toMatchObject({ status: "ok", n: until });
    expect(Math.abs((found.value?.z ?? 99) - (z ?? 0))).toBeLessThan(1e-9);
    expect(Math.abs((found.value?.spread ?? 99) - (spread ?? 0))).toBeLessThan(1e-11);
    expect(Math.abs((found.value?.line.slope ?? 99) - (slope ?? 0))).toBeLessThan(1e-10);
    expect(path[t ?? 0]).toBe(found.value?.z);
  });

  it("needs a session after a whole window: 253 are enough, 252 are not", () => {
    expect(spreadZ(long.slice(0, 253), short.slice(0, 253)).status).toBe("ok");
    expect(spreadZ(long.slice(0, 252), short.slice(0, 252))).toEqual({
      status: "insufficient",
      value: null,
      n: 252,
      reasons: [{ code: "too-few", need: 253, have: 252 }],
    });
    expect(spreadZ([], [])).toMatchObject({ status: "insufficient", n: 0 });
    expect(path).toHaveLength(852);
    expect(path.findIndex((z) => z !== null)).toBe(252);
  });

  it("does not exist where a leg stood still for the window, or both are one", () => {
    const still = { status: "undefined", value: null, reasons: [{ code: "zero-variance" }] };
    const one = { status: "undefined", value: null, reasons: [{ code: "identical-legs" }] };
    expect(spreadZ(series(300, 7), short.slice(0, 300))).toMatchObject(still);
    expect(spreadZ(long.slice(0, 300), series(300, 7))).toMatchObject(still);
    const near = (size: number) =>
      long.slice(0, 300).map((p, t) => p * Math.exp(size * (normals(1, 300)[t] ?? 0)));
    for (const other of [near(0), near(0).map((p) => p ** 2 / 3), near(1e-5)]) {
      expect(spreadZ(long.slice(0, 300), other)).toMatchObject(one);
      expect(spreadZPath(long.slice(0, 300), other).value?.every((z) => z === null)).toBe(true);
    }
    expect(spreadZ(long.slice(0, 300), near(1e-3)).status).toBe("ok");
    expect(spreadZPath(series(300, 7), short.slice(0, 300)).value?.at(-1)).toBeNull();
  });

  it("warns of a line by which both legs are on one side, or one is mostly the other", () => {
    const own = pairOf(4, 260, 0.5);
    const of = (power: number) =>
      spreadZ(
        own.long.map((p) => p ** power),
        own.short,
      );
    expect(of(1)).toMatchObject({ status: "ok", reasons: [] });
    expect(of(-1)).toMatchObject({ status: "warn", reasons: [{ code: "hedge-ratio", need: 0 }] });
    expect(of(6)).toMatchObject({ status: "warn", reasons: [{ code: "hedge-ratio", need: 3 }] });
  });

  it("is undefined for a price that is not positive, and throws for what is no pair", () => {
    for (const z of [spreadZ, spreadZPath]) {
      expect(z(long.with(3, 0), short)).toMatchObject({
        status: "undefined",
        reasons: [{ code: "not-positive" }],
      });
      expect(() => z(long, short.slice(1))).toThrow(RangeError);
      expect(() => z(long.with(3, Number.NaN), short)).toThrow(RangeError);
      expect(() => z(long, short, 2)).toThrow(RangeError);
    }
  });

  it("does not see the unit of a leg, and sees a split that is not recorded", () => {
    fc.assert(
      fc.property(fc.nat(100), fc.constantFrom(0.01, 3, 100), (seed, unit) => {
        const pair = pairOf(seed, 260, 0.9);
        const [own, other] = [
          spreadZ(pair.long, pair.short),
          spreadZ(
            pair.long.map((p) => p * unit),
            pair.short,
          ),
        ];
        expect(other.value?.z).toBeCloseTo(own.value?.z ?? 99, 8);
      }),
      { ...seeded, numRuns: 30 },
    );
    const split = long.map((p, t) => (t === 851 ? p / 2 : p));
    expect(spreadZ(split, short).value?.z).toBeLessThan((path[851] ?? 0) - 10);
  });

  it("rises with the long leg's price today, by an estimate that does not know it", () => {
    const [own, up] = [
      spreadZ(long, short).value,
      spreadZ(long.with(851, (long[851] ?? 0) * 1.1), short).value,
    ];
    expect(up?.line).toEqual(own?.line);
    expect((up?.z ?? 0) - (own?.z ?? 0)).toBeCloseTo(Math.log(1.1) / (own?.line.deviation ?? 1), 9);
  });

  it("says the same of a session whatever comes after it, to the bit, and something else after a change on it", () => {
    for (const cut of [253, 400, 700])
      expect(spreadZPath(long.slice(0, cut), short.slice(0, cut)).value).toEqual(path.slice(0, cut));
    const changed = spreadZPath(long.with(500, 300), short).value ?? [];
    expect(changed[499]).toBe(path[499]);
    expect(changed[500]).not.toBe(path[500]);
    expect(changed[501]).not.toBe(path[501]);
  });
});
