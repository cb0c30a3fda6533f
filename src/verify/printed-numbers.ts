import type { Fact } from "#src/domain/fact.ts";
import type { Locale } from "#src/domain/locale.ts";
import { quote, type Slip, slip } from "#src/verify/finding.ts";
import { type Issue, inEachEdition } from "#src/verify/issue.ts";
import type { Mark, Tick } from "#src/verify/page.ts";
import { alwaysSigned, readDate, readDay, readMonth, readNumber } from "#src/verify/read-printed.ts";

const hasDirection = ({ state }: Fact): boolean => state !== "none" && state !== "na";

/**
 * `printed-numbers`: what each edition prints for a fact, read back from its characters, is the fact's value to half
 * a quantum, has its sign where the place wants one, and is the same number in every edition. Dates too, and axes.
 */
export const printedNumbers = (issue: Issue): Promise<readonly Slip[]> =>
  inEachEdition(
    issue,
    [
      (locale) => issue.page(locale).marks.flatMap((mark) => readBack(mark, issue.fact(mark.id), locale)),
      (locale) => issue.page(locale).ticks.flatMap((tick) => tickSlips(tick, locale)),
    ],
    (first, other) => disagreements(issue, first, other),
  );

function readBack(mark: Mark, fact: Fact | undefined, locale: Locale): readonly Slip[] {
  if (fact === undefined) return [slip(mark.where, `the fact ${mark.id}`, "one of facts.json")];
  const wanted =
    typeof fact.value === "number" ? numberSlip(mark, fact, locale) : wordSlip(mark, fact, locale);
  return wanted === null
    ? []
    : [slip(mark.where, `${quote(mark.printed)} for ${mark.id}`, `${wanted} (${fact.value}, ${fact.unit})`)];
}

/** What is wanted in the place of a printed number that is not the fact's; `null` when it is. */
function numberSlip({ printed, style }: Mark, fact: Fact, locale: Locale): string | null {
  const read = readNumber(printed, fact.unit, style, locale);
  if (read === null) return "a number in the form of its unit";
  const wanted = signWanted(fact, style) ? Number(fact.value) : Math.abs(Number(fact.value));
  const quantum = fact.quantum ?? 0;
  if (Math.abs(read - wanted) > quantum * (0.5 + 1e-6))
    return `a number within half of ${quantum} of the value`;
  return signOf(printed) === signExpected(fact, style) ? null : signExpected(fact, style) || "no sign";
}

/** A number with a direction is a magnitude in a sentence; one without, such as a yield, keeps its minus there. */
const signWanted = (fact: Fact, style: string): boolean =>
  alwaysSigned.has(fact.unit) ||
  style === "signed" ||
  (hasDirection(fact) ? style === "table" : Number(fact.value) < 0);

const signOf = (printed: string): string => /^[+\u2212-]/u.exec(printed)?.[0] ?? "";

/** The sign of the rounded value where the place wants one: a magnitude has none, and neither has nought. */
function signExpected(fact: Fact, style: string): string {
  if (!signWanted(fact, style)) return "";
  const count = Math.round(Math.abs(Number(fact.value)) / (fact.quantum ?? 1) + 1e-9);
  return count === 0 ? "" : Number(fact.value) > 0 ? "+" : "\u2212";
}

function wordSlip({ printed }: Mark, fact: Fact, locale: Locale): string | null {
  if (fact.value === null) return printed === "–" ? null : "–, since there is no value";
  if (fact.unit === "label") return printed === fact.value ? null : "the label";
  const value = String(fact.value);
  const wanted = fact.unit === "instant" ? value.slice(0, 16) : value;
  return readDate(printed, fact, locale) === wanted ? null : "the same in words";
}

/** Powers of ten that an axis may be scaled by: none, per cent, and the money scale of the language. */
const tickScales: Readonly<Record<Locale, readonly number[]>> = {
  en: [1, 100, 1e-9],
  "zh-CN": [1, 100, 1e-8],
};

function tickSlips({ value, printed, where }: Tick, locale: Locale): readonly Slip[] {
  const isDay = /^\d{4}-\d\d-\d\d$/u.test(value);
  const isRight = isDay ? isDayPrinted(value, printed, locale) : scaleOf(value, printed, locale) >= 0;
  const expected = isDay ? "that day, month or year" : `the value times ${tickScales[locale].join(" or ")}`;
  return isRight ? [] : [slip(where, `${quote(printed)} for the axis value ${value}`, expected)];
}

/** Which of the scales an axis value is printed in, with two decimals at most; -1 when it is none. */
function scaleOf(value: string, printed: string, locale: Locale): number {
  const read = readNumber(printed, "z", "table", locale);
  if (read === null) return -1;
  return tickScales[locale].findIndex((scale) => {
    const scaled = Number(value) * scale;
    const isExact = Math.abs(scaled * 100 - Math.round(scaled * 100)) < 1e-6 * Math.max(1, Math.abs(scaled));
    return Math.abs(read - scaled) <= (isExact ? 1e-9 * Math.max(1, Math.abs(scaled)) : 0.005);
  });
}

function isDayPrinted(date: string, printed: string, locale: Locale): boolean {
  const [year, month] = [date.slice(0, 4), date.slice(5, 7)];
  if (printed === year || readMonth(printed, locale) === date.slice(0, 7)) return true;
  if (readDay(printed, year, locale) === date) return true;
  const alone = locale === "en" ? `${printed} ${year}` : `${year}年${printed}`;
  return readMonth(alone, locale) === `${year}-${month}`;
}

/** A printed number with what it must be equal to wherever it is printed. */
interface Reading {
  readonly key: string;
  readonly read: number;
  readonly printed: string;
  readonly where: string;
}

/** Facts and axis values that are printed as different numbers, however near, in one edition or in two. */
function disagreements(issue: Issue, a: Locale, b: Locale): readonly Slip[] {
  const first = new Map<string, Reading>();
  return [...readings(issue, a), ...readings(issue, b)].flatMap((reading) => {
    const other = first.get(reading.key) ?? reading;
    first.set(reading.key, other);
    return Math.abs(other.read - reading.read) <= 1e-9 * Math.abs(reading.read)
      ? []
      : [
          slip(
            reading.where,
            `${quote(reading.printed)} for ${reading.key}`,
            `the same as ${quote(other.printed)}`,
          ),
        ];
  });
}

function readings(issue: Issue, locale: Locale): readonly Reading[] {
  const { marks, ticks } = issue.page(locale);
  const ofMarks = marks.flatMap(({ id, style, printed, where }): Reading[] => {
    const unit = issue.fact(id)?.unit;
    const read = unit === undefined ? null : readNumber(printed, unit, style, locale);
    return read === null ? [] : [{ key: `${id} (${style})`, read, printed, where }];
  });
  const ofTicks = ticks.map(({ chart, value, printed, where }) => ({
    key: `axis value ${value} of chart ${chart}`,
    read: scaleOf(value, printed, locale),
    printed,
    where,
  }));
  return [...ofMarks, ...ofTicks];
}
