import type { Fact } from "#src/domain/fact.ts";
import { countOf } from "#src/domain/quantity.ts";
import type { RankedStatement } from "#src/domain/statement.ts";

/** A statement that takes another side than the last issue did on its subject. */
export interface Turn {
  readonly before: RankedStatement;
  readonly now: RankedStatement;
}

/** What two issues say otherwise, the most surprising first. */
export interface StatementChanges {
  /** Said now of what the last issue did not speak of; plain moves of the week, which are new every week, are left out. */
  readonly fresh: readonly RankedStatement[];
  /** The opposite is said: up for down, above for below. */
  readonly reversed: readonly Turn[];
  /** Another side of the same subject. */
  readonly changed: readonly Turn[];
  /** Said last time of a state that lasts, and now nothing of its subject. */
  readonly gone: readonly RankedStatement[];
}

const opposites: readonly (readonly [string, string])[] = [
  ["up", "down"],
  ["above", "below"],
  ["in", "out"],
  ["high", "low"],
  ["yes", "no"],
];

/** Whether two stances begin with opposite sides: `x:up.calm` and `x:down.high`. */
const areOpposite = ({ before, now }: Turn): boolean => {
  const sides = [before, now].map(({ stance }) => stance?.split(":")[1]?.split(".")[0]);
  return opposites.some((pair) => pair.every((side) => sides.includes(side)));
};

const subjectOf = ({ stance }: RankedStatement): string | null => stance?.split(":")[0] ?? null;

/** What lasts beyond its week; an issue of an earlier version does not say, and then a word about the week is told by its stance. */
const isLasting = (statement: RankedStatement): boolean =>
  statement.lasting ?? !(subjectOf(statement)?.endsWith(".week") ?? false);

/** Compares what two issues say: by the ids of their statements, and by the side that they take on a subject. */
export function statementChanges(
  before: readonly RankedStatement[],
  now: readonly RankedStatement[],
): StatementChanges {
  const [said, says] = [before, now].map((all) => new Set(all.map(({ id }) => id)));
  const turns = now.flatMap((statement): readonly Turn[] => {
    const subject = subjectOf(statement);
    const other = before.find(
      (each) => subject !== null && subjectOf(each) === subject && each.stance !== statement.stance,
    );
    return other !== undefined && isLasting(statement) && isLasting(other)
      ? [{ before: other, now: statement }]
      : [];
  });
  const turned = new Set(turns.flatMap((turn) => [turn.before.id, turn.now.id]));
  const isNews = (statement: RankedStatement) => isLasting(statement) || statement.earned === true;
  return {
    fresh: now.filter((each) => !said?.has(each.id) && !turned.has(each.id) && isNews(each)),
    reversed: turns.filter(areOpposite),
    changed: turns.filter((turn) => !areOpposite(turn)),
    gone: before.filter((each) => !says?.has(each.id) && !turned.has(each.id) && isLasting(each)),
  };
}

/** A fact of both issues and how far it moved. */
export interface Move {
  readonly before: Fact;
  readonly now: Fact;
  readonly change: number;
}

/**
 * The facts that moved most, among those whose units can be compared: percentiles in their own history. What prints alike has
 * not moved.
 *
 * @param isCompared  whether a fact is one of those
 */
export function largestMoves(
  before: readonly Fact[],
  now: readonly Fact[],
  isCompared: (fact: Fact) => boolean,
  most: number,
): readonly Move[] {
  const earlier = new Map(before.map((fact) => [fact.id, fact]));
  return now
    .flatMap((fact): readonly Move[] => {
      const other = earlier.get(fact.id);
      if (!isCompared(fact) || typeof fact.value !== "number" || typeof other?.value !== "number") return [];
      return [{ before: other, now: fact, change: printed(fact) - printed(other) }];
    })
    .filter(({ change }) => change !== 0)
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change))
    .slice(0, most);
}

const printed = ({ value, quantum }: Fact): number =>
  quantum === null ? Number(value) : countOf(Number(value), quantum) * quantum;
