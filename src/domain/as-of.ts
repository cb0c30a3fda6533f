import { latestOf } from "#src/domain/latest.ts";
import type { Localised } from "#src/domain/locale.ts";
import type { Column, ReadPanel } from "#src/domain/panel.ts";
import type { GapReason, Observation, Remembered, Rows, Series } from "#src/domain/series.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";

type Row = Observation | Remembered;

/** What is at hand of one series: as a source gave it, or as the store remembers it. */
export interface Given {
  readonly series: string;
  readonly observations: Rows<Row>;
  readonly gap: GapReason | null;
}

/** What a panel is made from. */
export interface AsOfInput {
  readonly catalogue: readonly Series[];
  /** What the sources gave, or the store remembers: one for each series of the catalogue. */
  readonly gathered: readonly Given[];
  /** When a value that came without `known_at` could be read. */
  readonly knownAtRule: (series: Series, date: IsoDate) => Instant;
  readonly cutoff: Instant;
  /**
   * Until when what is known of those days counts; the cut-off unless given. Later, it shows the same days with the
   * values that they have been given since.
   */
  readonly knowledge?: Instant;
  /** SHA-256 of a text, in hexadecimal. */
  readonly digest: (canonicalRows: string) => string;
}

/** The values that count, one a day, oldest first: parallel arrays, since there are hundreds of thousands. */
interface Counted {
  readonly dates: readonly IsoDate[];
  readonly values: readonly number[];
  /** When each could be read, and whether that was assumed (1); longer than the others where not every row counts. */
  readonly knownAt: Float64Array;
  readonly assumed: Uint8Array;
  /** The source that a value names itself; `null` as a whole where none does. */
  readonly sources: readonly (Localised | null)[] | null;
}

/**
 * Every series of the catalogue as it could be read at the cut-off.
 *
 * A value counts when its known-at is at or before the cut-off; of several for one day the latest known wins. What
 * becomes known later changes nothing here, not by a bit. Columns stand in the order of the catalogue.
 */
export function asOfPanel({
  catalogue,
  gathered,
  knownAtRule,
  cutoff,
  knowledge = cutoff,
  digest,
}: AsOfInput): ReadPanel {
  const given = new Map(gathered.map((each) => [each.series, each]));
  const columns = catalogue.map((series): CountedColumn => {
    const source = given.get(series.id);
    if (source === undefined)
      throw new RangeError(`asOfPanel requires what was gathered for series ${series.id}`);
    const rule = (date: IsoDate) => knownAtRule(series, date);
    const counted = latestKnown(source.observations, rule, cutoff, knowledge);
    return { column: columnOf(series, source.gap, counted, digest), counted };
  });
  return panelOf(cutoff, columns, digest);
}

/** A column with the moments of each of its values, from which it can be made again without some of them. */
interface CountedColumn {
  readonly column: Column;
  readonly counted: Counted;
}

function panelOf(cutoff: Instant, known: readonly CountedColumn[], digest: AsOfInput["digest"]): ReadPanel {
  const columns = known.map(({ column }) => column);
  const byId = new Map(columns.map((column) => [column.series.id, column]));
  return {
    cutoff,
    columns,
    column: (id) => byId.get(id) ?? unknownSeries(id),
    without: (days) =>
      panelOf(
        cutoff,
        known.map((each) => withoutDays(each, days.get(each.column.series.id), digest)),
        digest,
      ),
  };
}

function withoutDays(
  whole: CountedColumn,
  days: ReadonlySet<IsoDate> | undefined,
  digest: AsOfInput["digest"],
): CountedColumn {
  const { dates, values, knownAt, assumed, sources } = whole.counted;
  if (days === undefined || !dates.some((date) => days.has(date))) return whole;
  // What is longer than the dates does not count.
  const keeps = (_: unknown, i: number): boolean => i < dates.length && !days.has(dates[i] ?? "");
  const counted = {
    dates: dates.filter(keeps),
    values: values.filter(keeps),
    knownAt: knownAt.filter((at, i) => keeps(at, i)),
    assumed: assumed.filter((at, i) => keeps(at, i)),
    sources: sources?.filter(keeps) ?? null,
  };
  return { column: columnOf(whole.column.series, "set-aside", counted, digest), counted };
}

function unknownSeries(id: string): never {
  throw new RangeError(`the catalogue has no series ${id}`);
}

