import { loadRecipients } from "#src/config/recipients.ts";
import { audienceOf } from "#src/deliver/audience.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { IsoDate } from "#src/domain/time.ts";
import type { Publication, Workspace } from "#src/domain/workspace.ts";
import type { Files } from "#src/publish.ts";
import type { DeliveryToWrite } from "#src/store/ledger.ts";
import { verifyFiles } from "#src/verify/verify.ts";

/** What the checks of a finished issue find in its files, a line each; none: it may go out. */
export async function faultsOf(files: Files): Promise<readonly string[]> {
  const { findings } = await verifyFiles(files);
  return findings.map(({ check, where, what }) => `${check}: ${where}: ${what}`);
}
