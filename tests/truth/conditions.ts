import type { IsoDate } from "#src/domain/time.ts";
import type { Checker, Truth } from "#tests/truth/judge.ts";
import {
  at,
  correlation,
  deviation,
  eigenvalues,
  endOf,
  historyOf,
  isAtLeast,
  isAtMost,
  logReturns,
  type Matrix,
  mean,
  middleOf,
  type Path,
  percentileOf,
  present,
  printed,
  printedDirection,
  ranks,
  rolled,
  simpleReturns,
  solved,
  sum,
  variance,
  yearlyVolatility,
  zOf,
} from "#tests/truth/plain.ts";
import { joined, longestSpans, once, type World } from "#tests/truth/world.ts";

/** A path, and the day of each element. */
interface DatedPath {
  readonly days: readonly IsoDate[];
  readonly path: Path;
}

const most = 2520;
/** Noise and velocity are told of over twice that, and the first of it is ranked among as many before. */
const told = 3 * most;
/** What a percentile takes: values before the last, at most ten years of them. */
const percentileAtEnd = (path: Path): number =>
  percentileOf(historyOf(path, most), path.at(-1) ?? Number.NaN);

/** Sample covariances of columns. */
function covariances(columns: Matrix): Matrix {
  const n = at(columns, 0).length;
  const centred = columns.map((column) => {
    const middle = mean(column);
    return Float64Array.from(column, (v) => v - middle);
  });
  return centred.map((a) =>
    centred.map((b) => {
      let total = 0;
      for (let t = 0; t < n; t++) total += (a[t] ?? 0) * (b[t] ?? 0);
      return total / (n - 1);
    }),
  );
}

/** Mean squares of five sessions' moves, against the covariance of the 756 sessions before each of them (D8, D9). */
const surprisesOf = (world: World): { turbulence: DatedPath; odd: DatedPath; assets: number } =>
  once(world, "surprises", () => {
    const ids = world.workspace.conditions.turbulence;
    const { days, values } = joined(world, ids);
    const spans = longestSpans(world, ids, days);
    const returns = values.map(simpleReturns);
    // A return over more than two sessions is no day's.
    const daily = spans.map((span) => span <= 2);
    const own = days.slice(1);
    const kept = own.map((_, t) => t).filter((t) => at(daily, t));
    const placeOf = new Map(kept.map((t, place) => [t, place]));
    const whole = returns.map((column) => kept.map((t) => at(column, t)));
    const wanted = own.length - (told + 5);
    const surprises = own.map((_, t) => {
      if (!daily[t] || t < wanted) return null;
      const place = placeOf.get(t) ?? 0;
      if (place < 250) return null;
      return surpriseOf(
        whole.map((column) => column.slice(Math.max(0, place - 756), place)),
        returns.map((column) => at(column, t)),
      );
    });
    const meanOf = (of: (surprise: Surprise) => number): Path =>
      rolled(
        surprises.map((surprise) => surprise && of(surprise)),
        5,
        mean,
      );
    const turbulence = meanOf(({ distance }) => distance);
    const sizes = meanOf(({ size }) => size);
    const odd = turbulence.map((distance, t) => {
      const size = sizes[t] ?? null;
      return distance === null || size === null || size < 0.05 ? null : distance / size;
    });
    return { turbulence: { days: own, path: turbulence }, odd: { days: own, path: odd }, assets: ids.length };
  });

/** The correlation surprise of the week, and its percentile. */
export function correlationSurpriseOf(world: World): { readonly value: number; readonly percentile: number } {
  const { path } = surprisesOf(world).odd;
  return { value: path.at(-1) ?? Number.NaN, percentile: percentileAtEnd(path) };
}

interface Surprise {
  readonly distance: number;
  readonly size: number;
}

/** The squared Mahalanobis distance of a day's returns, and that without correlations, an asset. */
function surpriseOf(before: Matrix, today: readonly number[]): Surprise {
  const matrix = covariances(before);
  const away = today.map((r, i) => r - mean(at(before, i)));
  const weights = solved(matrix, away);
  const n = today.length;
  return {
    distance: sum(away.map((v, i) => v * at(weights, i))) / n,
    size: sum(away.map((v, i) => v ** 2 / at(at(matrix, i), i))) / n,
  };
}

