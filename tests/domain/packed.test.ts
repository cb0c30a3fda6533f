import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addRow, newPacked, numberAt, orNull, packedRows } from "#src/domain/packed.ts";

describe("packed rows", () => {
  it("give back every number in its place, however many there are", () => {
    const four = fc.tuple(fc.double(), fc.double(), fc.double(), fc.double());
    fc.assert(
      fc.property(fc.array(four, { maxLength: 200 }), (rows) => {
        const packed = newPacked();
        for (const row of rows) addRow(packed, ...row);
        const found = Array.from({ length: packedRows(packed) }, (_, i) =>
          [0, 1, 2, 3].map((place) => numberAt(packed, i, place)),
        );
        expect(found).toEqual(rows);
      }),
      { seed: 20_260_213 },
    );
  });

  it("know null from every number", () => {
    expect([Number.NaN, 0, -0, Infinity].map(orNull)).toEqual([null, 0, -0, Infinity]);
  });
});
