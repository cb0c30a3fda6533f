/**
 * How rare a value is in its own history: the share of earlier values at least as extreme on the same
 * side, never under 1/n (a value that nobody has beaten is one in n, not impossible).
 */
export function tailShare(history: readonly number[], value: number): number {
  const beyond = value >= 0 ? history.filter((h) => h >= value) : history.filter((h) => h <= value);
  const n = history.length + 1;
  return (beyond.length + 1) / n;
}
