import { type Measured, notDefined, ok } from "#src/metrics/result.ts";

/** The flow of one period. */
export interface FlowEstimate {
  /** In the currency of the assets; inflows positive. */
  readonly flow: number;
  /** Against the assets before, a fraction. */
  readonly share: number;
}

/** A fund at the two ends of a period. */
export interface FundPeriod {
  /** Total net assets at the end of the period before, and of this one. */
  readonly assetsBefore: number;
  readonly assets: number;
  /** The fund's total return over the period, a fraction. */
  readonly ret: number;
}

/** An exchange-traded fund at the two ends of a period. */
export interface EtfPeriod {
  /** Shares outstanding at the end of the period before, and of this one, as counted on each day. */
  readonly sharesBefore: number;
  readonly shares: number;
  /** Net asset value of a share, as published on each day. */
  readonly navBefore: number;
  readonly nav: number;
  /** New shares for one old one, where a split fell into the period; 2 for two for one. */
  readonly splitFactor?: number;
}

/** A flow of more than this part of the assets is more likely a wrong count than money. */
export const quarantine = 0.1;
/** What rounding may add to a flow that is exactly at the threshold. */
const slack = 1e-9;

/**
 * Net flow of a fund (基金净流量, H1), from its assets and its return: what the return does not explain.
 *
 *     F = TNA[t] − TNA[t−1] · (1 + R[t])
 *
 * It takes all flow to come at the end of the period. Reinvested distributions and mergers make it differ from reported
 * flows.
 *
 * @returns `undefined` (`quarantined`, with the share found) where the flow is more than 10 % of the assets before it;
 *   (`not-positive`) where there were no assets before, or there are less than none, or less than everything was lost
 * @throws {RangeError} if a number is not finite
 * @see Sirri and Tufano (1998), Costly search and mutual fund flows, Journal of Finance 53(5)
 * @example fundFlow({ assetsBefore: 100, assets: 112, ret: 0.1 }).value?.flow; // 2
 */
export function fundFlow({ assetsBefore, assets, ret }: FundPeriod): Measured<FlowEstimate> {
  requireFinite([assetsBefore, assets, ret]);
  if (!(assetsBefore > 0 && assets >= 0 && ret >= -1)) return notDefined("not-positive", 1);
  return estimate(assets - assetsBefore * (1 + ret), assetsBefore);
}

/**
 * Net flow of an exchange-traded fund (ETF净申购, H1), from the shares created and redeemed.
 *
 *     F = (SO[t] − SO[t−1] · split) · NAV,   NAV = NAV[t−1] / split, or NAV[t]
 *
 * The shares created are counted after a split, and so is the value that they are multiplied with. Share counts may come
 * a day late, and may be wrong.
 *
 * @param at  which net asset value: that of the day `before`, unless given, or of the day `after`; vendors differ
 * @returns as {@link fundFlow}; `not-positive` also where a net asset value or the split's factor is not positive
 * @throws {RangeError} if a number is not finite
 * @example etfFlow({ sharesBefore: 100, shares: 105, navBefore: 10, nav: 11 }).value?.flow; // 50
 */
export function etfFlow(
  { sharesBefore, shares, navBefore, nav, splitFactor = 1 }: EtfPeriod,
  at: "before" | "after" = "before",
): Measured<FlowEstimate> {
  requireFinite([sharesBefore, shares, navBefore, nav, splitFactor]);
  if (!(sharesBefore > 0 && shares >= 0 && navBefore > 0 && nav > 0 && splitFactor > 0))
    return notDefined("not-positive", 1);
  const created = shares - sharesBefore * splitFactor;
  return estimate(created * (at === "before" ? navBefore / splitFactor : nav), sharesBefore * navBefore);
}

function requireFinite(numbers: readonly number[]): void {
  if (!numbers.every(Number.isFinite)) throw new RangeError("a flow estimate requires finite numbers");
}

function estimate(flow: number, assetsBefore: number): Measured<FlowEstimate> {
  const share = flow / assetsBefore;
  if (Math.abs(share) <= quarantine + slack) return ok({ flow, share }, 1);
  if (!Number.isFinite(share))
    throw new RangeError("a flow estimate requires numbers that a double can hold");
  return {
    status: "undefined",
    value: null,
    n: 1,
    reasons: [{ code: "quarantined", need: quarantine, have: share }],
  };
}
