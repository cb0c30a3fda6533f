import type { StyleSheet } from "#src/verify/style-sheet.ts";

/** A size with its unit, and the height of lines after it: what stands behind it in `font` are families. */
const size = /^.*?(?<![\w#-])[\d.]+(?:%|[a-z]+)(?:\s*\/\s*[\d.]+(?:%|[a-z]+)?)?\s+/u;
const inherited = /^(?:inherit|initial|unset|revert|revert-layer)$/u;
const reference = /var\(\s*(--[\w-]+)[^()]*\)/gu;

/** Custom properties as they hold on a page in this language; one that is said twice holds both. */
function propertiesOf({ properties }: StyleSheet, lang: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, value, langs } of properties) {
    if (langs !== null && !langs.includes(lang)) continue;
    const known = found.get(name);
    found.set(name, known === undefined ? value : `${known}, ${value}`);
  }
  return found;
}

/** A value without references; one to nothing stays, and is then a family that nobody brings. */
function resolved(value: string, properties: ReadonlyMap<string, string>, depth = 0): string {
  const next = value.replace(reference, (whole, name: string) => properties.get(name) ?? whole);
  return next === value || depth > 9 ? next : resolved(next, properties, depth + 1);
}

/** Families in the value of `font` or `font-family`. */
export const familiesIn = (value: string): readonly string[] =>
  value
    .replace(/!\s*important\s*$/u, "")
    .trim()
    .replace(size, "")
    .split(",")
    .map((family) => family.trim().replace(/^["']|["']$/gu, ""))
    .filter((family) => family !== "" && !inherited.test(family));

/** Every family that a style sets text in, on a page in this language. */
export function familiesOf(style: StyleSheet, lang: string): readonly string[] {
  const properties = propertiesOf(style, lang);
  return [...new Set(style.fonts.flatMap((value) => familiesIn(resolved(value, properties))))];
}
