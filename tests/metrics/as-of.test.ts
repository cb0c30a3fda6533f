import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { abnormalReturnPath } from "#src/metrics/abnormal-returns.ts";
import { absorptionRatioPath, absorptionShiftPath } from "#src/metrics/absorption-ratio.ts";
import { adaptiveSpreadPath } from "#src/metrics/adaptive-spread.ts";
import { averageCorrelationPath } from "#src/metrics/average-correlation.ts";
import { basketStressPath } from "#src/metrics/basket-stress.ts";
import { calmSurfacePaths } from "#src/metrics/calm-surface.ts";
import { capexReturnPaths } from "#src/metrics/capex-return.ts";
import { correlationPath, spearmanPath } from "#src/metrics/correlation.ts";
import { correlationSurprisePath } from "#src/metrics/correlation-surprise.ts";
import { crossAssetPath } from "#src/metrics/cross-asset-contradiction.ts";
import { crossSectionPath } from "#src/metrics/cross-section.ts";
import { crossSectionalAsymmetryPath } from "#src/metrics/cross-sectional-asymmetry.ts";
import { crossSectionalDispersionPath, meanDispersionPath } from "#src/metrics/cross-sectional-dispersion.ts";
import { diffusionPath } from "#src/metrics/diffusion-index.ts";
import { drawdownPath } from "#src/metrics/drawdown.ts";
import { efficiencyRatioPath, medianEfficiencyPath } from "#src/metrics/efficiency-ratio.ts";
import { ewmaPath } from "#src/metrics/ewma-volatility.ts";
import { factorRotationPath } from "#src/metrics/factor-rotation.ts";
import { flowToAssetsPath } from "#src/metrics/flow-to-assets.ts";
import { flowZPath } from "#src/metrics/flow-z.ts";
import { foreignBuyingPath } from "#src/metrics/foreign-ownership.ts";
import { fragilityPath } from "#src/metrics/fragility.ts";
import { rollingHedge } from "#src/metrics/hedge-ratio.ts";
import { filteredStates, fitHiddenMarkov } from "#src/metrics/hidden-markov.ts";
import { illiquidityPath } from "#src/metrics/illiquidity.ts";
import { jointStrengthPath } from "#src/metrics/joint-strength.ts";
import { leadershipTurnoverPath } from "#src/metrics/leadership-turnover.ts";
import { liquiditySpreadPath, proxySpreadPath } from "#src/metrics/liquidity-spread.ts";
import { rollingBeta } from "#src/metrics/market-beta.ts";
import { multipleDiscountPath } from "#src/metrics/multiple-discount.ts";
import { narrativeBalancePath } from "#src/metrics/narrative-balance.ts";
import { narrativeIntensityPath } from "#src/metrics/narrative-intensity.ts";
import { narrativeTonePath } from "#src/metrics/narrative-tone.ts";
import { compositePath } from "#src/metrics/noise-velocity.ts";
import { breadthPath } from "#src/metrics/opportunity-set.ts";
import { pairReturnZPath } from "#src/metrics/pair-return-z.ts";
import { rangeVolatilityPath } from "#src/metrics/range-volatility.ts";
import { rankChurnPath } from "#src/metrics/rank-churn.ts";
import { ratioIndex } from "#src/metrics/ratio-index.ts";
import { realisedVolatilityPath } from "#src/metrics/realised-volatility.ts";
import { relativeStrengthPath } from "#src/metrics/relative-strength.ts";
import { returnSurprises } from "#src/metrics/return-surprise.ts";
import { riskAppetitePath } from "#src/metrics/risk-appetite.ts";
import { rollingCovariance, rollingMean, rollingVariance } from "#src/metrics/rolling.ts";
import { rollingMax } from "#src/metrics/rolling-max.ts";
import { rollingRank } from "#src/metrics/rolling-rank.ts";
import { rollingZScore } from "#src/metrics/rolling-z-score.ts";
import { spreadZPath } from "#src/metrics/spread-z.ts";
import { streakPath } from "#src/metrics/streak.ts";
import { turbulencePath } from "#src/metrics/turbulence.ts";
import { unexplainedDropPath } from "#src/metrics/unexplained-drops.ts";
import { varianceIdentityPath } from "#src/metrics/variance-identity.ts";
import { varianceRatioPath } from "#src/metrics/variance-ratio.ts";
import { volatilityOfVolatilityPath } from "#src/metrics/volatility-of-volatility.ts";
import { windowSums } from "#src/metrics/weekly-flows.ts";
import { yieldCurvePath } from "#src/metrics/yield-curve-move.ts";

