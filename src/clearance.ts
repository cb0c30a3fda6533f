import { loadRecipients } from "#src/config/recipients.ts";
import { audienceOf } from "#src/deliver/audience.ts";
import { newToken } from "#src/deliver/token.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { IsoDate } from "#src/domain/time.ts";
import type { Publication, Workspace } from "#src/domain/workspace.ts";
import type { Files } from "#src/publish.ts";
import type { Publishing } from "#src/store/store.ts";
import { verifyFiles } from "#src/verify/verify.ts";

/** What the checks of a finished issue find in its files, a line each; none: it may go out. */
export async function faultsOf(files: Files): Promise<readonly string[]> {
  const { findings } = await verifyFiles(files);
  return findings.map(({ check, where, what }) => `${check}: ${where}: ${what}`);
}

/** Whom an issue goes to. */
export type Audience = Publishing["deliveries"];

const nobody: Audience = () => [];

/**
 * Whom the issues of a publication go to on a day: nobody where it is not mailed.
 *
 * @throws {TidelineError} `CONFIG_INVALID` with all faults of the file of recipients
 */
export async function audienceOn(
  { mail }: Workspace,
  publication: Publication,
  day: IsoDate,
): Promise<Audience> {
  if (mail === null || publication.to.length === 0) return nobody;
  const recipients = await loadRecipients(mail);
  return (issue) => audienceOf({ publication, recipients, day }, issue, mail, newToken);
}

/** An audience that may not be told: then why, as what keeps an issue back. */
export async function audienceOrWhyNot(
  workspace: Workspace,
  publication: Publication,
  day: IsoDate,
): Promise<{ readonly audience: Audience; readonly faults: readonly string[] }> {
  try {
    return { audience: await audienceOn(workspace, publication, day), faults: [] };
  } catch (error) {
    if (!(error instanceof TidelineError)) throw error;
    return { audience: nobody, faults: [error.message] };
  }
}
