import { describe, expect, it } from "vitest";
import { abnormalReturnPath } from "#src/metrics/abnormal-returns.ts";
import { noise } from "#tests/sections/surfaces.ts";

const dice = noise(5);
const market = Array.from({ length: 300 }, () => 0.01 * dice());
const asset = market.map((r) => 1.5 * r + 0.01 * dice());
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe("abnormalReturnPath", () => {
  const path = abnormalReturnPath(asset, market);

  it("is what the beta of the sessions before leaves of a return", () => {
    const at = 280;
    const [y, x] = [asset.slice(at - 252, at), market.slice(at - 252, at)];
    const cov = mean(y.map((v, i) => (v - mean(y)) * ((x[i] ?? 0) - mean(x))));
    const beta = cov / mean(x.map((v) => (v - mean(x)) ** 2));
    expect(path[at]).toBeCloseTo((asset[at] ?? 0) - beta * (market[at] ?? 0), 12);
  });

  it("begins once there is a beta, and is missing where a return is", () => {
    expect(path.findIndex((v) => v !== null)).toBe(120);
    expect(path).toHaveLength(300);
    const holed = abnormalReturnPath(
      asset.map((r, t) => (t === 290 ? null : r)),
      market,
    );
    expect(holed[290]).toBeNull();
    expect(holed[289]).toBe(path[289]);
  });

  it("uses nothing that comes later", () => {
    expect(abnormalReturnPath(asset.slice(0, 200), market.slice(0, 200))).toEqual(path.slice(0, 200));
  });
});
