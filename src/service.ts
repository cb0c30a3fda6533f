import type { Logger } from "pino";
import type { Secrets } from "#src/config/secrets.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import type { Place } from "#src/publish.ts";
import type { Queue } from "#src/store/ledger.ts";
import type { Store } from "#src/store/store.ts";

/** What scheduler, worker and archive of one process share. */
export interface Service {
  readonly workspace: Workspace;
  readonly store: Store;
  readonly queue: Queue;
  /** Names this process in the ledger: no two are alike. */
  readonly owner: string;
  readonly place: Place;
  readonly secrets: Secrets;
  readonly now: () => Instant;
  readonly log: Logger;
  /** Aborted when no new work is to be begun. */
  readonly stopping: AbortSignal;
}
