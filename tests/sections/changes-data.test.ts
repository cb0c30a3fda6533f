import { describe, expect, it } from "vitest";
import type { RankedStatement } from "#src/domain/statement.ts";
import { largestMoves, statementChanges } from "#src/sections/changes-data.ts";
import { factOf } from "#tests/statements/evidence.ts";

const statement = (id: string, rest: Partial<RankedStatement> = {}): RankedStatement => ({
  id,
  section: "levels",
  claim: { key: "x", places: {} },
  text: [],
  gate: { rule: "x", found: {} },
  tail: { share: 1, n: 1, record: false },
  stance: null,
  proof: null,
  lasting: true,
  earned: false,
  score: { surprise: 0, record: 0, repeated: 0, total: 0 },
  ...rest,
});
const on = (stance: string, rest: Partial<RankedStatement> = {}) => statement(stance, { stance, ...rest });
const ids = (found: ReturnType<typeof statementChanges>) => ({
  fresh: found.fresh.map(({ id }) => id),
  reversed: found.reversed.map(({ before, now }) => [before.id, now.id]),
  changed: found.changed.map(({ before, now }) => [before.id, now.id]),
  gone: found.gone.map(({ id }) => id),
});
const none = { fresh: [], reversed: [], changed: [], gone: [] };

describe("what two issues say otherwise", () => {
  it("is nothing where they say the same", () => {
    expect(ids(statementChanges([on("a:up"), statement("b")], [statement("b"), on("a:up")]))).toEqual(none);
  });

  it.each([
    ["a:up", "a:down", "reversed"],
    ["a:up.calm", "a:down.high", "reversed"],
    ["a:below", "a:above", "reversed"],
    ["a:up.calm", "a:up.high", "changed"],
    ["a:doubled", "a:more-than-doubled", "changed"],
  ])("of one subject %s and %s is %s", (before, now, kind) => {
    expect(ids(statementChanges([on(before)], [on(now)]))).toEqual({ ...none, [kind]: [[before, now]] });
  });

  it("of two subjects is one gone and one new", () => {
    expect(ids(statementChanges([on("a:up")], [on("b:down")]))).toEqual({
      ...none,
      fresh: ["b:down"],
      gone: ["a:up"],
    });
  });

  it("leaves out what is of one week alone, unless its word was earned", () => {
    const week = { lasting: false };
    expect(ids(statementChanges([on("a.week:up", week)], [on("a.week:down", week)]))).toEqual(none);
    expect(ids(statementChanges([], [on("a.week:up", { ...week, earned: true })]))).toEqual({
      ...none,
      fresh: ["a.week:up"],
    });
    expect(ids(statementChanges([on("a.week:up", { ...week, earned: true })], []))).toEqual(none);
  });

  it("reads an issue that does not tell what lasts by its stances", () => {
    const { lasting: _, earned: __, ...older } = on("a.week:up");
    const { lasting: ___, earned: ____, ...state } = on("a.regime:up");
    expect(ids(statementChanges([older, state], []))).toEqual({ ...none, gone: ["a.regime:up"] });
  });
});

describe("the largest moves", () => {
  const rank = (id: string, value: number | null) => factOf(id, value, "percentile");
  const all = () => true;

  it("are of facts that both have and that print otherwise, the farthest first, up or down", () => {
    const before = [rank("a", 50), rank("b", 50), rank("c", 50.2), rank("d", null), rank("e", 10)];
    const now = [rank("a", 60), rank("b", 20), rank("c", 50.4), rank("d", 90), rank("f", 1)];
    const moves = largestMoves(before, now, all, 6);
    expect(moves.map(({ now: { id }, change }) => [id, change])).toEqual([
      ["b", -30],
      ["a", 10],
    ]);
    expect(largestMoves(before, now, all, 1)).toHaveLength(1);
    expect(largestMoves(before, now, ({ id }) => id === "a", 6)).toHaveLength(1);
  });

  it("are the difference of what is printed", () => {
    expect(largestMoves([rank("a", 50.4)], [rank("a", 50.6)], all, 1)[0]?.change).toBe(1);
    // Halves are printed away from zero.
    const [z, less] = [factOf("a", 0, "z"), factOf("a", -0.25, "z")];
    expect(largestMoves([z], [less], all, 1)[0]?.change).toBeCloseTo(-0.3, 12);
  });
});
