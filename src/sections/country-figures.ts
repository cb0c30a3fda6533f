import { type CumulativeLine, cumulativeLines } from "#src/charts/cumulative-lines.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Dated } from "#src/metrics/inner-join.ts";
import { type Country, dollarIndex } from "#src/sections/country-data.ts";
import { type Flip, flipFigure } from "#src/sections/country-flip.ts";
import type { Returns } from "#src/sections/country-returns.ts";
import { shortName, yearStart } from "#src/sections/market.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

/** Returns that a line of correlation shows: two years of days, or three of weeks. */
const shown = { daily: 504, weekly: 156 } as const;
/** Of fewer points there is no line to draw. */
const leastPoints = 10;

/** The rolling correlation of index and currency; `null` where there is none. */
export function correlationFigure(
  { facts }: SectionContext,
  { id, rule, index, fx }: Country,
  { line }: Flip,
): Figure | null {
  const [recent, n] = [facts.get(`${id}.flip.recent`), facts.get(`${id}.flip.recent-n`)];
  if (line === null || recent === undefined || n === undefined || recent.value === null) return null;
  const points = line.path
    .map((value, t) => ({ day: line.dates[t] ?? "", value }))
    .filter(({ value }) => value !== null)
    .slice(-shown[line.basis]);
  if (points.length < leastPoints) return null;
  const places = {
    name: shortName(index.series),
    money: { name: rule.money },
    n: { fact: n.id },
    recent: { fact: recent.id },
  };
  return {
    id: flipFigure(id),
    claim: say("country.figure.correlation.claim", places),
    unit: say(`country.figure.correlation.unit.${line.basis}`, places),
    alt: say("country.figure.correlation.alt", places),
    notes: [],
    series: [index.series.id, ...(fx === null ? [] : [fx.series.id])],
    size: "beside",
    spec: (words) =>
      cumulativeLines(
        {
          size: "beside",
          unit: "correlation",
          lines: [
            {
              name: words.say(say("country.figure.correlation.line")),
              label: words.fact(recent.id),
              points,
            },
          ],
        },
        words,
      ),
  };
}

/** The index since the last session of the year before, in its currency and in dollars; `null` while the year is young. */
export function returnsFigure(context: SectionContext, country: Country, { spans }: Returns): Figure | null {
  const { id, rule, index, fx } = country;
  const { local, dollars } = spans.year;
  const converted = dollarIndex(context, country);
  if (local.value === null || dollars.value === null || converted === null || fx === null) return null;
  const base = spans.year.base ?? yearStart(context);
  const [own, other] = [pointsOf(index, base), pointsOf(converted, base)];
  if (own.length < leastPoints || other[0]?.day !== base) return null;
  const name = shortName(index.series);
  const places = {
    name,
    local: { fact: local.id, signed: true },
    dollars: { fact: dollars.id, signed: true },
    base: { fact: `${id}.base.year`, full: true },
    money: { name: rule.money },
  };
  const lines = (of: (key: string) => string): readonly Pick<CumulativeLine, "name" | "points">[] => [
    { name: of("local"), points: own },
    { name: of("dollars"), points: other },
  ];
  return {
    id: `${id}.year`,
    claim: say("country.figure.year.claim", places),
    unit: say("country.figure.year.unit", places),
    alt: say("country.figure.year.alt", places),
    notes: [],
    series: [index.series.id, fx.series.id],
    size: "beside",
    spec: (words) =>
      cumulativeLines(
        {
          size: "beside",
          unit: "return",
          lines: lines((key) => words.say(say(`country.figure.year.line.${key}`))).map((line, i) => ({
            ...line,
            label: words.fact(i === 0 ? local.id : dollars.id, "signed"),
          })),
        },
        words,
      ),
  };
}

/** Changes since a base session, itself included. */
function pointsOf({ dates, values }: Dated, base: string) {
  const from = dates.findLastIndex((day) => day <= base);
  const first = values[from] ?? Number.NaN;
  return dates
    .slice(Math.max(0, from))
    .map((day, t) => ({ day, value: (values[from + t] ?? first) / first - 1 }));
}
