import type { CompiledQuery, Kysely } from "kysely";
import type { Packed } from "#src/domain/packed.ts";
import type { Tables } from "#src/store/tables.ts";

/** A row of observations, in the order of the table's columns: series, day, vintage, batch, value, recorded at. */
export type ObservationRow = readonly [number, number, number, number, number | null, number | null];

/** What the two databases do each in its own way; all else is Kysely's. */
export interface Engine extends AsyncDisposable {
  readonly kind: "sqlite" | "postgresql";
  readonly db: Kysely<Tables>;
  /** Inserts many rows inside a transaction. */
  insertObservations(transaction: Kysely<Tables>, rows: readonly ObservationRow[]): Promise<void>;
  /** The rows of a query of `day`, `vintage`, `value` and `recorded_at`, in its order. */
  packed(db: Kysely<Tables>, query: CompiledQuery): Promise<Packed>;
}
