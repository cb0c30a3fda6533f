import { parseWorkspace } from "#src/config/load.ts";
import { describeProblem, type Problem, TidelineError } from "#src/domain/errors.ts";

/** A workspace of this text. */
export const parsed = (text: string, env: Readonly<Record<string, string>> = {}) =>
  parseWorkspace(text, { file: "t.yaml", dir: "/w", env });

function problemsIn(text: string, env?: Readonly<Record<string, string>>): readonly Problem[] {
  try {
    parsed(text, env);
    return [];
  } catch (error) {
    if (!(error instanceof TidelineError)) throw error;
    return error.problems;
  }
}

/** What is wrong with it, a line for each problem, with its place; nothing where it is a workspace. */
export const problemsOf = (text: string, env?: Readonly<Record<string, string>>): readonly string[] =>
  problemsIn(text, env).map(({ file, ...problem }) => describeProblem(problem));

/** The same without the places. */
export const placeless = (text: string): readonly string[] =>
  problemsIn(text).map(({ file, line, column, ...problem }) => describeProblem(problem));
