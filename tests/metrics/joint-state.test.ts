import { describe, expect, it } from "vitest";
import { jointState } from "#src/metrics/joint-state.ts";

/** `n` returns, of which those at positions that fit are up. */
const returns = (n: number, isUp: (t: number) => boolean) =>
  Array.from({ length: n }, (_, t) => (isUp(t) ? 0.01 : -0.01));

describe("jointState", () => {
  // Both rise on every fourth of 180 returns, and on every second of the last 20.
  const x = returns(200, (t) => t % 2 === 0);
  const y = returns(200, (t) => (t < 180 ? t % 4 === 0 : true));

  it("counts the returns on which both rose, of late and before", () => {
    expect(jointState(x, y)).toMatchObject({
      status: "ok",
      n: 200,
      value: { both: 10, share: 0.5, longRun: 0.25, history: 180 },
    });
  });

  it("has an interval round the share, drawn alike every time", () => {
    const { value } = jointState(x, y);
    expect(value?.low).toBeLessThan(0.5);
    expect(value?.high).toBeGreaterThan(0.5);
    expect(value?.low).toBeGreaterThanOrEqual(0);
    expect(jointState(x, y).value).toEqual(value);
  });

  it("is certain where all are alike, and no rise is none", () => {
    const up = returns(200, () => true);
    expect(jointState(up, up).value).toMatchObject({ both: 20, low: 1, high: 1, longRun: 1 });
    const still = x.map(() => 0);
    expect(jointState(up, still).value).toMatchObject({ both: 0, low: 0, high: 0, longRun: 0 });
  });

  it("needs 120 returns before the last 20, or what is asked for", () => {
    expect(jointState(x.slice(60), y.slice(60)).status).toBe("ok");
    expect(jointState(x.slice(61), y.slice(61))).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 140, have: 139 }],
    });
    expect(jointState(x.slice(-36), y.slice(-36), { window: 26, leastHistory: 10 }).value?.history).toBe(10);
  });

  it("refuses other lengths and what is not finite", () => {
    expect(() => jointState([0.1], [])).toThrow(RangeError);
    expect(() => jointState([Number.NaN], [0])).toThrow(RangeError);
  });
});
