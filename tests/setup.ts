import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startPostgres } from "#tests/store/postgres-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A folder for all that tests write, which is removed after the last of them. */
    readonly scratch: string;
    /** Address of a PostgreSQL server of the tests' own; `null` where none is installed. */
    readonly postgres: string | null;
  }
}

const shared = new AsyncDisposableStack();

/** Makes what the tests of a run share, before the first. */
export async function setup({ provide }: TestProject): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "tideline-tests-"));
  shared.defer(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
  const server = shared.use(await startPostgres());
  provide("scratch", scratch);
  provide("postgres", server?.url ?? null);
}

/** Takes it away after the last. */
export const teardown = (): Promise<void> => shared.disposeAsync();
