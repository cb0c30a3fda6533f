import { createHash } from "node:crypto";
import handlebars from "handlebars";
import { percentileBar, sparkline } from "#src/charts/sparkline.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { ChartSpec, Figure } from "#src/domain/figure.ts";
import type { Locale, Localised } from "#src/domain/locale.ts";
import type { Say } from "#src/domain/say.ts";
import type { Cell, Table } from "#src/domain/table.ts";
import type { Publication, Workspace } from "#src/domain/workspace.ts";
import type { Messages, Translate } from "#src/locale/messages.ts";
import type { PrintStyle } from "#src/locale/tokens.ts";
import { chartSvg } from "#src/render/chart-svg.ts";
import { chartWords } from "#src/render/chart-words.ts";
import { guestFaceOf } from "#src/render/faces.ts";
import { escapeText, type Setter, setter } from "#src/render/markup.ts";
import type { Templates } from "#src/render/templates.ts";
import type { Composed } from "#src/sections/compose.ts";
import type { KeyNumber } from "#src/sections/headline.ts";
import { type Section, say } from "#src/sections/section.ts";

/** What an edition is set from. */
export interface EditionInput {
  readonly workspace: Workspace;
  readonly publication: Publication;
  readonly composed: Composed;
  readonly messages: Messages;
  readonly templates: Templates;
  readonly locale: Locale;
  /** Languages that the issue is made in: a page leads to the others. */
  readonly languages: readonly Locale[];
}

/** One language of an issue, all but its fonts: the same body is stored with WOFF and printed with TrueType. */
export interface Edition {
  readonly locale: Locale;
  readonly title: string;
  /** Every character that the page shows, running heads and page numbers included. */
  readonly characters: string;
  /** Characters of links that name another language and are in a face of their own. */
  readonly guests: string;
  /** The whole page with these fonts. */
  html(fontCss: string): string;
}

/** Everything that one edition needs at hand while its templates run. */
interface Desk {
  readonly input: EditionInput;
  readonly translate: Translate;
  readonly set: Setter;
  readonly draw: (spec: ChartSpec, prefix: string) => Promise<string>;
  readonly facts: ReadonlyMap<string, Fact>;
}

/** Sets one edition: charts first, then sections, then the page. */
export async function setEdition(input: EditionInput): Promise<Edition> {
  const { workspace, publication, composed, messages, templates, locale } = input;
  const facts = new Map(composed.facts.facts.map((fact) => [fact.id, fact]));
  const translate = messages.translator(locale);
  const set = setter(locale, (id) => {
    const fact = facts.get(id);
    if (fact === undefined) throw new RangeError(`no section entered the fact ${id}`);
    return fact;
  });
  const draw = async (spec: ChartSpec, prefix: string) =>
    set.svg((await chartSvg(spec, { locale, expand: set.plain, idPrefix: prefix })).svg);
  const desk: Desk = { input, translate, set, draw, facts };
  const helpers = helpersOf(desk);
  const sections = await setSections(desk, helpers);
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

/** The characters between tags, and those of the running heads; page numbers are counted by the browser. */
function charactersOf(html: string, heads: string): string {
  const text = html.replace(/<style>[\s\S]*?<\/style>/g, "").replace(/<[^>]*>/g, "");
  const plain = text.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[name] ?? "",
  );
  return [...new Set(`${plain}${heads}0123456789`.replace(/\s/g, " "))].sort().join("");
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
  return `@page { size: A4; margin: 18mm 18mm 16mm;
@top-left { content: ${cssString(workspace.brand.name[locale])}; font: 600 7.8pt "${sans}"; color: #0f3d5c; vertical-align: middle; }
@top-right { content: ${week}; ${font("7.8pt", "#43505c")} vertical-align: middle; }
@bottom-left { content: ${foot}; ${font("7pt", "#66727e")} }
@bottom-right { content: counter(page); ${font("7pt", "#66727e")} } }
@page :first { margin-top: 14mm; @top-left { content: none; } @top-right { content: none; } }`;
}

const cssString = (text: string): string =>
  `"${text.replace(/[\\"\n\r\f<>]/g, (c) => `\\${c.codePointAt(0)?.toString(16)} `)}"`;

async function setSections(desk: Desk, helpers: ReturnType<typeof helpersOf>): Promise<string[]> {
  const { composed, workspace, publication, locale, templates } = desk.input;
  let number = 0;
  const out: string[] = [];
  for (const section of composed.sections) {
    const figures = [];
    for (const figure of section.figures)
      figures.push({ ...figure, number: ++number, svg: await drawFigure(desk, figure) });
    const tables = section.tables.map((table) => ({ ...table, number: ++number }));
    const data = {
      section,
      others: othersOf(desk.input),
      figures,
      tables: await Promise.all(tables.map((table) => setTable(desk, table))),
      kicker: `${section.name}.kicker`,
      simulated: workspace.simulated,
      locale,
      ...(section.name === "headline" ? await firstPage(desk) : {}),
      brand: { name: workspace.brand.name, latin: locale === "en" ? null : workspace.brand.name.en },
      masthead: {
        title: desk.facts.has("issue.number")
          ? say("masthead.title-numbered", {
              publication: { name: publication.title },
              number: { fact: "issue.number" },
            })
          : say("page.name", { name: { name: publication.title } }),
        week: say("masthead.week", { date: { fact: "issue.week", full: true } }),
        known: desk.facts.has("issue.knowledge")
          ? say("masthead.revised", {
              cutoff: { fact: "issue.cutoff" },
              knowledge: { fact: "issue.knowledge" },
            })
          : say("masthead.known", { cutoff: { fact: "issue.cutoff" } }),
        responsible: say("page.responsible", { name: { name: workspace.brand.responsible } }),
      },
    };
    out.push(templates.run(`sections/${section.name}`, data, helpers));
  }
  return out;
}

