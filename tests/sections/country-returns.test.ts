import { describe, expect, it } from "vitest";
import { countryIssue, endingAt, ruleOf, small } from "#tests/sections/countries.ts";
import { closesTo, type Row, series } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import { friday, pathOf } from "#tests/sections/surfaces.ts";

const index = pathOf(small(900, 1));
const rate = pathOf(small(900, 2));
const world = pathOf(small(900, 3));
const fx = { rows: rate, kind: "fx" } as const;
const valueAt = (rows: readonly Row[], day: string): number =>
  rows.findLast(([date]) => date <= day)?.[1] ?? 0;

describe("returns of a country", () => {
  const found = countryIssue({ currency: "X" }, { I: { rows: index }, X: fx });
  const change = (rows: readonly Row[], from: string) => valueAt(rows, friday) / valueAt(rows, from) - 1;
  const spans: readonly (readonly [string, string])[] = [
    ["week", "2026-02-06"],
    ["month", index.at(-21)?.[0] ?? ""],
    ["year", "2025-12-31"],
  ];

  it.each(spans)("are of the %s in its currency, of the currency in dollars and in dollars", (span, base) => {
    const [local, currency] = [change(index, base), valueAt(rate, base) / valueAt(rate, friday) - 1];
    expect(found.numberOf(`local.${span}`)).toBeCloseTo(local, 12);
    expect(found.numberOf(`fx.${span}`)).toBeCloseTo(currency, 12);
    expect(found.numberOf(`dollars.${span}`)).toBeCloseTo((1 + local) * (1 + currency) - 1, 12);
    expect(found.fact(`korea.local.${span}`).window).toMatchObject({ start: base, end: friday });
  });

  it("turn the rate round where it is of dollars", () => {
    const inverse = rate.map(([day, value]): Row => [day, 1 / value]);
    const other = countryIssue(
      { currency: "X", quote: "per-local" },
      { I: { rows: index }, X: { rows: inverse, kind: "fx" } },
    );
    for (const [span] of spans) {
      expect(other.numberOf(`fx.${span}`)).toBeCloseTo(found.numberOf(`fx.${span}`), 12);
      expect(other.numberOf(`dollars.${span}`)).toBeCloseTo(found.numberOf(`dollars.${span}`), 12);
    }
  });

  it("are said of the year with the currency, and shown in a table and a figure", () => {
    const states = ["local", "dollars", "fx"].map((part) => found.fact(`korea.${part}.year`).state);
    expect(found.keys).toEqual([
      `country.year.text.${states[0]}`,
      `country.year.dollars.${states[1]}-${states[2]}`,
    ]);
    expect(found.ofCountry).toEqual(["korea.year.year"]);
    expect(found.statement("korea.year.year")).toMatchObject({
      section: "korea",
      stance: `korea.year:${states[0]}`,
    });
    expect(found.rows).toEqual(
      ["week", "month", "year"].map((span) => `korea.returns country.table.span.${span}`),
    );
    expect(found.part.figures.map(({ id }) => id)).toEqual(["korea.year"]);
    expect(found.gaps).toEqual([]);
  });

  it("are those that the section of levels tells, and its sentences are not said again", () => {
    const market = {
      series: { I: { rows: index } },
      countries: { korea: ruleOf() },
      superlatives: ["I"],
      milestones: [{ series: "I", base: "2024-12-30" }],
      sections: ["levels", "korea"] as const,
    };
    const both = issueOf(market, friday);
    for (const span of ["week", "year"])
      expect(both.fact(`korea.local.${span}`).value).toBe(both.fact(`levels.I.return.${span}`).value);
    const keys = both.section("korea").words.flat();
    expect(keys.filter(({ key }) => key.startsWith("levels."))).toEqual([]);
    expect(keys.flatMap(({ places }) => Object.values(places))).not.toContainEqual({
      fact: "korea.local.week",
    });
  });

  it("are of local currency alone where no rate is named", () => {
    const alone = countryIssue({}, { I: { rows: index } });
    expect(alone.ofCountry).toEqual(["korea.year.local"]);
    expect(alone.part.tables[0]?.head).toHaveLength(2);
    expect(alone.part.figures).toEqual([]);
    expect(alone.fact("korea.dollars.year").reasons).toEqual([{ code: "fx-missing" }]);
  });

  // The index gains 2 per cent from the year's base, and the dollar 10.
  it.each([
    [102, 110, "up"],
    [98, 90, "down"],
  ])("say that the currency turned the sign of the year: %d at %d", (last, dollar, side) => {
    const flat = series(300, () => 100);
    const turned = countryIssue(
      { currency: "X" },
      { I: { rows: endingAt(flat, last) }, X: { rows: endingAt(flat, dollar), kind: "fx" } },
    );
    expect(turned.ofCountry).toEqual(["korea.year.turned"]);
    expect(turned.part.claim.key).toBe(`country.turned.claim.${side}`);
    expect(turned.statement("korea.year.turned").stance).toBe(`korea.year:turned-${side}`);
    expect(found.refusal("korea.year.turned").reasons).toEqual([{ code: "same-sign" }]);
  });

  it("have no month below 21 closes, and no year without a close before it", () => {
    const month = (n: number) => countryIssue({}, { I: { rows: pathOf(small(n, 4)) } });
    expect(month(20).fact("korea.local.month").value).not.toBeNull();
    expect(month(19).fact("korea.local.month").reasons).toEqual([{ code: "too-few", need: 21, have: 20 }]);
    expect(month(19).ofCountry).toEqual([]);
    expect(month(19).part.claim.key).toBe("country.none.claim");
  });

  it("stand beside a fund in dollars, named", () => {
    const beside = countryIssue(
      { currency: "X", dollars: "E" },
      { I: { rows: index }, X: fx, E: { rows: world, kind: "price" } },
    );
    expect(beside.numberOf("beside.year")).toBeCloseTo(change(world, "2025-12-31"), 12);
    expect(beside.rows.at(-1)).toBe("korea.returns country.table.beside");
    const gone = countryIssue({ currency: "X", dollars: "E" }, { I: { rows: index }, X: fx, E: {} });
    expect(gone.gaps).toEqual(["country.gap.one"]);
  });
});

