import type { GrowthSignalRule, SignalRules } from "#src/domain/signals-rules.ts";
import { addDays } from "#src/domain/time.ts";
import { correlationSurpriseOf } from "#tests/truth/conditions.ts";
import { type Checker, partsOf, type Truth } from "#tests/truth/judge.ts";
import { atHead } from "#tests/truth/markets.ts";
import {
  at,
  deviation,
  endOf,
  isAtLeast,
  isAtMost,
  mean,
  type Path,
  present,
  printedDirection,
  sum,
  tenth,
  zOf,
} from "#tests/truth/plain.ts";
import { blockOf, endAt, lastZ, longestBlock, resampled, wilson } from "#tests/truth/resampling.ts";
import { strengthPath } from "#tests/truth/strength.ts";
import { daysFrom, joined, once, type World } from "#tests/truth/world.ts";

function rulesOf(world: World): SignalRules {
  const { signals } = world.workspace;
  if (signals === null) throw new RangeError("no signals");
  return signals;
}

/** z of every element of a path in up to `most` before it, from `least` on. */
function zPath(path: Path, least: number, most: number): Path {
  const there = path.flatMap((value, place) => (value === null ? [] : [{ value, place }]));
  const values = there.map(({ value }) => value);
  const byPlace = new Map(
    there.map(({ value, place }, i) => [
      place,
      i < least ? null : zOf(values.slice(Math.max(0, i - most), i), value),
    ]),
  );
  return path.map((_, place) => byPlace.get(place) ?? null);
}

/* E1 */

/** Both groups against an index on the days that all of them have: each of equal weights at every close. */
interface Groups {
  readonly cyclical: Path;
  readonly defensive: Path;
  readonly zCyclical: Path;
  readonly zDefensive: Path;
  readonly joint: Path;
}

const jointOf = (c: number, d: number): number =>
  c > 0 && d > 0 ? Math.min(c, d) : c < 0 && d < 0 ? -Math.min(-c, -d) : 0;

const groupsOf = (world: World, index: string): Groups =>
  once(world, `groups against ${index}`, () => {
    const { cyclical, defensive } = rulesOf(world);
    const { values } = joined(world, [...cyclical.members, ...defensive.members, index]);
    const count = cyclical.members.length;
    const levels = (prices: readonly (readonly number[])[]): readonly number[] => {
      let level = 1;
      return at(prices, 0).map((_, t) => {
        if (t > 0) level *= mean(prices.map((path) => at(path, t) / at(path, t - 1)));
        return level;
      });
    };
    const against = at(values, -1);
    const [c, d] = [
      strengthPath(levels(values.slice(0, count)), against),
      strengthPath(levels(values.slice(count, -1)), against),
    ];
    const [zCyclical, zDefensive] = [zPath(c, 756, 756), zPath(d, 756, 756)];
    const joint = zCyclical.map((z, t) => {
      const other = zDefensive[t] ?? null;
      return z === null || other === null ? null : jointOf(z, other);
    });
    return { cyclical: c, defensive: d, zCyclical, zDefensive, joint };
  });

/** How often both were as far out on that side before, and between which values that share lies. */
const rarityOf = (world: World) =>
  once(world, "rarity", () => {
    const { joint } = groupsOf(world, rulesOf(world).index);
    const today = joint.at(-1) ?? 0;
    const earlier = present(joint.slice(0, -1)).slice(-2520);
    const hits = earlier.map((j) => Number(j * Math.sign(today) >= Math.abs(today)));
    const n = hits.length;
    if (today === 0 || n < 756) return null;
    const share = mean(hits);
    // Blocks of a horizon at least, and no narrower than Wilson's on spans that do not overlap; house choice.
    const block = Math.min(longestBlock(n), Math.max(20, blockOf(hits)));
    const drawn = resampled(n, block, (places) => sum(places.map((i) => at(hits, i))) / n);
    const other = wilson(share, n / 20);
    const [low, high] = [endAt(drawn, 0.025), endAt(drawn, 0.975)];
    return {
      share,
      n,
      low: { value: Math.min(low.value, other.low), within: Math.max(low.most - low.least, 1e-9) },
      high: { value: Math.max(high.value, other.high), within: Math.max(high.most - high.least, 1e-9) },
      leastHigh: Math.max(high.least, other.high),
      mostHigh: Math.max(high.most, other.high),
    };
  });

