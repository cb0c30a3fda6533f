import type { FactStats } from "#src/domain/fact.ts";

/**
 * How rare a value is in its own history: the share of earlier values at least as extreme on the same
 * side, never under 1/n (a value that nobody has beaten is one in n, not impossible).
 */
export function tailOf(
  history: readonly number[],
  value: number,
): Required<Pick<FactStats, "tail" | "sample">> {
  const beyond = value >= 0 ? history.filter((h) => h >= value) : history.filter((h) => h <= value);
  const sample = history.length + 1;
  return { tail: (beyond.length + 1) / sample, sample };
}
