import { drawdownPath } from "#src/metrics/drawdown.ts";
import { lastMonths, ofMonths, tooFewMonths } from "#src/metrics/fund-months.ts";
import { type Measured, notDefined, tooFew } from "#src/metrics/result.ts";

/** How a fund did when the market rose and fell. */
export interface Capture {
  /** Mean return in the market's rising months over the market's; `null` below six of them. */
  readonly up: number | null;
  /** The same in its falling months: 0.4 lost two fifths as much, below 0 gained. */
  readonly down: number;
  readonly upMonths: number;
  readonly downMonths: number;
  /** Deepest falls from a peak of the months together, fractions of the peak, 0 or negative. */
  readonly drawdown: number;
  readonly marketDrawdown: number;
  /** The fund's over the market's: 1/3 or less is resilience. */
  readonly drawdownRatio: number;
  /** Share of all months in which the fund did better than the market, and of its falling ones. */
  readonly hitRate: number;
  readonly downHitRate: number;
}

/** Months on one side below which a mean of them says nothing. */
const leastSide = 6;

/**
 * Capture and resilience (涨跌捕获率与韧性, K4) of a fund from monthly returns.
 *
 *     up = mean(r | m > 0) / mean(m | m > 0),   down = mean(r | m < 0) / mean(m | m < 0)
 *     drawdown ratio = MDD(r) / MDD(m)
 *
 * Months in which the market stood still are on neither side. As PerformanceAnalytics' `UpDownRatios`, method Capture, does it by sums.
 *
 * @param fund  simple monthly returns, oldest first; the last 60 count
 * @param market  of the same months
 * @returns `insufficient` below 24 months, or 6 in which the market fell; `warn` (`short-history`) below 36, (`few-up-months`) below 6 in
 *   which it rose; `undefined` (`total-loss`) where a month loses everything
 * @throws {RangeError} if lengths differ or a return is not finite
 */
export function capture(fund: readonly number[], market: readonly number[]): Measured<Capture> {
  const [r = [], m = []] = lastMonths(fund, market);
  const n = r.length;
  const few = tooFewMonths(n);
  if (few !== null) return few;
  const rising = sideOf(r, m, (month) => month > 0);
  const falling = sideOf(r, m, (month) => month < 0);
  if (falling.months < leastSide) return tooFew(falling.months, leastSide);
  if ([...r, ...m].some((month) => month <= -1)) return notDefined("total-loss", n);
  const [drawdown, marketDrawdown] = [deepest(r), deepest(m)];
  const hasUp = rising.months >= leastSide;
  const value = {
    up: hasUp ? rising.capture : null,
    down: falling.capture,
    upMonths: rising.months,
    downMonths: falling.months,
    drawdown,
    marketDrawdown,
    drawdownRatio: drawdown / marketDrawdown,
    hitRate: sideOf(r, m, () => true).hitRate,
    downHitRate: falling.hitRate,
  };
  const caveat = { code: "few-up-months", need: leastSide, have: rising.months };
  return ofMonths(value, n, ...(hasUp ? [] : [caveat]));
}

function sideOf(fund: readonly number[], market: readonly number[], isOn: (month: number) => boolean) {
  let [own, theirs, months, better] = [0, 0, 0, 0];
  for (const [t, m] of market.entries()) {
    const r = fund[t] ?? 0;
    if (!isOn(m)) continue;
    own += r;
    theirs += m;
    months++;
    better += Number(r > m);
  }
  return { capture: own / theirs, months, hitRate: better / months };
}

function deepest(returns: readonly number[]): number {
  const levels = [1];
  for (const r of returns) levels.push((levels.at(-1) ?? 1) * (1 + r));
  return Math.min(...drawdownPath(levels));
}