/*
 * No look-ahead (G19): what stands at a session uses nothing after it. Every function that gives a path is asked here with data
 * through some session and with more data; the shorter path must be the beginning of the longer one, to the bit.
 * A metric that gives one value is of the end of what it is given: it cannot see more than its caller hands it.
 */

const sessions = 1_400;
const names = 32;

/** Returns of a made-up market: a common part, calm and wild stretches, and each name's own part. */
function market(): readonly (readonly number[])[] {
  let state = 20_260_213;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const common = Array.from({ length: sessions }, (_, t) => (t % 400 > 300 ? 0.05 : 0.015) * uniform());
  return Array.from({ length: names }, (_, i) => common.map((r) => (0.4 + i / names) * r + 0.02 * uniform()));
}

const all = market();

/** What the metrics are asked with, through session `n`. */
function until(n: number, change: (name: number, t: number, r: number) => number = (_, __, r) => r) {
  const panel = all.map((row, name) => row.slice(0, n).map((r, t) => change(name, t, r)));
  const prices = panel.map((row) => {
    let price = 100;
    return row.map((r) => {
      price *= 1 + r;
      return price;
    });
  });
  const row = (i: number) => panel[i] ?? [];
  const price = (i: number) => prices[i] ?? [];
  const close = price(0);
  return {
    panel,
    prices,
    few: panel.slice(0, 10),
    x: row(0),
    y: row(1),
    a: price(0),
    b: price(1),
    gaps: row(2).map((r, t) => (t % 97 === 5 ? null : r)),
    bars: {
      open: close.map((p) => p * 0.999),
      high: close.map((p, t) => p * (1.001 + Math.abs(row(3)[t] ?? 0))),
      low: close.map((p, t) => p * (0.998 - Math.abs(row(4)[t] ?? 0))),
      close,
    },
    flows: row(5).map((r) => 1e9 * r),
    assets: price(5).map((p) => 1e10 * p),
  };
}
type Data = ReturnType<typeof until>;
type Series = readonly unknown[];

/** Paths of several parts, session by session. */
const together = (parts: readonly Series[]): Series =>
  (parts[0] ?? []).map((_, t) => parts.map((part) => part[t]));

const ranks = (path: readonly (number | null)[]) => rollingRank(path, { min: 60, preferred: 250 });
const weights = (count: number, n: number) =>
  Array.from({ length: count }, (_, i) => Array.from({ length: n }, () => 1 + i));

let model: Parameters<typeof filteredStates>[1];
beforeAll(() => {
  const fit = fitHiddenMarkov([until(900).x], 2).value;
  if (fit === null) throw new Error("a model of two states is wanted");
  ({ model } = fit);
});