/** Standardised shift of the absorption ratio: of fifteen sessions against a year (D7). */
const shiftOf = (world: World): number | null =>
  once(world, "shift", () => {
    const ids = world.workspace.conditions.absorption;
    if (ids.length < 10) return null;
    const { days, values } = joined(world, ids);
    const spans = longestSpans(world, ids, days);
    const returns = values.map((prices) => logReturns(prices).filter((_, t) => at(spans, t) <= 2));
    const n = at(returns, 0).length;
    const ratios = Array.from({ length: 252 }, (_, i) => {
      const end = n - 251 + i;
      return absorbed(returns.map((column) => column.slice(end - 500, end)));
    });
    return (mean(ratios.slice(-15)) - mean(ratios)) / deviation(ratios);
  });

/** Share of the variance that the strongest fifth of factors explains; a return of 250 sessions ago counts half. */
function absorbed(columns: Matrix): number {
  const n = at(columns, 0).length;
  const weights = Float64Array.from({ length: n }, (_, t) => 0.5 ** ((n - 1 - t) / 250));
  const total = weights.reduce((all, w) => all + w, 0);
  const centred = columns.map((column) => {
    const middle = sum(column.map((v, t) => v * (weights[t] ?? 0))) / total;
    return Float64Array.from(column, (v) => v - middle);
  });
  const matrix = centred.map((a) =>
    centred.map((b) => {
      let joint = 0;
      for (let t = 0; t < n; t++) joint += (weights[t] ?? 0) * (a[t] ?? 0) * (b[t] ?? 0);
      return joint / total;
    }),
  );
  const values = eigenvalues(matrix);
  return sum(values.slice(0, Math.floor(columns.length / 5 + 0.5))) / sum(values);
}

/** A claim and its sentence. */
const both = (key: string, word: string, holds: boolean) => ({
  [`regime.${key}.claim.${word}`]: holds,
  [`regime.${key}.text.${word}`]: holds,
});

function turbulenceTruth(world: World): Truth {
  const { turbulence, odd, assets } = surprisesOf(world);
  const percentile = percentileAtEnd(turbulence.path);
  const surprise = odd.path.at(-1) ?? Number.NaN;
  const oddRank = percentileAtEnd(odd.path);
  const shift = shiftOf(world);
  const [isTurbulent, isFragile] = [isAtLeast(percentile, 75), shift !== null && isAtLeast(shift, 1)];
  const prefix = "regime.conditions";
  return {
    facts: {
      [`${prefix}.turbulence`]: turbulence.path.at(-1) ?? null,
      [`${prefix}.turbulence-percentile`]: percentile,
      [`${prefix}.turbulence-history`]: historyOf(turbulence.path, most).length,
      [`${prefix}.turbulence-assets`]: assets,
      [`${prefix}.correlation-surprise`]: surprise,
      [`${prefix}.correlation-surprise-percentile`]: oddRank,
      [`${prefix}.absorption-shift`]: shift === null ? null : { value: shift, within: 1e-6 },
    },
    names: {},
    says: {
      ...both("turbulence", "turbulent-fragile", isTurbulent && isFragile),
      ...both("turbulence", "turbulent", isTurbulent),
      ...both("turbulence", "fragile", !isTurbulent && isFragile),
      ...both("turbulence", "quiet", !isTurbulent),
      ...Object.fromEntries(
        ["bottom", "middle", "top"].map((end) => [
          `regime.turbulence.rank.${end}`,
          endOf(percentile) === end,
        ]),
      ),
      "regime.turbulence.odd": printed(surprise, 0.1) > 1 && isAtLeast(oddRank, 75),
    },
  };
}

/** The z of each signal, signed so that high is appetite, on the days on which any has a level. */
const signalsOf = (world: World) =>
  once(world, "signals", () => {
    const signals = world.workspace.conditions.appetite.map((rule) => {
      const ids = rule.over === null ? [rule.series] : [rule.series, rule.over];
      const { days, values } = joined(world, ids);
      const [own = [], other] = values;
      const levels = own.map((v, t) => v / (other?.[t] ?? 1));
      const name = rule.name ?? world.series(rule.series).prose;
      return { name, sign: rule.means === "appetite" ? 1 : -1, days, levels };
    });
    const last = at(
      signals.map(({ days }) => days).reduce((a, b) => a.filter((day) => b.includes(day))),
      -1,
    );
    const days = [...new Set(signals.flatMap((signal) => signal.days))]
      .filter((day) => day <= last)
      .toSorted();
    const scores = signals.map((signal): Path => {
      const byDay = new Map(
        signal.levels.map((level, t) => {
          const history = signal.levels.slice(Math.max(0, t - 756), t);
          return [at(signal.days, t), history.length < 252 ? null : signal.sign * zOf(history, level)];
        }),
      );
      return days.map((day) => byDay.get(day) ?? null);
    });
    return { names: signals.map(({ name }) => name), days, scores };
  });

