import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Say } from "#src/domain/say.ts";
import { type MonthlyStanding, monthlyStanding, type WindowStanding } from "#src/metrics/monthly-standing.ts";
import { type Measured, mapMeasured, notDefined, ok } from "#src/metrics/result.ts";
import {
  type Country,
  type CountryFinding,
  lacking,
  nothing,
  presentColumn,
  questionOf,
} from "#src/sections/country-data.ts";
import { shortName } from "#src/sections/market.ts";
import { factsOf } from "#src/sections/regime-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { rankTail } from "#src/sections/tail.ts";
import { countryValuation } from "#src/statements/rules/country.ts";

/** Month-ends of a multiple depend on one another: one in a year is independent (G20). */
const monthsApart = 12;

/** The forward price-earnings ratio against its long-run averages, by every window that is declared (V1, V2). */
export function valuationOf(context: SectionContext, country: Pick<Country, "id" | "rule">): CountryFinding {
  const { rule } = country;
  if (rule.multiple === null) return nothing;
  const column = presentColumn(context, rule.multiple);
  if (column === null) return lacking(rule.multiple);
  const standing = monthlyStanding(column.dates, column.values, rule.windows);
  const windows = (standing.value?.windows ?? []).map((window, i) =>
    windowFacts(context, country, column, window, rule.windows[i] ?? "full"),
  );
  const multiple = multipleFact(context, country, column);
  const isShort = standing.value?.verdict === null;
  const row = {
    shelf: "measures" as const,
    head: say("country.table.multiple"),
    cells: [{ fact: multiple.id }, null],
  };
  return {
    ...nothing,
    questions: [
      questionOf(
        context,
        country,
        countryValuation,
        "valuation",
        evidenceOf(context, country, column, standing, multiple),
      ),
    ],
    rows: [
      row,
      ...windows.flatMap(({ head, mean, percentile }) =>
        mean.value === null
          ? []
          : [{ shelf: "measures" as const, head, cells: [{ fact: mean.id }, { percentile: percentile.id }] }],
      ),
    ],
    notes: windows.some(({ mean }) => mean.value !== null)
      ? [{ shelf: "measures", ...say("country.note.average") }]
      : [],
    gaps: isShort ? [say("country.gap.windows", { name: shortName(column.series) })] : [],
    series: [rule.multiple],
  };
}

const multipleFact = (context: SectionContext, { id }: Pick<Country, "id">, column: Column): Fact =>
  factsOf(context, `${id}.multiple`, {
    series: [column.series.id],
    method: "V1 forward P/E, as it is published",
    window: { start: column.dates.at(-1) ?? null, end: column.dates.at(-1) ?? null, n: 1 },
  })("latest", ok(column.values.at(-1) ?? 0, 1), "multiple");

/** The average of a window, and the percentile of the latest value in it. */
function windowFacts(
  context: SectionContext,
  { id }: Pick<Country, "id">,
  column: Column,
  measured: Measured<WindowStanding>,
  window: number | "full",
): { readonly head: Say; readonly mean: Fact; readonly percentile: Fact } {
  const fact = factsOf(context, `${id}.multiple.${window}`, {
    series: [column.series.id],
    method: "V2 standing in month-ends",
    params: { months: window },
    window: { start: null, end: column.dates.at(-1) ?? null, n: measured.n },
  });
  const from = ok(`${column.dates[0] ?? ""}`.slice(0, 7), 1);
  const head =
    window === "full"
      ? say("country.table.average.full", { start: { fact: fact("start", from, "month").id } })
      : say("country.table.average.months", { months: { fact: fact("months", ok(window, 1), "count").id } });
  return {
    head,
    mean: fact(
      "mean",
      mapMeasured(measured, ({ mean }) => mean),
      "multiple",
    ),
    percentile: fact(
      "percentile",
      mapMeasured(measured, ({ percentile }) => percentile),
      "percentile",
    ),
  };
}

/** What the windows say of the latest value together, and the lowest and the highest of their averages. */
function evidenceOf(
  context: SectionContext,
  { id }: Pick<Country, "id">,
  column: Column,
  standing: Measured<MonthlyStanding>,
  multiple: Fact,
) {
  const windows = standing.value?.windows ?? [];
  const known = windows.flatMap(({ value, n }) => (value === null ? [] : [{ ...value, n }]));
  const [longest] = known.toSorted((a, b) => b.n - a.n);
  const means = known.map(({ mean }) => mean);
  const fact = factsOf(context, `${id}.multiple`, {
    series: [column.series.id],
    method: "V2 standing in month-ends, all windows",
    window: { start: column.dates[0] ?? null, end: column.dates.at(-1) ?? null, n: longest?.n ?? 0 },
  });
  const lacks = windows.find(({ value }) => value === null);
  const extreme = (value: number): Measured<number> =>
    means.length === 0
      ? lacks?.value === null
        ? lacks
        : notDefined("no-value", 0)
      : ok(value, means.length);
  return {
    multiple,
    date: fact("date", ok(column.dates.at(-1) ?? "", 1), "date"),
    verdict: { value: standing.value?.verdict ?? null, reasons: lacks?.reasons ?? standing.reasons },
    low: fact("mean-low", extreme(Math.min(...means)), "multiple"),
    high: fact("mean-high", extreme(Math.max(...means)), "multiple"),
    windows: known.length === 1 ? "one" : "several",
    percentile: fact(
      "percentile",
      longest === undefined ? extreme(0) : ok(longest.percentile, longest.n),
      "percentile",
      longest === undefined
        ? {}
        : { stats: rankTail(longest.percentile, { n: longest.n, overlap: monthsApart, side: "either" }) },
    ),
  };
}
