/** What a row is: a part of a leg, a leg's subtotal, or the total. */
export type WaterfallRole = "part-long" | "part-short" | "leg-long" | "leg-short" | "total";

export interface WaterfallRow {
  readonly name: string;
  readonly value: number;
  /** The printed value, with its sign. */
  readonly label: string;
  readonly role: WaterfallRole;
  /** The printed share of the total, at the right. */
  readonly share?: string;
}

/** A row with where its bar starts and ends. */
export interface WaterfallBar extends WaterfallRow {
  readonly start: number;
  readonly end: number;
}

/** Share of the largest value by which sums may differ. */
const tolerance = 1e-6;

/** Whether a row adds on to what came before rather than summing it up. */
export const isPart = (role: WaterfallRole): boolean => role.startsWith("part");

/**
 * Starts and ends of the bars: parts add on to what came before, a leg spans its parts (or adds
 * on when it has none), and the total runs from zero.
 *
 * @throws RangeError when a leg is not the sum of its parts or the total not the sum of all
 */
export function waterfallBars(rows: readonly WaterfallRow[]): WaterfallBar[] {
  const scale = Math.max(...rows.map(({ value }) => Math.abs(value)), Number.MIN_VALUE);
  let running = 0;
  let legStart = 0;
  let parts = 0;
  const sum = (row: WaterfallRow, start: number): WaterfallBar => {
    const end = start + row.value;
    if (Math.abs(end - running) > tolerance * scale)
      throw new RangeError(
        `waterfall requires rows that add up to ${row.role} ${row.value}, got ${running - start}`,
      );
    return { ...row, start, end };
  };
  return rows.map((row) => {
    if (row.role === "total") return sum(row, 0);
    if (!isPart(row.role) && parts > 0) {
      const bar = sum(row, legStart);
      [legStart, parts] = [running, 0];
      return bar;
    }
    const bar = { ...row, start: running, end: running + row.value };
    running = bar.end;
    if (isPart(row.role)) parts += 1;
    else legStart = running;
    return bar;
  });
}
