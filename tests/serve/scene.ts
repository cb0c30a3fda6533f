import { join } from "node:path";
import { openStore } from "#src/store/open.ts";
import type { Store } from "#src/store/store.ts";
import { type MailServer, mailServer } from "#tests/deliver/mail-server.ts";
import { sharedFolder } from "#tests/render/temporary.ts";
import { type Clock, type Served, scheduledWorkspace, serveWith } from "#tests/serve/services.ts";

const at = (text: string): number => Date.parse(text);
const before = at("2026-02-13T22:00:00Z");
export const slot = at("2026-02-13T23:00:00Z");
export const minute = 60_000;
export const hour = 60 * minute;

export interface Scene {
  readonly dir: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly mail: MailServer;
  readonly served: Served;
}

/** A process whose scheduler has looked for the first time an hour before the slot of 13 February 2026. */
export async function scene(
  schedule: object | undefined,
  work: (scene: Scene) => Promise<void>,
  own: object = {},
): Promise<void> {
  const dir = scheduledWorkspace(sharedFolder(), schedule, own);
  await using store = await openStore({ file: join(dir, ".tideline", "tideline.db") });
  await using mail = await mailServer();
  const clock = { now: before };
  const served = await serveWith({ dir, store, clock, smtp: mail.at });
  await served.round();
  await work({ dir, store, clock, mail, served });
}

export const slotsOf = async ({ ledger }: Store) =>
  (await ledger.slots()).map(({ asOf, state, reason }) => [asOf, state, reason]);
export const sentTo = ({ received }: MailServer): readonly string[] =>
  received.flatMap(({ to }) => to).toSorted();
