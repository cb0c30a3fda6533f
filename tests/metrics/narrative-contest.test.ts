import { describe, expect, it } from "vitest";
import { narrativeContest } from "#src/metrics/narrative-contest.ts";
import { narrativeIntensity } from "#src/metrics/narrative-intensity.ts";
import type { AnyNewsSource } from "#src/metrics/news-buckets.ts";

/** Counts that alternate about a level, of a thousand articles a week, and those of the last week. */
const told = (level: number, last = level, weeks = 250): readonly AnyNewsSource[] => {
  const hits = Array.from({ length: weeks }, (_, t) => (t === weeks - 1 ? last : level + ((t * 7) % 5) - 2));
  return [{ hits, articles: hits.map(() => 1000) }];
};

describe("narrativeContest", () => {
  it("has both narratives in the same weeks, however thinly one of them is told", () => {
    const { value } = narrativeContest(told(60), told(12));
    expect(value?.intensities[0]).toMatchObject({
      from: value?.intensities[1].from,
      to: value?.intensities[1].to,
    });
    const spans = value?.paths.map((path) => path.map(({ from, to }) => [from, to]));
    expect(spans?.[0]).toEqual(spans?.[1]);
    // Twelve a week make thirty in three weeks.
    expect(spans?.[0]?.every(([from = 0, to = 0]) => to - from >= 1)).toBe(true);
    expect(narrativeIntensity(told(60)).value).toMatchObject({ from: 249, to: 249 });
  });

  it("is the balance of the two intensities, and one alone where buckets are the same anyway", () => {
    const [a, b] = [told(60, 90), told(40, 50)];
    const { value } = narrativeContest(a, b);
    const [first, second] = [
      narrativeIntensity(a).value?.index ?? 0,
      narrativeIntensity(b).value?.index ?? 0,
    ];
    expect(value?.intensities.map(({ index }) => index)).toEqual([first, second]);
    expect(value?.balance).toBeCloseTo((first - second) / (first + second), 14);
    expect(value?.contest).toBeCloseTo((2 * Math.min(first, second)) / (first + second), 14);
  });

  it("is the same in every earlier bucket whatever comes later", () => {
    const cut = (sources: readonly AnyNewsSource[], weeks: number) =>
      sources.map((source) =>
        "hits" in source
          ? { hits: source.hits.slice(0, weeks), articles: source.articles.slice(0, weeks) }
          : { shares: source.shares.slice(0, weeks) },
      );
    const [a, b] = [told(60, 60, 300), told(14, 14, 300)];
    const whole = narrativeContest(a, b).value?.paths;
    for (const weeks of [210, 240, 299]) {
      const part = narrativeContest(cut(a, weeks), cut(b, weeks)).value?.paths;
      for (const i of [0, 1]) expect(part?.[i]).toEqual(whole?.[i]?.slice(0, part?.[i]?.length));
    }
  });

  it("has no value without one of either, and says of both what is short", () => {
    expect(narrativeContest(told(60, 60, 103), told(60, 60, 103))).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 104, have: 103 }],
    });
    const still = [{ hits: Array<number>(250).fill(40), articles: Array<number>(250).fill(1000) }];
    expect(narrativeContest(told(60), still)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "no-source" }],
    });
    expect(narrativeContest(still, told(60))).toMatchObject({ status: "undefined" });
    expect(narrativeContest(told(60), told(50))).toMatchObject({
      status: "warn",
      n: 249,
      reasons: [{ code: "short-history", need: 260, have: 249 }],
    });
    expect(narrativeContest(told(60, 60, 400), told(50, 50, 400)).status).toBe("ok");
  });
});
