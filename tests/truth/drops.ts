import type { EpicentreRule } from "#src/domain/epicentre-rules.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import { at, deviation, mean, type Path, percentileOf, present, sum, variance } from "#tests/truth/plain.ts";
import { once, type World } from "#tests/truth/world.ts";

export function sectorRule(world: World): EpicentreRule {
  const { epicentre } = world.workspace;
  if (epicentre === null) throw new RangeError("no sector");
  return epicentre;
}

/** A name since its list of events begins, on the market's sessions. */
interface Name {
  readonly returns: Path;
  /** Beyond the market, by the beta of the 252 sessions before. */
  readonly abnormal: Path;
  readonly events: readonly number[];
  readonly first: number;
}

/** Drops of names without an event of their own (L4). */
export interface Drops {
  readonly drops: number;
  readonly unexplained: number;
  readonly percentile: number | null;
  readonly since: IsoDate;
  /** What the five sessions after took back, and its interval; `null` of fewer than ten days. */
  readonly reversal: Reversal | null;
}

export interface Reversal {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** How far the ends of an interval that is drawn may be from those of another. */
  readonly within: number;
  readonly days: number;
}

/** Beta of the 252 sessions that end with a place, of those that have a return; 120 are needed (A11). */
function betaAt(own: Path, market: Path, end: number): number | null {
  const places = own.slice(Math.max(0, end - 251), end + 1).flatMap((r, i) => {
    const t = Math.max(0, end - 251) + i;
    return r === null || (market[t] ?? null) === null ? [] : [t];
  });
  if (places.length < 120) return null;
  const [x, y] = [places.map((t) => Number(market[t])), places.map((t) => Number(own[t]))];
  const [mx, my] = [mean(x), mean(y)];
  return sum(x.map((v, i) => (v - mx) * (at(y, i) - my))) / sum(x.map((v) => (v - mx) ** 2));
}

/** A name that has a list: its last event is no more than 130 days old (a quarter and a month, a house choice). */
function nameOf(world: World, id: string, days: readonly IsoDate[], market: Path): Name | null {
  const events = world.events
    .filter(({ series, date }) => series === id && date <= world.lastDay && date >= at(days, 0))
    .map(({ date }) => days.findIndex((day) => day >= date))
    .filter((place) => place >= 0);
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined || at(days, last) < addDays(world.lastDay, -130)) return null;
  const prices = new Map(world.points(id).map(({ day, value }) => [day, value]));
  const returns = days.map((day, t): number | null => {
    const [price, before] = [prices.get(day), prices.get(days[t - 1] ?? "")];
    // The first drop is judged by 45 returns before the list begins.
    return price === undefined || before === undefined || t < first - 45 ? null : price / before - 1;
  });
  const abnormal = returns.map((r, t) => {
    const beta = r === null ? null : betaAt(returns, market, t - 1);
    return r === null || beta === null ? null : r - beta * Number(market[t]);
  });
  return { returns, abnormal, events, first };
}

/** Places of returns of three deviations or more below zero, of the 60 sessions before, of which 45 must be there. */
const fallsOf = ({ returns }: Name): readonly number[] =>
  returns.flatMap((r, t) => {
    const before = present(returns.slice(Math.max(0, t - 60), t));
    return r !== null && before.length >= 45 && r < 0 && r <= -3 * Math.sqrt(variance(before)) ? [t] : [];
  });

const isExplained = ({ events }: Name, t: number): boolean =>
  events.some((place) => Math.abs(place - t) <= 1);

/** Numbers from 0 to under 1 (mulberry32). */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Mean length of blocks (Politis and White 2004, corrected 2009), capped as G16 says; below 21 days its fallback. */
function blockOf(values: readonly number[]): number {
  const n = values.length;
  const run = Math.max(5, Math.floor(Math.log10(n)));
  const most = Math.ceil(Math.sqrt(n)) + run;
  if (2 * most >= n) return Math.ceil(n ** (1 / 3) - 1e-9);
  const middle = mean(values);
  const covariance = (lag: number): number =>
    sum(values.slice(lag).map((v, t) => (v - middle) * (at(values, t) - middle))) / n;
  const limit = 2 * Math.sqrt(Math.log10(n) / n) * covariance(0);
  const isQuiet = (lag: number): boolean => Math.abs(covariance(lag)) < limit;
  const lags = Array.from({ length: most }, (_, i) => i + 1);
  const first = lags.find(
    (lag) => lag + run - 1 <= most && lags.slice(lag - 1, lag - 1 + run).every(isQuiet),
  );
  const m = first === undefined ? most : Math.min(2 * first, most);
  const weights = lags.slice(0, m).map((k) => ({ k, w: 2 * Math.min(1, 2 * (1 - k / m)) * covariance(k) }));
  const [g, long] = [sum(weights.map(({ k, w }) => k * w)), covariance(0) + sum(weights.map(({ w }) => w))];
  const block = Math.cbrt((g / long) ** 2 * n);
  return Math.min(Math.max(1, block), Math.ceil(Math.min(3 * Math.sqrt(n), n / 3)));
}

