import { describe, expect, it } from "vitest";
import { countryIssue, endingAt, given, monthsTo, small } from "#tests/sections/countries.ts";
import { type Row, series } from "#tests/sections/days.ts";
import type { CaseSeries } from "#tests/sections/market-case.ts";
import { pathOf } from "#tests/sections/surfaces.ts";

const index: CaseSeries = {
  rows: endingAt(
    series(60, () => 100),
    100,
  ),
};
const monthly = (rows: readonly Row[], more: Partial<CaseSeries> = {}): CaseSeries => ({
  kind: "ratio",
  staleAfter: 75,
  rows,
  ...more,
});

describe("a target", () => {
  const issue = (...rows: readonly Row[]) => countryIssue({ target: "T" }, { I: index, T: given(...rows) });
  const word = (...rows: readonly Row[]) =>
    issue(...rows).ofCountry.find((id) => id.startsWith("korea.target."));

  it("is held against the last close, with its age, its revision and whose word it is", () => {
    const found = issue(["2025-12-01", 110], ["2026-02-03", 120, "2026-02-03T09:00:00Z", "analyst"]);
    const said = found.statement("korea.target.raised");
    expect(found.numberOf("target.upside")).toBeCloseTo(0.2, 12);
    expect(found.numberOf("target.age")).toBe(10);
    expect(found.numberOf("target.revision")).toBeCloseTo(120 / 110 - 1, 12);
    expect(found.numberOf("target.previous")).toBe(110);
    expect(found.fact("korea.target.previous-date").value).toBe("2025-12-01");
    expect(said.text.map(({ key }) => key)).toEqual(["country.target.text.up", "country.target.revised.up"]);
    expect(said.text[0]?.places.source).toMatchObject({ name: { en: "the analyst" } });
    expect(found.rows).toContain("korea.measures country.table.target");
    expect(found.part.claim.key).toBe("country.target.claim.raised");
  });

  it("that is not its own word's is the list's", () => {
    expect(issue(["2026-02-03", 120]).statement("korea.target.stands").text[0]?.places.source).toMatchObject({
      name: { en: "Desk" },
    });
  });

  it("is cut, or stands where there is none before it; a rating is nobody's", () => {
    expect(word(["2025-12-01", 130], ["2026-02-03", 120])).toBe("korea.target.cut");
    expect(word(["2026-02-03", 120])).toBe("korea.target.stands");
    expect(word(["2025-12-01", 120], ["2026-02-03", 120])).toBe("korea.target.stands");
    expect(issue(["2026-02-03", 120]).json).not.toMatch(/overweight|underweight/iu);
  });

  // The Friday is 13 February: 14 January is 30 days before it.
  it("is stale after 30 days, and says so", () => {
    const before: Row = ["2025-06-02", 110];
    expect(word(before, ["2026-01-14", 120])).toBe("korea.target.raised");
    const found = issue(before, ["2026-01-13", 120]);
    expect(found.ofCountry).toContain("korea.target.stale");
    expect(found.refusal("korea.target.raised").reasons).toEqual([
      { code: "target-stale", need: 30, have: 31 },
    ]);
    expect(found.keys.slice(-3)).toEqual([
      "country.target.text.up",
      "country.target.revised.up",
      "country.target.old",
    ]);
  });

  it.each([
    [103, "nearly-reached"],
    [103.1, "stands"],
    [97, "nearly-reached"],
    [96.9, "passed"],
  ])("of %d at a close of 100 is %s", (target, expected) => {
    expect(word(["2026-02-03", target])).toBe(`korea.target.${expected}`);
  });

  it("that is nearly reached is not called raised, but its revision is told", () => {
    const found = issue(["2025-12-01", 99], ["2026-02-03", 102]);
    expect(found.refusal("korea.target.raised").reasons).toMatchObject([{ code: "target-nearly-reached" }]);
    expect(found.keys).toContain("country.target.near");
    expect(found.keys).toContain("country.target.revised.up");
  });

  it("of after the cut-off is none yet, and one that has expired is a gap", () => {
    expect(word(["2026-02-03", 120], ["2026-02-14", 150])).toBe("korea.target.stands");
    const old = countryIssue(
      { target: "T" },
      { I: index, T: { ...given(["2025-12-01", 120]), staleAfter: 60 } },
    );
    expect(old.gaps).toEqual(["country.gap.one"]);
    expect(old.ofCountry).toEqual(["korea.year.local"]);
  });
});

