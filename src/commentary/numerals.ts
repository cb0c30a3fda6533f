/** A number of a text that has a scale or a unit, as `$16bn`, `160亿美元`, `3.5%` or `15个基点`. */
interface Numeral {
  readonly printed: string;
  readonly value: number;
  /** `count`: a number that nothing follows, or something else. */
  readonly kind: "amount" | "rate" | "count";
}

/** What a word after a number makes of it. Those of one letter are left out: `5m` may be metres. */
const units: readonly (readonly [words: string, kind: Numeral["kind"], power: number])[] = [
  ["万亿|trillion|trn|tn", "amount", 12],
  ["千亿", "amount", 11],
  ["百亿", "amount", 10],
  ["十亿|billion|bn", "amount", 9],
  ["亿", "amount", 8],
  ["千万", "amount", 7],
  ["百万|million|mn", "amount", 6],
  ["万", "amount", 4],
  ["thousand", "amount", 3],
  ["个百分点|percentage points?|pp|per cent|percent|%|％", "rate", -2],
  ["个?基点|basis points?|bps?", "rate", -4],
];

const number = String.raw`(?<![\d.,])(?<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)`;
const unit = units.map(([words], i) => `(?<u${i}>${words})`).join("|");
const pattern = new RegExp(`${number}(?:[ \\u00A0-]?(?:${unit})(?![A-Za-z]))?`, "giu");

const numeralsIn = (text: string): readonly Numeral[] =>
  [...text.matchAll(pattern)].map(({ 0: printed, groups = {} }) => {
    const [, kind, power] = units.find((_, i) => groups[`u${i}`] !== undefined) ?? ["", "count" as const, 0];
    return { printed, value: Number(groups.digits?.replaceAll(",", "")) * 10 ** power, kind };
  });

const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(a);
const mantissa = (value: number): string => value.toExponential(9).split("e")[0] ?? "";

/** Numerals of which the other text has none of the same value, each counted. */
function unmatched(own: readonly Numeral[], other: readonly Numeral[]): readonly Numeral[] {
  const free = [...other];
  return own.filter(({ value }) => {
    const at = free.findIndex((each) => isSame(each.value, value));
    if (at >= 0) free.splice(at, 1);
    return at < 0;
  });
}

/**
 * Pairs of numbers of two texts that have the same digits in another scale, where neither is in the other text: 16亿 for $16bn.
 *
 * Languages differ in how they write numbers, in words or in digits, with and without the year, so that one that is missing
 * says nothing; the same digits ten or a thousand times as much in the same unit are a slip.
 *
 * @example slipsOfScale("It drew $16bn.", "净流入16亿美元。"); // [["16bn", "16亿"]]
 * @example slipsOfScale("It drew $1.6bn.", "净流入16亿美元。"); // []
 */
export function slipsOfScale(a: string, b: string): readonly (readonly [string, string])[] {
  const [as, bs] = [numeralsIn(a), numeralsIn(b)];
  const others = unmatched(bs, as).filter(({ kind }) => kind !== "count");
  return unmatched(as, bs).flatMap((left) => {
    const right = others.find(
      ({ kind, value }) => kind === left.kind && value !== 0 && mantissa(value) === mantissa(left.value),
    );
    return right === undefined ? [] : [[left.printed, right.printed] as const];
  });
}
