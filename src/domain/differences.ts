import type { Fact } from "#src/domain/fact.ts";
import type { IssueFacts } from "#src/domain/issue.ts";
import type { RankedStatement, Refusal } from "#src/domain/statement.ts";

/** A fact of which two issues say something else; `null` where one of them does not have it. */
export interface FactDifference {
  readonly id: string;
  readonly before: Fact | null;
  readonly after: Fact | null;
}

/** What differs between two issues. */
export interface Differences {
  /** In the order of the later issue; those that it lacks stand last. */
  readonly facts: readonly FactDifference[];
  /** Statements that only one of them makes, and those that both make with other words or other facts. */
  readonly statements: {
    readonly gone: readonly string[];
    readonly added: readonly string[];
    readonly changed: readonly string[];
  };
  /** Words that only one of them refuses, or refuses for that reason. */
  readonly refusals: { readonly gone: readonly string[]; readonly added: readonly string[] };
}

/**
 * The facts and statements in which two issues differ.
 *
 * A fact differs where its value, unit, status, reasons or statistics do; not where only its digest of inputs or its window does. A
 * statement is changed where it is worded otherwise or names a fact that differs.
 */
export function differencesBetween(before: IssueFacts, after: IssueFacts): Differences {
  const facts = pairsById(before.facts, after.facts).filter(
    ({ before: a, after: b }) => a === null || b === null || !isSameFact(a, b),
  );
  const differing = new Set(facts.map(({ id }) => id));
  const statements = pairsById(before.statements, after.statements);
  return {
    facts,
    statements: {
      gone: statements.filter((pair) => pair.after === null).map(({ id }) => id),
      added: statements.filter((pair) => pair.before === null).map(({ id }) => id),
      changed: statements
        .filter(({ before: a, after: b }) => a !== null && b !== null && isChanged(a, b, differing))
        .map(({ id }) => id),
    },
    refusals: {
      gone: refusedOnlyBy(before, after),
      added: refusedOnlyBy(after, before),
    },
  };
}

interface Pair<T> {
  readonly id: string;
  readonly before: T | null;
  readonly after: T | null;
}

function pairsById<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
): readonly Pair<T>[] {
  const [earlier, later] = [before, after].map((list) => new Map(list.map((each) => [each.id, each])));
  const ids = new Set([...after, ...before].map(({ id }) => id));
  return [...ids].map((id) => ({ id, before: earlier?.get(id) ?? null, after: later?.get(id) ?? null }));
}

function isSameFact(a: Fact, b: Fact): boolean {
  const said = ({ value, unit, status, reasons, stats }: Fact): string =>
    JSON.stringify([value, unit, status, reasons, stats]);
  return said(a) === said(b);
}

function refusedOnlyBy(own: IssueFacts, other: IssueFacts): readonly string[] {
  const said = ({ id, word, reasons }: Refusal): string => JSON.stringify([id, word, reasons]);
  const theirs = new Set(other.refusals.map(said));
  return own.refusals.filter((refusal) => !theirs.has(said(refusal))).map(({ id }) => id);
}

function isChanged(a: RankedStatement, b: RankedStatement, differing: ReadonlySet<string>): boolean {
  const words = ({ claim, text }: RankedStatement): string => JSON.stringify([claim, text]);
  return words(a) !== words(b) || factsIn([b.claim, b.text]).some((id) => differing.has(id));
}

/** Ids of the facts that a sentence names, however deep. */
function factsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === "fact" && typeof each === "string" ? [each] : factsIn(each),
  );
}
