import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** A number as somebody printed it: the true one lies within half a unit of its last digit. */
export interface Quoted {
  readonly value: number;
  /** Half of that unit, 0 for a number that is exact. */
  readonly half: number;
}

/** What other numbers make of one: the value of what was printed, and between which ends their rounding lets it lie. */
export interface Implied {
  readonly low: number;
  readonly value: number;
  readonly high: number;
}

/**
 * A quoted number (引用数字, M1) by its digits, which tell how it was rounded: `5.20` is nearer than `5.2`. A number that was rounded more
 * coarsely than it is printed, as "about 90", is written out with its own half unit.
 *
 * @param digits  as printed, without separators or signs of units
 * @param divisor  by which the print is divided: 100 for per cents
 * @throws {RangeError} if the digits are not a decimal number, or the divisor is not positive
 * @example quoted("28", 100); // { value: 0.28, half: 0.005 }
 */
export function quoted(digits: string, divisor = 1): Quoted {
  const decimals = /^[+-]?\d+(?:\.(\d+))?$/.exec(digits)?.[1]?.length ?? 0;
  if (!/^[+-]?\d+(?:\.\d+)?$/.test(digits))
    throw new RangeError(`quoted requires a decimal number, got ${digits}`);
  if (!(divisor > 0 && divisor < Number.POSITIVE_INFINITY))
    throw new RangeError(`quoted requires a positive divisor, got ${divisor}`);
  return { value: Number(digits) / divisor, half: 0.5 / 10 ** decimals / divisor };
}

/**
 * The sum (合计) of quoted parts. Half units add up.
 *
 * @returns `insufficient` without a part
 * @throws {RangeError} as every function here, if a number is not finite or a half unit negative
 */
export function impliedSum(parts: readonly Quoted[]): Measured<Implied> {
  requireQuoted(parts);
  if (parts.length === 0) return tooFew(0, 1);
  const { value, half } = addUp(parts);
  return ok({ low: value - half, value, high: value + half }, parts.length);
}

/**
 * The share (占比) of a part in itself and the others: `p / (p + Σ o)`.
 *
 * @returns `undefined`: (`mixed-signs`) where some are positive and some negative, of which a share says nothing, (`near-zero`) where the
 *   rounding lets the whole be 0
 */
export function impliedShare(part: Quoted, others: readonly Quoted[]): Measured<Implied> {
  requireQuoted([part, ...others]);
  const signs = new Set([part, ...others].map(({ value }) => Math.sign(value)).filter((sign) => sign !== 0));
  if (signs.size > 1) return notDefined("mixed-signs", others.length + 1);
  const rest = addUp(others);
  if (includesZero(addUp([part, rest]))) return notDefined("near-zero", others.length + 1);
  return ok(
    extremes(part, rest, (p, o) => p / (p + o)),
    others.length + 1,
  );
}

/**
 * How many times (倍数) one number is another: a multiple such as price over earnings, a ratio of flows.
 *
 * @returns `undefined` (`near-zero`) where the rounding lets the second be 0
 */
export function impliedRatio(numerator: Quoted, denominator: Quoted): Measured<Implied> {
  requireQuoted([numerator, denominator]);
  if (includesZero(denominator)) return notDefined("near-zero", 2);
  return ok(
    extremes(numerator, denominator, (a, b) => a / b),
    2,
  );
}

/**
 * Change (变动幅度) from one level to another, `to / from − 1`: a target's upside, a return by its two prices.
 *
 * @returns `undefined` (`not-positive`) where the rounding lets a level be 0 or negative
 */
export function impliedChange(from: Quoted, to: Quoted): Measured<Implied> {
  requireQuoted([from, to]);
  if ([from, to].some(({ value, half }) => value - half <= 0)) return notDefined("not-positive", 2);
  return ok(
    extremes(from, to, (a, b) => b / a - 1),
    2,
  );
}

/**
 * Compounded growth (复合增长), `Π (1 + g) − 1`: of years that follow one another, of a local return and a currency's.
 *
 * @param growths  fractions
 * @returns `insufficient` without one; `undefined` (`total-loss`) where the rounding lets one be −1 or less
 */
export function impliedGrowth(growths: readonly Quoted[]): Measured<Implied> {
  requireQuoted(growths);
  if (growths.length === 0) return tooFew(0, 1);
  if (growths.some(losesAll)) return notDefined("total-loss", growths.length);
  const grown = (side: number) =>
    growths.reduce((level, { value, half }) => level * (1 + value + side * half), 1) - 1;
  return ok({ low: grown(-1), value: grown(0), high: grown(1) }, growths.length);
}

/**
 * Growth of one thing over another's (相对增长), `(1 + g) / (1 + h) − 1`: what price and earnings make of their ratio, what a return in
 * dollars and the local one make of the currency.
 *
 * @returns `undefined` (`total-loss`) where the rounding lets one be −1 or less
 */
export function impliedRelativeGrowth(growth: Quoted, over: Quoted): Measured<Implied> {
  requireQuoted([growth, over]);
  if ([growth, over].some(losesAll)) return notDefined("total-loss", 2);
  return ok(
    extremes(growth, over, (g, h) => (1 + g) / (1 + h) - 1),
    2,
  );
}

function requireQuoted(numbers: readonly Quoted[]): void {
  if (!numbers.every(({ value, half }) => Number.isFinite(value) && half >= 0 && Number.isFinite(half)))
    throw new RangeError("a quoted number requires a finite value and a half unit of 0 or more");
}

const losesAll = ({ value, half }: Quoted): boolean => value - half <= -1;
const includesZero = ({ value, half }: Quoted): boolean => Math.abs(value) <= half;

const addUp = (parts: readonly Quoted[]): Quoted => ({
  value: parts.reduce((sum, { value }) => sum + value, 0),
  half: parts.reduce((sum, { half }) => sum + half, 0),
});

/** Of a function that is monotone in each number, for any value of the other: its ends are at the corners of the two ranges. */
function extremes(a: Quoted, b: Quoted, of: (a: number, b: number) => number): Implied {
  const corners = [-1, 1].flatMap((i) => [-1, 1].map((j) => of(a.value + i * a.half, b.value + j * b.half)));
  return { low: Math.min(...corners), value: of(a.value, b.value), high: Math.max(...corners) };
}