describe("expected earnings", () => {
  const earn = (...values: readonly number[]) => {
    const years = values.map((value, i) => ({ year: 2024 + i, value, series: `E${2024 + i}` }));
    return countryIssue(
      { earnings: years.map(({ year, series: id }) => ({ year, series: id })) },
      {
        I: index,
        ...Object.fromEntries(
          years.map(({ value, series: id }) => [
            id,
            { ...given(["2026-01-30", value]), kind: "earnings" as const },
          ]),
        ),
      },
    );
  };

  it("grow from year to year, and compound", () => {
    const found = earn(100, 136, 299.2);
    expect(found.numberOf("earnings.2025.growth")).toBeCloseTo(0.36, 12);
    expect(found.numberOf("earnings.2026.growth")).toBeCloseTo(1.2, 12);
    expect(found.numberOf("earnings.compound")).toBeCloseTo(1.992, 12);
    expect(found.fact("korea.earnings.year-first").value).toBe("2024");
    const said = found.statement("korea.earnings.growth");
    expect(said.text.map(({ key }) => key)).toEqual([
      "country.earnings.text.up",
      "country.earnings.compound.up",
    ]);
    expect(said.text[0]?.places).toMatchObject({
      source: { name: { en: "Desk" } },
      date: { fact: "korea.earnings.date" },
    });
    expect(found.fact("korea.earnings.2026.growth").params).toMatchObject({ lowBase: false });
  });

  it("name a base under half of the highest of its five years, and no other", () => {
    const low = earn(100, 49, 80);
    expect(low.keys).toContain("country.earnings.low-base");
    expect(earn(100, 50, 80).keys).not.toContain("country.earnings.low-base");
    expect(low.part.tables.find(({ id }) => id === "korea.measures")?.rows.at(-1)?.cells[1]).toMatchObject({
      say: { key: "country.earnings.reading.low-base" },
    });
  });

  it.each([
    [100, -20, "to-loss", "to-loss"],
    [-20, 30, "to-profit", "not-meaningful"],
    [-20, -10, "loss-narrower", "not-meaningful"],
    [-20, -30, "loss-wider", "not-meaningful"],
    [-20, -20, "loss-unchanged", "not-meaningful"],
  ])("have no growth rate from %d to %d: %s", (before, after, state, code) => {
    const found = earn(before, after);
    expect(found.ofCountry).toContain(`korea.earnings.${state}`);
    expect(found.refusal("korea.earnings.growth").reasons[0]?.code).toBe(code);
    expect(found.part.tables.find(({ id }) => id === "korea.measures")?.rows.at(-1)?.cells[0]).toMatchObject({
      say: { key: `country.earnings.reading.${state}` },
    });
  });

  it("compound only from a profit on: a loss begins no chain", () => {
    const found = earn(-10, 20, 30, 45);
    expect(found.numberOf("earnings.compound")).toBeCloseTo(1.25, 12);
    expect(found.fact("korea.earnings.year-first").value).toBe("2025");
    expect(earn(-10, 20, 30).fact("korea.earnings.compound").reasons).toEqual([{ code: "one-year" }]);
  });

  it("of years that are not in a row are not compared", () => {
    const found = countryIssue(
      { earnings: [2024, 2026].map((year) => ({ year, series: `E${year}` })) },
      { I: index, E2024: given(["2026-01-30", 1]), E2026: given(["2026-01-30", 2]) },
    );
    expect(found.factIds.filter((id) => id.startsWith("korea.earnings"))).toEqual([]);
  });

  it("that are missing are a gap, and the others are told", () => {
    const found = countryIssue(
      { earnings: [2024, 2025, 2026].map((year) => ({ year, series: `E${year}` })) },
      { I: index, E2024: given(["2026-01-30", 1]), E2025: given(["2026-01-30", 2]), E2026: {} },
    );
    expect(found.ofCountry).toContain("korea.earnings.growth");
    expect(found.fact("korea.earnings.year").value).toBe("2025");
    expect(found.gaps).toEqual(["country.gap.one"]);
  });
});

