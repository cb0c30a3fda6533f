import { describe, expect, it } from "vitest";
import { countOf } from "#src/domain/quantity.ts";
import type { RankedStatement } from "#src/domain/statement.ts";
import { faultsOf as compositionFaultsOf } from "#tests/sections/issue-of.ts";
import { count } from "#tests/slow/edits.ts";
import { checkers } from "#tests/truth/checkers.ts";
import { factsToldBy, faultsOf } from "#tests/truth/judge.ts";
import {
  bentIssueOf,
  issueOf,
  marketOf,
  type OtherIssue,
  otherIssueOf,
  scenarioMarket,
} from "#tests/truth/sample.ts";
import { variantsOf } from "#tests/truth/variants.ts";

/*
 * Markets of other seeds, without the sample's scenario: every statement that their issues make is true of their data, as a
 * re-computation finds that shares no code with the metrics, the sections and the rules (tests/truth; `checkers.ts` tells how a
 * section is added). One seed of ten, all with TIDELINE_FULL=1, or as many as TIDELINE_SEEDS says: TIDELINE_SEEDS=10.
 */

const seeds = Array.from({ length: Number(process.env.TIDELINE_SEEDS ?? count(10)) }, (_, i) => i + 1);
/** The end of the data, and a week in which another history and other words are asked for. */
const asOfs = ["2026-02-13", "2023-06-16"];

const issues = new Map<string, OtherIssue>();

/** The issue of a seed's market as of a day, made once: several tests look at it. */
function issueAt(seed: number, asOf: string): OtherIssue {
  const key = `${seed} ${asOf}`;
  const issue = issues.get(key) ?? issueOf(marketOf(seed), asOf);
  issues.set(key, issue);
  return issue;
}

/** The issue of the sample with its scenario. */
function sample(): OtherIssue {
  const issue = issues.get("sample") ?? issueOf(scenarioMarket(), asOfs[0] ?? "");
  issues.set("sample", issue);
  return issue;
}

/** What the scenario is constructed to reach, by the ids of facts. */
const constructed = {
  "flows.nonus.year": 89e9,
  "flows.us.year": 16e9,
  "korea.target.level": 6400,
  "korea.earnings.compound": 1.992,
  "korea.dollars.year": 0.28,
};

const faultsIn = ({ world, computed }: OtherIssue): readonly string[] => {
  const { facts, statements } = computed.composed.facts;
  return statements.flatMap((statement) => faultsOf(checkers, world, facts, statement));
};

/** Numbers that an issue's statements print with three digits or more, by their facts; what the configuration states is none. */
function figuresOf({ computed }: OtherIssue): ReadonlyMap<string, number> {
  const { facts, statements } = computed.composed.facts;
  const told = factsToldBy(statements);
  return new Map(
    facts.flatMap(({ id, value, quantum, unit }): [string, number][] => {
      if (!told.has(id) || typeof value !== "number" || quantum === null) return [];
      const shown = countOf(value, quantum);
      const isOwn = unit !== "count" && unit !== "percentile" && !id.endsWith(".level");
      return isOwn && Math.abs(shown) > 100 ? [[id, shown]] : [];
    }),
  );
}

const expectTrue = (issue: OtherIssue): void => {
  const series = issue.world.workspace.catalogue.map(({ id }) => id);
  expect(issue.computed.findings).toEqual([]);
  expect(compositionFaultsOf(issue.computed.composed, series)).toEqual([]);
  expect(issue.computed.composed.facts.statements.length).toBeGreaterThan(30);
  expect(faultsIn(issue)).toEqual([]);
};

it("every statement of the sample itself is true", () => {
  expectTrue(sample());
});

describe.each(seeds)("seed %i", (seed) => {
  it.each(asOfs)("every statement as of %s is true", (asOf) => {
    expectTrue(issueAt(seed, asOf));
  });

  it("every statement is true where the market is bent to words that ordinary ones hardly reach", () => {
    expectTrue(bentIssueOf(seed, asOfs[0] ?? ""));
  });

  it("every statement is true where other levels, multiples, pairs and groups are asked for, on any day", () => {
    expectTrue(otherIssueOf(marketOf(seed), seed));
  });

  it("carries none of the scenario's figures", () => {
    const scenario = figuresOf(sample());
    const same = asOfs
      .flatMap((asOf) => [...figuresOf(issueAt(seed, asOf))])
      .filter(([id, shown]) => scenario.get(id) === shown);
    // Three digits may be the same by chance, more may not.
    expect(same.filter(([, shown]) => Math.abs(shown) >= 1000)).toEqual([]);
    expect(same.length).toBeLessThan(scenario.size / 10);
    const { facts, statements } = issueAt(seed, asOfs[0] ?? "").computed.composed.facts;
    const values = new Map(facts.map(({ id, value }) => [id, value]));
    for (const [id, figure] of Object.entries(constructed))
      expect(Number(values.get(id) ?? 0) / figure, id).not.toBeCloseTo(1, 3);
    expect(statements.map(({ id }) => id)).not.toContain("levels.USLC.failed.7000");
  });
});

describe.each([
  ["an ordinary market", () => issueAt(1, asOfs[0] ?? "")],
  ["a bent market", () => bentIssueOf(2, asOfs[0] ?? "")],
])("what is planted into true statements of %s is found", (_, issue) => {
  const { world, computed } = issue();
  const { facts, statements } = computed.composed.facts;
  const planted = (statement: RankedStatement) =>
    variantsOf(world, facts, statement).filter(
      (variant) => faultsOf(checkers, world, variant.facts, variant.statement).length === 0,
    );

  it.each(statements.map((statement) => [statement.id, statement] as const))("%s", (_, statement) => {
    expect(variantsOf(world, facts, statement).length).toBeGreaterThan(2);
    expect(planted(statement).map(({ what }) => what)).toEqual([]);
  });

  it("nothing that is said of one market and week is true of another as well", () => {
    const others = [issueAt(2, asOfs[0] ?? ""), issueAt(1, asOfs[1] ?? "")];
    const isTrue = (statement: RankedStatement) =>
      others.every((other) => faultsOf(checkers, other.world, facts, statement).length === 0);
    const isMeasured = (id: string) => facts.some((fact) => fact.id === id && fact.unit !== "count");
    // Two of five may be two of five elsewhere too. Hidden states tell one probability, and a calm market is calm with nearly all of it.
    const numbered = statements.filter(
      (each) => [...factsToldBy([each])].some(isMeasured) && each.gate.rule !== "J1 hidden states",
    );
    expect(numbered.filter(isTrue).map(({ id }) => id)).toEqual([]);
  });
});
