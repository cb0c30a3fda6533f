import type { Instant } from "#src/domain/time.ts";

/** A record of something dated: a value of a day, an entry of a list. */
export interface Dated<Value> {
  /** The known-at that came with it; `null`: none. */
  readonly knownAt: Instant | null;
  /** `null`: withdrawn. */
  readonly value: Value | null;
  /** When it took the place of an earlier record; `null` or absent: it is the first. */
  readonly recordedAt?: Instant | null;
}

/** A record, with the moments that decide whether it counts. */
interface Candidate<Row> {
  readonly row: Row;
  /** The known-at that came with it: rows that share it are records of one value. */
  readonly vintage: Instant | null;
  /** From when on it could be read here: not before it was recorded, where it took the place of another. */
  readonly effective: Instant;
  /** The moment by which values of one key are ordered: a correction of an old one does not make it a new one. */
  readonly at: Instant;
  readonly isFirst: boolean;
  readonly assumed: boolean;
}

/** The record that counts, from when on it could be read, and whether that was assumed. */
export type Latest<Row> = Pick<Candidate<Row>, "row" | "effective" | "assumed">;

/**
 * Of all records of one thing the one that counts: of those that could be read the latest known; `null` where none could,
 * or all were withdrawn.
 *
 * @param readable  when a record could be read that came without known-at
 * @param knowledge  until when later records count of what could be read at the cut-off
 */
export function latestOf<Row extends Dated<unknown>>(
  rows: readonly Row[],
  readable: (row: Row) => Instant,
  cutoff: Instant,
  knowledge: Instant,
): Latest<Row> | null {
  const candidates = rows.map((row) => candidateOf(row, readable));
  if (!candidates.some(({ isFirst, effective }) => isFirst && effective <= cutoff)) return null;
  const records = new Map<Instant | null, Candidate<Row>>();
  for (const each of candidates) {
    const rival = records.get(each.vintage);
    // Of two records of one known-at the later counts.
    if (each.effective <= knowledge && (rival === undefined || each.effective >= rival.effective))
      records.set(each.vintage, each);
  }
  return [...records.values()]
    .filter(({ row }) => row.value !== null)
    .reduce<Candidate<Row> | null>(
      (best, each) => (best === null || isLater(each, best) ? each : best),
      null,
    );
}

function candidateOf<Row extends Dated<unknown>>(row: Row, readable: (row: Row) => Instant): Candidate<Row> {
  const { knownAt: vintage, recordedAt = null } = row;
  const known = vintage ?? readable(row);
  // A correction that was made before the value could be read is read with it.
  const effective = recordedAt === null ? known : Math.max(recordedAt, known);
  return {
    row,
    vintage,
    effective,
    at: vintage ?? effective,
    isFirst: recordedAt === null,
    assumed: vintage === null && effective !== recordedAt,
  };
}

/** Known later; at the same moment a stated known-at outranks an assumed one, so that the order of rows does not matter. */
const isLater = <Row>(each: Candidate<Row>, rival: Candidate<Row>): boolean =>
  each.at === rival.at ? !each.assumed && rival.assumed : each.at > rival.at;
