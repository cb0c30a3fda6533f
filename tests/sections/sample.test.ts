import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { knownAtRule } from "#src/calendar/known-at.ts";
import { loadWorkspace } from "#src/config/load.ts";
import { locales } from "#src/domain/locale.ts";
import type { Gathered, Observation, Series } from "#src/domain/series.ts";
import { addDays, type Instant } from "#src/domain/time.ts";
import { compose } from "#src/sections/compose.ts";
import { gatherFiles } from "#src/sources/files.ts";
import { checked, faultsOf } from "#tests/sections/issue-of.ts";
import { inputOf } from "#tests/sections/market-case.ts";
import { messages, sayFaults, saysIn } from "#tests/sections/says.ts";

/** The sample: the workspace at the root of the project, and what its files hold. */
const workspace = await loadWorkspace(join(import.meta.dirname, "../.."), {});
const whole = await gatherFiles(workspace.files, workspace.catalogue);

/*
 * Every issue that the tests of sections compose is checked by `checked`: each message that it names is there in both
 * languages, with a value for every place, and each fact in it was entered. Here the sample is, and the check itself.
 */

const ids = workspace.catalogue.map(({ id }) => id);
const sample = compose(inputOf(workspace, whole, "2026-02-13"));

describe("the messages of the sample", () => {
  it.each(["2026-02-13", "2020-03-20", "2016-01-08"])("as of %s can be said in both languages", (asOf) => {
    const issue = checked(compose(inputOf(workspace, whole, asOf)), ids);
    expect(saysIn(issue.composed.sections).length).toBeGreaterThan(50);
  });
});

// What takes more than plain reckoning, of what examples/sample/scenario.yaml constructs; the rest is in tests/examples.
describe("the constructed week, by the sections", () => {
  const said = sample.facts.statements.map(({ id }) => id);
  const value = (id: string) => Number(sample.facts.facts.find((fact) => fact.id === id)?.value);

  it("is noisy and fast, as on two earlier times alone", () => {
    expect(Math.min(value("regime.conditions.noise"), value("regime.conditions.velocity"))).toBeGreaterThan(
      80,
    );
    expect(value("regime.conditions.noise-episodes")).toBe(2);
    const last = sample.facts.facts.find(({ id }) => id === "regime.conditions.noise-last-episode")?.value;
    expect(String(last)).toMatch(/^2020-0[2-6]/u);
  });

  it("says what the note's week says", () => {
    expect(said).toEqual(
      expect.arrayContaining([
        "flows.nonus.in-faster",
        "levels.USLC.failed.7000",
        "levels.KRIX.best",
        "levels.KRIX.more-than-doubled",
        "pair.simtech.record-back-cast-week",
        "pair.simtech.week.up.short-mostly",
        "surface.USLC.calm-turbulent",
        "regime.noise.high",
        "narrative.contest.battle-for-trillions",
        "narrative.diffusion.spreading",
        "epicentre.SOFT.multiple.halved",
        "epicentre.SOFT.volatility.soared",
        "korea.target.raised",
        "korea.earnings.growth",
        "korea.valuation.below",
        "korea.foreign.low",
        "japan.flip.flipped",
        "japan.label.disinflationary-rally",
        "signals.joint.extremely-rare-strong",
        "signals.growth.contradictory",
        "signals.curve-20.bull-flattener",
        "hedge-funds.macro.cushion",
        "hedge-funds.ls.avoided",
        "hedge-funds.liquidity.liquid",
        "hedge-funds.adaptive.winning",
        "checks.quoted.agree",
      ]),
    );
    // Its facts contradict the word that the note has for Japan.
    expect(sample.facts.refusals.map(({ id }) => id)).toContain("japan.label.reflation");
  });
});

describe("the check of an issue", () => {
  const has = (id: string) => id === "there";
  const fault = (key: string, places: Parameters<typeof sayFaults>[0]["places"]) =>
    sayFaults({ key, places }, has);

  it("sees a key that does not exist, in each language", () => {
    expect(fault("levels.nonsense", {})).toHaveLength(2);
  });

  it("sees a place without a value, and a fact that nobody entered", () => {
    expect(fault("levels.table.scanned", {})).toHaveLength(2);
    expect(fault("levels.table.scanned", { n: { fact: "absent" } })).toHaveLength(2);
    expect(fault("levels.table.scanned", { n: { fact: "there" } })).toEqual([]);
  });

  it("sees what a chart asks for, a cell names, a table credits and a refusal points to", () => {
    const kinds = [
      { ...sample, facts: { ...sample.facts, facts: [] } },
      {
        ...sample,
        facts: {
          ...sample.facts,
          refusals: sample.facts.refusals.map((refusal) => ({ ...refusal, instead: "nothing" })),
        },
      },
      {
        ...sample,
        facts: { ...sample.facts, statements: [...sample.facts.statements, ...sample.facts.statements] },
      },
    ];
    for (const broken of kinds) expect(faultsOf(broken, ids)).not.toEqual([]);
    expect(faultsOf(sample, [])).not.toEqual([]);
    expect(faultsOf(sample, ids)).toEqual([]);
  });
});