const drawFigure = ({ input, translate, set, draw }: Desk, figure: Figure): Promise<string> =>
  draw(figure.spec(chartWords(input.locale, translate, set.plain)), figure.id.replaceAll(".", "-"));

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
  const words = chartWords(desk.input.locale, desk.translate, desk.set.plain);
  const spec = percentileBar({ percentile: factValue(desk, id), widthMm }, words);
  return drawBeside(desk, spec, id.replaceAll(".", "-"));
}

/** The bar of a key number leaves room for its percentile in a cell of 29 mm. */
const stripBarMm = 17;

async function firstPage(desk: Desk) {
  const { composed, publication, locale } = desk.input;
  const words = chartWords(locale, desk.translate, desk.set.plain);
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
  return {
    keyNumbers: await Promise.all(composed.keyNumbers.map(cell)),
    pairBase: baseOf(composed.keyNumbers),
    convention: `page.convention.${publication.colours[locale]}`,
    contents: composed.sections
      .filter((section) => section.name !== "headline")
      .map((section: Section) => ({
        name: section.name,
        kicker: `${section.name}.kicker`,
        claim: section.claim,
      })),
  };
}

/** When the pairs of the strip were 100. */
function baseOf(numbers: readonly KeyNumber[]): Say | null {
  const base = numbers.find((number) => number.base !== null)?.base;
  return base ? say("headline.strip.pair", { base: { fact: base.id, full: true } }) : null;
}

/** What templates may call. All text is escaped here; templates hold markup and no prose. */
function helpersOf(desk: Desk) {
  const { input, translate, set } = desk;
  const { locale } = input;
  const safe = (html: string) => new handlebars.SafeString(html);
  const spoken = (message: Say) =>
    `<span data-say="${escapeText(message.key)}">${set.html(translate(message))}</span>`;
  const joined = locale === "en" ? " " : "";
  const state = (id: string) => desk.facts.get(id)?.state ?? "na";
  return {
    t: (key: string) => safe(set.html(translate(say(key)))),
    say: (message: Say) => safe(spoken(message)),
    text: (message: Say) => set.plain(translate(message)),
    plain: (key: string) => set.plain(translate(say(key))),
    sentences: (messages: readonly Say[]) => messages.map(spoken).join(joined),
    named: (name: Localised) => safe(`<span data-name="">${escapeText(name[locale])}</span>`),
    fact: (id: string, style: PrintStyle) => safe(set.fact(id, style)),
    is: (a: unknown, b: unknown) => a === b,
    gt: (a: number, b: number) => a > b,
    some: (figures: readonly Figure[], size: Figure["size"]) =>
      figures.some((figure) => figure.size === size),
    direction: (id: string) => state(id),
    triangle: (id: string) =>
      ({ up: '<span class="tri"></span>', down: '<span class="tri d"></span>' })[
        state(id) as "up" | "down"
      ] ?? "",
    structure: (key: string, number: number) =>
      safe(
        `<span class="n" data-structure="">${escapeText(`${translate(say(key))}${locale === "en" ? " " : ""}${number}`)}</span>`,
      ),
    credits: (shown: { series: readonly string[]; notes: readonly Say[] }) =>
      credits(desk, shown, spoken, joined),
    cell(this: { bars?: ReadonlyMap<string, string> }, cell: Cell, options: { data: { root: object } }) {
      return setCell(cell, set, spoken, state, (id) => barOf(options.data.root, id));
    },
  };
}

const barOf = (root: object, id: string): string => {
  const { tables = [] } = root as { tables?: readonly { bars: ReadonlyMap<string, string> }[] };
  return tables.map((table) => table.bars.get(id)).find((bar) => bar !== undefined) ?? "";
};

function setCell(
  cell: Cell,
  set: Setter,
  spoken: (message: Say) => string,
  state: (id: string) => string,
  bar: (id: string) => string,
): string {
  if (cell === null) return "<td></td>";
  if ("say" in cell) return `<td class="l">${spoken(cell.say)}</td>`;
  if ("percentile" in cell)
    return `<td>${bar(cell.percentile)}<span class="pct">${set.fact(cell.percentile, "table")}</span></td>`;
  return `<td${cell.coloured ? ` class="${state(cell.fact)}"` : ""}>${set.fact(cell.fact, "table")}</td>`;
}

/** The source line: who publishes the series shown, then what is odd about the method. */
function credits(
  desk: Desk,
  shown: { series: readonly string[]; notes: readonly Say[] },
  spoken: (message: Say) => string,
  joined: string,
): string {
  const catalogue = new Map(desk.input.workspace.catalogue.map((series) => [series.id, series]));
  const providers = shown.series
    .map((id) => catalogue.get(id)?.provider)
    .filter((provider) => provider !== undefined);
  const list = (locale: Locale, separator: string) =>
    [...new Set(providers.map((provider) => provider[locale]))].join(separator);
  const source =
    providers.length > 0
      ? [say("page.source", { list: { name: { en: list("en", ", "), "zh-CN": list("zh-CN", "、") } } })]
      : [];
  return [...source, ...shown.notes].map(spoken).join(joined);
}
