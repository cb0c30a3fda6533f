import { describe, expect, it } from "vitest";
import { ownHistory, percentileOfLatest } from "#src/metrics/own-history.ts";
import { percentileRank } from "#src/metrics/percentile-rank.ts";
import { rollingRank } from "#src/metrics/rolling-rank.ts";
import { series } from "#tests/metrics/returns-reference.ts";

const need = ownHistory.structure;
const uneven = series(2600, (i) => (i * 7919) % 997);

describe("percentileOfLatest", () => {
  it("is that of the latest in what was before it, and nothing older than 2,520", () => {
    expect(percentileOfLatest(uneven, need)).toEqual(
      percentileRank(uneven.slice(-2521, -1), uneven.at(-1) ?? 0, need),
    );
    expect(percentileOfLatest(uneven, need).value).toBe(rollingRank(uneven, need).at(-1));
    const ranksWith = (place: number) =>
      [-1e9, 1e9].map((extreme) => percentileOfLatest(uneven.with(place, extreme), need).value);
    expect(new Set(ranksWith(-2522)).size).toBe(1);
    expect(new Set(ranksWith(-2521)).size).toBe(2);
  });

  it.each(Object.entries(ownHistory))("needs the history of its kind: %s", (_, { min, preferred }) => {
    expect(percentileOfLatest(uneven.slice(0, min + 1), { min, preferred })).toMatchObject({
      status: "warn",
      n: min,
      reasons: [{ code: "short-history", need: preferred, have: min }],
    });
    expect(percentileOfLatest(uneven.slice(0, min), { min, preferred })).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: min, have: min - 1 }],
    });
    expect(percentileOfLatest(uneven.slice(0, preferred + 1), { min, preferred }).status).toBe("ok");
  });

  it("does not count what is missing, and is refused where the latest is", () => {
    const gaps = series(600, (i) => i).map((v, i) => (i % 2 === 0 ? null : v));
    expect(percentileOfLatest(gaps, need)).toMatchObject({ value: 100, n: 299 });
    expect(percentileOfLatest([...gaps, null], need)).toMatchObject({ status: "insufficient", n: 0 });
    expect(percentileOfLatest([], need)).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("refuses what is not a number", () => {
    expect(() => percentileOfLatest([...uneven, Number.NaN], need)).toThrow(RangeError);
  });
});
