import { createHash } from "node:crypto";
import { percentileBar, sparkline } from "#src/charts/sparkline.ts";
import type { ChartSpec } from "#src/domain/figure.ts";
import type { Locale } from "#src/domain/locale.ts";
import type { Say } from "#src/domain/say.ts";
import type { Table } from "#src/domain/table.ts";
import { type SetCommentary, setCommentary, standsBeside } from "#src/render/commentary.ts";
import {
  type Desk,
  deskOf,
  drawFigure,
  type EditionInput,
  helpersOf,
  mastheadOf,
  wordsOf,
} from "#src/render/desk.ts";
import { guestFaceOf } from "#src/render/faces.ts";
import { firstRoom } from "#src/render/page-one.ts";
import type { Composed } from "#src/sections/compose.ts";
import type { KeyNumber } from "#src/sections/headline.ts";
import { type Section, say } from "#src/sections/section.ts";

/** One language of an issue, all but its fonts: the same body is stored with WOFF and printed with TrueType. */
export interface Edition {
  readonly locale: Locale;
  readonly title: string;
  /** Every character that the page shows, running heads and page numbers included. */
  readonly characters: string;
  /** Characters of links that name another language and are in a face of their own. */
  readonly guests: string;
  /** What people say on the page. */
  readonly commentary: readonly SetCommentary[];
  /** The whole page with these fonts. */
  html(fontCss: string): string;
}

/** Sets one edition: charts first, then sections, then the page. */
export async function setEdition(input: EditionInput, desk = deskOf(input)): Promise<Edition> {
  const { workspace, publication, templates, locale } = input;
  const { translate, set } = desk;
  const helpers = helpersOf(desk);
  const commentary = setCommentary(desk, helpers);
  const sections = await setSections(desk, helpers, commentary);
  const head = set.plain(
    translate(
      say("page.title", {
        brand: { name: workspace.brand.name },
        publication: { name: publication.title },
        date: { fact: "issue.date", full: true },
      }),
    ),
  );
  const model = (fontCss: string) => {
    const style = `${fontCss}\n${pageRule(desk)}\n${templates.style}${guestRule(input)}`;
    return {
      locale,
      sections,
      style,
      title: head,
      simulated: workspace.simulated,
      others: othersOf(input),
      scheme: publication.colours[locale],
      csp: `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; font-src data:; base-uri 'none'; form-action 'none'`,
      page: { responsible: say("page.responsible", { name: { name: workspace.brand.responsible } }) },
    };
  };
  const bare = templates.run("issue", model(""), helpers);
  const guest = guestFaceOf(locale);
  return {
    locale,
    title: head,
    commentary,
    characters: charactersOf(guest === null ? bare : bare.replace(linkText, ""), pageRule(desk)),
    guests: guest === null ? "" : [...bare.matchAll(linkText)].map(([, text]) => text).join(""),
    html: (fontCss) => templates.run("issue", model(fontCss), helpers),
  };
}

/** Sets links in the language that they lead to, where that needs a face of its own. */
function guestRule({ locale, languages }: EditionInput): string {
  const guest = guestFaceOf(locale);
  if (guest === null || languages.every((other) => other === locale)) return "";
  return `\n@media screen { [hreflang]:not(:lang(${locale})) { font-family: "${guest.family}"; } }`;
}

/** The other languages of the issue, each named in its own words. */
const othersOf = ({ languages, locale, messages }: EditionInput) =>
  languages
    .filter((other) => other !== locale)
    .map((other) => {
      const translate = messages.translator(other);
      return {
        locale: other,
        name: translate(say("page.language", {})),
        here: translate(say("page.here", {})),
      };
    });

/** A link in the language that it leads to. */
const linkText = /(?<=<a [^>]*hreflang="[^"]*"[^>]*>)([^<]*)(?=<\/a>)/gu;

/** The characters between tags, and those of the running heads; pages and items of lists are numbered by the browser. */
export function charactersOf(html: string, heads = ""): string {
  const text = html.replace(/<style>[\s\S]*?<\/style>/g, "").replace(/<[^>]*>/g, "");
  const plain = text.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[name] ?? "",
  );
  return [...new Set(`${plain}${heads}0123456789.`.replace(/\s/g, " "))].sort().join("");
}

/** Running heads and page numbers as margin boxes; strings come from the edition, quoted for CSS. */
function pageRule({ input, translate, set }: Desk): string {
  const { workspace, publication, locale } = input;
  const text = (key: string, places: Say["places"] = {}) => cssString(set.plain(translate(say(key, places))));
  const sans = locale === "en" ? "Source Sans 3" : "Noto Sans SC";
  const week = text("masthead.week", { date: { fact: "issue.week", full: true } });
  const foot = text(workspace.simulated ? "page.foot.simulated" : "page.foot.plain", {
    brand: { name: workspace.brand.name },
    publication: { name: publication.title },
  });
  const font = (size: string, colour: string) => `font: 400 ${size} "${sans}"; color: ${colour};`;
  return `@page { size: A4; margin: 15mm 18mm 13mm;
@top-left { content: ${cssString(workspace.brand.name[locale])}; font: 600 7.8pt "${sans}"; color: #0f3d5c; vertical-align: middle; }
@top-right { content: ${week}; ${font("7.8pt", "#43505c")} vertical-align: middle; }
@bottom-left { content: ${foot}; ${font("7pt", "#66727e")} }
@bottom-right { content: counter(page); ${font("7pt", "#66727e")} } }
@page :first { margin-top: 12mm; @top-left { content: none; } @top-right { content: none; } }`;
}

const cssString = (text: string): string =>
  `"${text.replace(/[\\"\n\r\f<>]/g, (c) => `\\${c.codePointAt(0)?.toString(16)} `)}"`;

