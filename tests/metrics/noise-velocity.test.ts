import { describe, expect, it } from "vitest";
import { exceedanceEpisodes, namedCrises } from "#src/metrics/exceedance-episodes.ts";
import { compositePath, labelOf, noiseVelocity } from "#src/metrics/noise-velocity.ts";
import reference from "#tests/fixtures/reference/noise.json" with { type: "json" };
import { pathGap } from "#tests/metrics/panels.ts";
import { plusDays, series } from "#tests/metrics/returns-reference.ts";

const { components, path, today, episodes } = reference.composite;
const named = Object.fromEntries(components.map((values, i) => [`c${i}`, values]));
const uneven = (seed: number, n = 1400) => series(n, (t) => (t * 7919 * seed) % 997);
const three = { a: uneven(1), b: uneven(2), c: uneven(3) };

describe("compositePath", () => {
  it("agrees with the mean of scipy's percentiles to 1e-11, while components come and go", () => {
    const found = compositePath(named);
    expect(pathGap(found.slice(1255), path)).toBeLessThan(1e-11);
    expect(found.slice(0, 1260).every((v) => v === null)).toBe(true);
    expect(path.filter((v) => v !== null).length).toBeGreaterThan(100);
  });

  it("needs three components with 1,260 earlier values each", () => {
    const until = (n: number) => compositePath({ a: uneven(1, n), b: uneven(2, n), c: uneven(3, n) }).at(-1);
    expect(until(1261)).not.toBeNull();
    expect(until(1260)).toBeNull();
    expect(compositePath({ a: three.a, b: three.b }).at(-1)).toBeNull();
    const two = { ...three, c: three.c.with(-1, 0).map((v, t) => (t === 1399 ? null : v)) };
    expect(compositePath(two).at(-1)).toBeNull();
    expect(compositePath({ ...two, d: uneven(5) }).at(-1)).not.toBeNull();
    expect(compositePath({})).toEqual([]);
  });

  it("weighs all alike, and sees no rising map of one", () => {
    const bent = { ...three, b: three.b.map((v) => v ** 3 + 7) };
    expect(compositePath(bent)).toEqual(compositePath(three));
    expect(compositePath({ ...three, b: three.b.map((v) => -v) })).not.toEqual(compositePath(three));
    const high = series(1400, (t) => t);
    expect(compositePath({ a: high, b: high, c: high }).at(-1)).toBe(100);
    const low = high.map((t) => -t);
    expect(compositePath({ a: high, b: high, c: low }).at(-1)).toBeCloseTo(200 / 3, 12);
  });

  it("looks at nothing after its day, and at all before", () => {
    const whole = compositePath(named);
    const first = Object.fromEntries(components.map((values, i) => [`c${i}`, values.slice(0, 1350)]));
    expect(compositePath(first)).toEqual(whole.slice(0, 1350));
    const changed = compositePath({ ...named, c0: (named.c0 ?? []).with(1350, 1e9) });
    expect(changed.slice(0, 1350)).toEqual(whole.slice(0, 1350));
    expect(changed[1350]).not.toBe(whole[1350]);
  });

  it("refuses lengths that differ and what is not finite", () => {
    expect(() => compositePath({ ...three, d: [1] })).toThrow(RangeError);
    expect(() => compositePath({ ...three, d: three.a.with(3, Number.NaN) })).toThrow(RangeError);
  });
});

describe("noiseVelocity", () => {
  it("is the last of both paths with its components", () => {
    const found = noiseVelocity(named, three);
    const value = compositePath(named).at(-1) ?? 9;
    const other = compositePath(three).at(-1) ?? 9;
    expect(found.value?.noise.value).toBe(value);
    expect(found.value?.velocity.value).toBe(other);
    expect(found.value?.both).toBe((value + other) / 2);
    const ranks = Object.values(found.value?.noise.components ?? {});
    expect(ranks.reduce<number>((sum, rank) => sum + (rank ?? 0), 0) / 4).toBeCloseTo(value, 12);
    expect(found.value?.noise.label).toBe(labelOf(value));
  });

  it("says how short its history is, and which components have none", () => {
    expect(noiseVelocity(named, three)).toMatchObject({
      status: "warn",
      n: 1339,
      reasons: [{ code: "short-history", need: 2520, have: 1339 }],
    });
    const long = (n: number) => ({ a: uneven(1, n), b: uneven(2, n), c: uneven(3, n) });
    expect(noiseVelocity(long(2521), long(2521))).toMatchObject({ status: "ok", n: 2520, reasons: [] });
    expect(noiseVelocity(long(2520), long(2520))).toMatchObject({ status: "warn", n: 2519 });
    const more = { ...long(2600), d: series(2600, 0).map(() => null) };
    expect(noiseVelocity(more, long(2600))).toMatchObject({
      status: "warn",
      value: { noise: { components: { d: null } } },
      reasons: [{ code: "components", need: 7, have: 6 }],
    });
  });

  it("is refused where either has fewer than three components", () => {
    for (const found of [
      noiseVelocity({ a: three.a, b: three.b }, three),
      noiseVelocity(three, { a: three.a, b: three.b }),
    ])
      expect(found).toEqual({
        status: "insufficient",
        value: null,
        n: 2,
        reasons: [{ code: "too-few", need: 3, have: 2 }],
      });
    expect(() => noiseVelocity(three, { a: [1], b: [2], c: [3] })).toThrow(RangeError);
  });

  it("is high from 80 and extreme from 95 on", () => {
    expect([0, 79.999, 80, 94.999, 95, 100].map(labelOf)).toEqual([
      "usual",
      "usual",
      "high",
      "high",
      "extreme",
      "extreme",
    ]);
  });
});

