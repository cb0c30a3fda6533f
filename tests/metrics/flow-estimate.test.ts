import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { etfFlow, fundFlow } from "#src/metrics/flow-estimate.ts";
import flows from "#tests/fixtures/reference/flows.json" with { type: "json" };
import { relativeGap, seeded } from "#tests/metrics/returns-reference.ts";

const { funds, etfs } = flows.estimates;
const etf = { sharesBefore: 100, shares: 105, navBefore: 10, nav: 11 };
const fund = { assetsBefore: 100, assets: 112, ret: 0.1 };

describe("flow estimates agree with the reference to 1e-12", () => {
  it.each(funds)("fund of $assetsBefore", ({ flow, share, ...period }) => {
    const found = fundFlow(period);
    expect(found).toMatchObject({ status: "ok", n: 1 });
    expect(relativeGap([found.value?.flow ?? 0, found.value?.share ?? 0], [flow, share])).toBeLessThan(1e-12);
  });

  it.each(etfs)("exchange-traded fund of $sharesBefore shares, split $splitFactor", (row) => {
    const { before, after, ...period } = row;
    const found = [etfFlow(period), etfFlow(period, "before"), etfFlow(period, "after")];
    expect(
      relativeGap(
        found.map(({ value }) => value?.flow ?? Number.NaN),
        [before, before, after],
      ),
    ).toBeLessThan(1e-12);
  });
});

describe("flow estimates", () => {
  it("are by hand", () => {
    expect(fundFlow(fund).value?.flow).toBeCloseTo(2, 12);
    expect(fundFlow(fund).value?.share).toBeCloseTo(0.02, 12);
    expect(etfFlow(etf).value).toEqual({ flow: 50, share: 0.05 });
    expect(etfFlow(etf, "after").value).toEqual({ flow: 55, share: 0.055 });
    // Two new shares for one old, and 10 of them created: 10 · 5, not 10 · 10.
    expect(etfFlow({ sharesBefore: 100, shares: 210, navBefore: 10, nav: 5, splitFactor: 2 }).value).toEqual({
      flow: 50,
      share: 0.05,
    });
  });

  it("see no flow in a split, and all of one that nobody recorded", () => {
    const split = { sharesBefore: 100, shares: 200, navBefore: 10, nav: 5 };
    expect(etfFlow({ ...split, splitFactor: 2 }).value).toEqual({ flow: 0, share: 0 });
    expect(etfFlow(split)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "quarantined", have: 1 }],
    });
  });

  it("quarantine more than a tenth of the assets, either way, and not a tenth", () => {
    expect(fundFlow({ assetsBefore: 100, assets: 110, ret: 0 }).status).toBe("ok");
    expect(fundFlow({ assetsBefore: 100, assets: 90, ret: 0 }).status).toBe("ok");
    // A tenth in exact numbers, and a bit more in doubles.
    expect(fundFlow({ assetsBefore: 0.3, assets: 0.33, ret: 0 }).status).toBe("ok");
    expect(fundFlow({ assetsBefore: 100, assets: 110.001, ret: 0 })).toMatchObject({
      status: "undefined",
      value: null,
      reasons: [{ code: "quarantined", need: 0.1, have: expect.closeTo(0.10001, 10) }],
    });
    expect(fundFlow({ assetsBefore: 100, assets: 89.999, ret: 0 }).status).toBe("undefined");
    expect(etfFlow({ ...etf, shares: 110 }).status).toBe("ok");
    expect(etfFlow({ ...etf, shares: 110.001 }).status).toBe("undefined");
    expect(etfFlow({ ...etf, shares: 109, nav: 11 }, "before").status).toBe("ok");
    expect(etfFlow({ ...etf, shares: 109.5, nav: 11 }, "after").status).toBe("undefined");
  });

  it("do not exist without assets before", () => {
    const refused = { status: "undefined", value: null, n: 1, reasons: [{ code: "not-positive" }] };
    for (const wrong of [{ assetsBefore: 0 }, { assetsBefore: -1 }, { assets: -1 }, { ret: -1.01 }])
      expect(fundFlow({ ...fund, ...wrong })).toEqual(refused);
    for (const wrong of [
      { sharesBefore: 0 },
      { shares: -1 },
      { navBefore: 0 },
      { nav: 0 },
      { splitFactor: 0 },
      { splitFactor: -2 },
    ])
      expect(etfFlow({ ...etf, ...wrong })).toEqual(refused);
    expect(fundFlow({ assetsBefore: 100, assets: 0, ret: -1 }).value).toEqual({ flow: 0, share: 0 });
    // None left is a flow, if not one that is believed.
    expect(etfFlow({ ...etf, shares: 0 }).reasons).toEqual([{ code: "quarantined", need: 0.1, have: -1 }]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("refuse %s", (bad) => {
    for (const key of ["assetsBefore", "assets", "ret"])
      expect(() => fundFlow({ ...fund, [key]: bad })).toThrow(RangeError);
    for (const key of ["sharesBefore", "shares", "navBefore", "nav", "splitFactor"])
      expect(() => etfFlow({ ...etf, [key]: bad })).toThrow(RangeError);
    expect(() => fundFlow({ assetsBefore: 1e-300, assets: 1e300, ret: 0 })).toThrow(/a double can hold/);
  });
});

describe("laws of flow estimates", () => {
  const period = fc.record({
    sharesBefore: fc.integer({ min: 1000, max: 1e9 }),
    shares: fc.constant(0),
    navBefore: fc.double({ min: 1, max: 500, noNaN: true }),
    nav: fc.double({ min: 1, max: 500, noNaN: true }),
  });
  const created = fc.integer({ min: -9, max: 9 }).map((percent) => 1 + percent / 100);

  it("a recorded split changes no flow, and an unrecorded one does", () => {
    fc.assert(
      fc.property(period, created, fc.constantFrom(0.5, 2, 4), (p, grown, split) => {
        const plain = { ...p, shares: p.sharesBefore * grown };
        const after = { ...plain, shares: plain.shares * split, nav: p.nav / split };
        const [one, other] = [etfFlow(plain).value, etfFlow({ ...after, splitFactor: split }).value];
        expect(other?.flow).toBe(one?.flow);
        expect(etfFlow(after).value?.flow).not.toBe(one?.flow);
        if (Math.abs(etfFlow(plain, "after").value?.share ?? 1) < 0.1)
          expect(etfFlow({ ...after, splitFactor: split }, "after").value?.flow).toBe(
            etfFlow(plain, "after").value?.flow,
          );
      }),
      seeded,
    );
  });

  it("a return alone is no flow, and money is one to the cent", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: -64, max: 64 }), (assets, r) => {
        const ret = r / 128;
        expect(fundFlow({ assetsBefore: assets, assets: assets * (1 + ret), ret }).value?.flow).toBe(0);
        const money = assets / 16;
        expect(fundFlow({ assetsBefore: assets, assets: assets * (1 + ret) + money, ret }).value?.flow).toBe(
          money,
        );
      }),
      seeded,
    );
  });
});
