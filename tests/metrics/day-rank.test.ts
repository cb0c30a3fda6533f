import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayRank } from "#src/metrics/day-rank.ts";
import { reference, seeded } from "#tests/metrics/returns-reference.ts";

const { daily } = reference;

describe("dayRank", () => {
  it.each(reference.dayRanks)("agrees with pandas on day %i: %s of 60, %s of 250, %s of all", (...row) => {
    const [at, ofSixty, ofYear, ofAll] = row;
    expect(dayRank(daily, at ?? 0, 60).value).toBe(ofSixty);
    expect(dayRank(daily, at ?? 0, 250).value).toBe(ofYear);
    expect(dayRank(daily, at ?? 0).value).toBe(ofAll);
  });

  it("gives equal days the better rank", () => {
    expect([0, 1, 2, 3].map((at) => dayRank([2, 2, 3, 2], at).value)).toEqual([1, 1, 1, 2]);
  });

  it("needs as many days as it looks at", () => {
    expect(dayRank([1, 2, 3], 2, 3)).toEqual({ status: "ok", value: 1, n: 3, reasons: [] });
    expect(dayRank([1, 2, 3], 2, 4)).toEqual({
      status: "insufficient",
      value: null,
      n: 3,
      reasons: [{ code: "too-few", need: 4, have: 3 }],
    });
  });

  it("sees no later day, and does see an earlier one", () => {
    const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2 });
    fc.assert(
      fc.property(values, (path) => {
        const at = path.length - 2;
        expect(dayRank([...path.slice(0, -1), Number.MAX_VALUE], at)).toEqual(dayRank(path, at));
      }),
      seeded,
    );
    expect(dayRank([5, 1], 1).value).toBe(2);
    expect(dayRank([0, 1], 1).value).toBe(1);
  });

  it.each([
    ["no such day", [1], 1, /position of 1 days, got 1/],
    ["a number that is none", [Number.NaN, 1], 1, /finite/],
  ])("refuses %s", (_, values, at, message) => {
    expect(() => dayRank(values, at)).toThrow(message);
  });
});
