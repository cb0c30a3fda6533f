import type { SegmentCost } from "#src/metrics/segment-cost.ts";

/** Steps after which every start is costed anew. */
const round = 20;
/** Starts, as a power of 2, that are passed over at once where none of them can be the best. */
const blockBits = 6;
/** What rounding may take from a start that is exactly as good. */
const slack = 1e-9;

/**
 * PELT (Killick, Fearnhead and Eckley 2012): the segmentation with the least `Σ cost + penalty · (segments − 1)`, exactly.
 *
 * A start `s` of the last segment is dropped once what ends at some `t` cannot gain by it: `F(s) + C(s, t) ≥ F(t)`. Where
 * segments have a least length `m`, `t` can take its place only in segments that end at `t + m` or later; until then it stays.
 *
 * Not every start that stays is costed at every end: as a division never makes values cost more,
 * `C(s, t) ≥ C(s, e) + C(e, t)`, and what `s` cost at an earlier end `e` tells of most that they cannot be the best.
 *
 * @param n  values
 * @param cost  of the values between two positions, never increased by a division of them
 * @param least  values in a segment
 * @returns the last position of every segment but the last, oldest first
 * @see Killick, Fearnhead and Eckley (2012), Optimal detection of changepoints with a linear computational cost, JASA 107(500)
 */
export function pelt(n: number, cost: SegmentCost, penalty: number, least: number): readonly number[] {
  const search = new Search(n, cost, penalty);
  for (let end = least; end <= n; end++) {
    const start = end - least;
    if (start === 0 || start >= least) search.begin(start);
    search.end(end, least);
  }
  return search.lasts(n);
}

class Search {
  private readonly cost: SegmentCost;
  private readonly penalty: number;
  /** F: of the best segmentation of the values before each end, and where its last segment begins. */
  private readonly best: Float64Array;
  private readonly from: Int32Array;
  /** The starts that may yet be the best, of which the first `known` were costed at `costedAt`. */
  private readonly starts: Int32Array;
  private readonly totals: Float64Array;
  /** The least total of each block of the starts that were costed. */
  private readonly leasts: Float64Array;
  private count = 0;
  private known = 0;
  private costedAt = 0;
  /** By start: from this end on it is out. */
  private readonly outFrom: Int32Array;
  private lowest = Number.POSITIVE_INFINITY;
  private lowestFrom = 0;

  constructor(n: number, cost: SegmentCost, penalty: number) {
    this.cost = cost;
    this.penalty = penalty;
    this.best = new Float64Array(n + 1);
    this.best[0] = -penalty;
    this.from = new Int32Array(n + 1);
    this.starts = new Int32Array(n + 1);
    this.totals = new Float64Array(n + 1);
    this.leasts = new Float64Array((n >> blockBits) + 1);
    this.outFrom = new Int32Array(n + 1).fill(n + 1);
  }

  begin(start: number): void {
    this.starts[this.count++] = start;
  }

  end(end: number, least: number): void {
    const isDue = end - this.costedAt >= round;
    this.lowest = Number.POSITIVE_INFINITY;
    if (isDue) this.costAll(end);
    else this.costHopeful(end);
    this.best[end] = this.lowest + this.penalty;
    this.from[end] = this.lowestFrom;
    if (isDue) this.prune(end, least);
  }

  private costOf(i: number, end: number): number {
    const start = this.starts[i] ?? 0;
    const total = (this.best[start] ?? 0) + this.cost(start, end);
    if (total < this.lowest) {
      this.lowest = total;
      this.lowestFrom = start;
    }
    return total;
  }

  private costAll(end: number): void {
    for (let i = 0; i < this.count; i++) this.totals[i] = this.costOf(i, end);
    this.known = this.count;
    this.costedAt = end;
  }

  private costHopeful(end: number): void {
    for (let i = this.known; i < this.count; i++) this.costOf(i, end);
    if (this.known === 0) return;
    const since = this.cost(this.costedAt, end);
    // The first of them was the best when they were costed, and makes the others hopeless soonest.
    for (let block = 0; block << blockBits < this.known; block++)
      if ((this.leasts[block] ?? 0) + since < this.lowest) this.costBlock(block, end, since);
  }

  private costBlock(block: number, end: number, since: number): void {
    const to = Math.min(this.known, (block + 1) << blockBits);
    for (let i = block << blockBits; i < to; i++)
      if ((this.totals[i] ?? 0) + since < this.lowest) this.costOf(i, end);
  }

  private prune(end: number, least: number): void {
    const limit = this.lowest + this.penalty;
    const hopeless = limit + slack * (1 + Math.abs(limit));
    let [kept, first] = [0, 0];
    for (let i = 0; i < this.count; i++) {
      const [start, total] = [this.starts[i] ?? 0, this.totals[i] ?? 0];
      if (total > hopeless) this.outFrom[start] = Math.min(this.outFrom[start] ?? 0, end + least);
      if ((this.outFrom[start] ?? 0) <= end + 1) continue;
      if (start === this.lowestFrom) first = kept;
      this.starts[kept] = start;
      this.totals[kept++] = total;
    }
    this.count = this.known = kept;
    this.swap(0, first);
    this.findLeasts();
  }

  private findLeasts(): void {
    this.leasts.fill(Number.POSITIVE_INFINITY);
    for (let i = 0; i < this.known; i++) {
      const [block, total] = [i >> blockBits, this.totals[i] ?? 0];
      if (total < (this.leasts[block] ?? 0)) this.leasts[block] = total;
    }
  }

  private swap(i: number, j: number): void {
    for (const array of [this.starts, this.totals]) {
      const held = array[i] ?? 0;
      array[i] = array[j] ?? 0;
      array[j] = held;
    }
  }

  lasts(n: number): readonly number[] {
    const lasts: number[] = [];
    for (let start = this.from[n] ?? 0; start > 0; start = this.from[start] ?? 0) lasts.push(start - 1);
    return lasts.toReversed();
  }
}
