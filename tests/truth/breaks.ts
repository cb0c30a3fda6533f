import type { IsoDate } from "#src/domain/time.ts";
import { type Calmness, type Cell, cellOf } from "#tests/truth/grid.ts";
import { type Checker, namesOf, ofSubject, type Truth } from "#tests/truth/judge.ts";
import { at, isAtLeast, isAtMost, logReturns, mean, middleOf, sum } from "#tests/truth/plain.ts";
import { hiddenOf, nameOfState, type StateName } from "#tests/truth/states.ts";
import { once, type World } from "#tests/truth/world.ts";

const shortest = 20;

/** Places at which the segments of the least total cost begin: every segmentation is looked at, none is left out. */
function bestSegments(values: readonly number[]): readonly number[] {
  const n = values.length;
  const [penalty, floor] = [3 * Math.log(n), 1e-4 * mean(values.map((v) => v * v))];
  const squares = [0];
  for (const v of values) squares.push(at(squares, -1) + v * v);
  const sums = Float64Array.from(squares);
  const cost = (from: number, to: number): number => {
    const size = to - from;
    const square = ((sums[to] ?? 0) - (sums[from] ?? 0)) / size;
    return square > floor ? size * (Math.log(square) + 1) : size * (Math.log(floor) + square / floor);
  };
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  const from = new Int32Array(n + 1);
  best[0] = -penalty;
  for (let to = shortest; to <= n; to++) {
    for (let start = 0; start <= to - shortest; start++) {
      const total = (best[start] ?? 0) + cost(start, to) + penalty;
      if (total < (best[to] ?? 0)) {
        best[to] = total;
        from[to] = start;
      }
    }
  }
  const starts: number[] = [];
  for (let to = n; to > 0; to = from[to] ?? 0) starts.unshift(from[to] ?? 0);
  return starts;
}

/** What is farther than five median deviations from the median is drawn in to there. */
function drawnIn(values: readonly number[]): readonly number[] {
  const middle = middleOf(values);
  const reach = 5 * 1.4826 * middleOf(values.map((v) => Math.abs(v - middle)));
  return values.map((v) => Math.max(middle - reach, Math.min(middle + reach, v)));
}

/** The last change of a market's volatility. */
interface Change {
  readonly since: IsoDate;
  readonly before: number;
  readonly after: number;
  /** Sessions from its first day to the last. */
  readonly age: number;
  /** Whether its segment is the shortest there may be. */
  readonly isShortest: boolean;
}

const searchOf = (world: World, id: string): { n: number; change: Change | null } =>
  once(world, `changes of ${id}`, () => {
    const points = world.points(id).slice(-2521);
    const returns = logReturns(points.map(({ value }) => value));
    const middle = mean(returns);
    const moves = returns.map((r) => r - middle);
    const starts = bestSegments(drawnIn(moves));
    const n = moves.length;
    if (starts.length < 2) return { n, change: null };
    const [before, last] = [at(starts, -2), at(starts, -1)];
    const volatility = (segment: readonly number[]) =>
      Math.sqrt((252 * sum(segment.map((r) => r * r))) / segment.length);
    const change: Change = {
      since: at(points, last + 1).day,
      before: volatility(moves.slice(before, last)),
      after: volatility(moves.slice(last)),
      age: n - 1 - last,
      isShortest: n - last === shortest,
    };
    return { n, change };
  });

/** Sessions of a market between two of its days. */
function sessionsApart(world: World, id: string, a: IsoDate, b: IsoDate): number {
  const days = world.points(id).map(({ day }) => day);
  return Math.abs(days.indexOf(a) - days.indexOf(b));
}

const order: readonly Calmness[] = ["calm", "normal", "high"];

/** Whether the grid's volatility last changed upwards, or downwards. */
function wentThere({ calmness, calmBefore }: Cell, isUp: boolean): boolean {
  const change = order.indexOf(calmness) - order.indexOf(calmBefore ?? calmness);
  return isUp ? change > 0 : change < 0;
}

/** Whether hidden states last went upwards, or downwards; the first that is spoken of came from nowhere. */
function hasGone({ to, from }: { to: number; from: number | null }, isUp: boolean): boolean {
  if (from === null) return false;
  return isUp ? to > from : to < from;
}

