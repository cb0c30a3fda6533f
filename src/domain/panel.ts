import type { Localised } from "#src/domain/locale.ts";
import type { GapReason, Series } from "#src/domain/series.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";

/** One series as it could be read at the cut-off: oldest first, one value a day. */
export interface Column {
  readonly series: Series;
  readonly dates: readonly IsoDate[];
  readonly values: readonly number[];
  /** The source that a value names itself (an analyst's note), value by value; `null` as a whole where none does. */
  readonly sources: readonly (Localised | null)[] | null;
  /** When the last observation could be read; `null` without observations. */
  readonly knownAt: Instant | null;
  /** Whether any of the observations took its known-at from the series' rule. */
  readonly assumed: boolean;
  /** Why there is nothing; `null` when there is something. Rows to come are not told apart from none at all. */
  readonly gap: Exclude<GapReason, "no-rows"> | "set-aside" | null;
  /** SHA-256 of the canonical rows that counted. */
  readonly digest: string;
}

/** Every series of the catalogue as of one cut-off. */
export interface Panel {
  readonly cutoff: Instant;
  /** The series' column. Asking for a series that the catalogue lacks is a bug and throws. */
  column(id: string): Column;
  readonly columns: readonly Column[];
}

/** A panel as it was read: what must not count can be left out of it. */
export interface ReadPanel extends Panel {
  /**
   * The panel as if those days of those series had never been read: its digests are of what remains. A series of which
   * nothing remains has the gap `set-aside`.
   */
  without(days: ReadonlyMap<string, ReadonlySet<IsoDate>>): ReadPanel;
}
