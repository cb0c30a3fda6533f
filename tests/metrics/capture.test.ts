import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { capture } from "#src/metrics/capture.ts";
import funds from "#tests/fixtures/reference/funds.json" with { type: "json" };
import { relativeGap, seeded, series } from "#tests/metrics/returns-reference.ts";

const row = (n: number): { readonly fund: readonly number[]; readonly market: readonly number[] } =>
  funds.capture.find(({ fund }) => fund.length === n) ?? { fund: [], market: [] };

describe("capture against pandas", () => {
  it.each(funds.capture)("of $downMonths falling months", ({ fund, market, ...expected }) => {
    const { value } = capture(fund, market);
    const keys = Object.keys(expected) as (keyof typeof expected)[];
    const found = keys.map((key) => value?.[key] ?? Number.NaN);
    expect(
      relativeGap(
        found,
        keys.map((key) => expected[key]),
      ),
    ).toBeLessThan(1e-12);
    expect(value?.drawdownRatio).toBeCloseTo(expected.drawdown / expected.marketDrawdown, 12);
  });
});

describe("capture by the months that are there", () => {
  // The market falls by 1 % in the first `down` months, and rises by 1 % in the next `up`; then it stands still.
  const market = (n: number, down: number, up = n - down) =>
    series(n, (t) => (t < down ? -0.01 : t < down + up ? 0.01 : 0));
  const half = (months: readonly number[]) => months.map((m) => m / 2);
  const of = (months: readonly number[]) => capture(half(months), months);

  it("needs 24, and has no caveat from 36 on", () => {
    expect(of(market(23, 10))).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 24, have: 23 }],
    });
    expect(of(market(24, 10))).toMatchObject({ status: "warn", n: 24 });
    expect(of(market(35, 10))).toMatchObject({
      status: "warn",
      reasons: [{ code: "short-history", need: 36, have: 35 }],
    });
    expect(of(market(36, 10))).toMatchObject({ status: "ok", n: 36 });
  });

  it("needs six in which the market fell", () => {
    expect(of(market(40, 5))).toEqual({
      status: "insufficient",
      value: null,
      n: 5,
      reasons: [{ code: "too-few", need: 6, have: 5 }],
    });
    expect(of(market(40, 6))).toMatchObject({
      status: "ok",
      value: { up: 0.5, down: 0.5, downMonths: 6, upMonths: 34 },
    });
  });

  it("tells no up capture below six in which it rose", () => {
    expect(of(market(40, 10, 6))).toMatchObject({ status: "ok", value: { up: 0.5, upMonths: 6 } });
    expect(of(market(40, 10, 5))).toMatchObject({
      status: "warn",
      reasons: [{ code: "few-up-months", need: 6, have: 5 }],
      value: { up: null, down: 0.5, upMonths: 5 },
    });
  });

  it("forgets what is older than 60 months, and nothing younger", () => {
    const { fund, market: months } = row(90);
    expect(capture(fund.with(29, 0.9), months)).toEqual(capture(fund, months));
    expect(capture(fund.with(30, 0.9), months)).not.toEqual(capture(fund, months));
  });

  it("does not exist where a month loses everything", () => {
    const months = market(40, 10);
    expect(capture(half(months).with(3, -1), months)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "total-loss" }],
    });
    expect(capture(half(months).with(3, -0.999), months).status).toBe("ok");
  });

  it("refuses lengths that differ and what is not finite", () => {
    const months = market(40, 10);
    expect(() => capture(months.slice(1), months)).toThrow(RangeError);
    expect(() => capture(months.with(0, Number.NaN), months)).toThrow(RangeError);
  });

  it("is below 0 for a fund that gained while the market fell, and has no drawdown", () => {
    const months = market(40, 10);
    const { value } = capture(months.map(Math.abs), months);
    expect(value).toMatchObject({ up: 1, down: -1, downHitRate: 1, hitRate: 0.25 });
    expect(value?.drawdownRatio).toBeCloseTo(0, 15);
  });
});

describe("laws of capture", () => {
  const { fund, market } = row(60);

  it("a levered fund captures that much more of both sides, and the market all", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (tenths) => {
        const k = tenths / 10;
        const [own, levered] = [
          capture(fund, market).value,
          capture(
            fund.map((r) => k * r),
            market,
          ).value,
        ];
        expect(levered?.up).toBeCloseTo(k * (own?.up ?? 0), 12);
        expect(levered?.down).toBeCloseTo(k * (own?.down ?? 0), 12);
      }),
      seeded,
    );
    expect(capture(market, market).value).toMatchObject({ up: 1, down: 1, drawdownRatio: 1, hitRate: 0 });
  });

  it("the order of months matters to drawdowns and to nothing else", () => {
    const order = fund.map((_, t) => t).toSorted((a, b) => (fund[a] ?? 0) - (fund[b] ?? 0));
    const sorted = (months: readonly number[]) => order.map((t) => months[t] ?? 0);
    const [one, other] = [capture(fund, market).value, capture(sorted(fund), sorted(market)).value];
    expect(other?.down).toBeCloseTo(one?.down ?? 0, 12);
    expect(other?.hitRate).toBe(one?.hitRate);
    expect(other?.drawdown).toBeLessThan(one?.drawdown ?? 0);
  });
});
