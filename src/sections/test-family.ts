import { benjaminiHochberg } from "#src/metrics/benjamini-hochberg.ts";
import type { FactBook } from "#src/sections/facts.ts";
import type { Question } from "#src/sections/section.ts";
import type { Piece } from "#src/statements/rule.ts";

/**
 * Judges all tests of an issue as one family (G17): every fact with a p-value gets the q-value that it has among all of them, so
 * that of many things looked at none is called significant by their number alone.
 */
export function judgeTogether(facts: FactBook): void {
  const tested = facts.all().flatMap((fact) => {
    const p = fact.stats?.p;
    return p === undefined ? [] : [{ fact, p }];
  });
  const judged = benjaminiHochberg(tested.map(({ p }) => p));
  for (const [i, { fact }] of tested.entries())
    facts.replace({ ...fact, stats: { ...fact.stats, q: judged[i] ?? 1 } });
}

/** A question with its facts as the book has them now. */
export function judged({ ladder, subject }: Question, facts: FactBook): Question {
  const latest = (piece: Piece): Piece =>
    typeof piece === "object" && piece !== null && "id" in piece ? (facts.get(piece.id) ?? piece) : piece;
  const evidence = Object.fromEntries(
    Object.entries(subject.evidence).map(([name, piece]) => [name, latest(piece)]),
  );
  return { ladder, subject: { ...subject, evidence } };
}