function appetiteTruth(world: World): Truth {
  const { names, days, scores } = signalsOf(world);
  const path = days.map((_, t) => {
    const there = present(scores.map((score) => score[t] ?? null));
    return there.length < 4 ? null : mean(there);
  });
  const today = scores.map((score) => score.at(-1) ?? null);
  const there = present(today);
  const [highest, lowest] = [Math.max(...there), Math.min(...there)];
  const history = historyOf(path, most);
  const percentile = history.length < 756 ? null : percentileOf(history, path.at(-1) ?? Number.NaN);
  const isHigh = percentile !== null && isAtLeast(percentile, 80);
  const isLow = percentile !== null && isAtMost(percentile, 20);
  const [up, down] = [printedDirection(highest, 0.1) === "up", printedDirection(lowest, 0.1) === "down"];
  const prefix = "regime.conditions";
  const words = { high: isHigh, low: isLow, middle: !isHigh && !isLow };
  return {
    facts: {
      [`${prefix}.appetite`]: path.at(-1) ?? null,
      [`${prefix}.appetite-percentile`]: percentile,
      [`${prefix}.appetite-history`]: history.length,
      [`${prefix}.appetite-signals`]: there.length,
      [`${prefix}.appetite-most`]: highest,
      [`${prefix}.appetite-least`]: lowest,
    },
    names: {
      mostName: [at(names, today.indexOf(highest))],
      leastName: [at(names, today.indexOf(lowest))],
    },
    says: {
      ...Object.fromEntries(
        Object.entries(words).flatMap(([word, holds]) => [
          [`regime.appetite.claim.${word}`, percentile !== null && holds],
          ...["bottom", "middle", "top"].map((end) => [
            `regime.appetite.text.${word}.${end}`,
            percentile !== null && holds && endOf(percentile) === end,
          ]),
        ]),
      ),
      ...both("appetite", "unranked", percentile === null),
      "regime.appetite.signals.both": up && down,
      "regime.appetite.signals.for": up && !down,
      "regime.appetite.signals.against": !up && down,
    },
  };
}

/** Names of the universe on the sessions of which at least half of them have a price. */
const universeOf = (world: World) =>
  once(world, "universe", () => {
    const ids = world.workspace.conditions.universe;
    const { days, values } = joined(world, ids);
    const all = new Set(ids.flatMap((id) => world.points(id).map(({ day }) => day)));
    if (all.size > days.length) throw new RangeError("a name of the universe lacks a session");
    return { days: days.slice(-(told + 256)), prices: values.map((v) => v.slice(-(told + 256))) };
  });

/** What a function makes of two periods of twenty sessions that follow one another. */
const ofTwoPeriods = (
  prices: Matrix,
  of: (now: readonly number[], before: readonly number[]) => number,
): Path =>
  at(prices, 0).map((_, t) => {
    if (t < 40) return null;
    const change = (to: number) => prices.map((path) => at(path, to) / at(path, to - 20));
    return of(change(t), change(t - 20));
  });

/** Places of the first tenth by return, three at least. */
function leaders(returns: readonly number[]): readonly number[] {
  const count = Math.max(3, Math.floor(returns.length / 10));
  return returns
    .map((_, i) => i)
    .toSorted((i, j) => at(returns, j) - at(returns, i) || i - j)
    .slice(0, count);
}

/** Bias-corrected variance ratio of five sessions (Q2). */
function varianceRatio(returns: readonly number[]): number {
  const [n, q, middle] = [returns.length, 5, mean(returns)];
  const windows = returns.slice(q - 1).map((_, t) => sum(returns.slice(t, t + q)) - q * middle);
  const m = q * (n - q + 1) * (1 - q / n);
  return sum(windows.map((v) => v * v)) / m / variance(returns);
}

