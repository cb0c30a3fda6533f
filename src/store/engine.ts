import type { CompiledQuery, Kysely } from "kysely";
import type { Packed } from "#src/domain/packed.ts";
import type { Queue } from "#src/store/ledger.ts";
import type { Due } from "#src/store/queue.ts";
import type { Tables } from "#src/store/tables.ts";

/** A row of observations, in the order of the table's columns: series, day, vintage, batch, value, recorded at. */
export type ObservationRow = readonly [number, number, number, number, number | null, number | null];

/** A column as SQLite declares it; PostgreSQL's types follow from these four. */
export interface Column {
  readonly name: string;
  readonly type: "integer" | "real" | "text" | "blob";
}

/** What the two databases do each in its own way; all else is Kysely's. */
export interface Engine extends AsyncDisposable {
  readonly kind: "sqlite" | "postgresql";
  readonly db: Kysely<Tables>;
  /** What errors name: the file, or the words for a database whose address may hold a password. */
  readonly place: string;
  /** A transaction that writes, alone among those that do: what it reads is the last that was written. */
  write<T>(work: (transaction: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** Inserts many rows inside a transaction. */
  insertObservations(transaction: Kysely<Tables>, rows: readonly ObservationRow[]): Promise<void>;
  /** The rows of a query of `day`, `vintage`, `value` and `recorded_at`, in its order. */
  packed(db: Kysely<Tables>, query: CompiledQuery): Promise<Packed>;
  /** The rows of a query as arrays, in the order of its columns, inside a transaction: so many at a time. */
  batches(
    transaction: Kysely<Tables>,
    query: CompiledQuery,
    size: number,
  ): AsyncIterable<readonly (readonly unknown[])[]>;
  /** Inserts rows of values in the order of the columns, inside a transaction. */
  insertRows(
    transaction: Kysely<Tables>,
    table: string,
    columns: readonly Column[],
    rows: readonly (readonly unknown[])[],
  ): Promise<void>;
  /** After rows came with their numbers: the next of the column follows the highest. */
  continueNumbers(transaction: Kysely<Tables>, table: string, column: string): Promise<void>;
  /** What the database itself finds broken in what it has stored; reads all of it. */
  damage(transaction: Kysely<Tables>): Promise<readonly string[]>;
  /** Opens the queue that hands out what is due. */
  openQueue(): Promise<Queue>;
  /**
   * Puts work into the queue, in the transaction that makes it due; nothing where this process has opened none: a queue's
   * `refill` finds what is due.
   */
  announce(transaction: Kysely<Tables>, due: readonly Due[]): Promise<void>;
}
