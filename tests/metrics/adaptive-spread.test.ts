import { describe, expect, it } from "vitest";
import { adaptiveSpread, adaptiveSpreadPath } from "#src/metrics/adaptive-spread.ts";
import { blockLength } from "#src/metrics/block-length.ts";
import funds from "#tests/fixtures/reference/funds.json" with { type: "json" };
import { normals } from "#tests/metrics/normals.ts";
import { series } from "#tests/metrics/returns-reference.ts";

const noise = normals(60, 7).map((z) => 0.003 * z);
const flat = series(60, 0);
const about = (drift: number) => noise.map((z) => z + drift);

describe("adaptiveSpread against a bootstrap by hand", () => {
  it.each(funds.adaptive)("with blocks of $block", ({ adaptive, constant, block, ...expected }) => {
    const { value, status } = adaptiveSpread(adaptive, constant, { block });
    expect(status).toBe("ok");
    expect(value?.spread).toBeCloseTo(expected.spread, 13);
    expect(Math.abs((value?.interval.low ?? 9) - expected.low)).toBeLessThan(3 * expected.lowError);
    expect(Math.abs((value?.interval.high ?? 9) - expected.high)).toBeLessThan(3 * expected.highError);
  });
});

describe("adaptiveSpread", () => {
  it("wins, loses, and does neither", () => {
    expect(adaptiveSpread(about(0.004), flat).value).toMatchObject({ isWinning: true, isLosing: false });
    expect(adaptiveSpread(about(-0.004), flat).value).toMatchObject({ isWinning: false, isLosing: true });
    expect(adaptiveSpread(about(0), flat).value).toMatchObject({ isWinning: false, isLosing: false });
  });

  it("chooses the block by the data and keeps the seed", () => {
    const { value } = adaptiveSpread(noise, flat);
    expect(value?.interval).toMatchObject({
      block: blockLength(noise.map(Math.log1p)).value,
      replicates: 2000,
      seed: 20_260_213,
      level: 0.95,
    });
    expect(adaptiveSpread(noise, flat)).toEqual(adaptiveSpread(noise, flat));
    expect(adaptiveSpread(noise, flat, { seed: 2 })).not.toEqual(adaptiveSpread(noise, flat));
  });

  it("needs 45 sessions of 60", () => {
    const first = (n: number) => adaptiveSpread(noise.slice(0, n), flat.slice(0, n));
    expect(first(44)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 45, have: 44 }],
    });
    expect(first(45)).toMatchObject({
      status: "warn",
      n: 45,
      reasons: [{ code: "short-window", need: 60, have: 45 }],
    });
    expect(first(59)).toMatchObject({ status: "warn", n: 59 });
    expect(first(60)).toMatchObject({ status: "ok", n: 60, reasons: [] });
  });

  it("forgets what is older than 60 sessions, and nothing younger", () => {
    const longer = [0.01, ...noise];
    const with61 = (t: number) => adaptiveSpread(longer.with(t, 0.03), [0, ...flat]);
    expect(with61(0)).toEqual(adaptiveSpread(noise, flat));
    expect(with61(1)).not.toEqual(adaptiveSpread(noise, flat));
  });

  it("of two that are one is 0, and neither wins", () => {
    expect(adaptiveSpread(noise, noise).value).toMatchObject({
      spread: 0,
      isWinning: false,
      isLosing: false,
    });
  });

  it("turns over when the two are swapped", () => {
    const [one, other] = [adaptiveSpread(about(0.001), flat).value, adaptiveSpread(flat, about(0.001)).value];
    expect(other?.spread).toBeCloseTo(-(one?.spread ?? 0), 13);
    expect(other?.interval.low).toBeCloseTo(-(one?.interval.high ?? 0), 10);
    expect(other?.isLosing).toBe(one?.isWinning);
  });

  it("does not exist where a day loses everything", () => {
    expect(adaptiveSpread(noise.with(3, -1), flat)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "total-loss" }],
    });
    expect(adaptiveSpread(noise, flat.with(3, -1))).toMatchObject({ status: "undefined" });
  });

  it("refuses lengths that differ and what is not finite", () => {
    expect(() => adaptiveSpread(noise.slice(1), flat)).toThrow(RangeError);
    expect(() => adaptiveSpread(noise.with(0, Number.NaN), flat)).toThrow(RangeError);
    expect(() => adaptiveSpread(noise, flat, { block: 0 })).toThrow(RangeError);
  });

  it("has a path whose last is the spread, and none before sixty sessions", () => {
    const path = adaptiveSpreadPath(noise, flat);
    expect(path.at(-1)).toBeCloseTo(adaptiveSpread(noise, flat).value?.spread ?? Number.NaN, 12);
    expect(adaptiveSpreadPath(noise.slice(0, 59), flat.slice(0, 59)).every((v) => v === null)).toBe(true);
    expect(() => adaptiveSpreadPath(noise.slice(1), flat)).toThrow(RangeError);
    expect(() => adaptiveSpreadPath(noise.with(0, -1), flat)).toThrow(RangeError);
  });
});
