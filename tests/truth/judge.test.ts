import { describe, expect, it } from "vitest";
import type { Fact } from "#src/domain/fact.ts";
import type { Statement } from "#src/domain/statement.ts";
import { factOf } from "#tests/statements/evidence.ts";
import { type Checker, checkersOf, faultsOf, type Truth } from "#tests/truth/judge.ts";
import type { World } from "#tests/truth/world.ts";

/* That the judge sees a wrong number, a wrong word, a wrong name and what nobody checks; and nothing in a true statement. */

const name = { en: "the index", "zh-CN": "指数" };
const fact = (id: string, value: Fact["value"], quantum: number | null): Fact =>
  factOf(id, value, "return", { quantum, state: "up" });
const facts = [fact("x.week", 0.021, 1e-3), fact("x.day", "2026-02-13", null), fact("x.likely", 0.931, 0.01)];
const places = {
  week: { fact: "x.week" },
  day: { fact: "x.day" },
  likely: { fact: "x.likely" },
  name: { name },
};
const statement: Statement = {
  id: "levels.X.up",
  section: "levels",
  claim: { key: "levels.up", places: { name: { name } } },
  text: [{ key: "levels.up.text", places }],
  gate: { rule: "B2", found: {} },
  tail: { share: 1, n: 1, record: false },
  stance: null,
  proof: null,
};
const truth: Truth = {
  facts: { "x.week": 0.021, "x.day": "2026-02-13", "x.likely": { value: 0.93, within: 0.005 } },
  names: { name: [name] },
  says: { "levels.up": true, "levels.up.text": true, "levels.down": false },
};
const checker = (changed: Partial<Truth> = {}, ids = /^levels\.X\./): Checker => ({
  section: "levels",
  standard: "B2",
  ids,
  truth: () => ({ ...truth, ...changed }),
});
const judged = (changed: Partial<Truth> = {}, of: Statement = statement) =>
  faultsOf([checker(changed)], {} as World, facts, of);

describe("the judge of statements", () => {
  it("finds nothing in what is true", () => {
    expect(judged()).toEqual([]);
  });

  it("sees a number that is off by more than rounding, even less than is printed", () => {
    expect(judged({ facts: { ...truth.facts, "x.week": 0.02101 } })).toHaveLength(1);
    expect(judged({ facts: { ...truth.facts, "x.week": -0.021 } })).toHaveLength(1);
    expect(judged({ facts: { ...truth.facts, "x.day": "2026-02-12" } })).toHaveLength(1);
    expect(judged({ facts: { ...truth.facts, "x.likely": { value: 0.92, within: 0.005 } } })).toHaveLength(1);
    expect(judged({ facts: { ...truth.facts, "x.week": null } })).toHaveLength(1);
  });

  it("sees a word that does not hold, and one that nobody checks", () => {
    const said = (key: string): Statement => ({ ...statement, claim: { key, places: { name: { name } } } });
    expect(judged({}, said("levels.down"))).toEqual(["levels.X.up: levels.down does not hold"]);
    expect(judged({}, said("levels.sideways"))).toEqual([
      "levels.X.up: nobody checks the words of levels.sideways",
    ]);
  });

  it("sees another name, and a fact that nobody checks", () => {
    expect(judged({ names: { name: [{ en: "the other", "zh-CN": "指数" }] } })).toHaveLength(2);
    expect(judged({ facts: { "x.day": "2026-02-13" } })).toHaveLength(2);
  });

  it("wants exactly one checker", () => {
    expect(checkersOf([checker(), checker()], statement)).toHaveLength(2);
    expect(faultsOf([checker(), checker()], {} as World, facts, statement)).toHaveLength(1);
    expect(faultsOf([checker({}, /^flows/)], {} as World, facts, statement)).toHaveLength(1);
    expect(judged({}, { ...statement, gate: { rule: "B3", found: {} } })).toHaveLength(1);
  });
});
