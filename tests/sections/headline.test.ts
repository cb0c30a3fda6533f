import { describe, expect, it } from "vitest";
import type { Figure } from "#src/domain/figure.ts";
import type { RankedStatement } from "#src/domain/statement.ts";
import { headline, wideProof } from "#src/sections/headline.ts";
import { fakeWords, layersOf } from "#tests/charts/words.ts";
import { closesTo, fridaysTo, priceOf, type Row, series } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import { contextOf, type MarketCase, namedList, pairOf } from "#tests/sections/market-case.ts";

const friday = "2026-02-13";
const weekly = (last: number, n = 120): Row[] =>
  fridaysTo(friday, [...series(n, (i) => (i % 2 === 0 ? 0.01 : -0.01)), last]);

/** A ranked statement of a section, with three sentences. */
const ranked = (id: string, section: string, proof: string | null = null): RankedStatement => ({
  id,
  section,
  claim: { key: `${id}.claim`, places: {} },
  text: [1, 2, 3].map((i) => ({ key: `${id}.${i}`, places: {} })),
  gate: { rule: "x", found: {} },
  tail: { share: 1, n: 1, record: false },
  stance: null,
  proof,
  score: { surprise: 0, record: 0, repeated: 0, total: 0 },
});
const empty = contextOf({ series: {} }, friday);
const pageOne = (statements: readonly RankedStatement[]) =>
  headline(empty, statements, null).words.map((paragraph) => paragraph.map(({ key }) => key));

describe("page one", () => {
  it("takes the first statement as its headline, and the first sentence under it", () => {
    const page = headline(empty, [ranked("a", "levels"), ranked("b", "flows")], null);
    expect(page.claim.key).toBe("a.claim");
    expect(page.standfirst?.key).toBe("a.1");
    expect(page.gaps).toEqual([]);
  });

  it("says the rest of the first, then two sentences of each of the next", () => {
    expect(pageOne([ranked("a", "levels"), ranked("b", "flows")])).toEqual([["a.2"], ["b.1", "b.2"]]);
  });

  it("says the best of each other section first of all, in the order of rank", () => {
    const statements = [
      ranked("l1", "levels"),
      ranked("l2", "levels"),
      ranked("r1", "regime"),
      ranked("l3", "levels"),
      ranked("r2", "regime"),
      ranked("p1", "pair"),
      ranked("f1", "flows"),
    ];
    // r1, p1 and f1 are the best of theirs; l2 is the best of the rest.
    expect(pageOne(statements).map(([first]) => first)).toEqual(["l1.2", "l2.1", "r1.1", "p1.1", "f1.1"]);
  });

  it("says more of the headline's own section only where there is room", () => {
    const names = ["levels", "levels", "a", "b", "c", "d"];
    const statements = names.map((name, i) => ranked(`${name}${i}`, name));
    expect(pageOne(statements).map(([first]) => first)).toEqual([
      "levels0.2",
      "a2.1",
      "b3.1",
      "c4.1",
      "d5.1",
    ]);
  });

  it("never says more than four besides the first", () => {
    const sections = ["levels", "a", "b", "c", "d", "e"];
    expect(pageOne(sections.map((name) => ranked(name, name)))).toHaveLength(5);
    expect(pageOne([1, 2, 3, 4, 5, 6].map((i) => ranked(`l${i}`, "levels")))).toHaveLength(5);
  });

  it("without any statement says that", () => {
    expect(headline(empty, [], null)).toMatchObject({
      claim: { key: "headline.none.claim" },
      standfirst: null,
      words: [],
      figures: [],
      gaps: [{ key: "headline.none.gap" }],
    });
  });
});

describe("the wide figure of page one", () => {
  const figure = (id: string, size: Figure["size"]) => ({ id, size }) as Figure;
  const figures = [figure("beside", "beside"), figure("wide-1", "wide"), figure("wide-2", "wide")];
  const idOf = (...proofs: readonly (string | null)[]) =>
    wideProof(
      proofs.map((proof, i) => ranked(String(i), "levels", proof)),
      figures,
    )?.id;

  it("shows the most surprising statement that a wide figure shows", () => {
    expect(idOf("wide-2", "wide-1")).toBe("wide-2");
    expect(idOf(null, "beside", "absent", "wide-1", "wide-2")).toBe("wide-1");
  });

  it("is none where no statement has one", () => {
    expect(idOf(null, "beside", "absent")).toBeUndefined();
    expect(idOf()).toBeUndefined();
  });
});

