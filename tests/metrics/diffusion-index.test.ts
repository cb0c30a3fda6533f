import { describe, expect, it } from "vitest";
import { diffusionIndex, diffusionPath, diffusionRules } from "#src/metrics/diffusion-index.ts";
import type { Panel } from "#src/metrics/panel.ts";
import reference from "#tests/fixtures/reference/narratives.json" with { type: "json" };
import { pathGap, replaced, sessions } from "#tests/metrics/panels.ts";
import { series } from "#tests/metrics/returns-reference.ts";

const excess: Panel = reference.excess;
const mentions: Panel = reference.mentions;
const history = { min: 30, preferred: 60 };
const both = { mentions, history };
const kinds = [
  ["of articles and returns", both, reference.diffusion.both],
  ["of returns alone", { history }, reference.diffusion.returns],
] as const;

describe("diffusionIndex against the reference", () => {
  it.each(kinds)("%s, at every session", (_, options, rows) => {
    const path = diffusionPath(excess, options);
    expect(
      pathGap(
        path,
        rows.map(({ share }) => share),
      ),
    ).toBeLessThan(1e-14);
    expect(rows.some(({ share }) => (share ?? 0) > 0)).toBe(true);
  });

  it.each(kinds)("%s, as of some sessions", (_, options, rows) => {
    for (const t of [40, 59, 88, 109, 136, 159]) {
      const row = rows[t];
      const own = "mentions" in options ? { mentions: sessions(options.mentions, 0, t + 1) } : {};
      const { value, n } = diffusionIndex(sessions(excess, 0, t + 1), { ...own, history });
      expect(n).toBe(row?.n);
      expect(value?.share).toBeCloseTo(row?.share ?? 9, 14);
      expect(value?.hit).toEqual(row?.hit);
      expect(value?.entrants).toEqual(row?.entrants);
      const then = rows[t - 20]?.share ?? null;
      if (then === null) expect(value?.change).toBeNull();
      else expect(value?.change).toBeCloseTo((row?.share ?? 9) - then, 14);
    }
  });
});

/** Industries whose returns alternate about 0 in a deviation of nearly 1, and some numbers at the end. */
const industries = (n: number, last: readonly (number | null)[], then: readonly number[] = []): Panel =>
  Array.from({ length: n }, (_, i) => {
    const path: (number | null)[] = [...series(900, (t) => (t % 2 ? 1 : -1)), last[i] ?? 0];
    return then[i] === undefined ? path : path.with(880, then[i] ?? 0);
  });

