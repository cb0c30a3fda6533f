import type { Locale } from "#src/domain/locale.ts";
import type { Files } from "#tests/verify/finished-issue.ts";
import { edited, type Fault, swap, textOf, withFile } from "#tests/verify/plant.ts";

/** A fault of one mail's HTML. */
const inMail = (
  name: string,
  check: string,
  change: (html: string) => string,
  others: Pick<Fault, "also" | "may"> = {},
): Fault => ({ name, check, ...others, plant: ({ files }) => edited(files, "en.mail.html", change) });

const inText = (name: string, check: string, change: (text: string) => string): Fault => ({
  name,
  check,
  plant: ({ files }) => edited(files, "en.mail.txt", change),
});

const ofFile = (name: string, file: string, bytes: (files: Files) => Uint8Array | string | null): Fault => ({
  name,
  check: "mail-files",
  plant: ({ files }) => withFile(files, file, bytes(files)),
});

/** An issue whose mail in a language shows no picture. */
export const withoutPicture = (files: Files, locale: Locale): Files =>
  withFile(edited(files, `${locale}.mail.html`, swap(/<img[^>]*>/u, "")), `${locale}.mail.png`, null);

/** The first key number: its value stands in the cell after its name. */
const valueCell = /(<data [^>]*value=")([^"]*)("[^>]*data-fact="headline\.USLC\.value")/u;
const signedChange = /(data-fact="headline\.KRIX\.change\.week"[^>]*>)\+/u;
const paragraph = (html: string) => swap("</h1>", `</h1><p>${html}</p>`);
const image = (attributes: string) => swap("</h1>", `</h1><img ${attributes}>`);

export const mailFaults: readonly Fault[] = [
  inMail("a number that the edition lacks", "mail-facts", (html) => html.replace(valueCell, "$14918.8$3")),
  inMail(
    "a fact of nowhere",
    "mail-facts",
    paragraph('<data value="1" data-fact="levels.X" data-style="plain">–</data>'),
  ),
  inMail("a sign turned round", "mail-facts", (html) => html.replace(signedChange, "$1−"), {
    may: ["mail-words"],
  }),
  inMail("a triangle turned round", "mail-facts", swap('class="tri"', 'class="tri d"')),
  inMail("a mail that lacks a row", "mail-facts", swap(/<tr>\s*<th scope="row"[\s\S]*?<\/tr>/u, ""), {
    may: ["mail-words"],
  }),
  inText("a text part without a key number", "mail-facts", swap(/^- Sim Japan: .*\n/mu, "")),
  inMail("a digit of no fact", "mail-words", paragraph("Target 5,200")),
  inMail("a digit of no fact in the subject", "mail-words", swap("</title>", " 5200</title>")),
  inMail("a subject that does not say simulated", "mail-words", swap("<title>Simulated: ", "<title>")),
  inMail("no subject", "mail-words", swap(/<title>[^<]*/u, "<title>")),
  inMail("Chinese in the English mail", "mail-words", paragraph("市场")),
  inMail("a place that was not filled", "mail-words", paragraph("{{name}}")),
  inMail("another language", "mail-words", swap('<html lang="en"', '<html lang="fr"')),
  inMail("a picture told otherwise", "mail-words", swap(/alt="[^"]*"/u, 'alt="Bar chart."')),
  inText(
    "a digit of no fact in the text part",
    "mail-words",
    swap("Key numbers", "Key numbers, target 5,200"),
  ),
  inText("Chinese in the English text part", "mail-words", swap("Key numbers", "关键数据")),
  ofFile(
    "a mail that is cut off",
    "en.mail.html",
    (files) => `${textOf(files, "en.mail.html")}<!--${" ".repeat(100_000)}-->`,
  ),
  { ...ofFile("no text part", "zh-CN.mail.txt", () => null), also: ["mail-facts"] },
  ofFile("no picture for the one that is shown", "en.mail.png", () => null),
  ofFile("a picture that is none", "en.mail.png", () => "GIF89a"),
  ofFile("a picture of 200 kB", "en.mail.png", (files) =>
    Buffer.concat([files.get("en.mail.png") ?? new Uint8Array(), Buffer.alloc(200_000)]),
  ),
  inMail("a counted opening", "mail-files", image('src="https://example.com/open.gif" alt=""'), {
    also: ["mail-words"],
  }),
  inMail(
    "a background from the web",
    "mail-files",
    swap("<h1 ", '<h1 background="https://example.com/b.png" '),
  ),
  inMail(
    "a style that fetches",
    "mail-files",
    swap("<style>", "<style>@import 'https://example.com/a.css';"),
  ),
  inMail("a script", "mail-files", paragraph("<script>0</script>")),
  inMail("a link that is none of the web", "mail-files", paragraph('<a href="javascript:void">x</a>')),
];