describe("rates of exchange", () => {
  const withFixings = (from: string) =>
    countryIssue(
      {
        currency: "X",
        fixings: [
          { name: { en: "first", "zh-CN": "甲" }, from: null },
          { name: { en: "second", "zh-CN": "乙" }, from },
        ],
      },
      { I: { rows: index }, X: fx },
    );
  const notes = (found: ReturnType<typeof countryIssue>) => found.part.tables[0]?.notes.map(({ key }) => key);

  it("of two fixings are told, and weaken what lies across their change", () => {
    const mixed = withFixings("2026-02-02");
    expect(notes(mixed)).toContain("country.note.fixing-changed");
    expect(mixed.fact("korea.dollars.year")).toMatchObject({
      status: "warn",
      reasons: [{ code: "fixing-changed" }],
    });
    expect(mixed.fact("korea.fx.week").status).toBe("ok");
    expect(mixed.fact("korea.local.year").status).toBe("ok");
  });

  it("of a fixing that is yet to come, or has long been, are named by the one that counts", () => {
    for (const from of ["2026-06-01", "2025-06-01"]) {
      const found = withFixings(from);
      expect(notes(found)).toEqual(["country.note.base", "country.note.fixing"]);
      expect(found.fact("korea.dollars.year").status).toBe("ok");
      const note = found.part.tables[0]?.notes.at(-1)?.places.fixing;
      expect(note).toMatchObject({ name: { en: from > friday ? "first" : "second" } });
    }
  });

  it("that ended four sessions ago say nothing, and three sessions are forgiven", () => {
    const ending = (left: number) =>
      countryIssue(
        { currency: "X", flip: true, world: "W" },
        {
          I: { rows: index },
          X: { rows: rate.slice(0, -left), kind: "fx" },
          W: { rows: world },
        },
      );
    expect(ending(3).fact("korea.dollars.week").value).not.toBeNull();
    const stale = ending(4);
    expect(stale.ofCountry).toEqual(["korea.year.local"]);
    expect(stale.gaps).toEqual(["country.gap.one"]);
    expect(stale.part.gaps[0]?.places).toMatchObject({ name: { name: { en: "the X" } } });
  });
});