describe("a name, or a fact, and a fact after it", () => {
  /** Places of a message that hold a name from the catalogue wherever the sample says it, and those that hold a fact. */
  const kinds = new Map<string, "name" | "fact">();
  for (const { key, places } of saysIn([sample.sections, sample.facts.statements])) {
    for (const [place, value] of Object.entries(places))
      kinds.set(`${key} ${place}`, "name" in value ? "name" : "fact");
  }
  const isName = (key: string, place: string): boolean =>
    kinds.get(`${key} ${place}`) === "name" ||
    /name$|^(brand|publication|gainer|loser|other|first|last|top|bottom)$/i.test(place);

  /** Facts that directly follow something: 标普500 and then 3次 would read 5003, two facts run together. */
  const touching = (entries: Iterable<readonly [string, string]>) =>
    [...entries].flatMap(([key, text]) =>
      [...text.matchAll(/\{\{\w+\}\}(?=\{\{(\w+)\}\})/g)]
        .filter(([, after = ""]) => !isName(key, after))
        .map(([before]) => `${key}: ${before}`),
    );

  it.each(locales)("never touch in %s", (locale) => {
    expect(touching(messages.entries(locale))).toEqual([]);
  });

  it("are seen when they do", () => {
    expect(touching([["levels.failed.text", "{{name}}{{tests}}次试探{{level}}点"]])).toHaveLength(1);
    expect(touching([["pair.week.legs.up-up", "（{{longName}}）{{long}}"]])).toEqual([]);
    expect(touching([["flows.mixed.text", "{{gainer}}{{v}}，{{loser}}为{{w}}"]])).toHaveLength(1);
    expect(touching([["levels.failed.text", "{{name}}试探{{level}}{{tests}}次"]])).toHaveLength(1);
    expect(touching([["flows.mixed.claim", "{{loser}}{{gainer}}"]])).toEqual([]);
  });
});

/** A quarter of the sample is enough, and quicker; three months of it lie after the last as-of below. */
const gathered = whole.map((each) => ({
  ...each,
  observations: each.observations.filter(({ date }) => "2013" < date && date < "2020-07-01"),
}));
const rule = knownAtRule(workspace.calendars);
const series = new Map<string, Series>(workspace.catalogue.map((each) => [each.id, each]));
const hourMs = 3_600_000;

const inputAt = (rows: readonly Gathered[], asOf: string) => inputOf(workspace, rows, asOf);
const factsJson = (rows: readonly Gathered[], asOf: string): string =>
  JSON.stringify(compose(inputAt(rows, asOf)).facts);

const facts = new Map<string, string>();
/** The facts as of a day from all that there is, composed once. */
const factsAt = (asOf: string): string => {
  const json = facts.get(asOf) ?? factsJson(gathered, asOf);
  facts.set(asOf, json);
  return json;
};

const knownAt = (id: string, { date, knownAt: stated }: Observation): Instant => {
  const own = series.get(id);
  if (own === undefined) throw new RangeError(`no series ${id}`);
  return stated ?? rule(own, date);
};

/** What is known later: a new row, or a revision of a day that has one. */
const late = (cutoff: Instant): fc.Arbitrary<{ series: string; row: Observation }> =>
  fc.record({
    series: fc.constantFrom(...series.keys()),
    row: fc.record({
      date: fc.integer({ min: 0, max: 4400 }).map((n) => addDays("2015-01-02", n)),
      value: fc.double({ min: 0.001, max: 1e5, noNaN: true }),
      knownAt: fc.integer({ min: 1, max: 5 * 365 * 24 }).map((hours) => cutoff + hours * hourMs),
    }),
  });

/** The same files as they were at the cut-off, nothing in them that was not known, and then what came later. */
const withRows = (
  cutoff: Instant,
  added: readonly { series: string; row: Observation }[],
): readonly Gathered[] =>
  gathered.map((each) => ({
    ...each,
    observations: [
      ...each.observations.filter((row) => knownAt(each.series, row) <= cutoff),
      ...added.filter((a) => a.series === each.series).map(({ row }) => row),
    ],
  }));

// A Wednesday, the first Friday of a year, and a Friday between the closes of Seoul and New York.
const asOfs = ["2018-06-13", "2019-01-04", "2020-03-13T07:00:00Z"];

describe("no look-ahead, on the sample", () => {
  it.each(asOfs)("as of %s, what comes later changes nothing, not by a bit", (asOf) => {
    const { instant } = inputAt(gathered, asOf).asOf;
    // 300 rows and revisions known within five years after the cut-off, of any series, of days before it and after.
    const added = fc.sample(late(instant), { numRuns: 300, seed: 20_260_213 });
    expect(added.filter(({ row }) => row.date < asOf.slice(0, 10)).length).toBeGreaterThan(50);
    expect(factsJson(withRows(instant, added), asOf)).toBe(factsAt(asOf));
  });

  it("and a revision known just in time changes it, a millisecond later not", () => {
    const [asOf = ""] = asOfs;
    const { instant } = inputAt(gathered, asOf).asOf;
    const revised = (at: Instant) =>
      factsJson(withRows(instant, [{ series: "KRIX", row: { date: asOf, value: 1, knownAt: at } }]), asOf);
    expect(revised(instant)).not.toBe(factsAt(asOf));
    expect(revised(instant + 1)).toBe(factsAt(asOf));
  });

  // Funds whose first flow is of 2020: a reason that told its rows from none would tell what is known only later.
  it("files as they were at the cut-off give the same as files that hold what came later", () => {
    const [asOf = ""] = asOfs;
    const { instant } = inputAt(gathered, asOf).asOf;
    expect(factsJson(withRows(instant, []), asOf)).toBe(factsAt(asOf));
  });
});
