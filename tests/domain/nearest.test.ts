import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { didYouMean, nearest } from "#src/domain/nearest.ts";

const seed = 20_260_213;

/** Every text one edit away, over the letters a, b and c. */
function oneEditAway(text: string): ReadonlySet<string> {
  const out = new Set<string>();
  for (let i = 0; i <= text.length; i++) {
    const [before, after] = [text.slice(0, i), text.slice(i)];
    for (const letter of "abc") {
      out.add(before + letter + after);
      if (after !== "") out.add(before + letter + after.slice(1));
    }
    if (after !== "") out.add(before + after.slice(1));
    if (after.length > 1) out.add(before + after.charAt(1) + after.charAt(0) + after.slice(2));
  }
  return out;
}

/** Every text at most `edits` edits away. */
function within(text: string, edits: number): ReadonlySet<string> {
  let out: ReadonlySet<string> = new Set([text]);
  for (let i = 0; i < edits; i++) out = new Set([...out].flatMap((each) => [each, ...oneEditAway(each)]));
  return out;
}

/** Insertions, deletions and replacements only, straight from the definition. */
function plainDistance(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const same = a.charAt(0) === b.charAt(0) ? 0 : 1;
  return Math.min(
    plainDistance(a.slice(1), b) + 1,
    plainDistance(a, b.slice(1)) + 1,
    plainDistance(a.slice(1), b.slice(1)) + same,
  );
}

const textsOf = (length: number): readonly string[] =>
  length === 0 ? [""] : textsOf(length - 1).flatMap((text) => [..."abc"].map((letter) => text + letter));

describe("nearest", () => {
  it("of texts up to four letters finds those one edit away and no others", () => {
    const all = [0, 1, 2, 3, 4].flatMap(textsOf);
    expect(all).toHaveLength(1 + 3 + 9 + 27 + 81);
    for (const written of all.filter((text) => text.length > 1)) {
      const near = within(written, 1);
      const wrong = all.filter((each) => (nearest(written, [each]) === each) !== near.has(each));
      expect([written, wrong]).toEqual([written, []]);
    }
  });

  it("allows one edit for every three letters, at least one", () => {
    expect(nearest("ab", ["cd"])).toBeNull();
    expect(nearest("abcab", ["abcac"])).toBe("abcac");
    expect(nearest("abcab", ["abccc"])).toBeNull();
    expect(nearest("abcabc", ["abccbb"])).toBe("abccbb");
    expect(nearest("abcabc", ["cbccbb"])).toBeNull();
    expect(nearest("abcabcabc", ["bbcbbcbbc"])).toBe("bbcbbcbbc");
    expect(nearest("abcabcabc", ["bbcbbcbbb"])).toBeNull();
  });

  it("of texts of six letters finds all two plain edits away, and none that two edits and swaps do not reach", () => {
    const letters = fc.constantFrom("a", "b", "c");
    const written = fc.string({ unit: letters, minLength: 6, maxLength: 6 });
    const candidate = fc.string({ unit: letters, minLength: 4, maxLength: 8 });
    let [found, refused] = [0, 0];
    fc.assert(
      fc.property(written, candidate, (text, other) => {
        const isFound = nearest(text, [other]) !== null;
        if (plainDistance(text, other) <= 2) expect(isFound).toBe(true);
        if (isFound) expect(within(text, 2).has(other)).toBe(true);
        if (isFound) found++;
        else refused++;
      }),
      { seed, numRuns: 300 },
    );
    expect(Math.min(found, refused)).toBeGreaterThan(20);
  });

  it("counts a swap of neighbours as one edit", () => {
    expect(nearest("dtae", ["date"])).toBe("date");
    expect(nearest("relaesed", ["released"])).toBe("released");
  });

  it("takes the nearest, of equals the first, and disregards case", () => {
    expect(nearest("levels", ["labels", "level", "levers"])).toBe("level");
    expect(nearest("levels", ["levels ", "levels"])).toBe("levels");
    expect(nearest("KOSPI", ["kospy", "Kospi"])).toBe("Kospi");
  });

  it("finds nothing among nothing, and nothing far away", () => {
    expect(nearest("date", [])).toBeNull();
    expect(nearest("date", ["observation_date", "close"])).toBeNull();
    expect(nearest("date", new Set(["dat"]))).toBe("dat");
  });
});

describe("didYouMean", () => {
  it("asks after the nearest, or says nothing", () => {
    expect(didYouMean("dat", ["date", "close"])).toBe("; did you mean date?");
    expect(didYouMean("volume", ["date", "close"])).toBe("");
  });
});
