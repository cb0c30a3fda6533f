import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, inject } from "vitest";

/** A new folder that is removed after the last test of a run: for what several files of tests share. */
export const sharedFolder = (): string => mkdtempSync(join(inject("scratch"), "shared-"));

/** A new folder that is removed after the tests of the file that asks for it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(inject("scratch"), "test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
