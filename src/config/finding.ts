import { type Problem, TidelineError } from "#src/domain/errors.ts";

/** Something wrong in the configuration, before it has a line: the path of keys to it, and what was required. */
export interface Finding {
  readonly path: readonly PropertyKey[];
  /** Whether the key itself is wrong (unknown, not an id) or its value. */
  readonly at: "key" | "value";
  readonly found?: string;
  readonly expected: string;
}

/** A value as a message shows it: short, on one line. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a map";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** What stands at a path of keys; `undefined` where nothing does. */
export function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let here = root;
  for (const step of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<PropertyKey, unknown>)[step];
  }
  return here;
}

/** The entries of a map or list; none of anything else. */
export const entriesOf = (value: unknown): readonly (readonly [string | number, unknown])[] => {
  if (Array.isArray(value)) return value.map((each, i) => [i, each] as const);
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
};

/** The error that tells all problems of one document at once, in the order in which they stand in it. */
export function invalid(what: string, problems: readonly Problem[]): TidelineError {
  const sorted = [...problems].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  const count = problems.length === 1 ? "one problem" : `${problems.length} problems`;
  return new TidelineError("CONFIG_INVALID", `${what} has ${count}`, sorted);
}
