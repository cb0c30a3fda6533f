import { describe, expect, it } from "vitest";
import { bn, flowIssue, fund, ofOne } from "#tests/sections/funds.ts";
import { messages } from "#tests/sections/says.ts";

const isShareOfYear = (id: string): boolean => id.endsWith("share.year");

describe("a share of the marginal dollar", () => {
  // 89 / (89 + 16) = 0.847619…, 89 / 16 = 5.5625.
  it("is said of two groups that both drew, with the ratio", () => {
    const found = ofOne({ non: fund(89 * bn), us: fund(16 * bn) });
    expect(found.said).toEqual(["flows.NON.share-in"]);
    expect(found.fact("flows.NON.share.year").value).toBeCloseTo(0.847619047619, 10);
    expect(found.fact("flows.NON.multiple-of.US.year")).toMatchObject({ unit: "multiple" });
    expect(found.fact("flows.NON.multiple-of.US.year").value).toBeCloseTo(5.5625, 10);
    expect(found.part.claim.key).toBe("flows.share-in.claim");
    expect(found.refused).toEqual([]);
  });

  it("is said of two that both shed", () => {
    const found = ofOne({ non: fund(-16 * bn), us: fund(-89 * bn) });
    expect(found.said).toEqual(["flows.US.share-out"]);
    expect(found.fact("flows.US.share.year").value).toBeCloseTo(0.847619047619, 10);
    expect(found.part.claim.key).toBe("flows.share-out.claim");
  });

  it("is said of three without a ratio", () => {
    const into = ofOne({ a: fund(1 * bn), b: fund(3 * bn), c: fund(1 * bn) });
    expect(into.said).toEqual(["flows.B.share-in"]);
    expect(into.fact("flows.B.share.year").value).toBeCloseTo(0.6, 12);
    expect(into.part.claim.key).toBe("flows.share-in-many.claim");
    expect(into.factIds.filter((id) => id.includes("multiple-of"))).toEqual([]);
    const out = ofOne({ a: fund(-1 * bn), b: fund(-1 * bn), c: fund(-3 * bn) });
    expect(out.said).toEqual(["flows.C.share-out"]);
    expect(out.part.claim.key).toBe("flows.share-out-many.claim");
  });

  it("has no ratio beyond a hundred", () => {
    expect(ofOne({ a: fund(100 * bn), b: fund(bn) }).factIds).toContain("flows.A.multiple-of.B.year");
    const far = ofOne({ a: fund(101 * bn), b: fund(bn) });
    expect(far.factIds).not.toContain("flows.A.multiple-of.B.year");
    expect(far.part.claim.key).toBe("flows.share-in-many.claim");
  });

  // 50 million print as 0.1 billion, 49 million as 0.0.
  it("is said only where no flow is printed as nothing", () => {
    expect(ofOne({ a: fund(bn), b: fund(5e7) }).said).toEqual(["flows.A.share-in"]);
    expect(ofOne({ a: fund(-bn), b: fund(-5.1e7) }).said).toEqual(["flows.A.share-out"]);
    expect(ofOne({ a: fund(bn), b: fund(4.9e7) }).said).toEqual(["flows.only-in"]);
  });

  it.each([
    ["only-in", bn, 0, []],
    ["only-in", bn, 4e7, []],
    ["only-in", bn, -2e7, [{ code: "mixed-signs" }]],
    ["only-out", -bn, 0, []],
    ["only-out", -bn, -4e7, []],
    ["only-out", -bn, 2e7, [{ code: "mixed-signs" }]],
  ])("gives way to %s where %d stands beside %d", (word, moved, small, others) => {
    const found = ofOne({ small: fund(small), moved: fund(moved) });
    expect(found.said).toEqual([`flows.${word}`]);
    expect(found.part.claim).toMatchObject({
      key: `flows.${word}.claim`,
      places: { name: { name: { en: "the MOVED" } }, v: { fact: "flows.MOVED.year" } },
    });
    expect(found.refusal("flows.share")).toMatchObject({
      reasons: [...others, { code: "flat", need: 0, have: 1 }],
      instead: `flows.${word}`,
    });
    expect(found.factIds.filter(isShareOfYear)).toEqual([]);
  });

  it("is refused for opposite signs, and the levels are said", () => {
    const found = ofOne({ non: fund(89 * bn), us: fund(-16 * bn) });
    expect(found.said).toEqual(["flows.mixed"]);
    expect(found.refusal("flows.share")).toMatchObject({
      word: "share of the marginal dollar",
      reasons: [{ code: "mixed-signs" }],
      instead: "flows.mixed",
    });
    // “Drew” and “shed” carry the sign: the numbers do not repeat it.
    const { v, w } = found.statement("flows.mixed").claim.places;
    expect([v, w]).toEqual([{ fact: "flows.NON.year" }, { fact: "flows.US.year" }]);
    expect(found.factIds.filter((id) => id.endsWith(".share.year"))).toEqual([]);
  });

  // 89 / (89 + 16) of what moved came in, 16 / 105 went out.
  it("gives way to the share of all that moved, for opposite signs only", () => {
    const found = ofOne({ non: fund(89 * bn), us: fund(-16 * bn) });
    expect(found.fact("flows.NON.gross-share.year").value).toBeCloseTo(0.847619047619, 10);
    expect(found.fact("flows.US.gross-share.year").value).toBeCloseTo(-0.152380952381, 10);
    const [, sentence] = found.statement("flows.mixed").text;
    expect(sentence).toMatchObject({
      key: "flows.gross",
      places: { share: { fact: "flows.NON.gross-share.year" } },
    });
    const alike = ofOne({ non: fund(89 * bn), us: fund(16 * bn) });
    expect(alike.factIds.filter((id) => id.includes("gross"))).toEqual([]);
  });

  it("is refused where two drew and a third is printed as nothing: the one that drew most is said", () => {
    const found = ofOne({ a: fund(3 * bn), b: fund(5 * bn), c: fund(1e7) });
    expect(found.said).toEqual(["flows.most-in"]);
    expect(found.statement("flows.most-in").claim.places.v).toEqual({ fact: "flows.B.year" });
    expect(
      ofOne({ a: fund(-3 * bn), b: fund(-5 * bn), c: fund(0) }).statement("flows.most-out").claim.places.v,
    ).toEqual({ fact: "flows.B.year" });
  });

  it("names the largest inflow and the largest outflow of several", () => {
    const found = ofOne({ a: fund(0.2 * bn), b: fund(9 * bn), c: fund(-bn), d: fund(-2 * bn) });
    expect(found.statement("flows.mixed").claim.places).toMatchObject({
      v: { fact: "flows.B.year" },
      w: { fact: "flows.D.year" },
    });
  });

  it("is refused where all netted out to nothing", () => {
    const found = ofOne({ a: fund(0), b: fund(0) });
    expect(found.said).toEqual(["flows.flat"]);
    expect(found.refusal("flows.share").reasons).toEqual([
      { code: "no-flow" },
      { code: "flat", need: 0, have: 2 },
    ]);
  });

  it("is refused as mixed where the signs part below what is printed", () => {
    // Both print as 0.0 billion.
    const found = ofOne({ a: fund(4e7), b: fund(-4e7) });
    expect(found.said).toEqual(["flows.flat"]);
    expect(found.refusal("flows.share").reasons).toEqual([
      { code: "mixed-signs" },
      { code: "flat", need: 0, have: 2 },
    ]);
  });

  // 1.0 billion in and 0.02 billion out: the text gives a group without a total as the reason, and all have one.
  it("refused for a sign below what is printed is not blamed on a missing total", () => {
    expect(ofOne({ a: fund(bn), b: fund(-2e7) }).only).not.toMatch(/partial/);
  });

  // 40 and 30 million shed, both printed as 0.0 billion and flat: “a took 57.1% of the new money”.
  it("of two small outflows is not said to be of new money", () => {
    expect(ofOne({ a: fund(-4e7), b: fund(-3e7) }).only).not.toMatch(/share-in/);
  });
});

