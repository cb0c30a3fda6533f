import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** Contributions to a span's return that add up to it. */
export interface Linked {
  /** One a part, in the order given. */
  readonly parts: readonly number[];
  readonly total: number;
}

/**
 * Linked contributions (归因链接, P2): daily contributions of parts carried to a span, so that they add up to its
 * compounded return exactly.
 *
 *     k[t] = ln(1+R[t]) / R[t],   k = ln(1+R) / R   (1 where the return is 0)
 *     C[i] = Σ c[i,t] · k[t] / k,   R[t] = Σ c[i,t],   R = Π (1+R[t]) − 1
 *
 * @param parts  daily contributions, one array a part, as fractions
 * @returns `insufficient` without a day; `undefined` (`total-loss`) where a day loses everything
 * @throws {RangeError} if the parts differ in length or a contribution is not finite
 * @see Carino (1999), Combining attribution effects over time, Journal of Performance Measurement 3(4)
 * @example carinoLink([[0.01, 0.02], [0.01, 0.05]]).value?.total; // 0.0914
 */
export function carinoLink(parts: readonly (readonly number[])[]): Measured<Linked> {
  const days = parts[0]?.length ?? 0;
  if (parts.some((part) => part.length !== days))
    throw new RangeError("carinoLink requires parts of one length");
  if (parts.some((part) => part.some((c) => !Number.isFinite(c))))
    throw new RangeError("carinoLink requires finite contributions");
  if (days === 0) return tooFew(0, 1);
  const daily = Array.from({ length: days }, (_, t) => parts.reduce((sum, part) => sum + (part[t] ?? 0), 0));
  if (daily.some((r) => r <= -1)) return notDefined("total-loss", days);
  const grown = daily.reduce((sum, r) => sum + Math.log1p(r), 0);
  const total = Math.expm1(grown);
  const k = total === 0 ? 1 : grown / total;
  return ok(
    {
      parts: parts.map((part) => part.reduce((sum, c, t) => sum + c * logPerReturn(daily[t] ?? 0), 0) / k),
      total,
    },
    days,
  );
}

const logPerReturn = (r: number): number => (r === 0 ? 1 : Math.log1p(r) / r);

/** Which leg made a pair's return. */
export interface LegAttribution {
  /** Fractions: `long + short = total`. */
  readonly total: number;
  readonly long: number;
  readonly short: number;
  /** Shares of the total; `null` where a share says nothing. */
  readonly longShare: number | null;
  readonly shortShare: number | null;
}

/** Below this size the shares of a return are noise. */
export const leastReturn = 0.001;

/**
 * Leg attribution (多空端归因, P2) of a pair that is brought back to 100 long against 100 short every day.
 *
 *     C_long = Σ R_long, C_short = −Σ R_short, linked by Carino;   share = C / R
 *
 * Shares exist only where both legs went the way of the whole and the whole is at least 10 basis points; otherwise only the
 * two contributions may be said.
 *
 * @param long  daily simple returns of what is held long
 * @param short  daily simple returns of what is held short
 * @returns as {@link carinoLink}, whose errors it shares
 */
export function legAttribution(long: readonly number[], short: readonly number[]): Measured<LegAttribution> {
  const linked = carinoLink([long, short.map((r) => -r)]);
  if (linked.value === null) return linked;
  const { total, parts } = linked.value;
  return ok(withShares(total, parts[0] ?? Number.NaN, parts[1] ?? Number.NaN), linked.n);
}

/** A total and what each leg contributed to it, with the shares, where there are any. */
export function withShares(total: number, long: number, short: number): LegAttribution {
  const side = Math.sign(total);
  const shared = Math.abs(total) >= leastReturn && long * side > 0 && short * side > 0;
  const [longShare, shortShare] = shared ? [long / total, short / total] : [null, null];
  return { total, long, short, longShare, shortShare };
}
