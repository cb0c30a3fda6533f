import type { IsoDate } from "#src/domain/time.ts";
import { at, logReturns, type Matrix, mean, sum } from "#tests/truth/plain.ts";
import { mondayOf, once, type World } from "#tests/truth/world.ts";

/*
 * Hidden states (J1), estimated here by plain EM from starts of its own: two columns (weekly return and ln of the week's
 * volatility), the chain's first state as in the long run, one to three states by BIC.
 */

export type StateName = "calm" | "between" | "stressed";
type Pair = readonly [number, number];

interface Week {
  readonly end: IsoDate;
  readonly x: Pair;
}

/** A state's normal distribution. */
interface Normal {
  readonly mean: Pair;
  /** Variances and covariance. */
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

interface Model {
  readonly states: readonly Normal[];
  readonly chain: Matrix;
}

/** A model, and the log-likelihood of one. */
interface Fit {
  readonly model: Model;
  readonly fit: number;
}

/** Weeks of three returns or more since 1 January ten years before the issue's. */
function weeksOf(world: World, id: string): readonly Week[] {
  const points = world.points(id);
  const returns = logReturns(points.map(({ value }) => value));
  const from = `${Number(world.lastDay.slice(0, 4)) - 10}-01-01`;
  const weeks = new Map<IsoDate, { end: IsoDate; own: number[] }>();
  for (const [t, r] of returns.entries()) {
    const { day } = at(points, t + 1);
    const week = weeks.get(mondayOf(day)) ?? { end: day, own: [] };
    weeks.set(mondayOf(day), { end: day, own: [...week.own, r] });
  }
  return [...weeks.values()]
    .filter(({ end, own }) => own.length >= 3 && end >= from)
    .map(({ end, own }) => {
      const square = sum(own.map((r) => r * r));
      return { end, x: [sum(own), Math.log((252 * square) / own.length) / 2] };
    });
}

/** Densities of all weeks in a state. */
function densities(x: readonly Pair[], { mean: [mx, my], a, b, c }: Normal): Float64Array {
  const determinant = a * c - b * b;
  const scale = 1 / (2 * Math.PI * Math.sqrt(determinant));
  return Float64Array.from(x, ([v, w]) => {
    const [dx, dy] = [v - mx, w - my];
    return scale * Math.exp(-(c * dx * dx - 2 * b * dx * dy + a * dy * dy) / (2 * determinant));
  });
}

/** How likely each state is in the long run: the chain gone through many times. */
function longRun(chain: Matrix): readonly number[] {
  let shares = chain.map(() => 1 / chain.length);
  for (let i = 0; i < 3000; i++) {
    const next = chain.map((_, j) => sum(shares.map((share, k) => share * at(at(chain, k), j))));
    if (next.every((share, k) => Math.abs(share - at(shares, k)) < 1e-15)) break;
    shares = next;
  }
  return shares;
}

const scaledToOne = (values: readonly number[]): readonly number[] => {
  const total = sum(values);
  return values.map((v) => v / total);
};

/** The state of the next week, by the chain. */
function ahead(row: readonly number[], chain: Matrix): number[] {
  const next = row.map(() => 0);
  for (let k = 0; k < row.length; k++)
    for (let j = 0; j < row.length; j++) next[j] = (next[j] ?? 0) + (row[k] ?? 0) * (chain[k]?.[j] ?? 0);
  return next;
}

/** Filtered probabilities week by week, and the log-likelihood (Hamilton 1989). */
function filtered(x: readonly Pair[], { states, chain }: Model): { rows: number[][]; fit: number } {
  const likely = states.map((state) => densities(x, state));
  const rows: number[][] = [];
  let fit = 0;
  let before: readonly number[] = longRun(chain);
  for (let t = 0; t < x.length; t++) {
    const joint = before.map((p, k) => p * (likely[k]?.[t] ?? 0));
    let total = 0;
    for (const p of joint) total += p;
    fit += Math.log(total);
    const row = joint.map((p) => p / total);
    rows.push(row);
    before = ahead(row, chain);
  }
  return { rows, fit };
}

/** How likely each state is at each week, of all the weeks, and how often one follows another (Kim 1994). */
function smoothed(rows: Matrix, chain: Matrix): { weights: Matrix; moves: Matrix } {
  const weights = rows.map((row) => [...row]);
  const moves = chain.map((row) => row.map(() => 0));
  for (let t = rows.length - 2; t >= 0; t--) {
    const now = at(rows, t);
    const next = at(weights, t + 1);
    const shares = ahead(now, chain).map((p, j) => (p > 0 ? (next[j] ?? 0) / p : 0));
    weights[t] = now.map((p, k) => followed(p, chain[k] ?? [], shares, at(moves, k)));
  }
  return { weights, moves };
}

/** What of a state goes on as the weeks after it say, added up by where it goes. */
function followed(p: number, row: readonly number[], shares: readonly number[], moves: number[]): number {
  let all = 0;
  for (let j = 0; j < row.length; j++) {
    const joint = p * (row[j] ?? 0) * (shares[j] ?? 0);
    moves[j] = (moves[j] ?? 0) + joint;
    all += joint;
  }
  return all;
}

/** The normal distribution of weeks that count by weights. */
function weighted(x: readonly Pair[], weights: readonly number[], floor: Pair): Normal {
  let [total, mx, my, a, b, c] = [0, 0, 0, 0, 0, 0];
  for (const [t, [v, w]] of x.entries()) {
    const weight = weights[t] ?? 0;
    total += weight;
    mx += weight * v;
    my += weight * w;
  }
  [mx, my] = [mx / total, my / total];
  for (const [t, [v, w]] of x.entries()) {
    const weight = weights[t] ?? 0;
    a += weight * (v - mx) ** 2;
    b += weight * (v - mx) * (w - my);
    c += weight * (w - my) ** 2;
  }
  return { mean: [mx, my], a: Math.max(floor[0], a / total), b: b / total, c: Math.max(floor[1], c / total) };
}

/** One step of EM: means, covariances and the chain from what the smoother says. */
function stepped(x: readonly Pair[], model: Model, floor: Pair): Fit {
  const { rows, fit } = filtered(x, model);
  const { weights, moves } = smoothed(rows, model.chain);
  return {
    fit,
    model: {
      states: model.states.map((_, k) =>
        weighted(
          x,
          weights.map((row) => at(row, k)),
          floor,
        ),
      ),
      chain: moves.map(scaledToOne),
    },
  };
}

/** States from a part of each week: the weeks of one part make the first guess of a state. */
function startFrom(x: readonly Pair[], parts: readonly number[], states: number): Model {
  const own = Array.from({ length: states }, (_, k) =>
    weighted(
      x,
      parts.map((part) => (part === k ? 1 : 0)),
      [0, 0],
    ),
  );
  const stay = states === 1 ? 1 : 0.95;
  const chain = own.map((_, k) => own.map((__, j) => (k === j ? stay : (1 - stay) / (states - 1))));
  return { states: own, chain };
}

/** First guesses: parts by volatility at several cuts, by runs of its mean, and by return. */
function startsOf(x: readonly Pair[], states: number): readonly Model[] {
  if (states === 1)
    return [
      startFrom(
        x,
        x.map(() => 0),
        1,
      ),
    ];
  const smooth = (width: number) =>
    x.map((_, t) => mean(x.slice(Math.max(0, t - width), t + width + 1).map(([, v]) => v)));
  const cuts: readonly (readonly number[])[] =
    states === 2
      ? [[0.5], [0.65], [0.8], [0.35]]
      : [
          [0.33, 0.67],
          [0.5, 0.8],
          [0.4, 0.9],
          [0.2, 0.6],
          [0.6, 0.85],
          [0.25, 0.75],
        ];
  const partsBy = (values: readonly number[], shares: readonly number[]) => {
    const sorted = values.toSorted((a, b) => a - b);
    const limits = shares.map((share) => at(sorted, Math.floor(share * values.length)));
    return values.map((v) => limits.filter((limit) => v >= limit).length);
  };
  return [x.map(([, v]) => v), smooth(2), smooth(6), x.map(([v]) => -v)].flatMap((values) =>
    cuts.map((shares) => startFrom(x, partsBy(values, shares), states)),
  );
}

function run(x: readonly Pair[], start: Model, floor: Pair, steps: number, least = 1e-7): Fit {
  let [model, before] = [start, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < steps; i++) {
    const next = stepped(x, model, floor);
    if (!(next.fit - before > least)) break;
    [model, before] = [next.model, next.fit];
  }
  return { model, fit: filtered(x, model).fit };
}

/** The best model of so many states, the calmest first. */
function bestOf(x: readonly Pair[], states: number): Fit {
  const spread = (i: 0 | 1) => {
    const middle = mean(x.map((v) => v[i]));
    return 1e-4 * mean(x.map((v) => (v[i] - middle) ** 2));
  };
  const floor: Pair = [spread(0), spread(1)];
  const better = (a: Fit, b: Fit) => b.fit - a.fit;
  const first = startsOf(x, states).map((start) => run(x, start, floor, 12));
  const second = first
    .toSorted(better)
    .slice(0, 4)
    .map(({ model }) => run(x, model, floor, 60));
  const third = second
    .toSorted(better)
    .slice(0, 2)
    .map(({ model }) => run(x, model, floor, 300));
  const { model, fit } = run(x, at(third.toSorted(better), 0).model, floor, 2000, 1e-10);
  const order = model.states
    .map((_, k) => k)
    .toSorted((i, j) => at(model.states, i).a - at(model.states, j).a);
  return {
    fit,
    model: {
      states: order.map((k) => at(model.states, k)),
      chain: order.map((k) => order.map((j) => at(at(model.chain, k), j))),
    },
  };
}

const leastWeeks = 260;

/**
 * The model that BIC chooses of those that may be used; `null` where none is, where a model with a state that is never left
 * is better (that is one change, and no regime), and of less than five years.
 */
function chosen(x: readonly Pair[]): Model | null {
  if (x.length < leastWeeks) return null;
  const fits = [1, 2, 3].map((states) => {
    const { model, fit } = bestOf(x, states);
    const parameters = states * (states - 1) + states * 5;
    const stays = model.chain.map((row, k) => at(row, k));
    const { rows } = filtered(x, model);
    const { weights } = smoothed(rows, model.chain);
    const shares = stays.map((_, k) => mean(weights.map((row) => at(row, k))));
    const isAbsorbing = states > 1 && stays.some((p) => p >= 0.999);
    const isUsable =
      states === 1 || (!isAbsorbing && stays.every((p) => p >= 0.8) && Math.min(...shares) >= 0.05);
    return { model, isUsable, isAbsorbing, bic: parameters * Math.log(x.length) - 2 * fit };
  });
  const [best] = fits.filter(({ isUsable }) => isUsable).toSorted((m, n) => m.bic - n.bic);
  const isOneChange = fits.some(({ isAbsorbing, bic }) => isAbsorbing && bic < (best?.bic ?? 0));
  return isOneChange ? null : (best?.model ?? null);
}

const likeliest = (row: readonly number[]): number => row.indexOf(Math.max(...row));

/** Agreement of two partitions beyond chance (Hubert and Arabie 1985). */
function adjustedRand(a: readonly number[], b: readonly number[]): number {
  const pairs = (labels: readonly (string | number)[]) =>
    sum([...Map.groupBy(labels, (label) => label).values()].map(({ length: n }) => (n * (n - 1)) / 2));
  const both = pairs(a.map((label, t) => `${label} ${b[t]}`));
  const [own, other] = [pairs(a), pairs(b)];
  const expected = (own * other) / ((a.length * (a.length - 1)) / 2);
  const largest = (own + other) / 2;
  return largest === expected ? 1 : (both - expected) / (largest - expected);
}

/** What hidden states tell of a market. */
export interface Hidden {
  readonly states: number;
  readonly isStable: boolean;
  readonly unchanged: number;
  /** Filtered probabilities of today. */
  readonly today: readonly number[];
  /** The place of the state that may be spoken of. */
  readonly spoken: number | null;
  /** The day on which the spoken state last came to be, its place, and that of the one spoken of before. */
  readonly change: { readonly day: IsoDate; readonly to: number; readonly from: number | null } | null;
}

export const nameOfState = (state: number, states: number): StateName =>
  state === 0 ? "calm" : state === states - 1 ? "stressed" : "between";

/** What may be spoken of week by week: three weeks of 0.7 confirm a state, three below a half end it. */
function spokenOf(rows: readonly (readonly number[])[]): readonly (number | null)[] {
  let spoken: number | null = null;
  return rows.map((_, t) => {
    const last = rows.slice(Math.max(0, t - 2), t + 1);
    const isLost = spoken !== null && weakWeeks(rows, t, spoken) >= 3;
    if (isLost) spoken = null;
    const sure = at(rows, t).findIndex((p) => p >= 0.7);
    if (sure >= 0 && last.length === 3 && last.every((row) => at(row, sure) >= 0.7)) spoken = sure;
    return spoken;
  });
}

/** For how many weeks up to a place a state has been below a half. */
function weakWeeks(rows: readonly (readonly number[])[], t: number, state: number): number {
  let weeks = 0;
  while (weeks <= t && at(at(rows, t - weeks), state) < 0.5) weeks++;
  return weeks;
}

/** The place of the first week of the month of one. */
const monthStart = (weeks: readonly Week[], t: number): number =>
  weeks.findIndex(({ end }) => end.slice(0, 7) === at(weeks, t).end.slice(0, 7));

/** Whether two models tell the same story of the same weeks, and the share of these that keep their label. */
function stabilityOf(
  past: readonly Pair[],
  before: Model,
  now: Model,
): { unchanged: number; isStable: boolean } {
  if (before.states.length !== now.states.length) return { unchanged: 0, isStable: false };
  const [old, young] = [before, now].map((each) => filtered(past, each).rows.map(likeliest));
  const unchanged = mean((old ?? []).map((label, t) => (label === young?.[t] ? 1 : 0)));
  return { unchanged, isStable: unchanged >= 0.9 && adjustedRand(old ?? [], young ?? []) >= 0.9 };
}

/** The day on which what may be spoken of last came to be. */
function turnOf(weeks: readonly Week[], spoken: readonly (number | null)[]): Hidden["change"] {
  const turn = spoken.findLastIndex((state, t) => state !== null && t > 0 && spoken[t - 1] !== state);
  const to = spoken[turn] ?? null;
  const from = spoken.slice(0, turn).findLast((state) => state !== null) ?? null;
  return to === null ? null : { day: at(weeks, turn).end, to, from };
}

/** Hidden states of a market, estimated at the end of the month before; `null` where there are none to speak of. */
export const hiddenOf = (world: World, id: string): Hidden | null =>
  once(world, `hidden states of ${id}`, () => {
    if (world.points(id).length < 5 * leastWeeks) return null;
    const weeks = weeksOf(world, id);
    const x = weeks.map((week) => week.x);
    const now = monthStart(weeks, weeks.length - 1);
    const earlier = monthStart(weeks, now - 1);
    const [model, before] = [chosen(x.slice(0, now)), chosen(x.slice(0, earlier))];
    if (model === null || before === null || model.states.length === 1) return null;
    const { rows } = filtered(x, model);
    const { unchanged, isStable } = stabilityOf(x.slice(0, earlier), before, model);
    const spoken = spokenOf(rows);
    const count = model.states.length;
    return {
      states: count,
      isStable,
      unchanged,
      today: at(rows, -1),
      spoken: isStable ? (spoken.at(-1) ?? null) : null,
      change: isStable ? turnOf(weeks, spoken) : null,
    };
  });