/** Against the equal-weight index: whether as much is left as the gate takes, less, or nothing on its side. */
function standing(joint: number, other: number): string {
  const left = other * Math.sign(joint);
  if (left <= 0) return "vanishes";
  return left >= Math.min(1, Math.abs(joint)) ? "survives" : "weakens";
}

/** What another sector gained on the index over twenty sessions, as a change of their ratio. */
const sectorOf = (world: World, id: string): number => {
  const { values } = joined(world, [id, rulesOf(world).index]);
  return Math.exp(strengthPath(at(values, 0), at(values, 1)).at(-1) ?? Number.NaN) - 1;
};

/** Who paid, or gained: of the other sectors the one farthest the other way, and how many print that way. */
function payersOf(world: World, side: "strong" | "weak" | null) {
  const { others } = rulesOf(world);
  const [sign, way] = side === "weak" ? [-1, "up"] : [1, "down"];
  const gains = others.map((id) => ({ id, gain: sectorOf(world, id) }));
  const payer = at(
    gains.toSorted((a, b) => sign * (a.gain - b.gain)),
    0,
  );
  const count = gains.filter(({ gain }) => printedDirection(gain, tenth) === way).length;
  const isAll = count === others.length && count > 1;
  return { payer, count, word: count === 0 ? "none" : isAll ? "all" : count === 1 ? "one" : "some" };
}

/** What is known of both groups as of today. */
const jointState = (world: World) =>
  once(world, "joint strength", () => {
    const { index, equalWeight } = rulesOf(world);
    const groups = groupsOf(world, index);
    const last = (path: Path): number => path.at(-1) ?? Number.NaN;
    const gain = (path: Path): number => Math.exp(last(path)) - 1;
    const joint = last(groups.joint);
    const side = joint > 0 ? ("strong" as const) : joint < 0 ? ("weak" as const) : null;
    const equal = equalWeight === null ? null : last(groupsOf(world, equalWeight).joint);
    const [c, d] = [gain(groups.cyclical), gain(groups.defensive)];
    return {
      ...{ c, d, joint, side, equal, zc: last(groups.zCyclical), zd: last(groups.zDefensive) },
      cWay: printedDirection(c, tenth),
      dWay: printedDirection(d, tenth),
      against: equal === null || side === null ? null : standing(joint, equal),
      rarity: rarityOf(world),
      payers: payersOf(world, side),
    };
  });

type State = ReturnType<typeof jointState>;

/** Whether “extremely rare” holds; where the draws leave it open, both it and the plainer word do. */
function rareOf({ rarity }: State): { maybe: boolean; surely: boolean } {
  if (rarity === null || !isAtMost(rarity.share, 0.05)) return { maybe: false, surely: false };
  return { maybe: isAtMost(rarity.leastHigh, 0.1), surely: isAtMost(rarity.mostHigh, 0.1) };
}

/** What may be said of both groups on one side. */
function saysOfSide(state: State, on: "strong" | "weak"): readonly (readonly [string, boolean])[] {
  const { side, cWay, dWay, joint, against, rarity, payers } = state;
  const way = on === "strong" ? "up" : "down";
  const isBoth = side === on && cWay === way && dWay === way && isAtLeast(Math.abs(joint), 1);
  const isMirror = isBoth && against === "vanishes";
  const isOwn = isBoth && !isMirror;
  const { maybe, surely } = rareOf(state);
  const times = rarity === null ? "na" : rarity.share === 0 ? "never" : "some";
  const each = (prefix: string, words: readonly string[], word: string, holds: boolean) =>
    words.map((w): readonly [string, boolean] => [`signals.joint.${prefix}.${w}`, holds && w === word]);
  const shares = ["never", "some"];
  return [
    [`signals.joint.text.${on}`, isBoth],
    [`signals.joint.rare.${on}.claim.tested`, isOwn && maybe && against !== null],
    [`signals.joint.rare.${on}.claim.untested`, isOwn && maybe && against === null],
    [`signals.joint.both.${on}.claim`, isOwn && !surely],
    [`signals.joint.mirror.${on}.claim`, isMirror],
    [`signals.joint.mirror.${on}.text`, isMirror],
    ...each(`rare.${on}.text`, shares, times, isOwn && maybe),
    ...each(`often.${on}`, shares, times, isOwn),
    ...each(`paid.${on}`, ["none", "one", "some", "all"], payers.word, isBoth),
    ...each(`equal.${on}`, ["survives", "weakens", "none"], against ?? "none", isBoth),
  ];
}

