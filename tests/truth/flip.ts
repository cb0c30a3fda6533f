import {
  at,
  chiSquare5Above,
  correlation,
  isAtMost,
  mean,
  normalBelow,
  printed,
  sum,
} from "#tests/truth/plain.ts";
import { blockOf, chanceOfError, fisherInterval, pairsError } from "#tests/truth/resampling.ts";

/** A correlation of late against that of the window before it (D10). */
export interface Flip {
  readonly recent: number;
  readonly prior: number;
  /** Two-sided, by Fisher's transformation. */
  readonly p: number;
  /** Between which values other draws would put it; the same twice where nothing is drawn. */
  readonly leastP: number;
  readonly mostP: number;
  readonly differ: boolean;
  /** Whether neither interval of 95 per cent holds zero, by the largest error and by the smallest. */
  readonly surelyClear: boolean;
  readonly maybeClear: boolean;
  /** For how many returns the rolling correlation has had its sign. */
  readonly persisted: number;
}

/** Returns of each window: 60 and 250 days, or 26 and 104 weeks. */
export const flipWindows = { daily: [60, 250], weekly: [26, 104] } as const;

interface Window {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Products of the returns, less their mean in the window: a change of the correlation itself is no dependence. House choice. */
function productsOf({ x, y }: Window): readonly number[] {
  const products = x.map((v, t) => v * at(y, t));
  const middle = mean(products);
  return products.map((v) => v - middle);
}

/** Ljung and Box, five lags. */
function isDependent(values: readonly number[]): boolean {
  const n = values.length;
  const middle = mean(values);
  const about = values.map((v) => v - middle);
  const squares = sum(about.map((v) => v * v));
  const statistic = sum(
    [1, 2, 3, 4, 5].map((lag) => {
      const r = sum(about.slice(lag).map((v, t) => v * at(about, t))) / squares;
      return (n * (n + 2) * r * r) / (n - lag);
    }),
  );
  return chiSquare5Above(statistic) < 0.05;
}

/** `null` where there are fewer returns than both windows; shorter ones are not checked. */
export function flipOf(
  x: readonly number[],
  y: readonly number[],
  [recent, prior]: readonly [number, number],
): Flip | null {
  if (x.length < recent + prior) return null;
  const [now, before]: [Window, Window] = [
    { x: x.slice(-recent), y: y.slice(-recent) },
    { x: x.slice(-recent - prior, -recent), y: y.slice(-recent - prior, -recent) },
  ];
  const isDrawn = isDependent([...productsOf(before), ...productsOf(now)]);
  const errorOf = (window: Window): number =>
    isDrawn
      ? pairsError(window.x, window.y, blockOf(productsOf(window)))
      : 1 / Math.sqrt(window.x.length - 3);
  const both = [now, before].map((window) => ({
    r: correlation(window.x, window.y),
    error: errorOf(window),
  }));
  const [late, early] = [at(both, 0), at(both, 1)];
  const z = Math.abs(Math.atanh(late.r) - Math.atanh(early.r)) / Math.hypot(late.error, early.error);
  const away = isDrawn ? chanceOfError : 0;
  const p = (factor: number): number => 2 * normalBelow(-z * factor);
  const isClear = (factor: number): boolean =>
    both.every(({ r, error }) => {
      const { low, high } = fisherInterval(r, error * factor);
      return low * high > 0;
    });
  const rolling = x.map((_, t) =>
    t + 1 < recent ? 0 : correlation(x.slice(t + 1 - recent, t + 1), y.slice(t + 1 - recent, t + 1)),
  );
  return {
    recent: late.r,
    prior: early.r,
    p: p(1),
    leastP: p(1 + away),
    mostP: p(1 - away),
    differ: late.r * early.r < 0,
    surelyClear: isClear(1 + away),
    maybeClear: isClear(1 - away),
    persisted: rolling.length - 1 - rolling.findLastIndex((r) => r * late.r <= 0),
  };
}

/** Which of its words hold; where the draws leave it open, either of two does. */
export function flipWords(
  { differ, surelyClear, maybeClear, persisted }: Flip,
  q: { readonly least: number; readonly most: number },
): Readonly<Record<"flipped" | "signs" | "kept" | "unclear", boolean>> {
  const [surely, maybe] = [
    surelyClear && isAtMost(q.most, 0.1) && persisted >= 10,
    maybeClear && isAtMost(q.least, 0.1) && persisted >= 10,
  ];
  return {
    flipped: differ && maybe,
    signs: differ && !surely,
    kept: !differ && maybeClear,
    unclear: !differ && !surelyClear,
  };
}

/** A correlation as a sentence prints it goes down. */
export const printsLower = (change: number): boolean => printed(change, 0.01) < 0;
