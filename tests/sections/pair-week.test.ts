import { describe, expect, it } from "vitest";
import { closesTo, priceOf, type Row } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import { namedList, pairOf } from "#tests/sections/market-case.ts";
import { friday, pairIssue, still } from "#tests/sections/pairs.ts";

/** A week in which only Friday moved, after 40 sessions of stillness: contributions are the returns themselves. */
const week = (long: number, short: number) => pairIssue(still(41, long), still(41, short));
/** What 41 sessions are too few for. */
const noHistory = ["pair.p.record", "pair.p.relation", "pair.p.half-life"];
const saidOf = (long: number, short: number) => week(long, short).said[0] ?? "";

describe("which leg made the week", () => {
  // Long +1.00 %, short price −2.01 %: shares 1.00 / 3.01 and 2.01 / 3.01 = 0.66777 ≥ 2/3.
  it.each([
    ["up.short-mostly", 0.01, -0.0201, "short", 2.01 / 3.01],
    ["up.long-mostly", 0.0201, -0.01, "long", 2.01 / 3.01],
    ["down.short-mostly", -0.01, 0.0201, "short", 2.01 / 3.01],
    ["down.long-mostly", -0.0201, 0.01, "long", 2.01 / 3.01],
  ])("%s is said from two thirds on", (word, long, short, side, share) => {
    const found = week(long, short);
    expect(found.said).toEqual([`pair.p.week.${word}`]);
    expect(found.fact(`pair.p.${side}-share.week`).value).toBeCloseTo(share, 9);
    expect(found.refused).toEqual(noHistory);
    expect(found.statement(`pair.p.week.${word}`)).toMatchObject({
      gate: { rule: "P2 share of legs", found: { leg: word.split(/[.-]/)[1] } },
      proof: "pair.p-attribution",
      stance: `p.week:${word.split(".")[0]}`,
    });
    const [, sentence] = found.statement(`pair.p.week.${word}`).text;
    expect(sentence?.places.share).toEqual({ fact: `pair.p.${side}-share.week` });
    expect(found.part.claim.key).toBe(`pair.week.claim.${word}`);
    expect(found.part.words[0]?.map(({ key }) => key)).toEqual([
      `pair.week.text.${word.split(".")[0]}`,
      `pair.week.share.${word}`,
    ]);
  });

  // 1.00 / 2.99: 1.99 / 2.99 = 0.66555 < 2/3.
  it.each([
    ["up.short-more-than-half", 0.01, -0.0199],
    ["up.long-more-than-half", 0.0199, -0.01],
    ["down.short-more-than-half", -0.01, 0.0199],
    ["down.long-more-than-half", -0.0199, 0.01],
  ])("%s is said below, and “mostly” refused", (word, long, short) => {
    const found = week(long, short);
    expect(found.said).toEqual([`pair.p.week.${word}`]);
    const [reason] = found.refusal("pair.p.mostly").reasons;
    expect(reason).toMatchObject({ code: "share-below", need: 2 / 3 });
    expect(reason?.have).toBeCloseTo(1.99 / 2.99, 9);
    expect(found.refusal("pair.p.mostly").instead).toBe(`pair.p.week.${word}`);
  });

  it("exactly two thirds is mostly", () => {
    expect(saidOf(0.01, -0.02)).toBe("pair.p.week.up.short-mostly");
    expect(saidOf(0.01, -0.0199999)).toBe("pair.p.week.up.short-more-than-half");
  });

  // A share that prints as 50.0 % is not more than half: from 50.05 % on.
  it("more than half begins where it is printed as more", () => {
    expect(saidOf(0.04995, -0.05005)).toBe("pair.p.week.up.short-more-than-half");
    const found = week(0.0499501, -0.0500499);
    expect(found.said).toEqual(["pair.p.week.up.plain"]);
    expect(found.refusal("pair.p.mostly").reasons[0]).toMatchObject({ code: "share-below" });
  });

  it("is only numbers where a leg went against the whole, and “mostly” is refused for that", () => {
    // Long +2 %, short price +1 %, which costs.
    const found = week(0.02, 0.01);
    expect(found.said).toEqual(["pair.p.week.up.plain"]);
    expect(found.refusal("pair.p.mostly").reasons).toEqual([{ code: "mixed-legs" }]);
    expect(found.factIds.filter((id) => id.includes("share"))).toEqual([]);
    expect(found.part.words[0]?.map(({ key }) => key)).toEqual([
      "pair.week.text.up",
      "pair.week.legs.up-down",
    ]);
    expect(found.fact("pair.p.long.week").value).toBeCloseTo(0.02, 12);
    expect(found.fact("pair.p.short.week").value).toBeCloseTo(-0.01, 12);
  });

  it.each([
    ["up", "up-up", 0.0006, -0.0006],
    ["up", "up-flat", 0.02, 0.0001],
    ["up", "down-up", -0.01, -0.02],
    ["up", "flat-up", -0.0001, -0.02],
    ["down", "up-down", 0.01, 0.02],
    ["down", "down-up", -0.02, -0.01],
    ["down", "down-down", -0.0006, 0.0006],
    ["down", "down-flat", -0.02, -0.0001],
    ["down", "flat-down", 0.0001, 0.02],
    ["flat", "up-down", 0.01, 0.01],
    ["flat", "down-up", -0.01, -0.01],
    ["flat", "flat-flat", 0, 0],
  ])("numbers alone: %s, legs %s", (state, legs, long, short) => {
    // Of twelve basis points each leg made six: half each, which is neither mostly nor more than half.
    const found = week(long, short);
    expect(found.said).toEqual([`pair.p.week.${state}.plain`]);
    expect(found.part.words[0]?.map(({ key }) => key)).toEqual([
      `pair.week.text.${state}`,
      `pair.week.legs.${legs}`,
    ]);
  });

  it("has shares from ten basis points on", () => {
    expect(week(0.0006, -0.0014).said).toEqual(["pair.p.week.up.short-mostly"]);
    expect(week(0.0003, -0.0008).factIds.filter((id) => id.includes("share"))).toHaveLength(2);
    const found = week(0.0002, -0.0007);
    expect(found.said).toEqual(["pair.p.week.up.plain"]);
    expect(found.factIds.filter((id) => id.includes("share"))).toEqual([]);
  });

  // A leg of four basis points prints as 0.0 pp, and “… of it, against 0.0 pp” explains nothing: the numbers alone.
  it.each([
    ["up", "flat-up", 0.0004, -0.012],
    ["up", "up-flat", 0.012, -0.0004],
    ["down", "flat-down", -0.0004, 0.012],
    ["down", "down-flat", -0.012, 0.0004],
    ["up", "flat-up", 0.0004, -0.0007],
  ])("says no share of a leg that prints as nothing: %s, legs %s", (state, legs, long, short) => {
    const found = week(long, short);
    expect(found.said).toEqual([`pair.p.week.${state}.plain`]);
    expect(found.part.words[0]?.map(({ key }) => key)).toEqual([
      `pair.week.text.${state}`,
      `pair.week.legs.${legs}`,
    ]);
    const { reasons, instead } = found.refusal("pair.p.mostly");
    expect(reasons[0]).toEqual({ code: "leg-prints-zero" });
    expect(instead).toBe(`pair.p.week.${state}.plain`);
  });

  it("says “mostly” again where the smaller leg prints as a tenth", () => {
    expect(week(0.0006, -0.012).said).toEqual(["pair.p.week.up.short-mostly"]);
    expect(week(0.0006, -0.012).refused).toEqual(noHistory);
  });

  // Nine basis points, both legs the same way: the reason says that the legs were mixed.
  it("is refused for its size below that, not for mixed legs", () => {
    expect(week(0.0002, -0.0007).refusal("pair.p.mostly").reasons[0]?.code).not.toBe("mixed-legs");
  });
});

