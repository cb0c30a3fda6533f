import { describe, expect, it } from "vitest";
import { factBook } from "#src/sections/facts.ts";
import { judged, judgeTogether } from "#src/sections/test-family.ts";
import { marketRegime } from "#src/statements/rules/regime.ts";
import { factOf } from "#tests/statements/evidence.ts";

const panel = {
  cutoff: 0,
  columns: [],
  column: () => {
    throw new RangeError("no series");
  },
};
const bookOf = (p: Readonly<Record<string, number | undefined>>) => {
  const book = factBook(panel, (text) => text);
  for (const [id, value] of Object.entries(p))
    book.keep(factOf(id, 1, "z", value === undefined ? {} : { stats: { p: value, percentile: 50 } }));
  return book;
};

describe("the tests of an issue", () => {
  it("are judged as one family: q by Benjamini and Hochberg, other statistics kept", () => {
    const book = bookOf({ a: 0.01, b: 0.04, c: undefined, d: 0.03, e: 0.5 });
    judgeTogether(book);
    // Sorted: 0.01·4/1, 0.03·4/2, 0.04·4/3, 0.5·4/4, and no q above that of a larger p.
    expect(book.get("a")?.stats).toEqual({ p: 0.01, percentile: 50, q: 0.04 });
    expect(book.get("d")?.stats?.q).toBeCloseTo(0.16 / 3, 12);
    expect(book.get("b")?.stats?.q).toBeCloseTo(0.16 / 3, 12);
    expect(book.get("e")?.stats?.q).toBe(0.5);
    expect(book.get("c")?.stats).toBeUndefined();
  });

  it("weigh less the more of them there are", () => {
    const q = (others: number) => {
      const book = bookOf({
        a: 0.01,
        ...Object.fromEntries(Array.from({ length: others }, (_, i) => [`o${i}`, 0.9])),
      });
      judgeTogether(book);
      return book.get("a")?.stats?.q ?? Number.NaN;
    };
    expect(q(0)).toBeCloseTo(0.01, 12);
    expect(q(9)).toBeCloseTo(0.1, 12);
    expect(q(10)).toBeGreaterThan(0.1);
  });

  it("reach the rules with their q, though they were asked before", () => {
    const book = bookOf({ a: 0.01 });
    const asked = {
      ladder: marketRegime,
      subject: { id: "s", evidence: { a: book.get("a") ?? null, b: 3, c: null } },
    };
    judgeTogether(book);
    expect(judged(asked, book).subject.evidence).toEqual({ a: book.get("a"), b: 3, c: null });
    expect(asked.subject.evidence.a?.stats?.q).toBeUndefined();
  });
});

describe("a fact that is replaced", () => {
  it("must be there", () => {
    expect(() => bookOf({}).replace(factOf("a", 1, "z"))).toThrow(RangeError);
  });
});
