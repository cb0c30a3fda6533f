/** What a failure means to the person at the command line; see `exitCodes`. */
export type ErrorCode =
  | "CONFIG_INVALID"
  | "SOURCE_MALFORMED"
  | "RENDER_FAILED"
  | "STORE_UNUSABLE"
  | "CALENDAR_ENDS"
  | "HELD"
  | "OVERTAKEN"
  | "USAGE";

/** The process's exit code of each failure: 1 failed, 2 configuration or usage, 3 held by a gate. */
export const exitCodes: Readonly<Record<ErrorCode, number>> = {
  CONFIG_INVALID: 2,
  USAGE: 2,
  SOURCE_MALFORMED: 1,
  RENDER_FAILED: 1,
  STORE_UNUSABLE: 1,
  CALENDAR_ENDS: 2,
  HELD: 3,
  OVERTAKEN: 1,
};

/** One thing that is wrong, and where. */
export interface Problem {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** What was found, as it stands in the file. */
  readonly found?: string;
  /** What was required, and where it helps what to do. */
  readonly expected: string;
}

/**
 * A failure that the user can mend: bad configuration, malformed input, a page that cannot be made, a gate.
 *
 * All problems of one kind are reported together. Anything else that is thrown is a bug and may crash.
 */
export class TidelineError extends Error {
  override readonly name = "TidelineError";
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, message: string, problems: readonly Problem[] = [], options?: ErrorOptions) {
    super([message, ...problems.map(describeProblem)].join("\n  "), options);
    this.code = code;
    this.problems = problems;
  }
}

/** `file:line:column: found …, expected …`, as editors link it. */
export function describeProblem({ file, line, column, found, expected }: Problem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  const what = found === undefined ? expected : `found ${found}, expected ${expected}`;
  return place === "" ? what : `${place}: ${what}`;
}

/** What a folder holds that is not there: nothing. Any other failure to read it is passed on. */
export function noneIfMissing(error: unknown): readonly never[] {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
  throw error;
}

/** What went wrong in words, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
