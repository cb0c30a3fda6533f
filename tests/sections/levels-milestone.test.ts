import { describe, expect, it } from "vitest";
import { closesTo, type Row } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";

const friday = "2026-02-13";
/** A Friday four weeks before. */
const base = "2026-01-16";

const issue = (rows: readonly Row[], day = base) =>
  issueOf(
    { series: { A: { rows } }, milestones: [{ series: "A", base: day }], sections: ["levels", "sources"] },
    friday,
  );
/** 100 on the base day, `peak` in between, and the last close. */
const closes = (last: number, peak = 100): Row[] =>
  closesTo(friday, [100, ...Array.from({ length: 19 }, () => peak), last]);

describe("a multiple of a named close", () => {
  it.each([
    [205.1, "more-than-doubled"],
    [205, "doubled"],
    [200, "doubled"],
    [199.9, "about-doubled"],
    [195, "about-doubled"],
    [194.9, "multiple"],
    [150, "multiple"],
    [55.1, "multiple"],
    [55, "halved"],
    [45, "halved"],
    [44.9, "multiple"],
  ])("%d to 100 is %s", (last, word) => {
    const found = issue(closes(last));
    expect(found.said).toEqual([`levels.A.${word}`]);
    expect(found.statement(`levels.A.${word}`)).toMatchObject({
      gate: { rule: "B3 milestone", found: { ratio: last / 100 } },
      stance: `A.milestone.${base}:${word}`,
    });
    expect(found.fact(`levels.A.milestone-${base}.ratio`)).toMatchObject({
      value: last / 100,
      unit: "multiple",
    });
    expect(found.fact(`levels.A.milestone-${base}.base`).value).toBe(base);
    expect(found.fact(`levels.A.milestone-${base}.base-close`).value).toBe(100);
    expect(found.section("levels").claim).toEqual(found.statement(`levels.A.${word}`).claim);
  });

  it("below 1.95 is refused “doubled”, with the ratio", () => {
    expect(issue(closes(194.9)).refusal("levels.A.doubled")).toMatchObject({
      word: "doubled",
      reasons: [{ code: "ratio-below", have: 1.949, need: 2 }],
      instead: "levels.A.multiple",
    });
    expect(issue(closes(194.9)).refusal("levels.A.about-doubled").reasons).toEqual([
      { code: "ratio-below", have: 1.949, need: 1.95 },
    ]);
    expect(issue(closes(200)).refused).toEqual([]);
  });

  it("from 1.95 to 2 is refused “doubled” as well, since only “about doubled” is said", () => {
    for (const last of [195, 199.9])
      expect(issue(closes(last)).refusal("levels.A.doubled")).toMatchObject({
        reasons: [{ code: "ratio-below", have: last / 100, need: 2 }],
        instead: "levels.A.about-doubled",
      });
  });

  it("is halved only from its peak", () => {
    expect(issue(closes(50, 100)).said).toEqual(["levels.A.halved"]);
    const found = issue(closes(50, 100.1));
    expect(found.said).toEqual(["levels.A.multiple"]);
    expect(found.refused).toHaveLength(1);
  });

  it.each([
    [50, 100.1, { code: "base-no-peak" }],
    [55.1, 100, { code: "ratio-above", have: 0.551, need: 0.55 }],
    [44.9, 100, { code: "ratio-below", have: 0.449, need: 0.45 }],
  ])("below one it is “halved” that is refused: %d, highest %d", (last, peak, reason) => {
    const found = issue(closes(last, peak));
    expect(found.refused).toEqual(["levels.A.halved"]);
    expect(found.refusal("levels.A.halved")).toMatchObject({
      word: "halved",
      reasons: [reason],
      instead: "levels.A.multiple",
    });
  });

  it("names the first day at twice the base", () => {
    const rows = closes(210).map(([day, v]): Row => [day, day >= "2026-02-10" && v === 100 ? 200 : v]);
    const { gate, text } = issue(rows).statement("levels.A.more-than-doubled");
    expect(gate.found.firstCrossing).toBe("2026-02-10");
    expect(text.map(({ key }) => key)).toEqual(["levels.more-than-doubled.text", "levels.crossed-at.double"]);
    const half = issue(closes(49)).statement("levels.A.halved");
    expect(half.text.at(-1)).toMatchObject({ key: "levels.crossed-at.half" });
    expect(issue(closes(52)).statement("levels.A.halved").text).toHaveLength(1);
    // A close that fell back below twice the base crossed it too, and nothing is said of it.
    expect(issue(closes(196, 201)).statement("levels.A.about-doubled").text).toHaveLength(1);
  });

  it("takes the last close before the base day where that day has none", () => {
    const found = issue(closes(210), "2026-01-18");
    expect(found.fact("levels.A.milestone-2026-01-18.base").value).toBe(base);
  });

  it.each([
    ["without any price", [] as Row[], base],
    ["before the data begin", closes(210), "2026-01-15"],
    ["on the last day of the data", closes(210), friday],
  ])("is not said %s", (_, rows, day) => {
    const found = issue(rows, day);
    expect(found.said).toEqual([]);
    expect(found.section("levels").claim.key).toBe("levels.none.claim");
  });

  // Six weekdays from the last close, of Friday the 16th, up to Monday the 26th are too many, five are not.
  const hole = closes(210).filter(([day]) => day <= base || day >= "2026-01-27");
  it.each([
    ["no close on or before the day", closes(210), "2026-01-15", { code: "too-few", need: 2, have: 1 }],
    ["none at all", [] as Row[], base, { code: "too-few", need: 2, have: 0 }],
    ["the last before it too old", hole, "2026-01-26", { code: "base-missing" }],
    ["a last one that is not positive", closes(-1), base, { code: "not-positive" }],
  ])("that cannot be said leaves its reason: %s", (_, rows, day, reason) => {
    const found = issue(rows, day);
    expect(found.said).toEqual([]);
    expect(found.refusal("levels.A.doubled")).toMatchObject({ reasons: [reason], instead: null });
  });

  it("is said from a base up to five weekdays before the day", () => {
    expect(issue(hole, "2026-01-23").said).toEqual(["levels.A.more-than-doubled"]);
  });
});
