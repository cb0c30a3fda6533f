import { ownHistory } from "#src/metrics/own-history.ts";
import { realisedVolatility, realisedVolatilityPath } from "#src/metrics/realised-volatility.ts";
import { type Measured, mapMeasured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import { logReturns } from "#src/metrics/returns.ts";
import { measureRow, nothing, type Part, type Sector } from "#src/sections/epicentre-part.ts";
import { subjectOf } from "#src/sections/market.ts";
import { rankedFacts } from "#src/sections/own-history.ts";
import { factsOf } from "#src/sections/regime-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { sectorVolatility } from "#src/statements/rules/epicentre.ts";

const [month, year] = [20, 252];

/** Realised volatility of the sector (A5), its place in ten years (A10) and against that of a year (S31). */
export function volatilityOf(context: SectionContext, { sector, prefix }: Sector): Part {
  const returns = logReturns(sector.values);
  const path = realisedVolatilityPath(returns.value ?? [], month);
  const series = [sector.series.id];
  const method = "A5 realised volatility";
  const measured = latest(returns, month);
  const ranked = rankedFacts(context, {
    id: `${prefix}.rv20`,
    dates: sector.dates.slice(1),
    series,
    unit: "volatility",
    method,
    params: { window: month },
    measured,
    path,
    need: ownHistory.noise,
    overlap: month,
    caveats: [],
  });
  const fact = factsOf(context, prefix, { series, method, params: { window: month }, window: {} });
  const then = path.at(-1 - month) ?? null;
  const before = then === null ? tooFew(path.length, 2 * month) : ok(then, month);
  const long = latest(returns, year);
  const change = difference(measured, before);
  const evidence = {
    volatility: ranked.value,
    percentile: ranked.percentile,
    end: ranked.end,
    n: ranked.n,
    before: fact("rv20.before", before, "volatility"),
    change: fact("rv20.change", change, "pp"),
    multiple: fact("rv20.to-year", over(measured, long), "multiple"),
  };
  return {
    ...nothing,
    questions: [{ ladder: sectorVolatility, subject: { ...subjectOf(sector.series), evidence } }],
    rows: [
      ...measureRow(say("epicentre.measure.volatility"), {
        value: ranked.value,
        percentile: ranked.percentile,
      }),
      ...measureRow(say("epicentre.measure.to-year"), { value: evidence.multiple }),
    ],
    series,
    gaps: measured.value === null ? [say("epicentre.gap.volatility")] : [],
  };
}

function latest(returns: Measured<readonly number[]>, window: number): Measured<number> {
  if (returns.value === null) return returns;
  return returns.value.length < window
    ? tooFew(returns.value.length, window)
    : realisedVolatility(returns.value, { window });
}

const difference = (now: Measured<number>, before: Measured<number>): Measured<number> =>
  before.value === null ? before : mapMeasured(now, (value) => value - before.value);

function over(now: Measured<number>, long: Measured<number>): Measured<number> {
  if (long.value === null) return long;
  return long.value === 0
    ? notDefined("zero-variance", year)
    : mapMeasured(now, (value) => value / long.value);
}
