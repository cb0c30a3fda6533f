import type { Column, Panel } from "#src/domain/panel.ts";
import type { Gathered, Observation, Series } from "#src/domain/series.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";

/** What a panel is made from. */
export interface AsOfInput {
  readonly catalogue: readonly Series[];
  /** What the sources gave: one for each series of the catalogue. */
  readonly gathered: readonly Gathered[];
  /** When a value that came without `known_at` could be read. */
  readonly knownAtRule: (series: Series, date: IsoDate) => Instant;
  readonly cutoff: Instant;
  /** SHA-256 of a text, in hexadecimal. */
  readonly digest: (canonicalRows: string) => string;
}

/** The values that count, one a day, oldest first: parallel arrays, since there are hundreds of thousands. */
interface Counted {
  readonly dates: IsoDate[];
  readonly values: number[];
  readonly knownAt: Instant[];
  readonly assumed: boolean[];
}

/**
 * Every series of the catalogue as it could be read at the cut-off.
 *
 * A value counts when its known-at is at or before the cut-off; of several for one day the latest known wins. What
 * becomes known later changes nothing here, not by a bit. Columns stand in the order of the catalogue.
 */
export function asOfPanel({ catalogue, gathered, knownAtRule, cutoff, digest }: AsOfInput): Panel {
  const given = new Map(gathered.map((each) => [each.series, each]));
  const columns = catalogue.map((series): Column => {
    const source = given.get(series.id);
    if (source === undefined)
      throw new RangeError(`asOfPanel requires what was gathered for series ${series.id}`);
    const counted = latestKnown(source.observations, (date) => knownAtRule(series, date), cutoff);
    return columnOf(series, source, counted, digest);
  });
  const byId = new Map(columns.map((column) => [column.series.id, column]));
  return { cutoff, columns, column: (id) => byId.get(id) ?? unknownSeries(id) };
}

function unknownSeries(id: string): never {
  throw new RangeError(`the catalogue has no series ${id}`);
}

function latestKnown(
  observations: readonly Observation[],
  rule: (date: IsoDate) => Instant,
  cutoff: Instant,
): Counted {
  const counted: Counted = { dates: [], values: [], knownAt: [], assumed: [] };
  for (const { date, knownAt, value } of byDay(observations)) {
    const assumed = knownAt === null;
    const at = knownAt ?? rule(date);
    if (at > cutoff) continue;
    const last = counted.dates.length - 1;
    const isNewDay = counted.dates[last] !== date;
    if (isNewDay || isLater(at, assumed, counted, last))
      put(counted, isNewDay ? last + 1 : last, { date, value, at, assumed });
  }
  return counted;
}

/** Known later; at the same moment a stated known-at outranks an assumed one, so that the order of rows does not matter. */
function isLater(at: Instant, assumed: boolean, counted: Counted, i: number): boolean {
  const rival = counted.knownAt[i] ?? at;
  return at === rival ? !assumed && counted.assumed[i] === true : at > rival;
}

function put(
  counted: Counted,
  i: number,
  row: { date: IsoDate; value: number; at: Instant; assumed: boolean },
): void {
  counted.dates[i] = row.date;
  counted.values[i] = row.value;
  counted.knownAt[i] = row.at;
  counted.assumed[i] = row.assumed;
}

/** Sources give observations by day, so sorting them is the exception. */
function byDay(observations: readonly Observation[]): readonly Observation[] {
  const isOrdered = observations.every(
    (each, i) => i === 0 || (observations[i - 1]?.date ?? "") <= each.date,
  );
  return isOrdered
    ? observations
    : observations.toSorted((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)));
}

function columnOf(series: Series, { gap }: Gathered, counted: Counted, digest: AsOfInput["digest"]): Column {
  const { dates, values, knownAt, assumed } = counted;
  // Whether a file has rows that could not be known yet must not be told: they are of the future.
  const nothing = gap === null || gap === "no-rows" ? "not-yet-known" : gap;
  return {
    series,
    dates,
    values,
    knownAt: knownAt.at(-1) ?? null,
    assumed: assumed.includes(true),
    gap: dates.length > 0 ? null : nothing,
    digest: digest(canonicalRows(counted)),
  };
}

/** `date,known at in ms,value` a line, and whether the moment was assumed: the same text for the same observations, whatever file they came from. */
function canonicalRows({ dates, values, knownAt, assumed }: Counted): string {
  let text = "";
  for (const [i, date] of dates.entries())
    text += `${date},${knownAt[i]},${values[i]}${assumed[i] ? ",assumed\n" : "\n"}`;
  return text;
}