describe("page one of an issue", () => {
  const days = closesTo(friday, priceOf(series(299, (i) => (i % 2 === 0 ? 0.001 : -0.001))));
  const market: MarketCase = {
    series: {
      A: { rows: weekly(0.05) },
      B: { rows: weekly(-0.008) },
      L: { rows: days.map(([day, v]): Row => [day, day >= "2026-02-06" ? v * 1.2 : v]) },
      S: { rows: days },
    },
    superlatives: ["A", "B"],
    pairs: { p: pairOf(["L"], ["S"]) },
    sections: ["headline", "levels", "pair", "sources"],
  };
  const issue = issueOf(market, friday);
  const figureIds = (name: "headline" | "levels" | "pair") => issue.section(name).figures.map(({ id }) => id);

  it("has the wide figure of its headline, moved from its section and not shown twice", () => {
    expect(issue.said[0]).toBe("levels.A.best-on-record");
    expect(figureIds("headline")).toEqual(["headline.moves", "levels.weeks-A"]);
    expect(figureIds("levels")).toEqual([]);
    expect(figureIds("pair")).toEqual(["pair.p-attribution", "pair.p-line"]);
  });

  it("leaves figures where they are in a publication without page one", () => {
    const plain = issueOf({ ...market, sections: ["levels", "pair"] }, friday);
    expect(plain.section("levels").figures.map(({ id }) => id)).toEqual(["levels.weeks-A"]);
  });

  it("shows the week's moves, largest first, with the headline's own market in colour, credited", () => {
    const [moves] = issue.section("headline").figures;
    expect(moves).toMatchObject({ id: "headline.moves", series: ["A", "B"], size: "beside" });
    expect(moves?.claim.places).toMatchObject({
      top: { name: { en: "the A" } },
      bottom: { name: { en: "the B" } },
      topMove: { fact: "levels.A.return.week", signed: true },
    });
  });

  it("marks the headline's own market among the moves, or else the largest", () => {
    const marked = (of: ReturnType<typeof issueOf>): readonly unknown[] => {
      const spec = of.section("headline").figures[0]?.spec(fakeWords("en"));
      const texts = layersOf(spec ?? {}).flatMap(({ data, mark }) =>
        mark.type === "text" ? data.values : [],
      );
      return texts.filter(({ weight }) => weight === 600).map(({ text }) => text);
    };
    expect(marked(issue)).toContain("the A");
    const fallen = issueOf(
      { ...market, series: { ...market.series, B: { rows: weekly(-0.3, 200) } } },
      friday,
    );
    expect(fallen.said[0]).toBe("levels.B.worst-on-record");
    expect(marked(fallen)).toContain("the B");
    expect(marked(fallen)).not.toContain("the A");
  });

  it("shows no moves of one market alone", () => {
    const one = issueOf({ ...market, superlatives: ["A"] }, friday);
    expect(one.section("headline").figures.map(({ id }) => id)).toEqual(["levels.weeks-A"]);
  });

  it("ranks equals in the order of the sections", () => {
    // A level and the flows have no history to be rare in: both score 0.
    const both = (sections: MarketCase["sections"] & object) =>
      issueOf(
        {
          series: {
            A: {
              rows: closesTo(
                friday,
                series(300, () => 90),
              ),
            },
            F: { kind: "flow", currency: "USD" },
          },
          levels: [{ series: "A", level: 100, from: "year" }],
          flows: { groups: { G: namedList("G", "F") }, compare: [["G"]] },
          sections,
        },
        friday,
      ).said;
    // What last week's issue said as well scores −0.5: both did.
    expect(both(["levels", "flows"])).toEqual(["levels.A.below.100", "flows.none"]);
    expect(both(["flows", "levels"])).toEqual(["flows.none", "levels.A.below.100"]);
  });

  it("ranks what the last issue said as well half a point lower", () => {
    const twice = issueOf(
      { series: { A: { rows: weekly(0.012) } }, superlatives: ["A"], sections: ["levels"] },
      friday,
    );
    // The week before was −1 % (the 120th of alternating signs): another sentence.
    expect(twice.statement("levels.A.best-on-record").score.repeated).toBe(0);
    const again = fridaysTo(friday, [...series(119, (i) => (i % 2 === 0 ? 0.01 : -0.01)), 0.005, 0.006]);
    const repeated = issueOf(
      { series: { A: { rows: again } }, superlatives: ["A"], sections: ["levels"] },
      friday,
    );
    const { score, tail } = repeated.statement("levels.A.week.up");
    expect(score.repeated).toBe(-0.5);
    expect(score.total).toBeCloseTo(-Math.log10(tail.share) - 0.5, 12);
  });
});
