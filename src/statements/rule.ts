import type { Fact, Reason } from "#src/domain/fact.ts";
import type { Unit } from "#src/domain/quantity.ts";
import type { Place } from "#src/domain/say.ts";

/** A number, a word, a yes or no, or nothing. */
export type Plain = string | number | boolean | null;

/** What a metric found, or why it found nothing; no page prints it. */
export interface Found {
  readonly value: Plain;
  readonly reasons: readonly Reason[];
}

/** A piece of evidence: a fact, what a metric found, or a plain value. */
export type Piece = Fact | Found | Plain;

/** How evidence is compared with a limit. `known` asks for a value, whatever it is. */
export type Comparison = ">=" | ">" | "<=" | "<" | "is" | "is not" | "in" | "known";

/**
 * One condition: `["years", ">=", 1, "superlative-too-short"]`.
 *
 * The operand is a name of the evidence, and after a dot one of a fact's traits (`state`, `status`, `n`, `p`, `q`,
 * `percentile`). A fact is compared by its exact value. A value that is missing fulfils no comparison but `is not`, and
 * `is` with `null`. The code is the reason of a refusal; where what is asked for is missing and says why, its own reasons are.
 */
export type Condition = readonly [
  operand: string,
  comparison: Comparison,
  limit: Plain | readonly Plain[],
  lacks?: string,
];

/**
 * A sentence: the key of its message, which may hold `{operand}`; or one that is said only where its conditions hold and what
 * it tells beyond the rule's own is there.
 */
export type Sentence =
  | string
  | { readonly say: string; readonly if: readonly Condition[]; readonly tells?: readonly string[] };

/** One thing that may be said of a subject, and what must hold for it. */
export interface Rule {
  /** The last part of the statement's id; may hold `{operand}`. */
  readonly word: string;
  /** The word as a refusal names it, in words of the standard (“failed to break”); the id's unless given. */
  readonly named?: string;
  /** The last part of a refusal's id, where several rules earn one word; `word` unless given. */
  readonly refused?: string;
  /** Whether the rule is about such evidence at all: if not, nothing is refused. */
  readonly if?: readonly Condition[];
  /** What earns the word; a rule without a gate is always earned. */
  readonly gate?: readonly Condition[];
  /** The short form: a headline. */
  readonly claim: string;
  readonly text: readonly Sentence[];
  /**
   * Evidence and other names that the messages print, in the places of their own names; `"w=outOf"` puts `outOf` in the
   * place `w`. Evidence that is missing leaves the rule unearned. The subject's name is always there.
   */
  readonly tells: readonly string[];
  /** `subject:side`, so that contradictions are found; may hold `{id}`, `{section}` and `{operand}`. */
  readonly stance?: string;
  /** The evidence whose rarity in its own history ranks the statement. */
  readonly surprise?: string;
  /** Whether it tells of a record. */
  readonly record?: true;
  /** Whether it is of a move of this week alone, and next week neither stands nor is withdrawn. */
  readonly passing?: true;
}

/** What a ladder declares of a piece of evidence. */
export interface Declared {
  readonly means: string;
  /** The unit of what is a fact. */
  readonly unit?: Unit;
  /** All values of a word. */
  readonly oneOf?: readonly string[];
}

/**
 * All that may be said of one kind of subject, strongest first. The first rule that is earned speaks; those before it that
 * were asked and not earned are refused.
 */
export interface Ladder {
  /** `section.question`. */
  readonly id: string;
  readonly section: string;
  /** Sections that ask it, where several tell of subjects of one kind by the same rules and messages; its own unless given. */
  readonly sections?: readonly string[];
  /** What a subject is, in a phrase. */
  readonly about: string;
  /** The standard whose gates these are: `B2 superlative`. */
  readonly standard: string;
  readonly evidence: Readonly<Record<string, Declared>>;
  readonly rules: readonly Rule[];
}

/** Who is spoken of, with the evidence. */
export interface Subject {
  /** The middle of the statement's id. */
  readonly id: string;
  /** The section that asks, where the ladder serves several. */
  readonly section?: string;
  /** The name as a headline has it, and as a sentence has it; none where the subject is the whole section. */
  readonly name?: Place;
  readonly prose?: Place;
  readonly evidence: Readonly<Record<string, Piece>>;
  /** Other names, and facts that are printed otherwise than plainly. */
  readonly places?: Readonly<Record<string, Place>>;
  /** The figure that shows it. */
  readonly proof?: string;
}
