import { PDFString } from "@cantoo/pdf-lib";
import { withAction } from "#tests/verify/pdf-objects.ts";
import { edited, type Fault, repaired, restyled, swap } from "#tests/verify/plant.ts";

/** A fault of the English page's markup that no reader of its text would see. */
const inMarkup = (name: string, change: (html: string) => string): Fault => ({
  name,
  check: "no-request",
  plant: ({ files }) => edited(files, "en.html", change),
});
const before = (tag: string, markup: string) => swap(tag, `${markup}${tag}`);

export const pageFaults: readonly Fault[] = [
  inMarkup("an image from elsewhere", before("</main>", '<img src="https://example.com/a.png" alt="">')),
  inMarkup("an image beside the file", before("</main>", '<img src="a.png" alt="">')),
  inMarkup("an image in several sizes", before("</main>", '<img srcset="a.png 2x" alt="">')),
  inMarkup(
    "a style sheet from elsewhere",
    before("</head>", '<link rel="stylesheet" href="data:text/css,p%7B%7D">'),
  ),
  inMarkup("a page in the page", before("</main>", '<iframe src="data:text/html,x"></iframe>')),
  inMarkup("an object", before("</main>", '<object data="data:image/png;base64,AA=="></object>')),
  inMarkup("a form", before("</main>", "<form></form>")),
  inMarkup("a link that leads away", swap(/href="#/u, 'href="https://example.com/#')),
  inMarkup("a link that runs a script", swap(/href="#[^"]*"/u, 'href="javascript:alert()"')),
  inMarkup("a link to nowhere on the page", swap(/href="#[^"]*"/u, 'href="#nowhere"')),
  inMarkup("a link to a page of its own", swap(/href="#[^"]*"/u, 'href="data:text/html,x"')),
  inMarkup("another base for links", before("</head>", '<base href="#">')),
  inMarkup("a page that turns to another", before("</head>", '<meta http-equiv="refresh" content="9">')),
  inMarkup("a style attribute", swap("<main>", '<main style="color:red">')),
  inMarkup("an event handler", swap("<main>", '<main onclick="x()">')),
  inMarkup(
    "a drawing filled from elsewhere",
    swap(/fill="#[^"]*"/u, 'fill="url(https://example.com/a.svg#b)"'),
  ),
  inMarkup("a script that the policy does not name", before("</head>", "<script>1</script>")),
  inMarkup("a second style", before("</head>", "<style>p { margin: 0; }</style>")),
  inMarkup("a style whose hash is another", swap("</style>", " </style>")),
  inMarkup("no policy", swap(/<meta http-equiv="Content-Security-Policy"[^>]*>/u, "")),
  inMarkup("a policy that allows a host", swap("font-src data:", "font-src data: https://example.com")),
  inMarkup(
    "a policy that allows what it does not name",
    swap("default-src &#x27;none&#x27;", "img-src data:"),
  ),
  inMarkup(
    "a font from elsewhere",
    restyled((css) => `${css}\np { background: url("https://example.com/a.png"); }`),
  ),
  inMarkup(
    "an import",
    restyled((css) => `@import "a.css";\n${css}`),
  ),
  ...Object.entries({
    "a web address": { S: "URI", URI: PDFString.of("https://example.com/") },
    "a script": { S: "JavaScript", JS: PDFString.of("app.alert()") },
    "a program": { S: "Launch", F: PDFString.of("a.exe") },
    "another document": { S: "GoToR", F: PDFString.of("a.pdf") },
  }).map(([what, action]) => ({
    name: `a link of the PDF to ${what}`,
    check: "no-request",
    plant: (issue: Parameters<Fault["plant"]>[0]) => repaired(issue, "zh-CN", withAction(action)),
  })),
  {
    name: "a file inside the PDF",
    check: "no-request",
    plant: (issue) => repaired(issue, "en", (document) => document.attach(new Uint8Array(9), "a.txt")),
  },
  {
    name: "a script that runs when the PDF is opened",
    check: "no-request",
    plant: (issue) => repaired(issue, "en", (document) => document.addJavaScript("a", "app.alert()")),
  },
];