const paths: Readonly<Record<string, (data: Data) => Series>> = {
  absorptionRatioPath: ({ few }) => absorptionRatioPath(few),
  absorptionShiftPath: ({ few }) => absorptionShiftPath(absorptionRatioPath(few)),
  averageCorrelationPath: ({ panel }) => averageCorrelationPath(panel),
  calmSurfacePaths: ({ panel, x }) => together(Object.values(calmSurfacePaths(panel.slice(1), x))),
  compositePath: ({ x, y, few }) => compositePath({ x, y, z: few[2] ?? [] }),
  correlationPath: ({ x, y }) => correlationPath(x, y),
  correlationSurprisePath: ({ few }) => correlationSurprisePath(few),
  crossSectionPath: ({ panel }) => crossSectionPath(panel, undefined, ({ returns }) => Number(returns[3])),
  crossSectionalAsymmetryPath: ({ panel }) => crossSectionalAsymmetryPath("loserSpread", panel),
  crossSectionalDispersionPath: ({ panel }) => crossSectionalDispersionPath(panel),
  drawdownPath: ({ a }) => drawdownPath(a),
  efficiencyRatioPath: ({ x }) => efficiencyRatioPath(x),
  ewmaPath: ({ x }) => ewmaPath(x),
  factorRotationPath: ({ few }) => factorRotationPath(few),
  filteredStates: ({ x }) => filteredStates([x], model).rows,
  flowToAssetsPath: ({ flows, assets }) => flowToAssetsPath(flows, assets),
  flowZPath: ({ flows }) => flowZPath(flows),
  fragilityPath: ({ x, y }) => fragilityPath(ranks(x), rollingZScore(y, { min: 60, preferred: 250 })),
  leadershipTurnoverPath: ({ prices }) => leadershipTurnoverPath(prices),
  meanDispersionPath: ({ panel }) => meanDispersionPath(panel),
  medianEfficiencyPath: ({ panel }) => medianEfficiencyPath(panel),
  pairReturnZPath: ({ x, y }) => pairReturnZPath(x, y).value ?? [],
  rangeVolatilityPath: ({ bars }) => rangeVolatilityPath(bars, "yang-zhang"),
  rankChurnPath: ({ prices }) => rankChurnPath(prices),
  ratioIndex: ({ a, b }) => ratioIndex(a, b).value ?? [],
  realisedVolatilityPath: ({ gaps }) => realisedVolatilityPath(gaps),
  relativeStrengthPath: ({ a, b }) => relativeStrengthPath(a, b),
  returnSurprises: ({ few }) => returnSurprises(few),
  riskAppetitePath: ({ prices }) => {
    const signals = prices.slice(0, 5).map((values, i) => ({ sign: i % 2 === 0 ? 1 : -1, values }) as const);
    const { score, percentile, components } = riskAppetitePath(signals);
    return together([score, percentile, ...components]);
  },
  rollingBeta: ({ x, y }) => rollingBeta(x, y),
  abnormalReturnPath: ({ x, y }) => abnormalReturnPath(x, y),
  rollingCovariance: ({ gaps, y }) => rollingCovariance(gaps, y, 60),
  rollingHedge: ({ a, b }) => rollingHedge(a, b).value ?? [],
  rollingMax: ({ a }) => rollingMax(a, 60),
  rollingMean: ({ gaps }) => rollingMean(gaps, 60),
  rollingRank: ({ gaps }) => ranks(gaps),
  rollingVariance: ({ gaps }) => rollingVariance(gaps, 60),
  rollingZScore: ({ x }) => rollingZScore(x, { min: 60, preferred: 250 }),
  spearmanPath: ({ x, y }) => spearmanPath(x, y),
  spreadZPath: ({ a, b }) => spreadZPath(a, b).value ?? [],
  streakPath: ({ x }) => streakPath(x),
  turbulencePath: ({ few }) => turbulencePath(few),
  varianceIdentityPath: ({ few, x }) => varianceIdentityPath(x, few, weights(few.length, x.length)),
  varianceRatioPath: ({ x }) => varianceRatioPath(x, 5),
  volatilityOfVolatilityPath: ({ x }) => volatilityOfVolatilityPath(x),
  windowSums: ({ flows }) => windowSums(flows, 4),
  adaptiveSpreadPath: ({ x, y }) => adaptiveSpreadPath(x, y),
  basketStressPath: ({ a, b, prices, assets }) => {
    const { raw, standing } = basketStressPath({
      basket: a,
      benchmark: b,
      members: prices.slice(2, 12),
      volume: assets,
    });
    return together([...Object.values(raw), ...Object.values(standing)]);
  },
  breadthPath: ({ prices, a }) => together(Object.values(breadthPath(prices.slice(1), a, 21))),
  capexReturnPaths: ({ a, b, x, y, prices }) => {
    const quarters = { capex: a, sales: b, profit: x, freeCashFlow: y, depreciation: prices[2] ?? [] };
    return together(Object.values(capexReturnPaths(quarters)));
  },
  crossAssetPath: ({ prices }) => {
    const signals = prices
      .slice(0, 6)
      .map((levels, i) => ({ sign: i % 2 === 0 ? 1 : -1, change: "logarithm", levels }) as const);
    const found = crossAssetPath(signals);
    return together([found.contradiction, found.intensity, ...found.signals]);
  },
  diffusionPath: ({ few }) => diffusionPath(few),
  foreignBuyingPath: ({ flows, assets }) => foreignBuyingPath(flows, assets),
  illiquidityPath: ({ x, assets }) => illiquidityPath(x, assets),
  jointStrengthPath: ({ a, b, prices }) =>
    together(Object.values(jointStrengthPath({ cyclical: a, defensive: b, index: prices[2] ?? [] }))),
  liquiditySpreadPath: ({ prices }) => liquiditySpreadPath(prices, prices.toReversed()),
  multipleDiscountPath: ({ a, b }) => multipleDiscountPath(a, b),
  narrativeBalancePath: ({ a, b }) => narrativeBalancePath(a, b),
  narrativeIntensityPath: ({ few }) =>
    narrativeIntensityPath(
      few.map((row) => ({
        hits: row.map((r) => Math.round(1_000 + 5_000 * r)),
        articles: row.map(() => 10_000),
      })),
    ),
  narrativeTonePath: ({ few }) => {
    const { tone, sources } = narrativeTonePath(few);
    return together([tone, ...sources]);
  },
  proxySpreadPath: ({ a, b }) => proxySpreadPath(a, b),
  unexplainedDropPath: ({ panel }) =>
    together(
      Object.values(
        unexplainedDropPath(
          panel,
          panel.map((row) => row.map(() => false)),
        ),
      ),
    ),
  yieldCurvePath: ({ a, b }) =>
    yieldCurvePath(
      a.map((p) => p / 20),
      b.map((p) => p / 20),
    ),
};

