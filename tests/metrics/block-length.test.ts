import { describe, expect, it } from "vitest";
import { blockLength, longestBlock } from "#src/metrics/block-length.ts";
import reference from "#tests/fixtures/reference/block-length.json" with { type: "json" };
import { relativeGap, series } from "#tests/metrics/returns-reference.ts";

const noise = series(200, (t) => Math.sin(t * t));
const drift = series(200, (t) => t + Math.sin(t * t));
/** Differences of noise: in the long run they do not vary, and the formula divides by next to nothing. */
const differences = series(200, (t) => Math.sin(t * t) - Math.sin((t - 1) ** 2));

describe("blockLength", () => {
  it.each(reference)("is the formula's to 1e-10: coefficient $phi, length $formula", ({ x, formula }) => {
    const found = blockLength(x);
    expect(found).toMatchObject({ status: "ok", n: x.length });
    expect(relativeGap([found.value ?? 0], [formula])).toBeLessThan(1e-10);
  });

  it.each(reference.filter(({ agrees }) => agrees))("is arch's to 1e-10: $arch", ({ x, arch }) => {
    expect(relativeGap([blockLength(x).value ?? 0], [arch])).toBeLessThan(1e-10);
  });

  it("is arch's in nearly all cases", () => {
    expect(reference.filter(({ agrees }) => agrees)).toHaveLength(23);
  });

  it("is longer the longer a series remembers, and no longer than its cap", () => {
    expect(blockLength(noise).value).toBeLessThan(3);
    expect(blockLength(drift).value).toBeGreaterThan(20);
    expect(blockLength(differences).value).toBe(longestBlock(200));
  });

  it("falls back to the cube root below 21 values, and has none below 10", () => {
    expect(blockLength(noise.slice(0, 21)).status).toBe("ok");
    expect(blockLength(noise.slice(0, 20))).toEqual({
      status: "warn",
      value: 3,
      n: 20,
      reasons: [{ code: "fallback-block" }],
    });
    expect(blockLength(noise.slice(0, 10))).toMatchObject({ status: "warn", value: 3 });
    expect(blockLength(noise.slice(0, 9))).toEqual({
      status: "insufficient",
      value: null,
      n: 9,
      reasons: [{ code: "too-few", need: 10, have: 9 }],
    });
  });

  it.each([0, 0.1, 1e9])("falls back where nothing moves from %d", (level) => {
    expect(blockLength(series(100, level))).toMatchObject({
      status: "warn",
      value: 5,
      reasons: [{ code: "fallback-block" }],
    });
  });

  it("does not see unit, sign, origin or direction", () => {
    const { x = [] } = reference.find(({ phi, x: of }) => phi === 0.8 && of.length === 252) ?? {};
    const own = [blockLength(x).value ?? 0];
    for (const change of [(v: number) => 1000 * v, (v: number) => -v, (v: number) => v + 50])
      expect(relativeGap([blockLength(x.map(change)).value ?? 0], own)).toBeLessThan(1e-9);
    expect(relativeGap([blockLength(x.toReversed()).value ?? 0], own)).toBeLessThan(1e-9);
    expect(blockLength(x.with(100, 9)).value).not.toBeCloseTo(own[0] ?? 0, 6);
  });

  it("refuses what is not a number", () => {
    expect(() => blockLength(noise.with(5, Number.NaN))).toThrow(RangeError);
  });
});

describe("longestBlock", () => {
  it.each([
    [30, 10],
    [31, 11],
    [81, 27],
    [100, 30],
    [101, 31],
    [5040, 213],
  ])("of %d is %d", (n, length) => {
    expect(longestBlock(n)).toBe(length);
  });
});