/** Mean squares of returns before each place, of which each next counts 0.94 of the one after it, and those before the 31st alike (A6). */
function weightedSquares(returns: readonly number[]): Path {
  const squares = Float64Array.from(returns, (r) => r * r);
  const weights = Float64Array.from(returns, (_, age) => 0.94 ** age);
  const seed = mean([...squares.slice(0, 30)]);
  return returns.map((_, t) => {
    if (t < 30) return null;
    let later = 0;
    for (let i = 30; i < t; i++) later += (weights[t - 1 - i] ?? 0) * (squares[i] ?? 0);
    return (weights[t - 30] ?? 0) * seed + 0.06 * later;
  });
}

/** How far factors went in five sessions, in what had been usual for each before these (Q8). */
function rotationOf(world: World): DatedPath {
  const { factors } = world.workspace.conditions;
  const ids = factors.flatMap(({ long, short }) => [long, short]);
  const { days, values } = joined(world, ids);
  const kept = longestSpans(world, ids, days).flatMap((span, t) => (span <= 2 ? [t] : []));
  const legs = values.map(logReturns);
  const returns = factors.map((_, f) => kept.map((t) => at(at(legs, 2 * f), t) - at(at(legs, 2 * f + 1), t)));
  const before = returns.map(weightedSquares);
  const path = kept.map((_, t) => {
    const usual = present(before.map((squares) => squares[t - 4] ?? null));
    if (factors.length < 3 || usual.length < factors.length) return null;
    return Math.sqrt(mean(returns.map((r, f) => sum(r.slice(t - 4, t + 1)) ** 2 / (5 * at(usual, f)))));
  });
  return { days: kept.map((t) => at(days, t + 1)), path };
}

/** Measures of noise and of velocity, each a path over the universe's sessions. */
const measuresOf = (world: World) =>
  once(world, "noise and velocity", () => {
    const { days, prices } = universeOf(world);
    const returns = prices.map((path): Path => [null, ...logReturns(path)]);
    const market = days.map((_, t) =>
      t === 0 ? null : Math.log(mean(prices.map((path) => at(path, t) / at(path, t - 1)))),
    );
    const ratios = returns.map((path) =>
      rolled(path, 20, (window) => Math.abs(sum(window)) / sum(window.map(Math.abs))),
    );
    const volatility = rolled(market, 20, yearlyVolatility);
    const logs = volatility.map((v, t) => {
      const before = volatility[t - 1] ?? null;
      return v === null || before === null ? null : Math.log(v) - Math.log(before);
    });
    const onDays = ({ days: own, path }: DatedPath): Path => {
      const byDay = new Map(own.map((day, t) => [day, path[t] ?? null]));
      return days.map((day) => byDay.get(day) ?? null);
    };
    const { turbulence, odd } = surprisesOf(world);
    return {
      days,
      noise: [
        days.map((_, t) => {
          const there = present(ratios.map((path) => path[t] ?? null));
          return there.length < 10 ? null : 1 - middleOf(there);
        }),
        rolled(logs, 63, (window) => Math.sqrt(252 * variance(window))),
        rolled(market, 252, (window) => Math.abs(varianceRatio(window) - 1)),
        onDays(odd),
      ],
      velocity: [
        ofTwoPeriods(prices, (now, before) => 1 - correlation(ranks(now), ranks(before))),
        ofTwoPeriods(prices, (now, before) => {
          const [lead, led] = [leaders(now), leaders(before)];
          return 1 - lead.filter((i) => led.includes(i)).length / lead.length;
        }),
        onDays(rotationOf(world)),
        onDays(turbulence),
      ],
    };
  });

/** Percentile of each element among those before it; `null` where these are of less than five years. */
function placesOf(path: Path): Path {
  const earlier: number[] = [];
  return path.map((value) => {
    if (value === null) return null;
    const history = earlier.slice(-most);
    earlier.push(value);
    return history.length < 1260 ? null : percentileOf(history, value);
  });
}

/** Mean percentile of measures at each session; `null` where fewer than three have one. */
function compositeOf(paths: readonly Path[]): Path {
  const places = paths.map(placesOf);
  return at(paths, 0).map((_, t) => {
    const there = present(places.map((path) => path[t] ?? null));
    return there.length < 3 ? null : mean(there);
  });
}

