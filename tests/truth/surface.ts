import type { SurfaceRule } from "#src/domain/workspace.ts";
import { type Checker, namesOf, ofSubject, type Truth } from "#tests/truth/judge.ts";
import {
  at,
  correlation,
  endOf,
  historyOf,
  isAtLeast,
  isAtMost,
  mean,
  middleOf,
  type Path,
  percentileOf,
  printedDirection,
  rolled,
  sum,
  tenth,
  yearlyVolatility,
} from "#tests/truth/plain.ts";
import { joined, once, type World } from "#tests/truth/world.ts";

/** An index and its names, on the days that all of them share. */
interface Surface {
  readonly rule: SurfaceRule;
  readonly names: readonly string[];
  /** By name, then by session. */
  readonly simple: readonly (readonly number[])[];
  readonly log: readonly (readonly number[])[];
  readonly index: readonly number[];
}

function ruleOf(world: World): SurfaceRule {
  const { surface } = world.workspace;
  if (surface === null) throw new RangeError("no surface");
  return surface;
}

/** Names that are all there from the first day of one of them to the last of the index; others are not checked. */
const surfaceOf = (world: World): Surface =>
  once(world, "surface", () => {
    const rule = ruleOf(world);
    const names = Object.values(rule.groups).flatMap(({ members }) => members);
    const { days, values } = joined(world, [rule.index, ...names]);
    const since = world.points(rule.index).filter(({ day }) => day >= at(days, 0));
    const begun = names.map((id) => at(world.points(id), 0).day);
    if (days.length < since.length || begun.some((day) => day < at(days, 0)))
      throw new RangeError("a name lacks a session of its index");
    const changes = (of: (after: number, before: number) => number) =>
      values.map((prices) => prices.slice(1).map((p, t) => of(p, at(prices, t))));
    const log = changes((after, before) => Math.log(after / before));
    return {
      rule,
      names,
      simple: changes((after, before) => after / before - 1).slice(1),
      log: log.slice(1),
      index: at(log, 0),
    };
  });

/** The last value of a path, its percentile among those before it and how many these are. */
interface Placed {
  readonly value: number;
  readonly percentile: number | null;
  readonly n: number;
}

function placed(path: Path, least: number): Placed {
  const history = historyOf(path, 2520);
  const value = path.at(-1) ?? Number.NaN;
  const percentile = history.length < least ? null : percentileOf(history, value);
  return { value, percentile, n: history.length };
}

const volatilities = (returns: readonly number[]): Path => rolled(returns, 20, yearlyVolatility);

/** Mean of what several paths have at each session. */
const meanPath = (paths: readonly Path[]): Path =>
  at(paths, 0).map((_, t) => {
    const there = paths.map((path) => path[t] ?? null);
    return there.some((v) => v === null) ? null : mean(there.map((v) => v ?? 0));
  });

/** The index's volatility and the mean of its names'. */
const depthOf = (world: World) =>
  once(world, "depth", () => {
    const { index, log } = surfaceOf(world);
    const [own, names] = [volatilities(index), meanPath(log.map(volatilities))];
    return { own: placed(own, 756), names: placed(names, 756), namesPath: names };
  });

/** Root of the mean squared distance of the names from their mean, session by session. */
const squaresOf = ({ simple }: Surface): readonly (readonly number[])[] =>
  at(simple, 0).map((_, t) => {
    const day = simple.map((returns) => at(returns, t));
    const middle = mean(day);
    return day.map((r) => (r - middle) ** 2);
  });

export const dispersionOf = (world: World): Placed =>
  once(world, "dispersion", () => {
    const daily = squaresOf(surfaceOf(world)).map((squares) => Math.sqrt(mean(squares)));
    return placed(rolled(daily, 21, mean), 252);
  });

export const correlationOf = (world: World): Placed =>
  once(world, "correlation", () => {
    const { log } = surfaceOf(world);
    const path = at(log, 0).map((_, t) => {
      if (t < 59) return null;
      const windows = log.map((returns) => returns.slice(t - 59, t + 1));
      const pairs = windows.flatMap((a, i) => windows.slice(i + 1).map((b) => correlation(a, b)));
      return mean(pairs);
    });
    return placed(path, 252);
  });

const ends = ["bottom", "middle", "top"] as const;
/** Sentences by where a percentile prints. */
const ofEnd = (prefix: string, percentile: number | null, holds = true) =>
  ends.map((end): readonly [string, boolean] => [
    `${prefix}.${end}`,
    holds && percentile !== null && endOf(percentile) === end,
  ]);

