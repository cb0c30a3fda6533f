import type { HedgeFundRules } from "#src/domain/hedge-fund-rules.ts";
import { addDays } from "#src/domain/time.ts";
import { type Checker, partsOf, type Truth } from "#tests/truth/judge.ts";
import {
  at,
  deviation,
  fitted,
  isAtLeast,
  isAtMost,
  type Path,
  present,
  printed,
  printedDirection,
  sum,
  tenth,
} from "#tests/truth/plain.ts";
import { blockOf, endAt, lastZ, resampled } from "#tests/truth/resampling.ts";
import { correlationOf, dispersionOf } from "#tests/truth/surface.ts";
import { joined, once, type World } from "#tests/truth/world.ts";

function rulesOf(world: World): HedgeFundRules {
  const { hedgeFunds } = world.workspace;
  if (hedgeFunds === null) throw new RangeError("no hedge funds");
  return hedgeFunds;
}

function strategyOf(world: World, id: string) {
  const rule = rulesOf(world).strategies[id];
  if (rule === undefined) throw new RangeError(`no strategy ${id}`);
  return rule;
}

/** The last value of each calendar month. */
const monthEnds = (world: World, id: string): ReadonlyMap<string, number> =>
  new Map(world.points(id).map(({ day, value }) => [day.slice(0, 7), value]));

const monthBefore = (month: string): string => addDays(`${month}-01`, -1).slice(0, 7);

/** Returns of months of which the one before has a value as well. */
function monthlyReturns(world: World, id: string): ReadonlyMap<string, number> {
  const ends = monthEnds(world, id);
  return new Map(
    [...ends].flatMap(([month, value]): readonly [string, number][] => {
      const before = ends.get(monthBefore(month));
      return before === undefined ? [] : [[month, value / before - 1]];
    }),
  );
}

/** Months that end with a strategy's last and have returns without a gap, each with those of the others. */
interface Months {
  readonly months: readonly string[];
  readonly fund: readonly number[];
  readonly market: readonly number[];
  readonly riskless: readonly number[];
}

const monthsOf = (world: World, id: string): Months =>
  once(world, `months of ${id}`, () => {
    const { benchmark } = rulesOf(world);
    const [fund, market] = [
      monthlyReturns(world, strategyOf(world, id).series),
      monthlyReturns(world, benchmark?.market ?? ""),
    ];
    // A bill's yield at the end of the month before, over twelve (K1).
    const bills = monthEnds(world, benchmark?.cash ?? "");
    const months: string[] = [];
    for (
      let month = [...fund.keys()].at(-1) ?? "";
      fund.has(month) && market.has(month) && bills.has(monthBefore(month));
      month = monthBefore(month)
    )
      months.unshift(month);
    const last = months.slice(-60);
    return {
      months: last,
      fund: last.map((month) => fund.get(month) ?? Number.NaN),
      market: last.map((month) => market.get(month) ?? Number.NaN),
      riskless: last.map((month) => (bills.get(monthBefore(month)) ?? Number.NaN) / 12),
    };
  });

/** The deepest fall from a peak of what a run of returns makes. */
function deepest(returns: readonly number[]): number {
  let [level, peak, most] = [1, 1, 0];
  for (const r of returns) {
    level *= 1 + r;
    peak = Math.max(peak, level);
    most = Math.min(most, level / peak - 1);
  }
  return most;
}

const namesOfStrategy = (world: World, id: string): Truth["names"] => {
  const { name, prose } = strategyOf(world, id);
  return { name: [name, prose], market: [world.series(rulesOf(world).benchmark?.market ?? "").prose] };
};

