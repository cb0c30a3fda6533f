import type { Instant } from "#src/domain/time.ts";

/**
 * Something dated that is said in words: an entry of a list that somebody keeps by hand, or a number with the source that it
 * was taken from. What an observation is to numbers: `key` names what it is about, `value` is all that it says, as text of one
 * form, so that equal texts are equal entries.
 */
export interface Entry {
  readonly key: string;
  readonly knownAt: Instant | null;
  readonly value: string;
}

/** An entry as the store remembers it; see `Remembered`. */
export interface RememberedEntry {
  readonly key: string;
  readonly knownAt: Instant | null;
  /** `null` where it was withdrawn. */
  readonly value: string | null;
  readonly recordedAt: Instant | null;
}
