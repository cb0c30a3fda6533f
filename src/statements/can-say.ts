import type { Statement } from "#src/domain/statement.ts";
import { ladders } from "#src/statements/ladders.ts";
import type { Ladder, Rule } from "#src/statements/rule.ts";

/**
 * Whether an earlier issue's claim can still be said: its message is one of today's rules', and it fills every place that the
 * rule tells. A message that has gone, or has another place now, is left out rather than said wrongly.
 */
export const canSay = ({ section, claim }: Pick<Statement, "section" | "claim">): boolean =>
  ladders
    .filter((ladder) => ladder.section === section)
    .some((ladder) =>
      ladder.rules.some(
        (rule) =>
          isClaimOf(ladder, rule, claim.key) && placesOf(rule).every((place) => place in claim.places),
      ),
    );

/** Whether a key is what a template such as `levels.{direction}-on-record.claim` may be filled to. */
function isClaimOf(ladder: Ladder, { claim }: Rule, key: string): boolean {
  const pattern = claim
    .replaceAll(".", "\\.")
    .replaceAll(/\{([^}]+)\}/gu, (_, operand: string) => valuesOf(ladder, operand.replaceAll("\\", "")));
  return new RegExp(`^${pattern}$`, "u").test(key);
}

/** The words that an operand may stand for. */
function valuesOf({ evidence }: Ladder, operand: string): string {
  const words = operand.endsWith(".state") ? ["up", "down", "flat", "na"] : evidence[operand]?.oneOf;
  return words === undefined ? "[\\w-]+" : `(?:${words.join("|")})`;
}

const placesOf = ({ tells }: Rule): readonly string[] => tells.map((told) => told.split("=")[0] ?? told);
