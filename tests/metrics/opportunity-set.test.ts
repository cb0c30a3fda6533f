import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { breadthPath, conditionsOf, opportunitySet } from "#src/metrics/opportunity-set.ts";
import { percentileOfLatest } from "#src/metrics/own-history.ts";
import names from "#tests/fixtures/reference/names.json" with { type: "json" };
import { normals } from "#tests/metrics/normals.ts";
import { relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";

const { members, index, month, quarter } = names.breadth;
const known = (path: readonly (number | null)[]) => path.map((v) => v ?? -9);

describe("breadth against pandas", () => {
  it.each([
    [21, month],
    [63, quarter],
  ])("over %d sessions", (span, { beating, even }) => {
    const found = breadthPath(members, index, span);
    expect(relativeGap(known(found.beating), known(beating))).toBeLessThan(1e-12);
    expect(found.evenLessIndex.map((v) => v === null)).toEqual(even.map((v) => v === null));
    for (const [t, v] of even.entries()) expect(found.evenLessIndex[t] ?? 0).toBeCloseTo(v ?? 0, 13);
  });
});

// So many names that gain 2 % in all, and others that lose 1 %, against an index that stands still.
const level = (n: number, last: number) => series(n, (t) => (t === n - 1 ? last : 100));
const field = (better: number, worse: number, n = 64) => [
  ...series(better, 0).map(() => level(n, 102)),
  ...series(worse, 0).map(() => level(n, 99)),
];
const inputs = (of: ReturnType<typeof field>, history = 64) => ({
  members: of,
  index: level(history, 100),
  dispersion: normals(history, 1),
  correlation: normals(history, 2),
});

describe("breadthPath", () => {
  it("needs 30 members with both prices", () => {
    expect(breadthPath(field(16, 14), level(64, 100), 63).beating.at(-1)).toBe(16 / 30);
    expect(breadthPath(field(15, 14), level(64, 100), 63).beating.at(-1)).toBeNull();
    const gone = field(16, 14).map((path, i): readonly (number | null)[] =>
      i === 0 ? path.map((p, t) => (t === 0 ? null : p)) : path,
    );
    expect(breadthPath(gone, level(64, 100), 63).beating.at(-1)).toBeNull();
    expect(breadthPath(gone, level(64, 100), 62).beating.at(-1)).toBe(16 / 30);
  });

  it("is what equal weights did, less the index", () => {
    const { evenLessIndex } = breadthPath(field(15, 15), level(64, 100.2), 21);
    expect(evenLessIndex.at(-1)).toBeCloseTo(0.005 - 0.002, 12);
    expect(breadthPath(field(30, 0), level(64, 102), 21).beating.at(-1)).toBe(0);
  });

  it("is known at once and never changes", () => {
    for (const span of [21, 63]) {
      const whole = breadthPath(members, index, span);
      for (const n of [0, 30, 64, 90]) {
        const part = breadthPath(
          members.map((path) => path.slice(0, n)),
          index.slice(0, n),
          span,
        );
        expect(part.beating).toEqual(whole.beating.slice(0, n));
        expect(part.evenLessIndex).toEqual(whole.evenLessIndex.slice(0, n));
      }
      const moved = breadthPath(members, index.with(65, 1), span);
      expect(moved.beating[65]).not.toBe(whole.beating[65]);
      expect(moved.beating.slice(0, 65)).toEqual(whole.beating.slice(0, 65));
    }
  });

  it("does not see the units of prices", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 31 }), fc.constantFrom(0.25, 8), (i, unit) => {
        const scaled = members.map((path, j) => path.map((p) => (p !== null && i === j ? p * unit : p)));
        expect(breadthPath(scaled, index, 21)).toEqual(breadthPath(members, index, 21));
      }),
      { ...seeded, numRuns: 10 },
    );
  });

  it("refuses lengths that differ, prices that are none, and a span below 1", () => {
    expect(() => breadthPath(members, index.slice(1), 21)).toThrow(RangeError);
    expect(() => breadthPath(members, index.with(0, 0), 21)).toThrow(RangeError);
    expect(() => breadthPath([index.with(0, Number.NaN)], index, 21)).toThrow(RangeError);
    for (const span of [0, 1.5]) expect(() => breadthPath(members, index, span)).toThrow(RangeError);
  });
});

describe("the conditions of the opportunity set", () => {
  const of = (share: number, dispersionPercentile: number | null, correlationPercentile: number | null) =>
    conditionsOf({ beating: { month: share, quarter: share }, dispersionPercentile, correlationPercentile });

  it("hold from their thresholds on", () => {
    expect(of(0.501, 70, 30)).toEqual([true, true, true]);
    expect(of(0.5, 69.9, 30.1)).toEqual([false, false, false]);
    expect(of(0.6, null, null)).toEqual([true, null, null]);
  });

  it("need more than half over both spans", () => {
    const spans = (m: number | null, q: number | null) =>
      conditionsOf({
        beating: { month: m, quarter: q },
        dispersionPercentile: null,
        correlationPercentile: null,
      })[0];
    expect(spans(0.6, 0.6)).toBe(true);
    expect(spans(0.6, 0.4)).toBe(false);
    expect(spans(0.4, 0.6)).toBe(false);
    expect(spans(0.6, null)).toBeNull();
  });
});

describe("opportunitySet", () => {
  const n = 300;
  const whole = (rise: number, fall: number, dispersion: number, correlation: number) =>
    opportunitySet({
      ...inputs(field(rise, fall, n), n),
      dispersion: normals(n, 1).with(n - 1, dispersion),
      correlation: normals(n, 2).with(n - 1, correlation),
    });

  it("is favourable where two of three hold", () => {
    expect(whole(20, 10, 9, -9)).toMatchObject({ status: "ok", n: 3, value: { met: 3, isFavourable: true } });
    expect(whole(20, 10, 9, 9).value).toMatchObject({ met: 2, isFavourable: true });
    expect(whole(10, 20, 9, 9).value).toMatchObject({ met: 1, isFavourable: false });
    expect(whole(10, 20, -9, 9).value).toMatchObject({ met: 0, isFavourable: false });
  });

  it("shows what it is made from", () => {
    const { value } = whole(20, 10, 1, 0.5);
    expect(value?.beating).toEqual({ month: 2 / 3, quarter: 2 / 3 });
    const ranked = percentileOfLatest(normals(n, 1).with(n - 1, 1), { min: 252, preferred: 2520 }).value;
    expect(value?.dispersionPercentile).toBe(ranked);
  });

  it("needs two conditions that can be told", () => {
    // Too few members: dispersion and correlation remain.
    expect(whole(10, 10, 9, -9)).toMatchObject({
      status: "warn",
      n: 2,
      reasons: [{ code: "components-missing", need: 3, have: 2 }],
      value: { met: 2, isFavourable: true, beating: { month: null, quarter: null } },
    });
    // 253 values rank the last one, 252 do not.
    const short = (count: number) => opportunitySet(inputs(field(20, 10, count), count));
    expect(short(253)).toMatchObject({ status: "ok", n: 3 });
    expect(short(252)).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 2, have: 1 }],
    });
  });

  it("refuses lengths that differ", () => {
    expect(() => opportunitySet({ ...inputs(field(20, 10)), dispersion: [] })).toThrow(RangeError);
  });
});
