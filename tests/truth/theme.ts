import { leadQ } from "#tests/truth/family.ts";
import { type Checker, partsOf, type Truth } from "#tests/truth/judge.ts";
import {
  at,
  isAtLeast,
  isAtMost,
  logReturns,
  mean,
  type Path,
  percentileOf,
  present,
  printedDirection,
  rolled,
  tenth,
  yearlyVolatility,
  zOf,
} from "#tests/truth/plain.ts";
import { type ThemeDays, themeOf, themeRule } from "#tests/truth/theme-days.ts";
import { growthOf, leadsOf, monthly } from "#tests/truth/theme-lead.ts";
import type { World } from "#tests/truth/world.ts";

const namesOfTheme = (world: World): Truth["names"] => {
  const rule = world.workspace.baskets[themeRule(world).basket];
  if (rule === undefined) throw new RangeError("no basket");
  return { name: [rule.short, rule.prose], market: [world.series(themeRule(world).market).prose] };
};

/** The last of a path against the 756 before it, of which 252 must be there. */
function placed(path: Path, of: (history: readonly number[], value: number) => number): number | null {
  const value = path.at(-1) ?? null;
  const history = present(path.slice(0, -1)).slice(-756);
  return value === null || history.length < 252 ? null : of(history, value);
}

/** Share of the names below their average of 50 sessions, on days on which five have one. */
function breadthOf({ days, members }: ThemeDays): Path {
  const below = members.map((prices) => {
    const averages = rolled(prices, 50, mean);
    return prices.map((price, t) => {
      const average = averages[t] ?? null;
      return price === null || average === null ? null : Number(price < average);
    });
  });
  return days.map((_, t) => {
    const known = present(below.map((path) => path[t] ?? null));
    return known.length < 5 ? null : mean(known);
  });
}

/** Turnover of the sessions, in logarithms. */
function turnoverOf(world: World, { days }: ThemeDays): Path {
  const { volume } = themeRule(world);
  if (volume === null) return [];
  const values = new Map(world.points(volume).map(({ day, value }) => [day, value]));
  return days.map((day) => {
    const value = values.get(day);
    return value === undefined || value <= 0 ? null : Math.log(value);
  });
}

/** Components in the tail of a sell-off and in that of a squeeze, and how many are known (L2, in three years as the table says). */
function stressOf(world: World): { down: number; up: number; neutral: number; measured: number } {
  const theme = themeOf(world);
  const { levels, market } = theme;
  const ratios = levels.map((level, t) => Math.log(level / at(market, t)));
  const strength = placed(
    ratios.map((ratio, t) => (t < 20 ? null : ratio - at(ratios, t - 20))),
    zOf,
  );
  const depth = placed(
    rolled(levels, 252, (window) => 1 - at(window, -1) / Math.max(...window)),
    percentileOf,
  );
  const wild = placed(rolled(logReturns(levels), 20, yearlyVolatility), percentileOf);
  const breadth = placed(breadthOf(theme), percentileOf);
  const busy = placed(turnoverOf(world, theme), zOf);
  const high = (value: number | null, limit: number) => value !== null && isAtLeast(value, limit);
  const low = (value: number | null, limit: number) => value !== null && isAtMost(value, limit);
  const either = [high(wild, 90), high(busy, 1.5)];
  const count = (all: readonly boolean[]) => all.filter((each) => each).length;
  return {
    down: count([low(strength, -1.5), high(depth, 90), high(breadth, 90), ...either]),
    up: count([high(strength, 1.5), low(depth, 10), low(breadth, 10), ...either]),
    neutral: count(either),
    measured: present([strength, depth, wild, breadth, busy]).length,
  };
}

function stressTruth(world: World, basket: string): Truth {
  const theme = themeOf(world);
  const { down, up, neutral, measured } = stressOf(world);
  const [isDown, isUp] = [down >= 3 && down > up, up >= 3 && up > down];
  const isMixed = down >= 3 && down === up;
  const words = { down: isDown, up: isUp, mixed: isMixed, none: Math.max(down, up) < 3 };
  return {
    facts: {
      [`grid.${basket}.stress.down`]: down,
      [`grid.${basket}.stress.up`]: up,
      [`grid.${basket}.stress.most`]: Math.max(down, up),
      [`grid.${basket}.stress.neutral`]: neutral,
      [`grid.${basket}.stress.measured`]: measured,
      [`grid.${basket}.names`]: theme.names,
      [`grid.${basket}.start`]: at(theme.days, 0),
    },
    names: namesOfTheme(world),
    says: {
      ...Object.fromEntries(
        Object.entries(words).flatMap(([word, holds]) => [
          [`grid.stress.claim.${word}`, holds && measured >= 3],
          [`grid.stress.text.${word}`, holds && measured >= 3],
          [`grid.stress.text.${word}.pointing`, holds && measured >= 3 && neutral === 0],
          [`grid.stress.text.${word}.neutral`, holds && measured >= 3 && neutral > 0],
        ]),
      ),
      // It was followed as it was from its first day.
      "grid.basis.back-cast": false,
      "grid.basis.part": false,
    },
  };
}

