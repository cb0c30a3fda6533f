import { episodeStrip } from "#src/charts/episode-strip.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Statement } from "#src/domain/statement.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { isoWeek } from "#src/metrics/iso-week.ts";
import type { Crisis, Noise, NoiseFacts } from "#src/sections/regime-noise.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

/** What the figure says beside its line. */
interface Said {
  readonly facts: NoiseFacts;
  readonly crises: readonly Crisis[];
  readonly statement: Statement | null;
}

/** From which value on noise and velocity are high; below it nobody asks when they were as high. */
const highFrom = 80;
const leastWeeks = 104;

/** Noise and velocity together through the years, where one of them stands out; none below two years of it. */
export function episodesFigure(
  { panel }: SectionContext,
  { components, both, episodes, composite }: Noise,
  { facts, crises, statement }: Said,
): readonly Figure[] {
  const points = weekly(components.dates, both);
  if (points.length < leastWeeks || statement?.earned !== true) return [];
  const places = { both: { fact: facts.both.id } };
  return [
    {
      id: "regime.episodes",
      claim: say("regime.figure.episodes.claim", places),
      unit: say("regime.figure.episodes.unit"),
      alt: say("regime.figure.episodes.alt", places),
      notes: [say(`regime.figure.episodes.${crises.length > 0 ? "declared" : "undeclared"}`)],
      series: facts.both.series.filter((id) => panel.column(id).dates.length > 0),
      size: "wide",
      spec: (words) =>
        episodeStrip(
          {
            points,
            endLabel: words.fact(facts.both.id),
            high: { value: highFrom, label: words.say(say("regime.figure.episodes.high")) },
            episodes:
              composite.both >= highFrom ? episodes.map(({ start, end }) => ({ from: start, to: end })) : [],
            windows: crises.map(({ name, from, until }) => ({
              name: words.name(name),
              from,
              to: until ?? points.at(-1)?.day ?? from,
            })),
          },
          words,
        ),
    },
  ];
}

/** The last value of every week. */
function weekly(dates: readonly IsoDate[], path: readonly (number | null)[]) {
  const weeks = new Map<IsoDate, { readonly day: IsoDate; readonly value: number | null }>();
  for (const [t, day] of dates.entries()) {
    const value = path[t] ?? null;
    if (weeks.size > 0 || value !== null) weeks.set(isoWeek(day).friday, { day, value });
  }
  return [...weeks.values()];
}
