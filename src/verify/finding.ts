import { messageOf } from "#src/domain/errors.ts";
/** One thing that is wrong with a finished issue. */
export interface Finding {
  /** The name of the check that found it. */
  readonly check: string;
  /** The file, and the place in it. */
  readonly where: string;
  /** What was found, and what was expected. */
  readonly what: string;
}

/** A finding before the name of its check is put to it. */
export type Slip = Omit<Finding, "check">;

/** Something that a check needs is missing or broken: the check did not run, and so did not pass. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
  readonly where: string;

  constructor(where: string, what: string, options?: ErrorOptions) {
    super(what, options);
    this.where = where;
  }
}

/** `found …, expected …`. */
export const slip = (where: string, found: string, expected: string): Slip => ({
  where,
  what: `found ${found}, expected ${expected}`,
});

/** What a check that could not run says instead of passing. */
export const cannotRun = (error: unknown, where: string): Slip => ({
  where: error instanceof Unreadable ? error.where : where,
  what: `the check cannot run: ${messageOf(error)}`,
});

const shownLength = 80;

/** A piece of text between quotation marks, cut where it is long. */
export function quote(text: string): string {
  const line = text.replace(/\s+/gu, " ").trim();
  const characters = [...line];
  return `“${characters.length > shownLength ? `${characters.slice(0, shownLength).join("")}…` : line}”`;
}
