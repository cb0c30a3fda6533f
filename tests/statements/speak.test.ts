import { describe, expect, it } from "vitest";
import type { Comparison, Condition, Ladder, Piece, Rule, Subject } from "#src/statements/rule.ts";
import { holds, speak } from "#src/statements/speak.ts";
import { factOf } from "#tests/statements/evidence.ts";

const subject = (evidence: Subject["evidence"], rest: Partial<Subject> = {}): Subject => ({
  id: "KRIX",
  evidence,
  ...rest,
});

const ladder = (evidence: readonly string[], rules: readonly Partial<Rule>[]): Ladder => ({
  id: "levels.week",
  section: "levels",
  about: "a market's week",
  standard: "B2 superlative",
  evidence: Object.fromEntries(evidence.map((name) => [name, { means: name }])),
  rules: rules.map((rule, i) => ({ word: `w${i}`, claim: `c${i}`, text: [`t${i}`], tells: [], ...rule })),
});

/** What became of a subject whom a ladder of these rules asks. */
const asked = (evidence: Subject["evidence"], rules: readonly Partial<Rule>[], rest: Partial<Subject> = {}) =>
  speak(ladder(Object.keys(evidence), rules), subject(evidence, rest));

const spoken = (...given: Parameters<typeof asked>) => {
  const { statement } = asked(...given);
  if (statement === null) throw new Error("nothing is said");
  return statement;
};

const years = (value: number | null) => factOf("years", value, "multiple");

