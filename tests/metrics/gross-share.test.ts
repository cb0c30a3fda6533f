import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grossShare } from "#src/metrics/gross-share.ts";
import pairs from "#tests/fixtures/reference/pairs.json" with { type: "json" };
import { seeded } from "#tests/metrics/returns-reference.ts";

const flow = fc.double({ min: -1e12, max: 1e12, noNaN: true });

describe("grossShare", () => {
  it.each(pairs.shares.mixed)("agrees with the reference for $flows", ({ flows, grossShares }) => {
    const found = grossShare(Object.freeze(flows));
    expect(found).toMatchObject({ status: "ok", n: flows.length });
    for (const [i, share] of grossShares.entries()) expect(found.value?.shares[i]).toBeCloseTo(share, 12);
  });

  it("keeps every sign, and its sizes add up to one", () => {
    fc.assert(
      fc.property(fc.array(flow, { minLength: 2, maxLength: 9 }), (flows) => {
        const found = grossShare(flows);
        fc.pre(found.value !== null);
        const shares = found.value?.shares ?? [];
        expect(shares.reduce((sum, share) => sum + Math.abs(share), 0)).toBeCloseTo(1, 9);
        for (const [i, share] of shares.entries()) expect(share * (flows[i] ?? 0)).toBeGreaterThanOrEqual(0);
      }),
      seeded,
    );
    expect(grossShare([3, -1]).value).toEqual({ shares: [0.75, -0.25], gross: 4 });
  });

  it("does not exist where nothing moved, nor of one flow", () => {
    expect(grossShare([0, -0])).toMatchObject({
      status: "undefined",
      value: null,
      reasons: [{ code: "no-flow" }],
    });
    expect(grossShare([1])).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 2, have: 1 }],
    });
    expect(() => grossShare([1, Number.NaN])).toThrow(/finite/);
  });
});
