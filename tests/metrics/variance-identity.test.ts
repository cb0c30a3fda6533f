import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { averageCorrelationPath } from "#src/metrics/average-correlation.ts";
import { rollingVariance } from "#src/metrics/rolling.ts";
import { varianceIdentity, varianceIdentityPath } from "#src/metrics/variance-identity.ts";
import { noisePanel, replaced, sessions } from "#tests/metrics/panels.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";

describe("varianceIdentity", () => {
  const [w, s] = [
    [0.5, 0.3, 0.2],
    [0.3, 0.25, 0.4],
  ] as const;

  it("returns the correlation of the golden case: s_I 0.2345207880 for 0.35", () => {
    const cross = 2 * (w[0] * s[0] * w[1] * s[1] + w[0] * s[0] * w[2] * s[2] + w[1] * s[1] * w[2] * s[2]);
    const index = Math.sqrt(w.reduce((sum, x, i) => sum + (x * (s[i] ?? 0)) ** 2, 0) + 0.35 * cross);
    expect(index).toBeCloseTo(0.234520788, 10);
    expect(varianceIdentity(index, s, w)).toMatchObject({
      status: "ok",
      n: 3,
      value: expect.closeTo(0.35, 14),
    });
    expect(
      varianceIdentity(
        index,
        s,
        w.map((x) => 40 * x),
      ).value,
    ).toBeCloseTo(0.35, 13);
  });

  it("is 1 where the index moves as its names together, and clipped with a warning beyond", () => {
    const whole = w.reduce((sum, x, i) => sum + x * (s[i] ?? 0), 0);
    expect(varianceIdentity(whole * (1 - 1e-12), s, w)).toMatchObject({
      status: "ok",
      value: expect.closeTo(1, 10),
    });
    const beyond = varianceIdentity(whole * 1.01, s, w);
    expect(beyond).toMatchObject({ status: "warn", value: 1, reasons: [{ code: "clipped" }] });
    expect(beyond.reasons[0]?.have).toBeGreaterThan(1);
    // Of two names the least possible is −1: s_I = |w₁s₁ − w₂s₂|.
    expect(varianceIdentity(0.1 + 1e-9, [0.2, 0.4], [0.5, 0.5])).toMatchObject({ status: "ok" });
    expect(varianceIdentity(0.09, [0.2, 0.4], [0.5, 0.5])).toMatchObject({ status: "warn", value: -1 });
  });

  it("needs two names with weight, and two of them that move", () => {
    expect(varianceIdentity(0.2, [0.2, 0.3], [1, 1]).status).toBe("ok");
    expect(varianceIdentity(0.2, [0.2, 0.3], [1, 0])).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 2, have: 1 }],
    });
    expect(varianceIdentity(0.2, [], [])).toMatchObject({ status: "insufficient", n: 0 });
    expect(varianceIdentity(0.2, [0.2, 0], [1, 1])).toMatchObject({
      status: "undefined",
      reasons: [{ code: "zero-variance" }],
    });
  });

  it("refuses what is negative or not finite, and lengths that differ", () => {
    expect(() => varianceIdentity(-0.1, s, w)).toThrow(RangeError);
    expect(() => varianceIdentity(0.1, [0.1, Number.NaN], [1, 1])).toThrow(RangeError);
    expect(() => varianceIdentity(0.1, [0.1, 0.2], [1, -1])).toThrow(RangeError);
    expect(() => varianceIdentity(0.1, s, [1])).toThrow(RangeError);
  });

  it("agrees with the mean of pairs where all correlations are one", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 9 }),
        (percent, sizes) => {
          const [total, squares] = [sizes.reduce((a, b) => a + b, 0), sizes.reduce((a, b) => a + b * b, 0)];
          const rho = percent / 100;
          const index = Math.sqrt(squares + rho * (total ** 2 - squares)) / sizes.length;
          const found =
            varianceIdentity(
              index,
              sizes,
              sizes.map(() => 1),
            ).value ?? 9;
          expect(Math.abs(found - rho)).toBeLessThan(1e-9);
        },
      ),
      seeded,
    );
  });
});

describe("varianceIdentityPath", () => {
  const panel = noisePanel(5, 90);
  const weights = [5, 4, 3, 2, 1].map((w) => series(90, w));
  const index = (panel[0] ?? []).map((_, t) =>
    panel.reduce((sum, p, i) => sum + ((5 - i) / 15) * (p[t] ?? 0), 0),
  );
  const path = varianceIdentityPath(index, panel, weights);

  it("is that of the windows' deviations", () => {
    const deviations = panel.map((p) => Math.sqrt(rollingVariance(p, 60)[80] ?? 0));
    const whole = Math.sqrt(rollingVariance(index, 60)[80] ?? 0);
    expect(path[80]).toBeCloseTo(varianceIdentity(whole, deviations, [5, 4, 3, 2, 1]).value ?? 9, 13);
    expect(path.findIndex((v) => v !== null)).toBe(59);
  });

  // Weighted by w s, the mean of the pairs is the identity; with weights that make w s equal it is the plain mean.
  it("is the plain mean of pairs where all names weigh the same by risk", () => {
    const parity = panel.map((p) => series(90, 1 / Math.sqrt(rollingVariance(p, 60)[89] ?? 1)));
    const total = parity.reduce((sum, w) => sum + (w[0] ?? 0), 0);
    const whole = series(90, (t) =>
      panel.reduce((sum, p, i) => sum + ((parity[i]?.[0] ?? 0) / total) * (p[t] ?? 0), 0),
    );
    expect(varianceIdentityPath(whole, panel, parity)[89]).toBeCloseTo(
      averageCorrelationPath(panel)[89] ?? 9,
      12,
    );
  });

  it("is clipped, and missing below 90 % of the weight or where nothing moves", () => {
    expect(
      varianceIdentityPath(
        index.map((r) => 9 * r),
        panel,
        weights,
      ).at(-1),
    ).toBe(1);
    expect(varianceIdentityPath(index, replaced(panel, 4, 70, null), weights).at(-1)).not.toBeNull();
    expect(varianceIdentityPath(index, replaced(panel, 3, 70, null), weights).at(-1)).toBeNull();
    expect(
      varianceIdentityPath(
        index,
        panel.map(() => series(90, 0.01)),
        weights,
      ).at(-1),
    ).toBeNull();
    expect(
      varianceIdentityPath(
        index.map((r, t) => (t === 70 ? null : r)),
        panel,
        weights,
      ).at(-1),
    ).toBeNull();
    expect(() => varianceIdentityPath(index.slice(1), panel, weights)).toThrow(RangeError);
  });

  it("looks at nothing after its day, and at all before", () => {
    const until = varianceIdentityPath(
      index.slice(0, 75),
      sessions(panel, 0, 75),
      weights.map((w) => w.slice(0, 75)),
    );
    expect(until).toEqual(path.slice(0, 75));
    const later = varianceIdentityPath(index, replaced(panel, 0, 75, 0.1), weights);
    expect(later.slice(0, 75)).toEqual(until);
    expect(later[75]).not.toBe(path[75]);
  });
});
