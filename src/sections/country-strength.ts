import { innerJoin } from "#src/metrics/inner-join.ts";
import { type RelativeStrength, relativeStrength } from "#src/metrics/relative-strength.ts";
import { insufficient, type Measured, mapMeasured, ok, tooFew } from "#src/metrics/result.ts";
import {
  type Country,
  type CountryFinding,
  dollarIndex,
  lacking,
  nothing,
  presentColumn,
  questionOf,
} from "#src/sections/country-data.ts";
import { proseName, shortName } from "#src/sections/market.ts";
import { factsOf, lateness, without } from "#src/sections/regime-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";
import { rankTail } from "#src/sections/tail.ts";
import { countryStrength } from "#src/statements/rules/country.ts";

const horizon = 20;

/** What the index in dollars gained on the world's equities over twenty sessions (A4): the change of their ratio. */
export function strengthOf(context: SectionContext, country: Country): CountryFinding {
  const { id, rule, index, fx } = country;
  if (rule.world === null || fx === null) return nothing;
  const world = presentColumn(context, rule.world);
  if (world === null) return lacking(rule.world);
  const joined = innerJoin([dollarIndex(context, country) ?? { dates: [], values: [] }, world]);
  const end = joined.dates.at(-1) ?? "";
  const late = end === "" ? null : lateness(context, end);
  const [own = [], other = []] = joined.values;
  const measured = late === null ? relativeStrength(own, other) : without(late);
  const series = [index.series.id, fx.series.id, world.series.id];
  const fact = factsOf(context, id, {
    series,
    method: "A4 relative strength in dollars, 20 sessions, as a change of the ratio",
    params: { horizon },
    window: { start: joined.dates.at(-1 - horizon) ?? null, end: end || null, n: measured.n },
  });
  const history = measured.value?.history ?? 0;
  const rank = standingOf(measured, ({ percentile }) => percentile);
  const strength = fact(
    "strength",
    mapMeasured(measured, ({ value }) => Math.expm1(value)),
    "return",
  );
  const percentile = fact("strength-percentile", rank, "percentile", {
    stats: rank.value === null ? {} : rankTail(rank.value, { n: history, overlap: horizon, side: "either" }),
  });
  const n = fact("strength-history", ok(history, history), "count");
  const independent = fact("strength-independent", ok(Math.floor(history / horizon), history), "count");
  const z = fact(
    "strength-z",
    standingOf(measured, (value) => value.z),
    "z",
  );
  const places = { world: proseName(world.series) };
  const row = {
    shelf: "measures" as const,
    head: say("country.table.strength", { world: shortName(world.series) }),
    cells: [{ fact: strength.id }, percentile.value === null ? null : { percentile: percentile.id }],
  };
  return {
    ...nothing,
    questions: [
      questionOf(context, country, countryStrength, "strength", { strength, z, percentile }, places),
    ],
    rows: strength.value === null ? [] : [row],
    notes:
      z.value === null
        ? []
        : [
            {
              shelf: "measures",
              ...say("country.note.strength", { n: { fact: n.id }, independent: { fact: independent.id } }),
            },
          ],
    series,
  };
}

/** Where strength stands in its history; why it does not where that is too short. */
function standingOf(
  measured: Measured<RelativeStrength>,
  of: (value: RelativeStrength) => number | null,
): Measured<number> {
  if (measured.value === null) return measured;
  const value = of(measured.value);
  const [why] = measured.reasons;
  if (value !== null) return ok(value, measured.value.history);
  return why === undefined ? tooFew(0, 1) : insufficient(measured.value.history, why);
}
