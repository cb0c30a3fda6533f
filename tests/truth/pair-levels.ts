import { type JudgedRelation, judgedRelation } from "#tests/truth/family.ts";
import { type Checker, claimsAndTexts, ofSubject, type Truth } from "#tests/truth/judge.ts";
import { daysOf, grown, pairNames, pairReturns } from "#tests/truth/pair-days.ts";
import { logLevels } from "#tests/truth/pair-relation.ts";
import {
  at,
  deviation,
  fitted,
  isAtLeast,
  isAtMost,
  mean,
  printedDirection,
  sum,
  tenth,
  zOf,
} from "#tests/truth/plain.ts";
import type { World } from "#tests/truth/world.ts";

const isRelated = ({ p, q }: JudgedRelation): boolean => isAtMost(p, 0.05) && isAtMost(q, 0.1);

function relationTruth(world: World, id: string): Truth {
  const test = judgedRelation(world, id);
  const words: Readonly<Record<string, boolean>> = {
    found: isRelated(test),
    tentative: isAtMost(test.p, 0.05) && !isRelated(test),
    none: test.p > 0.05,
  };
  return {
    facts: {
      // The chance is printed to two digits.
      [`pair.${id}.cointegration`]: { value: test.p, within: 1e-7 },
      [`pair.${id}.cointegration.sessions`]: test.n,
    },
    names: pairNames(world, id),
    says: claimsAndTexts("pair.relation.", words),
  };
}

/** The long leg and the short one over the year of sessions to the one before the last, in logarithms. */
function yearOf(world: World, id: string): { y: readonly number[]; x: readonly number[] } {
  const { long, short } = logLevels(world, id);
  return { y: long.slice(0, -1).slice(-252), x: short.slice(0, -1).slice(-252) };
}

/** The line of the long leg on the short one. */
function lineOf(
  world: World,
  id: string,
): { slope: number; intercept: number; residuals: readonly number[] } {
  const { y, x } = yearOf(world, id);
  const { coefficients, residuals } = fitted([x.map(() => 1), x], y);
  return { intercept: at(coefficients, 0), slope: at(coefficients, 1), residuals };
}

/** The slope of the line from which points are least far away: the direction of the larger variance. */
function orthogonalSlope(world: World, id: string): number {
  const { y, x } = yearOf(world, id);
  const [my, mx] = [mean(y), mean(x)];
  const yy = sum(y.map((v) => (v - my) ** 2));
  const xx = sum(x.map((v) => (v - mx) ** 2));
  const xy = sum(y.map((v, i) => (v - my) * (at(x, i) - mx)));
  return Math.tan(Math.atan2(2 * xy, xx - yy) / 2);
}

function hedgeTruth(world: World, id: string): Truth {
  const [ordinary, orthogonal] = [lineOf(world, id).slope, orthogonalSlope(world, id)];
  const words: Readonly<Record<string, boolean>> = {
    negative: ordinary < 0 && orthogonal < 0,
    large: ordinary > 3 && orthogonal > 3,
    apart: ordinary >= 0 && ordinary <= 3 && orthogonal > 3,
  };
  return {
    facts: {
      [`pair.${id}.hedge.ordinary`]: { value: ordinary, within: 1e-6 },
      [`pair.${id}.hedge.orthogonal`]: { value: orthogonal, within: 1e-6 },
    },
    names: pairNames(world, id),
    says: claimsAndTexts("pair.hedge.", words),
  };
}

/** φ of a series on its value before, with a constant. */
const persistence = (values: readonly number[]) => {
  const before = values.slice(0, -1);
  return fitted([before.map(() => 1), before], values.slice(1));
};

/** Quantiles 2.5 % and 97.5 % of what is fitted to series that are made with φ and residuals drawn anew. */
function refits(phi: number, residuals: readonly number[], start: number): readonly [number, number] {
  let state = 12_345;
  const draw = (): number => {
    state = (1_103_515_245 * state + 12_345) % 2_147_483_648;
    return at(residuals, Math.floor((state / 2_147_483_648) * residuals.length));
  };
  const fits = Array.from({ length: 1000 }, () => {
    const values = [start];
    for (let t = 0; t < residuals.length; t++) values.push(phi * at(values, -1) + draw());
    const [x, y] = [values.slice(0, -1), values.slice(1)];
    const [mx, my] = [mean(x), mean(y)];
    return sum(x.map((v, t) => (v - mx) * (at(y, t) - my))) / sum(x.map((v) => (v - mx) ** 2));
  }).toSorted((a, b) => a - b);
  return [at(fits, 25), at(fits, 974)];
}

