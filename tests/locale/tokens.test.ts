import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  factToken,
  mapTokens,
  nameToken,
  type PrintStyle,
  printStyles,
  type Token,
  tickToken,
} from "#src/locale/tokens.ts";

const seed = 20_260_213;

type Piece = { readonly kind: "text"; readonly text: string } | Token;

/** The text with its tokens taken apart, stretches of no text left out. */
function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  mapTokens(
    text,
    (each) => {
      if (each !== "") pieces.push({ kind: "text", text: each });
      return "";
    },
    (token) => {
      pieces.push(token);
      return "";
    },
  );
  return pieces;
}

function written(piece: Piece): string {
  if (piece.kind === "text") return piece.text;
  if (piece.kind === "name") return nameToken(piece.text);
  if (piece.kind === "tick") return tickToken(piece.value, piece.text);
  return factToken(piece.id, piece.style);
}

describe("mapTokens", () => {
  it("replaces facts, names, axis values and the text between, each by its own function", () => {
    const text = `${nameToken("KOSPI")} gained ${factToken("levels.x.week")}, to ${factToken("levels.x.close", "table")} (${tickToken("7000", "7,000")}).`;
    const out = mapTokens(
      text,
      (each) => each.toUpperCase(),
      (token) => `[${Object.values(token).join(" ")}]`,
    );
    expect(out).toBe(
      "[name KOSPI] GAINED [fact plain levels.x.week], TO [fact table levels.x.close] ([tick 7000 7,000]).",
    );
  });

  it("leaves a text without tokens to the function for text, whole", () => {
    expect(
      mapTokens(
        "a: b",
        (text) => `(${text})`,
        () => "!",
      ),
    ).toBe("(a: b)");
    expect(
      mapTokens(
        "",
        (text) => `(${text})`,
        () => "!",
      ),
    ).toBe("()");
  });

  it("finds again whatever was written, in order", () => {
    const plain = fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((text) => !/[\uE000-\uF8FF]/.test(text));
    const piece: fc.Arbitrary<Piece> = fc.oneof(
      plain.map((text) => ({ kind: "text" as const, text })),
      plain.map((text) => ({ kind: "name" as const, text })),
      fc.record({
        kind: fc.constant("fact" as const),
        id: fc.stringMatching(/^[a-z][\w.:-]{0,20}$/),
        style: fc.constantFrom<PrintStyle>(...printStyles),
      }),
      fc.record({
        kind: fc.constant("tick" as const),
        value: fc.oneof(fc.double().map(String), fc.stringMatching(/^\d{4}-\d\d-\d\d$/)),
        text: plain,
      }),
    );
    const pieces = fc
      .array(piece)
      .filter((all) => all.every(({ kind }, i) => kind !== "text" || all[i - 1]?.kind !== "text"));
    fc.assert(
      fc.property(pieces, (all) => {
        expect(piecesOf(all.map(written).join(""))).toEqual(all);
      }),
      { seed, numRuns: 2000 },
    );
  });
});

describe("the name of something", () => {
  it.each([
    ["braces", "{{v}} {{- v}} }}"],
    ["a nesting", "$t(terms.flows)"],
    ["markup", "<script>alert(1)</script> & \" '"],
    ["dollars", "$& $1 $$ $`"],
    ["a token's text", "f:plain:levels.x.close"],
    ["line ends", "a\nb"],
    ["nothing", ""],
  ])("with %s in it is that name", (_, text) => {
    expect(piecesOf(nameToken(text))).toEqual([{ kind: "name", text }]);
  });

  it.each([
    ["the end of a token and a fact", "A\uE001\uE000f:plain:levels.y.close\uE001"],
    ["a fact inside", "A\uE000f:plain:levels.y.close\uE001B"],
    ["the end of a token", "A\uE001B"],
    ["the beginning of a token", "A\uE000B"],
    ["a token of another name", "\uE001\uE000n:B\uE001"],
  ])("with %s in it is one name still, without the marks", (_, text) => {
    const pieces = piecesOf(`${nameToken(text)} rose`);
    expect(pieces).toHaveLength(2);
    expect(pieces).toMatchObject([{ kind: "name" }, { kind: "text", text: " rose" }]);
    expect(JSON.stringify(pieces)).not.toMatch(/[\uE000\uE001]/);
  });
});
