import { describe, expect, it } from "vitest";
import { changeZ } from "#src/metrics/change-z.ts";

/** Levels from a seed, about 100. */
function levelsOf(n: number, seed = 7): readonly number[] {
  let [state, level] = [seed, 100];
  return Array.from({ length: n }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    level *= Math.exp((state / 2 ** 31 - 1) / 100);
    return level;
  });
}

const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const deviationOf = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, v) => sum + (v - meanOf(values)) ** 2, 0) / (values.length - 1));

describe("changeZ", () => {
  it.each(["logarithm", "difference"] as const)("is the definition, by %s", (kind) => {
    const levels = levelsOf(1000);
    const x = kind === "logarithm" ? levels.map((v) => Math.log(v)) : levels;
    const changes = levels.flatMap((_, t) => (t < 20 ? [] : [(x[t] ?? 0) - (x[t - 20] ?? 0)]));
    const [before, last] = [changes.slice(0, -1), changes.at(-1) ?? 0];
    const found = changeZ(levels, kind);
    expect(found.value?.change).toBeCloseTo(last, 12);
    expect(found.value?.z).toBeCloseTo((last - meanOf(before)) / deviationOf(before), 10);
    expect(found).toMatchObject({
      status: "warn",
      n: 979,
      reasons: [{ code: "short-history", need: 2520, have: 979 }],
    });
  });

  // 20 sessions of the first move, and 756 moves before the last.
  it("needs 756 earlier moves, and uses 2,520 of them", () => {
    expect(changeZ(levelsOf(777), "logarithm").value).not.toBeNull();
    expect(changeZ(levelsOf(776), "logarithm")).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 756, have: 755 }],
    });
    expect(changeZ(levelsOf(20), "difference")).toMatchObject({ status: "insufficient", value: null });
    expect(changeZ([], "difference").value).toBeNull();
    const long = levelsOf(3000);
    expect(changeZ(long, "logarithm")).toMatchObject({ status: "ok", n: 2520 });
    expect(changeZ([5, ...long], "logarithm").value).toEqual(changeZ(long, "logarithm").value);
  });

  it("has yields below zero, but no price that is not positive, and no history that does not move", () => {
    const below = levelsOf(800).map((v) => v - 100);
    expect(changeZ(below, "difference").value).not.toBeNull();
    expect(changeZ(below, "logarithm")).toMatchObject({
      status: "undefined",
      reasons: [{ code: "not-positive" }],
    });
    const flat = Array.from({ length: 800 }, () => 1);
    expect(changeZ(flat, "difference").reasons).toEqual([{ code: "zero-variance" }]);
  });

  it("refuses what is not finite", () => {
    expect(() => changeZ([1, Number.NaN], "difference")).toThrow(RangeError);
  });
});
