import { pairReturns } from "#src/metrics/pair-return.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import { rollingZScore } from "#src/metrics/rolling-z-score.ts";
import { type SpreadZ, spreadZ } from "#src/metrics/spread-z.ts";

/** The return of a pair over some sessions against its own earlier ones. */
export interface PairReturnZ {
  readonly z: number;
  /** The compounded return itself, a fraction. */
  readonly value: number;
  /** Sessions of history by the length of a return: as many of them do not overlap. */
  readonly effective: number;
}

/** Sessions of a return, and how many earlier ones it is compared with. */
export interface PairReturnWindow {
  readonly horizon?: number;
  readonly history?: number;
}

const usual = { horizon: 20, history: 756 } as const;

/**
 * z of a pair's 20-session return (配对收益标准分, P8): what is said of legs that are not cointegrated.
 *
 *     R20[t] = level[t] / level[t−20] − 1,   z = (R20[t] − mean) / sd over R20 of the 756 sessions that end at t − 1
 *
 * @param long  daily simple returns of what is held long
 * @param short  of what is held short, on the same days
 * @returns `insufficient` below 776 returns; `undefined`: (`zero-variance`) where the history does not move,
 *   (`total-loss`) where a day loses everything
 * @throws {RangeError} if the legs differ in length, a return is not finite, or horizon or history is not whole or too small
 */
export function pairReturnZ(
  long: readonly number[],
  short: readonly number[],
  { horizon = usual.horizon, history = usual.history }: PairReturnWindow = {},
): Measured<PairReturnZ> {
  const found = pairReturnZPath(long, short, { horizon, history });
  if (found.value === null) return found;
  const need = horizon + history;
  if (long.length < need) return tooFew(long.length, need);
  const last = found.value.at(-1) ?? null;
  return last === null ? notDefined("zero-variance", long.length) : ok(last, long.length);
}

/**
 * {@link pairReturnZ} of every day, in one pass.
 *
 * @returns one element a return, `null` where there is none; `undefined` (`total-loss`) as there
 * @throws {RangeError} as there
 */
export function pairReturnZPath(
  long: readonly number[],
  short: readonly number[],
  { horizon = usual.horizon, history = usual.history }: PairReturnWindow = {},
): Measured<readonly (PairReturnZ | null)[]> {
  if (!(Number.isInteger(horizon) && horizon >= 1 && Number.isInteger(history) && history >= 2))
    throw new RangeError(`pairReturnZ requires a horizon and a history, got ${horizon} and ${history}`);
  const pair = pairReturns(long, short);
  if (pair.value === null) return pair;
  const { level } = pair.value;
  const values = long.map((_, t) => spanned(level, t + 1, horizon));
  const scores = rollingZScore(values, { min: history, preferred: history });
  return ok(
    scores.map((z, t) => {
      const value = values[t] ?? null;
      return z === null || value === null ? null : { z, value, effective: history / horizon };
    }),
    long.length,
  );
}

function spanned(level: readonly number[], t: number, horizon: number): number | null {
  const [before, now] = [level[t - horizon], level[t]];
  return before === undefined || now === undefined ? null : now / before - 1;
}

/** Both z of a pair, and which of them a text leads with. */
export interface PairZ {
  readonly preferred: "spread" | "pair-return";
  /** What the z of the spread means: a return to come, or only where the legs are. */
  readonly label: "mean-reverting" | "descriptive";
  readonly spread: Measured<SpreadZ>;
  readonly pairReturn: Measured<PairReturnZ>;
}

/**
 * Both z of a pair (P8): legs that are cointegrated are led by their spread, others by their return, and the spread of these
 * is labelled as not mean-reverting.
 *
 * @param isCointegrated  the outcome of a test on sessions before today's
 */
export function pairZ(
  prices: { readonly long: readonly number[]; readonly short: readonly number[] },
  returns: { readonly long: readonly number[]; readonly short: readonly number[] },
  isCointegrated: boolean,
): PairZ {
  return {
    preferred: isCointegrated ? "spread" : "pair-return",
    label: isCointegrated ? "mean-reverting" : "descriptive",
    spread: spreadZ(prices.long, prices.short),
    pairReturn: pairReturnZ(returns.long, returns.short),
  };
}
