import type { CrisisWindow } from "#src/domain/declared.ts";
import type { Fact } from "#src/domain/fact.ts";
import { type Episode, exceedanceEpisodes } from "#src/metrics/exceedance-episodes.ts";
import { compositePath, type NoiseVelocity, noiseVelocity } from "#src/metrics/noise-velocity.ts";
import type { Path } from "#src/metrics/panel.ts";
import { type Measured, mapMeasured, notDefined, ok } from "#src/metrics/result.ts";
import { componentsOf, type NoiseComponents } from "#src/sections/regime-components.ts";
import { factsOf, lateness, type Members, membersOf, shortage, without } from "#src/sections/regime-data.ts";
import { episodesFigure } from "#src/sections/regime-episodes.ts";
import { type Finding, nothing, rowOf } from "#src/sections/regime-finding.ts";
import type { TurbulencePaths } from "#src/sections/regime-turbulence.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { tailOfOverlapping } from "#src/sections/tail.ts";
import { noiseEpisodes, noiseState } from "#src/statements/rules/conditions.ts";

/** Noise and velocity as of this week, the mean of both at every session, and when it was as high as today. */
export interface Noise {
  readonly composite: NoiseVelocity;
  readonly components: NoiseComponents;
  readonly both: Path;
  /** Earlier ones: what goes on until today is none. */
  readonly episodes: readonly Episode[];
  /** Whether it was as high in what goes on until today. */
  readonly wasAsHigh: boolean;
}

/** A time that somebody has declared to be a crisis, both ends included; without an end it lasts. */
export type Crisis = Pick<CrisisWindow, "name" | "from" | "until">;

/** Windows of twenty sessions: one in so many is independent of the others (G20). */
const overlap = 20;
const leastNames = 10;
/** Days as high as today belong to one episode where they are at most so many sessions apart, today's among them. */
const gap = 21;
/** A name needs both periods of the churn before it counts. */
const needs = { least: 252, returns: true };

/** Noise and velocity with their components, and the earlier times of as much of both (Q10). */
export function noiseOf(
  context: SectionContext,
  turbulence: TurbulencePaths | null,
  crises: readonly Crisis[] = context.declared.crises,
): Finding {
  const members = membersOf(context, context.workspace.conditions.universe, needs);
  const measured = measure(context, members, turbulence);
  const facts = noiseFacts(context, members, measured);
  const questions = [stateQuestion(facts), episodesQuestion(facts, measured, crises)] as const;
  const { value } = measured;
  const { absent } = members;
  if (value === null) return { ...nothing, questions, absent, gaps: [say("regime.conditions.gap.noise")] };
  const { noise, velocity } = value.composite;
  return {
    questions,
    rows: () =>
      [
        rowOf("noise", facts.noise, null, { reading: noise.label }),
        rowOf("velocity", facts.velocity, null, { reading: velocity.label }),
      ].filter((row) => row !== null),
    figures: (answers) =>
      episodesFigure(context, value, { facts, crises, statement: answers(questions[0]).statement }),
    notes: [
      componentsNote(context, members, "noise", noise.components),
      componentsNote(context, members, "velocity", velocity.components),
    ],
    gaps: [],
    absent,
    series: members.columns.map(({ series }) => series.id),
  };
}

function measure(
  context: SectionContext,
  members: Members,
  turbulence: TurbulencePaths | null,
): Measured<Noise> {
  const lack = shortage(members, leastNames);
  if (lack !== null) return without(lack);
  const components = componentsOf(context, members, turbulence);
  const late = lateness(context, components.dates.at(-1) ?? "");
  if (late !== null) return without(late);
  const composite = noiseVelocity(components.noise, components.velocity);
  if (composite.value === null) return composite;
  const velocities = compositePath(components.velocity);
  const both = compositePath(components.noise).map((noise, t) => {
    const velocity = velocities[t] ?? null;
    return noise === null || velocity === null ? null : (noise + velocity) / 2;
  });
  const all = exceedanceEpisodes(components.dates, both, []).value ?? [];
  const episodes = all.filter(({ end }) => components.dates.slice(-1 - gap).every((day) => day > end));
  const wasAsHigh = episodes.length < all.length;
  return { ...composite, value: { composite: composite.value, components, both, episodes, wasAsHigh } };
}

