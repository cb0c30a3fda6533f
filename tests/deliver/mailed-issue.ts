import { join } from "node:path";
import type { Desk } from "#src/deliver/deliver.ts";
import type { SmtpTimeouts } from "#src/deliver/smtp.ts";
import { type MailRules, type SmtpServer, unsubscribePlaceholder } from "#src/domain/mail.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import type { DeliveryToWrite } from "#src/store/ledger.ts";
import { openStore } from "#src/store/open.ts";
import type { KeptIssue, Store } from "#src/store/store.ts";
import { sharedFolder } from "#tests/render/temporary.ts";
import { issueOf } from "#tests/store/rows.ts";

/* An issue with its mail in both languages, as small as can be; and what it takes to send it. */

const words = {
  en: { title: "Weekly note: Korea & Japan at records", text: "Korea returned", link: "Unsubscribe" },
  "zh-CN": { title: "潮线周报：韩国股市创新高", text: "韩国股市上涨", link: "退订" },
} as const;

/** 200 kB, more than any buffer on the way: a connection can end in the middle of it. */
export const pdf = Buffer.concat([
  Buffer.from("%PDF-1.7\n"),
  Buffer.alloc(200_000, "\0\x01.\r\n\xff", "latin1"),
]);
export const png = Buffer.from("iVBORw0KGgo=", "base64");

const htmlOf = (locale: keyof typeof words): string => {
  const { title, text, link } = words[locale];
  const fact = '<data value="0.082" data-fact="a">8.2%</data>';
  const day = '<time datetime="2026-02-13">13 February</time>';
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${title.replace("&", "&amp;")}</title></head>
<body><p>${text} <b>${fact}</b> ${day}.</p><img src="cid:figure" alt=""><a href="${unsubscribePlaceholder}">${link}</a></body></html>`;
};

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The files of an issue that can be mailed. */
export const mailFiles = (): Map<string, Uint8Array> =>
  new Map(
    (["en", "zh-CN"] as const).flatMap((locale): [string, Uint8Array][] => [
      [`${locale}.mail.html`, bytes(htmlOf(locale))],
      [
        `${locale}.mail.txt`,
        bytes(`${words[locale].text} 8.2%\n.\n${words[locale].link}: ${unsubscribePlaceholder}\n`),
      ],
      [`${locale}.mail.png`, png],
      [`${locale}.pdf`, pdf],
    ]),
  );

export const rules: MailRules = {
  from: { name: { en: "Tideline research", "zh-CN": "潮线研究" }, address: "notes@example.org" },
  replyTo: "desk@example.org",
  site: "https://notes.example.org/archive",
  dkim: null,
  recipients: { path: "people.csv", location: "/nowhere/people.csv" },
};

export const weekly = {
  id: "weekly",
  title: { en: "Weekly note", "zh-CN": "市场周报" },
  to: ["clients"],
  languages: ["en", "zh-CN"],
} as unknown as Workspace["publications"][string];

/** A delivery to an address, in English unless it is of qq.com. */
export const deliveryOf = (address: string, issue = 1): DeliveryToWrite => ({
  locale: address.endsWith("@qq.com") ? "zh-CN" : "en",
  name: address.endsWith("@qq.com") ? "王小明" : "Ann Lee",
  address,
  messageId: `<${address.replace("@", ".")}.${issue}@example.org>`,
  token: `token-${address}-${issue}`,
});

export const written = Date.parse("2026-02-13T23:30:00Z");

/** A store with an issue that may go out, and deliveries to some. */
export async function storeWith(
  ...addresses: readonly string[]
): Promise<{ store: Store; issue: KeptIssue; file: string }> {
  const file = join(sharedFolder(), "tideline.db");
  const store = await openStore({ file });
  return { store, issue: await addIssue(store, "2026-02-13", addresses), file };
}

/** Another issue, and deliveries of it. */
export async function addIssue(store: Store, asOf: string, addresses: readonly string[]): Promise<KeptIssue> {
  const issue = await store.keepIssue(issueOf(asOf, "", { files: mailFiles() }));
  await store.ledger.noteGate(issue.id, [], written);
  const deliveries = addresses.map((address) => deliveryOf(address, issue.id));
  await store.ledger.addDeliveries(issue.id, deliveries, written);
  return issue;
}

/** Long enough for a machine that is busy with other tests. */
export const patient: SmtpTimeouts = { connectMs: 20_000, greetingMs: 20_000, silenceMs: 20_000 };
/** For servers that say nothing. */
export const hasty: SmtpTimeouts = { connectMs: 20_000, greetingMs: 400, silenceMs: 400 };

/** A desk at a moment that a test may change. */
export const deskOf = (store: Store, smtp: SmtpServer, own: Partial<Desk> = {}): Desk => ({
  store,
  publications: { weekly },
  rules,
  dkimKey: null,
  smtp,
  timeouts: patient,
  owner: "test",
  now: () => written,
  ...own,
});
