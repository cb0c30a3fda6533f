import type { Column } from "#src/domain/panel.ts";
import { type ImpliedUpside, impliedUpside } from "#src/metrics/implied-upside.ts";
import { type Measured, mapMeasured, notDefined, ok } from "#src/metrics/result.ts";
import {
  type Country,
  type CountryFinding,
  lacking,
  nothing,
  presentColumn,
  questionOf,
  sourceOf,
} from "#src/sections/country-data.ts";
import { quantumOfDecimals } from "#src/sections/market.ts";
import { factsOf } from "#src/sections/regime-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { countryTarget } from "#src/statements/rules/country.ts";

/** What somebody's target leaves at the index' last close (V5). */
export function targetOf(context: SectionContext, country: Country): CountryFinding {
  const { id, rule, index } = country;
  if (rule.target === null) return nothing;
  const column = presentColumn(context, rule.target);
  if (column === null) return lacking(rule.target);
  const [target = 0, date = ""] = [column.values.at(-1), column.dates.at(-1)];
  const [close = 0, day = ""] = [index.values.at(-1), index.dates.at(-1)];
  const before = previousOf(column);
  // A target may be published after the last session of a short week.
  const asOf = [context.lastDay, date].toSorted().at(-1) ?? date;
  const measured = impliedUpside(
    { target, date, ...(before === null ? {} : { previous: before.target }) },
    close,
    asOf,
  );
  const fact = factsOf(context, `${id}.target`, {
    series: [rule.target, index.series.id],
    method: "V5 implied upside",
    params: { published: date },
    window: { start: date, end: day, n: measured.n },
  });
  const digits = { quantum: quantumOfDecimals(index.series.decimals) };
  const level = fact("level", ok(target, 1), "points");
  const upside = fact(
    "upside",
    mapMeasured(measured, (value) => value.upside),
    "return",
  );
  const revision = revisionOf(measured);
  const evidence = {
    target: level,
    close: fact("close", ok(close, 1), "points", digits),
    upside,
    distance: mapMeasured(measured, (value) => Math.abs(value.upside)),
    age: fact(
      "age",
      mapMeasured(measured, (value) => value.age),
      "count",
    ),
    date: fact("date", ok(date, 1), "date"),
    revision: fact("revision", revision, "return"),
    previous: fact("previous", before === null ? noPrevious : ok(before.target, 1), "points"),
    previousDate: fact("previous-date", before === null ? noPrevious : ok(before.date, 1), "date"),
  };
  const source = { name: sourceOf(column) };
  const row = {
    shelf: "measures" as const,
    head: say("country.table.target", { target: { fact: level.id } }),
    cells: [{ fact: upside.id }, null],
  };
  return {
    ...nothing,
    questions: [questionOf(context, country, countryTarget, "target", evidence, { source })],
    rows: upside.value === null ? [] : [row],
    series: [rule.target, index.series.id],
  };
}

const noPrevious: Measured<never> = notDefined("no-previous", 0);

const revisionOf = (measured: Measured<ImpliedUpside>): Measured<number> => {
  if (measured.value === null) return measured;
  const { revision } = measured.value;
  return revision === null ? noPrevious : ok(revision, 1);
};

/** The last target that was another, and when it was published. */
function previousOf({ values, dates }: Column): { readonly target: number; readonly date: string } | null {
  const at = values.findLastIndex((value) => value !== values.at(-1));
  const [target, date] = [values[at], dates[at]];
  return target === undefined || date === undefined ? null : { target, date };
}