function latestKnown(
  observations: Rows<Row>,
  rule: (date: IsoDate) => Instant,
  cutoff: Instant,
  knowledge: Instant,
): Counted {
  const dates: IsoDate[] = [];
  const values: number[] = [];
  const sources: (Localised | null)[] = [];
  const knownAt = new Float64Array(observations.length);
  const assumed = new Uint8Array(observations.length);
  const count = (first: Row | null, others: readonly Row[]): void => {
    if (first === null) return;
    const found =
      others.length === 0
        ? onlyValue(first, rule, cutoff)
        : latestValue([first, ...others], rule, cutoff, knowledge);
    if (found === null) return;
    const n = dates.push(first.date);
    values.push(found.value);
    if (found.source !== null) sources[n - 1] = found.source;
    knownAt[n - 1] = found.effective;
    assumed[n - 1] = Number(found.assumed);
  };
  let first: Row | null = null;
  let others: Row[] = [];
  for (const row of observations) {
    const date: IsoDate = first?.date ?? "";
    // Sources and the store give rows by day, so sorting them is the exception.
    if (row.date < date) return latestKnown([...observations].sort(byDay), rule, cutoff, knowledge);
    if (row.date === date) others.push(row);
    else {
      count(first, others);
      first = row;
      if (others.length > 0) others = [];
    }
  }
  count(first, others);
  // Arrays that have grown hold a third more than is in them; their copies do not.
  return {
    dates: dates.slice(),
    values: values.slice(),
    knownAt,
    assumed,
    // Of nearly all series no value names one.
    sources: sources.length === 0 ? null : dates.map((_, i) => sources[i] ?? null),
  };
}

const byDay = (a: Row, b: Row): number => (a.date < b.date ? -1 : Number(a.date > b.date));

/** What counts of a day. */
interface Found {
  readonly value: number;
  readonly effective: Instant;
  readonly assumed: boolean;
  /** Where the value names its own source. */
  readonly source: Localised | null;
}

/** The value of a day of one row: nearly every day has one, and there are hundreds of thousands. */
function onlyValue(row: Row, rule: (date: IsoDate) => Instant, cutoff: Instant): Found | null {
  if (row.value === null || recordedAtOf(row) !== null) return null;
  const effective = row.knownAt ?? rule(row.date);
  if (effective > cutoff) return null;
  return { value: row.value, effective, assumed: row.knownAt === null, source: row.source ?? null };
}

/** The value of a day: of those that could be read, the latest known; `null` where none could, or all were withdrawn. */
function latestValue(
  rows: readonly Row[],
  rule: (date: IsoDate) => Instant,
  cutoff: Instant,
  knowledge: Instant,
): Found | null {
  const latest = latestOf(rows, ({ date }) => rule(date), cutoff, knowledge);
  if (latest === null || latest.row.value === null) return null;
  const { row, effective, assumed } = latest;
  return { value: latest.row.value, effective, assumed, source: row.source ?? null };
}

const recordedAtOf = (row: Row): Instant | null => ("recordedAt" in row ? row.recordedAt : null);

function columnOf(
  series: Series,
  gap: GapReason | Column["gap"],
  counted: Counted,
  digest: AsOfInput["digest"],
): Column {
  const { dates, values, knownAt, assumed, sources } = counted;
  // Whether a file has rows that could not be known yet must not be told: they are of the future.
  const nothing = gap === null || gap === "no-rows" ? "not-yet-known" : gap;
  let digested: string | null = null;
  return {
    series,
    dates,
    values,
    sources,
    knownAt: knownAt[dates.length - 1] ?? null,
    assumed: assumed.includes(1),
    gap: dates.length > 0 ? null : nothing,
    // Taking it costs as much as all the rest, and nobody asks for those of the previous issue.
    get digest() {
      digested ??= digest(canonicalRows(counted));
      return digested;
    },
  };
}

/**
 * `date,known at in ms,value` a line, whether the moment was assumed, and the source that the value names: the same text for
 * the same observations, whatever file they came from.
 */
function canonicalRows({ dates, values, knownAt, assumed, sources }: Counted): string {
  let text = "";
  for (const [i, date] of dates.entries()) {
    const source = sources?.[i] ?? null;
    const own = source === null ? "" : `,${JSON.stringify([source.en, source["zh-CN"]])}`;
    text += `${date},${knownAt[i]},${values[i]}${assumed[i] ? ",assumed" : ""}${own}\n`;
  }
  return text;
}