/** Whether one group is strong and the other weak. */
function isApart({ zc, zd, cWay, dWay }: State, lead: "cyclical" | "defensive"): boolean {
  const [ahead, behind] = lead === "cyclical" ? [zc, zd] : [zd, zc];
  const [up, down] = lead === "cyclical" ? [cWay, dWay] : [dWay, cWay];
  return isAtLeast(ahead, 1) && isAtMost(behind, -1) && up === "up" && down === "down";
}

function jointTruth(world: World): Truth {
  const { index, cyclical, defensive, others } = rulesOf(world);
  const state = jointState(world);
  const { rarity, payers } = state;
  const sides = [...saysOfSide(state, "strong"), ...saysOfSide(state, "weak")];
  const leads = (["cyclical", "defensive"] as const).flatMap((lead): readonly [string, boolean][] => [
    [`signals.joint.apart.${lead}.claim`, isApart(state, lead)],
    [`signals.joint.apart.${lead}.text`, isApart(state, lead)],
  ]);
  const isPlain = ![...sides, ...leads].some(([key, holds]) => /\.claim(\.|$)/u.test(key) && holds);
  const prefix = "signals.joint";
  return {
    facts: {
      [`${prefix}.cyclical`]: state.c,
      [`${prefix}.defensive`]: state.d,
      [`${prefix}.cyclical-z`]: state.zc,
      [`${prefix}.defensive-z`]: state.zd,
      [`${prefix}.share`]: rarity?.share ?? null,
      [`${prefix}.share-low`]: rarity?.low ?? null,
      [`${prefix}.share-high`]: rarity?.high ?? null,
      [`${prefix}.share-level`]: rarity === null ? null : 0.95,
      [`${prefix}.history`]: rarity?.n ?? null,
      [`${prefix}.history-effective`]: rarity === null ? null : Math.floor(rarity.n / 20),
      [`${prefix}.equal-weight`]: state.equal,
      [`${prefix}.others`]: others.length,
      [`${prefix}.payers`]: payers.count,
      [`signals.sector.${payers.payer.id}`]: payers.payer.gain,
    },
    names: {
      index: [world.series(index).prose],
      cyclicalName: [cyclical.name],
      defensiveName: [defensive.name],
      cyclicalHead: [atHead(cyclical.name)],
      defensiveHead: [atHead(defensive.name)],
      payerName: [world.series(payers.payer.id).prose],
    },
    says: Object.fromEntries([
      ...sides,
      ...leads,
      ["signals.joint.plain.claim", isPlain],
      ...["up", "down", "flat"].flatMap((way): readonly [string, boolean][] => [
        [`signals.joint.cyclical.${way}`, way === state.cWay],
        [`signals.joint.defensive.${way}`, way === state.dWay],
      ]),
    ]),
  };
}

/* E2 */

const keyOf = ({ series, over, less }: GrowthSignalRule): string =>
  over !== null ? `${series}.over.${over}` : less !== null ? `${series}.less.${less}` : series;

