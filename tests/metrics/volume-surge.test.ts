import { describe, expect, it } from "vitest";
import { surgeRules, volumeSurge } from "#src/metrics/volume-surge.ts";
import { noise } from "#tests/sections/surfaces.ts";

const volumes = (n: number, seed = 3): readonly number[] => {
  const dice = noise(seed);
  return Array.from({ length: n }, () => Math.round(1e6 * Math.exp(0.3 * dice())));
};
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const sums = (all: readonly number[]) => all.slice(4).map((_, t) => mean(all.slice(t, t + 5)) * 5);

describe("volumeSurge", () => {
  it("is the z of the logarithm of five sessions among those that share none with them", () => {
    const all = volumes(900);
    const logs = sums(all).map(Math.log);
    const history = logs.slice(0, -5).slice(-756);
    const m = mean(history);
    const sd = Math.sqrt(history.reduce((s, v) => s + (v - m) ** 2, 0) / (history.length - 1));
    expect(volumeSurge(all).value).toBeCloseTo(((logs.at(-1) ?? 0) - m) / sd, 10);
    expect(volumeSurge(all)).toMatchObject({ status: "ok", n: 756 });
  });

  it("is far above where the last sessions were busy, and the same whatever the unit", () => {
    const busy = volumes(600).map((v, t) => (t >= 595 ? 4 * v : v));
    expect(volumeSurge(busy).value).toBeGreaterThan(5);
    expect(volumeSurge(busy).status).toBe("warn");
    expect(volumeSurge(busy.map((v) => 37 * v)).value).toBeCloseTo(volumeSurge(busy).value ?? 0, 9);
  });

  it("sees neither what comes later nor what is too long ago", () => {
    const all = volumes(1000);
    expect(volumeSurge([...volumes(50, 9), ...all.slice(50)]).value).toBe(volumeSurge(all).value);
    expect(volumeSurge(all.slice(-765)).value).toBe(volumeSurge(all).value);
    expect(volumeSurge(all.slice(-764)).value).not.toBe(volumeSurge(all).value);
  });

  it("needs 252 windows before, and something traded in each", () => {
    // 5 for the first window, 251 more of them, 5 for the latest.
    const least = surgeRules.history.min + 2 * surgeRules.window - 1;
    expect(volumeSurge(volumes(least)).value).not.toBeNull();
    expect(volumeSurge(volumes(least - 1)).reasons).toEqual([{ code: "too-few", need: 252, have: 251 }]);
    expect(volumeSurge([]).status).toBe("insufficient");
    const silent = volumes(400).map((v, t) => (t >= 300 && t < 305 ? 0 : v));
    expect(volumeSurge(silent).reasons).toEqual([{ code: "not-positive" }]);
    expect(volumeSurge(volumes(400).map((v, t) => (t === 300 ? 0 : v))).value).not.toBeNull();
    expect(volumeSurge(volumes(400).map((v, t) => (t === 300 ? -1 : v))).reasons).toEqual([
      { code: "not-positive" },
    ]);
    expect(volumeSurge(volumes(400).map(() => 5)).reasons).toEqual([{ code: "zero-variance" }]);
    expect(() => volumeSurge([Number.NaN])).toThrow(RangeError);
  });
});
