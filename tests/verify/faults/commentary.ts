import {
  edited,
  type Fault,
  inPages,
  misprinted,
  rehashed,
  reprinted,
  rewritten,
  swap,
  textOf,
  withFile,
} from "#tests/verify/plant.ts";

/** The element of a commentary. */
const element = (name: string): RegExp =>
  new RegExp(`<aside [^>]*data-commentary="${name}">[\\s\\S]*?</aside>\\n`, "u");

/** A change of the element of a commentary. */
const inElement = (name: string, change: (markup: string) => string) => (html: string) =>
  rewritten(html, (whole) => whole.replace(element(name), (markup) => rewritten(markup, change)));

/** A commentary taken out and put right before another place. */
const moved = (name: string, before: string | RegExp) => (html: string) => {
  const [markup = ""] = element(name).exec(html) ?? [];
  const without = rewritten(html, (whole) => whole.replace(markup, () => ""));
  return rewritten(without, (whole) => whole.replace(before, (found) => markup + found));
};

/** The same change on both pages and in both prints. */
async function everywhere(issue: Parameters<Fault["plant"]>[0], change: (html: string) => string) {
  return reprinted(issue, "zh-CN", change, await reprinted(issue, "en", change));
}

export const commentaryFaults: readonly Fault[] = [
  {
    name: "a person's words moved into a sentence",
    check: "commentary",
    // A narrow cell spreads its Chinese over the line.
    may: ["extraction"],
    plant: (issue) =>
      everywhere(issue, moved("headline.1", /(?<=<dt><span data-say="page\.name">[^\n]*?)<\/span><\/dt>/u)),
  },
  {
    name: "a person's words in one edition only",
    check: "commentary",
    plant: (issue) => reprinted(issue, "zh-CN", swap(element("flows.2"), "")),
  },
  {
    name: "a word of a person's words changed after the manifest was made",
    check: "commentary",
    also: ["digits"],
    plant: (issue) =>
      reprinted(issue, "en", inElement("flows.2", swap("the other way round", "the same way"))),
  },
  {
    name: "a number of a person's words changed on the page and in facts.json",
    check: "commentary",
    also: ["digits"],
    plant: async (issue) =>
      edited(
        await reprinted(issue, "en", inElement("flows.2", swap("7 of 10", "8 of 10"))),
        "facts.json",
        swap("7 of 10", "8 of 10"),
      ),
  },
  {
    name: "words that nobody has said, in the dress of a person's",
    check: "commentary",
    also: ["digits"],
    plant: (issue) =>
      everywhere(
        issue,
        swap(
          /(?=<\/section>\s*<section class="sec" id="regime">)/u,
          '<aside class="said" data-commentary="pair.1"><blockquote><p>98.7</p></blockquote></aside>',
        ),
      ),
  },
  {
    name: "a quotation that is not marked",
    check: "commentary",
    also: ["digits"],
    plant: (issue) => everywhere(issue, swap("</main>", "<blockquote><p>98.7</p></blockquote></main>")),
  },
  {
    name: "a digit beside a person's words",
    check: "digits",
    plant: (issue) => everywhere(issue, swap(/(?=<aside [^>]*data-commentary="flows\.1")/u, "<p>16</p>\n")),
  },
  {
    name: "words that are said twice",
    check: "commentary",
    plant: (issue) => everywhere(issue, (html) => html.replace(element("flows.2"), "$&$&")),
  },
  {
    name: "words on another section than their own",
    check: "commentary",
    plant: (issue) => everywhere(issue, moved("flows.2", /<\/section>\s*<section class="sec" id="regime">/u)),
  },
  {
    name: "two speakers who change places",
    check: "commentary",
    plant: (issue) => everywhere(issue, moved("flows.2", /<aside [^>]*data-commentary="flows\.1"/u)),
  },
  {
    name: "figures that follow what a person says on them",
    check: "commentary",
    plant: (issue) => everywhere(issue, moved("flows.1", /<div class="halves">/u)),
  },
  {
    name: "another speaker in facts.json than on the page",
    check: "commentary",
    plant: ({ files }) => edited(files, "facts.json", swap('"en": "Bo Chen"', '"en": "Ann Lee"')),
  },
  {
    name: "another day in facts.json than on the page",
    check: "commentary",
    plant: ({ files }) => edited(files, "facts.json", swap('"date": "2026-02-11"', '"date": "2026-02-12"')),
  },
  {
    name: "words of which facts.json knows nothing",
    check: "commentary",
    plant: ({ files }) => {
      const facts = JSON.parse(textOf(files, "facts.json")) as { commentary?: unknown };
      delete facts.commentary;
      return withFile(files, "facts.json", JSON.stringify(facts));
    },
  },
  {
    name: "words of which the manifest knows nothing",
    check: "commentary",
    also: ["digits"],
    plant: ({ files }) =>
      rehashed(files, (manifest) => delete (manifest.commentary as Record<string, unknown>)["flows.2.en.md"]),
  },
  {
    name: "a print in which a person's words are no quotation",
    check: "commentary",
    plant: (issue) =>
      misprinted(issue, "en", (html) =>
        html.replace(/<blockquote>([\s\S]*?)<\/blockquote>/u, "<div>$1</div>"),
      ),
  },
  {
    name: "a person's words that the print leaves out",
    check: "commentary",
    also: ["digits"],
    plant: ({ files }) => inPages(files, inElement("flows.2", swap("<p>", '<p data-screen="">'))),
    may: ["links", "untranslated"],
  },
  {
    name: "a link of a person's words that tells where its reader comes from",
    check: "no-request",
    also: ["commentary", "digits", "untranslated"],
    plant: ({ files }) =>
      inPages(files, inElement("flows.1", swap(' rel="noopener noreferrer nofollow"', ""))),
  },
];
