import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { absorptionRatioPath, absorptionShiftPath } from "#src/metrics/absorption-ratio.ts";
import { averageCorrelationPath } from "#src/metrics/average-correlation.ts";
import { calmSurfacePaths } from "#src/metrics/calm-surface.ts";
import { changePoints } from "#src/metrics/change-points.ts";
import { correlationSurprisesOf } from "#src/metrics/correlation-surprise.ts";
import { meanDispersionPath } from "#src/metrics/cross-sectional-dispersion.ts";
import { olsCusum } from "#src/metrics/cusum.ts";
import { type Day, dayNumber, dayOf } from "#src/metrics/days.ts";
import { dispersionContribution } from "#src/metrics/dispersion-contribution.ts";
import { maxDrawdown } from "#src/metrics/drawdown.ts";
import { efficiencyRatioPath, medianEfficiencyPath } from "#src/metrics/efficiency-ratio.ts";
import { engleGranger } from "#src/metrics/engle-granger.ts";
import { ewmaPath } from "#src/metrics/ewma-volatility.ts";
import { factorRotationPath } from "#src/metrics/factor-rotation.ts";
import { flowAcceleration } from "#src/metrics/flow-acceleration.ts";
import { flowZPath } from "#src/metrics/flow-z.ts";
import { hedgeRatios, rollingHedge } from "#src/metrics/hedge-ratio.ts";
import { hiddenRegime } from "#src/metrics/hidden-regime.ts";
import { leadershipTurnoverPath } from "#src/metrics/leadership-turnover.ts";
import { legAttribution } from "#src/metrics/leg-attribution.ts";
import { levelTest } from "#src/metrics/level-test.ts";
import { marketBeta, rollingBeta } from "#src/metrics/market-beta.ts";
import { pairReturnZPath } from "#src/metrics/pair-return-z.ts";
import { rankChurnPath } from "#src/metrics/rank-churn.ts";
import { recordDay } from "#src/metrics/record.ts";
import { relativeStrength } from "#src/metrics/relative-strength.ts";
import { returnSurprises } from "#src/metrics/return-surprise.ts";
import { riskAppetitePath } from "#src/metrics/risk-appetite.ts";
import { runsTest } from "#src/metrics/runs-test.ts";
import { spreadZPath } from "#src/metrics/spread-z.ts";
import { streak } from "#src/metrics/streak.ts";
import { trendVolatility } from "#src/metrics/trend-volatility.ts";
import { turbulencesOf } from "#src/metrics/turbulence.ts";
import { varianceRatioPath } from "#src/metrics/variance-ratio.ts";
import { volatilityOfVolatilityPath } from "#src/metrics/volatility-of-volatility.ts";
import { weeklyReturns } from "#src/metrics/weekly-returns.ts";

/*
 * All metrics of flows, pairs and regimes on 150 series of twenty years, and how their time grows with days and with series.
 */

const twentyYears = 5_040;
const count = 150;

/** A made-up market: one common part, and each series' own. */
function market(series: number, sessions: number) {
  const random = xoroshiro128plus(20_260_213);
  const step = () => uniformFloat64(random) - 0.5;
  const common = Array.from({ length: sessions }, () => 0.02 * step());
  const returns = Array.from({ length: series }, () => common.map((r) => r + 0.02 * step()));
  const prices = returns.map((row) => {
    let price = 100;
    return row.map((r) => {
      price *= 1 + r;
      return price;
    });
  });
  const first = dayNumber("2006-01-02");
  const dates: readonly Day[] = Array.from({ length: sessions }, (_, t) =>
    dayOf(first + 7 * Math.floor(t / 5) + (t % 5)),
  );
  return { dates, returns, prices, common };
}
type Market = ReturnType<typeof market>;

