import { type Instant, type IsoDate, isIsoDate, parseInstant, weekday } from "#src/domain/time.ts";

/** What the cells of a day and of a known-at hold; the same few texts come again and again, so each is read once. */
export interface CellReader {
  /** The day, or `null` where the text names none. */
  readonly day: (cell: string) => IsoDate | null;
  readonly isWeekday: (date: IsoDate) => boolean;
  /** The instant, or `null` where the text is not one with its zone. */
  readonly instant: (cell: string) => Instant | null;
}

/** A reader that remembers what it has read. */
export function cellReader(): CellReader {
  return {
    day: remember((cell) => (isIsoDate(cell.trim()) ? cell.trim() : null)),
    isWeekday: remember((date) => weekday(date) <= 5),
    instant: remember((cell) => parseInstant(cell.trim())),
  };
}

function remember<Result>(read: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = read(text);
    known.set(text, result);
    return result;
  };
}

const hourMs = 3_600_000;
/** The day begins 14 hours before UTC's on the islands that are first. */
const earliestZoneHours = 14;

/** The moment at which a day has begun somewhere on earth: nothing that describes it can be known before. */
export const dawn = (date: IsoDate): Instant => Date.parse(`${date}T00:00:00Z`) - earliestZoneHours * hourMs;

/** What a cell should have held, with the reason where it is a familiar one. */
export function numberWanted(cell: string): string {
  if (cell === "") return 'a number; an empty cell is no number unless "" is among the missing markers';
  if (cell.includes("%")) return "a number without a percent sign, and `unit: percent` in the catalogue";
  if (/^[+-]?\d+,\d+$/.test(cell) || /^[+-]?[\d.]+,\d+$/.test(cell))
    return "a number with a decimal point, or groups of three digits: 1,234.5";
  if (/^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(cell)) return "a number below 1e18 that a double can hold";
  return "a number such as 1234.5 or 1,234.5";
}