const indexNames = (world: World): Truth["names"] => {
  const { index } = ruleOf(world);
  return { name: namesOf(world, index), index: [world.series(index).short] };
};

const isHigh = (percentile: number | null, limit: number) =>
  percentile !== null && isAtLeast(percentile, limit);
const isLow = (percentile: number | null, limit: number) =>
  percentile !== null && isAtMost(percentile, limit);

function depthTruth(world: World): Truth {
  const { rule, names } = surfaceOf(world);
  const depth = depthOf(world);
  const [own, below] = [depth.own.percentile, depth.names.percentile];
  const apart = dispersionOf(world).percentile;
  const prefix = `surface.${rule.index}`;
  const isCalm = isLow(own, 40);
  const calmTurbulent = isCalm && (isHigh(below, 80) || isHigh(apart, 80));
  return {
    facts: {
      [`${prefix}.rv20`]: depth.own.value,
      [`${prefix}.rv20-percentile`]: own,
      [`${prefix}.names-rv20`]: depth.names.value,
      [`${prefix}.names-rv20-percentile`]: below,
      [`${prefix}.names-rv20-history`]: depth.names.n,
      [`${prefix}.names-rv20.count`]: names.length,
      [`${prefix}.dispersion-percentile`]: apart,
      [`${prefix}.diversification-ratio`]: depth.names.value / depth.own.value,
    },
    names: indexNames(world),
    says: {
      "surface.calm-turbulent.claim": calmTurbulent,
      ...Object.fromEntries(ofEnd("surface.calm-turbulent.volatility", below, isCalm && isHigh(below, 80))),
      ...Object.fromEntries(ofEnd("surface.calm-turbulent.dispersion", apart, isCalm && isHigh(apart, 80))),
      "surface.turbulent.claim": isHigh(own, 80) && isHigh(below, 80),
      "surface.calm.claim": isCalm && isLow(below, 40),
      "surface.ratio.claim": true,
      "surface.unranked": below === null,
      ...Object.fromEntries(ofEnd("surface.names", below)),
      ...Object.fromEntries(ofEnd("surface.index", own)),
      "surface.ratio-text": true,
      "surface.survivors": !rule.pointInTime,
    },
  };
}

function soaredTruth(world: World): Truth {
  const { rule, log } = surfaceOf(world);
  const { names, namesPath } = depthOf(world);
  const before = namesPath.at(-21) ?? Number.NaN;
  const ratio = names.value / mean(log.map((returns) => yearlyVolatility(returns.slice(-252))));
  const hasRisen = printedDirection(names.value - before, tenth) === "up";
  const [byRatio, byRank] = [isAtLeast(ratio, 1.5), isHigh(names.percentile, 90)];
  const prefix = `surface.${rule.index}.names-rv20`;
  return {
    facts: {
      [prefix]: names.value,
      [`${prefix}.before`]: before,
      [`${prefix}.to-year`]: ratio,
    },
    names: indexNames(world),
    says: {
      "surface.soared.claim": hasRisen && (byRatio || byRank),
      "surface.soared.ratio": hasRisen && byRatio,
      "surface.soared.text": hasRisen && byRank,
    },
  };
}

/** High, low or between, by its percentile. */
const placedSays = (what: string, { percentile }: Placed) => ({
  [`surface.${what}.claim.high`]: isHigh(percentile, 80),
  [`surface.${what}.claim.low`]: isLow(percentile, 20),
  [`surface.${what}.claim.middle`]: !isHigh(percentile, 80) && !isLow(percentile, 20),
  [`surface.${what}.text.unranked`]: percentile === null,
  ...Object.fromEntries(ofEnd(`surface.${what}.text`, percentile)),
});

const ofNames =
  (what: string, of: (world: World) => Placed): Checker["truth"] =>
  (world) => {
    const { rule, names } = surfaceOf(world);
    const found = of(world);
    const prefix = `surface.${rule.index}.${what}`;
    return {
      facts: {
        [prefix]: found.value,
        [`${prefix}-percentile`]: found.percentile,
        [`${prefix}-history`]: found.n,
        [`${prefix}.count`]: names.length,
      },
      names: indexNames(world),
      says: { ...placedSays(what, found), "surface.survivors": !rule.pointInTime },
    };
  };

