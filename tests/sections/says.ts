import { join } from "node:path";
import type { Figure } from "#src/domain/figure.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import type { Say } from "#src/domain/say.ts";
import { loadMessages } from "#src/locale/messages.ts";
import { mapTokens } from "#src/locale/tokens.ts";
import { fakeWords } from "#tests/charts/words.ts";

export const messages = await loadMessages([join(import.meta.dirname, "../../locales")]);

const isSay = (value: object): value is Say =>
  "key" in value && "places" in value && typeof value.key === "string";

/** Every message that stands anywhere in a value. */
export function saysIn(value: unknown): readonly Say[] {
  if (typeof value !== "object" || value === null) return [];
  if (isSay(value)) return [value];
  return Object.values(value).flatMap(saysIn);
}

/** Every fact that a table's cells name. */
export function cellFacts(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null || isSay(value)) return [];
  const own = value as { readonly fact?: unknown; readonly percentile?: unknown };
  const ids = [own.fact, own.percentile].filter((id) => typeof id === "string");
  return [...ids, ...Object.values(value).flatMap(cellFacts)];
}

const holdsBraces = (text: string): boolean => /[{}]/.test(text);
const hasName = ({ places }: Say): boolean => Object.values(places).some((place) => "name" in place);

/** What is wrong with a message in one language: it throws, keeps a brace, or names a fact that nobody entered. */
function faultsIn(locale: Locale, message: Say, has: (fact: string) => boolean): readonly string[] {
  try {
    const text = messages.translator(locale)(message);
    const absent: string[] = [];
    mapTokens(
      text,
      (plain) => plain,
      (token) => {
        if (token.kind === "fact" && !has(token.id)) absent.push(`no fact ${token.id}`);
        return "";
      },
    );
    return [...absent, ...(holdsBraces(text) ? ["braces"] : [])].map((f) => `${locale} ${message.key}: ${f}`);
  } catch (error) {
    return [`${locale} ${message.key}: ${String(error)}`];
  }
}

export const sayFaults = (message: Say, has: (fact: string) => boolean): readonly string[] =>
  locales.flatMap((locale) => faultsIn(locale, message, has));

/** Draws a figure in both languages; what is wrong with the messages and facts that it asks for. */
export function figureFaults(figure: Figure, has: (fact: string) => boolean): readonly string[] {
  const faults: string[] = [];
  for (const locale of locales) {
    figure.spec({
      ...fakeWords(locale),
      fact: (id) => {
        if (!has(id)) faults.push(`${locale} ${figure.id}: no fact ${id}`);
        return id;
      },
      say: (message) => {
        faults.push(...faultsIn(locale, message, has));
        return message.key;
      },
    });
  }
  return faults;
}

/** Whether a message names what it speaks of, in both languages, so that it can stand without its neighbours. */
export const namesSubject = (message: Say): boolean =>
  hasName(message) &&
  locales.every((locale) => {
    let found = false;
    mapTokens(
      messages.translator(locale)(message),
      (plain) => plain,
      (token) => {
        found ||= token.kind === "name";
        return "";
      },
    );
    return found;
  });
