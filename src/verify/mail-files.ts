import type { Locale } from "#src/domain/locale.ts";
import { figureCid } from "#src/domain/mail.ts";
import { quote, type Slip, slip } from "#src/verify/finding.ts";
import { type Issue, mailName } from "#src/verify/issue.ts";
import { inEachMail } from "#src/verify/mailed.ts";
import { addresses, elementSlips, outsideUrl, styleSlips } from "#src/verify/no-request.ts";
import type { Item } from "#src/verify/page.ts";

/** Largest parts, in bytes: Gmail cuts the HTML of a mail off at 102 kB. */
const limits = { html: 100_000, txt: 100_000, png: 150_000 } as const;

/**
 * `mail-files`: each edition of a mailed issue has both parts of its mail, and a picture where the HTML shows one, none larger than mail
 * programs take; the HTML asks for nothing but that picture and leads nowhere but to the web; the picture is a PNG.
 */
export const mailFiles = (issue: Issue): Promise<readonly Slip[]> =>
  inEachMail(issue, [
    (locale) => within(issue, locale, "html"),
    (locale) => within(issue, locale, "txt"),
    (locale) => picture(issue, locale),
    (locale) => issue.mail(locale).items.flatMap(itemSlips),
  ]);

function within({ files }: Issue, locale: Locale, type: keyof typeof limits): readonly Slip[] {
  const name = mailName(locale, type);
  const bytes = files.get(name)?.length;
  if (bytes === undefined) return [slip(name, "no such file", "one, since the issue is mailed")];
  return bytes > 0 && bytes <= limits[type]
    ? []
    : [slip(name, `${bytes.toLocaleString("en")} bytes`, `1 to ${limits[type].toLocaleString("en")}`)];
}

/** The signature of a PNG, and its first chunk. */
const head = /^89504e470d0a1a0a0000000d49484452/u;

function picture(issue: Issue, locale: Locale): readonly Slip[] {
  const name = mailName(locale, "png");
  const isShown = issue
    .mail(locale)
    .items.some(({ attributes }) => attributes.get("src") === `cid:${figureCid}`);
  const bytes = issue.files.get(name);
  if (bytes === undefined && !isShown) return [];
  if (!isShown) return [slip(name, "a picture that the HTML does not show", "none")];
  const isPng = bytes === undefined || head.test(Buffer.from(bytes.subarray(0, 16)).toString("hex"));
  return [...within(issue, locale, "png"), ...(isPng ? [] : [slip(name, "another format", "a PNG")])];
}

const itemSlips = (item: Item): readonly Slip[] => [
  ...elementSlips(item),
  ...(item.tag === "script" ? [slip(item.where, "<script>", "none")] : []),
  ...(item.tag === "style" ? styleSlips(item.text, item.where) : []),
  ...[...item.attributes].flatMap(([name, value]) => {
    const wrong = attributeFault(item.tag, name, value.trim());
    return wrong === null ? [] : [slip(`${item.where} <${item.tag}>`, `${name}=${quote(value)}`, wrong)];
  }),
];

/** What is expected in the place of an attribute that must not be; `null` where it may. */
function attributeFault(tag: string, name: string, value: string): string | null {
  if (/^on/u.test(name)) return "no event handler";
  if (/srcset$|^srcdoc$/u.test(name)) return `no ${name}`;
  if (tag === "a" && name === "href")
    return /^(?:https?|mailto):/iu.test(value) ? null : "an address of the web";
  if (tag === "img" && name === "src") return value === `cid:${figureCid}` ? null : `cid:${figureCid}`;
  return addresses.has(name) ? "no address" : outsideUrl(value);
}
