import type { Day } from "#src/metrics/days.ts";
import { meanOf } from "#src/metrics/mean.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import { twoSided } from "#src/metrics/student.ts";
import { noise } from "#src/metrics/z-score.ts";

/** What a test of several events needs of each. */
export interface EventOutcome {
  /** The event's session. */
  readonly day: Day;
  /** The last session of its window. */
  readonly lastDay: Day;
  readonly car: number;
  /** As `eventReaction` gives it. */
  readonly standardised: number;
}

/** Whether events of a kind move a series. */
export interface EventTest {
  /** Groups of events that overlap: what is counted. */
  readonly clusters: number;
  /** Mean of their CARs, a fraction. */
  readonly meanCar: number;
  /** Boehmer, Musumeci and Poulsen: mean of the standardised CARs in its cross-sectional error, Student's with clusters − 1. */
  readonly bmp: { readonly t: number; readonly p: number };
  /** How many went up and down, and how probable so uneven a split is of a fair coin, exactly. */
  readonly signs: { readonly up: number; readonly down: number; readonly p: number };
}

/** Below so few clusters their spread is not known. */
const leastClusters = 5;

/**
 * Test of several events (事件检验, B6): the standardised cross-sectional test, which holds where events make returns wilder as well as
 * moving them, and the sign test, which one large event does not decide.
 *
 *     t = mean(S) / (sd(S) / √N),   S standardised CARs, sd with N − 1
 *
 * Events whose windows overlap are told by the same returns or the same days, and count as one, with the mean of theirs.
 *
 * @param events  in any order
 * @returns `insufficient` below 5 clusters; `undefined` (`zero-variance`) where all are equal
 * @throws {RangeError} if a number is not finite, or a window ends before its event
 * @see Boehmer, Musumeci and Poulsen (1991), Journal of Financial Economics 30(2)
 */
export function eventTest(events: readonly EventOutcome[]): Measured<EventTest> {
  const bad = events.find(({ car, standardised }) => !Number.isFinite(car) || !Number.isFinite(standardised));
  if (bad) throw new RangeError(`eventTest requires finite outcomes, got one on ${bad.day} that is not`);
  if (events.some(({ day, lastDay }) => lastDay < day))
    throw new RangeError("eventTest requires windows that end after their event");
  const clusters = clustersOf(events);
  const n = clusters.length;
  if (n < leastClusters) return tooFew(n, leastClusters);
  const cars = clusters.map((cluster) => meanOf(cluster.map(({ car }) => car)));
  const scores = clusters.map((cluster) => meanOf(cluster.map(({ standardised }) => standardised)));
  const center = meanOf(scores);
  const spread = Math.sqrt(scores.reduce((sum, s) => sum + (s - center) ** 2, 0) / (n - 1));
  if (spread < noise * Math.max(1, Math.abs(center))) return notDefined("zero-variance", n);
  const t = (center * Math.sqrt(n)) / spread;
  return ok(
    { clusters: n, meanCar: meanOf(cars), bmp: { t, p: twoSided(t, n - 1) }, signs: signTest(cars) },
    n,
  );
}

/** Events of which each begins before the windows of those before it have ended. */
function clustersOf(events: readonly EventOutcome[]): readonly (readonly EventOutcome[])[] {
  const clusters: EventOutcome[][] = [];
  let until = "";
  for (const event of events.toSorted((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)))) {
    const last = clusters.at(-1);
    if (last && event.day <= until) last.push(event);
    else clusters.push([event]);
    if (event.lastDay > until) until = event.lastDay;
  }
  return clusters;
}

/** Sign test (符号检验): of values that are not 0, two-sided, by the binomial distribution. */
function signTest(values: readonly number[]): EventTest["signs"] {
  const [up, down] = [values.filter((v) => v > 0).length, values.filter((v) => v < 0).length];
  const n = up + down;
  let [probability, tail] = [0.5 ** n, 0];
  for (let k = 0; k <= Math.min(up, down); k++) {
    tail += probability;
    probability *= (n - k) / (k + 1);
  }
  return { up, down, p: Math.min(1, 2 * tail) };
}
