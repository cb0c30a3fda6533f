/** The languages of an issue, in the order in which editions are made. */
export const locales = ["en", "zh-CN"] as const;

/** A language of an edition; also the folder of its messages and its `lang` on the page. */
export type Locale = (typeof locales)[number];

/** One text in every language. */
export type Localised = Readonly<Record<Locale, string>>;