function contributorTruth(world: World): Truth {
  const surface = surfaceOf(world);
  const { rule, names } = surface;
  const month = squaresOf(surface).slice(-21);
  const total = sum(month.map(sum));
  const parts = Object.entries(rule.groups)
    .map(([id, { name, members }]) => {
      const places = names.map((_, i) => i).filter((i) => members.includes(at(names, i)));
      const own = sum(month.map((squares) => sum(places.map((i) => at(squares, i)))));
      return { id, name, share: own / total, size: members.length };
    })
    .toSorted((a, b) => b.share - a.share);
  const [first, second] = [at(parts, 0), at(parts, 1)];
  const leads = printedDirection(first.share - second.share, tenth) === "up";
  const prefix = `surface.${rule.index}`;
  return {
    facts: {
      [`${prefix}.part.${first.id}.share`]: first.share,
      [`${prefix}.part.${first.id}.names`]: first.size,
      [`${prefix}.dispersion.count`]: names.length,
    },
    names: { ...indexNames(world), group: [first.name], secondGroup: [second.name] },
    says: {
      "surface.contributor.claim": leads,
      "surface.contributor.text": leads,
      "surface.contributors.claim": !leads,
      "surface.contributors.text": !leads,
    },
  };
}

/** A quantile between the two nearest values (type 7). */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [low, high] = [at(sorted, Math.floor(place)), at(sorted, Math.ceil(place))];
  return low + (place - Math.floor(place)) * (high - low);
}

function losersTruth(world: World): Truth {
  const { rule, simple } = surfaceOf(world);
  const days = at(simple, 0).map((_, t) => simple.map((returns) => at(returns, t)));
  const share = simple.length >= 100 ? 0.1 : 0.2;
  const count = Math.floor(share * simple.length + 1e-9);
  const spreads = days.map((day) => mean(day.toSorted((a, b) => a - b).slice(0, count)) - middleOf(day));
  const lopsided = days.map((day) => {
    const [low, middle, high] = [quantile(day, share), middleOf(day), quantile(day, 1 - share)];
    return (high + low - 2 * middle) / (high - low);
  });
  const spread = placed(rolled(spreads, 21, mean), 252);
  const bowley = rolled(lopsided, 21, mean).at(-1) ?? 0;
  const holds =
    simple.length >= 30 && printedDirection(bowley, 0.01) === "down" && isLow(spread.percentile, 10);
  const prefix = `surface.${rule.index}.losers`;
  return {
    facts: { [`${prefix}.spread`]: spread.value, [`${prefix}.spread-history`]: spread.n },
    names: indexNames(world),
    says: {
      "surface.losers.claim": holds,
      "surface.losers.text.tenth": holds && share === 0.1,
      "surface.losers.text.fifth": holds && share === 0.2,
      "surface.survivors": !rule.pointInTime,
    },
  };
}

function impliedTruth(world: World, id: string): Truth {
  const found = placed(
    world.points(id).map(({ value }) => value),
    252,
  );
  const prefix = `surface.${id}.implied`;
  return {
    facts: {
      [prefix]: found.value,
      [`${prefix}-percentile`]: found.percentile,
      [`${prefix}-history`]: found.n,
    },
    names: { name: namesOf(world, id) },
    says: placedSays("implied", found),
  };
}

const section = "surface";

/** What is said of an index and the names under it. */
export const surfaceCheckers: readonly Checker[] = [
  {
    section,
    standard: "D4 calm surface",
    ids: /^surface\.[^.]+\.(calm-turbulent|turbulent|calm|mixed|unranked)$/,
    truth: depthTruth,
  },
  { section, standard: "A5 realised volatility", ids: /^surface\.[^.]+\.soared$/, truth: soaredTruth },
  {
    section,
    standard: "D1 cross-sectional dispersion",
    ids: /^surface\.[^.]+\.dispersion\.(high|low|middle|unranked)$/,
    truth: ofNames("dispersion", dispersionOf),
  },
  {
    section,
    standard: "D2 average pairwise correlation",
    ids: /^surface\.[^.]+\.correlation\.(high|low|middle|unranked)$/,
    truth: ofNames("correlation", correlationOf),
  },
  {
    section,
    standard: "D5 contribution to dispersion",
    ids: /^surface\.[^.]+\.contributors?$/,
    truth: contributorTruth,
  },
  { section, standard: "D6 cross-sectional asymmetry", ids: /^surface\.[^.]+\.losers$/, truth: losersTruth },
  {
    section,
    standard: "D3 implied measure",
    ids: /^surface\.[^.]+\.implied\.(high|low|middle|unranked)$/,
    truth: ofSubject(impliedTruth),
  },
];
