import { describe, expect, it } from "vitest";
import { levelSignificance } from "#src/metrics/level-significance.ts";
import { levelTest } from "#src/metrics/level-test.ts";
import { stationaryResamples } from "#src/metrics/stationary-bootstrap.ts";
import reference from "#tests/fixtures/reference/levels.json" with { type: "json" };
import { series } from "#tests/metrics/returns-reference.ts";
import { autoregression } from "#tests/metrics/walks.ts";
import { weekdays } from "#tests/metrics/weekdays.ts";

const days = weekdays("2024-01-01", 400);
const on = (
  closes: readonly number[],
  window: number,
  resampling = {},
  options: Partial<Parameters<typeof levelSignificance>[3]> = {},
) =>
  levelSignificance(
    days.slice(0, closes.length),
    Object.freeze(closes) as number[],
    100,
    { from: days[closes.length - window] ?? "", ...options },
    resampling,
  );
const [first] = reference.significance;
const { closes = [], window = 0 } = first ?? {};
const few = { replicates: 200 };

describe("levelSignificance", () => {
  it.each(reference.significance)("agrees with numpy within the error of drawing: $share", (row) => {
    const found = on(row.closes, row.window, { block: row.block });
    expect(found).toMatchObject({ status: "ok", n: row.window, value: { rejections: row.rejections } });
    expect(found.value).toMatchObject({ block: row.block, replicates: 2000 });
    const error = Math.sqrt((row.share * (1 - row.share)) / 2000);
    expect(Math.abs((found.value?.share ?? 9) - row.share)).toBeLessThan(4 * error);
  });

  it("counts what the level test counts", () => {
    for (const row of reference.significance)
      expect(
        levelTest(days.slice(0, 300), row.closes, 100, { from: days[300 - row.window] ?? "" }).value
          ?.rejections,
      ).toBe(row.rejections);
  });

  // The definition, path by path: what lies before the window stays, and in it the returns come in another order without their mean.
  const byPaths = (
    prices: readonly number[],
    from: number,
    side: "resistance" | "support",
    block: number,
  ) => {
    const dates = days.slice(0, prices.length);
    const test = (path: readonly number[]) =>
      levelTest(dates, path, 100, { from: days[from] ?? "", side }).value;
    const { rejections = 0 } = test(prices) ?? {};
    const pool = prices.slice(-Math.max(252, prices.length - from) - 1);
    const returns = pool.slice(1).map((price, t) => Math.log(price / (pool[t] ?? 0)));
    const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
    const known = prices.slice(0, Math.max(1, from));
    const held = [...stationaryResamples(returns.length, { block, replicates: 100 })].filter((positions) => {
      let price = known.at(-1) ?? 0;
      const drawn = [...positions.subarray(0, prices.length - known.length)].map((position) => {
        price *= Math.exp((returns[position] ?? 0) - mean);
        return price;
      });
      const found = test([...known, ...drawn]);
      return found !== null && found.rejections >= rejections && found.breakouts === 0 && !found.stoodBeyond;
    });
    return held.length / 100;
  };

  it.each([
    // Two per cent before the level and five, and at it with steps of three, which pass it and fall back.
    [300, 60, 0.02, 0.006],
    [400, 60, 0.02, 0.006],
    [400, 280, 0.02, 0.006],
    [300, 300, 0.02, 0.006],
    [252, 252, 0.05, 0.006],
    [300, 20, 0, 0.03],
  ])(
    "is the share of the paths that the level test itself says it of: of %d closes the last %d",
    (n, last, before, step) => {
      const shares: number[] = [];
      for (const side of ["resistance", "support"] as const) {
        const [sign, wanted] = [side === "support" ? -1 : 1, shares.length + 8];
        for (let seed = 1; seed <= 60 && shares.length < wanted; seed++) {
          // With a drift towards the level.
          const prices = autoregression(seed, n, 0.94, step).map((x, t) =>
            Math.exp(Math.log(100) + x + sign * (4e-5 * (t - n / 2) - before)),
          );
          const { value } = on(prices, last, { block: 5, replicates: 100 }, { side });
          if (value === null) continue;
          expect(value.share).toBe(byPaths(prices, n - last, side, 5));
          shares.push(value.share);
        }
      }
      expect(new Set(shares).size).toBeGreaterThan(3);
    },
  );

  it("chooses the block by the returns unless told, and draws the same for the same seed", () => {
    const found = on(closes, window, few);
    expect(found.value?.block).toBeGreaterThanOrEqual(1);
    expect(on(closes, window, few)).toEqual(found);
    expect(on(closes, window, { ...few, seed: 5 }).value?.share).not.toBe(found.value?.share);
  });

  it("is smaller the more often the level held", () => {
    // Up to just below the level and back to 97, every so many sessions; the last rejections are the more.
    const held = (period: number) => series(300, (t) => (t % period === 0 ? 99.5 : 97 + (t % 3) / 10));
    const shares = [30, 12, 6].map((period) => on(held(period), 60, few).value);
    expect(shares.map((value) => value?.rejections)).toEqual([2, 5, 10]);
    expect(shares[0]?.share ?? 0).toBeGreaterThan(shares[1]?.share ?? 1);
    expect(shares[1]?.share ?? 0).toBeGreaterThan(shares[2]?.share ?? 1);
  });

  it("mirrors a support", () => {
    const up = closes.map((close) => 10_000 / close);
    const [resistance, support] = [on(closes, window, few), on(up, window, few, { side: "support" })];
    expect(support.value?.rejections).toBe(resistance.value?.rejections);
    // 1 % below the inverse is not quite the inverse of 1 % above.
    expect(Math.abs((support.value?.share ?? 9) - (resistance.value?.share ?? 0))).toBeLessThan(0.05);
  });

  it("speaks of a window that is all there is", () => {
    const all = closes.slice(-252);
    expect(on(all, 252, few)).toMatchObject({ n: 252, value: { replicates: 200 } });
    expect(on(all, 251, few)).toMatchObject({ n: 251 });
  });

  it("does not exist for a level that was broken, or that nothing was rejected at", () => {
    const calm = series(300, (t) => 90 + (t % 2));
    const none = { status: "undefined", reasons: [{ code: "no-rejection" }] };
    expect(on(calm, 60)).toMatchObject(none);
    expect(on(calm.with(299, 99.5), 60)).toMatchObject(none);
    expect(on(calm.with(298, 99.5), 60, few).status).toBe("ok");
    const broken = calm.with(290, 101.5).with(291, 101.5);
    expect(on(broken, 60)).toMatchObject({ status: "undefined", reasons: [{ code: "breakout" }] });
    expect(on(broken.with(291, 101), 60, few).status).toBe("ok");
    // Broken before the window, in which it is rejected once the series has fallen back.
    const fell = calm.with(238, 101.5).with(239, 101.5).with(240, 101.5).with(260, 99.5);
    expect(on(fell, 60)).toMatchObject({ status: "undefined", reasons: [{ code: "breakout" }] });
    expect(on(fell, 59, few).status).toBe("ok");
  });

  it("is refused as the level test is, and for prices of which there are no returns", () => {
    expect(on(closes.slice(-251), 60)).toMatchObject({ status: "insufficient", n: 251 });
    expect(on(closes, 19)).toMatchObject({ status: "insufficient", n: 19 });
    expect(on(closes.with(200, -1), 60)).toMatchObject({
      status: "undefined",
      reasons: [{ code: "not-positive" }],
    });
    expect(() => on(closes.with(200, Number.NaN), 60)).toThrow(RangeError);
    expect(() => on(closes, 60, { replicates: 0 })).toThrow(RangeError);
  });
});
