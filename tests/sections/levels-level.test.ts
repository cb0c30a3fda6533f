import { describe, expect, it } from "vitest";
import { closesTo, type Row, times } from "#tests/sections/days.ts";
import { closes, issue, rule, thisYear, turnedAway } from "#tests/sections/level-case.ts";
import { messages } from "#tests/sections/says.ts";

const saidOf = (last: readonly number[], rest = 90, before = rest) => {
  const found = issue(closes(last, rest, before));
  return { ...found, only: found.said[0] ?? "" };
};

describe("failed to break", () => {
  it("is said after two tests without a break, and nothing is refused", () => {
    const found = saidOf([...turnedAway, ...turnedAway]);
    expect(found.said).toEqual(["levels.A.failed.100"]);
    expect(found.refused).toEqual([]);
    expect(found.statement(found.only)).toMatchObject({
      gate: {
        rule: "B4 level test",
        found: { approach: "resistance", tests: 2, rejections: 2, breakouts: 0 },
      },
      stance: "A.level.100:below",
      proof: "levels.level-A-100",
    });
    expect(found.fact("levels.A.level-100.tests").value).toBe(2);
    expect(found.fact("levels.A.level-100.extreme-close")).toMatchObject({ value: 99.5, unit: "points" });
    expect(found.fact("levels.A.level-100.extreme-close-date").value).toBe("2026-02-10");
    expect(found.fact("levels.A.level-100.from").value).toBe("2026-01-01");
    expect(found.fact("levels.A.level-100.distance").value).toBeCloseTo(-0.03, 12);
  });

  it("is refused after one, and “has not closed above” is said", () => {
    const found = saidOf(turnedAway);
    expect(found.said).toEqual(["levels.A.below.100"]);
    expect(found.refusal("levels.A.failed.100")).toMatchObject({
      word: "failed to break",
      reasons: [{ code: "too-few-tests", have: 1, need: 2 }],
      instead: "levels.A.below.100",
    });
  });

  it("is not spoken of, nor drawn, where the index came no nearer than a tenth", () => {
    expect(saidOf([90], 80).said).toEqual(["levels.A.below.100"]);
    const far = saidOf([89.9], 80);
    expect(far.said).toEqual([]);
    expect(far.refusal("levels.A.below.100").reasons.map(({ code }) => code)).toEqual(["out-of-reach"]);
    expect(far.section("levels").figures).toEqual([]);
    expect(saidOf([110], 120, 120).said).toEqual(["levels.A.above.100"]);
    expect(saidOf([110.1], 120, 120).said).toEqual([]);
  });

  // It may have stood above the year before, and a headline stands without the sentence that has the day.
  it("says “has not closed above” of the window alone, in the claim too", () => {
    const { claim } = saidOf(turnedAway).statement("levels.A.below.100");
    expect(messages.translator("en")(claim)).toMatch(/ since /);
    expect(messages.translator("zh-CN")(claim)).toMatch(/自.+以来未曾/);
  });

  it("counts two approaches as one until a close ends the first", () => {
    expect(saidOf([99.5, 98.5, 99.5, 97]).refusal("levels.A.failed.100").reasons[0]?.have).toBe(1);
    expect(saidOf([99.5, 97.9, 99.5, 97]).refused).toEqual([]);
  });

  it("does not count a close that stays more than one per cent away", () => {
    const found = saidOf([98.9, 97, 98.9, 97]);
    expect(found.said).toEqual(["levels.A.below.100"]);
    expect(found.refusal("levels.A.failed.100").reasons).toEqual([
      { code: "too-few-tests", have: 0, need: 2 },
    ]);
  });

  // 6,930 is 7,000 × 0.99, although 6930 / 7000 − 1 is −0.010000000000000009.
  it("counts a close that is exactly one per cent away", () => {
    const rows = closes([...turnedAway, ...turnedAway]).map(
      ([day, v]): Row => [day, v === 99.5 ? 6930 : 6700],
    );
    expect(issue(rows, [{ ...rule, level: 7000 }]).said).toEqual(["levels.A.failed.7000"]);
  });

  // 7,070 is 7,000 × 1.01, not beyond it, although 7070 / 7000 − 1 is 0.010000000000000009.
  it("does not take a close exactly one per cent above for one beyond the band", () => {
    const rows = closes([99.5, 99.5]).map(([day, v]): Row => [day, v === 99.5 ? 7070 : 6700]);
    expect(issue(rows, [{ ...rule, level: 7000 }]).said).toEqual(["levels.A.crossed.7000"]);
  });

  it("names an unconfirmed close beyond the band", () => {
    const found = saidOf([101.1, ...turnedAway, ...turnedAway]);
    expect(found.said).toEqual(["levels.A.failed-unconfirmed.100"]);
    expect(found.statement(found.only).gate.found).toMatchObject({ unconfirmed: true, closesBeyond: 1 });
    expect(saidOf([100.9, ...turnedAway, ...turnedAway]).said).toEqual(["levels.A.failed.100"]);
  });

  it("is not said while the last close stands beyond the band, since the next may confirm it", () => {
    expect(saidOf([...turnedAway, 101.1]).said).toEqual(["levels.A.beyond-unconfirmed.100"]);
    // Above the level, though inside the band, it does not fail at it today.
    expect(saidOf([...turnedAway, 101.1, 100.9]).said).toEqual(["levels.A.crossed.100"]);
    expect(saidOf([...turnedAway, 101.1, 99.9]).said).toEqual(["levels.A.failed-unconfirmed.100"]);
    expect(saidOf([...turnedAway, 101.1, 101.1]).said).toEqual(["levels.A.broke.100"]);
    expect(saidOf([101.1]).refusal("levels.A.failed.100")).toMatchObject({
      reasons: [{ code: "too-few-tests", have: 1, need: 2 }, { code: "not-over" }],
      instead: "levels.A.beyond-unconfirmed.100",
    });
  });

  // Two tests without a break, so its gate holds; what withholds it is the break still to confirm, and nothing says so.
  it("leaves its reason when it is withheld for a break still to confirm", () => {
    expect(saidOf([...turnedAway, 101.1]).refused).toEqual(["levels.A.failed.100"]);
  });

  // An earlier unconfirmed close, and a last one exactly at 7,000 × 1.01, which is not beyond the band:
  // 7070 / 7000 − 1 is 0.010000000000000009, compared with 0.01 without the tolerance of the level test.
  it("is a close above it, not one beyond the band, at exactly one per cent above", () => {
    const rows = closes([101.1, ...turnedAway, 101]).map(([day, v]): Row => [day, Math.round(v * 70)]);
    expect(issue(rows, [{ ...rule, level: 7000 }]).said).toEqual(["levels.A.crossed.7000"]);
  });
});