describe("exceedanceEpisodes", () => {
  const dates = series(1401, 0).map((_, t) => plusDays("2018-01-01", t));
  const values = [...(components[0] ?? []).map((v) => v ?? 0), today];

  it("agrees with numpy", () => {
    const found = exceedanceEpisodes(dates, values).value ?? [];
    expect(
      found.map(({ start, end, sessions, highest }) => [
        dates.indexOf(start),
        dates.indexOf(end),
        sessions,
        highest,
      ]),
    ).toEqual(episodes);
    expect(exceedanceEpisodes(dates, values).n).toBe(1400);
  });

  const sparse = (...at: readonly number[]) => [...series(100, (t) => (at.includes(t) ? 5 : 1)), 4];
  const spans = (...at: readonly number[]) =>
    exceedanceEpisodes(dates.slice(0, 101), sparse(...at)).value?.map(({ sessions }) => sessions);

  it("parts what is more than 21 sessions apart", () => {
    expect(spans(10, 31)).toEqual([2]);
    expect(spans(10, 32)).toEqual([1, 1]);
    expect(spans(10, 31, 52, 74)).toEqual([3, 1]);
    expect(spans()).toEqual([]);
  });

  it("parts all but neighbours by a gap of 1", () => {
    const found = exceedanceEpisodes(dates.slice(0, 5), [5, 5, 1, 5, 4], [], 1).value;
    expect(found?.map(({ sessions }) => sessions)).toEqual([2, 1]);
  });

  it("counts no day without a value, however low today is, and knows what is missing", () => {
    for (const today of [0, -5])
      expect(exceedanceEpisodes(dates.slice(0, 4), [null, 1, null, today]).value).toMatchObject([
        { start: dates[1], end: dates[1], sessions: 1, highest: 1 },
      ]);
    const without = { status: "insufficient", value: null, reasons: [{ code: "too-few", need: 1, have: 0 }] };
    expect(exceedanceEpisodes(dates.slice(0, 3), [5, 4, null])).toMatchObject(without);
    expect(exceedanceEpisodes(dates.slice(0, 3), [null, null, 4])).toMatchObject(without);
  });

  it("counts days as high as today, and today not", () => {
    const flat = exceedanceEpisodes(dates.slice(0, 4), [3, 2.999, 3, 3]).value;
    expect(flat).toEqual([{ start: "2018-01-01", end: "2018-01-03", sessions: 2, highest: 3, tags: [] }]);
  });

  it("names the times in which its days lie, both ends included", () => {
    const tagsOf = (day: string) =>
      exceedanceEpisodes([day, "2025-01-01"], [5, 4]).value?.flatMap(({ tags }) => tags);
    expect(["2007-07-31", "2007-08-01", "2009-06-30", "2009-07-01"].map(tagsOf)).toEqual([
      [],
      ["GFC"],
      ["GFC"],
      [],
    ]);
    expect(["2020-01-31", "2020-02-01", "2020-06-30", "2020-07-01"].map(tagsOf)).toEqual([
      [],
      ["COVID"],
      ["COVID"],
      [],
    ]);
    const own = [...namedCrises, { name: "mine", from: "2008-01-01", to: "2008-01-01" }];
    expect(exceedanceEpisodes(["2008-01-01", "2025-01-01"], [5, 4], own).value?.[0]?.tags).toEqual([
      "GFC",
      "mine",
    ]);
    // One of its days is enough.
    expect(
      exceedanceEpisodes(["2020-01-31", "2020-02-01", "2020-07-02"], [5, 5, 4]).value?.map(
        ({ tags }) => tags,
      ),
    ).toEqual([["COVID"]]);
    // An episode about a window none of whose high days lies in it has no part in it.
    const around = exceedanceEpisodes(
      ["2020-01-31", "2020-03-01", "2020-07-01", "2020-07-02"],
      [5, 1, 5, 4],
    ).value;
    expect(around).toMatchObject([{ sessions: 2, tags: [] }]);
  });

  it("needs a value today and one before, and refuses what does not fit", () => {
    expect(exceedanceEpisodes(["2020-01-01"], [3])).toMatchObject({ status: "insufficient", n: 0 });
    expect(exceedanceEpisodes(["2020-01-01", "2020-01-02"], [3, null])).toMatchObject({
      status: "insufficient",
    });
    expect(exceedanceEpisodes(["2020-01-01", "2020-01-02", "2020-01-03"], [3, null, 3])).toMatchObject({
      status: "ok",
      n: 1,
    });
    expect(() => exceedanceEpisodes(["2020-01-01"], [3, 4])).toThrow(RangeError);
    expect(() => exceedanceEpisodes(["2020-01-01", "2020-01-02"], [Number.NaN, 4])).toThrow(RangeError);
    expect(() => exceedanceEpisodes(["2020-01-01", "2020-01-02"], [3, 4], [], 0)).toThrow(RangeError);
  });
});