/** The return since the last close before a day. */
function since(days: readonly string[], levels: readonly number[], start: string): number {
  const base = days.findLastIndex((day) => day < start);
  return at(levels, -1) / at(levels, base) - 1;
}

function weekTruth(world: World, basket: string): Truth {
  const { days, levels, market } = themeOf(world);
  const january = `${world.lastDay.slice(0, 4)}-01-01`;
  const week = since(days, levels, world.monday);
  const way = printedDirection(week, tenth);
  return {
    facts: {
      [`grid.${basket}.return.week`]: week,
      [`grid.${basket}.market.week`]: since(days, market, world.monday),
      [`grid.${basket}.return.year`]: since(days, levels, january),
      [`grid.${basket}.market.year`]: since(days, market, january),
    },
    names: namesOfTheme(world),
    says: {
      "grid.week.year": true,
      ...Object.fromEntries(
        ["up", "down", "flat"].flatMap((word) => [
          [`grid.week.claim.${word}`, way === word],
          [`grid.week.text.${word}`, way === word],
        ]),
      ),
    },
  };
}

/** Growth of a series over twelve months, in that of the ten years before (L3); `null` below five years. */
function growthIn(world: World, id: string): { id: string; growth: number; z: number; month: string } | null {
  const points = world.points(id);
  const path = growthOf(monthly(points).values);
  const growth = path.at(-1) ?? null;
  const history = present(path.slice(-121, -1));
  if (growth === null || history.length < 60) return null;
  return { id, growth, z: zOf(history, growth), month: at(points, -1).day.slice(0, 7) };
}

function spilloverTruth(world: World, basket: string): Truth {
  const known = themeRule(world).spillover.flatMap((id) => growthIn(world, id) ?? []);
  const above = known.filter(({ z }) => z > 1).length;
  const highest = at(
    known.toSorted((a, b) => b.z - a.z),
    0,
  );
  const words = { above: above >= 2, one: above === 1, none: above === 0 };
  const prefix = `grid.${basket}.spillover`;
  return {
    facts: {
      [`${prefix}.above`]: above,
      [`${prefix}.measured`]: known.length,
      [`${prefix}.${highest.id}.growth`]: highest.growth,
      [`${prefix}.${highest.id}.z`]: highest.z,
      [`${prefix}.${highest.id}.month`]: highest.month,
    },
    names: { ...namesOfTheme(world), highestName: [world.series(highest.id).prose] },
    says: Object.fromEntries(
      Object.entries(words).flatMap(([word, holds]) => [
        [`grid.spillover.claim.${word}`, holds && known.length >= 2],
        [`grid.spillover.text.${word}`, holds && known.length >= 2],
      ]),
    ),
  };
}

/** In words, how many months the basket comes before a series. */
function orderOf(lag: number): string {
  if (lag === 0) return "together";
  const side = lag > 0 ? "before" : "after";
  return lag === 1 || lag === -1 ? `${side}-one` : side;
}

function leadTruth(world: World, basket: string, id: string): Truth {
  const lead = leadsOf(world).find((each) => each.id === id);
  if (lead === undefined) return { facts: {}, names: {}, says: {} };
  const holds = isAtMost(leadQ(world, lead), 0.1);
  const prefix = `grid.${basket}.lead.${id}`;
  return {
    facts: {
      [`${prefix}.correlation`]: lead.correlation,
      [`${prefix}.months`]: Math.abs(lead.lag),
      [`${prefix}.pairs`]: lead.pairs,
    },
    names: { ...namesOfTheme(world), series: [world.series(id).prose] },
    says: Object.fromEntries(
      ["before", "before-one", "after", "after-one", "together"].flatMap((order) => [
        [`grid.lead.claim.${order}`, holds && orderOf(lead.lag) === order],
        [`grid.lead.text.${order}`, holds && orderOf(lead.lag) === order],
      ]),
    ),
  };
}

const section = "grid";

/** What is said of a theme's basket and of what it may move. */
export const themeCheckers: readonly Checker[] = [
  {
    section,
    standard: "L2 basket stress",
    ids: /^grid\.[^.]+\.stress\.(down|up|mixed|none)$/,
    truth: (world, statement) => stressTruth(world, at(partsOf(statement), 1)),
  },
  {
    section,
    standard: "A2 period return, L1 basket",
    ids: /^grid\.[^.]+\.week\.(up|down|flat)$/,
    truth: (world, statement) => weekTruth(world, at(partsOf(statement), 1)),
  },
  {
    section,
    standard: "L3 macro spillover",
    ids: /^grid\.[^.]+\.spillover\.(above|one|none)$/,
    truth: (world, statement) => spilloverTruth(world, at(partsOf(statement), 1)),
  },
  {
    section,
    standard: "L3 lead-lag correlation",
    ids: /^grid\.[^.]+\.[^.]+\.lead\.(before|before-one|after|after-one|together)$/,
    truth: (world, statement) => leadTruth(world, at(partsOf(statement), 1), at(partsOf(statement), 2)),
  },
];
