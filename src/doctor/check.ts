import type { Secrets } from "#src/config/secrets.ts";
import { describeProblem, messageOf, TidelineError } from "#src/domain/errors.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import type { Store, StoreHealth } from "#src/store/store.ts";

/** `warn`: it works, and will not for long, or not as meant. `fail`: something cannot be made or sent as it is. */
export type Verdict = "ok" | "warn" | "fail";

/** What a check found, and where it is not all right the command or setting that mends it. Nothing secret stands in it. */
export type Diagnosis =
  | { readonly verdict: "ok"; readonly found: string }
  | { readonly verdict: "warn" | "fail"; readonly found: string; readonly mend: string };

export const ok = (found: string): Diagnosis => ({ verdict: "ok", found });
export const warn = (found: string, mend: string): Diagnosis => ({ verdict: "warn", found, mend });
export const fail = (found: string, mend: string): Diagnosis => ({ verdict: "fail", found, mend });

/** The surroundings that checks look at. */
export interface Machine {
  /** The project's own folder. */
  readonly root: string;
  readonly cacheDir: string;
  readonly browser: string | null;
  readonly searchPath: string;
  readonly databaseUrl: string | null;
}

/** What is examined. What cannot be had is `null`, and the checks that need it are left out. */
export interface Patient {
  readonly machine: Machine;
  /** Absolute path of the workspace. */
  readonly dir: string;
  readonly workspace: Workspace | null;
  readonly secrets: Secrets | null;
  readonly store: { readonly store: Store; readonly health: StoreHealth } | null;
  readonly now: Instant;
}

/** A failure in words: the first of its problems, which name the place. */
export function failureOf(error: unknown): string {
  if (!(error instanceof TidelineError)) return messageOf(error);
  const [first, ...others] = error.problems;
  if (first === undefined) return error.message;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return `${describeProblem(first)}${more}`;
}

/** `1 file`, `2 files`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