function breakTruth(world: World, id: string): Truth {
  const { n, change } = searchOf(world, id);
  const cell = cellOf(world, id);
  const hidden = world.workspace.conditions.states === id ? hiddenOf(world, id) : null;
  const isUp = change !== null && change.after > change.before;
  const agrees = (day: IsoDate): boolean =>
    change !== null &&
    sessionsApart(world, id, change.since, day) <= 10 &&
    // A change that could not have been found later may have come later: nothing before it bears it out.
    (!change.isShortest || day >= change.since);
  const byGrid = cell !== null && wentThere(cell, isUp) && agrees(cell.calmSince);
  const turn = hidden?.change ?? null;
  const byStates = turn !== null && hasGone(turn, isUp) && agrees(turn.day);
  const isRecent = change !== null && change.age <= 63;
  const direction = isUp ? "higher" : "lower";
  const last = at(world.points(id), -1).day;
  const isEarly = (state: Calmness) =>
    cell !== null &&
    cell.calmness === state &&
    // A segment from that day on would be shorter than the shortest.
    sessionsApart(world, id, cell.calmSince, last) + 1 < shortest;
  const words = (["higher", "lower"] as const).flatMap((way) => [
    [`regime.break.claim.changed.${way}`, isRecent && way === direction && (byGrid || byStates)],
    [`regime.break.text.changed.${way}.grid`, isRecent && way === direction && byGrid],
    [`regime.break.text.changed.${way}.states`, isRecent && way === direction && byStates],
    [`regime.break.claim.signs.${way}`, isRecent && way === direction && !byGrid && !byStates],
    [`regime.break.text.signs.${way}`, isRecent && way === direction && !byGrid && !byStates],
  ]);
  return {
    facts: {
      [`regime.${id}.break-since`]: change?.since ?? null,
      [`regime.${id}.break-before`]: change?.before ?? null,
      [`regime.${id}.break-after`]: change?.after ?? null,
      [`regime.${id}.break-searched`]: n,
      [`regime.${id}.volatility-since`]: cell?.calmSince ?? null,
    },
    names: { name: namesOf(world, id) },
    says: {
      ...Object.fromEntries(words),
      "regime.break.claim.early.high": isEarly("high"),
      "regime.break.text.early.high": isEarly("high"),
      "regime.break.claim.early.calm": isEarly("calm"),
      "regime.break.text.early.calm": isEarly("calm"),
      "regime.break.claim.stands": change !== null && !isRecent,
      "regime.break.text.stands": change !== null && !isRecent,
      "regime.break.claim.none": change === null,
      "regime.break.text.none": change === null,
    },
  };
}

/** Whether a state goes with the grid's volatility: of two the calm one with low and normal, of three each with its own. */
function goesWith(state: StateName, states: number, calmness: Calmness): boolean {
  if (state === "calm") return calmness === "calm" || (states === 2 && calmness === "normal");
  return state === "between" ? calmness === "normal" : calmness === "high";
}

/**
 * Probabilities are of two estimates, theirs and ours, whose log-likelihoods may lie 0.05 apart: plain EM of a chain that begins in
 * the long run comes to rest a hundredth below the top, and of a state in doubt the probability then differs by up to two points.
 */
const within = 0.03;

function statesTruth(world: World, id: string): Truth {
  const hidden = hiddenOf(world, id);
  if (hidden === null) return { facts: {}, names: {}, says: {} };
  const { today, spoken, states, isStable, unchanged } = hidden;
  const probability = spoken === null ? Math.max(...today) : at(today, spoken);
  const entropy = sum(today.map((p) => (p > 0 ? -p * Math.log(p) : 0))) / Math.log(states);
  const calmness = cellOf(world, id)?.calmness ?? null;
  const name = spoken === null ? null : nameOfState(spoken, states);
  const isLikely = name !== null && isAtLeast(probability, 0.7 - within);
  const isOpen = isStable && isAtLeast(entropy, 0.8 - within);
  const opinion =
    name === null || calmness === null ? "alone" : goesWith(name, states, calmness) ? "agrees" : "disagrees";
  const words = (["calm", "between", "stressed"] as const).flatMap((state) => [
    ...(["agrees", "disagrees", "alone"] as const).flatMap((with_) => {
      const holds = isStable && isLikely && state === name && opinion === with_;
      return [
        [`regime.states.claim.${with_}.${state}`, holds],
        [`regime.states.text.${with_}.${state}`, holds],
      ] as const;
    }),
    ...["claim", "text"].map(
      (part) =>
        [
          `regime.states.${part}.unsure.${state}`,
          isStable && state === name && isAtMost(probability, 0.7 + within),
        ] as const,
    ),
  ]);
  return {
    facts: {
      [`regime.${id}.state-probability`]: { value: probability, within },
      // Of a state in doubt entropy moves faster than its probability.
      [`regime.${id}.state-entropy`]: { value: entropy, within: 0.04 },
      [`regime.${id}.state-stability`]: { value: unchanged, within },
    },
    names: { name: namesOf(world, id) },
    says: {
      ...Object.fromEntries(words),
      ...Object.fromEntries(
        (["calm", "normal", "high"] as const).map((each) => [
          `regime.states.grid.${each}`,
          calmness === each,
        ]),
      ),
      "regime.states.claim.open": isOpen,
      "regime.states.text.open": isOpen,
      "regime.states.claim.unsettled": isStable && name === null,
      "regime.states.text.unsettled": isStable && name === null,
      "regime.states.claim.unstable": !isStable,
      "regime.states.text.unstable": !isStable,
    },
  };
}

const section = "regime";

/** What is said of changes of volatility, and of hidden states. */
export const breakCheckers: readonly Checker[] = [
  {
    section,
    standard: "J2 change point beside J3 and J1",
    ids: /^regime\.[^.]+\.break\.(changed|signs|early|stands|none)$/,
    truth: ofSubject(breakTruth),
  },
  {
    section,
    standard: "J1 hidden states",
    ids: /^regime\.[^.]+\.states\.(agrees|disagrees|alone|open|unsure|unsettled|unstable)$/,
    truth: ofSubject(statesTruth),
  },
];
