import { describe, expect, it } from "vitest";
import type { CheckRule, OperandRule } from "#src/domain/check-rules.ts";
import { closesTo, series as numbers } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import type { CaseSeries } from "#tests/sections/market-case.ts";

const friday = "2026-02-13";

/** A number that somebody stated on a day: in the unit of facts, as the list's file would give it. */
const stated = (value: number, rest: Partial<CaseSeries> = {}, day = "2026-02-10"): CaseSeries => ({
  rows: [[day, value, `${day}T12:00:00Z`, "an analyst"]],
  staleAfter: 30,
  kind: "return",
  unit: "percent",
  ...rest,
});
const billions = (value: number, rest: Partial<CaseSeries> = {}): CaseSeries =>
  stated(value * 1e9, { kind: "flow", unit: "billion", currency: "USD", ...rest });

const of = (series: string, decimals: number | null = null): readonly OperandRule[] => [{ series, decimals }];
const rule = (relation: CheckRule["relation"], parts: CheckRule["numbers"], id = "r"): CheckRule => ({
  id,
  name: { en: `Check ${id}`, "zh-CN": `核验${id}` },
  relation,
  numbers: parts,
});

/** The section of such numbers and relations, as of the Friday. */
function checksOf(given: Readonly<Record<string, CaseSeries>>, checks: readonly CheckRule[], asOf = friday) {
  const found = issueOf({ series: given, checks, sections: ["checks", "sources"] }, asOf);
  const part = found.section("checks");
  const verdicts = (part.tables[0]?.rows ?? []).map(({ cells }) => {
    const last = cells.at(-1) ?? null;
    return last !== null && "say" in last ? last.say.key.split(".").at(-1) : null;
  });
  return { ...found, part, verdicts, gaps: part.gaps.map(({ key }) => key.split(".").at(-1)) };
}

/** What is implied of one relation: value, low and high. */
const impliedOf = (found: ReturnType<typeof checksOf>, id = "r") =>
  ["implied", "low", "high"].map((measure) => Number(found.fact(`checks.${id}.${measure}`).value));

const inflows = { ABROAD: billions(89), HOME: billions(16) };
const parts = { part: of("ABROAD"), others: of("HOME") };

describe("a share of quoted numbers", () => {
  it("is implied within the rounding of each, and is stated as it was quoted", () => {
    const found = checksOf({ ...inflows, SHARE: stated(0.85, { kind: "ratio" }) }, [
      rule("share", { ...parts, stated: of("SHARE") }),
    ]);
    const [value, low, high] = impliedOf(found);
    expect(value).toBeCloseTo(89 / 105, 12);
    expect(low).toBeCloseTo(88.5 / (88.5 + 16.5), 12);
    expect(high).toBeCloseTo(89.5 / (89.5 + 15.5), 12);
    expect(found.verdicts).toEqual(["holds"]);
    expect(found.fact("checks.quoted.ABROAD")).toMatchObject({
      value: 89e9,
      unit: "USD",
      quantum: 1e9,
      source: { en: "the an analyst" },
    });
    expect(found.fact("checks.quoted.SHARE")).toMatchObject({ unit: "share", quantum: 0.01 });
    expect(found.statement("checks.quoted.agree").gate.found).toMatchObject({ checked: 1, held: 1 });
  });

  it.each([
    // Of 84.29 to 85.24 per cent: 84 stands for up to 84.5, 86 for 85.5 and more.
    [0.84, "holds"],
    [0.85, "holds"],
    [0.86, "fails"],
    [0.83, "fails"],
  ])("of %d %s", (share, verdict) => {
    const found = checksOf({ ...inflows, SHARE: stated(share, { kind: "ratio" }) }, [
      rule("share", { ...parts, stated: of("SHARE") }),
    ]);
    expect(found.verdicts).toEqual([verdict]);
  });

  it("is judged by the decimals that the rule gives, where the number has fewer", () => {
    const of86 = (decimals: number) =>
      checksOf({ ...inflows, SHARE: stated(0.86, { kind: "ratio" }) }, [
        rule("share", { ...parts, stated: of("SHARE", decimals) }),
      ]);
    expect(of86(1).verdicts).toEqual(["fails"]);
    expect(of86(-1).verdicts).toEqual(["holds"]);
    expect(of86(1).fact("checks.quoted.SHARE.decimals-1").quantum).toBeCloseTo(0.001, 15);
  });

  it("of signs that differ has no result, and cannot be checked", () => {
    const found = checksOf({ ABROAD: billions(89), HOME: billions(-16) }, [rule("share", parts)]);
    expect([found.verdicts, found.gaps]).toEqual([[], ["not-defined"]]);
    expect(found.part.claim.key).toBe("checks.none.claim");
    expect(found.refusal("checks.r.agrees").reasons).toEqual([{ code: "not-defined" }]);
  });
});

