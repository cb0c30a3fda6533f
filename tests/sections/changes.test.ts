import { describe, expect, it } from "vitest";
import { changes } from "#src/sections/changes.ts";
import { compose } from "#src/sections/compose.ts";
import { fridaysTo, series } from "#tests/sections/days.ts";
import { checked } from "#tests/sections/issue-of.ts";
import { contextOf, gatheredOf, inputOf, workspaceOf } from "#tests/sections/market-case.ts";
import { sayFaults, saysIn } from "#tests/sections/says.ts";

/** An index that doubles in the last week: about doubled before, doubled now. */
const market = {
  series: {
    A: { rows: fridaysTo("2026-02-13", [...series(60, (i) => (i % 2 === 0 ? 0.01 : -0.01)), 0.0305]) },
  },
  milestones: [{ series: "A", base: "2024-12-13" }],
  superlatives: ["A"],
  sections: ["headline", "changes", "levels", "sources"] as const,
};
const workspace = workspaceOf(market);
const input = inputOf(workspace, gatheredOf(market), "2026-02-13");
const issue = (last?: object) =>
  checked(compose({ ...input, ...(last ? { last: last as never } : {}) }), ["A"]);
const part = (found: ReturnType<typeof issue>) => found.section("changes");
const before = compose(inputOf(workspace, gatheredOf(market), "2026-02-06")).facts;

describe("what has changed", () => {
  it("is counted against the last issue, and what was said then has its numbers of then", () => {
    const found = issue();
    expect(part(found).claim.key).toBe("changes.counts");
    expect(found.fact("changes.since").value).toBe("2026-02-06");
    expect(found.composed.changes?.title).toEqual(part(found).claim);
    expect(found.factIds.some((id) => id.startsWith("last."))).toBe(
      found.composed.facts.facts.some(({ id }) => id.startsWith("last.")),
    );
  });

  it("is the same whether the last issue is composed again or read as it was published", () => {
    expect(issue(before).json).toBe(issue().json);
  });

  it("names the numbers of then, not of now, of what was said then", () => {
    const [first] = before.statements;
    const other = {
      ...before,
      statements: [{ ...first, id: "levels.A.doubled", lasting: true, stance: "A.x:1" }],
    };
    const found = issue(other);
    const then = found.composed.facts.facts.filter(({ id }) => id.startsWith("last."));
    expect(then.length).toBeGreaterThan(0);
    for (const fact of then) {
      const was = before.facts.find(({ id }) => `last.${id}` === fact.id);
      expect(fact).toEqual({ ...was, id: fact.id });
      expect(fact.asOf).toBe(before.asOf.instant);
    }
  });

  it("leaves out what can no longer be said", () => {
    const [first] = before.statements;
    const other = {
      ...before,
      statements: [
        {
          ...first,
          id: "levels.A.gone",
          lasting: true,
          stance: "A.x:1",
          claim: { key: "levels.no-more.claim", places: {} },
        },
      ],
    };
    expect(issue(other).fact("changes.gone").value).toBe(0);
  });

  it("of the first issue is nothing to compare with", () => {
    const found = issue({ asOf: { date: "", instant: "" }, facts: [], statements: [] });
    expect(part(found).claim.key).toBe("changes.first.claim");
    expect(found.composed.changes).toBeNull();
  });

  it("is no section of a publication that does not ask for it", () => {
    const plain = { ...market, sections: ["headline", "levels", "sources"] as const };
    const found = compose(inputOf(workspaceOf(plain), gatheredOf(plain), "2026-02-13"));
    expect(found.changes).toBeNull();
    expect(found.facts.facts.some(({ id }) => id.startsWith("changes."))).toBe(false);
  });
});

describe("the percentiles that moved most", () => {
  const percentiles = [
    ["headline.A.percentile", "level"],
    ["regime.A.rv20-percentile", "volatility"],
    ["surface.A.names-rv20-percentile", "names"],
    ["surface.A.dispersion-percentile", "dispersion"],
    ["surface.A.correlation-percentile", "correlation"],
    ["surface.A.implied-percentile", "implied"],
    ["regime.conditions.turbulence-percentile", "turbulence"],
    ["regime.conditions.correlation-surprise-percentile", "surprise"],
    ["regime.conditions.absorption-percentile", "absorption"],
    ["regime.conditions.appetite-percentile", "appetite"],
  ] as const;
  const factsOf = (value: number, ids: readonly string[]) => {
    const context = contextOf(market, "2026-02-13");
    for (const id of ids) {
      context.facts.add({ id, value, unit: "percentile", series: ["A"], method: "a percentile" });
    }
    return context;
  };
  const moved = (id: string) => {
    const context = factsOf(71, [id]);
    const last = { ...before, statements: [], facts: factsOf(58, [id]).facts.all() };
    const [table] = changes(context, last as never, []).section.tables;
    return { table, change: context.facts.get(`changes.moved.${id}`)?.value };
  };

  it.each(percentiles)("are compared for %s, named in both languages", (id, key) => {
    const { table, change } = moved(id);
    expect(change).toBe(13);
    expect(table?.claim.key).toBe(`changes.moved-claim.${key}`);
    expect(table?.rows.map(({ head }) => head.key)).toEqual([`changes.moved.${key}`]);
    expect(saysIn(table).flatMap((message) => sayFaults(message, () => true))).toEqual([]);
  });

  it("are not compared where they are of another kind", () => {
    expect(moved("levels.A.percentile.week").table).toBeUndefined();
    expect(moved("surface.A.gap-percentile").table).toBeUndefined();
  });
});
