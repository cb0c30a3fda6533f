import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventReaction, eventSession } from "#src/metrics/event-reaction.ts";
import reference from "#tests/fixtures/reference/events.json" with { type: "json" };
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const { returns, market } = reference;

describe("eventReaction against statsmodels", () => {
  it.each(reference.reactions)("event $at, market $market, $n sessions", (row) => {
    const found = eventReaction(returns, row.market ? market : null, row.at);
    expect(found).toMatchObject({ status: row.n < 221 ? "warn" : "ok", n: row.n });
    const { windows = [], alpha, beta, sigma } = found.value ?? {};
    expect(alpha).toBeCloseTo(row.alpha, 14);
    if (row.beta === null) expect(beta).toBeNull();
    else expect(beta).toBeCloseTo(row.beta, 12);
    expect(sigma).toBeCloseTo(row.sigma, 14);
    expect(windows.map((each) => [each?.from, each?.to])).toEqual([
      [0, 0],
      [0, 1],
      [0, 5],
    ]);
    for (const [i, each] of windows.entries()) {
      expect(each?.car).toBeCloseTo(row.windows[i]?.car ?? 9, 13);
      expect(each?.z).toBeCloseTo(row.windows[i]?.z ?? 9, 11);
      expect(each?.standardised).toBeCloseTo(row.windows[i]?.standardised ?? 9, 11);
    }
  });
});