/** Every signal, signed so that high says growth, on the days that any has up to the last that all have. */
const growthOf = (world: World) =>
  once(world, "growth", () => {
    const signals = rulesOf(world).growth.map((rule) => {
      const { series, over, less, means, name } = rule;
      const { days, values } = joined(
        world,
        [series, over, less].filter((id) => id !== null),
      );
      const [own = [], other] = values;
      const levels = own.map((v, t) => {
        if (other === undefined) return v;
        return over !== null ? v / at(other, t) : v - at(other, t);
      });
      const { kind, tags, prose } = world.series(series);
      // Yields and volatility indices change by points (G5), a ratio by its logarithm.
      const isByPoints = over === null && (kind === "yield" || tags.includes("volatility"));
      // A price that is not positive has no logarithm: the change steps over it.
      const kept = days.flatMap((day, t) =>
        isByPoints || at(levels, t) > 0
          ? [{ day, x: isByPoints ? at(levels, t) : Math.log(at(levels, t)) }]
          : [],
      );
      const changes = kept.map(({ x }, t) => (t < 20 ? null : x - at(kept, t - 20).x));
      const sign = means === "growth" ? 1 : -1;
      const z = zPath(changes, 756, 2520).map((v) =>
        v === null ? null : sign * Math.min(3, Math.max(-3, v)),
      );
      const byDay = new Map(kept.map(({ day }, t) => [day, z[t] ?? null]));
      return { key: keyOf(rule), name: name ?? prose, days, byDay };
    });
    const sets = signals.map((signal) => new Set(signal.days));
    const end = at(signals, 0).days.findLast((day) => sets.every((set) => set.has(day))) ?? "";
    const days = [...new Set(signals.flatMap((signal) => signal.days))]
      .filter((day) => day <= end)
      .toSorted();
    const found = days.map((day) => {
      const g = present(signals.map(({ byDay }) => byDay.get(day) ?? null));
      const size = mean(g.map(Math.abs));
      return g.length < 5 || size === 0 ? null : { c: 1 - Math.abs(mean(g)) / size, a: size };
    });
    return {
      found,
      signals: signals.flatMap(({ key, name, byDay }) => {
        const g = byDay.get(end) ?? null;
        return g === null ? [] : [{ key, name, g }];
      }),
    };
  });

function growthTruth(world: World): Truth {
  const { found, signals } = growthOf(world);
  const today = found.at(-1) ?? null;
  const isContrary = (each: { c: number; a: number } | null): boolean =>
    each !== null && isAtLeast(each.c, 0.6) && isAtLeast(each.a, 0.8);
  const earlier = found
    .slice(0, -1)
    .filter((each) => each !== null)
    .slice(-2520);
  const share = earlier.length < 756 ? null : mean(earlier.map((each) => Number(isContrary(each))));
  const sorted = signals.toSorted((a, b) => b.g - a.g);
  const [ups, downs] = [sorted.filter(({ g }) => g > 0), sorted.filter(({ g }) => g < 0).toReversed()];
  // As it prints: a signal of 0.96 says something, one of 0.94 does not.
  const printed = signals.map(({ g }) => (Math.round(Math.abs(g) * 10) / 10) * Math.sign(g));
  const [says, against] = [printed.filter((g) => g >= 1).length, printed.filter((g) => g <= -1).length];
  const holds = signals.length >= 5 && isContrary(today);
  const surprise = correlationSurpriseOf(world);
  const isTwo = ups.length > 1 && downs.length > 1;
  const prefix = "signals.growth";
  const contrary = (key: string, also = true): readonly [string, boolean] => [
    `signals.contradiction.${key}`,
    holds && also,
  ];
  return {
    facts: {
      [`${prefix}.contradiction`]: today?.c ?? null,
      [`${prefix}.intensity`]: today?.a ?? null,
      [`${prefix}.balance`]: mean(signals.map(({ g }) => g)),
      [`${prefix}.signals`]: signals.length,
      [`${prefix}.says-growth`]: says,
      [`${prefix}.says-slowdown`]: against,
      [`${prefix}.share`]: share,
      [`${prefix}.history`]: earlier.length,
      "signals.surprise": surprise.value,
      "signals.surprise-percentile": surprise.percentile,
      ...Object.fromEntries(
        [sorted.slice(0, 2), sorted.slice(-2)].flat().map(({ key, g }) => [`${prefix}.${key}.g`, g]),
      ),
    },
    names: {
      mostName: sorted.slice(0, 1).map(({ name }) => name),
      leastName: sorted.slice(-1).map(({ name }) => name),
      secondMostName: ups.slice(1, 2).map(({ name }) => name),
      secondLeastName: downs.slice(1, 2).map(({ name }) => name),
    },
    says: Object.fromEntries([
      contrary("claim"),
      contrary("text"),
      contrary("pair"),
      contrary("second", isTwo),
      contrary("often.some", share !== null && share > 0),
      contrary("often.never", share === 0),
      ...["bottom", "middle", "top"].map((end) =>
        contrary(`surprise.${end}`, endOf(surprise.percentile) === end),
      ),
      contrary("bull-flattener", wordOfMove(moveOf(world, 20)) === "bull-flattener"),
      ["signals.lean.claim", !holds],
      ["signals.lean.both", !holds && says > 0 && against > 0],
      ["signals.lean.growth", !holds && says > 0 && against === 0],
      ["signals.lean.slowdown", !holds && says === 0 && against > 0],
      ["signals.lean.none", !holds && says === 0 && against === 0],
    ]),
  };
}