describe("a level that was lost and is reached again", () => {
  it("is back without a confirmed break, neither broken nor lost", () => {
    // Broken this year, left by more than its band, and above it again.
    const broke = saidOf([101.5, 101.5, 97, 97, 100.2, 100.2]);
    expect(broke.said).toEqual(["levels.A.broke-and-back.100"]);
    expect(saidOf([101.5, 101.5, 97, 97, 99.8]).said).toEqual(["levels.A.broke-and-fell.100"]);
    expect(saidOf([101.5, 101.5, 97, 101.5, 101.5]).said).toEqual(["levels.A.broke.100"]);
    // Broken the year before.
    expect(saidOf([98, 98, 100.5, 100.5], 105, 105).said).toEqual(["levels.A.lost-and-back.100"]);
    expect(saidOf([98, 98, 99.5, 99.5], 105, 105).said).toEqual(["levels.A.lost.100"]);
  });
});

describe("a break", () => {
  it("is said after two closes in a row beyond the band, and “failed” refused", () => {
    const found = saidOf([101.1, 101.1]);
    expect(found.said).toEqual(["levels.A.broke.100"]);
    expect(found.statement(found.only).stance).toBe("A.level.100:above");
    expect(found.refusal("levels.A.failed.100").reasons[0]).toEqual({ code: "broke-out", have: 1, need: 0 });
  });

  it.each([
    ["one close beyond the band", [101.1, 97]],
    ["two that are not in a row", [101.1, 100.5, 101.1, 97]],
    ["two inside the band", [100.9, 100.9]],
  ])("is not said after %s", (_, last) => {
    const found = saidOf(last);
    expect(found.said).toEqual(["levels.A.crossed.100"]);
    expect(found.refusal("levels.A.failed.100").reasons).toContainEqual({
      code: "too-few-tests",
      have: 1,
      need: 2,
    });
  });

  it("that did not last is said as such, down to the last tenth", () => {
    expect(saidOf([101.1, 101.1, 100]).said).toEqual(["levels.A.broke.100"]);
    expect(saidOf([101.1, 101.1, 99.9]).said).toEqual(["levels.A.broke-and-fell.100"]);
    expect(saidOf([101.1, 101.1, 97]).said).toEqual(["levels.A.broke-and-fell.100"]);
  });

  it("needs a close above the level to be called more than near", () => {
    expect(saidOf([100]).said).toEqual(["levels.A.below.100"]);
    expect(saidOf([100.1]).said).toEqual(["levels.A.crossed.100"]);
  });
});

