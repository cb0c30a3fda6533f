import { describe, expect, it } from "vitest";
import { countryNames } from "#src/domain/country-rules.ts";
import { TidelineError } from "#src/domain/errors.ts";
import { sectionNames } from "#src/domain/workspace.ts";
import { fridaysTo, type Row, series } from "#tests/sections/days.ts";
import { daily, friday, full, fullWithNames, weekly } from "#tests/sections/full-market.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import { type MarketCase, pairOf } from "#tests/sections/market-case.ts";

describe("an issue", () => {
  const found = issueOf({ ...fullWithNames(() => ({ rows: daily() })), sections: sectionNames }, friday);

  it("has the publication's sections in its order", () => {
    expect(found.composed.sections.map(({ name }) => name)).toEqual(sectionNames);
    const some = issueOf({ ...full(() => ({ rows: daily() })), sections: ["sources", "regime"] }, friday);
    expect(some.composed.sections.map(({ name }) => name)).toEqual(["sources", "regime"]);
  });

  it.each(sectionNames)("has a claim, and something to look at, in %s", (name) => {
    const { claim, figures, tables } = found.section(name);
    const own = countryNames.some((id) => id === name) ? "country" : name;
    expect(claim.key.startsWith(`${own}.`) || name === "headline").toBe(true);
    expect(figures.length + tables.length).toBeGreaterThan(0);
  });

  it("names its day, its week, its moment and its number", () => {
    expect(found.fact("issue.date")).toMatchObject({ value: friday, unit: "date" });
    expect(found.fact("issue.week").value).toBe(friday);
    expect(found.fact("issue.cutoff").value).toBe("2026-02-13T23:00:00Z");
    // 2026-01-02 is no. 1, six weeks before.
    expect(found.fact("issue.number").value).toBe(7);
    expect(found.composed.facts.asOf).toEqual({ date: friday, instant: "2026-02-13T23:00:00Z" });
    const own = found.composed.facts.facts.filter(({ id }) => !id.startsWith("last."));
    expect(own.every(({ asOf }) => asOf === "2026-02-13T23:00:00Z")).toBe(true);
  });

  it("carries no number before the first, or without one", () => {
    expect(
      issueOf({ ...full(() => ({ rows: daily() })), first: "2026-03-06" }, friday).factIds,
    ).not.toContain("issue.number");
    const { first: _, ...unnumbered } = full(() => ({ rows: daily() }));
    expect(issueOf(unnumbered, friday).factIds).not.toContain("issue.number");
  });

  it("made twice is the same to the byte", () => {
    expect(
      issueOf({ ...fullWithNames(() => ({ rows: daily() })), sections: sectionNames }, friday).json,
    ).toBe(found.json);
  });

  it("gives every fact a hash of what it was computed from", () => {
    const hashes = (market: MarketCase) =>
      new Map(issueOf(market, friday).composed.facts.facts.map(({ id, inputsHash }) => [id, inputsHash]));
    const [before, after] = [
      hashes(full(() => ({ rows: daily() }))),
      // The first value of A alone is another.
      hashes(
        full((id) => ({
          rows: id === "A" ? daily().map(([d, v], i): Row => [d, i === 0 ? v + 1 : v]) : daily(),
        })),
      ),
    ];
    const changed = [...before].filter(([id, hash]) => after.get(id) !== hash).map(([id]) => id);
    expect(changed).toContain("levels.A.close");
    expect(changed).toContain("sources.A.last");
    expect(changed.filter((id) => /\.[BLSFG]\.|^pair\.|^flows\./.test(id))).toEqual([]);
  });
});

describe("statements that contradict one another", () => {
  // A pair that bears the id of an index, which the configuration forbids: one rises, the other falls.
  const clash = (long: number): MarketCase => ({
    series: {
      A: { rows: weekly(0.02) },
      L: { rows: weekly(long) },
      S: {
        rows: fridaysTo(
          friday,
          series(121, () => 0),
        ),
      },
    },
    superlatives: ["A"],
    pairs: { A: pairOf(["L"], ["S"]) },
    sections: ["levels", "pair"],
  });

  it("hold the issue, and are named", () => {
    const held = () => issueOf(clash(-0.05), friday);
    expect(held).toThrow(TidelineError);
    expect(held).toThrow(/levels\.A\..* beside pair\.A\.week\.down/);
    try {
      held();
    } catch (error) {
      expect((error as TidelineError).code).toBe("HELD");
    }
  });

  it("and their clean twin goes out", () => {
    expect(issueOf(clash(0.05), friday).said).toHaveLength(2);
  });

  // compose makes the last issue again only to rank lower what it said; what contradicted itself then is no fault of now.
  it("of the last issue do not hold this one", () => {
    const turn = (before: number, now: number) =>
      fridaysTo(friday, [...series(120, () => 0.001), before, now]);
    const market: MarketCase = {
      ...clash(0),
      series: { A: { rows: turn(0.02, 0.02) }, L: { rows: turn(-0.05, 0.05) }, S: { rows: turn(0, 0) } },
    };
    expect(issueOf(market, friday).said).toHaveLength(2);
  });
});
