import type { Fact, Reason } from "#src/domain/fact.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { percentileOfLatest } from "#src/metrics/own-history.ts";
import type { Path } from "#src/metrics/panel.ts";
import type { HistoryNeed } from "#src/metrics/percentile-rank.ts";
import { type Measured, tooFew } from "#src/metrics/result.ts";
import type { FactInput } from "#src/sections/facts.ts";
import { grade } from "#src/sections/market.ts";
import type { SectionContext } from "#src/sections/section.ts";
import { rankTail } from "#src/sections/tail.ts";
import type { End } from "#src/statements/percentile-end.ts";

/** A statistic as of the last session, its percentile in its own history, and the sessions of that history. */
export interface Ranked {
  readonly value: Fact;
  readonly percentile: Fact;
  readonly n: Fact;
  readonly end: End | null;
}

/** What is ranked, and how the facts are called. */
export interface RankedInput extends Pick<FactInput, "unit" | "quantum" | "method" | "params" | "series"> {
  /** Ids are this and `-percentile` and `-history` after it. */
  readonly id: string;
  readonly dates: readonly IsoDate[];
  /** The statistic as of the last day, or why there is none. */
  readonly measured: Measured<number>;
  /** The same of every day: the last is ranked among those before. */
  readonly path: Path;
  readonly need: HistoryNeed;
  /** Sessions that one value is made of: values nearer to one another are not independent (G20). */
  readonly overlap: number;
  /** Why its history is weaker than it looks. */
  readonly caveats: readonly Reason[];
}

/** Enters the facts of a statistic in its own history. */
export function rankedFacts({ facts }: SectionContext, input: RankedInput): Ranked {
  const { id, dates, measured, path, need, overlap, caveats, unit, quantum, ...shared } = input;
  const rank = measured.value === null ? measured : rankOf(path, need);
  const earlier = dates.slice(0, -1).filter((_, t) => path[t] !== null);
  const days = earlier.slice(-need.preferred);
  const end = dates.at(-1) ?? null;
  const history = { start: days[0] ?? null, end, n: days.length };
  const value = facts.add({
    ...shared,
    ...grade(measured),
    id,
    value: measured.value,
    unit,
    ...(quantum === undefined ? {} : { quantum }),
    window: { start: dates.at(-overlap) ?? dates[0] ?? null, end, n: Math.min(overlap, dates.length) },
    ...(rank.value === null ? {} : { stats: { percentile: rank.value } }),
  });
  const percentile = facts.add({
    ...shared,
    ...(rank.value === null ? grade(rank) : weakened(rank, caveats)),
    id: `${id}-percentile`,
    value: rank.value,
    unit: "percentile",
    window: history,
    ...(rank.value === null
      ? {}
      : { stats: rankTail(rank.value, { n: history.n, overlap, side: "either" }) }),
  });
  const n = facts.add({ ...shared, id: `${id}-history`, value: history.n, unit: "count", window: history });
  return { value, percentile, n, end: endOf(percentile) };
}

/** The percentile of the latest; where only its whole windows have a history and it is of less, there is none. */
const rankOf = (path: Path, need: HistoryNeed): Measured<number> =>
  path.at(-1) === null ? tooFew(0, need.min) : percentileOfLatest(path, need);

const weakened = (rank: Measured<number>, caveats: readonly Reason[]): Pick<Fact, "status" | "reasons"> =>
  caveats.length === 0 ? grade(rank) : { status: "warn", reasons: [...rank.reasons, ...caveats] };

/** At which end a percentile prints, if at one. */
export function endOf({ value }: Fact): End | null {
  if (value === null) return null;
  const printed = Math.round(Number(value));
  if (printed <= 0) return "bottom";
  return printed >= 100 ? "top" : "middle";
}
