import { type Locale, locales } from "#src/domain/locale.ts";

/**
 * The language that an `Accept-Language` prefers of those there are: any Chinese is read as Simplified Chinese, and
 * English is given where neither is asked for.
 */
export function preferred(header: string | undefined): Locale {
  const asked = (header ?? "")
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(/\s*;\s*/u);
      const [, q] = /^q=([\d.]+)$/u.exec(parameters.join(";")) ?? [];
      return { locale: localeOf(tag.toLowerCase()), quality: q === undefined ? 1 : Number(q) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  return asked.find(({ locale }) => locale !== null)?.locale ?? "en";
}

function localeOf(tag: string): Locale | null {
  const [language] = tag.split("-");
  if (language === "zh") return "zh-CN";
  return language === "en" ? "en" : null;
}

/** The language of that name; `null` for any other text. */
export const localeNamed = (text: string | undefined): Locale | null =>
  locales.find((locale) => locale === text) ?? null;