describe("each relation", () => {
  const all = {
    A: billions(89),
    B: billions(16),
    C: billions(105),
    G: stated(0.36),
    H: stated(1.2),
    X: stated(0.28),
    F: stated(0.05),
    L: stated(1000, { kind: "level", unit: "unit" }),
    T: stated(1160, { kind: "level", unit: "unit" }),
    P: stated(1),
    E: stated(1.992, { rows: [["2026-02-10", 1.992]] }),
  };

  it.each<[string, CheckRule["relation"], CheckRule["numbers"], number, string]>([
    ["a ratio", "ratio", { of: of("A"), over: of("B") }, 89 / 16, "multiple"],
    ["a sum", "sum", { parts: [...of("A"), ...of("B")] }, 105e9, "USD"],
    ["two years of growth", "compound", { growths: [...of("G"), ...of("H")] }, 1.36 * 2.2 - 1, "return"],
    ["dollars by local and currency", "fx", { local: of("X"), currency: of("F") }, 1.28 * 1.05 - 1, "return"],
    ["the currency", "fx", { local: of("F"), dollars: of("X") }, 1.28 / 1.05 - 1, "return"],
    ["the local return", "fx", { currency: of("F"), dollars: of("X") }, 1.28 / 1.05 - 1, "return"],
    ["an upside", "upside", { from: of("L"), to: of("T") }, 0.16, "return"],
    ["the multiple", "pe", { price: of("P"), earnings: of("E") }, 2 / 2.992 - 1, "return"],
    ["the price", "pe", { multiple: of("F"), earnings: of("X") }, 1.28 * 1.05 - 1, "return"],
    ["the earnings", "pe", { price: of("X"), multiple: of("F") }, 1.28 / 1.05 - 1, "return"],
  ])("%s is implied where nothing is stated of it", (_, relation, given, value, unit) => {
    const found = checksOf(all, [rule(relation, given)]);
    expect(found.fact("checks.r.implied").value).toBeCloseTo(value, 9);
    expect(found.fact("checks.r.implied").unit).toBe(unit);
    expect([found.verdicts, found.said]).toEqual([["implies"], ["checks.quoted.implied"]]);
  });

  it.each<[string, CheckRule["relation"], CheckRule["numbers"], string]>([
    ["a sum that is right", "sum", { parts: [...of("A"), ...of("B")], stated: of("C") }, "holds"],
    ["a sum that is not", "sum", { parts: [...of("A"), ...of("C")], stated: of("B") }, "fails"],
    ["three of a currency", "fx", { local: of("X"), currency: of("F"), dollars: of("X") }, "fails"],
    ["three of a multiple", "pe", { price: of("X"), earnings: of("X"), multiple: of("F") }, "fails"],
  ])("%s", (_, relation, given, verdict) => {
    expect(checksOf(all, [rule(relation, given)]).verdicts).toEqual([verdict]);
  });
});

describe("several relations", () => {
  const given = { ...inflows, SHARE: stated(0.9, { kind: "ratio" }), RIGHT: stated(0.85, { kind: "ratio" }) };

  it("are counted, and the first that does not hold is named with its numbers", () => {
    const found = checksOf(given, [
      rule("share", { ...parts, stated: of("RIGHT") }, "good"),
      rule("share", { ...parts, stated: of("SHARE") }, "bad"),
      rule("share", { ...parts, stated: of("SHARE", 1) }, "worse"),
      rule("ratio", { of: of("ABROAD"), over: of("HOME") }, "open"),
    ]);
    expect(found.verdicts).toEqual(["holds", "fails", "fails", "implies"]);
    expect(found.part.claim).toMatchObject({
      key: "checks.disagree.claim",
      places: { first: { name: { en: "Check bad" } }, held: { fact: "checks.held" } },
    });
    expect(found.refusal("checks.quoted.agree").reasons).toEqual([
      { code: "numbers-disagree", need: 0, have: 2 },
    ]);
    expect([found.fact("checks.held").value, found.fact("checks.checked").value]).toEqual([1, 3]);
    // Each number is named once, and the source and day that they share at their end.
    expect(found.part.tables[0]?.notes.map(({ key }) => key.split(".").at(-1))).toEqual([
      ...["more", "more", "more", "more", "quoted"],
      "rounding",
    ]);
  });

  it("that lack a number, or have an old one, cannot be checked, and say so", () => {
    const found = checksOf(
      { ...given, NONE: { ...stated(1), rows: [] }, OLD: stated(0.85, { kind: "ratio" }, "2026-01-09") },
      [
        rule("share", { ...parts, stated: of("OLD") }, "old"),
        rule("share", { part: of("NONE"), others: of("HOME") }, "none"),
        rule("share", { part: [{ fact: "levels.x", name: null }], others: of("HOME") }, "fact"),
        rule("sum", { parts: [...of("ABROAD"), ...of("RIGHT")] }, "units"),
      ],
    );
    expect(found.gaps).toEqual(["stale", "no-number", "no-fact", "units-differ"]);
    expect([found.part.tables, found.said]).toEqual([[], []]);
    expect(found.part.gaps[2]?.places.what).toEqual({ name: { en: "levels.x", "zh-CN": "levels.x" } });
  });

  it("are of what was known: a later number changes nothing, an earlier one does", () => {
    const at = (rows: CaseSeries["rows"]) =>
      checksOf({ ...inflows, SHARE: { ...stated(0.85, { kind: "ratio" }), rows: rows ?? [] } }, [
        rule("share", { ...parts, stated: of("SHARE") }),
      ]);
    const first = ["2026-02-10", 0.85, "2026-02-10T12:00:00Z"] as const;
    const plain = at([first]);
    expect(at([first, ["2026-02-17", 0.5, "2026-02-17T12:00:00Z"]]).composed.facts.facts).toEqual(
      plain.composed.facts.facts,
    );
    expect(at([first, ["2026-02-12", 0.5, "2026-02-12T12:00:00Z"]]).verdicts).toEqual(["fails"]);
  });
});

