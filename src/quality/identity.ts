import type { Identity } from "#src/domain/quality.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { runsOf, type Suspicion, spanText, type Values } from "#src/quality/suspicion.ts";
import { isWithin } from "#src/quality/tolerance.ts";

/** A part may come later than its total; missing under so many totals in a row it does not come any more. */
const missingFrom = 3;

/** A day of the total, with the sum of its parts; `null` where a part is missing. */
interface Sum {
  readonly date: IsoDate;
  readonly total: number;
  readonly parts: number | null;
}

/**
 * Days on which a total is not the sum of its parts, or, after it has been, goes on without one of them: columns that
 * have changed their meaning, as the ICI file's did in December 2020.
 *
 * A part that is missing on a day or two says nothing; neither does a total that never had all its parts.
 */
export function identity(
  total: Values,
  parts: readonly Values[],
  { tolerance }: Identity,
): readonly Suspicion[] {
  const sums = sumsOf(total, parts);
  const checked = sums.findIndex((sum) => sum.parts !== null);
  const breaks = (i: number): boolean => {
    const sum = sums[i];
    return sum !== undefined && sum.parts !== null && !isWithin(sum.total, sum.parts, tolerance);
  };
  const lacks = (i: number): boolean => checked >= 0 && i > checked && sums[i]?.parts === null;
  const wrong = runsOf(sums.length, breaks).map((run) => suspect(sums, run, "sum"));
  const bare = runsOf(sums.length, lacks)
    .filter(([first, last]) => last - first + 1 >= missingFrom)
    .map((run) => suspect(sums, run, "parts"));
  return [...wrong, ...bare].toSorted((a, b) => (a.from < b.from ? -1 : 1));
}

function sumsOf(total: Values, parts: readonly Values[]): readonly Sum[] {
  const byDay = parts.map(({ dates, values }) => new Map(dates.map((date, i) => [date, values[i]])));
  return total.dates.map((date, i) => {
    const addends = byDay.map((part) => part.get(date));
    const isWhole = addends.every((value) => value !== undefined);
    const sum = addends.reduce<number>((all, value) => all + (value ?? 0), 0);
    return { date, total: total.values[i] ?? Number.NaN, parts: isWhole ? sum : null };
  });
}

function suspect(
  sums: readonly Sum[],
  [first, last]: readonly [number, number],
  symptom: "sum" | "parts",
): Suspicion {
  const days = sums.slice(first, last + 1);
  const [from, to] = [days[0]?.date ?? "", days.at(-1)?.date ?? ""];
  const found =
    symptom === "sum"
      ? `${days[0]?.total} beside parts of ${days[0]?.parts}`
      : "a total without all its parts";
  return {
    gate: "identity",
    symptom,
    from,
    to,
    days: days.map(({ date }) => date),
    found: `${found} ${spanText(from, to)}`,
    expected: "a total that is the sum of its parts",
  };
}
