import type { Reason } from "#src/domain/fact.ts";
import type { Say } from "#src/domain/say.ts";

/** How surprising a statement is, with the parts of the sum, as `facts.json` shows them. */
export interface Score {
  /** `-log10` of the empirical tail share, at least 1/n. */
  readonly surprise: number;
  /** 1 for a record. */
  readonly record: number;
  /** -0.5 when the last issue said the same. */
  readonly repeated: number;
  readonly total: number;
}

/** A sentence that facts permit, language-neutral, with the gate that let it through. */
export interface Statement {
  /** `section.subject.word`; the same sentence next week has the same id. */
  readonly id: string;
  readonly section: string;
  /** The short form, fit for a headline: no full stop. */
  readonly claim: Say;
  /** The statement in full: one or more sentences, the first of which stands alone. */
  readonly text: readonly Say[];
  /** What was required for its strongest word, and what was found. */
  readonly gate: {
    readonly rule: string;
    readonly found: Readonly<Record<string, string | number | boolean | null>>;
  };
  /** Empirical share of its history at least as extreme, and whether it is a record. */
  readonly tail: { readonly share: number; readonly n: number; readonly record: boolean };
  /** The subject and side it takes, so that contradictions inside an issue can be found: `spx.level:below`. */
  readonly stance: string | null;
  /** Id of the figure that shows it. */
  readonly proof: string | null;
  /** Whether it is of a state that may last, and not of a move of this week alone; an issue of an earlier version does not say. */
  readonly lasting?: boolean;
  /** Whether its word had to be earned; likewise. */
  readonly earned?: boolean;
}

/** A statement with its rank. */
export interface RankedStatement extends Statement {
  readonly score: Score;
}

/** A word that the data did not permit, why, and the id of the statement that took its place. */
export interface Refusal {
  readonly id: string;
  readonly word: string;
  readonly section: string;
  readonly reasons: readonly Reason[];
  readonly instead: string | null;
}
