import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marginalShare } from "#src/metrics/marginal-share.ts";
import pairs from "#tests/fixtures/reference/pairs.json" with { type: "json" };

const shares = (...flows: readonly number[]) => marginalShare(Object.freeze(flows)).value?.shares ?? [];

describe("marginalShare", () => {
  it("of 89 and 16 is 89/105, 84.76 %, and 16/105", () => {
    const [outside = 0, inside = 0] = shares(89e9, 16e9);
    expect(outside).toBeCloseTo(0.847_619_047_619, 12);
    expect(inside).toBeCloseTo(0.152_380_952_381, 12);
    // The ratio of the two, 5.56.
    expect(outside / inside).toBeCloseTo(5.5625, 12);
  });

  it.each(pairs.shares.oneSign.filter(({ flows }) => flows.length > 1))(
    "agrees with the reference for $flows",
    ({ flows, shares: expected, total }) => {
      const found = marginalShare(Object.freeze(flows));
      expect(found).toMatchObject({ status: "ok", n: flows.length, value: { total } });
      for (const [i, share] of expected.entries()) expect(found.value?.shares[i]).toBeCloseTo(share, 12);
    },
  );

  it("of outflows is positive too", () => {
    expect(shares(-3, -1)).toEqual([0.75, 0.25]);
  });

  it("of a flow of zero is zero, beside flows of either sign", () => {
    expect(shares(0, 5)).toEqual([0, 1]);
    expect(shares(0, -5).map(Math.abs)).toEqual([0, 1]);
  });
});

describe("marginalShare refuses", () => {
  it.each(pairs.shares.mixed)("opposite signs: $flows", ({ flows }) => {
    expect(marginalShare(Object.freeze(flows))).toEqual({
      status: "undefined",
      value: null,
      n: flows.length,
      reasons: [{ code: "mixed-signs" }],
    });
  });

  it("one dollar the other way, and nothing the other way not", () => {
    expect(marginalShare([8e9, 4e9, -1]).status).toBe("undefined");
    expect(marginalShare([8e9, 4e9, 0]).status).toBe("ok");
  });

  it("flows of zero", () => {
    expect(marginalShare([0, 0])).toMatchObject({
      status: "undefined",
      reasons: [{ code: "no-flow" }],
      n: 2,
    });
  });

  it("fewer than two flows", () => {
    expect(marginalShare([])).toMatchObject({ status: "insufficient", n: 0 });
    expect(marginalShare([7])).toEqual({
      status: "insufficient",
      value: null,
      n: 1,
      reasons: [{ code: "too-few", need: 2, have: 1 }],
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("a flow of %s", (flow) => {
    expect(() => marginalShare([1, flow])).toThrow(RangeError);
  });
});

describe("marginalShare laws", () => {
  const flows = fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 12 });

  it("shares lie between 0 and 1 and add up to 1", () => {
    fc.assert(
      fc.property(flows, fc.constantFrom(1, -1), (each, sign) => {
        const found = shares(...each.map((flow) => sign * flow));
        expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
        expect(found.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      }),
      { seed: 31, numRuns: 200 },
    );
  });

  it("follow the flows into another order", () => {
    fc.assert(
      fc.property(flows, (each) => {
        const [one, other] = [shares(...each), shares(...each.toReversed()).toReversed()];
        for (const [i, share] of one.entries()) expect(other[i]).toBeCloseTo(share, 12);
      }),
      { seed: 32, numRuns: 200 },
    );
  });

  it("do not depend on the unit of the flows, and do on a single flow", () => {
    fc.assert(
      fc.property(flows, fc.constantFrom(2 ** -10, 2, 2 ** 30), (each, unit) => {
        expect(shares(...each.map((flow) => flow * unit))).toEqual(shares(...each));
        const [first = 0, ...rest] = each;
        const larger = 2 * (first + rest.reduce((sum, flow) => sum + flow, 0));
        expect(shares(larger, ...rest)[0]).toBeGreaterThan(shares(...each)[0] ?? 1);
      }),
      { seed: 33, numRuns: 200 },
    );
  });
});