/** Each kind of metric, and on what it is asked. */
const works: Readonly<Record<string, (market: Market) => void>> = {
  "A, B of each series": ({ dates, returns, prices, common }) => {
    for (const [i, row] of returns.entries()) {
      const closes = prices[i] ?? [];
      maxDrawdown(dates, closes);
      relativeStrength(closes, prices[0] ?? []);
      rollingBeta(row, common);
      marketBeta(row.slice(-252), common.slice(-252));
      ewmaPath(row);
      recordDay(dates, row, "gain");
      weeklyReturns(dates, closes, dates.at(-1) ?? "");
      streak(row);
      runsTest(row.slice(-252));
      levelTest(dates, closes, 100, { from: dates.at(-252) ?? "" });
    }
  },
  "J3 of each series": ({ dates, prices }) => {
    for (const closes of prices) trendVolatility(dates, closes);
  },
  "Q1-Q3 of each series": ({ returns }) => {
    for (const row of returns) {
      efficiencyRatioPath(row);
      varianceRatioPath(row, 5);
      volatilityOfVolatilityPath(row);
    }
  },
  "P of a tenth of them as pairs": ({ returns, prices }) => {
    for (let i = 0; i + 1 < returns.length / 5; i += 2) {
      const [x = [], y = [], a = [], b = []] = [returns[i], returns[i + 1], prices[i], prices[i + 1]];
      legAttribution(x.slice(-5), y.slice(-5));
      rollingHedge(a, b);
      hedgeRatios(a.slice(-252), b.slice(-252));
      spreadZPath(a, b);
      pairReturnZPath(x, y);
      engleGranger(a.slice(-500), b.slice(-500));
    }
  },
  "D1, D2, D4, D5 of all together": ({ returns, common }) => {
    meanDispersionPath(returns);
    averageCorrelationPath(returns);
    calmSurfacePaths(returns, common);
    dispersionContribution(
      returns.map((row) => row.at(-1) ?? 0),
      returns.map((_, i) => `group ${i % 11}`),
    );
  },
  "D7, D8, D9, J4 of eleven": ({ returns }) => {
    const few = returns.slice(0, 11);
    absorptionShiftPath(absorptionRatioPath(few));
    const surprises = returnSurprises(few);
    turbulencesOf(surprises);
    correlationSurprisesOf(surprises);
  },
  "Q6-Q8 of all together, J6 of seven": ({ returns, prices }) => {
    medianEfficiencyPath(returns);
    rankChurnPath(prices);
    leadershipTurnoverPath(prices);
    factorRotationPath(returns.slice(0, 5));
    riskAppetitePath(prices.slice(0, 7).map((values) => ({ sign: 1, values })));
  },
  "J1, J2 of one": ({ dates, returns }) => {
    const row = returns[0] ?? [];
    const weekly = row.filter((_, t) => t % 5 === 4);
    hiddenRegime(
      dates.filter((_, t) => t % 5 === 4),
      [weekly],
    );
    changePoints(dates, row, { model: "variance" });
    olsCusum(dates, row);
  },
  "H of ten groups": ({ returns }) => {
    for (const row of returns.slice(0, 10)) {
      const weekly = row.filter((_, t) => t % 5 === 4).map((r) => 1e9 * r);
      flowZPath(weekly);
      flowAcceleration(weekly);
    }
  },
};

function timesOf(series: number, sessions: number): Readonly<Record<string, number>> {
  const made = market(series, sessions);
  const cpu = (work: (market: Market) => void): number => {
    const start = process.cpuUsage();
    work(made);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  // The first round compiles; of the next the quickest counts.
  return Object.fromEntries(
    Object.entries(works).map(([name, work]) => {
      work(made);
      return [name, Math.min(...Array.from({ length: 3 }, () => cpu(work)))];
    }),
  );
}

const total = (times: Readonly<Record<string, number>>): number =>
  Object.values(times).reduce((sum, ms) => sum + ms, 0);

/** Prints what each kind takes, the whole, and by what power it grows where days or series are halved. */
export function benchMetrics(): void {
  const whole = timesOf(count, twentyYears);
  const [days, series] = [timesOf(count, twentyYears / 2), timesOf(count / 2, twentyYears)];
  const power = (of: number, half: number) => Math.log2(of / half).toFixed(2);
  console.log(`metrics on ${count} series of ${twentyYears} days, CPU ms (growth with days, with series)`);
  for (const [name, ms] of Object.entries(whole))
    console.log(
      `  ${name.padEnd(36)} ${ms.toFixed(0).padStart(6)}  (${power(ms, days[name] ?? 1)}, ${power(ms, series[name] ?? 1)})`,
    );
  const all = total(whole);
  console.log(
    `  ${"all".padEnd(36)} ${all.toFixed(0).padStart(6)}  (${power(all, total(days))}, ${power(all, total(series))}); target 1000`,
  );
}
