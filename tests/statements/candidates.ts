import type { Fact } from "#src/domain/fact.ts";
import { quantumOf } from "#src/domain/quantity.ts";
import type { Condition, Declared, Ladder, Piece, Plain } from "#src/statements/rule.ts";
import { factOf } from "#tests/statements/evidence.ts";

/** Every condition of a ladder. */
export const conditionsOf = ({ rules }: Ladder): readonly Condition[] =>
  rules.flatMap((rule) => [
    ...(rule.if ?? []),
    ...(rule.gate ?? []),
    ...rule.text.flatMap((sentence) => (typeof sentence === "string" ? [] : sentence.if)),
  ]);

const wordUnits: ReadonlySet<string> = new Set(["date", "month", "instant", "label"]);

/**
 * The pieces that one name of evidence is tried with: at each limit that a rule compares it with and one quantum on either
 * side of it, in each state, and missing.
 */
export function candidates(ladder: Ladder, name: string): readonly Piece[] {
  const declared = ladder.evidence[name] ?? { means: "" };
  const conditions = conditionsOf(ladder);
  const of = (trait: string) => conditions.filter(([operand]) => operand === trait);
  if (declared.unit === undefined) return plainOnes(declared, of(name));
  const facts = factsOf(name, declared.unit, of(name));
  const traits = ["q", "p", "percentile"] as const;
  const asked = traits.filter((trait) => of(`${name}.${trait}`).length > 0);
  return facts.flatMap((fact) =>
    asked.length === 0
      ? [fact]
      : asked.flatMap((trait) =>
          around(limitsOf(of(`${name}.${trait}`)), 1e-6).map(
            (value): Fact => ({
              ...fact,
              stats: { [trait]: value },
            }),
          ),
        ),
  );
}

const limitsOf = (conditions: readonly Condition[]): readonly number[] =>
  conditions.flatMap(([, , limit]) => (typeof limit === "number" ? [limit] : []));

const around = (limits: readonly number[], quantum: number): readonly number[] =>
  limits.flatMap((limit) => [limit - quantum, limit, limit + quantum]);

function plainOnes({ oneOf }: Declared, conditions: readonly Condition[]): readonly Plain[] {
  if (oneOf) return [...oneOf, null];
  const limits = limitsOf(conditions);
  if (limits.length > 0) return [...around(limits, limits.every(Number.isInteger) ? 1 : 1e-6), null];
  const words = conditions.flatMap(([, , limit]) => limit).filter((limit) => typeof limit === "string");
  return words.length > 0 ? [...words, null] : [true, false, null];
}

function factsOf(id: string, unit: Fact["unit"], conditions: readonly Condition[]): readonly Fact[] {
  const missing = factOf(id, null, unit, { reasons: [{ code: "missing" }] });
  if (wordUnits.has(unit)) return [factOf(id, "2026-01-02", unit), missing];
  const limits = limitsOf(conditions);
  const size = Math.max(1, ...limits.map(Math.abs));
  const quantum = quantumOf(size, unit);
  const values = limits.length > 0 ? around(limits, quantum) : [10 * quantum, -10 * quantum, 0];
  return [...values.map((value) => factOf(id, value, unit)), missing];
}
