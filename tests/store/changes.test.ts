import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Change, changes, type Given, type Known } from "#src/store/changes.ts";

const notGiven = -1;
const given = (key: number, value: number, vintage = notGiven): Given => ({ key, vintage, value });
const known = (key: number, value: number | null, vintage = notGiven): Known => ({ key, vintage, value });
const of = (before: readonly Known[], now: readonly Given[]): readonly string[] =>
  changes(before, now, notGiven).map(({ kind, key, vintage, value }) => `${kind} ${key}/${vintage} ${value}`);

describe("changes", () => {
  it.each([
    ["nothing", [known(1, 5)], [given(1, 5)], []],
    ["a first value", [], [given(1, 5)], ["added 1/-1 5"]],
    ["another value", [known(1, 5)], [given(1, 6)], ["revised 1/-1 6"]],
    ["a value that is gone", [known(1, 5), known(2, 6)], [given(2, 6)], ["withdrawn 1/-1 null"]],
    ["one that is gone already", [known(1, null)], [], []],
    ["one that comes back", [known(1, null)], [given(1, 5)], ["revised 1/-1 5"]],
    [
      "a new vintage of a known day",
      [known(1, 5, 100)],
      [given(1, 5, 100), given(1, 6, 200)],
      ["added 1/200 6"],
    ],
    [
      "a value without a known-at beside one with",
      [known(1, 5, 100)],
      [given(1, 6), given(1, 5, 100)],
      ["revised 1/-1 6"],
    ],
    ["a correction of a vintage", [known(1, 5, 100)], [given(1, 7, 100)], ["revised 1/100 7"]],
  ])("finds %s", (_, before, now, expected) => {
    expect(of(before, now)).toEqual(expected);
  });

  const rows = fc.uniqueArray(
    fc.record({
      key: fc.integer({ min: 1, max: 6 }),
      vintage: fc.constantFrom(notGiven, 10, 20),
      value: fc.integer({ min: 0, max: 2 }),
    }),
    { selector: ({ key, vintage }) => `${key}/${vintage}`, maxLength: 12 },
  );
  const standingOf = (
    before: readonly Known[],
    found: readonly Change[],
  ): ReadonlyMap<string, number | null> =>
    new Map([...before, ...found].map(({ key, vintage, value }) => [`${key}/${vintage}`, value]));

  it("leads from what was known to exactly what is given, and is nothing the second time", () => {
    fc.assert(
      fc.property(rows, rows, (before, now) => {
        const found = changes(before, now, notGiven);
        const standing = [...standingOf(before, found)].filter(([, value]) => value !== null);
        expect(new Map(standing)).toEqual(
          standingOf(
            [],
            now.map((each) => ({ ...each, kind: "added" })),
          ),
        );
        const again = [...standingOf(before, found)].map(([place, value]) => {
          const [key = 0, vintage = 0] = place.split("/").map(Number);
          return known(key, value, vintage);
        });
        expect(changes(again, now, notGiven)).toEqual([]);
      }),
      { seed: 20_260_213 },
    );
  });
});
