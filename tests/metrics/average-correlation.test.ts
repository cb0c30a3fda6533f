import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { averageCorrelation, averageCorrelationPath } from "#src/metrics/average-correlation.ts";
import reference from "#tests/fixtures/reference/dispersion.json" with { type: "json" };
import { inUnits, noisePanel, pathGap, replaced, sessions } from "#tests/metrics/panels.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const { path: expected, first45 } = reference.correlation;
const returns = inUnits(reference.correlation.returns);

describe("averageCorrelation", () => {
  it("agrees with numpy's mean off the diagonal to 1e-14, while names come and stand still", () => {
    const values = expected.map((row) => row?.[1] ?? null);
    expect(pathGap(averageCorrelationPath(returns), values)).toBeLessThan(1e-14);
    expect(averageCorrelation(returns)).toMatchObject({
      status: "ok",
      n: 60,
      reasons: [],
      value: { names: expected.at(-1)?.[0] },
    });
    expect(new Set(expected.flatMap((row) => row?.[0] ?? [])).size).toBeGreaterThan(2);
  });

  it("needs 45 of 60 sessions, and says when they are fewer than 60", () => {
    const short = averageCorrelation(sessions(returns, 0, 45));
    expect(short).toMatchObject({
      status: "warn",
      n: 45,
      reasons: [{ code: "short-window", need: 60, have: 45 }],
    });
    expect(Math.abs((short.value?.correlation ?? 9) - first45)).toBeLessThan(1e-14);
    expect(averageCorrelation(sessions(returns, 0, 44))).toEqual({
      status: "insufficient",
      value: null,
      n: 44,
      reasons: [{ code: "too-few", need: 45, have: 44 }],
    });
    expect(averageCorrelation(sessions(returns, 0, 59)).status).toBe("warn");
    expect(averageCorrelation(sessions(returns, 0, 60)).status).toBe("ok");
    expect(averageCorrelation([])).toMatchObject({ status: "insufficient", n: 0 });
    expect(averageCorrelation(sessions(returns, 85), 100)).toMatchObject({ status: "warn", n: 75 });
    expect(averageCorrelation(sessions(returns, 86), 100)).toMatchObject({ status: "insufficient", n: 74 });
  });

  it("needs two names that are there throughout and move", () => {
    const [a = [], b = []] = noisePanel(2, 60);
    expect(averageCorrelation([a, b])).toMatchObject({ status: "ok", value: { names: 2 } });
    for (const lost of [b.with(30, Number.NaN).map((r) => (Number.isNaN(r) ? null : r)), series(60, 0.01)]) {
      expect(averageCorrelation([a, lost])).toMatchObject({
        status: "insufficient",
        reasons: [{ code: "too-few", need: 2, have: 1 }],
      });
      expect(averageCorrelationPath([a, lost]).at(-1)).toBeNull();
    }
  });

  it("is 1 for names that move as one, −1/2 for three that cancel, whatever their sizes", () => {
    const [a = [], b = []] = noisePanel(2, 60);
    const value = (panel: readonly (readonly number[])[]) => averageCorrelation(panel).value?.correlation;
    expect(value([a, a.map((r) => 3 * r), a.map((r) => r / 7 + 0.01)])).toBeCloseTo(1, 12);
    expect(value([a, a.map((r) => -2 * r)])).toBeCloseTo(-1, 12);
    const unit = (path: readonly number[]) => {
      const mean = path.reduce((sum, r) => sum + r, 0) / 60;
      const norm = Math.hypot(...path.map((r) => r - mean));
      return path.map((r) => (r - mean) / norm);
    };
    const [u, v] = [unit(a), unit(b)];
    const sum = unit(u.map((r, t) => r + (v[t] ?? 0)));
    const side = unit(u.map((r, t) => r - (v[t] ?? 0)));
    // Three vectors at 120° in the plane that sum and side span.
    const turned = [0, 1, 2].map((k) =>
      sum.map(
        (r, t) => r * Math.cos((2 * Math.PI * k) / 3) + (side[t] ?? 0) * Math.sin((2 * Math.PI * k) / 3),
      ),
    );
    expect(value(turned)).toBeCloseTo(-0.5, 12);
  });

  it("refuses lengths that differ, what is not finite, and a window of one", () => {
    expect(() => averageCorrelation([[0.1, 0.2], [0.1]])).toThrow(RangeError);
    expect(() => averageCorrelationPath([series(60, Number.NaN), series(60, 1)])).toThrow(RangeError);
    expect(() => averageCorrelationPath(returns, 1)).toThrow(RangeError);
  });
});

describe("laws of average correlation", () => {
  const panel = noisePanel(6, 150);

  it("is the mean of all pairs at every session", () => {
    const path = averageCorrelationPath(panel);
    const pairs = panel.flatMap((a, i) => panel.slice(i + 1).map((b) => averageCorrelationPath([a, b])));
    expect(pairs).toHaveLength(15);
    const means = path.map((v, t) => v && pairs.reduce((sum, pair) => sum + (pair[t] ?? 9), 0) / 15);
    expect(pathGap(path, means)).toBeLessThan(1e-13);
  });

  it("does not see the size or the mean of a name, nor the order of names; a sign it does see", () => {
    const path = averageCorrelationPath(panel);
    const size = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), size, size, (i, scale, shift) => {
        const of = (change: (r: number) => number) =>
          averageCorrelationPath(panel.map((p, k) => (k === i ? p.map(change) : p)));
        expect(
          pathGap(
            of((r) => (r * scale) / 7 + shift / 1000),
            path,
          ),
        ).toBeLessThan(1e-11);
        expect(
          pathGap(
            of((r) => -r),
            path,
          ),
        ).toBeGreaterThan(0.01);
      }),
      { ...seeded, numRuns: 10 },
    );
    expect(pathGap(averageCorrelationPath(panel.toReversed()), path)).toBeLessThan(1e-13);
  });

  it("looks at nothing after its day, and at all before", () => {
    const path = averageCorrelationPath(panel);
    expect(averageCorrelationPath(sessions(panel, 0, 131))).toEqual(path.slice(0, 131));
    const changed = averageCorrelationPath(replaced(panel, 2, 131, 0.2));
    expect(changed.slice(0, 131)).toEqual(path.slice(0, 131));
    expect(changed[131]).not.toBe(path[131]);
  });
});