describe("the week of a pair", () => {
  // Long +1 %, +2 %, short +1 % … metrics.md: contributions of the legs +1 %, +2 % and +1 %, +5 %
  // give 9.14 %, of which long 3.0548803699 %, short 6.0851196301 %.
  const found = pairIssue(still(41, 0.01, 0.02), still(41, -0.01, -0.05));

  it("compounds its days, and its legs add up to it", () => {
    expect(found.fact("pair.p.return.week")).toMatchObject({
      unit: "return",
      window: { start: "2026-02-09", end: friday, n: 5 },
    });
    expect(found.fact("pair.p.return.week").value).toBeCloseTo(0.0914, 12);
    expect(found.fact("pair.p.long.week").value).toBeCloseTo(0.030548803699, 10);
    expect(found.fact("pair.p.short.week").value).toBeCloseTo(0.060851196301, 10);
  });

  it("is shown by contributions of each member, credited, beside the words", () => {
    expect(found.part.figures).toMatchObject([
      { id: "pair.p-attribution", size: "beside", series: ["L", "S"] },
    ]);
    expect(found.fact("pair.p.part.L").value).toBeCloseTo(0.030548803699, 10);
    expect(found.fact("pair.p.part.S").value).toBeCloseTo(0.060851196301, 10);
  });

  it("says how it is computed, since when, on how many sessions", () => {
    expect(found.part.words.at(-1)?.map(({ key }) => key)).toEqual(["pair.method.back-cast"]);
    const live = pairIssue(still(41, 0.01), still(41), "2025-12-19");
    expect(live.part.words.at(-1)?.map(({ key }) => key)).toEqual(["pair.method.live"]);
    expect(found.fact("pair.p.sessions").value).toBe(40);
    // 41 weekdays end on 2026-02-13 and begin on 2025-12-19.
    expect(found.fact("pair.p.start").value).toBe("2025-12-19");
  });

  it("members of a leg add up to the leg, in equal weight", () => {
    const rows = { A: still(41, 0.03), B: still(41, 0.01), S: still(41, 0.01) };
    const both = issueOf(
      {
        series: Object.fromEntries(Object.entries(rows).map(([id, each]) => [id, { rows: each }])),
        pairs: { p: pairOf(["A", "B"], ["S"]) },
        sections: ["pair"],
      },
      friday,
    );
    // Half of 3 % and half of 1 %, less 1 %: one day, so nothing to link.
    expect(both.fact("pair.p.part.A").value).toBeCloseTo(0.015, 12);
    expect(both.fact("pair.p.part.B").value).toBeCloseTo(0.005, 12);
    expect(both.fact("pair.p.part.S").value).toBeCloseTo(-0.01, 12);
    expect(both.fact("pair.p.long.week").value).toBeCloseTo(0.02, 12);
  });

  it("is as rare as its week was among the earlier ones", () => {
    // Five returns a week, all but Friday's nothing; this week's is the last, +2 %.
    const fives = [0, 0.01, -0.02, 0, 0, 0, 0.03, 0.02].flatMap((r) => [0, 0, 0, 0, r]);
    const rare = pairIssue(closesTo(friday, priceOf(fives)), still(fives.length + 1));
    const { tail } = rare.statement("pair.p.week.up.plain");
    // Of eight weeks this one and the +3 % are at least +2 %.
    expect(tail).toEqual({ share: 2 / 8, n: 8, record: false });
  });

  it("joins sessions first: a day that one leg lacks makes one return of two days, and no false zero", () => {
    const long = still(41, 0.01, 0.01);
    const short = still(41).filter(([day]) => day !== "2026-02-12");
    const joined = pairIssue(long, short);
    expect(joined.fact("pair.p.return.week")).toMatchObject({ window: { n: 4 } });
    expect(joined.fact("pair.p.return.week").value).toBeCloseTo(1.01 * 1.01 - 1, 12);
  });
});