describe("a level that was passed before the window", () => {
  it("is stayed above, with the lowest close", () => {
    const found = saidOf([104], 105, 110);
    expect(found.said).toEqual(["levels.A.above.100"]);
    expect(found.fact("levels.A.level-100.extreme-close").value).toBe(104);
    expect(found.statement(found.only)).toMatchObject({
      gate: { found: { approach: "support", closesBeyond: 0 } },
      stance: "A.level.100:above",
    });
    expect(found.refused).toEqual(["levels.A.failed.100"]);
  });

  it("is dipped below by one close inside the band, and left by one beyond it", () => {
    expect(saidOf([100], 105).said).toEqual(["levels.A.above.100"]);
    expect(saidOf([99.9], 105).said).toEqual(["levels.A.above-dipped.100"]);
    expect(saidOf([99.1], 105).said).toEqual(["levels.A.above-dipped.100"]);
    expect(saidOf([98.9], 105).only).toBe("levels.A.lost.100");
  });

  it("has a figure that speaks of the lowest closes, as one passed from below of the highest", () => {
    const noteOf = (of: ReturnType<typeof saidOf>) => of.section("levels").figures[0]?.notes[0]?.key;
    expect(noteOf(saidOf([104], 105, 110))).toBe("levels.figure.level.note-support");
    expect(noteOf(saidOf(turnedAway))).toBe("levels.figure.level.note-resistance");
    const { figures } = saidOf([104], 105, 110).section("levels");
    const notes = figures.flatMap((figure) => figure.notes.map(messages.translator("en")));
    expect(notes.length).toBeGreaterThan(0);
    expect(notes.join(" ")).not.toMatch(/highest/);
  });

  describe("and lost in it", () => {
    // 105 for a year, then below 98, then two approaches that were turned away.
    const lost = saidOf([97, ...turnedAway, ...turnedAway], 105);

    it("is neither failed to break nor broken", () => {
      expect(lost.said).toEqual(["levels.A.lost.100"]);
      expect(lost.refused).toEqual(["levels.A.failed.100"]);
      expect(lost.statement(lost.only).stance).toBe("A.level.100:below");
    });

    // Its data begin beyond the level: that it was ever broken through is not known.
    it("is said to have stood above it, not to have broken through", () => {
      const back = saidOf([98, 98, 100.5, 100.5], 105, 105);
      for (const found of [lost, back]) {
        const said = found.statement(found.only).text.map(messages.translator("en")).join(" ");
        expect(said).toMatch(/had stood above/);
        expect(said).not.toMatch(/broken/);
      }
    });

    it("is refused for having stood beyond the level", () => {
      expect(lost.refusal("levels.A.failed.100")).toMatchObject({
        reasons: [{ code: "stood-beyond" }],
        instead: "levels.A.lost.100",
      });
    });

    // The window has 32 sessions.
    it("needs one close of the window on which it stood", () => {
      expect(saidOf([105, ...times(thisYear - 1, 97)], 90, 105).said).toEqual(["levels.A.lost.100"]);
      const before = saidOf([], 97, 105);
      expect(before.said).toEqual(["levels.A.below.100"]);
      expect(before.refusal("levels.A.failed.100").reasons[0]?.code).toBe("too-few-tests");
    });
  });

  it("is broken anew when it is passed inside the window", () => {
    expect(saidOf([101.1, 101.1], 90, 110).said).toEqual(["levels.A.broke.100"]);
  });
});

