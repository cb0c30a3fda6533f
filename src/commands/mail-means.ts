import { type Call, note } from "#src/commands/call.ts";
import { loadSecrets, type Secrets, signingKey } from "#src/config/secrets.ts";
import type { Stationery } from "#src/deliver/deliver.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { SmtpServer } from "#src/domain/mail.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import type { Store } from "#src/store/store.ts";

/** With what mails are composed and sent. `smtp` throws where the environment names no server. */
export interface MailMeans extends Stationery {
  readonly smtp: () => SmtpServer;
}

/**
 * What the configuration and the environment say about mail.
 *
 * @throws {TidelineError} `CONFIG_INVALID` where nothing can be mailed
 */
export async function mailMeans(call: Call, workspace: Workspace, store: Store): Promise<MailMeans> {
  const { mail: rules, publications, dir } = workspace;
  if (rules === null)
    throw lacking(
      "tideline.yaml",
      "the key mail: who sends, and the file of recipients; see docs/configuration.md",
    );
  const secrets = await loadSecrets(call.around.env, dir);
  for (const warning of secrets.warnings) note(call, warning);
  return {
    store,
    publications,
    rules,
    dkimKey: signingKey(rules, secrets),
    smtp: () => requireServer(secrets),
  };
}

function requireServer({ smtp }: Secrets): SmtpServer {
  if (smtp !== null) return smtp;
  throw lacking(
    "TIDELINE_SMTP_URL",
    "the mail server, as smtp://user:password@host:587 or smtps://user:password@host:465",
  );
}

const lacking = (file: string, expected: string): TidelineError =>
  new TidelineError("CONFIG_INVALID", "nothing can be mailed", [{ file, found: "nothing", expected }]);
