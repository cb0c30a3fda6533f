import type { Localised } from "#src/domain/locale.ts";
import type { NarrativeTheme } from "#src/domain/narrative-rules.ts";
import { addDays } from "#src/domain/time.ts";
import { answeredQ } from "#tests/truth/family.ts";
import { type Checker, partsOf, type Truth } from "#tests/truth/judge.ts";
import { byWeek, fresh, intensitiesOf, narrativesOf, placeOf } from "#tests/truth/news.ts";
import {
  at,
  endOf,
  isAtLeast,
  isAtMost,
  mean,
  printedDirection,
  sum,
  tenth,
  zOf,
} from "#tests/truth/plain.ts";
import { spreadOf } from "#tests/truth/spread.ts";
import { answeredOf } from "#tests/truth/victims.ts";
import { daysFrom, joined, once, type World } from "#tests/truth/world.ts";

/** A percentile in words, of either narrative. */
const endSays = (which: "first" | "second", percentile: number | null) =>
  ["bottom", "middle", "top"].map((end): readonly [string, boolean] => [
    `narrative.${which}.${end}`,
    percentile !== null && endOf(percentile) === end,
  ]);

/** Free-float market value of all companies, each once (N7); `null` where fewer than three quarters have one that is fresh. */
function stakeOf(world: World): { total: number; names: number; day: string } | null {
  const { capital } = narrativesOf(world);
  const latest = capital.flatMap((id) => {
    const point = world.points(id).at(-1);
    const { staleAfter } = world.series(id);
    if (point === undefined || staleAfter === null) return [];
    return daysFrom(point.day, world.lastDay) <= staleAfter ? [point] : [];
  });
  if (latest.length === 0 || latest.length < 0.75 * capital.length) return null;
  return {
    total: sum(latest.map(({ value }) => value)),
    names: latest.length,
    day: at(latest.map(({ day }) => day).toSorted(), 0),
  };
}

const isMuch = ({ percentile }: Rank): boolean => percentile !== null && isAtLeast(percentile, 70);

type Rank = ReturnType<typeof placeOf>;

/** Two narratives that are both told much are a battle where neither has won (S3), and one over trillions by the money at stake (S1). */
function contestSays(first: Rank, second: Rank, contest: number, stake: number): Truth["says"] {
  const isRanked = first.percentile !== null && second.percentile !== null;
  const [isFirst, isSecond] = [isMuch(first), isMuch(second)];
  const isBoth = isFirst && isSecond;
  const isBattle = isBoth && isAtLeast(contest, 0.6);
  const isTrillions = isBattle && isAtLeast(stake, 1e12);
  return {
    "narrative.battle.trillions": isTrillions,
    "narrative.battle.capital": isTrillions,
    "narrative.battle.claim": isBattle && !isTrillions,
    "narrative.battle.balance": isBattle,
    "narrative.both.claim": isBoth && !isBattle,
    "narrative.both.balance": isBoth && !isBattle,
    "narrative.loud.first": isRanked && isFirst && !isSecond,
    "narrative.loud.second": isRanked && isSecond && !isFirst,
    "narrative.usual.claim": isRanked && !isFirst && !isSecond,
    "narrative.unranked.claim": !isRanked,
    "narrative.unranked.text": !isRanked,
    ...Object.fromEntries([...endSays("first", first.percentile), ...endSays("second", second.percentile)]),
  };
}

