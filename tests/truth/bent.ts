import type { IsoDate } from "#src/domain/time.ts";
import { draws } from "#tests/truth/configurations.ts";
import { at, mean } from "#tests/truth/plain.ts";
import type { ListedEvent, Point, RawSeries } from "#tests/truth/world.ts";

/** What each of a series' points is multiplied with. */
type Factors = (point: Point, place: number, points: readonly Point[]) => number;

const scaled = (points: readonly Point[], factor: Factors): readonly Point[] =>
  points.map((point, i) => ({ day: point.day, value: point.value * factor(point, i, points) }));

/**
 * Falls, of which half comes back within five sessions or nothing: on days of a name's events, now and then on others, and on more of
 * those in the last quarter.
 */
function shot(
  points: readonly Point[],
  events: ReadonlySet<IsoDate>,
  next: () => number,
  back: number,
): readonly Point[] {
  const moves = points.map(() => 0);
  for (let t = 0; t < points.length - 6; t++) {
    const chance = t > points.length - 60 ? 0.04 : 0.006;
    if (!events.has(at(points, t).day) && next() >= chance) continue;
    moves[t] = at(moves, t) - 0.1;
    for (let k = 1; k <= 5; k++) moves[t + k] = at(moves, t + k) + (0.1 * back) / 5;
  }
  return steered(points, moves);
}

/** With such changes of its logarithm, less their mean. */
function steered(points: readonly Point[], moves: readonly number[]): readonly Point[] {
  const usual = mean(moves);
  let level = 0;
  const levels = moves.map((move) => (level += move - usual));
  return scaled(points, (_, i) => Math.exp(at(levels, i)));
}

/** A name loses in each week in which headlines tell more of something, and regains nothing where they tell less. */
function hurt(points: readonly Point[], hits: readonly Point[], size: number): readonly Point[] {
  const rises = new Map(
    hits.map(({ day, value }, i) => [day, Math.max(0, value / (hits[i - 1]?.value ?? value) - 1)]),
  );
  return steered(
    points,
    points.map(({ day }) => -size * (rises.get(day) ?? 0)),
  );
}

/** Prices of a name so many months before each month. */
function following(points: readonly Point[], name: readonly Point[], months: number): readonly Point[] {
  const byMonth = new Map(name.map(({ day, value }) => [day.slice(0, 7), value]));
  const keys = [...byMonth.keys()];
  return points.map(({ day, value }) => {
    const place = keys.indexOf(day.slice(0, 7));
    const key = place < 0 ? undefined : keys[Math.min(keys.length - 1, Math.max(0, place - months))];
    return { day, value: (key === undefined ? undefined : byMonth.get(key)) ?? value };
  });
}

/**
 * A market that is bent so that words are reached which ordinary ones hardly reach: names are shot and come back, narratives are
 * told much and hurt, a price follows the theme's basket, the sector is sold and its multiple falls, numbers are quoted that agree
 * or do not. What is said of it must be as true.
 *
 * @param asOf  the day until which series go
 */
export function bentMarket(
  raw: RawSeries,
  seed: number,
  asOf: IsoDate,
  events: readonly ListedEvent[],
): RawSeries {
  const next = draws(seed);
  const pick = <T>(list: readonly T[]): T => at(list, Math.floor(next() * list.length));
  const of = (id: string): readonly Point[] => (raw.get(id) ?? []).filter(({ day }) => day <= asOf);
  const names = ["SOFTWARE_A", "SOFTWARE_B", "PAYROLL", "CONSULTING", "DATASERV"];
  const [back, size] = [pick([0, 0.6]), pick([0.03, 0.1])];
  const press = of("PRESS_DIS");
  const eventsOf = (id: string) =>
    new Set(events.flatMap(({ series, date }) => (series === id ? [date] : [])));
  const [rerated, isTold, isHeavy] = [pick([0.42, 0.5, 0.6]), next() < 0.5, next() < 0.5];
  const months = pick([-6, -1, 0, 1, 5]);
  const late: Factors = ({ day }) => (day > `${Number(asOf.slice(0, 4)) - 1}${asOf.slice(4)}` ? rerated : 1);
  const sold = pick([-0.03, -0.01, 0.02]);
  const lastFive: Factors = (_, i, points) => (1 + sold) ** Math.max(0, i - points.length + 6);
  const [loud, worth, isShort] = [[pick([1, 2, 4]), pick([1, 2, 4])], pick([1, 0.01]), next() < 0.3];
  const quoted: readonly (readonly [string, number | null])[] = [
    ["Q_NONUS", pick([89e9, 40e9, null])],
    ["Q_US", 16e9],
    ["Q_SHARE", 0.848],
    ["Q_KRUSD", pick([null, 0.28, -0.412])],
    ["Q_EPS25", 0.36],
    ["Q_EPS26", pick([1.2, -0.15])],
    ["Q_TARGET", 6400],
  ];
  // Headlines of 104 weeks have a base and no place in their history, multiples of 20 months no peak of three years.
  const cut = (id: string, most: number) => (isShort ? of(id).slice(-most) : of(id));
  const told = (id: string, times: number) =>
    cut(id, 105).map(({ day, value }, i, all) => ({ day, value: value * (i > all.length - 4 ? times : 1) }));
  const bent: readonly (readonly [string, readonly Point[]])[] = [
    ...names.map((id) => [id, shot(hurt(of(id), press, size), eventsOf(id), next, back)] as const),
    ["ELECPI", following(of("ELECPI"), of("GRID_CABLE"), months)],
    ["SOFTPE", scaled(cut("SOFTPE", 20), late)],
    ["SOFTEPS", isTold ? scaled(of("SOFTEPS"), (...all) => 1 / late(...all)) : of("SOFTEPS")],
    ["SOFT", scaled(cut("SOFT", 700), lastFive)],
    ...["WIRE", "PRESS"].flatMap((id) => [
      [`${id}_DIS`, told(`${id}_DIS`, at(loud, 0))] as const,
      [`${id}_RET`, told(`${id}_RET`, at(loud, 1))] as const,
      [`${id}_ALL`, told(`${id}_ALL`, 1)] as const,
    ]),
    ...[...raw.keys()].flatMap((id) =>
      id.startsWith("CAP_") ? [[id, scaled(of(id), () => worth)] as const] : [],
    ),
    ...quoted.map(([id, value]) => [id, value === null ? [] : [{ day: asOf, value }]] as const),
    ["SOFT_VOL", scaled(of("SOFT_VOL"), (_, i, points) => (isHeavy && i > points.length - 6 ? 3 : 1))],
  ];
  return new Map([...raw, ...bent]);
}
