import { describe, expect, it } from "vitest";
import type { Fact } from "#src/domain/fact.ts";
import { legAttribution } from "#src/metrics/leg-attribution.ts";
import { milestoneWords } from "#src/statements/rules/levels.ts";
import { pairWeek } from "#src/statements/rules/pair.ts";
import { speak } from "#src/statements/speak.ts";
import { factOf } from "#tests/statements/evidence.ts";

describe("which leg made a pair's week", () => {
  /** What is said of contributions by day. */
  const said = (long: readonly number[], short: readonly number[]): string | undefined => {
    const { value } = legAttribution(
      long,
      short.map((r) => -r),
    );
    const leg = (value?.longShare ?? 0) > (value?.shortShare ?? 0) ? "long" : "short";
    const fact = (id: string, number: number | null, unit: Fact["unit"] = "pp") => factOf(id, number, unit);
    return speak(pairWeek, {
      id: "p",
      evidence: {
        week: fact("week", value?.total ?? null, "return"),
        long: fact("long", value?.long ?? null),
        short: fact("short", value?.short ?? null),
        leg,
        share: { value: value?.[`${leg}Share`] ?? null, reasons: [] },
        isEarly: false,
        end: fact("end", null),
      },
    }).statement?.id.replace(/^pair\.p\.week\.(up|down|flat)\./, "");
  };

  it.each([
    // Two thirds and just under; half and one printed digit, and just under.
    [1, 2, "short-mostly"],
    [1.0001, 2, "short-more-than-half"],
    [2, 1, "long-mostly"],
    [2, 1.0001, "long-more-than-half"],
    [0.4995, 0.5005, "short-more-than-half"],
    [0.4994, 0.5006, "short-more-than-half"],
    [0.4996, 0.5004, "plain"],
    [0.5005, 0.4995, "long-more-than-half"],
    [0.5006, 0.4994, "long-more-than-half"],
    [0.5004, 0.4996, "plain"],
    [1, 1, "plain"],
    [-1, -2, "short-mostly"],
    [-2, -1, "long-mostly"],
  ])("of %d %% and %d %% is %s", (long, short, word) => {
    expect(said([long / 100], [short / 100])).toBe(word);
  });

  // On every day the short leg made exactly two thirds; rounding leaves 0.6666666666666665, a unit in the last place less.
  it("is “mostly” at two thirds exactly, over two days and on one", () => {
    expect(said([0.0001, 0.0008], [0.0002, 0.0016])).toBe("short-mostly");
    expect(said([0.0173], [0.0346])).toBe("short-mostly");
  });
});

describe("the word of a multiple", () => {
  const said = (ratio: number, isPeak = true): string | undefined =>
    speak(milestoneWords, {
      id: "a",
      evidence: {
        ratio: factOf("ratio", ratio, "multiple"),
        base: factOf("base", "2024-12-30", "date"),
        close: factOf("close", 100, "points"),
        isLower: ratio < 1,
        isPeak,
        firstCrossing: null,
      },
    }).statement?.id.replace("levels.a.", "");

  it.each([
    [1.9499, "multiple"],
    [1.95, "about-doubled"],
    [1.9999, "about-doubled"],
    [2, "doubled"],
    [2.05, "doubled"],
    [2.0501, "more-than-doubled"],
    [10, "more-than-doubled"],
    [1, "multiple"],
    [0.5501, "multiple"],
    [0.55, "halved"],
    [0.5, "halved"],
    [0.45, "halved"],
    [0.4499, "multiple"],
  ])("of %d is %s", (ratio, word) => {
    expect(said(ratio)).toBe(word);
  });

  it("is not “halved” of what was no peak", () => {
    expect(said(0.5, false)).toBe("multiple");
  });
});