/** Both narratives (N1, N2). */
function contestTruth(world: World): Truth {
  const { themes } = narrativesOf(world);
  const { ends, first, second } = intensitiesOf(world);
  const [a, b] = [at(first, -1), at(second, -1)];
  const [rankA, rankB] = [placeOf(first), placeOf(second)];
  const stake = stakeOf(world);
  const says = contestSays(rankA, rankB, (2 * Math.min(a, b)) / (a + b), stake?.total ?? 0);
  const louder = a >= b ? themes[0] : themes[1];
  const fainter = a >= b ? themes[1] : themes[0];
  return {
    facts: {
      [`narrative.${themes[0].id}.intensity`]: a,
      [`narrative.${themes[0].id}.percentile`]: rankA.percentile,
      [`narrative.${themes[1].id}.intensity`]: b,
      [`narrative.${themes[1].id}.percentile`]: rankB.percentile,
      "narrative.contest.history": rankA.n,
      "narrative.contest.day": at(ends, -1),
      "narrative.contest.weaker": Math.min(a, b) / (a + b),
      "narrative.contest.stronger": Math.max(a, b) / (a + b),
      "narrative.capital.total": stake?.total ?? null,
      "narrative.capital.names": stake?.names ?? null,
      "narrative.capital.day": stake?.day ?? null,
    },
    names: {
      first: [themes[0].name],
      second: [themes[1].name],
      firstProse: [themes[0].prose],
      secondProse: [themes[1].prose],
      louder: [louder.prose],
      fainter: [fainter.prose],
    },
    says,
  };
}

function themeOf(world: World, id: string): NarrativeTheme {
  const found = narrativesOf(world).themes.find((theme) => theme.id === id);
  if (found === undefined) throw new RangeError(`no narrative ${id}`);
  return found;
}

/** The mean z of the tones of a narrative's sources, each against at most 260 of its weeks before (N3; as many as N1 has). */
function toneTruth(world: World, id: string): Truth {
  const theme = themeOf(world, id);
  const read = theme.tone.map((series) => byWeek(fresh(world, series)));
  const last = at(read.map((weeks) => at([...weeks.keys()], -1)).toSorted(), 0);
  const found = read.map((weeks) => {
    const values = [...weeks].filter(([week]) => week <= last).map(([, value]) => value);
    const history = values.slice(0, -1).slice(-260);
    if (history.length < 104) throw new RangeError("tones with fewer than 104 weeks are not checked");
    return { z: zOf(history, at(values, -1)), n: history.length };
  });
  const tone = mean(found.map(({ z }) => z));
  const [isDark, isBright] = [isAtMost(tone, -1), isAtLeast(tone, 1)];
  return {
    facts: {
      [`narrative.${id}.tone`]: tone,
      [`narrative.${id}.tone-history`]: Math.min(...found.map(({ n }) => n)),
    },
    names: { name: [theme.name, theme.prose] },
    says: {
      "narrative.tone.claim.darker": isDark,
      "narrative.tone.text.darker": isDark,
      "narrative.tone.claim.brighter": isBright,
      "narrative.tone.text.brighter": isBright,
    },
  };
}

/** Names in a row as a sentence has them. */
function inARow(names: readonly Localised[]): Localised {
  const row = (locale: keyof Localised, comma: string, and: string): string =>
    names.map((name, i) => (i === 0 ? "" : i === names.length - 1 ? and : comma) + name[locale]).join("");
  return { en: row("en", ", ", " and "), "zh-CN": row("zh-CN", "、", "和") };
}

function spreadTruth(world: World): Truth {
  const { diffusion: rule } = narrativesOf(world);
  const spread = spreadOf(world);
  if (rule === null || spread === null) return { facts: {}, names: {}, says: {} };
  const { hit, known, entrants, leavers, change, day } = spread;
  const theme = themeOf(world, rule.theme);
  const hasRisen = change !== null && printedDirection(change, tenth) === "up";
  const isSpreading = hasRisen && entrants.length > 0;
  const isReached = hit.length > 0 && !isSpreading;
  const short = (id: string): Localised => world.series(id).short;
  return {
    facts: {
      "narrative.diffusion.hit": hit.length,
      "narrative.diffusion.known": known,
      "narrative.diffusion.entrants": entrants.length,
      "narrative.diffusion.leavers": leavers.length,
      "narrative.diffusion.change": change,
      "narrative.diffusion.day": day,
    },
    names: {
      name: [theme.name, theme.prose],
      market: [world.series(rule.market).prose],
      new: [inARow(entrants.map(short))],
      gone: [inARow(leavers.map(short))],
      all: [inARow(hit.map(short))],
    },
    says: {
      "narrative.spreading.claim.headlines": isSpreading,
      "narrative.spreading.headlines": isSpreading,
      "narrative.spreading.new": isSpreading && leavers.length === 0,
      "narrative.spreading.swap": isSpreading && leavers.length > 0,
      "narrative.reached.claim.headlines": isReached,
      "narrative.reached.headlines": isReached,
      // Headlines of all of them are counted.
      "narrative.spreading.claim.returns": false,
      "narrative.spreading.returns": false,
      "narrative.reached.claim.returns": false,
      "narrative.reached.returns": false,
    },
  };
}

