import { commentaryFile } from "#src/domain/commentary.ts";
import type { Problem } from "#src/domain/errors.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import { didYouMean } from "#src/domain/nearest.ts";
import { type Publication, type SectionName, sectionNames } from "#src/domain/workspace.ts";

/** What the name of a commentary's file says. */
export interface Named {
  readonly section: SectionName;
  readonly number: number;
  readonly locale: Locale;
}

const pattern = /^(?<section>[^.]+)(?:\.(?<number>\d+))?\.(?<locale>[^.]+)\.md$/u;
const most = 9;

/** Reads the name of a commentary's file, or says what another one would be. */
export function readName(
  name: string,
  { id, sections, languages }: Pick<Publication, "id" | "sections" | "languages">,
): Named | Omit<Problem, "file"> {
  const { section = "", number, locale = "" } = pattern.exec(name)?.groups ?? {};
  const shape = `SECTION.LANGUAGE.md, and for more on the same section SECTION.2.LANGUAGE.md to SECTION.${most}.LANGUAGE.md`;
  if (section === "")
    return {
      found: `the name ${name}`,
      expected: `${shape}, as ${commentaryFile({ section: "levels", number: 1 }, "en")}`,
    };
  const own = sections.find((each) => each === section);
  if (own === undefined) {
    const isKnown = (sectionNames as readonly string[]).includes(section);
    return {
      found: `words on ${isKnown ? `the section ${section}, which ${id} has not` : `${section}, which is no section`}`,
      expected: `one of ${sections.join(", ")}${didYouMean(section, sections)}`,
    };
  }
  const language = languages.find((each) => each === locale);
  if (language === undefined) {
    const isKnown = (locales as readonly string[]).includes(locale);
    return {
      found: `words in ${locale}${isKnown ? `, in which ${id} is not made` : ", which is no language of Tideline"}`,
      expected: `one of ${languages.join(", ")}${didYouMean(locale, languages)}`,
    };
  }
  const place = number === undefined ? 1 : Number(number);
  return number === undefined || (/^[1-9]$/u.test(number) && place > 1)
    ? { section: own, number: place, locale: language }
    : { found: `the number ${number}`, expected: `none for the first, then 2 to ${most}` };
}
