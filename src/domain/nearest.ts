/** The candidate nearest in spelling to what was written, when it is near enough to be what was meant. */
export function nearest(written: string, candidates: Iterable<string>): string | null {
  const wanted = written.toLowerCase();
  let best: string | null = null;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase(), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** `; did you mean X?`, or nothing. */
export function didYouMean(written: string, candidates: Iterable<string>): string {
  const found = nearest(written, candidates);
  return found === null ? "" : `; did you mean ${found}?`;
}

/** Edits (insert, delete, replace, swap of neighbours) from `a` to `b`; `limit` or more when it takes that many. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) row.push(cheapest(a, b, i, j, { before, above, row }));
    [before, above] = [above, row];
  }
  return above[b.length] ?? limit;
}

interface Rows {
  readonly before: readonly number[];
  readonly above: readonly number[];
  readonly row: readonly number[];
}

function cheapest(a: string, b: string, i: number, j: number, { before, above, row }: Rows): number {
  const at = (list: readonly number[], k: number): number => list[k] ?? Number.POSITIVE_INFINITY;
  const replaced = at(above, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
  const swapped =
    a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY;
  return Math.min(at(above, j) + 1, at(row, j - 1) + 1, replaced, swapped);
}