/** The year's return over the deviation of 36 months (K3), and the deepest fall against the market's (K4). */
function resilienceTruth(world: World, id: string): Truth {
  const own = [...monthlyReturns(world, strategyOf(world, id).series)];
  const [month] = at(own, -1);
  const year = own.filter(([each]) => each.startsWith(month.slice(0, 4))).map(([, r]) => r);
  const isWhole = year.length === Number(month.slice(5));
  const total = year.reduce((level, r) => level * (1 + r), 1) - 1;
  const recent = own.slice(-36).map(([, r]) => r);
  const cushion = total / deviation(recent);
  const { months, fund, market } = monthsOf(world, id);
  const [fall, marketFall] = [deepest(fund), deepest(market)];
  const hasCushion = isWhole && recent.length >= 24 && isAtLeast(cushion, 1);
  const isResilient = hasCushion && months.length >= 24 && isAtMost(fall / marketFall, 1 / 3);
  const way = printedDirection(total, tenth);
  const plain = ["up", "down", "flat"].flatMap((word) => [
    [`hedge-funds.year.claim.${word}`, isWhole && !hasCushion && word === way],
    [`hedge-funds.year.text.${word}`, isWhole && !hasCushion && word === way],
  ]);
  const prefix = `hedge-funds.${id}`;
  return {
    facts: {
      [`${prefix}.month`]: month,
      [`${prefix}.year-to-date`]: total,
      [`${prefix}.cushion`]: cushion,
      [`${prefix}.drawdown`]: fall,
      [`${prefix}.market-drawdown`]: marketFall,
      [`${prefix}.drawdown-share`]: fall / marketFall,
      [`${prefix}.months`]: months.length,
    },
    names: namesOfStrategy(world, id),
    says: Object.fromEntries([
      ["hedge-funds.resilient.claim", isResilient],
      ["hedge-funds.resilient.text", isResilient],
      ["hedge-funds.resilient.drawdown", isResilient],
      ["hedge-funds.cushion.claim", hasCushion && !isResilient],
      ["hedge-funds.cushion.text", hasCushion && !isResilient],
      ...plain,
    ]),
  };
}

/** Mean returns in the market's falling months (K4), and what is beyond beta, of excess returns (K1). */
function damageTruth(world: World, id: string): Truth {
  const { months, fund, market, riskless } = monthsOf(world, id);
  const falling = market.flatMap((m, t) => (m < 0 ? [t] : []));
  const down = sum(falling.map((t) => at(fund, t))) / sum(falling.map((t) => at(market, t)));
  const over = (returns: readonly number[]) => returns.map((r, t) => r - at(riskless, t));
  const { coefficients } = fitted([market.map(() => 1), over(market)], over(fund));
  const [alpha, beta] = [12 * at(coefficients, 0), at(coefficients, 1)];
  const isEnough = months.length >= 24 && falling.length >= 6;
  const hasAvoided = isEnough && isAtMost(down, 0.4) && isAtLeast(alpha, 0);
  const shown = printed(down, tenth);
  const side = shown === 0 ? "even" : shown > 0 ? "lost" : "gained";
  const prefix = `hedge-funds.${id}`;
  return {
    facts: {
      [`${prefix}.down-capture`]: down,
      [`${prefix}.down-months`]: falling.length,
      [`${prefix}.months`]: months.length,
      [`${prefix}.month`]: at(months, -1),
      [`${prefix}.alpha`]: alpha,
      [`${prefix}.beta`]: beta,
    },
    names: namesOfStrategy(world, id),
    says: Object.fromEntries(
      ["lost", "even", "gained"].flatMap((word) =>
        ["claim", "text"].flatMap((part) => [
          [`hedge-funds.avoided.${part}.${word}`, hasAvoided && side === word],
          [`hedge-funds.exposed.${part}.${word}`, isEnough && !hasAvoided && side === word],
        ]),
      ),
    ),
  };
}

/** Dispersion and correlation of the names under the index (K5). Fewer than thirty names are no breadth; more are not checked. */
function activeTruth(world: World): Truth {
  const { surface } = world.workspace;
  const names = Object.values(surface?.groups ?? {}).flatMap(({ members }) => members);
  if (surface === null || names.length >= 30) throw new RangeError("breadth is not checked");
  const [apart, together] = [dispersionOf(world).percentile, correlationOf(world).percentile];
  const told = present([apart, together]).length;
  const met =
    Number(apart !== null && isAtLeast(apart, 70)) + Number(together !== null && isAtMost(together, 30));
  const says = ["claim", "text"].flatMap((part): readonly (readonly [string, boolean])[] => [
    [`hedge-funds.active.${part}.favoured`, met >= 2],
    [`hedge-funds.active.${part}.not-favoured`, told >= 2 && met < 2],
  ]);
  return {
    facts: { "hedge-funds.active.met": met, "hedge-funds.active.told": told },
    names: { index: [world.series(surface.index).short] },
    says: Object.fromEntries([...says, ["hedge-funds.active.breadth", false]]),
  };
}

const spreadWords = (prefix: string, spread: number): readonly (readonly [string, boolean])[] =>
  ["up", "down", "flat"].map((way) => [`${prefix}.${way}`, printedDirection(spread, tenth) === way]);

