import { createPrivateKey } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { type Problem, TidelineError } from "#src/domain/errors.ts";
import { isLoopback, type MailRules, type SmtpServer } from "#src/domain/mail.ts";

/** What only the environment tells; `null` where it does not. Never printed, never kept. */
export interface Secrets {
  readonly smtp: SmtpServer | null;
  /** Private key that mails are signed with, as PEM. */
  readonly dkimKey: string | null;
  /** Shared with whoever receives alerts, to sign them. */
  readonly webhookSecret: string | null;
  /** What the operator should know: files that others than their owner may read. */
  readonly warnings: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

const wantedUrl = "smtp://user:password@host:587 or smtps://user:password@host:465";

/**
 * The secrets of the environment: `TIDELINE_SMTP_URL`, `TIDELINE_DKIM_KEY`, `TIDELINE_WEBHOOK_SECRET`, and `TIDELINE_SMTP_CA`, each
 * as it stands or in a file that the same name with `_FILE` gives, relative to `dir`.
 *
 * @throws {TidelineError} CONFIG_INVALID with all problems at once, none of which shows a secret
 */
export async function loadSecrets(env: Environment, dir: string): Promise<Secrets> {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const take = async <Value>(name: string, read: (text: string) => Value | string): Promise<Value | null> => {
    const found = await textOf(env, dir, name);
    if (found.problem !== null) problems.push(found.problem);
    if (found.warning !== null) warnings.push(found.warning);
    if (found.text === null) return null;
    const value = read(found.text);
    if (typeof value !== "string") return value;
    problems.push({ file: name, expected: value });
    return null;
  };
  const ca = await take("TIDELINE_SMTP_CA", readCertificates);
  const smtp = await take("TIDELINE_SMTP_URL", (text) => readSmtpUrl(text, ca?.pem ?? null));
  const dkim = await take("TIDELINE_DKIM_KEY", readKey);
  const webhook = await take("TIDELINE_WEBHOOK_SECRET", readSecret);
  if (problems.length > 0)
    throw new TidelineError("CONFIG_INVALID", "the environment cannot be used", problems);
  return { smtp, dkimKey: dkim?.pem ?? null, webhookSecret: webhook?.secret ?? null, warnings };
}

/**
 * The key that mails are signed with; `null` where they are not to be. Mail that is meant to be signed does not leave unsigned.
 *
 * @throws {TidelineError} `CONFIG_INVALID` where the environment does not tell it
 */
export function signingKey(
  { dkim }: Pick<MailRules, "dkim">,
  { dkimKey }: Pick<Secrets, "dkimKey">,
): string | null {
  if (dkim === null || dkimKey !== null) return dkimKey;
  throw new TidelineError("CONFIG_INVALID", "nothing can be mailed", [
    {
      file: "TIDELINE_DKIM_KEY",
      found: "nothing",
      expected: "the private key of mail.dkim, as PEM, or TIDELINE_DKIM_KEY_FILE with its file",
    },
  ]);
}

interface Found {
  readonly text: string | null;
  readonly problem: Problem | null;
  readonly warning: string | null;
}
const nothing: Found = { text: null, problem: null, warning: null };

async function textOf(env: Environment, dir: string, name: string): Promise<Found> {
  const [value, path] = [env[name] || null, env[`${name}_FILE`] || null];
  if (value !== null && path !== null) {
    const expected = `either ${name} or ${name}_FILE, not both`;
    return { ...nothing, problem: { file: name, expected } };
  }
  if (path === null) return { ...nothing, text: value?.trim() || null };
  try {
    const file = resolve(dir, path);
    const text = (await readFile(file, "utf8")).trim();
    if (text === "")
      return { ...nothing, problem: { file: path, found: "nothing", expected: `the value of ${name}` } };
    const others = (await stat(file)).mode & 0o077;
    const isOpen = others !== 0 && process.platform !== "win32" && name !== "TIDELINE_SMTP_CA";
    const warning = isOpen ? `${path} (${name}_FILE) can be read by others: chmod 600 ${path}` : null;
    return { text, problem: null, warning };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return {
      ...nothing,
      problem: { file: path, expected: `a file that can be read, for ${name} (${code})` },
    };
  }
}

/** The server that an address names, or what is wrong with it. */
function readSmtpUrl(text: string, ca: string | null): SmtpServer | string {
  const url = URL.parse(text);
  if (url !== null && !/^smtps?:$/.test(url.protocol))
    return `${wantedUrl}: it begins with smtp:// or smtps://`;
  if (
    url === null ||
    url.hostname === "" ||
    !/^\/?$/.test(url.pathname) ||
    url.search !== "" ||
    url.hash !== ""
  )
    return `${wantedUrl}; in a password, characters such as / ? # @ are written as %2F %3F %23 %40`;
  const [user, password] = [decoded(url.username), decoded(url.password)];
  if (user === null || password === null) return `${wantedUrl}; a % in a password is written as %25`;
  if ((user === "") !== (password === "")) return `${wantedUrl}: both a user and a password, or neither`;
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const isSecure = url.protocol === "smtps:";
  return {
    host,
    port: Number(url.port) || (isSecure ? 465 : 587),
    security: isSecure ? "tls" : isLoopback(host) ? "loopback" : "starttls",
    login: user === "" ? null : { user, password },
    ca,
  };
}

function decoded(text: string): string | null {
  try {
    const plain = decodeURIComponent(text);
    return /[\r\n\0]/.test(plain) ? null : plain;
  } catch {
    return null;
  }
}

function readKey(text: string): { readonly pem: string } | string {
  // A variable may hold a key on one line.
  const pem = text.replaceAll("\\n", "\n").trim();
  const wanted = "an RSA private key as PEM, of 1024 bits or more (`openssl genrsa 2048`)";
  try {
    const key = createPrivateKey(pem);
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return key.asymmetricKeyType === "rsa" && bits >= 1024 ? { pem } : wanted;
  } catch {
    return wanted;
  }
}

const readCertificates = (text: string): { readonly pem: string } | string =>
  text.includes("-----BEGIN CERTIFICATE-----")
    ? { pem: text.replaceAll("\\n", "\n") }
    : "certificates as PEM";

const readSecret = (text: string): { readonly secret: string } | string =>
  Buffer.byteLength(text) >= 16 ? { secret: text } : "a secret of 16 bytes or more (`openssl rand -hex 32`)";