/* E3 */

interface Move {
  readonly day: string;
  readonly short: number;
  readonly long: number;
  readonly direction: "bull" | "bear" | null;
  readonly shape: "flattener" | "steepener" | null;
}

/** Changes of both yields over a horizon, and what of level and slope is a move: two basis points, or a quarter of a deviation. */
const moveOf = (world: World, horizon: number): Move | null =>
  once(world, `curve over ${horizon}`, () => {
    const { curve } = rulesOf(world);
    if (curve === null) return null;
    const { days, values } = joined(world, [curve.short, curve.long]);
    // To a millionth of a basis point: two are two.
    const change = (path: readonly number[]) =>
      path.slice(horizon).map((y, t) => Math.round((y - at(path, t)) * 1e10) / 1e6);
    const [s, l] = [change(at(values, 0)), change(at(values, 1))];
    const isMove = (changes: readonly number[]): boolean => {
      const before = changes.slice(0, -1).slice(-756);
      const limit = Math.max(2, before.length < 60 ? 0 : deviation(before) / 4);
      return Math.abs(at(changes, -1)) >= limit;
    };
    const level = s.map((v, t) => (v + at(l, t)) / 2);
    const slope = s.map((v, t) => at(l, t) - v);
    return {
      day: at(days, -1),
      short: at(s, -1),
      long: at(l, -1),
      direction: isMove(level) ? (at(level, -1) < 0 ? "bull" : "bear") : null,
      shape: isMove(slope) ? (at(slope, -1) < 0 ? "flattener" : "steepener") : null,
    };
  });

const wordOfMove = (move: Move | null): string =>
  move === null ? "" : [move.direction, move.shape].filter((word) => word !== null).join("-");

function curveTruth(world: World, horizon: number): Truth {
  const move = moveOf(world, horizon);
  const { curve } = rulesOf(world);
  if (move === null || curve === null) throw new RangeError("no curve");
  const { direction, shape, short, long } = move;
  const [a, b] = [printedDirection(short, 1), printedDirection(long, 1)];
  const isTwist = (a === "up" && b === "down") || (a === "down" && b === "up");
  const ways = ["up", "down", "flat"];
  const shapes = ["flattener", "steepener"];
  const named = (key: string, d: string | null, holds: boolean) =>
    shapes.flatMap((word) =>
      ["claim", "text"].map((part): readonly [string, boolean] => [
        `signals.curve.${key}.${word}.${part}`,
        holds && direction === d && shape === word,
      ]),
    );
  const prefix = `signals.curve-${horizon}`;
  return {
    facts: {
      [`${prefix}.short`]: short,
      [`${prefix}.long`]: long,
      [`${prefix}.horizon`]: horizon,
      [`${prefix}.day`]: move.day,
    },
    names: { shortName: [world.series(curve.short).prose], longName: [world.series(curve.long).prose] },
    says: Object.fromEntries([
      ...named("bull", "bull", true),
      ...named("bear", "bear", true),
      ...named("plain", null, true),
      ...["bull", "bear"].map((word) => [
        `signals.curve.parallel.${word}.claim`,
        direction === word && shape === null,
      ]),
      ["signals.curve.parallel.text", direction !== null && shape === null],
      ["signals.curve.unchanged.claim", direction === null && shape === null],
      ["signals.curve.unchanged.text", direction === null && shape === null],
      ["signals.curve.twist", isTwist],
      ...ways.flatMap((x) => ways.map((y) => [`signals.curve.legs.${x}.${y}`, a === x && b === y])),
    ]),
  };
}

/* J5 */