describe("too little to test a level", () => {
  const bare = (rows: readonly Row[], reasons: object, asOf?: string) => {
    const found = issue(rows, [rule], asOf);
    expect(found.said).toEqual([]);
    expect(found.refusal("levels.A.failed.100")).toMatchObject({ reasons: [reasons], instead: null });
    expect(found.section("levels").figures).toEqual([]);
  };
  const rows = closes([...turnedAway, ...turnedAway]);

  it("is fewer than 20 sessions in the window", () => {
    // 22 weekdays from 1 to 30 January, two or three of them without a close.
    const january = closesTo("2026-01-30", [...times(296, 90), ...turnedAway, ...turnedAway]);
    const dropped = (n: number) => january.filter((_, i) => i < 278 || i >= 278 + n);
    expect(issue(dropped(2), [rule], "2026-01-30").said).toEqual(["levels.A.failed.100"]);
    bare(dropped(3), { code: "too-few", have: 19, need: 20 }, "2026-01-30");
  });

  // Of 32 weekdays since 1 January, 24 are three quarters: “has not closed above” is said of all of them.
  it("is less than three quarters of the window's weekdays", () => {
    const dropped = (n: number) => rows.filter((_, i) => i < 268 || i >= 268 + n);
    expect(issue(dropped(8)).said).toEqual(["levels.A.failed.100"]);
    bare(dropped(9), { code: "coverage", have: 23, need: 24 });
  });

  it("is fewer than 252 sessions in all", () => {
    expect(issue(rows.slice(-252)).said).toEqual(["levels.A.failed.100"]);
    bare(rows.slice(-251), { code: "too-few", have: 251, need: 252 });
  });

  it("is none at all", () => {
    bare([], { code: "too-few", have: 0, need: 252 });
  });
});

describe("the window of a level", () => {
  it("is the year of the week reported on, or the last 252 sessions", () => {
    // Two tests in the autumn of 2025.
    const rows = closes([]).map(([day, v]): Row => {
      if (day === "2025-10-01" || day === "2025-11-03") return [day, 99.5];
      return [day, v];
    });
    expect(issue(rows).said).toEqual(["levels.A.below.100"]);
    const found = issue(rows, [{ ...rule, from: "252" }]);
    expect(found.said).toEqual(["levels.A.failed.100"]);
    // 252 weekdays end on 2026-02-13 and begin on 2025-02-27.
    expect(found.fact("levels.A.level-100.from").value).toBe("2025-02-27");
  });
});

describe("the figure of a level", () => {
  it("stands in the section, claims what the statement does, and credits the series", () => {
    const found = saidOf([...turnedAway, ...turnedAway]);
    const { figures, claim, words } = found.section("levels");
    expect(figures).toMatchObject([{ id: "levels.level-A-100", series: ["A"], size: "beside" }]);
    expect(figures[0]?.claim).toEqual(found.statement(found.only).claim);
    expect(claim).toEqual(found.statement(found.only).claim);
    expect(words.flat().map(({ key }) => key)).toContain("levels.failed.text");
  });

  it("is drawn of the first level only; the others are said", () => {
    const found = issue(closes(turnedAway), [rule, { ...rule, level: 105 }]);
    expect(found.said.toSorted()).toEqual(["levels.A.below.100", "levels.A.below.105"]);
    expect(found.section("levels").figures.map(({ id }) => id)).toEqual(["levels.level-A-100"]);
  });
});