describe("a pair that cannot be measured", () => {
  const gone = (long: readonly Row[], short: readonly Row[]) => {
    const found = pairIssue(long, short, null, { keyNumbers: ["p"] });
    expect(found.said).toEqual([]);
    expect(found.part).toMatchObject({ claim: { key: "pair.none.claim" }, figures: [], words: [] });
    expect(found.part.gaps).toMatchObject([{ key: "pair.gap" }]);
    return found;
  };

  it("has no common session in the week", () => {
    const days = still(41);
    gone(
      days.filter(([day]) => day < "2026-02-11"),
      days.filter(([day]) => day < "2026-02-09" || day >= "2026-02-11"),
    );
  });

  it("has a price from which no return can be taken", () => {
    const rows = still(41, 0.01);
    const found = gone(
      rows.map(([day, v]): Row => [day, day === "2026-01-20" ? 0 : v]),
      still(41),
    );
    expect(found.composed.keyNumbers).toEqual([]);
  });

  it("lost everything on a day", () => {
    gone(still(41, -0.5), still(41, 0.5));
  });

  it("has no file for a member", () => {
    gone(still(41), []);
  });

  it("stands beside one that can", () => {
    const found = issueOf(
      {
        series: { L: { rows: still(41, 0.02) }, S: { rows: still(41) }, X: { gap: "file-missing" } },
        pairs: { gone: pairOf(["X"], ["S"]), p: { ...pairOf(["L"], ["S"]), long: namedList("longs", "L") } },
        sections: ["pair"],
      },
      friday,
    );
    expect(found.said).toEqual(["pair.p.week.up.plain"]);
    expect(found.section("pair").gaps.map(({ key }) => key)).toEqual(["pair.gap", "pair.gaps.levels.short"]);
    expect(found.section("pair").claim.key).toBe("pair.week.claim.up.plain");
  });
});
