/**
 * Units of facts. Money is in whole units of its currency (the unit is its ISO 4217 code);
 * returns, shares, yields and volatilities are fractions; `pp` is a difference of two fractions; `ratio` is a bare number such
 * as a beta, a hedge ratio or a p-value.
 */
export type Unit =
  | "return"
  | "share"
  | "volatility"
  | "yield"
  | "pp"
  | "bp"
  | "points"
  | "multiple"
  | "ratio"
  | "percentile"
  | "z"
  | "correlation"
  | "count"
  | "ordinal"
  | "date"
  | "month"
  | "instant"
  | "label"
  | Currency;

/** ISO 4217 codes that the editions can print. */
export const currencies = ["USD", "EUR", "GBP", "JPY", "CNY", "HKD", "KRW"] as const;
export type Currency = (typeof currencies)[number];

/** Direction of a rounded value; `na` when missing, `none` where the unit has no direction (a level, a count, a date). */
export type Direction = "up" | "down" | "flat" | "na" | "none";

const fixedQuantum: Readonly<Record<string, number>> = {
  return: 1e-3,
  share: 1e-3,
  volatility: 1e-3,
  yield: 1e-4,
  pp: 1e-3,
  bp: 1,
  points: 1,
  multiple: 0.1,
  ratio: 0.01,
  percentile: 1,
  z: 0.1,
  correlation: 0.01,
  count: 1,
  ordinal: 1,
};

const directional: ReadonlySet<string> = new Set(["return", "pp", "bp", "z", "correlation", ...currencies]);

/** Rows of the quantum rule for money (bilingual.md §1.1): from this size on, round to that. */
const moneyRows = [
  [1e13, 1e11],
  [1e12, 1e10],
  [1e9, 1e8],
  [1e8, 1e7],
  [1e7, 1e6],
  [1e6, 1e5],
] as const;
const smallestMoneyQuantum = 1e3;

const moneyRow = (magnitude: number): number =>
  moneyRows.find(([from]) => magnitude >= from)?.[1] ?? smallestMoneyQuantum;

/** Whole number of quanta nearest to the value, halves away from zero. A hair is added so that 0.145 is a half although 0.145 / 0.01 is not. */
export function countOf(value: number, quantum: number): number {
  const scaled = Math.abs(value) / quantum;
  const count = Math.round(scaled * (1 + 4 * Number.EPSILON));
  return count === 0 ? 0 : Math.sign(value) * count;
}

function moneyQuantum(value: number): number {
  const first = moneyRow(Math.abs(value));
  // 999.96 bn rounds into the next row and is then printed as 1.00 tn.
  return moneyRow(Math.abs(countOf(value, first)) * first);
}

/** What a value of this unit is printed as a multiple of. Decided from the value alone, before any language. */
export function quantumOf(value: number, unit: Unit): number {
  if (isCurrency(unit)) return moneyQuantum(value);
  const quantum = fixedQuantum[unit];
  if (quantum === undefined) throw new RangeError(`quantumOf requires a numeric unit, got ${unit}`);
  return quantum;
}

/** Whether a unit is money. */
export const isCurrency = (unit: Unit): unit is Currency => (currencies as readonly string[]).includes(unit);

/** Direction of the value *after* rounding, so that “fell 0.0%” cannot arise. */
export function directionOf(value: number | null, unit: Unit, quantum: number | null): Direction {
  if (value === null || quantum === null) return "na";
  if (!directional.has(unit)) return "none";
  const count = countOf(value, quantum);
  if (count === 0) return "flat";
  return count > 0 ? "up" : "down";
}
