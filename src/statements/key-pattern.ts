import type { Ladder } from "#src/statements/rule.ts";

/** What a key such as `levels.{direction}-on-record.claim` may be filled to, by the words that its operands may stand for. */
export function keyPattern(ladder: Ladder, template: string): RegExp {
  const pattern = template
    .replaceAll(".", "\\.")
    .replaceAll(/\{([^}]+)\}/gu, (_, operand: string) => wordsOf(ladder, operand.replaceAll("\\", "")));
  return new RegExp(`^${pattern}$`, "u");
}

function wordsOf({ evidence }: Ladder, operand: string): string {
  const words = operand.endsWith(".state") ? ["up", "down", "flat", "na"] : evidence[operand]?.oneOf;
  return words === undefined
    ? "[\\w-]+"
    : `(?:${words.map((word) => word.replaceAll(".", "\\.")).join("|")})`;
}
