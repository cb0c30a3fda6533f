import type { RankedStatement, Score, Statement } from "#src/domain/statement.ts";

/** Surprise in decimal orders of magnitude, plus 1 for a record, minus 0.5 if the last issue said the same. */
export function scoreOf({ id, tail }: Statement, saidBefore: ReadonlySet<string>): Score {
  const surprise = -Math.log10(Math.max(tail.share, 1 / Math.max(1, tail.n))) + 0;
  const record = tail.record ? 1 : 0;
  const repeated = saidBefore.has(id) ? -0.5 : 0;
  return { surprise, record, repeated, total: surprise + record + repeated };
}

/** Most surprising first; ties keep the order of the sections. */
export const rankStatements = (
  statements: readonly Statement[],
  saidBefore: ReadonlySet<string>,
): RankedStatement[] =>
  statements
    .map((statement) => ({ ...statement, score: scoreOf(statement, saidBefore) }))
    .sort((a, b) => b.score.total - a.score.total);

/**
 * Pairs of statements that take different stances on one subject (`subject:side`).
 * An issue that holds one must not go out.
 */
export function contradictions(
  statements: readonly Statement[],
): readonly (readonly [Statement, Statement])[] {
  const first = new Map<string, Statement>();
  const found: [Statement, Statement][] = [];
  for (const statement of statements) {
    const [subject, side] = statement.stance?.split(":") ?? [];
    if (subject === undefined) continue;
    const earlier = first.get(subject);
    if (earlier === undefined) first.set(subject, statement);
    else if (earlier.stance?.split(":")[1] !== side) found.push([earlier, statement]);
  }
  return found;
}
