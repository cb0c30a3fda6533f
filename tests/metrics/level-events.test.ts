import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LevelEvent, type LevelRules, levelEvents } from "#src/metrics/level-events.ts";

const usual: LevelRules = Object.freeze({ delta: 0.01, band: 0.01, confirm: 2, rearm: 5 });

/**
 * A close as a letter: F far below (at or below L(1−2δ)), B below the zone, N near, A above the band.
 * The rules are written on the letters, so the numbers stay away from the edges; those have their own tests.
 */
const distanceOf: Readonly<Record<string, number>> = { F: -0.03, B: -0.015, N: 0.004, A: 0.015 };
const distances = (letters: string): readonly number[] =>
  Object.freeze([...letters].map((letter) => distanceOf[letter] ?? Number.NaN));

const letterOf = (d: number, { delta, band }: LevelRules): string => {
  if (d <= -2 * delta) return "F";
  if (d < -delta) return "B";
  return d > band ? "A" : "N";
};

/**
 * The rulings as one regular expression. `V` is a close near the level or a run of closes above the band too short to
 * confirm; an approach may be left for 1 to `rearm` closes of B and taken up again.
 *
 *     breakout  (V+ B{1,rearm})* V* A{confirm}, and everything until the next B or F belongs to the life beyond
 *     open      (V+ B{1,rearm})* V+ at the end
 *     rejected  (V+ B{1,rearm})* V+ and the B or F that rejects
 */
function grammar({ confirm, rearm }: LevelRules): RegExp {
  const visit = confirm > 1 ? `(?:N|A{1,${confirm - 1}}(?!A))` : "N";
  const earlier = `(?:${visit}+B{1,${rearm}})*`;
  const breakout = `(?<breakout>${earlier}${visit}*A{${confirm}})[NA]*`;
  return new RegExp(
    `${breakout}|(?<open>${earlier}${visit}+$)|(?<rejected>${earlier}${visit}+[BF])|(?<nothing>[BF]+)`,
    "g",
  );
}

function byGrammar(path: readonly number[], rules: LevelRules): readonly LevelEvent[] {
  const letters = path.map((d) => letterOf(d, rules)).join("");
  return [...letters.matchAll(grammar(rules))].flatMap(({ groups = {}, index }) => {
    const outcome = (["breakout", "open", "rejected"] as const).find((name) => groups[name] !== undefined);
    if (outcome === undefined) return [];
    const end = index + (groups[outcome] ?? "").length - 1;
    const inside = path.slice(index, end + 1);
    const lastNear = index + letters.slice(index, end + 1).search(/[NA][BF]*$/);
    return [{ start: index, end, lastNear, extreme: index + inside.indexOf(Math.max(...inside)), outcome }];
  });
}

const lines = (events: readonly LevelEvent[]): string =>
  events.map(({ start, end, extreme, outcome }) => `${start}-${end}^${extreme} ${outcome}`).join();

/** `start-end outcome` of each event: short enough to write by hand. */
const told = (letters: string, rules: LevelRules = usual): readonly string[] =>
  levelEvents(distances(letters), rules).events.map(
    ({ start, end, outcome }) => `${start}-${end} ${outcome}`,
  );

