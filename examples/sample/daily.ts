import { reportDays } from "./events.ts";
import type { Factors } from "./factors.ts";
import { type Anchor, type Motion, motions, turnoverModel, turnovers } from "./motions.ts";
import { type Factor, strategies, volatility } from "./parameters.ts";
import { type Path, type Paths, pathOf } from "./path.ts";
import type { Draws } from "./random.ts";

/** Every daily series that moves by factors. */
export const drawDaily = (days: readonly string[], factors: Factors, next: () => Draws): readonly Path[] =>
  Object.entries(motions).map(([id, motion]) => drawPath(id, days, factors, motion, next()));

function drawPath(
  id: string,
  days: readonly string[],
  factors: Factors,
  motion: Motion,
  { normal, uniform }: Draws,
): Path {
  const { scale, start, own, drift = 0, pull, floor } = motion;
  const [chance, size] = motion.jump ?? [0, 0];
  const loads = Object.entries(motion.loads) as readonly (readonly [Factor | "worldLag", number])[];
  const common = (t: number): number =>
    loads.reduce((sum, [name, load]) => {
      const at = name === "worldLag" ? factors.values.world[t - 1] : factors.values[name][t];
      return sum + load * (at ?? 0);
    }, 0);
  const onScale = (level: number): number => (scale === "log" ? Math.log(level) : level);
  const reports = new Set(reportDays(id, days));
  const least = floor === undefined ? Number.NEGATIVE_INFINITY : onScale(floor);
  let value = onScale(start);
  const values = Float64Array.from(days, (day, t) => {
    const noise = own * (factors.ownScales[t] ?? 1) * normal();
    // What is reported after a close moves the next day.
    const isHit = uniform() < chance || reports.has(days[t - 1] ?? "");
    const jump = isHit ? size * normal() : 0;
    const home = pull === undefined ? 0 : pull.speed * (onScale(anchorAt(pull.to, day)) - value);
    value = Math.max(least, value + drift + common(t) + noise + jump + home);
    return value;
  });
  return { id, dates: days, scale, values };
}

const yearDays = 365.25;
const dayMs = 86_400_000;

/** The value of the straight lines between years on a day. */
function anchorAt(anchors: readonly Anchor[], day: string): number {
  const year = 1996 + (Date.parse(day) - Date.UTC(1996, 0, 1)) / dayMs / yearDays;
  const after = anchors.findIndex(([at]) => at > year);
  const [from, to] = [anchors[after < 0 ? anchors.length - 1 : Math.max(0, after - 1)], anchors[after]];
  if (from === undefined) return Number.NaN;
  if (to === undefined || to === from) return from[1];
  return from[1] + ((to[1] - from[1]) * (year - from[0])) / (to[0] - from[0]);
}

/** What follows from other daily series: expected volatility, two strategies, turnover. */
export function deriveDaily(paths: Paths, next: () => Draws): readonly Path[] {
  return [
    drawVolatility(pathOf(paths, "USLC"), next()),
    ...drawStrategies(paths, next()),
    ...Object.entries(turnovers).map(([id, turnover]) =>
      drawTurnover(id, pathOf(paths, turnover.of), turnover, next()),
    ),
  ];
}

/** An index of expected volatility, made from the returns of the US index up to the day. */
function drawVolatility(index: Path, { normal }: Draws): Path {
  const { decay, start, floor, floorShare, premium, leverage, noise } = volatility;
  let [variance, mood] = [start * start, 0];
  const values = Float64Array.from(index.dates, (_, t) => {
    const ret = changeAt(index, t);
    variance = decay * variance + (1 - decay) * ret * ret;
    mood = noise.persistence * mood + noise.sigma * normal();
    const expected = (1 - floorShare) * variance + floorShare * floor;
    return Math.log(100 * premium * Math.sqrt(252 * expected)) + mood - leverage * ret;
  });
  return { id: "VOLIX", dates: index.dates, scale: "log", values };
}

/** The same assets at equal weights, and each held long or short by which way it went. */
function drawStrategies(paths: Paths, { normal }: Draws): readonly Path[] {
  const assets = strategies.assets.map((id) => pathOf(paths, id));
  const { dates } = pathOf(paths, "USLC");
  const { lookBack, noise } = strategies;
  let [held, followed] = [Math.log(100), Math.log(100)];
  const both = dates.map((_, t) => {
    for (const asset of assets) {
      const part = changeAt(asset, t) / assets.length;
      held += part;
      followed += part * (t > lookBack ? trendAt(asset, t - 1, lookBack) : 0);
    }
    followed += noise * normal();
    return [held, followed] as const;
  });
  const path = (id: string, side: 0 | 1): Path => ({
    ...{ id, dates, scale: "log" },
    values: Float64Array.from(both, (pair) => pair[side]),
  });
  return [path("STATIC", 0), path("TREND", 1)];
}

const trendAt = ({ values }: Path, t: number, lookBack: number): 1 | -1 =>
  (values[t] ?? 0) >= (values[t - lookBack] ?? 0) ? 1 : -1;

const changeAt = ({ values }: Path, t: number): number =>
  t === 0 ? 0 : (values[t] ?? Number.NaN) - (values[t - 1] ?? Number.NaN);

function drawTurnover(
  id: string,
  of: Path,
  { mean, growth }: { readonly mean: number; readonly growth: number },
  { normal }: Draws,
): Path {
  const { persistence, sigma, move } = turnoverModel;
  let stray = 0;
  const values = Float64Array.from(of.dates, (_, t) => {
    stray = persistence * stray + sigma * normal();
    const years = (t - of.dates.length) / 261;
    return Math.log(mean) + growth * years + stray + 100 * move * Math.abs(changeAt(of, t));
  });
  return { id, dates: of.dates, scale: "log", values };
}
