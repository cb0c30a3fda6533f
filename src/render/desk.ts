import handlebars from "handlebars";
import type { Fact } from "#src/domain/fact.ts";
import type { ChartSpec, ChartWords, Figure } from "#src/domain/figure.ts";
import type { Locale, Localised } from "#src/domain/locale.ts";
import type { Say } from "#src/domain/say.ts";
import type { Cell } from "#src/domain/table.ts";
import type { Publication, Workspace } from "#src/domain/workspace.ts";
import type { Messages, Translate } from "#src/locale/messages.ts";
import type { PrintStyle } from "#src/locale/tokens.ts";
import { chartSvg } from "#src/render/chart-svg.ts";
import { chartWords } from "#src/render/chart-words.ts";
import { escapeText, type Setter, setter } from "#src/render/markup.ts";
import type { Templates } from "#src/render/templates.ts";
import type { Composed } from "#src/sections/compose.ts";
import { say } from "#src/sections/section.ts";

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

/** Everything that one edition needs at hand while its templates run. */
export interface Desk {
  readonly input: EditionInput;
  readonly translate: Translate;
  readonly set: Setter;
  readonly draw: (spec: ChartSpec, prefix: string) => Promise<string>;
  readonly facts: ReadonlyMap<string, Fact>;
  /** Figures that have been drawn, by id: a mail shows one of its edition's. */
  readonly drawn: Map<string, Promise<string>>;
}

/** Lays out what setting one edition needs. */
export function deskOf(input: EditionInput): Desk {
  const { composed, messages, locale } = input;
  const facts = new Map(composed.facts.facts.map((fact) => [fact.id, fact]));
  const set = setter(locale, (id) => {
    const fact = facts.get(id);
    if (fact === undefined) throw new RangeError(`no section entered the fact ${id}`);
    return fact;
  });
  const draw = async (spec: ChartSpec, prefix: string) =>
    set.svg((await chartSvg(spec, { locale, expand: set.plain, idPrefix: prefix })).svg);
  return { input, translate: messages.translator(locale), set, draw, facts, drawn: new Map() };
}

/** The words of the edition for its charts. */
export const wordsOf = ({ input: { locale, publication }, translate, set }: Desk): ChartWords =>
  chartWords(locale, translate, set.plain, publication.colours[locale]);

/** Draws a figure in the words of the edition. */
export function drawFigure(desk: Desk, figure: Figure): Promise<string> {
  const { draw, drawn } = desk;
  const words = wordsOf(desk);
  const svg = drawn.get(figure.id) ?? draw(figure.spec(words), figure.id.replaceAll(".", "-"));
  drawn.set(figure.id, svg);
  return svg;
}

/** What templates may call. All text is escaped here; templates hold markup and no prose. */
export function helpersOf(desk: Desk) {
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
      creditsOf(desk, shown).map(spoken).join(joined),
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
  return `<td${cell.coloured ? ` class="${state(cell.fact)}"` : ""}>${set.fact(cell.fact, cell.signed ? "signed" : "table")}</td>`;
}

/** The source line: who publishes the series shown, then what is odd about the method. */
export function creditsOf(
  { input }: Desk,
  shown: { readonly series: readonly string[]; readonly notes: readonly Say[] },
): readonly Say[] {
  const catalogue = new Map(input.workspace.catalogue.map((series) => [series.id, series]));
  const providers = shown.series
    .map((id) => catalogue.get(id)?.provider)
    .filter((provider) => provider !== undefined);
  const list = (locale: Locale, separator: string) =>
    [...new Set(providers.map((provider) => provider[locale]))].join(separator);
  const source =
    providers.length > 0
      ? [say("page.source", { list: { name: { en: list("en", ", "), "zh-CN": list("zh-CN", "、") } } })]
      : [];
  return [...source, ...shown.notes];
}

/** What stands at the head of an issue: its name and number, its week, what was known, and who answers for it. */
export function mastheadOf({ facts, input: { publication, workspace } }: Desk) {
  return {
    title: facts.has("issue.number")
      ? say("masthead.title-numbered", {
          publication: { name: publication.title },
          number: { fact: "issue.number" },
        })
      : say("page.name", { name: { name: publication.title } }),
    week: say("masthead.week", { date: { fact: "issue.week", full: true } }),
    known: facts.has("issue.knowledge")
      ? say("masthead.revised", {
          cutoff: { fact: "issue.cutoff" },
          knowledge: { fact: "issue.knowledge" },
        })
      : say("masthead.known", { cutoff: { fact: "issue.cutoff" } }),
    responsible: say("page.responsible", { name: { name: workspace.brand.responsible } }),
  };
}
