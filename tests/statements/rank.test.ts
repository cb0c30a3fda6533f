import { describe, expect, it } from "vitest";
import type { Statement } from "#src/domain/statement.ts";
import { contradictions, rankStatements, scoreOf } from "#src/statements/rank.ts";

const statement = (id: string, tail: Statement["tail"], stance: string | null = null): Statement => ({
  id,
  section: "levels",
  claim: { key: "x", places: {} },
  text: [],
  gate: { rule: "x", found: {} },
  tail,
  stance,
  proof: null,
});
const share = (value: number, n = 1000, record = false) => ({ share: value, n, record });
const none = new Set<string>();

describe("the score of a statement", () => {
  it("is the order of magnitude of its tail share, and ordinary ones score nothing", () => {
    expect(scoreOf(statement("a", share(0.01)), none)).toEqual({
      surprise: 2,
      record: 0,
      repeated: 0,
      total: 2,
    });
    expect(scoreOf(statement("a", share(1)), none).total).toBe(0);
    expect(Object.is(scoreOf(statement("a", share(1)), none).surprise, 0)).toBe(true);
  });

  it("is at most that of one in n", () => {
    expect(scoreOf(statement("a", share(0, 100)), none).surprise).toBe(2);
    expect(scoreOf(statement("a", share(0.001, 100)), none).surprise).toBe(2);
  });

  it("is one more for a record, and half less where the last issue said the same", () => {
    const parts = { surprise: 2, record: 1, repeated: -0.5, total: 2.5 };
    expect(scoreOf(statement("a", share(0.01, 1000, true)), new Set(["a"]))).toEqual(parts);
    expect(scoreOf(statement("a", share(0.01)), new Set(["b"])).repeated).toBe(0);
  });
});

describe("the order of statements", () => {
  it("is by score, the highest first; equals keep theirs", () => {
    const ranked = rankStatements(
      [
        statement("first", share(0.1)),
        statement("rare", share(0.01)),
        statement("second", share(0.1)),
        // 1 + 1 − 0.5 = 1.5 lies between the two.
        statement("repeated record", share(0.1, 1000, true)),
        statement("third", share(0.1)),
      ],
      new Set(["repeated record"]),
    );
    expect(ranked.map(({ id }) => id)).toEqual(["rare", "repeated record", "first", "second", "third"]);
  });
});

describe("contradictions", () => {
  const of = (...stances: readonly (string | null)[]) =>
    contradictions(stances.map((stance, i) => statement(String(i), share(1), stance))).map((pair) =>
      pair.map(({ id }) => id),
    );

  it("are two sides of one subject", () => {
    expect(of("spx.level:above", "spx.level:below")).toEqual([["0", "1"]]);
    expect(of("a:x", null, "b:x", "a:y", "a:x", "a:z")).toEqual([
      ["0", "3"],
      ["0", "5"],
    ]);
  });

  it("are not two of one side, of two subjects, or without a stance", () => {
    expect(of("a:x", "a:x", "b:y", null, null)).toEqual([]);
  });
});