/** The facts of noise and velocity. */
export type NoiseFacts = Readonly<
  Record<"noise" | "velocity" | "both" | "start" | "n" | "episodes" | "last", Fact>
>;

function noiseFacts(context: SectionContext, { columns }: Members, measured: Measured<Noise>): NoiseFacts {
  const { value } = measured;
  const dates = value?.components.dates ?? [];
  const began = value?.both.findIndex((each) => each !== null) ?? -1;
  const n = earlierOf(value?.both ?? []).length;
  const fact = factsOf(context, "regime.conditions", {
    series: columns.map(({ series }) => series.id),
    method: "Q10 noise and velocity",
    params: { history: 2520, minHistory: 1260, gap },
    window: { start: dates[0] ?? null, end: dates.at(-1) ?? null, n: dates.length },
  });
  const of = <T extends number | string>(take: (noise: Noise) => T) => mapMeasured(measured, take);
  const last = value?.episodes.at(-1)?.end;
  return {
    noise: fact(
      "noise",
      of(({ composite }) => composite.noise.value),
      "points",
    ),
    velocity: fact(
      "velocity",
      of(({ composite }) => composite.velocity.value),
      "points",
    ),
    both: fact(
      "noise-and-velocity",
      of(({ composite }) => composite.both),
      "points",
      {
        stats: value === null ? {} : tailOfOverlapping(earlierOf(value.both), value.composite.both, overlap),
      },
    ),
    start: fact(
      "noise-start",
      of(() => dates[began] ?? ""),
      "date",
    ),
    n: fact(
      "noise-history",
      of(() => n),
      "count",
    ),
    episodes: fact(
      "noise-episodes",
      of(({ episodes }) => episodes.length),
      "count",
    ),
    last: fact(
      "noise-last-episode",
      last === undefined ? (value === null ? measured : notDefined("no-episode", n)) : ok(last, n),
      "date",
    ),
  };
}

/** All values but the last. */
const earlierOf = (path: Path): readonly number[] => path.slice(0, -1).filter((each) => each !== null);

const stateQuestion = ({ noise, velocity, both, start }: NoiseFacts): Question => ({
  ladder: noiseState,
  subject: { id: "noise", evidence: { noise, velocity, both, start }, proof: "regime.episodes" },
});

function episodesQuestion(facts: NoiseFacts, measured: Measured<Noise>, crises: readonly Crisis[]): Question {
  const outside = measured.value?.episodes.filter(
    (episode) => !crises.some((crisis) => holds(crisis, episode)),
  );
  return {
    ladder: noiseEpisodes,
    subject: {
      id: "noise-episodes",
      evidence: {
        both: facts.both,
        start: facts.start,
        n: facts.n,
        episodes: facts.episodes,
        isHighest: mapMeasured(measured, ({ episodes, wasAsHigh }) => episodes.length === 0 && !wasAsHigh),
        outside: outside?.length ?? null,
        declared: crises.length,
        last: facts.last,
      },
      proof: "regime.episodes",
    },
  };
}

/** Whether an episode lies wholly inside a crisis: one that outlasted it was not of it alone. */
const holds = ({ from, until }: Crisis, { start, end }: Episode): boolean =>
  from <= start && end <= (until ?? end);

/** The percentile of each component, named. */
function componentsNote(
  context: SectionContext,
  { columns }: Members,
  composite: "noise" | "velocity",
  components: Readonly<Record<string, number | null>>,
) {
  const fact = factsOf(context, "regime.conditions", {
    series: columns.map(({ series }) => series.id),
    method: `Q10 component of ${composite}`,
    params: {},
    window: {},
  });
  const places = Object.entries(components).map(([name, rank]) => {
    const measured: Measured<number> =
      rank === null ? without({ code: "too-few", need: 1260, have: 0 }) : ok(rank, 1);
    return [placeOf(name), { fact: fact(`${composite}.${name}`, measured, "points").id }] as const;
  });
  return say(`regime.conditions.${composite}-note`, Object.fromEntries(places));
}

/** The name of a component as messages call its place: `rankChurn`. */
const placeOf = (name: string): string => name.replace(/-(\w)/gu, (_, first: string) => first.toUpperCase());