/** A hundredth of a point of percentage, to which a return of one week is told here. */
const hundredth = 1e-4;

/** More is lost in a week in which a narrative is told more than is regained in one in which it is told less (N5, S13). */
function victimsTruth(world: World): Truth {
  const { victims: rule } = narrativesOf(world);
  const answered = answeredOf(world);
  if (rule === null || answered === null) return { facts: {}, names: {}, says: {} };
  const [rise, fall] = [10 * answered.rise, -10 * answered.fall];
  const holds =
    printedDirection(rise, hundredth) === "down" &&
    isAtMost(answeredQ(world), 0.1) &&
    Math.abs(rise) > Math.abs(fall);
  const way = printedDirection(fall, hundredth);
  const theme = themeOf(world, rule.theme);
  return {
    facts: {
      "narrative.victims.rise": rise,
      "narrative.victims.fall": fall,
      "narrative.victims.weeks": answered.weeks,
      "narrative.victims.names": rule.members.length,
    },
    names: { name: [rule.name, rule.prose], theme: [theme.prose], themeName: [theme.name] },
    says: {
      "narrative.victims.claim": holds,
      "narrative.victims.rise": holds,
      ...Object.fromEntries(
        ["up", "down", "flat"].map((each) => [`narrative.victims.fall.${each}`, holds && way === each]),
      ),
    },
  };
}

/** What of four quarters is spent of sales, and what a year's spending has brought in the next (V8), so many quarters ago. */
function capexOf(world: World, ago: number): { spent: number; earned: number } {
  const { capex: rule } = narrativesOf(world);
  if (rule === null) throw new RangeError("no capital expenditure");
  for (const id of [rule.capex, rule.sales, rule.income]) fresh(world, id);
  const { values } = joined(world, [rule.capex, rule.sales, rule.income]);
  const year = (path: readonly number[], years: number): number => {
    const end = path.length - ago - 4 * years;
    return sum(path.slice(end - 4, end));
  };
  const [capex, sales, income] = [at(values, 0), at(values, 1), at(values, 2)];
  return {
    spent: year(capex, 0) / year(sales, 0),
    earned: (year(income, 0) - year(income, 1)) / year(capex, 1),
  };
}

function capexTruth(world: World): Truth {
  const { capex: rule } = narrativesOf(world);
  if (rule === null) throw new RangeError("no capital expenditure");
  const { days } = joined(world, [rule.capex, rule.sales, rule.income]);
  const gaps = days.slice(1).map((day, i) => daysFrom(at(days, i), day));
  if (gaps.some((gap) => gap > 100)) throw new RangeError("a missing quarter is not checked");
  if (world.events.some(({ kind }) => kind === "guidance"))
    throw new RangeError("reactions to guidance are not checked");
  const [now, before] = [capexOf(world, 0), capexOf(world, 4)];
  const isRising = printedDirection(now.spent - before.spent, tenth) === "up";
  const isFalling = printedDirection(now.earned - before.earned, tenth) === "down";
  return {
    facts: {
      "narrative.capex.spent": now.spent,
      "narrative.capex.spent-before": before.spent,
      "narrative.capex.earned": now.earned,
      "narrative.capex.earned-before": before.earned,
      "narrative.capex.quarter": at(days, -1),
    },
    names: {},
    says: {
      "narrative.capex.claim.return": isRising && isFalling,
      "narrative.capex.claim.rising": isRising && !isFalling,
      "narrative.capex.rising": isRising,
      "narrative.capex.earned": true,
      // No guidance is declared.
      "narrative.capex.claim.reaction": false,
      "narrative.capex.reaction": false,
    },
  };
}