describe("levelEvents", () => {
  it.each([
    ["", []],
    ["F", []],
    ["B", []],
    ["N", ["0-0 open"]],
    ["A", ["0-0 open"]],
    // One close above the band is no breakout; two in a row are; two with a close between are not.
    ["FNANB", ["1-4 rejected"]],
    ["FNAAB", ["1-3 breakout"]],
    ["FNANANB", ["1-6 rejected"]],
    // Confirmed on the first two closes of the approach.
    ["FAA", ["1-2 breakout"]],
    // A close of the session before does not count once the approach has been rejected in between.
    ["FNABAB", ["1-5 rejected"]],
  ])("reads %s as %j", (letters, events) => {
    expect(told(letters)).toEqual(events);
  });

  it("takes a return on the fifth session after the rejection for the same test, one on the sixth for a new one", () => {
    expect(told("FNBBBBBNB")).toEqual(["1-8 rejected"]);
    expect(told("FNBBBBBBNB")).toEqual(["1-2 rejected", "8-9 rejected"]);
  });

  it("counts the five sessions anew after each rejection", () => {
    expect(told("FNBBBBBNBBBBBN")).toEqual(["1-13 open"]);
  });

  it("ends the test at a close far below, the rejecting one or a later one", () => {
    expect(told("FNFN")).toEqual(["1-2 rejected", "3-3 open"]);
    expect(told("FNBFN")).toEqual(["1-2 rejected", "4-4 open"]);
    expect(told("FNBBN")).toEqual(["1-4 open"]);
  });

  it("compares the distance with twice delta inclusively", () => {
    const tests = (...path: readonly number[]) => levelEvents([-0.05, 0, ...path, 0], usual).events.length;
    expect(tests(-0.015, -0.02)).toBe(2);
    expect(tests(-0.015, -0.02 + 1e-12)).toBe(1);
    // The rejecting close itself.
    expect(tests(-0.02)).toBe(2);
    expect(tests(-0.02 + 1e-12)).toBe(1);
  });

  it("compares the distance with the zone inclusively and with the band exclusively", () => {
    expect(levelEvents([-0.01], usual).events).toHaveLength(1);
    expect(levelEvents([-0.01 - 1e-12], usual).events).toHaveLength(0);
    expect(levelEvents([0.01, 0.01], usual).isBeyond).toBe(false);
    expect(levelEvents([0.01 + 1e-12, 0.01 + 1e-12], usual).isBeyond).toBe(true);
  });

  it("begins no test while beyond, and stays beyond until a close below the zone", () => {
    expect(told("FNAANNAAN")).toEqual(["1-3 breakout"]);
    expect(told("FAABN")).toEqual(["1-2 breakout", "4-4 open"]);
    expect(levelEvents(distances("FAANN"), usual).isBeyond).toBe(true);
    expect(levelEvents(distances("FAANB"), usual).isBeyond).toBe(false);
  });

  it("keeps the first of equal extremes, over all visits of one test", () => {
    const path = Object.freeze([-0.05, 0.002, 0.006, -0.012, 0.006, 0.001]);
    expect(levelEvents(path, usual).events).toEqual([
      { start: 1, end: 5, lastNear: 5, extreme: 2, outcome: "open" },
    ]);
  });
});

describe("levelEvents against the grammar", () => {
  const letters = fc.array(fc.constantFrom("F", "B", "N", "A"), { maxLength: 60 });
  const rules = fc.record({
    delta: fc.constantFrom(0.0025, 0.01),
    band: fc.constantFrom(0, 0.01),
    confirm: fc.integer({ min: 1, max: 3 }),
    rearm: fc.integer({ min: 1, max: 6 }),
  });

  it("agrees on every word of up to seven letters", () => {
    const short: LevelRules = { ...usual, rearm: 2 };
    let words = [""];
    for (let length = 1; length <= 7; length++) {
      words = words.flatMap((word) => ["F", "B", "N", "A"].map((letter) => word + letter));
      const wrong = words.filter((word) => {
        const path = distances(word);
        return lines(levelEvents(path, short).events) !== lines(byGrammar(path, short));
      });
      expect(wrong).toEqual([]);
    }
    expect(words).toHaveLength(4 ** 7);
  });

  it("agrees on random words", () => {
    fc.assert(
      fc.property(letters, (word) => {
        const path = distances(word.join(""));
        expect(levelEvents(path, usual).events).toEqual(byGrammar(path, usual));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("agrees on random walks, whatever the parameters", () => {
    const step = fc.double({ min: -0.012, max: 0.012, noNaN: true });
    const met = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 200 }), rules, (steps, each) => {
        let at = -0.02;
        const path = steps.map((by) => {
          at = at * 0.95 + by;
          return at;
        });
        const expected = byGrammar(path, each);
        for (const { outcome } of expected) met.add(outcome);
        expect(levelEvents(Object.freeze(path), each).events).toEqual(expected);
      }),
      { seed: 2, numRuns: 300 },
    );
    expect([...met].toSorted()).toEqual(["breakout", "open", "rejected"]);
  });

  it("would notice one session more of grace", () => {
    const path = distances("FNBBBBBBN");
    expect(levelEvents(path, { ...usual, rearm: 6 }).events).not.toEqual(byGrammar(path, usual));
  });

  it("changes nothing in finished events when later closes are added", () => {
    fc.assert(
      fc.property(letters, letters, (before, after) => {
        const past = levelEvents(distances(before.join("")), usual).events;
        const all = levelEvents(distances([...before, ...after].join("")), usual).events;
        // Only the last event can still be under way.
        expect(all.slice(0, Math.max(0, past.length - 1))).toEqual(past.slice(0, -1));
        const last = past.at(-1);
        if (last?.outcome === "breakout") expect(all[past.length - 1]).toEqual(last);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
