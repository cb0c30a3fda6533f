import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import { simpleReturns } from "#src/metrics/returns.ts";

/**
 * Return of an equally weighted basket (等权组合收益率), brought back to equal weights at every close.
 *
 *     R[t] = mean over members of ( p[t] / p[t-1] − 1 )
 *
 * @param prices  one array a member, all on the same sessions, oldest first
 * @returns one return fewer than sessions; `insufficient` without members or below two sessions, `undefined`
 *   (`not-positive`) where a price is not positive
 */
export function basketReturns(prices: readonly (readonly number[])[]): Measured<readonly number[]> {
  const sessions = prices[0]?.length ?? 0;
  if (prices.some((member) => member.length !== sessions))
    throw new RangeError("basketReturns requires members of one length");
  const members = prices.map(simpleReturns);
  const failed = members.find(({ value }) => value === null);
  if (failed?.value === null) return failed;
  const returns = members.flatMap(({ value }) => (value === null ? [] : [value]));
  const [first] = returns;
  if (first === undefined) return tooFew(0, 1);
  return ok(
    first.map((_, t) => returns.reduce((sum, member) => sum + (member[t] ?? Number.NaN), 0) / returns.length),
    first.length + 1,
  );
}

/** Daily simple returns of two legs on the same days, oldest first. */
export interface Legs {
  readonly long: readonly number[];
  readonly short: readonly number[];
}

/** A pair's daily returns and its level. */
export interface PairReturns extends Legs {
  /** Long minus short. */
  readonly pair: readonly number[];
  /** One element more than returns: 1 before the first. */
  readonly level: readonly number[];
}

/**
 * Pair return (配对收益率, P1): dollar-neutral, 100 long against 100 short, brought back to that at every close.
 *
 *     R = R_long − R_short,   level[t] = Π (1 + R)
 *
 * Over long spans the level differs from the ratio of the two legs by the drag of variance.
 *
 * @returns `undefined` (`total-loss`) where a day loses everything, after which no level exists
 * @throws {RangeError} if the legs differ in length
 */
export function pairReturns(long: readonly number[], short: readonly number[]): Measured<PairReturns> {
  if (long.length !== short.length)
    throw new RangeError(`pairReturns requires legs of one length, got ${long.length} and ${short.length}`);
  const broken = [...long, ...short].find((r) => !Number.isFinite(r));
  if (broken !== undefined) throw new RangeError(`pairReturns requires finite returns, got ${broken}`);
  const pair = long.map((r, t) => r - (short[t] ?? Number.NaN));
  if (pair.some((r) => r <= -1)) return notDefined("total-loss", pair.length);
  const level = [1];
  for (const r of pair) level.push((level.at(-1) ?? 1) * (1 + r));
  return ok({ long, short, pair, level }, pair.length);
}