const isPathName = (name: string): boolean => /Paths?$|^rolling|^filteredStates$/.test(name);

/** Paths whose arguments are paths of others here, or that only pass paths on. */
const madeOfOthers = new Set(["cumulativePath", "fluctuationPath"]);

describe("every path of the metrics", () => {
  it("is walked here", async () => {
    const folder = join(import.meta.dirname, "../../src/metrics");
    const found: string[] = [];
    for (const file of readdirSync(folder)) {
      const module = (await import(join(folder, file))) as Record<string, unknown>;
      found.push(
        ...Object.keys(module).filter((name) => typeof module[name] === "function" && isPathName(name)),
      );
    }
    expect(found.filter((name) => !(name in paths) && !madeOfOthers.has(name))).toEqual([]);
    expect(found.length).toBeGreaterThan(30);
  });

  it.each(Object.entries(paths))("%s does not change where data follow", (_, pathOf) => {
    const whole = pathOf(until(sessions));
    for (const n of [1_300, 1_399]) {
      const part = pathOf(until(n)).slice(0, n);
      expect(part.length).toBeGreaterThan(n - 2);
      expect(whole.slice(0, part.length)).toEqual(part);
    }
    expect(whole.some((value) => value !== null)).toBe(true);
  });

  it.each(Object.entries(paths))("%s does change where data before do", (_, pathOf) => {
    const [before, after] = [
      until(sessions),
      until(sessions, (name, t, r) => (t === 1_330 ? (r > 0 ? -0.06 : 0.06) * (1 + name / names) : r)),
    ];
    const [a, b] = [pathOf(before), pathOf(after)];
    // Up to the day before the change nothing is otherwise, from then on something is.
    expect(b.slice(0, 1_329)).toEqual(a.slice(0, 1_329));
    expect(b).not.toEqual(a);
  });
});
