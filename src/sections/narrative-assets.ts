import type { Fact } from "#src/domain/fact.ts";
import type { NarrativeRules } from "#src/domain/narrative-rules.ts";
import type { Column } from "#src/domain/panel.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import { type AssetIntensitySpread, assetIntensitySpread } from "#src/metrics/asset-intensity-spread.ts";
import { type Measured, mapMeasured, ok, tooFew } from "#src/metrics/result.ts";
import { weeklyCloses } from "#src/metrics/weekly-returns.ts";
import { zScore } from "#src/metrics/z-score.ts";
import { staleness } from "#src/sections/market.ts";
import { narrativeFacts } from "#src/sections/narrative-data.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { narrativeAssets as ladder } from "#src/statements/rules/narrative.ts";

/** What companies with many assets did against those with few. */
export interface Assets {
  readonly spread: Fact;
  readonly z: Fact;
  readonly heavy: Fact;
  readonly light: Fact;
  /** Names that count, and those on each side. */
  readonly names: Fact;
  readonly side: Fact;
  readonly n: Fact;
  readonly absent: readonly Column[];
}

/** Weeks of a return, and of the history of such returns (G13). */
const [horizon, history] = [4, { min: 156, preferred: 520 }];
/** A balance sheet is known a quarter after its day, or earlier: no return is sorted by one that may have been unknown. */
const daysKnown = 91;

/** Asset-intensity spread of four weeks (V9), and its z in its own history; `null` where it is not followed. */
export function assetsOf(context: SectionContext, { intensity }: NarrativeRules): Assets | null {
  if (intensity.length === 0) return null;
  const pairs = intensity.map(({ series, assets }) => ({
    price: context.panel.column(series),
    plant: context.panel.column(assets),
  }));
  const isFresh = (column: Column) => column.dates.length > 0 && staleness(context, column) === null;
  const closes = pairs.map(
    ({ price }) => new Map(weeklyCloses(price.dates, price.values).map(({ week, value }) => [week, value])),
  );
  const isKept = pairs.map(({ price, plant }) => isFresh(price) && isFresh(plant));
  const at = (week: IsoDate): Measured<AssetIntensitySpread> => {
    const base = addDays(week, -7 * horizon);
    const returns = closes.map((close, i) => (isKept[i] ? returnOf(close.get(base), close.get(week)) : null));
    return assetIntensitySpread(
      pairs.map(({ plant }) => knownBy(plant, addDays(base, -daysKnown))),
      returns,
    );
  };
  const measured = at(context.week);
  const weeks = Array.from({ length: history.preferred }, (_, i) =>
    addDays(context.week, -7 * (history.preferred - i)),
  );
  const earlier = weeks.flatMap((week) => at(week).value?.spread ?? []);
  const z: Measured<number> =
    measured.value === null
      ? measured
      : earlier.length < history.min
        ? tooFew(earlier.length, history.min)
        : zScore(earlier, measured.value.spread);
  const fact = narrativeFacts(context, "assets", {
    series: intensity.flatMap(({ series, assets }) => [series, assets]),
    method: "V9 asset-intensity spread, four weeks",
    params: { weeks: horizon, daysKnown },
    window: { start: addDays(context.week, -7 * horizon), end: context.week, n: measured.n },
  });
  const of = (value: (found: AssetIntensitySpread) => number) => mapMeasured(measured, value);
  return {
    spread: fact(
      "spread",
      of(({ spread }) => spread),
      "pp",
    ),
    z: fact("z", z, "z"),
    heavy: fact(
      "heavy",
      of(({ heavy }) => heavy),
      "return",
    ),
    light: fact(
      "light",
      of(({ light }) => light),
      "return",
    ),
    names: fact("names", ok(measured.n, measured.n), "count"),
    side: fact(
      "side",
      of(({ names }) => names),
      "count",
    ),
    n: fact("history", ok(earlier.length, earlier.length), "count"),
    absent: pairs.flatMap(({ price, plant }) => [price, plant].filter((column) => !isFresh(column))),
  };
}

const returnOf = (before = 0, after = 0): number | null =>
  before > 0 && after > 0 ? after / before - 1 : null;

/** The last value of a day or before it. */
function knownBy({ dates, values }: Column, day: IsoDate): number | null {
  const at = dates.findLastIndex((date) => date <= day);
  return values[at] ?? null;
}

/** What the rules are asked about it. */
export const assetsQuestion = ({ spread, z, heavy, light, names, side, n }: Assets): Question => ({
  ladder,
  subject: { id: "assets", evidence: { spread, z, heavy, light, names, side, n } },
});
