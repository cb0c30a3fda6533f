import { describe, expect, it } from "vitest";
import type { GivenList } from "#src/domain/declared.ts";
import { type Row, weekdaysTo } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import type { MarketCase } from "#tests/sections/market-case.ts";

const friday = "2026-02-13";
const name = (text: string) => ({ en: text, "zh-CN": text });
const entry = (key: string, said: object, knownAt: string | null = null) => ({
  key,
  knownAt: knownAt === null ? null : Date.parse(knownAt),
  value: JSON.stringify(said),
});
const crisis = (
  id: string,
  from: string,
  until: string | null,
  source: string,
  knownAt: string | null = null,
) => entry(id, { id, name: name(id), from, until, source: name(source) }, knownAt);
const member = (id: string, from: string, source: string | null) =>
  entry(`ai ${id} ${from}`, {
    ...{ basket: "ai", member: id, from, until: null },
    source: source === null ? null : name(source),
  });
const event = (id: string, date: string, knownAt: string) =>
  entry(id, { id, date, kind: "release", name: name(id), series: null, source: name("BLS") }, knownAt);

const issue = (declared: readonly GivenList[], rest: Partial<MarketCase> = {}) => {
  const series = { a: { rows: weekdaysTo(friday, 10).map((day): Row => [day, 100]) } };
  const found = issueOf({ series, sections: ["sources"], declared, ...rest }, friday);
  const section = found.section("sources");
  const rows = section.tables.find(({ id }) => id === "sources.declared")?.rows ?? [];
  return { ...found, section, rows };
};

describe("the list of sources", () => {
  it("says nothing of lists where there are none", () => {
    const { section, rows } = issue([]);
    expect([rows, section.gaps, section.tables.map(({ id }) => id)]).toEqual([[], [], ["sources.series"]]);
  });

  it("names each list by whose word it is: how much, the newest day, when it was known and on what basis", () => {
    const entries = [
      crisis("gfc", "2007-08-01", "2009-06-30", "desk"),
      crisis("covid", "2020-02-20", "2020-06-30", "desk", "2020-07-15T08:00:00Z"),
      crisis("late", "2019-01-02", "2019-02-01", "other", "2019-03-01T00:00:00Z"),
    ];
    const found = issue([{ kind: "crises", entries, gap: null }]);
    expect(found.composed.facts.crises).toEqual([
      { id: "gfc", name: name("gfc"), from: "2007-08-01", until: "2009-06-30" },
      { id: "late", name: name("late"), from: "2019-01-02", until: "2019-02-01" },
      { id: "covid", name: name("covid"), from: "2020-02-20", until: "2020-06-30" },
    ]);
    expect(issue([]).composed.facts).not.toHaveProperty("crises");
    expect(found.rows.map(({ head, cells }) => [head.places.name, cells])).toMatchObject([
      [
        { term: "declared.crises" },
        [
          { say: { key: "page.name", places: { name: { name: name("desk") } } } },
          { fact: "sources.declared.crises.1.entries" },
          { fact: "sources.declared.crises.1.newest" },
          { fact: "sources.declared.crises.1.known" },
          { say: { key: "sources.mark.assumed" } },
        ],
      ],
      [{ term: "declared.crises" }, [{}, {}, {}, {}, { say: { key: "sources.mark.given" } }]],
    ]);
    expect(found.fact("sources.declared.crises.1.entries")).toMatchObject({ value: 2, source: name("desk") });
    expect(found.fact("sources.declared.crises.1.newest").value).toBe("2020-06-30");
    expect(found.fact("sources.declared.crises.1.known").value).toBe("2020-07-15T08:00:00Z");
    expect(found.fact("sources.declared.crises.2.known").value).toBe("2019-03-01T00:00:00Z");
  });

  it("names baskets each for itself, and events by their days, those that are announced among them", () => {
    const baskets = { ai: { name: name("AI"), short: name("AI"), prose: name("AI") } };
    const found = issue(
      [
        { kind: "baskets", entries: [member("a", "2018-01-02", null)], gap: null },
        {
          kind: "events",
          entries: [
            event("cpi", "2026-03-11", "2026-01-05T00:00:00Z"),
            event("jobs", "2026-02-06", "2026-02-06T13:30:00Z"),
          ],
          gap: null,
        },
      ],
      { baskets },
    );
    expect(found.rows.map(({ head }) => head.places.name)).toEqual([
      { name: name("AI") },
      { term: "declared.events" },
    ]);
    expect(found.rows[0]?.cells[0]).toMatchObject({ say: { key: "sources.mark.none" } });
    expect(found.fact("sources.declared.events.newest").value).toBe("2026-03-11");
    expect(found.fact("sources.declared.baskets.ai.known").value).toBe("2018-01-02T00:00:00Z");
  });

  it("says what is missing of them", () => {
    const lists: readonly GivenList[] = [
      { kind: "baskets", entries: [], gap: "file-missing" },
      { kind: "events", entries: [event("to-come", "2026-03-11", "2026-02-14T00:00:00Z")], gap: null },
      { kind: "crises", entries: [], gap: "file-empty" },
    ];
    const found = issue(lists);
    expect(found.section.gaps).toMatchObject([
      { key: "sources.gap.file-missing", places: { name: { term: "declared.baskets" } } },
      { key: "sources.gap.not-yet-known", places: { name: { term: "declared.events" } } },
      { key: "sources.gap.file-empty", places: { name: { term: "declared.crises" } } },
    ]);
    expect(found.rows).toEqual([]);
  });

  it("keeps its facts apart from those of series that are called as a list is", () => {
    const series = Object.fromEntries(
      ["declared", "crises", "events"].map((id) => [id, { rows: [[friday, 1]] as const }]),
    );
    const entries = [crisis("gfc", "2007-08-01", "2009-06-30", "desk")];
    const { factIds } = issue([{ kind: "crises", entries, gap: null }], { series });
    expect(factIds).toEqual([...new Set(factIds)]);
    expect(factIds).toContain("sources.declared.known");
    expect(factIds).toContain("sources.declared.crises.known");
  });
});
