import { PDFDict } from "@cantoo/pdf-lib";
import { key } from "#tests/verify/pdf-objects.ts";
import {
  edited,
  type Fault,
  inPages,
  misprinted,
  overwritten,
  repaired,
  reprinted,
  restyled,
  swap,
} from "#tests/verify/plant.ts";

export const structureFaults: readonly Fault[] = [
  {
    name: "the title of the other language",
    check: "pdf-structure",
    plant: (issue) => repaired(issue, "en", (document) => document.setTitle("潮线：市场周报")),
  },
  {
    name: "tags stripped",
    check: "pdf-structure",
    also: ["commentary"],
    plant: (issue) => overwritten(issue, "zh-CN", /\/StructTreeRoot(?= \d+ 0 R)/u, "/StructTreeRoox"),
  },
  {
    name: "tags cut off from their root",
    check: "pdf-structure",
    also: ["commentary"],
    plant: (issue) =>
      repaired(issue, "zh-CN", ({ catalog }) =>
        catalog.lookup(key("StructTreeRoot"), PDFDict).delete(key("K")),
      ),
  },
  {
    name: "a document that does not say it is tagged",
    check: "pdf-structure",
    plant: (issue) => overwritten(issue, "en", "/Marked true", "/Marked null"),
  },
  {
    name: "the other language",
    check: "pdf-structure",
    plant: (issue) =>
      overwritten(
        issue,
        "en",
        "/DisplayDocTitle true\n>>\n/Lang (en)",
        "/DisplayDocTitle true\n>>\n/Lang (zh)",
      ),
  },
  {
    name: "a passage in a language that the page does not speak",
    check: "pdf-structure",
    plant: (issue) => overwritten(issue, "en", "/Lang (en)", "/Lang (fr)"),
  },
  {
    name: "the file's name in place of the title",
    check: "pdf-structure",
    plant: (issue) => overwritten(issue, "en", "/DisplayDocTitle true", "/DisplayDocTitle null"),
  },
  {
    name: "no outline",
    check: "pdf-structure",
    plant: (issue) => overwritten(issue, "zh-CN", /\/Outlines(?= \d+ 0 R)/u, "/Outlinex"),
  },
  {
    name: "a second first heading",
    check: "pdf-structure",
    plant: ({ files }) =>
      edited(files, "en.html", (html) => html.replace(/<h2>([\s\S]*?)<\/h2>/u, "<h1>$1</h1>")),
  },
  {
    name: "a section whose heading is none",
    check: "pdf-structure",
    plant: (issue) => misprinted(issue, "en", (html) => html.replace(/<h2>([\s\S]*?)<\/h2>/u, "<p>$1</p>")),
  },
  {
    name: "a masthead that is painted after the page",
    check: "pdf-structure",
    plant: (issue) =>
      reprinted(
        issue,
        "en",
        restyled((css) => `${css}\n.mast { position: relative; }`),
      ),
  },
  {
    name: "a masthead that does not say as of when",
    check: "pdf-structure",
    plant: ({ files }) =>
      inPages(files, swap(/<span data-say="masthead\.known">[\s\S]*?<\/time>[\s\S]*?<\/span>/u, "")),
  },
  {
    name: "a picture without its text",
    check: "pdf-structure",
    plant: (issue) => overwritten(issue, "zh-CN", "/Alt ", "/Alx "),
  },
  {
    name: "a page of another size",
    check: "pdf-structure",
    plant: (issue) => repaired(issue, "en", (document) => document.getPage(1).setSize(612, 842)),
  },
  {
    name: "an edition two pages longer than the other",
    check: "pdf-structure",
    also: ["extraction"],
    plant: (issue) =>
      repaired(issue, "en", (document) => {
        document.addPage([595.28, 841.89]);
        document.addPage([595.28, 841.89]);
      }),
  },
];