describe("valuation", () => {
  /** 240 months of 10, the last ten years of `recent`, and then the latest. */
  const issue = (
    latest: number,
    recent: number,
    n = 240,
    windows: readonly (number | "full")[] = [120, 180, "full"],
  ) =>
    countryIssue(
      { multiple: "P", windows },
      {
        I: index,
        P: monthly(monthsTo([...series(n, (i) => (i < n - 120 ? 10 : recent) + (i % 2) / 10), latest])),
      },
    );

  it("is below its long-run average where all windows say so, and above alike", () => {
    const below = issue(9, 12);
    expect(below.ofCountry).toContain("korea.valuation.below");
    expect(below.keys.at(-1)).toBe("country.valuation.text.below.several");
    expect(below.numberOf("multiple.120.mean")).toBeCloseTo(12.05, 10);
    expect(below.numberOf("multiple.180.mean")).toBeCloseTo((120 * 12.05 + 60 * 10.05) / 180, 10);
    expect(below.numberOf("multiple.full.mean")).toBeCloseTo(11.05, 10);
    expect(below.numberOf("multiple.mean-low")).toBe(below.numberOf("multiple.full.mean"));
    expect(below.numberOf("multiple.mean-high")).toBe(below.numberOf("multiple.120.mean"));
    expect(below.numberOf("multiple.full.percentile")).toBe(0);
    expect(issue(13, 12).ofCountry).toContain("korea.valuation.above");
    expect(issue(9, 12, 240, [120]).keys.at(-1)).toBe("country.valuation.text.below.one");
  });

  it("depends on the window where they do not agree, and neither word is earned", () => {
    const found = issue(11.5, 12);
    expect(found.ofCountry).toContain("korea.valuation.depends");
    for (const word of ["below", "above"])
      expect(found.refusal(`korea.valuation.${word}`).reasons).toEqual([{ code: "depends-on-window" }]);
  });

  it("says nothing where a window has too few months: 135 of 180 are three quarters", () => {
    expect(issue(9, 12, 135).ofCountry).toContain("korea.valuation.below");
    const short = issue(9, 12, 134);
    expect(short.ofCountry).toEqual(["korea.year.local"]);
    expect(short.gaps).toEqual(["country.gap.windows"]);
    expect(short.rows).toContain("korea.measures country.table.multiple");
    expect(issue(9, 12, 59, ["full"]).gaps).toEqual(["country.gap.windows"]);
    expect(issue(9, 12, 60, ["full"]).gaps).toEqual([]);
  });

  it("stands without an index", () => {
    const found = countryIssue(
      { multiple: "P", windows: ["full"] },
      {
        I: { rows: [] },
        P: monthly(monthsTo([...series(100, () => 10), 9])),
      },
    );
    expect(found.ofCountry).toEqual(["korea.valuation.below"]);
    expect(found.gaps).toEqual(["country.gap.index"]);
  });
});

describe("foreign ownership", () => {
  const issue = (latest: number, months = 120) =>
    countryIssue(
      { foreign: "F" },
      { I: index, F: monthly(monthsTo([...series(months, (i) => 0.3 + i / 1000), latest])) },
    );

  // Of 120 months from 30.0 % to 41.9 %, thirty are below 33.0 %.
  it("is low up to the 25th percentile of ten years, and otherwise a row of the table", () => {
    const low = issue(0.3295);
    expect(low.numberOf("foreign.percentile")).toBe(25);
    expect(low.statement("korea.foreign.low")).toMatchObject({
      gate: { rule: "V6 foreign ownership" },
      text: [{ key: "country.foreign.text.middle" }],
    });
    expect(issue(0.2).keys.at(-1)).toBe("country.foreign.text.bottom");
    const plain = issue(0.3305);
    expect(plain.ofCountry).toEqual(["korea.year.local"]);
    expect(plain.refusal("korea.foreign.low").reasons).toMatchObject([
      { code: "percentile-above", need: 25 },
    ]);
    expect(plain.rows).toContain("korea.measures country.table.foreign");
  });

  it("has no percentile in fewer months than three quarters of ten years", () => {
    expect(issue(0.31, 90).fact("korea.foreign.percentile").value).not.toBeNull();
    const short = issue(0.31, 89);
    expect(short.refusal("korea.foreign.low").reasons[0]?.code).toBe("coverage");
    expect(short.fact("korea.foreign.share").value).toBe(0.31);
  });

  it("in another unit than the catalogue says is a gap and no error", () => {
    expect(issue(33).gaps).toEqual(["country.gap.one"]);
  });
});

describe("price to book", () => {
  it("is shown beside the world's, and nothing is said of it", () => {
    const found = countryIssue(
      { book: "B", worldBook: "V" },
      {
        I: index,
        B: monthly(monthsTo(series(80, (i) => 1 + i / 1000))),
        V: monthly(monthsTo(series(80, () => 3))),
      },
    );
    expect(found.numberOf("book.discount")).toBeCloseTo(1.079 / 3 - 1, 12);
    expect(found.numberOf("book.percentile")).toBe(100);
    expect(found.rows).toContain("korea.measures country.table.discount");
    expect(found.ofCountry).toEqual(["korea.year.local"]);
    const gone = countryIssue({ book: "B", worldBook: "V" }, { I: index, B: monthly(monthsTo([1])), V: {} });
    expect(gone.gaps).toEqual(["country.gap.one"]);
  });
});

describe("several series that are missing", () => {
  it("are one line that names the first and counts the others", () => {
    const found = countryIssue(
      { multiple: "P", foreign: "F", target: "T", yield: "Y", currency: "X" },
      { I: { rows: pathOf(small(60, 2)) }, P: {}, F: {}, T: {}, Y: {}, X: {} },
    );
    expect(found.gaps).toEqual(["country.gap.several"]);
    expect(found.numberOf("absent")).toBe(4);
  });
});
