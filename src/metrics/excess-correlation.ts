import { meanOf } from "#src/metrics/mean.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

const leastReturns = 45;
const leastMembers = 2;
/** A member whose part of its own is below this share of its variance moves with the market alone. */
const noise = 1e-12;

/**
 * Mean excess correlation within a group (组内超额相关, H8): how much members move together beyond what the market explains.
 *
 *     e[i] = r[i] − a[i] − b[i] · r[m] (least squares),   ρ = mean over i < j of corr(e[i], e[j])
 *
 * By `Σ corr = var(Σ e[i]/|e[i]|)`, in time linear in members.
 *
 * @param members  returns of each member, all on the same sessions
 * @param market  returns of the market on these sessions
 * @returns from −1/(N−1) to 1; `insufficient` below two members or 45 returns; `undefined` (`zero-variance`) where the market
 *   does not move, or a member has no movement of its own
 * @throws {RangeError} if lengths differ or a return is not finite
 * @see Lou and Polk (2022), Comomentum, Review of Financial Studies 35(7)
 */
export function excessCorrelation(
  members: readonly (readonly number[])[],
  market: readonly number[],
): Measured<number> {
  const n = market.length;
  if (members.some((member) => member.length !== n))
    throw new RangeError("excessCorrelation requires returns of one length");
  if (![market, ...members].every((returns) => returns.every(Number.isFinite)))
    throw new RangeError("excessCorrelation requires finite returns");
  const count = members.length;
  if (count < leastMembers) return tooFew(count, leastMembers);
  if (n < leastReturns) return tooFew(n, leastReturns);
  const centredMarket = centred(market);
  if (dot(centredMarket, centredMarket) === 0) return notDefined("zero-variance", n);
  const units = members.map((member) => unitResidual(centred(member), centredMarket));
  if (units.some((unit) => unit === null)) return notDefined("zero-variance", n);
  const sum = market.map((_, t) => units.reduce((total, unit) => total + (unit?.[t] ?? 0), 0));
  return ok((dot(sum, sum) - count) / (count * (count - 1)), n);
}

/** What the market leaves of a member, at length 1. */
function unitResidual(member: readonly number[], market: readonly number[]): readonly number[] | null {
  const beta = dot(member, market) / dot(market, market);
  const residual = member.map((r, t) => r - beta * (market[t] ?? 0));
  const length = Math.sqrt(dot(residual, residual));
  return length * length <= noise * dot(member, member) ? null : residual.map((e) => e / length);
}

function centred(values: readonly number[]): readonly number[] {
  const mean = meanOf(values);
  // The mean of equal numbers may differ from them by a rounding.
  const equal = values.every((v) => v === values[0]);
  return values.map((v) => (equal ? 0 : v - mean));
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, v, t) => sum + v * (b[t] ?? 0), 0);