/** Days with drops drawn anew in blocks, each with all of its drops. */
function intervalOf(days: readonly { on: number; after: number }[]): {
  low: number;
  high: number;
  sd: number;
} {
  const next = draws(7);
  const [n, stay] = [days.length, 1 - 1 / blockOf(days.map(({ after }) => after))];
  const found = Array.from({ length: 20_000 }, () => {
    let [on, after, place] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      place = i > 0 && next() < stay ? (place + 1) % n : Math.floor(next() * n);
      on += at(days, place).on;
      after += at(days, place).after;
    }
    return -after / on;
  }).toSorted((a, b) => a - b);
  return {
    low: at(found, Math.round(0.025 * (found.length - 1))),
    high: at(found, Math.round(0.975 * (found.length - 1))),
    sd: deviation(found),
  };
}

/** −mean of what the five sessions after brought, over the mean of the drops. */
function reversalOf(names: readonly Name[]): Reversal | null {
  const outcomes = names.flatMap((name) =>
    fallsOf(name).flatMap((t) => {
      const after = name.abnormal.slice(t + 1, t + 6);
      const on = name.abnormal[t] ?? null;
      const isKnown = t + 1 < name.returns.length && !isExplained(name, t);
      if (!isKnown || on === null || after.length < 5 || after.includes(null)) return [];
      return [{ t, on, after: sum(present(after)) }];
    }),
  );
  const byDay = Map.groupBy(outcomes, ({ t }) => t);
  const days = [...byDay]
    .toSorted(([a], [b]) => a - b)
    .map(([, all]) => ({ on: sum(all.map(({ on }) => on)), after: sum(all.map(({ after }) => after)) }));
  const on = sum(days.map((day) => day.on));
  if (days.length < 10 || on >= 0) return null;
  const { low, high, sd } = intervalOf(days);
  // An end is that of 2,000 draws, whose error is a twelfth of their deviation: five of these, since many are looked at.
  return {
    value: -sum(days.map(({ after }) => after)) / on,
    low,
    high,
    within: 0.4 * sd,
    days: days.length,
  };
}

/** Drops of the last 63 sessions and the place of their share; `null` with fewer than three names that have lists, or than five drops. */
export const dropsOf = (world: World): Drops | null =>
  once(world, "drops", () => {
    const rule = sectorRule(world);
    const points = world.points(rule.market);
    const days = points.map(({ day }) => day);
    const market = points.map(({ value }, t) => (t === 0 ? null : value / at(points, t - 1).value - 1));
    const names = rule.names.flatMap((id) => nameOf(world, id, days, market) ?? []);
    if (names.length < 3) return null;
    // A drop counts from the session after it on, when it is known whether news followed.
    const all = names.flatMap((name) =>
      fallsOf(name).map((t) => ({ known: t + 1, isBare: !isExplained(name, t) })),
    );
    const counts = days.map((_, t) => {
      const own = all.filter(({ known }) => known <= t && known > t - 63);
      return { drops: own.length, bare: own.filter(({ isBare }) => isBare).length };
    });
    const shares = counts.map(({ drops, bare }) => (drops < 5 ? null : bare / drops));
    const last = shares.at(-1) ?? null;
    if (last === null) return null;
    const history = present(shares.slice(0, -1)).slice(-2520);
    const { drops, bare } = at(counts, -1);
    return {
      drops,
      unexplained: bare,
      percentile: history.length < 252 ? null : percentileOf(history, last),
      since: at(days, Math.max(...names.map(({ first }) => first))),
      reversal: reversalOf(names),
    };
  });
