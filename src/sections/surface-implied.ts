import type { Column } from "#src/domain/panel.ts";
import { ownHistory } from "#src/metrics/own-history.ts";
import { insufficient, ok, tooFew } from "#src/metrics/result.ts";
import { quantumOfDecimals, staleness, subjectOf } from "#src/sections/market.ts";
import { type Ranked, rankedFacts } from "#src/sections/own-history.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { impliedMeasure } from "#src/statements/rules/surface.ts";

/** What options imply, as an exchange publishes it. */
export interface Implied {
  readonly column: Column;
  readonly ranked: Ranked;
}

/** Sessions that an implied measure looks ahead: values nearer to one another are not independent. */
const ahead = 21;

/** The latest value of an implied measure and its place in its own history (D3); nothing is computed from it. */
export function impliedOf(context: SectionContext, id: string): Implied {
  const column = context.panel.column(id);
  const { dates, values, series } = column;
  const late = staleness(context, column);
  const value = values.at(-1);
  return {
    column,
    ranked: rankedFacts(context, {
      id: `surface.${id}.implied`,
      dates,
      series: [id],
      unit: series.unit === "percent" ? "volatility" : "points",
      ...(series.unit === "percent" ? {} : { quantum: quantumOfDecimals(series.decimals) }),
      method: "D3 implied measure as published",
      params: {},
      measured:
        late !== null ? insufficient(values.length, late) : value === undefined ? tooFew(0, 1) : ok(value, 1),
      path: values,
      need: ownHistory.structure,
      overlap: ahead,
      caveats: [],
    }),
  };
}

/** What the rules are asked about it. */
export const impliedQuestion = ({ column: { series }, ranked }: Implied): Question => ({
  ladder: impliedMeasure,
  subject: {
    ...subjectOf(series),
    evidence: {
      value: ranked.value,
      percentile: ranked.percentile,
      end: ranked.end,
      n: ranked.n,
    },
  },
});
