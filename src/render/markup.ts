import type { Fact } from "#src/domain/fact.ts";
import type { Locale } from "#src/domain/locale.ts";
import { countOf } from "#src/domain/quantity.ts";
import { decimalsOf } from "#src/locale/number.ts";
import { printFact } from "#src/locale/print-fact.ts";
import { mapTokens, type PrintStyle, type Token } from "#src/locale/tokens.ts";

/** Text as HTML or XML text and attribute value. */
export const escapeText = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c] ?? c,
  );

/** Looks a fact up; a fact that no section entered is a bug in the section that names it. */
export type FactOf = (id: string) => Fact;

/** How one edition sets tokens: on the page, in a chart, and as bare text. */
export interface Setter {
  /** A tokenised message as HTML: text escaped, facts as `<data>` or `<time>`, names marked as names. */
  html(text: string): string;
  /** A chart's SVG with its tokens set as `<tspan>`; the text between them is already XML. */
  svg(xml: string): string;
  /** The text that a reader sees, for attributes, titles and measuring. */
  plain(text: string): string;
  fact(id: string, style: PrintStyle): string;
}

/** A text without tokens, as a person wrote it, as HTML of an edition. */
export const textMarkup = (text: string, locale: Locale): string =>
  locale === "zh-CN" ? solidDigits(text) : escapeText(text);

export function setter(locale: Locale, factOf: FactOf): Setter {
  const fact = (id: string, style: PrintStyle): string => factMarkup(factOf(id), locale, style);
  const onText = (text: string): string => textMarkup(text, locale);
  const asIs = (part: string): string => part;
  const inSvg = (token: Token): string =>
    token.kind === "fact"
      ? spanned(factOf(token.id), locale, token.style)
      : `<tspan ${markOf(token)}>${token.text}</tspan>`;
  const inHtml = (token: Token): string =>
    token.kind === "fact"
      ? fact(token.id, token.style)
      : `<span ${markOf(token)}>${onText(token.text)}</span>`;
  const plain = (token: Token): string =>
    token.kind === "fact" ? printFact(factOf(token.id), locale, token.style) : token.text;
  return {
    fact,
    html: (text) => mapTokens(text, onText, inHtml),
    svg: (xml) => mapTokens(xml, asIs, inSvg),
    plain: (text) => mapTokens(text, asIs, plain),
  };
}

const besideHan = /(?<=\p{Script=Han})\d+(?:[.,]\d+)*\p{Script=Han}?|\d+(?:[.,]\d+)*\p{Script=Han}/gu;

/** Digits of a message or name are set solid with the word beside them (200日): the gap that the page puts between would be read as a space. */
const solidDigits = (text: string): string =>
  escapeText(text).replace(besideHan, (part) => `<span class="n">${part}</span>`);

/** What a name or an axis value is marked with, so that a check knows its digits from those of a sentence. */
const markOf = (token: Exclude<Token, { kind: "fact" }>): string =>
  token.kind === "name" ? 'data-name=""' : `data-tick="${escapeText(token.value)}"`;

/** The value that both editions carry: the rounded one, so that what is compared is what is printed. */
export function canonicalValue({ value, quantum }: Fact): string {
  if (typeof value !== "number" || quantum === null) return value === null ? "" : String(value);
  const count = countOf(value, quantum);
  const places = decimalsOf(quantum);
  return places > 0 ? (count / 10 ** places).toFixed(places) : String(count * quantum);
}

/** What of a printed Chinese number may not be parted: its digits with scale or first unit word; the rest may go to the next line. */
const solidPart = /^[+\u2212]?[\d.,]+(?:%|万亿|亿|万|个|倍)?/u;

/** Inside the mark of a fact: long Chinese units may break after their solid part, `840亿|美元`, so that lines fill. */
function solid(printed: string, locale: Locale): readonly [className: string, html: string] {
  const part = locale === "zh-CN" ? (solidPart.exec(printed)?.[0] ?? printed) : printed;
  const rest = /\d/.test(printed.slice(part.length)) ? "" : printed.slice(part.length);
  if (rest === "") return ["n", escapeText(printed)];
  return ["u", `<span class="n">${escapeText(part)}</span>${escapeText(rest)}`];
}

function factMarkup(fact: Fact, locale: Locale, style: PrintStyle): string {
  const [className, printed] = solid(printFact(fact, locale, style), locale);
  const id = escapeText(fact.id);
  const value = escapeText(canonicalValue(fact));
  return typeof fact.value === "string" && ["date", "month", "instant"].includes(fact.unit)
    ? `<time class="${className}" datetime="${value}" data-fact="${id}" data-style="${style}">${printed}</time>`
    : `<data class="${className}" value="${value}" data-fact="${id}" data-style="${style}">${printed}</data>`;
}

const spanned = (fact: Fact, locale: Locale, style: PrintStyle): string =>
  `<tspan data-fact="${escapeText(fact.id)}" data-value="${escapeText(canonicalValue(fact))}" data-style="${style}">${escapeText(printFact(fact, locale, style))}</tspan>`;
