import { describe, expect, it } from "vitest";
import { olsCusum } from "#src/metrics/cusum.ts";
import { longRunRatio } from "#src/metrics/long-run-ratio.ts";
import breaks from "#tests/fixtures/reference/breaks.json" with { type: "json" };
import { series } from "#tests/metrics/returns-reference.ts";
import { weekdays } from "#tests/metrics/weekdays.ts";

const days = weekdays("2020-01-01", 400);
const test = (values: readonly number[], options?: Parameters<typeof olsCusum>[2]) =>
  olsCusum(days.slice(0, values.length), Object.freeze(values) as number[], options);
const step = series(100, (i) => (i < 40 ? 0 : 5) + (i % 2));

describe("olsCusum agrees with strucchange and sandwich", () => {
  it.each(breaks)("on $name", ({ values, cusum }) => {
    const plain = test(values);
    expect(plain).toMatchObject({ status: "ok", n: values.length, value: { inflation: 1 } });
    expect(plain.value?.statistic).toBeCloseTo(cusum.s0, 10);
    expect(Math.abs((plain.value?.pValue ?? 9) - cusum.p)).toBeLessThan(1e-12);
    expect(plain.value).toMatchObject({ last: cusum.last, date: days[cusum.last] });
    for (const [i, w] of cusum.path.entries()) expect(plain.value?.path[7 * i]).toBeCloseTo(w, 10);
    for (const [longRun, ratio, p] of [
      ["newey-west", cusum.neweyWest, cusum.neweyWestP],
      ["ar1", cusum.ar1, cusum.ar1P],
    ] as const) {
      const { value } = test(values, { longRun });
      expect(value?.inflation).toBeCloseTo(ratio, 10);
      expect(value?.pValue).toBeCloseTo(p, 10);
      expect(value?.statistic).toBeCloseTo(cusum.s0 / Math.sqrt(ratio), 10);
    }
  });

  it("on the Nile: the published 2.951766", () => {
    expect(test(breaks[0]?.values ?? []).value?.statistic).toBeCloseTo(2.951766, 6);
  });
});

describe("olsCusum", () => {
  it("points at the last value before a step, and ends at 0", () => {
    const { value } = test(step);
    expect(value).toMatchObject({ last: 39, date: days[39] });
    expect(value?.path.at(-1)).toBeCloseTo(0, 12);
    expect(value?.path.length).toBe(100);
    expect(value?.pValue).toBeLessThan(1e-5);
  });

  it("has a probability of 1 where nothing wanders, and never more", () => {
    expect(test(series(400, (i) => (i % 2 === 0 ? 1 : -1))).value).toMatchObject({ pValue: 1 });
  });

  it("needs 100 values", () => {
    expect(test(step).status).toBe("ok");
    expect(test(step.slice(1))).toEqual({
      status: "insufficient",
      value: null,
      n: 99,
      reasons: [{ code: "too-few", need: 100, have: 99 }],
    });
    expect(test([])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("does not exist where nothing moves", () => {
    for (const level of [0, 0.1])
      for (const longRun of ["none", "ar1", "newey-west"] as const)
        expect(test(series(120, level), { longRun })).toMatchObject({
          status: "undefined",
          reasons: [{ code: "zero-variance" }],
        });
    expect(test(series(120, 0.1).with(60, 0.2)).status).toBe("ok");
  });

  it("refuses other lengths and what is no number", () => {
    expect(() => olsCusum(days.slice(0, 99), step)).toThrow(RangeError);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => test(step.with(3, bad))).toThrow(RangeError);
  });

  it("does not see unit, origin or sign, and sees one value", () => {
    const own = test(step).value;
    expect(test(step.map((v) => 3 - 64 * v)).value?.statistic).toBeCloseTo(own?.statistic ?? 9, 12);
    expect(test(step.with(10, 9)).value?.statistic).not.toBeCloseTo(own?.statistic ?? 9, 2);
  });
});

describe("longRunRatio", () => {
  it("is never below 1, and 1 if not asked for", () => {
    const turning = series(100, (i) => (i % 2 === 0 ? 1 : -1) + (i % 5) / 50);
    for (const method of ["none", "ar1", "newey-west"] as const)
      expect(longRunRatio(turning, method)).toMatchObject({ status: "ok", value: 1 });
    expect(longRunRatio(step, "ar1").value).toBeGreaterThan(1);
    expect(longRunRatio(step, "newey-west").value).toBeGreaterThan(1);
    expect(longRunRatio(step, "none").value).toBe(1);
  });

  it("needs 20 values", () => {
    expect(
      longRunRatio(
        series(20, (i) => i % 3),
        "ar1",
      ).status,
    ).toBe("ok");
    expect(
      longRunRatio(
        series(19, (i) => i % 3),
        "ar1",
      ),
    ).toMatchObject({ status: "insufficient", n: 19 });
  });
});