describe("a condition", () => {
  const of = (value: Piece, comparison: Comparison, limit: Condition[2]) =>
    holds(subject({ x: value }), ["x", comparison, limit]);

  it.each([
    [1, [true, false, true, false]],
    [1.1, [true, true, false, false]],
    [0.9, [false, false, true, true]],
  ])("of %d against 1 is as arithmetic has it", (value, expected) => {
    expect(([">=", ">", "<=", "<"] as const).map((comparison) => of(value, comparison, 1))).toEqual(expected);
  });

  // A billionth of the limit, and of 1 where that is larger.
  it.each([
    [1e6, 1e-4, 1e-2],
    [-1e6, 1e-4, 1e-2],
    [0.001, 5e-10, 2e-9],
    [0, 5e-10, 2e-9],
  ])("is met at %d by what rounding leaves of it, and by no more", (limit, rounding, more) => {
    for (const side of [-1, 1]) {
      const near = (["<", "<=", ">=", ">"] as const).map((each) => of(limit + side * rounding, each, limit));
      expect(near).toEqual([false, true, true, false]);
      const off = (["<", "<=", ">=", ">"] as const).map((each) => of(limit + side * more, each, limit));
      expect(off).toEqual(side < 0 ? [true, true, false, false] : [false, false, true, true]);
    }
  });

  it.each([">=", ">", "<=", "<"] as const)("%s is met by numbers alone", (comparison) => {
    // Each of these would be met were it taken for a number.
    for (const limit of [-5, 5]) {
      expect(of(null, comparison, limit)).toBe(false);
      expect(of(years(null), comparison, limit)).toBe(false);
      expect(of("0", comparison, limit)).toBe(false);
      expect(of(true, comparison, limit)).toBe(false);
    }
    for (const value of [-5, 5]) {
      expect(of(value, comparison, null)).toBe(false);
      expect(of(value, comparison, "0")).toBe(false);
    }
  });

  it("asks whether a value is one, is none of several, and is there", () => {
    expect([of("up", "is", "up"), of("up", "is", "down"), of(null, "is", null)]).toEqual([true, false, true]);
    expect([of("up", "is not", "up"), of("up", "is not", "down"), of(null, "is not", "up")]).toEqual([
      false,
      true,
      true,
    ]);
    expect([of("up", "in", ["up", "flat"]), of("down", "in", ["up", "flat"])]).toEqual([true, false]);
    expect(of("up", "in", "up or flat")).toBe(false);
    expect([of(0, "known", null), of(false, "known", null), of(null, "known", null)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(of({ value: 3, reasons: [] }, "is", 3)).toBe(true);
  });

  it("is of the exact value, and of the direction of the printed one", () => {
    // 0.04 per cent prints as 0.0 per cent.
    const x = factOf("x", 0.0004, "return");
    expect(of(x, ">", 0)).toBe(true);
    expect(holds(subject({ x }), ["x.state", "is", "flat"])).toBe(true);
  });

  it.each([
    ["state", "up"],
    ["status", "warn"],
    ["n", 250],
    ["p", 0.01],
    ["q", 0.04],
    ["percentile", 97],
  ])("reads a fact's %s", (trait, value) => {
    const x = factOf("x", 0.02, "return", {
      status: "warn",
      window: { start: null, end: null, n: 250 },
      stats: { p: 0.01, q: 0.04, percentile: 97 },
    });
    expect(holds(subject({ x }), [`x.${trait}`, "is", value])).toBe(true);
  });

  it("finds no trait in a fact that has none, and in what is no fact", () => {
    const bare = factOf("x", 0.02, "return");
    for (const trait of ["p", "q", "percentile"])
      expect(holds(subject({ x: bare }), [`x.${trait}`, "is", null])).toBe(true);
    for (const piece of ["up", 3, { value: 3, reasons: [] }])
      expect(holds(subject({ x: piece }), ["x.state", "is", null])).toBe(true);
  });

  it("throws what a rule asks wrongly", () => {
    expect(() => holds(subject({}), ["x", "known", null])).toThrow(
      new RangeError("a rule asks KRIX for evidence x, which there is not"),
    );
    const x = factOf("levels.x", 1, "return");
    expect(() => holds(subject({ x }), ["x.colour", "known", null])).toThrow(
      new RangeError("a rule asks levels.x for its colour, which facts have not"),
    );
  });
});

describe("who speaks", () => {
  const rules = [
    { gate: [["years", ">=", 5, "too-short"]] },
    { if: [["years", ">=", 3]], gate: [["years", ">=", 4, "too-short"]] },
    { gate: [["years", ">=", 1, "too-short"]] },
    { gate: [["years", ">=", 0, "too-short"]] },
  ] satisfies Partial<Rule>[];
  const words = (value: number | null) => {
    const { statement, refusals } = asked({ years: years(value) }, rules);
    return [statement?.id ?? null, refusals.map(({ id, instead }) => `${id} → ${instead}`)];
  };

  it("is the first that has earned it; those above are refused for it, those below are not asked", () => {
    expect(words(6)).toEqual(["levels.KRIX.w0", []]);
    expect(words(3.5)).toEqual([
      "levels.KRIX.w2",
      ["levels.KRIX.w0 → levels.KRIX.w2", "levels.KRIX.w1 → levels.KRIX.w2"],
    ]);
  });

  it("is nobody whom the evidence does not concern, who is not refused either", () => {
    expect(words(2)).toEqual(["levels.KRIX.w2", ["levels.KRIX.w0 → levels.KRIX.w2"]]);
  });

  it("is nobody where none has earned it: all that were asked are refused for nothing", () => {
    const refused = ["w0", "w2", "w3"].map((word) => `levels.KRIX.${word} → null`);
    expect(words(-1)).toEqual([null, refused]);
    expect(words(null)).toEqual([null, refused]);
  });

  it("is no rule that would tell, or name in a key, what is not there", () => {
    const evidence = { years: years(null), side: null, name: null };
    const said = (rule: Partial<Rule>) => asked(evidence, [rule]).statement !== null;
    expect(said({ tells: ["years"] })).toBe(false);
    expect(said({ tells: ["w=years"] })).toBe(false);
    expect(said({ word: "w.{side}" })).toBe(false);
    expect(said({ claim: "c.{side}" })).toBe(false);
    expect(said({ text: ["t.{side}"] })).toBe(false);
    expect(said({ text: ["t.{years.n}"] })).toBe(true);
    // “name” tells another name than the evidence here, which stands in its place only.
    expect(said({ tells: ["name=subjectName"] })).toBe(true);
    expect(said({ text: [{ say: "t.{side}", if: [["side", "known", null]] }] })).toBe(true);
  });

  it("must be given the evidence that the ladder declares, and no other", () => {
    const { statement } = speak(ladder(["a", "b"], [{}]), subject({ b: 1, a: 1 }));
    expect(statement?.id).toBe("levels.KRIX.w0");
    expect(() => speak(ladder(["a", "b"], [{}]), subject({ b: 1, c: 1, d: 1 }))).toThrow(
      new RangeError("ladder levels.week requires its own evidence of KRIX, got otherwise: a, c, d"),
    );
  });
});

describe("what a refusal says", () => {
  const refused = (rule: Partial<Rule>, evidence: Subject["evidence"]) => {
    const [refusal] = asked(evidence, [rule, { word: "rest" }]).refusals;
    return refusal;
  };
  const reasons = (...given: Parameters<typeof refused>) => refused(...given)?.reasons;

  it("is its own name and id where it has some, and otherwise those of its word", () => {
    const gate = [["n", ">=", 5, "too-few"]] as const;
    expect(refused({ word: "best-{side}", gate }, { n: 3, side: "up" })).toEqual({
      id: "levels.KRIX.best-up",
      word: "best-up",
      section: "levels",
      reasons: [{ code: "too-few", need: 5, have: 3 }],
      instead: "levels.KRIX.rest",
    });
    const named = { word: "best-{side}", named: "best week", refused: "best-by-return", gate };
    expect(refused(named, { n: 3, side: "up" })).toMatchObject({
      id: "levels.KRIX.best-by-return",
      word: "best week",
    });
  });

  it("is what of the gate does not hold, once a code, with the numbers that there are", () => {
    const gate: readonly Condition[] = [
      ["n", ">=", 5, "too-few"],
      ["n", ">=", 1, "none"],
      ["side", "is", "up", "falls"],
      ["share", ">=", 0.5],
      ["m", ">=", 7, "too-few"],
    ];
    expect(reasons({ gate }, { n: 3, m: 4, side: "down", share: "much" })).toEqual([
      { code: "too-few", need: 7, have: 4 },
      { code: "falls" },
      { code: "share", need: 0.5 },
    ]);
  });

  it("is why what was asked for is missing, where that is known", () => {
    const short = [{ code: "sample-short", need: 60, have: 12 }];
    const gate: readonly Condition[] = [["years", ">=", 5, "too-short"]];
    expect(reasons({ gate }, { years: { value: null, reasons: short } })).toEqual(short);
    // Measured, and none: the condition's own code, never a refusal without a reason.
    expect(reasons({ gate }, { years: { value: null, reasons: [] } })).toHaveLength(1);
    const fact = factOf("years", null, "multiple", { reasons: short });
    expect(reasons({ gate }, { years: fact })).toEqual(short);
    expect(reasons({ gate: [["years.q", "<=", 0.05, "no-q"]] }, { years: fact })).toEqual(short);
    // Reasons of a value that is there are warnings, and do not refuse.
    const warned = factOf("years", 3, "multiple", { reasons: short });
    expect(reasons({ gate }, { years: warned })).toEqual([{ code: "too-short", need: 5, have: 3 }]);
    expect(reasons({ gate }, { years: null })).toEqual([{ code: "too-short", need: 5 }]);
  });

  it("is that something to be told is missing, only where the gate holds", () => {
    const rule: Partial<Rule> = { gate: [["n", ">=", 5, "too-few"]], tells: ["n", "low", "high"] };
    const missing = { value: null, reasons: [{ code: "sample-short" }] };
    expect(reasons(rule, { n: 5, low: null, high: missing })).toEqual([
      { code: "no-value" },
      { code: "sample-short" },
    ]);
    expect(reasons(rule, { n: 3, low: null, high: null })).toEqual([{ code: "too-few", need: 5, have: 3 }]);
    expect(reasons({ tells: ["low"] }, { low: null })).toEqual([{ code: "no-value" }]);
  });
});

describe("a statement", () => {
  const week = factOf("levels.KRIX.week", 0.021, "return");
  const flow = factOf("flows.out", -2e9, "USD");

  it("has in its places the facts that it tells, the names that it is given, and its subject", () => {
    const name = { name: { en: "KRX", "zh-CN": "韩指" } };
    const prose = { name: { en: "the KRX", "zh-CN": "韩指" } };
    const signed = { fact: "levels.KRIX.close", signed: true };
    const { claim, text } = spoken(
      { week, flow, side: "up", close: factOf("levels.KRIX.close", 3259, "points") },
      [{ claim: "c.{side}.{week.state}", text: ["t.{side}"], tells: ["week", "w=flow", "side", "x=close"] }],
      { name, prose, places: { close: signed } },
    );
    const places = { week: { fact: week.id }, w: { fact: flow.id }, x: signed };
    expect(claim).toEqual({ key: "c.up.up", places: { ...places, name } });
    expect(text).toEqual([{ key: "t.up", places: { ...places, name: prose } }]);
  });

  it("names no subject where the section is the subject, in its places and in its id", () => {
    const { id, claim, text } = spoken({ week }, [{ word: "{week.state}", tells: ["week"] }], { id: "" });
    expect(id).toBe("levels.up");
    expect([claim.places, text[0]?.places]).toEqual([
      { week: { fact: week.id } },
      { week: { fact: week.id } },
    ]);
  });

  it("adds the sentences whose conditions all hold and whose own facts are there", () => {
    const keys = (n: number, extra: Piece) => {
      const { text } = spoken({ week, n, extra, also: flow }, [
        {
          text: [
            "always",
            {
              say: "sometimes.{n}",
              if: [
                ["n", ">=", 1],
                ["n", "<=", 2],
              ],
              tells: ["extra", "also"],
            },
            { say: "plain", if: [["n", ">=", 2]] },
          ],
          tells: ["week"],
        },
      ]);
      return text.map(({ key, places }) => `${key}: ${Object.keys(places).join(" ")}`);
    };
    expect(keys(1, week)).toEqual(["always: week", "sometimes.1: week extra also"]);
    expect(keys(2, week)).toEqual(["always: week", "sometimes.2: week extra also", "plain: week"]);
    expect(keys(3, week)).toEqual(["always: week", "plain: week"]);
    expect(keys(0, week)).toEqual(["always: week"]);
    expect(keys(2, null)).toEqual(["always: week", "plain: week"]);
  });

  it("shows the standard, all evidence, and the traits by which it was let through", () => {
    const evidence = { week, side: "up", years: { value: 5, reasons: [] } };
    const rule: Partial<Rule> = { if: [["week.state", "is", "up"]], gate: [["week.status", "is", "ok"]] };
    expect(spoken(evidence, [rule]).gate).toEqual({
      rule: "B2 superlative",
      found: { week: 0.021, side: "up", years: 5, "week.state": "up", "week.status": "ok" },
    });
    expect(spoken(evidence, [{}]).gate.found).toEqual({ week: 0.021, side: "up", years: 5 });
  });

  it("is as rare as the evidence that ranks it, and without one as anything", () => {
    const rare = factOf("x", 0.02, "return", { stats: { tail: 0.01, sample: 300 } });
    const tail = (x: Piece, rule: Partial<Rule>) => spoken({ x }, [rule]).tail;
    expect(tail(rare, { surprise: "x" })).toEqual({ share: 0.01, n: 300, record: false });
    expect(tail(rare, { surprise: "x", record: true })).toEqual({ share: 0.01, n: 300, record: true });
    const ordinary = { share: 1, n: 1, record: false };
    expect(tail(rare, {})).toEqual(ordinary);
    expect(tail(week, { surprise: "x" })).toEqual(ordinary);
    expect(tail({ value: 1, reasons: [] }, { surprise: "x" })).toEqual(ordinary);
  });

  it("has a stance and a figure where the rule and the subject give them", () => {
    const stance = { stance: "{id}.week:{week.state}" };
    expect(spoken({ week }, [stance], { proof: "levels.figure" })).toMatchObject({
      stance: "KRIX.week:up",
      proof: "levels.figure",
    });
    expect(spoken({ week }, [{}])).toMatchObject({ stance: null, proof: null });
  });

  it("says whether its word was earned, and whether it may last", () => {
    const flags = (rule: Partial<Rule>) => {
      const { earned, lasting } = spoken({ week }, [rule]);
      return [earned, lasting];
    };
    expect(flags({})).toEqual([false, true]);
    expect(flags({ gate: [] })).toEqual([false, true]);
    expect(flags({ gate: [["week", ">", 0]] })).toEqual([true, true]);
    expect(flags({ passing: true })).toEqual([false, false]);
  });
});
