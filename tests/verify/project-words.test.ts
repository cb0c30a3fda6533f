import { describe, expect, it } from "vitest";
import { type Locale, locales } from "#src/domain/locale.ts";
import { loadMessages } from "#src/locale/messages.ts";
import { digits } from "#src/verify/digits.ts";
import { untranslated } from "#src/verify/untranslated.ts";
import { smallIssue } from "#tests/verify/small-issue.ts";

/*
 * A page shows a part of the messages; here each is looked at, so that a word that is not on a list is found when it
 * is written and not in the week that first says it.
 */

const messages = await loadMessages([new URL("../../locales", import.meta.url).pathname]);

const pageOf = (locale: Locale, texts: Iterable<readonly [key: string, text: string]>) =>
  smallIssue(
    locale,
    [...texts]
      .map(
        ([key, text]) =>
          `<p><span data-say="${key}">${text.replace(/\{\{\w+\}\}/gu, '<i data-name="">x</i>')}</span></p>`,
      )
      .join(""),
    [],
  );

/** Without what is said of the print that such a page has not. */
const ofPage = (slips: readonly { readonly where: string; readonly what: string }[]) =>
  slips.filter(({ where }) => !where.endsWith(".pdf"));

describe.each(locales)("the messages of %s", (locale) => {
  it("hold no digit that is not on the list", async () => {
    expect(await digits(pageOf(locale, messages.entries(locale)))).toEqual([]);
  });

  it("are in their language", async () => {
    expect(ofPage(await untranslated(pageOf(locale, messages.entries(locale))))).toEqual([]);
  });

  it("would be found out", async () => {
    const other = locale === "en" ? "资金" : "flows";
    const page = pageOf(locale, [["a.b", `3 ${other}`]]);
    expect(await digits(page)).toHaveLength(1);
    expect(ofPage(await untranslated(page))).toHaveLength(1);
  });
});
