import { edited, type Fault, restyled, swap } from "#tests/verify/plant.ts";

/** A fault in the links of the English page. */
const inLinks = (name: string, change: (html: string) => string, also: readonly string[] = []): Fault => ({
  name,
  check: "links",
  also,
  plant: ({ files }) => edited(files, "en.html", change),
});

export const linkFaults: readonly Fault[] = [
  inLinks("a link to a section that the other edition has not", swap("zh-CN.html#flows", "zh-CN.html#flow")),
  inLinks("a link to an edition that is not there", swap('href="zh-CN.html"', 'href="zh-TW.html"')),
  inLinks("a link to a print that is not there", swap('href="en.pdf"', 'href="en.brief.pdf"')),
  inLinks("a link that names another language", swap('hreflang="zh-CN"', 'hreflang="en"')),
  inLinks("a link in the language of the page", swap(/(?<=<a class="here"[^>]*>)中文(?=<\/a>)/u, "Chinese"), [
    "glyphs",
  ]),
  inLinks(
    "words that are hidden from print and are no link",
    swap("</main>", '<p data-screen="">Hidden words</p></main>'),
  ),
  inLinks(
    "a style that prints what is for screens",
    restyled((css) => css.replace("[data-screen] { display: none; }", "")),
  ),
  {
    name: "a link with a number in it",
    check: "links",
    plant: ({ files }) =>
      edited(files, "zh-CN.html", swap(/(?<=<a [^>]*hreflang="en">)English/u, "English 3")),
  },
];