/** Noise and velocity, and both together, session by session. */
const compositesOf = (world: World) =>
  once(world, "composites", () => {
    const { days, ...measures } = measuresOf(world);
    const [noise, velocity] = [compositeOf(measures.noise), compositeOf(measures.velocity)];
    const path = noise.map((a, t): number | null => {
      const b = velocity[t] ?? null;
      return a === null || b === null ? null : (a + b) / 2;
    });
    return { days, noise, velocity, path };
  });

function noiseTruth(world: World): Truth {
  const { days, noise, velocity, path } = compositesOf(world);
  const [a, b] = [noise.at(-1) ?? null, velocity.at(-1) ?? null];
  if (a === null || b === null) return { facts: {}, names: {}, says: {} };
  const [isNoisy, isFast] = [isAtLeast(a, 80), isAtLeast(b, 80)];
  const prefix = "regime.conditions";
  // Ranks of what is equal but for roundings may differ by one place.
  const within = 100 / 1260;
  return {
    facts: {
      [`${prefix}.noise`]: { value: a, within },
      [`${prefix}.velocity`]: { value: b, within },
      [`${prefix}.noise-start`]: at(
        days,
        path.findIndex((v) => v !== null),
      ),
    },
    names: {},
    says: {
      ...both("noise", "extreme", isAtLeast(a, 95) && isAtLeast(b, 95)),
      ...both("noise", "high", isNoisy && isFast),
      ...both("noise", "noisy", isNoisy && !isFast),
      ...both("noise", "fast", isFast && !isNoisy),
      ...both("noise", "usual", !isNoisy && !isFast),
    },
  };
}

function episodesTruth(world: World): Truth {
  const { days, path } = compositesOf(world);
  const today = path.at(-1) ?? Number.NaN;
  const places = path.flatMap((v, t) => (v !== null && v >= today && t < path.length - 1 ? [t] : []));
  const groups = places.reduce<number[][]>((all, place) => {
    const last = all.at(-1);
    if (last !== undefined && place - at(last, -1) <= 21) last.push(place);
    else all.push([place]);
    return all;
  }, []);
  const earlier = groups.filter((group) => path.length - 1 - at(group, -1) > 21);
  const outside = earlier.filter((group) => {
    const [from, to] = [at(days, at(group, 0)), at(days, at(group, -1))];
    return !world.crises.some((crisis) => crisis.from <= from && to <= (crisis.until ?? to));
  });
  const n = present(path.slice(0, -1)).length;
  const isAsked = isAtLeast(today, 80);
  const prefix = "regime.conditions";
  return {
    facts: {
      [`${prefix}.noise-and-velocity`]: { value: today, within: 100 / 1260 },
      [`${prefix}.noise-start`]: at(
        days,
        path.findIndex((v) => v !== null),
      ),
      [`${prefix}.noise-history`]: n,
      [`${prefix}.noise-episodes`]: earlier.length,
      [`${prefix}.noise-last-episode`]: earlier.length === 0 ? null : at(days, at(at(earlier, -1), -1)),
    },
    names: {},
    says: {
      ...both("episodes", "highest", isAsked && places.length === 0 && n >= 250),
      ...both(
        "episodes",
        "only-crises",
        isAsked && earlier.length > 0 && outside.length === 0 && world.crises.length > 0,
      ),
      ...both("episodes", "as-high", isAsked && earlier.length > 0),
      ...both("episodes", "only-now", isAsked && earlier.length === 0),
      "regime.episodes.undeclared": world.crises.length === 0,
    },
  };
}

const section = "regime";

/** What is said of the conditions of markets beside the grid. */
export const conditionCheckers: readonly Checker[] = [
  {
    section,
    standard: "J4 turbulence and absorption",
    ids: /^regime\.turbulence\.(turbulent-fragile|turbulent|fragile|quiet)$/,
    truth: turbulenceTruth,
  },
  {
    section,
    standard: "J6 risk appetite",
    ids: /^regime\.appetite\.(high|low|middle|unranked)$/,
    truth: appetiteTruth,
  },
  {
    section,
    standard: "Q10 noise and velocity",
    ids: /^regime\.noise\.(extreme|high|noisy|fast|usual)$/,
    truth: noiseTruth,
  },
  {
    section,
    standard: "Q10 exceedance episodes",
    ids: /^regime\.noise-episodes\.(highest|only-crises|as-high|only-now)$/,
    truth: episodesTruth,
  },
];
