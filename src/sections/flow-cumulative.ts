import { cumulativeLines } from "#src/charts/cumulative-lines.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Say } from "#src/domain/say.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { currencyOf, type Flow } from "#src/sections/flow-data.ts";
import { hasFundTable } from "#src/sections/flow-fund-table.ts";
import { type Part, placesOf } from "#src/sections/flow-part.ts";
import { figureId, type Span } from "#src/sections/flow-span.ts";
import { say } from "#src/sections/section.ts";

/** The largest and the smallest, by name and number. */
function ends(compared: readonly Flow[]): Say {
  const sorted = compared.toSorted((a, b) => (b.measured.value ?? 0) - (a.measured.value ?? 0));
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return say("flows.none.claim");
  const places = {
    first: { name: first.name },
    v: { fact: first.fact.id, signed: true },
    last: { name: last.name },
    w: { fact: last.fact.id, signed: true },
  };
  return say(first === last ? "flows.figure.claim-one" : "flows.figure.claim-many", places);
}

/** Of what is missing the tables of funds give the count, where there are any. */
function noteOf({ cohort, groups }: Part): string {
  if (cohort.isWeekly) return "weekly";
  return groups.every(hasFundTable) ? "daily" : "bare";
}

/** The sums since 1 January of what is compared; none where nothing is. */
export function cumulativeFigure(part: Part): readonly Figure[] {
  const { cohort, compared } = part;
  if (compared.length === 0) return [];
  const places = placesOf(part);
  return [
    {
      id: figureId(cohort),
      claim: ends(compared),
      unit: say("flows.figure.unit", places),
      alt: say("flows.figure.alt", places),
      notes: [say(`flows.figure.note-${noteOf(part)}`)],
      series: compared.flatMap((flow) => flow.fact.series),
      size: "beside",
      spec: (words) =>
        cumulativeLines(
          {
            size: "beside",
            heightMm: 46,
            lines: compared.map((flow) => ({
              name: words.name(flow.name),
              label: words.fact(flow.fact.id, "signed"),
              points: cumulativePath(flow, cohort.span),
            })),
            unit: currencyOf(compared.flatMap(({ columns }) => columns)),
          },
          words,
        ),
    },
  ];
}

/** Daily cumulative sums over the span, of all of a flow's columns together. */
function cumulativePath({ columns }: Flow, { start, due }: Span): { day: IsoDate; value: number }[] {
  const byDay = new Map<IsoDate, number>();
  for (const { dates, values } of columns) {
    for (const [i, date] of dates.entries()) {
      if (start <= date && date <= due) byDay.set(date, (byDay.get(date) ?? 0) + (values[i] ?? 0));
    }
  }
  let sum = 0;
  return [...byDay]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, value]) => {
      sum += value;
      return { day, value: sum };
    });
}
