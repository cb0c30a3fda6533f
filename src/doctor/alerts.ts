import { never } from "#src/deliver/send-alerts.ts";
import { secretFault } from "#src/deliver/webhook.ts";
import { count, type Diagnosis, fail, ok, warn } from "#src/doctor/check.ts";
import type { AlertRules } from "#src/domain/mail.ts";
import { isoInstant } from "#src/domain/time.ts";
import type { UnsentAlert } from "#src/store/store.ts";

/** What alerts would leave by. */
export interface AlertWays {
  readonly rules: AlertRules;
  /** Whether any publication is made by itself. */
  readonly isScheduled: boolean;
  /** Whether there are both a sender in the configuration and a server in the environment. */
  readonly canMail: boolean;
  readonly webhookSecret: string | null;
}

/** Whether somebody is told when an issue fails, and every way that is named is open. */
export function judgeAlerts({ rules, isScheduled, canMail, webhookSecret }: AlertWays): Diagnosis {
  const { mail, webhook } = rules;
  if (mail.length === 0 && webhook === null) {
    if (!isScheduled) return ok("nobody is told, and nothing is made by itself");
    return warn(
      "nobody is told when an issue fails",
      "name addresses or a webhook under `alerts` in tideline.yaml",
    );
  }
  if (mail.length > 0 && !canMail)
    return fail(
      "alerts go by mail, and nothing can be mailed",
      "set `mail` in tideline.yaml and TIDELINE_SMTP_URL",
    );
  const make = "set TIDELINE_WEBHOOK_SECRET: whsec_ and the output of `openssl rand -base64 32`";
  if (webhook !== null && webhookSecret === null)
    return fail("the webhook cannot be signed, and is not called", make);
  const fault = webhook === null || webhookSecret === null ? null : secretFault(webhookSecret);
  if (fault !== null) return fail(`the webhook cannot be signed, and is not called: ${fault}`, make);
  const ways = [
    ...(mail.length > 0 ? [count(mail.length, "address", "addresses")] : []),
    ...(webhook === null ? [] : [`a webhook at ${new URL(webhook).host}`]),
  ];
  return ok(ways.join(" and "));
}

/** An address may be a secret; its kind and host are not. */
const wayOf = (channel: string): string => {
  const [kind = "", address = ""] = [
    channel.slice(0, channel.indexOf(":")),
    channel.slice(channel.indexOf(":") + 1),
  ];
  return kind === "webhook" && URL.canParse(address) ? `webhook at ${new URL(address).host}` : channel;
};

const shown = 3;

/** Alerts that have not been told although they were tried: each with what its channel said. */
export function judgeUnsent(unsent: readonly UnsentAlert[]): readonly Diagnosis[] {
  const tried = unsent.filter(({ response }) => response !== null);
  const told = tried.slice(-shown).map(({ subject, channel, response, nextAt }) => {
    const next = nextAt === never ? "not tried again" : `tried again ${isoInstant(nextAt)}`;
    return warn(
      `“${subject}” has not reached ${wayOf(channel)}: ${response}; ${next}`,
      "mend what the channel said",
    );
  });
  return tried.length > shown
    ? [
        warn(`${tried.length - shown} older alerts have not been told either`, "mend what the channel said"),
        ...told,
      ]
    : told;
}