describe("strength against the world", () => {
  const rule = { currency: "X", world: "W" } as const;
  const issue = (drift: number, n = 900) => {
    const returns = small(n, 5).map((r, t) => (t < n - 20 ? r / 4 : drift));
    return countryIssue(rule, {
      I: { rows: pathOf(returns) },
      X: { rows: pathOf(small(n, 6).map((r) => r / 4)), kind: "fx" },
      W: { rows: pathOf(small(n, 7).map((r) => r / 4)) },
    });
  };

  it("is what it gained on the world in dollars, and the z of the log returns' difference in the 756 before", () => {
    const found = countryIssue(rule, { I: { rows: index }, X: fx, W: { rows: world } });
    const dollars = index.map(([, price], t) => price / (rate[t]?.[1] ?? 1));
    const strength = dollars.flatMap((price, t) => {
      const [before, w0, w1] = [dollars[t - 20], world[t - 20]?.[1], world[t]?.[1]];
      if (before === undefined || w0 === undefined || w1 === undefined) return [];
      return [Math.log(price / before) - Math.log(w1 / w0)];
    });
    const history = strength.slice(0, -1).slice(-756);
    const mean = history.reduce((a, b) => a + b, 0) / 756;
    const deviation = Math.sqrt(history.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 755);
    expect(found.fact("korea.strength").unit).toBe("return");
    expect(found.numberOf("strength")).toBeCloseTo(Math.expm1(strength.at(-1) ?? 0), 12);
    expect(found.numberOf("strength-z")).toBeCloseTo(((strength.at(-1) ?? 0) - mean) / deviation, 9);
    expect(found.numberOf("strength-history")).toBe(756);
    expect(found.numberOf("strength-independent")).toBe(37);
    const notes = found.part.tables.find(({ id }) => id === "korea.measures")?.notes.map(({ key }) => key);
    expect(notes).toContain("country.note.strength");
  });

  it("is strong from a z of 1, weak from −1, and between them a row of the table", () => {
    const strong = issue(0.02);
    expect(strong.numberOf("strength-z")).toBeGreaterThan(1);
    expect(strong.part.claim.key).toBe("country.strength.claim.strong");
    expect(strong.statement("korea.strength.strong")).toMatchObject({
      section: "korea",
      gate: { rule: "A4 relative strength" },
    });
    expect(issue(-0.02).said).toContain("korea.strength.weak");
    const between = issue(0.0001);
    expect(between.numberOf("strength-z")).toBeCloseTo(0.93, 2);
    expect(between.refusal("korea.strength.strong").reasons).toMatchObject([{ code: "z-below", need: 1 }]);
    expect(between.ofCountry).toEqual(["korea.year.year"]);
    expect(between.rows).toContain("korea.measures country.table.strength");
  });

  it("has no z below 756 earlier values, and then no word", () => {
    expect(issue(0.02, 776).said).toContain("korea.strength.strong");
    const short = issue(0.02, 775);
    expect(short.refusal("korea.strength.strong").reasons).toMatchObject([{ need: 756, have: 755 }]);
    expect(short.fact("korea.strength").value).not.toBeNull();
    expect(short.part.tables.flatMap(({ notes }) => notes.map(({ key }) => key))).not.toContain(
      "country.note.strength",
    );
  });

  it("is left out, and the series named, without the world", () => {
    const found = countryIssue(rule, { I: { rows: index }, X: fx, W: { rows: world.slice(0, -4) } });
    expect(found.gaps).toEqual(["country.gap.one"]);
    expect(found.factIds).not.toContain("korea.strength");
  });
});

describe("a country's week", () => {
  // Tokyo had no session from 29 April to 3 May 2019.
  const golden = "2019-05-03";
  const tokyo = {
    calendar: "TSE",
    rows: closesTo(
      "2019-04-26",
      small(300, 8).map((r) => 100 + 100 * r),
    ),
  } as const;

  it("without a session is said to be so, and what is older is told", () => {
    const found = countryIssue({}, { I: tokyo }, { asOf: golden, tables: true });
    expect(found.part.claim.key).toBe("country.closed.claim");
    expect(found.gaps).toEqual(["country.closed.text"]);
    expect(found.part.gaps[0]?.places).toMatchObject({ date: { fact: "korea.end" } });
    expect(found.fact("korea.end").value).toBe("2019-04-26");
    expect(found.fact("korea.local.week")).toMatchObject({ value: null, reasons: [{ code: "no-session" }] });
    expect(found.ofCountry).toEqual(["korea.year.local"]);
  });

  it("after one without a session is measured from before it, and says so", () => {
    const rows: readonly Row[] = [...tokyo.rows, ["2019-05-07", 101], ["2019-05-10", 102]];
    const found = countryIssue({}, { I: { ...tokyo, rows } }, { asOf: "2019-05-10", tables: true });
    expect(found.fact("korea.base.week").value).toBe("2019-04-26");
    expect(found.numberOf("local.week")).toBeCloseTo(102 / (tokyo.rows.at(-1)?.[1] ?? 1) - 1, 12);
    expect(found.part.tables[0]?.notes.map(({ key }) => key)).toContain("country.note.span");
  });

  it("that ends before its last session is told to its last close", () => {
    const found = countryIssue({}, { I: { rows: index.slice(0, -1) } });
    expect(found.part.tables[0]?.notes.map(({ key }) => key)).toContain("country.note.early");
    expect(found.fact("korea.end").value).toBe("2026-02-12");
  });

  it("without an index is one line, and so is one whose last close is four sessions old", () => {
    for (const rows of [[], index.slice(0, -4)]) {
      const found = countryIssue(
        { currency: "X", world: "W", flip: true, target: "T", yield: "Y" },
        { I: { rows }, X: fx, W: { rows: world }, T: {}, Y: {} },
      );
      expect(found.gaps).toEqual(["country.gap.index"]);
      expect(found.part).toMatchObject({
        words: [],
        tables: [],
        figures: [],
        claim: { key: "country.none.claim" },
      });
      expect(found.refusal("korea.year").reasons[0]?.code).toBe(rows.length === 0 ? "no-value" : "stale");
      expect(found.ofCountry).toEqual([]);
    }
  });
});

describe("what came after the cut-off", () => {
  it("changes nothing, and what came before does", () => {
    const issue = (rows: readonly Row[]) =>
      countryIssue({ currency: "X", world: "W", flip: true }, { I: { rows }, X: fx, W: { rows: world } })
        .json;
    const own = issue(index);
    expect(issue([...index, ["2026-02-16", 999]])).toBe(own);
    expect(issue(index.map(([day, value], t): Row => [day, t === 890 ? value * 1.01 : value]))).not.toBe(own);
  });
});
