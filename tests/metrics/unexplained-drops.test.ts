import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockLength } from "#src/metrics/block-length.ts";
import { dropReversal } from "#src/metrics/drop-reversal.ts";
import { findDrops, unexplainedDropPath, unexplainedDrops } from "#src/metrics/unexplained-drops.ts";
import names from "#tests/fixtures/reference/names.json" with { type: "json" };
import { relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";

const { market, returns, tags: tagged, ...expected } = names.drops;
const sessions = market.length;
const tags = tagged.map((at) => market.map((_, t) => at.includes(t)));
const abnormal = returns.map((path) => path.map((r, t) => (r === null ? null : r - (market[t] ?? 0))));
const bare = findDrops(returns, tags).filter(({ isExplained }) => isExplained === false);

describe("drops against pandas", () => {
  it("are the same, explained or not", () => {
    const known = (e: number | null | undefined) => (typeof e === "number" ? e === 1 : null);
    expect(findDrops(returns, tags)).toEqual(
      expected.drops.map(([name, at, e]) => ({ name, at, isExplained: known(e) })),
    );
  });

  it("are counted over 63 sessions", () => {
    const path = unexplainedDropPath(returns, tags);
    expect(path.drops).toEqual(expected.shares.map(([all]) => all));
    expect(path.unexplained).toEqual(expected.shares.map(([, some]) => some));
    const shares = expected.shares.map(([all = 0, some = 0]) => (all < 5 ? null : some / all));
    expect(path.share).toEqual(shares);
    expect(shares.filter((share) => share !== null).length).toBeGreaterThan(50);
  });

  it("turn round as far, with the interval of a bootstrap by hand", () => {
    const found = dropReversal(abnormal, bare, { block: expected.block });
    expect(found.status).toBe("ok");
    expect(found.value).toMatchObject({ drops: expected.events, days: expected.days });
    expect(found.value?.reversal).toBeCloseTo(expected.reversal, 12);
    expect(Math.abs((found.value?.interval.low ?? 9) - expected.low)).toBeLessThan(3 * expected.lowError);
    expect(Math.abs((found.value?.interval.high ?? 9) - expected.high)).toBeLessThan(3 * expected.highError);
  });
});

// Up and down by 1 % in turns: 60 of them deviate by √(60/59) per cent, 45 of them by about as much.
const waves = (n: number) => series(n, (t) => (t % 2 === 0 ? 0.01 : -0.01));
const three = 3 * 0.01 * Math.sqrt(60 / 59);
const untagged = (n: number) => [series(n, 0).map(() => false)];
const dropAt = (t: number, r: number, n = 100) => findDrops([waves(n).with(t, r)], untagged(n));

describe("findDrops", () => {
  it("takes three deviations of the 60 sessions before, and not a quantum less", () => {
    expect(dropAt(90, -three - 1e-9)).toEqual([{ name: 0, at: 90, isExplained: false }]);
    expect(dropAt(90, -three + 1e-9)).toEqual([]);
    expect(dropAt(90, 3 * three)).toEqual([]);
  });

  it("needs 45 sessions before", () => {
    expect(dropAt(45, -0.2)).toHaveLength(1);
    expect(dropAt(44, -0.2)).toEqual([]);
  });

  it("does not hold a drop against itself", () => {
    // A fall of 20 % would be within three deviations of a window that it is in.
    expect(dropAt(90, -0.2)).toHaveLength(1);
  });

  it("leaves out a price that stood still", () => {
    expect(findDrops([series(100, 0).with(90, -0.2)], untagged(100))).toEqual([]);
  });

  it.each([
    [88, false],
    [89, true],
    [90, true],
    [91, true],
    [92, false],
  ])("a tag at %d explains one at 90: %s", (tag, isExplained) => {
    const marks = untagged(100).map((path) => path.with(tag, true));
    expect(findDrops([waves(100).with(90, -0.2)], marks)).toEqual([{ name: 0, at: 90, isExplained }]);
  });

  it("does not know of news after the last session", () => {
    expect(dropAt(99, -0.2)).toEqual([{ name: 0, at: 99, isExplained: null }]);
    const marks = untagged(100).map((path) => path.with(98, true));
    expect(findDrops([waves(100).with(99, -0.2)], marks)).toMatchObject([{ isExplained: true }]);
  });

  it("refuses lengths that differ and what is not finite", () => {
    expect(() => findDrops([waves(100)], untagged(99))).toThrow(RangeError);
    expect(() => findDrops([waves(100)], [])).toThrow(RangeError);
    expect(() => findDrops([waves(100), waves(99)], [...untagged(100), ...untagged(99)])).toThrow(RangeError);
    expect(() => findDrops([waves(100).with(3, Number.NaN)], untagged(100))).toThrow(RangeError);
  });
});

describe("unexplainedDrops", () => {
  /** So many names that all fall at one session. */
  const panel = (count: number, at: number, n: number) =>
    [
      series(count, 0).map(() => waves(n).with(at, -0.2)),
      series(count, 0).flatMap(() => untagged(n)),
    ] as const;

  it("needs five drops", () => {
    expect(unexplainedDrops(...panel(4, 90, 100))).toEqual({
      status: "insufficient",
      value: null,
      n: 4,
      reasons: [{ code: "too-few", need: 5, have: 4 }],
    });
    expect(unexplainedDrops(...panel(5, 90, 100))).toMatchObject({
      status: "warn",
      n: 5,
      value: { drops: 5, unexplained: 5, share: 1, percentile: null },
    });
    expect(unexplainedDrops([], [])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("counts a drop from the day after it to the 63rd", () => {
    const counts = unexplainedDropPath(...panel(5, 90, 200)).drops;
    expect([counts[90], counts[91], counts[153], counts[154]]).toEqual([0, 5, 5, 0]);
  });

  it("ranks the share in its own history", () => {
    expect(unexplainedDrops(returns, tags).value?.percentile).toBeCloseTo(expected.percentile, 10);
    // Five names fall every 61 sessions, and are always explained; then once they are not.
    const n = 900;
    const falling = series(5, 0).map(() => waves(n).map((r, t) => (t > 60 && t % 61 === 0 ? -0.5 : r)));
    const last = Math.floor((n - 2) / 61) * 61;
    const marks = falling.map((path) => path.map((_, t) => t % 61 === 0 && t < last));
    const share = unexplainedDrops(falling, marks);
    expect(share.value?.percentile ?? 0).toBeGreaterThan(90);
    expect(share.value?.share).toBe(1);
  });

  it("the past does not change when sessions are added", () => {
    const whole = unexplainedDropPath(returns, tags);
    for (const n of [200, 333, sessions - 1]) {
      const part = unexplainedDropPath(
        returns.map((path) => path.slice(0, n)),
        tags.map((path) => path.slice(0, n)),
      );
      expect(part.drops).toEqual(whole.drops.slice(0, n));
      expect(part.unexplained).toEqual(whole.unexplained.slice(0, n));
      expect(part.share).toEqual(whole.share.slice(0, n));
    }
    const at = bare.at(-1)?.at ?? 0;
    const gone = unexplainedDropPath(
      returns.map((path) => path.with(at, 0)),
      tags,
    );
    expect(gone.drops[at + 1]).not.toBe(whole.drops[at + 1]);
  });
});

describe("dropReversal", () => {
  const n = 400;
  /** Falls of 10 % every 20 sessions, of which the next five sessions take back so much each. */
  const shaped = (back: number) =>
    series(n, (t) => (t % 20 === 0 ? -0.1 : t % 20 <= 5 ? back : 0)).map(
      (r, t) => r + 0.001 * Math.sin(t * t),
    );
  const drops = (count: number) => series(count, (i) => 20 * (i + 1)).map((at) => ({ name: 0, at }));

  it("is what was taken back, of what was lost", () => {
    const flat = series(n, (t) => (t % 20 === 0 ? -0.1 : t % 20 <= 5 ? 0.01 : 0));
    expect(dropReversal([flat], drops(15)).value?.reversal).toBeCloseTo(0.5, 12);
    expect(dropReversal([shaped(0.01)], drops(15)).value).toMatchObject({
      isReversed: true,
      drops: 15,
      days: 15,
    });
    expect(dropReversal([shaped(-0.01)], drops(15)).value).toMatchObject({ isReversed: false });
    expect(dropReversal([shaped(-0.01)], drops(15)).value?.reversal ?? 0).toBeLessThan(0);
  });

  it("needs ten days, and counts drops of one day as one", () => {
    expect(dropReversal([shaped(0.01)], drops(9))).toMatchObject({
      status: "insufficient",
      n: 9,
      reasons: [{ code: "too-few", need: 10, have: 9 }],
    });
    expect(dropReversal([shaped(0.01)], drops(10))).toMatchObject({ status: "ok", n: 10 });
    const twice = [...drops(9), ...drops(9).map(({ at }) => ({ name: 1, at }))];
    expect(dropReversal([shaped(0.01), shaped(0.01)], twice)).toMatchObject({ status: "insufficient", n: 9 });
  });

  it("leaves out drops whose days are not over, or lack a return", () => {
    const short = shaped(0.01).slice(0, 205);
    expect(dropReversal([short], drops(10))).toMatchObject({ status: "insufficient", n: 9 });
    expect(dropReversal([shaped(0.01).slice(0, 206)], drops(10)).n).toBe(10);
    const gap: readonly (number | null)[] = shaped(0.01).map((r, t) => (t === 43 ? null : r));
    expect(dropReversal([gap], drops(11)).n).toBe(10);
  });

  it("does not exist where the drops are no fall", () => {
    const rise = shaped(0.01).map((r) => -r);
    expect(dropReversal([rise], drops(12))).toMatchObject({
      status: "undefined",
      reasons: [{ code: "no-fall" }],
    });
  });

  it("chooses the block by the days, and keeps the seed", () => {
    const found = dropReversal([shaped(0.01)], drops(15));
    const after = drops(15).map(({ at }) =>
      shaped(0.01)
        .slice(at + 1, at + 6)
        .reduce((sum, r) => sum + r, 0),
    );
    expect(found.value?.interval).toMatchObject({ block: blockLength(after).value, seed: 20_260_213 });
    expect(dropReversal([shaped(0.01)], drops(15))).toEqual(found);
    expect(dropReversal([shaped(0.01)], drops(15), { seed: 1 })).not.toEqual(found);
  });

  it("does not see leverage or the order of the drops", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (tenths) => {
        const path = shaped(0.01);
        const [one, other] = [
          dropReversal([path], drops(12)),
          dropReversal([path.map((r) => (r * tenths) / 10)], drops(12).toReversed()),
        ];
        const ends = (of: typeof one) => [of.value?.reversal ?? 0, of.value?.interval.low ?? 0];
        expect(relativeGap(ends(other), ends(one))).toBeLessThan(1e-9);
      }),
      { ...seeded, numRuns: 5 },
    );
  });

  it("refuses drops that are none of its sessions, and what is not finite", () => {
    for (const drop of [
      { name: 1, at: 3 },
      { name: 0, at: n },
      { name: 0, at: -1 },
      { name: 0.5, at: 3 },
    ])
      expect(() => dropReversal([shaped(0.01)], [drop])).toThrow(RangeError);
    expect(() => dropReversal([shaped(0.01).with(3, Number.NaN)], [])).toThrow(RangeError);
    expect(() => dropReversal([[0.1], []], [])).toThrow(RangeError);
  });
});