async function setSections(
  desk: Desk,
  helpers: ReturnType<typeof helpersOf>,
  commentary: readonly SetCommentary[],
): Promise<string[]> {
  const { composed, workspace, locale, templates } = desk.input;
  let number = 0;
  const out: string[] = [];
  for (const section of composed.sections) {
    const numbers = new Map(inPageOrder(section).map(({ id }) => [id, ++number]));
    const numbered = <T extends { readonly id: string }>(each: T) => ({
      ...each,
      number: numbers.get(each.id) ?? 0,
    });
    const figures = [];
    for (const figure of section.figures)
      figures.push({ ...numbered(figure), svg: await drawFigure(desk, figure) });
    const tables = section.tables.map(numbered);
    const data = {
      section,
      others: othersOf(desk.input),
      figures,
      tables: await Promise.all(tables.map((table) => setTable(desk, table))),
      commentary: commentary.filter((each) => each.section === section.name).map(({ html }) => html),
      kicker: `${section.name}.kicker`,
      simulated: workspace.simulated,
      locale,
      ...(section.name === "headline" ? await firstPage(desk, section) : {}),
      brand: { name: workspace.brand.name, latin: locale === "en" ? null : workspace.brand.name.en },
      masthead: mastheadOf(desk),
    };
    out.push(templates.run(`sections/${section.name}`, data, helpers));
  }
  return out;
}

/** Figures and tables as they follow one another on the page: what stands beside the words first. */
const inPageOrder = ({ figures, tables }: Section): readonly { readonly id: string }[] => [
  ...sized(figures, "beside"),
  ...sized(figures, "wide"),
  ...sized(tables, "half"),
  ...sized(tables, "wide"),
];

const sized = (all: readonly { readonly id: string; readonly size: string }[], size: string) =>
  all.filter((each) => each.size === size);

/** Percentile cells are drawn before the template runs: drawing is asynchronous, templates are not. */
async function setTable(desk: Desk, table: Table & { readonly number: number }) {
  const bars = new Map<string, string>();
  for (const cell of table.rows.flatMap((row) => row.cells)) {
    if (cell !== null && "percentile" in cell)
      bars.set(cell.percentile, await drawBar(desk, cell.percentile));
  }
  return { ...table, bars };
}

const factValue = ({ facts }: Desk, id: string): number | null => {
  const value = facts.get(id)?.value;
  return typeof value === "number" ? value : null;
};

/** Draws a picture of numbers that stand beside it: nothing for those who do not see it. */
async function drawBeside(desk: Desk, spec: ChartSpec, prefix: string): Promise<string> {
  return (await desk.draw(spec, prefix)).replace("<svg ", '<svg aria-hidden="true" ');
}

function drawBar(desk: Desk, id: string, widthMm = 23): Promise<string> {
  const spec = percentileBar({ percentile: factValue(desk, id), widthMm }, wordsOf(desk));
  return drawBeside(desk, spec, id.replaceAll(".", "-"));
}

/** The bar of a key number leaves room for its percentile in a cell of 29 mm. */
const stripBarMm = 17;

async function firstPage(desk: Desk, section: Section) {
  const { composed, publication, locale } = desk.input;
  const said = composed.commentary.filter(({ section }) => section === "headline");
  const editions = desk.input.languages.map((other) => deskOf({ ...desk.input, locale: other }));
  const room = firstRoom(editions.map((each) => [each.input.locale, firstWords(each, section)]));
  const words = wordsOf(desk);
  const cell = async (number: KeyNumber) => ({
    name: number.day
      ? say("headline.strip.dated", { name: { name: number.name }, date: { fact: number.day.id } })
      : say("page.name", { name: { name: number.name } }),
    value: number.value.id,
    change: number.change.id,
    percentile: number.percentile.id,
    state: number.change.state,
    coloured: number.coloured,
    spark: await drawBeside(
      desk,
      sparkline({ values: number.spark, previous: number.spark.at(-2) ?? null }, words),
      `spark-${number.id}`,
    ),
    bar: await drawBar(desk, number.percentile.id, stripBarMm),
  });
  // What people say on page one takes the room of its contents, and so do many words.
  const contents = said.length > 0 || room !== "contents" ? [] : contentsOf(composed);
  return {
    keyNumbers: await Promise.all(composed.keyNumbers.map(cell)),
    pairBase: baseOf(composed.keyNumbers),
    changes: composed.changes,
    convention: `page.convention.${publication.colours[locale]}`,
    isLong: !standsBeside(said, locale) || room === "none",
    contents,
    isTerse: contents.length > claimsOfContents,
  };
}

/** The words of page one, in this language. */
function firstWords({ translate, set, input }: Desk, { claim, standfirst, words, gaps }: Section) {
  const plain = (message: Say) => set.plain(translate(message));
  const joined = input.locale === "en" ? " " : "";
  return {
    claim: plain(claim),
    standfirst: standfirst === null ? "" : plain(standfirst),
    paragraphs: [...words, ...gaps.map((gap) => [gap])].map((sentences) => sentences.map(plain).join(joined)),
  };
}

/** Of more sections than these the contents on page one are names without claims. */
const claimsOfContents = 7;

const contentsOf = (composed: Composed) =>
  composed.sections
    // The block of changes leads to its own section.
    .filter(({ name }) => name !== "headline" && (name !== "changes" || composed.changes === null))
    .map((section: Section) => ({
      name: section.name,
      kicker: `${section.name}.kicker`,
      claim: section.claim,
    }));

/** When the pairs of the strip were 100. */
function baseOf(numbers: readonly KeyNumber[]): Say | null {
  const base = numbers.find((number) => number.base !== null)?.base;
  return base ? say("headline.strip.pair", { base: { fact: base.id, full: true } }) : null;
}