describe("one direction for one flow", () => {
  const small = ofOne({ a: fund(bn), b: fund(4e7) });

  it("is that of the rounded sum in its own sentence", () => {
    // The larger is given by the statement itself.
    expect(small.part.words[0]?.map(({ key }) => key)).toEqual(["flows.year.flat"]);
    expect(small.part.words[1]?.map(({ key }) => key)).toEqual(["flows.only-in.text"]);
  });

  // “Flows into b netted out”, and in the next paragraph “both took in money …, 25.0x what b drew”.
  it("holds in the sentence about shares as well", () => {
    expect(small.part.claim.key).toBe("flows.only-in.claim");
  });
});

describe("a group that lacks a fund", () => {
  const some = { a1: fund(8 * bn), a2: fund(4 * bn), a3: fund(1 * bn, 20) };

  it("shows those that are covered; signs that part are a reason as well", () => {
    const found = flowIssue({ ...some, b: fund(-2 * bn) }, { A: ["a1", "a2", "a3"], B: ["b"] });
    expect(found.refusal("flows.share")).toMatchObject({
      reasons: [{ code: "mixed-signs" }, { code: "members-missing", need: 0, have: 1 }],
      instead: "flows.partial.down",
    });
    expect(found.statement("flows.partial.down").gate.found).toMatchObject({
      compared: 3,
      broken: 1,
      whole: 1,
    });
    expect(found.part.figures[0]?.series).toEqual(["a1", "a2", "b"]);
  });

  it.each([
    ["up", fund(2 * bn), []],
    ["down", fund(-2 * bn), [{ code: "mixed-signs" }]],
    ["flat", fund(4e7), []],
  ] as const)("makes no claim beside a whole one, which is said to go %s", (state, b, signs) => {
    const found = flowIssue({ ...some, b }, { A: ["a1", "a2", "a3"], B: ["b"] });
    expect(found.said).toEqual([`flows.partial.${state}`]);
    expect(found.part.claim.key).toBe(`flows.partial.${state}.claim`);
    expect(found.statement(found.only).text[0]?.places).toMatchObject({
      name: { name: { en: "the B" } },
      v: { fact: "flows.B.year" },
      other: { name: { en: "the A" } },
    });
    // Its funds are said one by one, the whole group in the claim.
    expect(found.part.words[0]?.map(({ places }) => places.v)).toEqual([
      { fact: "flows.a1.year" },
      { fact: "flows.a2.year" },
    ]);
    expect(found.refusal("flows.share").reasons).toEqual([
      ...signs,
      { code: "members-missing", need: 0, have: 1 },
      ...(state === "flat" ? [{ code: "flat", need: 0, have: 1 }] : []),
    ]);
    expect(found.factIds.filter(isShareOfYear)).toEqual([]);
  });

  // “A group without a total stands beside a whole one”: none is whole here.
  it("beside another like it is not said to stand beside a whole one", () => {
    const found = flowIssue(
      { ...some, b: fund(2 * bn), c: fund(bn, 20) },
      { A: ["a1", "a2", "a3"], B: ["b", "c"] },
    );
    expect(found.part.gaps).toHaveLength(2);
    const text = found.statement(found.only).text.map(messages.translator("en")).join(" ");
    expect(text).not.toMatch(/whole/);
  });

  it("beside another like it leaves no total at all, only single funds", () => {
    const found = flowIssue(
      { ...some, b: fund(2 * bn), c: fund(bn, 20) },
      { A: ["a1", "a3"], B: ["b", "c"] },
    );
    expect(found.said).toEqual(["flows.no-totals"]);
    expect(found.refusal("flows.share").reasons).toEqual([{ code: "members-missing", need: 0, have: 2 }]);
    expect(found.part.words[0]?.map(({ key }) => key)).toEqual(["flows.year.up", "flows.year.up"]);
  });

  it("leaves one thing to measure, or nothing", () => {
    expect(ofOne({ a: fund(bn), b: fund(bn, 20) }).said).toEqual(["flows.partial.up"]);
    const none = ofOne({ a: fund(bn, 20), b: fund(bn, 20) });
    expect(none.said).toEqual(["flows.none"]);
    expect(none.part).toMatchObject({ claim: { key: "flows.none.claim" }, figures: [] });
    expect(none.part.gaps.map(({ key }) => key)).toEqual(["flows.gap.sparse-daily.two"]);
  });

  it("is not what a single whole group is", () => {
    const found = ofOne({ a: fund(bn) });
    expect(found.said).toEqual(["flows.level"]);
    expect(found.refusal("flows.share").reasons).toEqual([{ code: "too-few", need: 2, have: 1 }]);
  });
});
