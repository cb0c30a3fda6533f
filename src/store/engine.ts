import type { Kysely } from "kysely";
import type { Tables } from "#src/store/tables.ts";

/** A row of observations, in the order of the table's columns: series, day, vintage, batch, value, recorded at. */
export type ObservationRow = readonly [number, number, number, number, number | null, number | null];

/** What the two databases do each in its own way; all else is Kysely's. */
export interface Engine extends AsyncDisposable {
  readonly kind: "sqlite" | "postgresql";
  readonly db: Kysely<Tables>;
  /** Inserts many rows inside a transaction. */
  insertObservations(transaction: Kysely<Tables>, rows: readonly ObservationRow[]): Promise<void>;
  /** All that is remembered of a series up to a batch, by day, known-at and batch: day, vintage, value, recorded at. */
  observationRows(
    db: Kysely<Tables>,
    series: number,
    upTo: number,
  ): Promise<readonly (readonly [number, number, number | null, number | null])[]>;
}
