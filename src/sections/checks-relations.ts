import type { CheckRule } from "#src/domain/check-rules.ts";
import type { Unit } from "#src/domain/quantity.ts";
import {
  type Implied,
  impliedChange,
  impliedGrowth,
  impliedRatio,
  impliedRelativeGrowth,
  impliedShare,
  impliedSum,
} from "#src/metrics/implied-number.ts";
import type { Measured } from "#src/metrics/result.ts";
import type { QuotedNumber } from "#src/sections/checks-numbers.ts";

/** Numbers of a relation by their part in it. */
export type Parts = Readonly<Record<string, readonly QuotedNumber[]>>;

/** What a relation holds against one another: the stated number, where there is one, and what the others imply. */
export interface Relation {
  readonly stated: QuotedNumber | null;
  readonly implied: Measured<Implied>;
  readonly unit: Unit;
}

/** Whether numbers that are added up or compared have one unit. */
export function areAlike({ relation }: CheckRule, parts: Parts): boolean {
  const alike: Readonly<Record<string, readonly string[]>> = {
    share: ["part", "others"],
    sum: ["parts", "stated"],
    ratio: ["of", "over"],
    upside: ["from", "to"],
  };
  const units = (alike[relation] ?? []).flatMap((part) => (parts[part] ?? []).map(({ fact }) => fact.unit));
  return new Set(units).size <= 1;
}

/** The arithmetic of a relation. The dollar return and the change of the multiple are what is checked where all three are stated. */
export function relationOf({ relation }: CheckRule, parts: Parts): Relation {
  const all = (part: string) => (parts[part] ?? []).map(({ quoted }) => quoted);
  const one = (part: string) => all(part)[0] ?? none;
  const stated = parts.stated?.[0] ?? null;
  switch (relation) {
    case "share":
      return { stated, implied: impliedShare(one("part"), all("others")), unit: "share" };
    case "ratio":
      return { stated, implied: impliedRatio(one("of"), one("over")), unit: "multiple" };
    case "sum":
      return { stated, implied: impliedSum(all("parts")), unit: parts.parts?.[0]?.fact.unit ?? "points" };
    case "compound":
      return { stated, implied: impliedGrowth(all("growths")), unit: "return" };
    case "upside":
      return { stated, implied: impliedChange(one("from"), one("to")), unit: "return" };
    case "fx":
      return third(parts, { product: "dollars", factors: ["local", "currency"] });
    case "pe":
      return third(parts, { product: "price", factors: ["multiple", "earnings"] });
  }
}

const none = { value: Number.NaN, half: 0 };

/**
 * Of three growths of which one is the others compounded: the one that is not stated; where all are, the return in dollars by the
 * other two, and the multiple by price and earnings.
 */
function third(
  parts: Parts,
  { product, factors }: { readonly product: string; readonly factors: readonly [string, string] },
): Relation {
  const given = (part: string) => parts[part]?.[0] ?? null;
  const [first, second] = factors;
  const asked =
    [product, ...factors].find((part) => given(part) === null) ?? usuallyAsked[product] ?? product;
  const quoted = (part: string) => given(part)?.quoted ?? none;
  const implied =
    asked === product
      ? impliedGrowth(factors.map(quoted))
      : impliedRelativeGrowth(quoted(product), quoted(asked === first ? second : first));
  return { stated: given(asked), implied, unit: "return" };
}

/** Which of three stated growths is held against the two others. */
const usuallyAsked: Readonly<Record<string, string>> = { dollars: "dollars", price: "multiple" };