const wordsOf = (prefix: string, words: Readonly<Record<string, boolean>>) =>
  Object.entries(words).flatMap(([word, holds]) => [
    [`${prefix}.claim.${word}`, holds] as const,
    [`${prefix}.text.${word}`, holds] as const,
  ]);

/** What is listed and liquid against what is not, over twenty sessions (K6). */
function liquidityTruth(world: World): Truth {
  const { liquidity } = rulesOf(world);
  if (liquidity === null || "volumes" in liquidity) throw new RangeError("fifths are not checked");
  const { liquid, illiquid } = liquidity;
  const { values } = joined(world, [liquid, illiquid]);
  const [a, b] = [at(values, 0), at(values, 1)];
  const path: Path = a.map((price, t) => (t < 20 ? null : price / at(a, t - 20) - at(b, t) / at(b, t - 20)));
  const z = lastZ(path, 252, 756);
  const spread = path.at(-1) ?? Number.NaN;
  const isLiquid = z !== null && isAtLeast(z, 1);
  const isIlliquid = z !== null && isAtMost(z, -1);
  const prefix = "hedge-funds.liquidity";
  return {
    facts: {
      [`${prefix}.spread`]: spread,
      [`${prefix}.z`]: z,
      [`${prefix}.history`]: Math.min(756, present(path.slice(0, -1)).length),
    },
    names: { liquid: [world.series(liquid).prose], illiquid: [world.series(illiquid).prose] },
    says: Object.fromEntries([
      ...spreadWords(`${prefix}.spread`, spread),
      ...wordsOf(prefix, {
        liquid: isLiquid,
        illiquid: isIlliquid,
        neither: z !== null && !isLiquid && !isIlliquid,
      }),
    ]),
  };
}

/** What follows prices against standing still, over sixty sessions, and where that lies if days come as they did (K7). */
function adaptiveTruth(world: World): Truth {
  const { adaptive: rule } = rulesOf(world);
  if (rule === null) throw new RangeError("no adaptive strategy");
  const { values } = joined(world, [rule.adaptive, rule.static]);
  const logs = values.map((path) => path.slice(-61).map(Math.log));
  const daily = at(logs, 0)
    .slice(1)
    .map((v, t) => v - at(at(logs, 0), t) - (at(at(logs, 1), t + 1) - at(at(logs, 1), t)));
  const spread = sum(daily);
  const drawn = resampled(60, blockOf(daily), (places) => sum(places.map((i) => at(daily, i))));
  const [low, high] = [endAt(drawn, 0.025), endAt(drawn, 0.975)];
  const prefix = "hedge-funds.adaptive";
  return {
    facts: {
      [`${prefix}.spread`]: spread,
      [`${prefix}.low`]: { value: low.value, within: low.most - low.least },
      [`${prefix}.high`]: { value: high.value, within: high.most - high.least },
    },
    names: { adaptive: [world.series(rule.adaptive).prose], static: [world.series(rule.static).prose] },
    says: Object.fromEntries([
      ...spreadWords(`${prefix}.spread`, spread),
      ...wordsOf(prefix, {
        winning: low.most > 0,
        losing: high.least < 0,
        open: low.least <= 0 && high.most >= 0,
      }),
    ]),
  };
}

const section = "hedge-funds";
const ofStrategy =
  (truth: (world: World, id: string) => Truth): Checker["truth"] =>
  (world, statement) =>
    truth(world, at(partsOf(statement), 1));

/** What is said of hedge funds, and of whom markets favour. */
export const fundCheckers: readonly Checker[] = [
  {
    section,
    standard: "K3 profit cushion",
    ids: /^hedge-funds\.[^.]+\.(resilient|cushion|year)$/,
    truth: ofStrategy(resilienceTruth),
  },
  {
    section,
    standard: "K4 capture and K1 alpha",
    ids: /^hedge-funds\.[^.]+\.(avoided|exposed)$/,
    truth: ofStrategy(damageTruth),
  },
  {
    section,
    standard: "K5 active opportunity set",
    ids: /^hedge-funds\.active\.(favoured|not-favoured)$/,
    truth: (world) => activeTruth(world),
  },
  {
    section,
    standard: "K6 liquid minus illiquid",
    ids: /^hedge-funds\.liquidity\.(liquid|illiquid|neither)$/,
    truth: (world) => liquidityTruth(world),
  },
  {
    section,
    standard: "K7 adaptive against static",
    ids: /^hedge-funds\.adaptive\.(winning|losing|open)$/,
    truth: (world) => adaptiveTruth(world),
  },
];
