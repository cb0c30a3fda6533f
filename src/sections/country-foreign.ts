import { foreignOwnership, ownershipRules } from "#src/metrics/foreign-ownership.ts";
import { mapMeasured, ok } from "#src/metrics/result.ts";
import {
  type Country,
  type CountryFinding,
  lacking,
  nothing,
  presentColumn,
  questionOf,
} from "#src/sections/country-data.ts";
import { endOf } from "#src/sections/own-history.ts";
import { factsOf } from "#src/sections/regime-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { rankTail } from "#src/sections/tail.ts";
import { countryForeign } from "#src/statements/rules/country.ts";

/** Holdings change slowly: of month-ends one in a year is independent (G20). */
const monthsApart = 12;
const isShare = (value: number): boolean => value >= 0 && value <= 1;

/** What foreigners hold of the market, against ten years of month-ends (V6). */
export function foreignOf(context: SectionContext, country: Pick<Country, "id" | "rule">): CountryFinding {
  const { id, rule } = country;
  if (rule.foreign === null) return nothing;
  const column = presentColumn(context, rule.foreign);
  // A share that is none has another unit than the catalogue says.
  if (column === null || !column.values.every(isShare)) return lacking(rule.foreign);
  const measured = foreignOwnership(column.dates, column.values);
  const fact = factsOf(context, `${id}.foreign`, {
    series: [rule.foreign],
    method: "V6 foreign ownership, ten years of month-ends",
    params: { months: ownershipRules.months },
    window: { start: null, end: column.dates.at(-1) ?? null, n: measured.n },
  });
  const share = fact("share", ok(column.values.at(-1) ?? 0, 1), "share");
  const rank = mapMeasured(measured, (value) => value.percentile);
  const percentile = fact("percentile", rank, "percentile", {
    stats:
      rank.value === null
        ? {}
        : rankTail(rank.value, { n: measured.n, overlap: monthsApart, side: "either" }),
  });
  const evidence = {
    share,
    percentile,
    end: endOf(percentile),
    n: fact("months", ok(measured.n, measured.n), "count"),
    date: fact("date", ok(column.dates.at(-1) ?? "", 1), "date"),
  };
  const dot = percentile.value === null ? null : { percentile: percentile.id };
  return {
    ...nothing,
    questions: [questionOf(context, country, countryForeign, "foreign", evidence)],
    rows: [{ shelf: "measures", head: say("country.table.foreign"), cells: [{ fact: share.id }, dot] }],
    series: [rule.foreign],
  };
}
