import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import i18next, { type i18n, type Resource } from "i18next";
import { messageOf, noneIfMissing, TidelineError } from "#src/domain/errors.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import type { Place, Say } from "#src/domain/say.ts";
import { plainText } from "#src/domain/text.ts";
import { factToken, nameToken } from "#src/locale/tokens.ts";

/** Translates a message of one edition; facts and names come out as tokens. */
export type Translate = (say: Say) => string;

/** The messages of every edition. */
export interface Messages {
  translator(locale: Locale): Translate;
  /** Every key of an edition with its text, for checks. */
  entries(locale: Locale): ReadonlyMap<string, string>;
}

/**
 * Reads `locales/<locale>/*.json` (the file's name is the first part of its keys) from each folder in turn,
 * a later one overriding single messages of an earlier one.
 *
 * A missing key, an empty message or a place without a value throws: nothing falls back to another language.
 */
export async function loadMessages(folders: readonly string[]): Promise<Messages> {
  const resources: Resource = {};
  for (const locale of locales) resources[locale] = { messages: await readLocale(folders, locale) };
  const instance = i18next.createInstance();
  await instance.use(throwingLogger).init({
    lng: "en",
    resources,
    supportedLngs: [...locales],
    fallbackLng: false,
    load: "currentOnly",
    ns: ["messages"],
    defaultNS: "messages",
    keySeparator: ".",
    nsSeparator: false,
    returnEmptyString: false,
    debug: true,
    interpolation: { escapeValue: false },
    missingInterpolationHandler: (text: string, match: readonly string[]) => {
      throw new TidelineError("RENDER_FAILED", `message has no value for ${match[0]}`, [
        { found: text, expected: "every place filled" },
      ]);
    },
    parseMissingKeyHandler: (key: string) => {
      throw new TidelineError("RENDER_FAILED", `no message ${key}`);
    },
  });
  return {
    translator: (locale) => translator(instance, locale),
    entries: (locale) => new Map(flatten(resources[locale]?.messages as Tree)),
  };
}

type Tree = { readonly [key: string]: string | Tree };

async function readLocale(folders: readonly string[], locale: Locale): Promise<Tree> {
  let tree: Tree = {};
  for (const folder of folders) {
    // A workspace need not have messages of its own.
    const names = await readdir(join(folder, locale)).catch(noneIfMissing);
    for (const name of names.filter((file) => file.endsWith(".json")).sort()) {
      const file = join(folder, locale, name);
      tree = merge(tree, {
        [basename(name, ".json")]: parseTree(plainText(await readFile(file, "utf8")), file),
      });
    }
  }
  return tree;
}

function parseTree(text: string, file: string): Tree {
  const bad = (found: string, expected: string) =>
    new TidelineError("CONFIG_INVALID", "a file of messages cannot be read", [{ file, found, expected }]);
  try {
    const tree: unknown = JSON.parse(text);
    const odd = oddValue(tree, "");
    if (odd === null) return tree as Tree;
    throw bad(odd, "texts, and maps of texts");
  } catch (error) {
    if (error instanceof TidelineError) throw error;
    throw bad(messageOf(error), "JSON");
  }
}

/** The key of the first value that is neither a text nor a map; `null` where there is none. */
function oddValue(value: unknown, key: string): string | null {
  if (typeof value === "string" && key !== "") return null;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return `${JSON.stringify(value)} ${key && `at ${key}`}`.trim();
  for (const [name, child] of Object.entries(value)) {
    const odd = oddValue(child, key === "" ? name : `${key}.${name}`);
    if (odd !== null) return odd;
  }
  return null;
}

function merge(base: Tree, over: Tree): Tree {
  const out: Record<string, string | Tree> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = out[key];
    out[key] = typeof value === "object" && typeof below === "object" ? merge(below, value) : value;
  }
  return out;
}

function* flatten(tree: Tree, prefix = ""): Generator<[string, string]> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") yield [prefix + key, value];
    else yield* flatten(value, `${prefix}${key}.`);
  }
}

function refuse(args: readonly unknown[]): never {
  throw (
    args.find((arg) => arg instanceof Error) ?? new TidelineError("RENDER_FAILED", args.map(String).join(" "))
  );
}

/** i18next reports a failing message only to its logger, and only in debug mode; this one throws. */
const throwingLogger = { type: "logger" as const, log() {}, warn: refuse, error: refuse };

function translator(instance: i18n, locale: Locale): Translate {
  const t = instance.getFixedT(locale);
  const placed = (place: Place): string => {
    if ("fact" in place)
      return factToken(place.fact, place.signed ? "signed" : place.full ? "full" : "plain");
    if ("name" in place) return nameToken(place.name[locale]);
    return t(`terms.${place.term}`);
  };
  return ({ key, places }) => {
    try {
      return openSentence(
        t(key, Object.fromEntries(Object.entries(places).map(([name, place]) => [name, placed(place)]))),
      );
    } catch (error) {
      if (!(error instanceof TidelineError)) throw error;
      const [reason = ""] = error.message.split("\n");
      throw new TidelineError("RENDER_FAILED", `${key} (${locale}): ${reason}`, error.problems, {
        cause: error,
      });
    }
  };
}

const leadingArticle = nameToken("the ").slice(0, -1);

/** A name with its article, at the head of a sentence, begins with a capital: The S&P 500. */
const openSentence = (text: string): string =>
  text.startsWith(leadingArticle)
    ? leadingArticle.replace("the ", "The ") + text.slice(leadingArticle.length)
    : text;
