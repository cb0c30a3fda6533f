import { describe, expect, it } from "vitest";
import { weeklyMoves } from "#src/metrics/weekly-moves.ts";

// Two weeks of January 2026: Monday 5 to Friday 9, and Monday 12 to Friday 16.
const first = ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09"];
const second = ["2026-01-12", "2026-01-13", "2026-01-14", "2026-01-15", "2026-01-16"];

describe("weeklyMoves", () => {
  it("are by hand", () => {
    const logs = [0, 0.01, 0, 0.02, 0.01, 0.02, 0, 0.01];
    const { value } = weeklyMoves([...first, ...second.slice(0, 3)], logs.map(Math.exp));
    expect(value?.map(({ end }) => end)).toEqual(["2026-01-09", "2026-01-14"]);
    // Four returns of 0.01, 0.01, 0.02 and 0.01; then three, the first over the weekend.
    expect(value?.[0]?.ret).toBeCloseTo(0.01, 12);
    expect(value?.[0]?.logVolatility).toBeCloseTo(Math.log(Math.sqrt(63 * 7e-4)), 12);
    expect(value?.[1]?.ret).toBeCloseTo(0, 12);
    expect(value?.[1]?.logVolatility).toBeCloseTo(Math.log(Math.sqrt(84 * 6e-4)), 12);
  });

  it("leave out a week of two returns, and one that stood still", () => {
    const short = [...first, ...second.slice(0, 2)];
    const prices = short.map((_, i) => 100 + (i % 2));
    expect(weeklyMoves(short, prices).value).toHaveLength(1);
    const still = [...first, ...second].map((_, i) => (i < 5 ? 100 + (i % 2) : 100));
    expect(weeklyMoves([...first, ...second], still).value?.map(({ end }) => end)).toEqual(["2026-01-09"]);
  });

  it("are those of the weeks that were there, whatever comes later", () => {
    const prices = [...first, ...second].map((_, i) => 100 + ((i * 7) % 5));
    const whole = weeklyMoves([...first, ...second], prices).value;
    expect(weeklyMoves(first, prices.slice(0, 5)).value).toEqual(whole?.slice(0, 1));
  });

  it("say why there are none", () => {
    expect(weeklyMoves(["2026-01-05"], [1]).reasons).toEqual([{ code: "too-few", need: 2, have: 1 }]);
    expect(weeklyMoves(["2026-01-05", "2026-01-06"], [1, -1]).reasons).toEqual([{ code: "not-positive" }]);
  });
});
