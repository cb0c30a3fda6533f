import type { Localised } from "#src/domain/locale.ts";

/**
 * What stands in a `{{place}}` of a message: a fact (printed by the edition's formatter), a name from
 * the catalogue (untrusted text), or a term of the glossary. `signed` prints the fact's sign;
 * otherwise the sentence's verb carries the direction and the number is a magnitude. `full` prints
 * a date with its year even in the year of the issue.
 */
export type Place =
  | { readonly fact: string; readonly signed?: boolean; readonly full?: boolean }
  | { readonly name: Localised }
  | { readonly term: string };

/** A message before language: its key in `locales/<locale>`, and what stands in its places. */
export interface Say {
  readonly key: string;
  readonly places: Readonly<Record<string, Place>>;
}
