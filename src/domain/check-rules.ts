import type { Localised } from "#src/domain/locale.ts";

/** A number that a relation is about: somebody's, from a list, or one of this issue by the id of its fact. */
export type OperandRule =
  | {
      readonly series: string;
      /** Decimals with which it was printed, in the unit of its file; `null`: those that it has. */
      readonly decimals: number | null;
    }
  | {
      readonly fact: string;
      /** What it is called; `null`: by its series. */
      readonly name: Localised | null;
    };

/**
 * What quoted numbers are in arithmetic:
 *
 * - `share`: one part in all parts together
 * - `ratio`: one number over another
 * - `sum`: parts together
 * - `compound`: growths one after the other
 * - `fx`: a local return, the currency's and that in dollars
 * - `upside`: from a level to a target
 * - `pe`: growth of price, of earnings, and of their ratio
 */
export const relations = ["share", "ratio", "sum", "compound", "fx", "upside", "pe"] as const;
export type Relation = (typeof relations)[number];

/** A relation that quoted numbers must satisfy. */
export interface CheckRule {
  readonly id: string;
  /** What is checked, as the page names it. */
  readonly name: Localised;
  readonly relation: Relation;
  /** By their part in the relation, each a list; a part that is not given has none. */
  readonly numbers: Readonly<Record<string, readonly OperandRule[]>>;
}
