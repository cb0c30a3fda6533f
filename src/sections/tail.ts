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

/** How rare a percentile among n values of overlapping windows is, of which one in `overlap` is independent of the others. */
export function rankTail(
  percentile: number,
  { n, overlap, side }: { readonly n: number; readonly overlap: number; readonly side: "either" | "top" },
): Required<Pick<FactStats, "tail" | "sample">> {
  const [rank, sample] = [percentile / 100, Math.max(1, Math.floor(n / overlap))];
  const share = side === "top" ? 1 - rank : Math.min(rank, 1 - rank);
  return { tail: Math.max(share, 1 / sample), sample };
}

/** The same where windows overlap: of the earlier values one in `span` is independent of the others (G20). */
export function tailOfOverlapping(
  history: readonly number[],
  value: number,
  span: number,
): Required<Pick<FactStats, "tail" | "sample">> {
  const sample = Math.max(1, Math.floor(history.length / span));
  return { tail: Math.max(tailOf(history, value).tail, 1 / sample), sample };
}
