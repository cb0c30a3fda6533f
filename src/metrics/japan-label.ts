import { type Measured, ok, type Reason, tooFew, warn } from "#src/metrics/result.ts";

/** What tells the trades on Japan apart: equities, the yen's effective rate, 10-year yield and breakeven, banks, gold in yen. */
export type JapanSignal = "equities" | "yen" | "yield" | "breakeven" | "banks" | "gold";

/** z-scores of 20-session changes, against what was before; of banks, of their relative strength. `null` where there is none. */
export type JapanSignals = Readonly<Record<JapanSignal, number | null>>;

export type JapanTrade = "debasement" | "reflation" | "disinflationary-rally";

type Direction = "up" | "down" | "not-down";

/** What each trade looks like. */
export const japanPatterns = {
  debasement: { equities: "up", yen: "down", gold: "up" },
  reflation: { equities: "up", yen: "not-down", yield: "up", breakeven: "up", banks: "up" },
  "disinflationary-rally": { equities: "up", yen: "up", yield: "down" },
} as const satisfies Record<JapanTrade, Partial<Record<JapanSignal, Direction>>>;

/** Signs that must match, or all of a pattern that has fewer. */
const leastMatches = 4;
/** What a trade cannot do without: there is no reflation on falling yields, whatever else rises. */
const essential: Partial<Record<JapanTrade, JapanSignal>> = { reflation: "yield" };

/** How the signals stand to a trade. */
export interface TradeMatch {
  readonly matched: readonly JapanSignal[];
  readonly contradicted: readonly JapanSignal[];
  /** Without a z. */
  readonly missing: readonly JapanSignal[];
  /** Whether enough match, the essential one among them. */
  readonly isMet: boolean;
}

/** Which trade on Japan the markets show. */
export interface JapanLabel {
  /** The one trade that is met; `null` where none is, or more than one. */
  readonly trade: JapanTrade | null;
  /** Of every trade: a claim of one is held against what contradicts it. */
  readonly matches: Readonly<Record<JapanTrade, TradeMatch>>;
}

/**
 * Label of the trade on Japan (日本交易标签, J7) by the signs of 20-session moves.
 *
 *     debasement (货币贬值交易)                  equities +, yen −, gold +
 *     reflation (再通胀交易)                     equities +, yen ≥ 0, yields +, breakeven +, banks +
 *     disinflationary rally (通胀回落上涨)        equities +, yen +, yields −
 *
 * A trade is met where four of its signs match, or all of three, and never against its essential one. Rising stocks with a rising yen and
 * falling yields are thus no reflation, whoever says so.
 *
 * @returns `n` counts signals; `insufficient` below four; `warn` (`components-missing`) below six, (`ambiguous`) where more than one trade
 *   is met
 * @throws {RangeError} if a z is not finite
 */
export function japanLabel(signals: JapanSignals): Measured<JapanLabel> {
  const all = Object.values(signals);
  const there = all.filter((z) => z !== null);
  if (!there.every(Number.isFinite)) throw new RangeError("japanLabel requires finite z-scores");
  if (there.length < leastMatches) return tooFew(there.length, leastMatches);
  const matches = {
    debasement: matchOf("debasement", signals),
    reflation: matchOf("reflation", signals),
    "disinflationary-rally": matchOf("disinflationary-rally", signals),
  };
  const met = trades.filter((trade) => matches[trade].isMet);
  const [only = null] = met;
  const value: JapanLabel = { trade: met.length === 1 ? only : null, matches };
  const reasons: readonly Reason[] = [
    ...(there.length < all.length
      ? [{ code: "components-missing", need: all.length, have: there.length }]
      : []),
    ...(met.length > 1 ? [{ code: "ambiguous" }] : []),
  ];
  return reasons.length > 0 ? warn(value, there.length, ...reasons) : ok(value, there.length);
}

const trades = Object.keys(japanPatterns) as readonly JapanTrade[];

function matchOf(trade: JapanTrade, signals: JapanSignals): TradeMatch {
  const pattern: Partial<Record<JapanSignal, Direction>> = japanPatterns[trade];
  const wanted = Object.keys(pattern) as readonly JapanSignal[];
  const missing = wanted.filter((signal) => signals[signal] === null);
  const matched = wanted.filter((signal) => isTrue(pattern[signal], signals[signal]));
  const contradicted = wanted.filter((signal) => !matched.includes(signal) && !missing.includes(signal));
  const needed = essential[trade];
  const isMet =
    matched.length >= Math.min(leastMatches, wanted.length) &&
    (needed === undefined || matched.includes(needed));
  return { matched, contradicted, missing, isMet };
}

function isTrue(direction: Direction | undefined, z: number | null): boolean {
  if (z === null) return false;
  if (direction === "not-down") return z >= 0;
  return direction === "up" ? z > 0 : z < 0;
}
