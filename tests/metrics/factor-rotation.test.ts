import { describe, expect, it } from "vitest";
import { factorRotationPath } from "#src/metrics/factor-rotation.ts";
import reference from "#tests/fixtures/reference/noise.json" with { type: "json" };
import { noisePanel, pathGap, sessions } from "#tests/metrics/panels.ts";
import { series } from "#tests/metrics/returns-reference.ts";

const returns = reference.rotation.returns.map((row) => Object.freeze(row.map((v) => v / 1e5)));
const path = factorRotationPath(returns);

describe("factorRotationPath", () => {
  it("agrees with numpy to 1e-12", () => {
    expect(pathGap(path, reference.rotation.path)).toBeLessThan(1e-12);
  });

  // 30 returns make the first volatility, five more the move.
  it("needs 35 returns, and three factors that moved before", () => {
    expect(path.findIndex((v) => v !== null)).toBe(34);
    expect(factorRotationPath(returns.slice(0, 3)).at(-1)).not.toBeNull();
    expect(factorRotationPath(returns.slice(0, 2)).every((v) => v === null)).toBe(true);
    const still = series(90, (t) => (t < 50 ? 0 : 0.01));
    const late = factorRotationPath([...returns.slice(0, 4), still]);
    expect(late.slice(0, 55).every((v) => v === null)).toBe(true);
    expect(late[55]).not.toBeNull();
    expect(factorRotationPath([])).toEqual([]);
  });

  it("is by hand: a factor that moved ±1 % every day and then 1 % a day for five is √5 times as fast", () => {
    const steady = series(60, (t) => (t < 55 ? (t % 2 === 0 ? 0.01 : -0.01) : 0.01));
    expect(factorRotationPath([steady, steady, steady]).at(-1)).toBeCloseTo(Math.sqrt(5), 12);
    expect(factorRotationPath([steady, steady, steady])[54]).toBeCloseTo(1 / Math.sqrt(5), 12);
  });

  it("is about 1 in usual times, and does not see the size of a factor nor its sign", () => {
    const usual = factorRotationPath(noisePanel(5, 3000, 5)).filter((v) => v !== null);
    const meanSquare = usual.reduce((sum, v) => sum + v * v, 0) / usual.length;
    expect(meanSquare).toBeGreaterThan(0.85);
    expect(meanSquare).toBeLessThan(1.2);
    const mapped = factorRotationPath(returns.map((row, i) => row.map((r) => (i % 2 === 0 ? -1 : 9) * r)));
    expect(pathGap(mapped, path)).toBeLessThan(1e-12);
    expect(path.some((v) => v !== null && Math.abs(v - 1) > 0.3)).toBe(true);
  });

  it("looks at nothing after its day; volatility is that of before the five days", () => {
    expect(factorRotationPath(sessions(returns, 0, 60) as typeof returns)).toEqual(path.slice(0, 60));
    const changed = factorRotationPath(returns.map((row) => row.with(60, 0.2)));
    expect(changed.slice(0, 60)).toEqual(path.slice(0, 60));
    // The leap is measured in the volatility before it until the sixth day.
    expect(changed[64]).toBeGreaterThan(8);
    expect(changed[65]).toBeLessThan(2);
  });

  it("refuses lengths that differ and what is not finite", () => {
    expect(() => factorRotationPath(returns.with(1, [0.1]))).toThrow(RangeError);
    expect(() => factorRotationPath(returns.with(1, (returns[1] ?? []).with(3, Number.NaN)))).toThrow(
      RangeError,
    );
  });
});