/** The φ under which the fitted one would lie at a quantile; `null` where that is 1 or more. */
function boundOf(of: (phi: number) => number, phi: number): number | null {
  if (of(1) <= phi) return null;
  let [low, high] = [phi - 0.5, 1];
  for (let i = 0; i < 14; i++) {
    const middle = (low + high) / 2;
    if (of(middle) < phi) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const sessionsOf = (phi: number | null): number | null => {
  if (phi === null || phi >= 1) return null;
  return phi <= 0 ? 0 : -Math.log(2) / Math.log(phi);
};

function halfLifeTruth(world: World, id: string): Truth {
  const { residuals } = lineOf(world, id);
  const fit = persistence(residuals);
  const phi = at(fit.coefficients, 1);
  const start = at(residuals, 0) - mean(residuals);
  const low = sessionsOf(boundOf((each) => refits(each, fit.residuals, start)[1], phi));
  const high = sessionsOf(boundOf((each) => refits(each, fit.residuals, start)[0], phi));
  // Both ends are simulated, here and there, by draws of their own.
  const simulated = (value: number | null) => (value === null ? null : { value, within: 1 + value / 10 });
  const holds = isRelated(judgedRelation(world, id)) && high !== null && high < 126 * 1.1 + 1;
  return {
    facts: {
      [`pair.${id}.half-life`]: sessionsOf(phi),
      [`pair.${id}.half-life.low`]: simulated(low),
      [`pair.${id}.half-life.high`]: simulated(high),
    },
    names: pairNames(world, id),
    says: { "pair.half-life.claim": holds, "pair.half-life.text": holds },
  };
}

function stretchTruth(world: World, id: string): Truth {
  const { long, short } = logLevels(world, id);
  const { slope, intercept, residuals } = lineOf(world, id);
  const spread = (at(long, -1) - intercept - slope * at(short, -1)) / deviation(residuals);
  const levels = grown(pairReturns(daysOf(world, id)));
  const moves = levels.slice(20).map((level, t) => level / at(levels, t) - 1);
  const move = at(moves, -1);
  const z = zOf(moves.slice(-757, -1), move);
  const way = printedDirection(move, tenth);
  const related = isRelated(judgedRelation(world, id));
  const [isStretched, isFar] = [isAtLeast(Math.abs(spread), 2), isAtLeast(Math.abs(z), 2)];
  // A gain that is far below the usual is not unusual as a gain.
  const isThatWay = way === "up" ? z > 0 : z < 0;
  const ofMove = (["up", "down", "flat"] as const).flatMap((word) => [
    [`pair.move.claim.far.${word}`, !related && way === word && isFar && isThatWay],
    [`pair.move.text.far.${word}`, !related && way === word && isFar && isThatWay],
    [`pair.move.claim.plain.${word}`, !related && way === word],
    [`pair.move.text.plain.${word}`, !related && way === word],
  ]);
  return {
    facts: {
      [`pair.${id}.spread.z`]: { value: spread, within: 1e-6 },
      [`pair.${id}.return.20`]: move,
      [`pair.${id}.return.20.z`]: z,
      [`pair.${id}.return.20.history`]: moves.slice(-757, -1).length,
    },
    names: pairNames(world, id),
    says: {
      "pair.spread.stretched.claim": related && isStretched,
      "pair.spread.stretched.text": related && isStretched,
      "pair.spread.plain.claim": related,
      "pair.spread.plain.text": related,
      ...Object.fromEntries(ofMove),
    },
  };
}

const section = "pair";

/** What is said of the levels of a pair's legs. */
export const pairLevelCheckers: readonly Checker[] = [
  {
    section,
    standard: "P4 Engle-Granger, both orders",
    ids: /^pair\.[^.]+\.relation\.(found|tentative|none)$/,
    truth: ofSubject(relationTruth),
  },
  { section, standard: "P7 half-life", ids: /^pair\.[^.]+\.half-life$/, truth: ofSubject(halfLifeTruth) },
  {
    section,
    standard: "P8 z of the spread or of the 20-day return",
    ids: /^pair\.[^.]+\.(spread\.(plain|stretched\.(up|down|flat))|move\.(far\.)?(up|down|flat))$/,
    truth: ofSubject(stretchTruth),
  },
  {
    section,
    standard: "P3 hedge ratio",
    ids: /^pair\.[^.]+\.hedge\.(negative|large|apart)$/,
    truth: ofSubject(hedgeTruth),
  },
];
