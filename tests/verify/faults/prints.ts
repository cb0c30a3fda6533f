import { StandardFonts } from "@cantoo/pdf-lib";
import { drawNotdef } from "#tests/verify/pdf-objects.ts";
import {
  edited,
  type Fault,
  misprinted,
  overwritten,
  repaired,
  reprinted,
  restyled,
  swap,
  withParagraph,
} from "#tests/verify/plant.ts";

const addRule = (rule: string) => restyled((css) => `${css}\n${rule}`);

/** A fault of the stored English page's style that its print has not. */
const inStoredStyle = (name: string, change: (css: string) => string): Fault => ({
  name,
  check: "glyphs",
  plant: ({ files }) => edited(files, "en.html", restyled(change)),
});

const glyphFaults: readonly Fault[] = [
  {
    name: "a page printed with a character that no face of it has",
    check: "glyphs",
    plant: (issue) => reprinted(issue, "en", withParagraph("Ω")),
  },
  {
    name: "a wide space that the subset lacks",
    check: "glyphs",
    plant: (issue) => reprinted(issue, "en", withParagraph("It\u2003is.")),
  },
  {
    name: "text set in a family that the machine happens to have",
    check: "glyphs",
    plant: (issue) => reprinted(issue, "en", addRule(":root h2 { font-family: serif; }")),
  },
  {
    name: "stroked text, which is printed as Type 3",
    check: "glyphs",
    may: ["extraction"],
    plant: (issue) => reprinted(issue, "en", addRule(":root footer p { -webkit-text-stroke: .4pt red; }")),
  },
  {
    name: "the box of a missing character",
    check: "glyphs",
    plant: (issue) => repaired(issue, "zh-CN", drawNotdef),
  },
  {
    name: "a font of the reader's machine",
    check: "glyphs",
    plant: (issue) =>
      repaired(issue, "en", (document) => document.embedStandardFont(StandardFonts.Helvetica)),
  },
  {
    name: "a font whose file is gone",
    check: "glyphs",
    plant: (issue) => overwritten(issue, "en", "/FontFile2", "/FontFileX"),
  },
  {
    name: "a font of another kind",
    check: "glyphs",
    plant: (issue) => overwritten(issue, "zh-CN", "/CIDFontType2", "/CIDFontType0"),
  },
  {
    name: "a stored page whose fonts lack a character of it",
    check: "glyphs",
    also: ["extraction"],
    plant: ({ files }) => edited(files, "zh-CN.html", withParagraph("龘")),
  },
  {
    name: "a stored page without its fonts",
    check: "glyphs",
    plant: ({ files }) =>
      edited(
        files,
        "en.html",
        restyled((css) => css.replace(/@font-face\{[^}]*\}\s*/gu, "")),
      ),
  },
  inStoredStyle("a stored page without its serif", (css) =>
    css.replace(/@font-face\{font-family:"Source Serif 4"[^}]*\}\s*/gu, ""),
  ),
  inStoredStyle(
    "a stored page without the bold of its sans",
    swap(/@font-face\{[^}]*Sans 3";font-weight:600[^}]*\}/u, ""),
  ),
  inStoredStyle("a stored page with a face twice", (css) => css.replace(/@font-face\{[^}]*\}/u, "$&$&")),
  inStoredStyle(
    "headings in a family that the page does not bring",
    swap('--serif: "Source Serif 4"', '--serif: "Nowhere"'),
  ),
  inStoredStyle("headings in a family that is not said", swap('--serif: "Source Serif 4"; ', "")),
  inStoredStyle("running heads in another family", swap(/(?<=@top-left \{[^}]*)"Source Sans 3"/u, "Nowhere")),
  {
    name: "a chart in a family that the page does not bring",
    check: "glyphs",
    plant: ({ files }) => edited(files, "zh-CN.html", swap(/font-family="[^"]*"/u, 'font-family="Nowhere"')),
  },
];

const extractionFaults: readonly Fault[] = [
  {
    name: "a sentence that the print lacks",
    check: "extraction",
    plant: (issue) => misprinted(issue, "zh-CN", swap(/<footer class="foot">[\s\S]*<\/footer>/u, "")),
  },
  {
    name: "a sentence that stands twice on the page and once in the print",
    check: "extraction",
    plant: (issue) => misprinted(issue, "en", swap(/<p><span data-say=[\s\S]*?<\/p>/u, "")),
  },
  {
    name: "text cut off at the edge of the paper",
    check: "extraction",
    // What is wider than the paper makes the whole edition smaller, and so perhaps two pages shorter than the other.
    may: ["pdf-structure"],
    plant: (issue) =>
      reprinted(issue, "en", addRule(":root footer p { white-space: nowrap; font-size: 24pt; }")),
  },
  {
    name: "numbers whose digits are drawn apart",
    check: "extraction",
    plant: (issue) => reprinted(issue, "en", addRule("p time { letter-spacing: .25em; }")),
  },
  {
    name: "a gap between Han and digits, which is read as a space",
    check: "extraction",
    plant: (issue) =>
      reprinted(
        issue,
        "zh-CN",
        addRule(":root .words * { text-autospace: normal !important; word-spacing: 0; }"),
      ),
  },
  {
    name: "Han spread out to fill a line",
    check: "extraction",
    plant: (issue) =>
      reprinted(
        issue,
        "zh-CN",
        addRule(":root .words p { text-align: justify !important; text-align-last: justify !important; }"),
      ),
  },
  {
    name: "a number that the end of a line parts",
    check: "extraction",
    may: ["pdf-structure"],
    plant: (issue) =>
      reprinted(
        issue,
        "zh-CN",
        addRule(
          ":root .words p { width: 5em; } :root .words p * { white-space: normal !important; word-break: break-all; }",
        ),
      ),
  },
  {
    name: "a running head that the print lacks",
    check: "extraction",
    plant: (issue) =>
      misprinted(
        issue,
        "en",
        restyled(swap(/@top-right\s*\{\s*content:\s*"[^"]*"/u, "@top-right { content: none")),
      ),
  },
  {
    name: "pages without numbers",
    check: "extraction",
    plant: (issue) => misprinted(issue, "en", restyled(swap("counter(page)", '""'))),
  },
];

export const printFaults: readonly Fault[] = [...glyphFaults, ...extractionFaults];