describe("facts of this issue", () => {
  const index = {
    I: {
      rows: closesTo(
        friday,
        numbers(400, (t) => 100 + t / 4),
      ),
    },
  };

  it("are there although their section stands after, and name their series", () => {
    const market = {
      series: { ...index, TARGET: stated(260, { kind: "level", unit: "unit" }), UP: stated(0.305) },
      superlatives: ["I"],
      checks: [
        rule("upside", {
          from: [{ fact: "levels.I.close", name: null }],
          to: of("TARGET"),
          stated: of("UP"),
        }),
      ],
    };
    const after = issueOf({ ...market, sections: ["checks", "levels", "sources"] }, friday);
    const close = Number(after.fact("levels.I.close").value);
    expect(close).toBe(199.75);
    expect(Number(after.fact("checks.r.implied").value)).toBeCloseTo(260 / close - 1, 12);
    expect(after.composed.sections.map(({ name }) => name)).toEqual(["checks", "levels", "sources"]);
    const before = issueOf({ ...market, sections: ["levels", "checks", "sources"] }, friday);
    expect(before.composed.facts.facts).toEqual(after.composed.facts.facts);
    const [note] = after.section("checks").tables[0]?.notes ?? [];
    expect(note).toMatchObject({ key: "checks.note.computed", places: { name: { name: { en: "the I" } } } });
    const name = { en: "Close of I", "zh-CN": "I收盘" };
    const named = issueOf(
      {
        ...market,
        checks: [
          rule("upside", {
            from: [{ fact: "levels.I.close", name }],
            to: of("TARGET"),
            stated: of("UP"),
          }),
        ],
        sections: ["levels", "checks", "sources"],
      },
      friday,
    );
    expect(named.section("checks").tables[0]?.notes[0]?.places).toMatchObject({ name: { name } });
  });

  it("may stand half a point from a vendor's return in dollars, and not from another number", () => {
    const local = [{ fact: "levels.I.return.week", name: null }];
    const week = 199.75 / 198.5 - 1;
    const dollars = (off: number) => {
      const given = { ...index, D: stated(Number((week + off).toFixed(6))), FX: stated(0) };
      const found = issueOf(
        {
          series: given,
          superlatives: ["I"],
          checks: [
            rule("fx", { local, currency: of("FX", 4), dollars: of("D") }, "fx"),
            rule("compound", { growths: [...local, ...of("FX", 4)], stated: of("D") }, "plain"),
          ],
          sections: ["levels", "checks", "sources"],
        },
        friday,
      );
      return (found.section("checks").tables[0]?.rows ?? []).map(({ cells }) => {
        const last = cells.at(-1) ?? null;
        return last !== null && "say" in last ? last.say.key.split(".").at(-1) : null;
      });
    };
    expect(dollars(0.0049)).toEqual(["holds", "fails"]);
    expect(dollars(0.0051)).toEqual(["fails", "fails"]);
    expect(dollars(0)).toEqual(["holds", "holds"]);
  });

  it("imply nothing of quoted numbers where nobody is quoted, and are beside those that are", () => {
    const own = rule("sum", { parts: [{ fact: "levels.I.return.week", name: null }] }, "own");
    const found = (checks: readonly CheckRule[]) =>
      issueOf(
        {
          series: { ...inflows, ...index },
          superlatives: ["I"],
          checks,
          sections: ["levels", "checks", "sources"],
        },
        friday,
      );
    const [alone, beside] = [found([own]), found([own, rule("share", parts)])];
    expect(alone.said).not.toContain("checks.quoted.implied");
    expect(alone.section("checks")).toMatchObject({ claim: { key: "checks.none.claim" }, tables: [] });
    expect(beside.statement("checks.quoted.implied").gate.found).toMatchObject({ implied: 1 });
    expect(beside.section("checks").tables[0]?.rows).toHaveLength(2);
  });

  it("without a number cannot be used", () => {
    const found = checksOf({ ...inflows, ...index }, [
      rule("ratio", { of: [{ fact: "issue.week", name: null }], over: of("HOME") }),
    ]);
    expect(found.gaps).toEqual(["no-number"]);
  });
});

it("nothing is checked where nothing is asked for", () => {
  const found = checksOf(inflows, []);
  expect([found.part.claim.key, found.part.tables, found.said]).toEqual(["checks.none.claim", [], []]);
});
