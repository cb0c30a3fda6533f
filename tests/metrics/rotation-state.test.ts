import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rotationState } from "#src/metrics/rotation-state.ts";
import type { WeeklyFlows } from "#src/metrics/weekly-flows.ts";
import reference from "#tests/fixtures/reference/flows.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const { own, others, rotation } = reference.weekly;
/** `before` in each of the 52 weeks, then `now` in each of the last four. */
const spans = (before: number, now: number): WeeklyFlows => series(56, (t) => (t < 52 ? before : now));
const state = (mine: readonly [number, number], other: readonly [number, number]) =>
  rotationState(spans(...mine), [spans(...other)]);

describe("rotationState against the reference", () => {
  it.each(rotation)(
    "week $last: $state of the $basis flow",
    ({ last, share, trailingShare, flow, ...row }) => {
      const until = (flows: WeeklyFlows) => Object.freeze(flows.slice(0, last + 1));
      const { value } = rotationState(until(own), others.map(until));
      expect(value).toMatchObject(row);
      expect(value?.flow).toBeCloseTo(flow, 8);
      expect(value?.share).toBeCloseTo(share, 12);
      expect(value?.trailingShare).toBeCloseTo(trailingShare, 12);
    },
  );

  it("meets all states and both kinds of shares there", () => {
    expect(new Set(rotation.map((row) => row.state)).size).toBe(4);
    expect(new Set(rotation.map((row) => row.basis)).size).toBe(2);
  });
});

describe("rotationState", () => {
  it("is rotation and not selling where money comes, and a smaller share of it", () => {
    // 16 of 105 now, 50 of 105 before.
    expect(state([50, 16], [55, 89])).toEqual({
      status: "ok",
      n: 56,
      reasons: [],
      value: { state: "in-losing", flow: 64, share: 16 / 105, trailingShare: 2600 / 5460, basis: "net" },
    });
    expect(state([16, 50], [89, 55]).value?.state).toBe("in-gaining");
    expect(state([-10, -5], [10, 10]).value).toMatchObject({ state: "out-gaining", basis: "gross" });
    expect(state([-5, -10], [10, 10]).value?.state).toBe("out-losing");
  });

  it("knows a growing part of all outflows for a loss", () => {
    expect(state([-5, -10], [-10, -5]).value).toMatchObject({ state: "out-losing", basis: "gross" });
    expect(state([-10, -5], [-5, -10]).value).toMatchObject({ state: "out-gaining", basis: "gross" });
  });

  it("is steady where the share is the same, and not where it is a trillionth more", () => {
    expect(state([1, 3], [2, 6]).value?.state).toBe("in-steady");
    expect(state([0.1, 0.3], [0.2, 0.6]).value?.state).toBe("in-steady");
    expect(state([-1, -3], [2, 6]).value?.state).toBe("out-steady");
    expect(state([1, 1 + 1e-11], [1, 1]).value?.state).toBe("in-gaining");
    expect(state([1, 1 - 1e-11], [1, 1]).value?.state).toBe("in-losing");
  });

  it("needs 56 weeks, or those that are asked for", () => {
    expect(rotationState(series(55, 1), [series(55, 1)])).toEqual({
      status: "insufficient",
      value: null,
      n: 55,
      reasons: [{ code: "too-few", need: 56, have: 55 }],
    });
    const short = { window: 13, trailing: 26 };
    expect(rotationState(series(39, 1), [series(39, 1)], short).status).toBe("ok");
    expect(rotationState(series(38, 1), [series(38, 1)], short).status).toBe("insufficient");
  });

  it("counts a week that one group lacks for none", () => {
    const gap = (at: readonly number[]): WeeklyFlows =>
      series(56, 2).map((v, t) => (at.includes(t) ? null : v));
    const wild = spans(2, 4).map((v, t) => (t === 3 ? 1e6 : v));
    expect(rotationState(wild, [gap([3])]).value).toMatchObject({ trailingShare: 0.5 });
    // 3 of 4 weeks are three quarters; 2 are not. 39 of 52 are three quarters; 46.8 would be nine tenths.
    expect(rotationState(spans(2, 2), [gap([55])])).toMatchObject({
      status: "warn",
      n: 55,
      reasons: [{ code: "coverage", need: 0.9, have: 0.75 }],
    });
    expect(rotationState(spans(2, 2), [gap([54, 55])])).toMatchObject({
      status: "insufficient",
      value: null,
      reasons: [{ code: "coverage", need: 0.75, have: 0.5 }],
    });
    const first = (n: number) => gap(Array.from({ length: n }, (_, t) => t));
    expect(rotationState(spans(2, 2), [first(5)]).status).toBe("ok");
    expect(rotationState(spans(2, 2), [first(6)]).status).toBe("warn");
    expect(rotationState(spans(2, 2), [first(13)]).status).toBe("warn");
    expect(rotationState(spans(2, 2), [first(14)]).status).toBe("insufficient");
    // Nine of ten are nine tenths.
    const tens = { window: 10, trailing: 10 };
    const lacking = series(20, 2).map((v, t) => (t === 9 ? null : v));
    expect(rotationState(series(20, 2), [lacking], tens)).toMatchObject({ status: "ok", n: 19 });
  });

  it("takes shares of the net flow where a group neither wins nor loses money", () => {
    expect(state([1, 2], [1, 0]).value).toMatchObject({ basis: "net", share: 1, trailingShare: 0.5 });
    expect(state([1, 2], [1, -1e-9]).value?.basis).toBe("gross");
  });

  it("does not exist without a flow", () => {
    const refused = { status: "undefined", value: null, n: 56, reasons: [{ code: "no-flow" }] };
    expect(state([1, 0], [1, 1])).toEqual(refused);
    expect(state([0, 1], [0, 1])).toEqual(refused);
    expect(state([0, 1], [1, 1]).value?.state).toBe("in-gaining");
  });

  it("refuses other lengths, one group, and what is no number", () => {
    expect(() => rotationState(series(56, 1), [])).toThrow(RangeError);
    expect(() => rotationState(series(56, 1), [series(55, 1)])).toThrow(RangeError);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
      for (const n of [56, 60, 3])
        expect(() => rotationState(series(n, 1), [series(n, 1).with(0, bad)])).toThrow(RangeError);
  });
});

describe("laws of rotationState", () => {
  const flows = fc.array(fc.integer({ min: -300, max: 700 }), { minLength: 60, maxLength: 60 });

  it("the unit of the flows changes no state, and the order of the other groups nothing", () => {
    fc.assert(
      fc.property(flows, flows, flows, (a, b, c) => {
        const [one, reordered] = [rotationState(a, [b, c]).value, rotationState(a, [c, b]).value];
        expect(reordered).toMatchObject({ state: one?.state, basis: one?.basis });
        const scaled = [a, b, c].map((group) => group.map((v) => v * 1024));
        const [first = [], ...rest] = scaled;
        expect(rotationState(first, rest).value).toMatchObject({ state: one?.state, share: one?.share });
      }),
      seeded,
    );
  });

  it("weeks before the two spans change nothing, and those within do", () => {
    fc.assert(
      fc.property(flows, flows, (a, b) => {
        const now = rotationState(a, [b]);
        expect(rotationState(a.with(3, 1e6), [b])).toEqual(now);
        expect(rotationState(a.with(4, 1e6), [b]).value?.trailingShare).not.toBe(now.value?.trailingShare);
        expect(rotationState(a.with(59, 1e6), [b]).value?.share).not.toBe(now.value?.share);
      }),
      seeded,
    );
  });
});