describe("diffusionIndex", () => {
  it("counts what is below −1 deviation, and not what is at it", () => {
    // 756 alternating values have a deviation of √(756/755), so that −1.0006622 is hardly at it.
    const edge = Math.sqrt(756 / 755);
    const found = diffusionIndex(industries(10, [-edge * (1 + 1e-9), -edge * (1 - 1e-9), -1, 2, -5]));
    expect(found).toMatchObject({ status: "ok", n: 10, value: { share: 0.2, hit: [0, 4] } });
  });

  it("counts neither what is exactly at a deviation", () => {
    // Of 1, 1, −1, −1 and 0 the mean is 0 and the deviation 1, without a rounding.
    const ending = (last: number): Panel => Array.from({ length: 10 }, () => [1, 1, -1, -1, 0, last]);
    const of = (fell: number, told: number) =>
      diffusionIndex(ending(fell), { mentions: ending(told), history: { min: 5, preferred: 5 } }).value
        ?.share;
    expect(of(-1.001, 1.001)).toBe(1);
    expect(of(-1, 1.001)).toBe(0);
    expect(of(-1.001, 1)).toBe(0);
  });

  it("asks for articles too where there are any", () => {
    const edge = Math.sqrt(756 / 755);
    const told = industries(10, [edge * (1 + 1e-9), edge * (1 - 1e-9), 5, 5]);
    const fell = industries(10, [-5, -5, 0, -5]);
    expect(diffusionIndex(fell, { mentions: told }).value?.hit).toEqual([0, 3]);
    expect(diffusionIndex(fell).value?.hit).toEqual([0, 1, 3]);
  });

  it("spreads where the share has risen and there are entrants", () => {
    const of = (last: readonly number[], then: readonly number[]) =>
      diffusionIndex(industries(10, last, then)).value;
    expect(of([-5, -5], [-5])).toMatchObject({ hit: [0, 1], entrants: [1], change: 0.1, isSpreading: true });
    expect(of([-5, -5], [-5, -5])).toMatchObject({ entrants: [], change: 0, isSpreading: false });
    // One for another: an entrant, and no more of them.
    expect(of([-5, 0], [0, -5])).toMatchObject({
      entrants: [0],
      leavers: [1],
      change: 0,
      isSpreading: false,
    });
    expect(of([0], [-5])).toMatchObject({ share: 0, isSpreading: false });
    expect(of([0], [-5])?.change).toBeCloseTo(-0.1, 14);
  });

  it("knows no entrant of an industry that was not known then", () => {
    const young = industries(10, [-5]).map((path, i) => (i === 0 ? path.with(880, null) : path));
    expect(diffusionIndex(young).value).toMatchObject({ hit: [0], entrants: [], isSpreading: false });
  });

  it("looks back as far as it is told, and needs as many industries as it is told", () => {
    const history = { min: 30, preferred: 60 };
    const few = industries(5, [-5, -5, 0, 0, 0]).map((path) => path.slice(-200));
    expect(diffusionIndex(few, { history })).toMatchObject({ value: null, reasons: [{ code: "too-few" }] });
    // Four elements before, the first was hit already.
    const earlier = few.map((path, i) => (i === 0 ? path.with(-5, -9) : path));
    const found = diffusionIndex(earlier, { history, horizon: 4, least: 5 });
    expect(found).toMatchObject({ n: 5, value: { share: 0.4, hit: [0, 1], entrants: [1] } });
    expect(found.value?.change).toBeCloseTo(0.2, 12);
    expect(diffusionIndex(earlier, { history, horizon: 3, least: 5 }).value?.entrants).toEqual([0, 1]);
    expect(diffusionPath(earlier, { history, least: 5 }).at(-1)).toBe(0.4);
    expect(diffusionPath(earlier, { history, least: 6 }).at(-1)).toBeNull();
  });

  it("needs ten industries with a z, and three quarters of those given", () => {
    expect(diffusionIndex(industries(9, []))).toEqual({
      status: "insufficient",
      value: null,
      n: 9,
      reasons: [{ code: "too-few", need: 10, have: 9 }],
    });
    const lost = (given: number, missing: number) =>
      diffusionIndex(industries(given, []).map((path, i) => (i < missing ? path.with(900, null) : path)));
    expect(lost(10, 0).status).toBe("ok");
    expect(lost(20, 2).status).toBe("ok");
    expect(lost(20, 3)).toMatchObject({ status: "warn", n: 17, reasons: [{ code: "coverage", need: 0.9 }] });
    expect(lost(20, 5).status).toBe("warn");
    expect(lost(20, 6)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "coverage", need: 0.75 }],
    });
    expect(diffusionIndex([])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("needs 756 earlier sessions", () => {
    const of = (n: number) => diffusionIndex(sessions(industries(10, []), 0, n));
    expect(of(756)).toMatchObject({ status: "insufficient", n: 0 });
    expect(of(757)).toMatchObject({ status: "ok", value: { change: null } });
    expect(of(777).value?.change).toBe(0);
  });

  it("uses nothing after a session, and what is before it", () => {
    const path = diffusionPath(excess, both);
    for (const n of [20, 70, 120])
      expect(path.slice(0, n)).toEqual(
        diffusionPath(sessions(excess, 0, n), { mentions: sessions(mentions, 0, n), history }),
      );
    const own = diffusionPath(excess, { history });
    const changed = diffusionPath(replaced(excess, 3, 130, -1), { history });
    expect(changed.slice(0, 130)).toEqual(own.slice(0, 130));
    expect(changed[130]).not.toBe(own[130]);
  });

  it("refuses articles of other industries, other lengths and what is no number", () => {
    expect(() => diffusionIndex(excess, { mentions: mentions.slice(1), history })).toThrow(RangeError);
    expect(() => diffusionIndex(excess, { mentions: sessions(mentions, 1), history })).toThrow(RangeError);
    expect(() => diffusionIndex(replaced(excess, 1, 50, Number.NaN), { history })).toThrow(RangeError);
    expect(diffusionRules).toEqual({
      horizon: 20,
      mentions: 1,
      returns: -1,
      leastIndustries: 10,
      history: { min: 756, preferred: 756 },
    });
  });
});
