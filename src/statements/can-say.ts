import type { Statement } from "#src/domain/statement.ts";
import { keyPattern } from "#src/statements/key-pattern.ts";
import { ladders } from "#src/statements/ladders.ts";
import type { Rule } from "#src/statements/rule.ts";

/**
 * Whether an earlier issue's claim can still be said: its message is one of today's rules', and it fills every place that the
 * rule tells. A message that has gone, or has another place now, is left out rather than said wrongly.
 */
export const canSay = ({ section, claim }: Pick<Statement, "section" | "claim">): boolean =>
  ladders
    .filter((ladder) => (ladder.sections ?? [ladder.section]).includes(section))
    .some((ladder) =>
      ladder.rules.some(
        (rule) =>
          keyPattern(ladder, rule.claim).test(claim.key) &&
          placesOf(rule).every((place) => place in claim.places),
      ),
    );

const placesOf = ({ tells }: Rule): readonly string[] => tells.map((told) => told.split("=")[0] ?? told);
