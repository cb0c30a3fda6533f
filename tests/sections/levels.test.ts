import { describe, expect, it } from "vitest";
import { closesTo, fridaysTo, priceOf, series } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import type { MarketCase } from "#tests/sections/market-case.ts";

const friday = "2026-02-13";
const weekly = (last: number, n = 120) =>
  fridaysTo(friday, [...series(n, (i) => (i % 2 === 0 ? 0.01 : -0.01)), last]);

const market = (
  returns: Readonly<Record<string, number | null>>,
  rest: Partial<MarketCase> = {},
): MarketCase => ({
  series: Object.fromEntries(
    Object.entries(returns).map(([id, r]) => [
      id,
      r === null ? { gap: "file-missing" } : { rows: weekly(r) },
    ]),
  ),
  superlatives: Object.keys(returns),
  sections: ["levels"],
  ...rest,
});
const levels = (returns: Readonly<Record<string, number | null>>, rest: Partial<MarketCase> = {}) => {
  const issue = issueOf(market(returns, rest), friday);
  return { ...issue, section: issue.section("levels") };
};

describe("the section of levels", () => {
  const found = levels({ A: 0.008, B: -0.05, C: 0.012 });

  it("leads with the rarest week, and claims what it claims", () => {
    expect(found.section.claim).toEqual(found.statement("levels.B.worst-on-record").claim);
    expect(found.section.words[0]).toEqual(found.statement("levels.B.worst-on-record").text);
  });

  it("shows the leading market's weeks, credited to it, wide", () => {
    expect(found.section.figures).toMatchObject([{ id: "levels.weeks-B", series: ["B"], size: "wide" }]);
    expect(found.statement("levels.B.worst-on-record").proof).toBe("levels.weeks-B");
  });

  it("lists the markets by their week, best first, credited to all", () => {
    const [table] = found.section.tables;
    const heads = table?.rows.map(({ head }) => Object.values(head.places)[0]);
    expect(heads).toMatchObject([
      { name: { en: "the C" } },
      { name: { en: "the A" } },
      { name: { en: "the B" } },
    ]);
    expect(table?.series).toEqual(["A", "B", "C"]);
    expect(table?.rows[0]?.cells).toMatchObject([
      { fact: "levels.C.close" },
      { fact: "levels.C.return.week", coloured: true },
      { fact: "levels.C.return.year", coloured: true },
      { fact: "levels.C.z.week" },
      { percentile: "levels.C.percentile.week" },
    ]);
  });

  it("says of how many markets, and how many records chance alone would set", () => {
    expect(found.fact("levels.scan.series").value).toBe(3);
    expect(found.section.tables[0]?.notes.map(({ key }) => key)).toContain("levels.table.scanned");
    const gate = found.statement("levels.B.worst-on-record").gate.found;
    // 121 comparable weeks each: 3 / 121.
    expect(gate.seriesScanned).toBe(3);
    expect(gate.chanceRecords).toBeCloseTo(3 / 121, 12);
  });

  it("names the last week like this one in the figure, where there is one", () => {
    expect(found.factIds).not.toContain("levels.B.match.week");
    const rivalled = levels({ A: 0.01 });
    // The newest earlier week of +1 % is the one before the last.
    expect(rivalled.fact("levels.A.match.week").value).toBe("2026-01-30");
    expect(rivalled.fact("levels.A.match.return").value).toBeCloseTo(0.01, 12);
    const first = rivalled.section.figures.find(({ id }) => id === "levels.weeks-A")?.unit.places.start;
    expect(first).toEqual({ fact: "levels.A.weeks.start" });
  });

  it("says nothing of a scan of one", () => {
    const notes = levels({ A: 0.02 }).section.tables[0]?.notes.map(({ key }) => key);
    expect(notes).not.toContain("levels.table.scanned");
  });
});

describe("a market without prices", () => {
  const found = levels({ A: 0.02, B: null });

  it("is a gap beside the others", () => {
    expect(found.section.gaps).toMatchObject([
      { key: "levels.gap", places: { name: { name: { en: "the B" } } } },
    ]);
    expect(found.section.tables[0]?.rows).toHaveLength(1);
    expect(found.statement("levels.A.best-on-record").gate.found.seriesScanned).toBe(1);
  });

  it("is not counted among those that were scanned", () => {
    expect(found.factIds.includes("levels.scan.series") && found.fact("levels.scan.series").value).not.toBe(
      2,
    );
  });
});

describe("nothing to say of levels", () => {
  const found = levels({ A: null, B: null });

  it("is said, with a gap for each market", () => {
    expect(found.section).toMatchObject({
      claim: { key: "levels.none.claim" },
      figures: [],
      tables: [],
      gaps: [{ key: "levels.gap" }, { key: "levels.gap" }],
    });
  });

  it("says of no market that it was scanned", () => {
    expect(found.section.words.flat()).toEqual([]);
  });
});

describe("levels, records and multiples together", () => {
  const found = levels(
    { A: 0.03 },
    { milestones: [{ series: "A", base: "2025-02-07" }], levels: [{ series: "A", level: 110, from: "252" }] },
  );

  it("stand in one section, every word in a paragraph", () => {
    expect(found.said.toSorted()).toEqual(["levels.A.best-on-record", "levels.A.multiple"]);
    expect(found.refused.toSorted()).toEqual([
      "levels.A.about-doubled",
      "levels.A.doubled",
      "levels.A.failed.110",
    ]);
    const keys = found.section.words.flat().map(({ key }) => key);
    expect(keys).toEqual(["levels.best-on-record.text", "levels.multiple.text"]);
  });

  it("claim what the level test claims, or, where it has too little, what the rarest week does", () => {
    expect(found.section.claim).toEqual(found.statement("levels.A.best-on-record").claim);
    const rows = closesTo(
      "2026-02-13",
      priceOf([...series(599, (i) => (i % 2 === 0 ? 0.001 : -0.001)), 0.03]),
    );
    const tested = levels(
      {},
      { series: { A: { rows } }, superlatives: ["A"], levels: [{ series: "A", level: 110, from: "252" }] },
    );
    expect(tested.said).toEqual(["levels.A.best-on-record", "levels.A.below.110"]);
    expect(tested.section.claim).toEqual(tested.statement("levels.A.below.110").claim);
  });
});

describe("proofs", () => {
  const shown = (issue: ReturnType<typeof levels>) =>
    issue.composed.sections.flatMap((s) => s.figures.map((f) => f.id));

  it("of the leading statement is there", () => {
    const found = levels({ A: 0.02, B: 0.005 });
    expect(shown(found)).toContain(found.statement("levels.A.best-on-record").proof);
  });

  it("of every statement are figures of the issue, or none", () => {
    const found = levels({ A: 0.02, B: 0.005 });
    expect(found.statement("levels.B.week.up").proof).toBeNull();
    const proofs = found.composed.facts.statements.map(({ proof }) => proof);
    expect(proofs.filter((proof) => proof !== null && !shown(found).includes(proof))).toEqual([]);
  });
});
