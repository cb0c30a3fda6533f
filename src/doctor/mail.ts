import { createPrivateKey } from "node:crypto";
import { loadRecipients } from "#src/config/recipients.ts";
import type { Secrets } from "#src/config/secrets.ts";
import { domainOf, leftOut } from "#src/deliver/audience.ts";
import { reachSmtp, type Unreached } from "#src/deliver/smtp.ts";
import { count, type Diagnosis, fail, failureOf, ok, warn } from "#src/doctor/check.ts";
import { locales } from "#src/domain/locale.ts";
import {
  isConfidential,
  isLoopback,
  type MailRules,
  type Recipient,
  type SmtpServer,
} from "#src/domain/mail.ts";
import type { IsoDate } from "#src/domain/time.ts";
import type { Publication } from "#src/domain/workspace.ts";

type Audience = Pick<Publication, "id" | "to" | "languages">;

/** Whether the groups that publications are sent to have recipients today, and all recipients a publication. */
export function judgeRecipients(
  publications: readonly Audience[],
  recipients: readonly Recipient[],
  today: IsoDate,
): Diagnosis {
  const groups = [...new Set(publications.flatMap(({ to }) => to))];
  const of = (group: string) => recipients.filter((each) => each.groups.includes(group));
  const getToday = (group: string) =>
    of(group).filter((each) =>
      publications.some(
        (publication) => publication.to.includes(group) && leftOut(each, publication, today) === null,
      ),
    );
  const empty = groups.filter((group) => of(group).length === 0);
  if (empty.length > 0)
    return fail(
      `nobody is in ${empty.join(", ")}`,
      "add recipients to the group, or take it out of the publication's `to`",
    );
  const resting = groups.filter((group) => getToday(group).length === 0);
  if (resting.length > 0)
    return warn(
      `nobody in ${resting.join(", ")} is sent anything today`,
      "look at language, from and until of the recipients",
    );
  const unserved = recipients.filter(
    (each) => !publications.some((publication) => isServed(each, publication)),
  );
  const counts = groups.map((group) => `${group}: ${byLanguage(getToday(group))}`).join("; ");
  return unserved.length > 0
    ? warn(
        `${counts}; ${count(unserved.length, "recipient")} of no publication's group and language`,
        "name their group in the publication's `to`, or take them out",
      )
    : ok(counts || "no publication is sent to anybody");
}

const isServed = ({ groups, language }: Recipient, { to, languages }: Audience): boolean =>
  groups.some((group) => to.includes(group)) && languages.includes(language);

const byLanguage = (recipients: readonly Recipient[]): string =>
  locales
    .map((locale) => [recipients.filter(({ language }) => language === locale).length, locale] as const)
    .filter(([n]) => n > 0)
    .map(([n, locale]) => `${n} ${locale}`)
    .join(", ");

export async function recipients(
  rules: MailRules,
  publications: readonly Audience[],
  today: IsoDate,
): Promise<Diagnosis> {
  try {
    return judgeRecipients(publications, await loadRecipients(rules), today);
  } catch (error) {
    return fail(failureOf(error), `mend ${rules.recipients.path}: name, address, language, groups`);
  }
}

const encryption = { tls: "TLS", starttls: "STARTTLS", loopback: "this machine" } as const;
const remedies: Readonly<Record<string, string>> = {
  tls: "a certificate that this host's name stands in; TIDELINE_SMTP_CA_FILE names those that vouch for it",
  auth: "user and password in TIDELINE_SMTP_URL, as the server knows them",
};

/** @param unreached  why the server could not be used; `null` where it could */
export function judgeServer(server: Omit<SmtpServer, "ca">, unreached: Unreached | null): Diagnosis {
  const { host, port, security, login } = server;
  const place = `${host}:${port} (${encryption[security]})`;
  if (unreached === null)
    return ok(`${place}, ${login === null ? "without a login" : "login accepted"}; nothing was sent`);
  const said = unreached.kind === "refused" ? unreached.response : unreached.reason;
  const mend =
    remedies[unreached.phase] ?? "host and port in TIDELINE_SMTP_URL, and what lies between here and there";
  return fail(`${place} fails at ${unreached.phase}: ${said}`, mend);
}

/** Nobody waits longer than this for an answer of the doctor. */
const patience = { connectMs: 10_000, greetingMs: 10_000, silenceMs: 10_000 };

export async function server(smtp: SmtpServer | null): Promise<Diagnosis> {
  if (smtp === null)
    return fail("no server: nothing can be mailed", "set TIDELINE_SMTP_URL to smtp://user:password@host:587");
  return judgeServer(smtp, await reachSmtp(smtp, patience));
}

/** A key that signs: its kind and length. */
export interface KeyFound {
  readonly type: string;
  readonly bits: number;
}

/** Whether mails are signed for the domain that they come from. */
export function judgeDkim({ dkim, from }: Pick<MailRules, "dkim" | "from">, key: KeyFound | null): Diagnosis {
  const sender = domainOf(from.address);
  const make = "`openssl genrsa 2048` makes a key: TIDELINE_DKIM_KEY_FILE names it";
  if (dkim === null && key === null)
    return warn(
      "mails are not signed; large receivers require it",
      `${make}; mail.dkim names domain and selector`,
    );
  if (dkim === null)
    return warn("there is a key, and mails are not signed", "name domain and selector in mail.dkim");
  if (key === null) return fail(`no key to sign for ${dkim.domain}`, make);
  const isLongEnough = key.type === "ed25519" || (key.type === "rsa" && key.bits >= 1024);
  if (!isLongEnough) return fail(`a key of ${key.bits} bits (${key.type})`, make);
  if (sender !== dkim.domain && !sender.endsWith(`.${dkim.domain}`))
    return warn(
      `signed for ${dkim.domain}, sent from ${sender}: receivers do not count that`,
      "give both one domain",
    );
  if (key.type === "rsa" && key.bits < 2048) return warn(`a key of ${key.bits} bits`, make);
  const kind = key.type === "rsa" ? `RSA of ${key.bits} bits` : key.type;
  return ok(`${kind}; whether ${dkim.selector}._domainkey.${dkim.domain} holds it is not asked here`);
}

export function dkim(rules: MailRules, { dkimKey }: Pick<Secrets, "dkimKey">): Diagnosis {
  if (dkimKey === null) return judgeDkim(rules, null);
  const { asymmetricKeyType: type = "unknown", asymmetricKeyDetails } = createPrivateKey(dkimKey);
  return judgeDkim(rules, { type, bits: asymmetricKeyDetails?.modulusLength ?? 0 });
}

/** Whether recipients can open the links of their mails. */
export function judgeSite({ site }: Pick<MailRules, "site">): Diagnosis {
  const mend = "set mail.site to the public https address under which `tideline serve` is reached";
  if (isLoopback(new URL(site).hostname))
    return warn(`${site} is this machine: no recipient reaches it`, mend);
  return isConfidential(site)
    ? ok(site)
    : warn(`${site} is not https: one-click unsubscribing requires it`, mend);
}
