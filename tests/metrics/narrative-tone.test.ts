import { describe, expect, it } from "vitest";
import { narrativeTone, narrativeTonePath, toneHistory } from "#src/metrics/narrative-tone.ts";
import type { Path } from "#src/metrics/panel.ts";
import reference from "#tests/fixtures/reference/narratives.json" with { type: "json" };
import { pathGap } from "#tests/metrics/panels.ts";
import { series } from "#tests/metrics/returns-reference.ts";

const tones: readonly Path[] = reference.tones;
const until = (n: number): readonly Path[] => tones.map((path) => Object.freeze(path.slice(0, n)));
const path = narrativeTonePath(tones);

describe("narrativeTone", () => {
  it("agrees with pandas to 1e-11", () => {
    for (const { t, sources, tone } of reference.tone) {
      expect(pathGap([path.tone[t] ?? null], [tone])).toBeLessThan(1e-11);
      expect(
        pathGap(
          path.sources.map((z) => z[t] ?? null),
          sources,
        ),
      ).toBeLessThan(1e-11);
    }
  });

  it.each([105, 202, 285, 420])("as of %d weeks", (n) => {
    const { value } = narrativeTone(until(n));
    expect(value).toEqual({ tone: path.tone[n - 1], sources: path.sources.map((z) => z[n - 1] ?? null) });
  });

  it("needs 104 earlier weeks of a source, and 260 for no caveat", () => {
    const one = (n: number) => narrativeTone([series(n, (i) => (i * 7) % 11)]);
    expect(one(104)).toEqual({
      status: "insufficient",
      value: null,
      n: 103,
      reasons: [{ code: "too-few", need: 104, have: 103 }],
    });
    expect(one(105)).toMatchObject({
      status: "warn",
      n: 104,
      reasons: [{ code: "short-history", need: 260, have: 104 }],
    });
    expect(one(260)).toMatchObject({ status: "warn", n: 259 });
    expect(one(261)).toMatchObject({ status: "ok", n: 260, reasons: [] });
    expect(one(500)).toMatchObject({ status: "ok", n: 260 });
    expect(narrativeTone([])).toMatchObject({ status: "insufficient", n: 0 });
    expect(toneHistory).toEqual({ min: 104, preferred: 260 });
  });

  it("tells of sources that have none", () => {
    const whole = series(300, (i) => (i * 7) % 11);
    expect(narrativeTone([whole, whole.map((v, i) => (i === 299 ? null : v))])).toMatchObject({
      status: "warn",
      reasons: [{ code: "sources-missing", need: 2, have: 1 }],
    });
    expect(narrativeTone([whole, series(300, 1)]).reasons).toEqual([
      { code: "sources-missing", need: 2, have: 1 },
    ]);
  });

  it("does not see a source's unit or level, and sees its latest tone", () => {
    const mapped = narrativeTonePath(tones.map((p) => p.map((v) => (v === null ? null : 4 * v + 100))));
    expect(pathGap(mapped.tone, path.tone)).toBeLessThan(1e-9);
    const other = narrativeTonePath(tones.map((p, i) => (i === 0 ? p.with(419, 9) : p)));
    expect(other.tone[419]).toBeGreaterThan((path.tone[419] ?? 0) + 1);
  });

  it("uses nothing after a week, and what is before it", () => {
    for (const n of [50, 200, 300]) {
      const short = narrativeTonePath(until(n));
      expect(path.tone.slice(0, n)).toEqual(short.tone);
      expect(path.sources.map((z) => z.slice(0, n))).toEqual(short.sources);
    }
    const changed = narrativeTonePath(tones.map((p, i) => (i === 1 ? p.with(310, 9) : p)));
    expect(changed.tone.slice(0, 310)).toEqual(path.tone.slice(0, 310));
    expect(changed.tone[310]).not.toBe(path.tone[310]);
    expect(changed.tone[320]).not.toBe(path.tone[320]);
  });

  it("refuses other lengths and what is no number", () => {
    expect(() => narrativeTone([series(3, 1), series(4, 1)])).toThrow(RangeError);
    expect(() => narrativeTone([series(200, 1).with(3, Number.NaN)])).toThrow(RangeError);
  });
});