/** The heaviest fifth of companies against the lightest, over four weeks that end with a Friday's; by what was known a quarter before. */
function fifthsAt(world: World, end: string) {
  const { intensity } = narrativesOf(world);
  const start = addDays(end, -28);
  const there = intensity.flatMap(({ series, assets }) => {
    const closes = once(world, `weeks of ${series}`, () => byWeek(world.points(series)));
    const [before, after] = [closes.get(start), closes.get(end)];
    const plant = world.points(assets).findLast(({ day }) => day <= addDays(start, -91));
    if (before === undefined || after === undefined || plant === undefined) return [];
    return [{ plant: plant.value, ret: after / before - 1 }];
  });
  if (there.length < 30 || there.length < 0.75 * intensity.length) return null;
  const side = Math.floor(there.length / 5);
  const sorted = there.toSorted((a, b) => a.plant - b.plant).map(({ ret }) => ret);
  const [light, heavy] = [mean(sorted.slice(0, side)), mean(sorted.slice(-side))];
  return { spread: heavy - light, names: there.length, side };
}

/** V9; the history is of weeks (G13: 156 to 520). */
function assetsTruth(world: World): Truth {
  const now = fifthsAt(world, world.friday);
  if (now === null) return { facts: {}, names: {}, says: {} };
  const history = Array.from({ length: 520 }, (_, i) => addDays(world.friday, -7 * (520 - i))).flatMap(
    (week) => fifthsAt(world, week)?.spread ?? [],
  );
  const z = history.length < 156 ? null : zOf(history, now.spread);
  const way = printedDirection(now.spread, tenth);
  const isHeavy = way === "up" && z !== null && isAtLeast(z, 1);
  const isLight = way === "down" && z !== null && isAtMost(z, -1);
  return {
    facts: {
      "narrative.assets.spread": now.spread,
      "narrative.assets.z": z,
      "narrative.assets.names": now.names,
      "narrative.assets.side": now.side,
      "narrative.assets.history": history.length,
    },
    names: {},
    says: {
      "narrative.assets.claim.heavy": isHeavy,
      "narrative.assets.text.heavy": isHeavy,
      "narrative.assets.claim.light": isLight,
      "narrative.assets.text.light": isLight,
    },
  };
}

const section = "narrative";

/** What is said of narratives. */
export const narrativeCheckers: readonly Checker[] = [
  {
    section,
    standard: "N2 balance and contest",
    ids: /^narrative\.contest\.(battle-for-trillions|battle|both-told-much|(first|second)-told-much|usual|unranked)$/,
    truth: contestTruth,
  },
  {
    section,
    standard: "N3 tone",
    ids: /^narrative\.[^.]+\.tone\.(darker|brighter)$/,
    truth: (world, statement) => toneTruth(world, at(partsOf(statement), 1)),
  },
  {
    section,
    standard: "N4 diffusion index",
    ids: /^narrative\.diffusion\.(spreading|reached)$/,
    truth: spreadTruth,
  },
  { section, standard: "N5 narrative beta", ids: /^narrative\.victims\.asymmetric$/, truth: victimsTruth },
  { section, standard: "V8 capex return", ids: /^narrative\.capex\.(questioned|rising)$/, truth: capexTruth },
  {
    section,
    standard: "V9 asset-intensity spread",
    ids: /^narrative\.assets\.(heavy|light)-ahead$/,
    truth: assetsTruth,
  },
];