describe("eventReaction", () => {
  it("is by hand of a series without a market", () => {
    // ±1 % about 0 in the estimation: σ² = 120 · 1e-4 / 119; the event's three sessions make 4 %.
    const quiet = series(149, (t) => (t % 2 ? 0.01 : -0.01));
    const found = eventReaction([...quiet, 0.02, 0.01, 0.01], null, 149, [[0, 2]]).value;
    const sigma = 0.01 * Math.sqrt(120 / 119);
    expect(found?.sigma).toBeCloseTo(sigma, 14);
    expect(found?.windows[0]?.car).toBeCloseTo(0.04, 14);
    expect(found?.windows[0]?.z).toBeCloseTo(0.04 / (sigma * Math.sqrt(3)), 11);
    expect(found?.windows[0]?.standardised).toBeCloseTo(0.04 / (sigma * Math.sqrt(3 + 9 / 120)), 11);
  });

  it("needs 120 sessions of estimation, and wants 221", () => {
    // The session 30 before the event is the last of them: of an event at 149 that is the 120th.
    expect(eventReaction(returns, market, 148)).toEqual({
      status: "insufficient",
      value: null,
      n: 119,
      reasons: [{ code: "too-few", need: 120, have: 119 }],
    });
    expect(eventReaction(returns, market, 149)).toMatchObject({
      status: "warn",
      n: 120,
      reasons: [{ code: "short-window", need: 221, have: 120 }],
    });
    expect(eventReaction(returns, market, 249)).toMatchObject({ status: "warn", n: 220 });
    expect(eventReaction(returns, market, 250)).toMatchObject({ status: "ok", n: 221 });
    expect(eventReaction(returns, market, 0)).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("has no window that is not over", () => {
    const of = (length: number) =>
      eventReaction(returns.slice(0, length), market.slice(0, length), 300).value?.windows;
    const whole = eventReaction(returns, market, 300).value?.windows;
    expect(of(301)).toEqual([whole?.[0], null, null]);
    expect(of(305)).toEqual([whole?.[0], whole?.[1], null]);
    expect(of(306)).toEqual(whole);
  });

  it("does not see what came after its windows, nor the month before it, nor more than a year ago", () => {
    const own = eventReaction(returns, market, 300);
    const with1 = (at: number) => eventReaction(returns.with(at, 0.5), market, 300);
    for (const at of [306, 299, 271, 49]) expect(with1(at)).toEqual(own);
    for (const at of [50, 270, 300, 305]) expect(with1(at)).not.toEqual(own);
  });

  it("takes windows before the event", () => {
    const found = eventReaction(returns, market, 300, [[-5, -1]]).value?.windows[0];
    const [first = 0, ...rest] = eventReaction(returns, market, 295, [[0, 4]]).value?.windows ?? [];
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ from: -5, to: -1 });
    expect(first).not.toEqual(found);
    // By hand as above: a mean of 0 and σ² = 120 · 1e-4 / 119; of the event's session and the three before it two are asked for.
    const quiet = series(149, (t) => (t % 2 ? 0.01 : -0.01));
    const [leak] =
      eventReaction([...quiet.with(146, 0.01).with(147, 0.02).with(148, 0.03), 0.5, 0.5], null, 149, [
        [-3, -2],
      ]).value?.windows ?? [];
    const sigma = 0.01 * Math.sqrt(120 / 119);
    expect(leak?.car).toBeCloseTo(0.03, 14);
    expect(leak?.z).toBeCloseTo(0.03 / (sigma * Math.sqrt(2)), 11);
    expect(leak?.standardised).toBeCloseTo(0.03 / (sigma * Math.sqrt(2 + 4 / 120)), 11);
  });

  it("does not exist where the market did not move, or the series never parted from it", () => {
    const nothing = { status: "undefined", value: null, reasons: [{ code: "zero-variance" }] };
    expect(eventReaction(returns, series(330, 0.001), 300)).toMatchObject(nothing);
    expect(eventReaction(market, market, 300)).toMatchObject(nothing);
    expect(eventReaction(series(330, 0.001), null, 300)).toMatchObject(nothing);
  });

  it("refuses other periods, positions and windows that are none", () => {
    expect(() => eventReaction(returns, market.slice(1), 300)).toThrow(RangeError);
    expect(() => eventReaction(returns.with(3, Number.NaN), market, 300)).toThrow(RangeError);
    expect(() => eventReaction(returns, market.with(3, Number.NaN), 300)).toThrow(RangeError);
    for (const at of [-1, 330, 1.5]) expect(() => eventReaction(returns, market, at)).toThrow(RangeError);
    expect(() => eventReaction(returns, market, -1, [[1, 2]])).toThrow(RangeError);
    const backward = [1, 0] as const;
    expect(() => eventReaction(returns, market, 300, [backward])).toThrow(RangeError);
    expect(() => eventReaction(returns, market, 300, [[0, 0], backward])).toThrow(RangeError);
    expect(() => eventReaction(returns, market, 3, [[-4, 0]])).toThrow(RangeError);
    expect(() => eventReaction(returns, market, 300, [[0, 0.5]])).toThrow(RangeError);
  });

  it("adds to the CAR what is added to the event's session, and takes away what the market made", () => {
    const own = eventReaction(returns, market, 300).value;
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), (points) => {
        const move = points / 10_000;
        const found = eventReaction(returns.with(300, (returns[300] ?? 0) + move), market, 300).value;
        const withMarket = eventReaction(returns, market.with(300, (market[300] ?? 0) + move), 300).value;
        for (const [i, each] of (own?.windows ?? []).entries()) {
          expect(found?.windows[i]?.car).toBeCloseTo((each?.car ?? 9) + move, 12);
          expect(withMarket?.windows[i]?.car).toBeCloseTo((each?.car ?? 9) - (own?.beta ?? 9) * move, 12);
        }
        expect(found?.sigma).toBe(own?.sigma);
      }),
      { ...seeded, numRuns: 20 },
    );
  });
});

describe("eventSession", () => {
  const dates = ["2026-02-10", "2026-02-11", "2026-02-13"];

  it("is the same day's for news before its close, and the next one's after it", () => {
    expect(eventSession(dates, "2026-02-11", false)).toBe(1);
    expect(eventSession(dates, "2026-02-11", true)).toBe(2);
    expect(eventSession(dates, "2026-02-12", false)).toBe(2);
    expect(eventSession(dates, "2026-02-01", true)).toBe(0);
    expect(eventSession(dates, "2026-02-13", true)).toBeNull();
    expect(eventSession(dates, "2026-02-14", false)).toBeNull();
    expect(eventSession([], "2026-02-14", false)).toBeNull();
  });
});
