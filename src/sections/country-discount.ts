import { innerJoin } from "#src/metrics/inner-join.ts";
import { monthlyStanding } from "#src/metrics/monthly-standing.ts";
import { multipleDiscountPath } from "#src/metrics/multiple-discount.ts";
import { mapMeasured, notDefined, ok } from "#src/metrics/result.ts";
import {
  type Country,
  type CountryFinding,
  lacking,
  nothing,
  presentColumn,
} from "#src/sections/country-data.ts";
import { factsOf } from "#src/sections/regime-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

/** The price-book ratio against the world's: shown beside, and nothing is inferred from it (V7). */
export function discountOf(
  context: SectionContext,
  { id, rule }: Pick<Country, "id" | "rule">,
): CountryFinding {
  const { book, worldBook } = rule;
  if (book === null || worldBook === null) return nothing;
  const absent = [book, worldBook].filter((series) => presentColumn(context, series) === null);
  if (absent.length > 0) return lacking(...absent);
  const { dates, values } = innerJoin([context.panel.column(book), context.panel.column(worldBook)]);
  const [own = [], world = []] = values;
  const standing = monthlyStanding(dates, multipleDiscountPath(own, world), ["full"]);
  if (standing.value === null) return lacking(book);
  const rank = standing.value.windows[0] ?? notDefined("no-value", 0);
  const fact = factsOf(context, `${id}.book`, {
    series: [book, worldBook],
    method: "V7 discount of price-book to the world",
    window: { start: dates[0] ?? null, end: dates.at(-1) ?? null, n: standing.n },
  });
  const latest = fact("latest", ok(own.at(-1) ?? 0, 1), "multiple");
  const discount = fact(
    "discount",
    mapMeasured(standing, ({ value }) => value),
    "return",
  );
  const percentile = fact(
    "percentile",
    mapMeasured(rank, (value) => value.percentile),
    "percentile",
  );
  const dot = percentile.value === null ? null : { percentile: percentile.id };
  return {
    ...nothing,
    rows: [
      { shelf: "measures", head: say("country.table.book"), cells: [{ fact: latest.id }, null] },
      { shelf: "measures", head: say("country.table.discount"), cells: [{ fact: discount.id }, dot] },
    ],
    series: [book, worldBook],
  };
}