/** The last value of each month that is over, by the number of the month. */
function monthly(world: World, id: string): { number: number; month: string; value: number }[] {
  const byMonth = new Map(world.points(id).map(({ day, value }) => [day.slice(0, 7), value]));
  return [...byMonth]
    .filter(([month]) => month < world.lastDay.slice(0, 7))
    .map(([month, value]) => ({
      number: 12 * Number(month.slice(0, 4)) + Number(month.slice(5)),
      month,
      value,
    }));
}

/** z of the latest change among those of up to 180 months before, of sixty at least. */
function clockZ(
  world: World,
  id: string,
  change: (of: (monthsBefore: number) => number) => number,
): number | null {
  const months = monthly(world, id);
  const byNumber = new Map(months.map(({ number, value }) => [number, value]));
  const path = months.map(({ number }) => {
    const value = change((before) => byNumber.get(number - before) ?? Number.NaN);
    return Number.isNaN(value) ? null : value;
  });
  return lastZ(path, 60, 180);
}

/** The month that a series tells of, and the days since its end. */
function toldOf(world: World, id: string): { month: string; lag: number } {
  const { month } = at(monthly(world, id), -1);
  const next = `${addDays(`${month}-28`, 4).slice(0, 7)}-01`;
  return { month, lag: daysFrom(addDays(next, -1), world.lastDay) };
}

function clockTruth(world: World): Truth {
  const { clock } = rulesOf(world);
  if (clock === null) throw new RangeError("no clock");
  const signals = present(clock.growth.map((id) => clockZ(world, id, (of) => of(0) - of(3))));
  const growth = mean(signals);
  const inflation =
    clockZ(world, clock.inflation, (of) => (of(0) / of(3)) ** 4 - of(0) / of(12)) ?? Number.NaN;
  const isClear = Math.abs(growth) > 0.25 && Math.abs(inflation) > 0.25;
  const quadrants: Readonly<Record<string, boolean>> = {
    recovery: isClear && growth > 0 && inflation < 0,
    overheat: isClear && growth > 0 && inflation > 0,
    stagflation: isClear && growth < 0 && inflation > 0,
    reflation: isClear && growth < 0 && inflation < 0,
    open: !isClear,
  };
  const prices = toldOf(world, clock.inflation);
  const oldest = at(
    clock.growth.map((id) => toldOf(world, id)).toSorted((a, b) => b.lag - a.lag),
    0,
  );
  const prefix = "signals.clock";
  return {
    facts: {
      [`${prefix}.growth`]: growth,
      [`${prefix}.inflation`]: inflation,
      [`${prefix}.growth-month`]: oldest.month,
      [`${prefix}.growth-lag`]: oldest.lag,
      [`${prefix}.inflation-month`]: prices.month,
      [`${prefix}.inflation-lag`]: prices.lag,
    },
    names: {},
    says: Object.fromEntries([
      ...Object.entries(quadrants).flatMap(([word, holds]) => [
        [`signals.clock.${word}.claim`, holds],
        [`signals.clock.${word}.text`, holds],
      ]),
      [
        "signals.clock.otherwise",
        wordOfMove(moveOf(world, 20)) === "bull-flattener" &&
          (quadrants.recovery === true || quadrants.overheat === true),
      ],
      ["signals.clock.lag", true],
      // No file of the sample says when a value was known.
      ["signals.clock.assumed", true],
    ]),
  };
}

const section = "signals";

/** What is said of signals that may contradict one another. */
export const signalCheckers: readonly Checker[] = [
  {
    section,
    standard: "E1 joint relative strength",
    ids: /^signals\.joint\.((extremely-rare|both|mirror)-(strong|weak)|(cyclical|defensive)-lead|plain)$/,
    truth: (world) => jointTruth(world),
  },
  {
    section,
    standard: "E2 cross-asset contradiction",
    ids: /^signals\.growth\.(contradictory|lean)$/,
    truth: (world) => growthTruth(world),
  },
  {
    section,
    standard: "E3 yield-curve move",
    ids: /^signals\.curve-(20|5)\.[a-z-]+$/,
    truth: (world, statement) => curveTruth(world, Number(at(partsOf(statement), 1).slice("curve-".length))),
  },
  {
    section,
    standard: "J5 growth and inflation quadrant",
    ids: /^signals\.clock\.(recovery|overheat|stagflation|reflation|open)$/,
    truth: (world) => clockTruth(world),
  },
];
