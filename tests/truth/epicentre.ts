import { addDays, type IsoDate } from "#src/domain/time.ts";
import { dropsOf, sectorRule } from "#tests/truth/drops.ts";
import { type Checker, namesOf, type Truth } from "#tests/truth/judge.ts";
import {
  at,
  endOf,
  fitted,
  historyOf,
  isAtLeast,
  isAtMost,
  logReturns,
  type Path,
  percentileOf,
  printedDirection,
  rolled,
  simpleReturns,
  sum,
  tenth,
  yearlyVolatility,
  zOf,
} from "#tests/truth/plain.ts";
import { daysFrom, joined, type Point, type World } from "#tests/truth/world.ts";

const sectorNames = (world: World): Truth["names"] => {
  const { sector, market } = sectorRule(world);
  return { name: namesOf(world, sector), market: [world.series(market).prose] };
};

/** The last point of a day or before it. */
const lastBy = (points: readonly Point[], day: IsoDate): Point | null =>
  points.findLast((point) => point.day <= day) ?? null;

/** Price and earnings on a day of the multiple; `null` where a price is more than five sessions old, or earnings more than 31 days. */
function valuedOn(world: World, day: IsoDate): { price: number; earnings: number } | null {
  const { sector, earnings } = sectorRule(world);
  if (earnings === null) return null;
  const [price, earned] = [lastBy(world.points(sector), day), lastBy(world.points(earnings), day)];
  if (price === null || earned === null) return null;
  const missed = world.sessions(sector, addDays(price.day, 1), day).length;
  if (missed > 5 || daysFrom(earned.day, day) > 31) return null;
  return { price: price.value, earnings: earned.value };
}

/** What price, earnings and the multiple of the two did between two days (V3: their logarithms add up). */
function splitOf(world: World, from: IsoDate, to: IsoDate) {
  const [before, after] = [valuedOn(world, from), valuedOn(world, to)];
  if (before === null || after === null || before.earnings <= 0 || after.earnings <= 0) return null;
  const [price, earnings] = [after.price / before.price, after.earnings / before.earnings];
  return { price: price - 1, earnings: earnings - 1, multiple: price / earnings - 1 };
}

/** A split holds where price over earnings moved as the series of multiples did, by two hundredths in logarithms (a house choice). */
function agrees(world: World, points: readonly Point[], from: IsoDate): boolean {
  const { day, value } = at(points, -1);
  const split = splitOf(world, from, day);
  const before = points.find((point) => point.day === from)?.value ?? Number.NaN;
  return split === null || Math.abs(Math.log(1 + split.multiple) - Math.log(value / before)) <= 0.02;
}

/** The value that is nearest to the same day of the year before, within half a month. */
function yearBefore(points: readonly Point[]): IsoDate | null {
  const { day } = at(points, -1);
  const same = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`.replace("-02-29", "-02-28");
  const away = (point: Point) => Math.abs(daysFrom(point.day, same));
  const nearest = at(
    points.toSorted((a, b) => away(a) - away(b)),
    0,
  );
  return away(nearest) <= 15 ? nearest.day : null;
}

function multipleTruth(world: World): Truth {
  const { sector, multiple } = sectorRule(world);
  if (multiple === null) throw new RangeError("no multiple");
  const points = world.points(multiple);
  const last = at(points, -1);
  const from = addDays(last.day, -1096);
  const inside = points.filter(({ day }) => day > from);
  const peak = Math.max(...inside.map(({ value }) => value));
  const peakDay = at(
    inside.filter(({ value }) => value === peak),
    -1,
  ).day;
  const ratio = last.value / peak;
  const isWhole = daysFrom(from, at(points, 0).day) <= 31;
  const before = yearBefore(points);
  const split = splitOf(world, peakDay, last.day);
  const isSplit =
    peakDay !== last.day &&
    split !== null &&
    agrees(world, points, peakDay) &&
    (before === null || agrees(world, points, before));
  const [isHalf, isBelowHalf] = [isAtLeast(ratio, 0.45) && isAtMost(ratio, 0.55), !isAtLeast(ratio, 0.45)];
  const isPeak = peakDay === last.day;
  const words = {
    halved: isWhole && isHalf,
    "below-half": isWhole && isBelowHalf,
    peak: isWhole && isPeak,
    below: isWhole && !isHalf && !isBelowHalf && !isPeak,
    unranked: !isWhole,
  };
  const prefix = `epicentre.${sector}`;
  return {
    facts: {
      [`${prefix}.multiple`]: last.value,
      [`${prefix}.multiple-to-peak`]: ratio,
      [`${prefix}.multiple-peak`]: peak,
      [`${prefix}.multiple-peak-date`]: peakDay,
      [`${prefix}.multiple-date`]: last.day,
      [`${prefix}.since-peak.price`]: split?.price ?? null,
      [`${prefix}.since-peak.earnings`]: split?.earnings ?? null,
      [`${prefix}.since-peak.multiple`]: split?.multiple ?? null,
    },
    names: sectorNames(world),
    says: {
      ...Object.fromEntries(
        Object.entries(words).map(([word, holds]) => [`epicentre.multiple.claim.${word}`, holds]),
      ),
      "epicentre.multiple.text.halved": words.halved,
      "epicentre.multiple.text.plain": words["below-half"] || words.below,
      "epicentre.multiple.text.peak": words.peak,
      "epicentre.multiple.text.unranked": words.unranked,
      "epicentre.multiple.since": isSplit,
    },
  };
}

/** Five sessions beyond `a + b R_m`, estimated on the sessions 250 to 30 before the first of them (B6). */
function abnormalOf(world: World): { move: number; z: number; beta: number } {
  const { sector, market } = sectorRule(world);
  const { days, values } = joined(world, [sector, market]);
  if (at(days, -1) !== at(world.points(sector), -1).day) throw new RangeError("no common last day");
  const [own, shared] = [simpleReturns(at(values, 0)), simpleReturns(at(values, 1))];
  const first = own.length - 5;
  const window = (path: readonly number[]) => path.slice(Math.max(0, first - 250), first - 29);
  const x = window(shared);
  const { coefficients, residuals } = fitted([x.map(() => 1), x], window(own));
  const [alpha, beta] = [at(coefficients, 0), at(coefficients, 1)];
  const move = sum(own.slice(first).map((r, i) => r - alpha - beta * at(shared, first + i)));
  // A line takes two degrees of freedom.
  const sigma = Math.sqrt(sum(residuals.map((e) => e * e)) / (residuals.length - 2));
  return { move, z: move / (sigma * Math.sqrt(5)), beta };
}

/** Volume of five sessions, in logarithms, against that of the 756 windows of five before that share none with it. */
function volumeOf(world: World): number | null {
  const { volume, sector } = sectorRule(world);
  if (volume === null) return null;
  const points = world.points(volume);
  if (points.at(-1)?.day !== at(world.points(sector), -1).day) return null;
  const values = points.map(({ value }) => value);
  const logs = values.slice(4).map((_, i) => Math.log(sum(values.slice(i, i + 5))));
  const history = logs.slice(0, -5).slice(-756);
  return history.length < 252 ? null : zOf(history, at(logs, -1));
}

function sellingTruth(world: World): Truth {
  const { sector, volume } = sectorRule(world);
  const { move, z, beta } = abnormalOf(world);
  const volumeZ = volumeOf(world);
  const way = printedDirection(move, tenth);
  const [hasFallen, hasRisen] = [isAtMost(z, -2) && way === "down", isAtLeast(z, 2) && way === "up"];
  const isHeavy = volumeZ !== null && isAtLeast(volumeZ, 1);
  const words = {
    violent: hasFallen && isHeavy,
    fell: hasFallen && !isHeavy,
    rose: hasRisen,
    usual: !hasFallen && !hasRisen,
  };
  const prefix = `epicentre.${sector}`;
  return {
    facts: {
      [`${prefix}.abnormal.5d`]: move,
      [`${prefix}.abnormal.5d-z`]: z,
      [`${prefix}.abnormal.beta`]: beta,
      [`${prefix}.volume-z`]: volumeZ,
    },
    names: sectorNames(world),
    says: {
      ...Object.fromEntries(
        Object.entries(words).flatMap(([word, holds]) => [
          [`epicentre.selling.claim.${word}`, holds],
          [`epicentre.selling.text.${word}`, holds],
        ]),
      ),
      ...Object.fromEntries(
        ["up", "down", "flat"].map((each) => [
          `epicentre.selling.text.usual.${each}`,
          words.usual && way === each,
        ]),
      ),
      "epicentre.selling.text.volume": volume !== null && volumeZ !== null && !isHeavy,
    },
  };
}

function volatilityTruth(world: World): Truth {
  const { sector } = sectorRule(world);
  const returns = logReturns(world.points(sector).map(({ value }) => value));
  const path: Path = rolled(returns, 20, yearlyVolatility);
  const [now, before] = [path.at(-1) ?? Number.NaN, path.at(-21) ?? Number.NaN];
  const history = historyOf(path, 2520);
  const percentile = history.length < 756 ? null : percentileOf(history, now);
  const multiple = now / yearlyVolatility(returns.slice(-252));
  const hasRisen = printedDirection(now - before, tenth) === "up";
  const byRatio = hasRisen && isAtLeast(multiple, 1.5);
  const byRank = hasRisen && percentile !== null && isAtLeast(percentile, 90);
  const isPlaced = !byRatio && !byRank;
  const prefix = `epicentre.${sector}.rv20`;
  return {
    facts: {
      [prefix]: now,
      [`${prefix}.before`]: before,
      [`${prefix}.to-year`]: multiple,
      [`${prefix}-percentile`]: percentile,
      [`${prefix}-history`]: history.length,
    },
    names: sectorNames(world),
    says: {
      "epicentre.volatility.claim.soared": !isPlaced,
      "epicentre.volatility.claim.placed": isPlaced,
      "epicentre.volatility.text.ratio": byRatio,
      "epicentre.volatility.text.soared": byRank && !byRatio,
      "epicentre.volatility.text.unranked": isPlaced && percentile === null,
      ...Object.fromEntries(
        ["bottom", "middle", "top"].map((end) => [
          `epicentre.volatility.text.${end}`,
          isPlaced && percentile !== null && endOf(percentile) === end,
        ]),
      ),
    },
  };
}

/** The same day of the month before, or the last day of that month where it has none such. */
function monthBefore(day: IsoDate): IsoDate {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const last = addDays(`${day.slice(0, 7)}-01`, -1);
  const [y, m] = month === 1 ? [year - 1, 12] : [year, month - 1];
  const same = `${y}-${String(m).padStart(2, "0")}${day.slice(7)}`;
  return same < last ? same : last;
}

/** A month's return less the market's, between days that both have. */
function excessOf(world: World, id: string): number {
  const { days, values } = joined(world, [id, sectorRule(world).market]);
  const base = days.findLastIndex((day) => day <= monthBefore(world.lastDay));
  const [own, market] = values.map((prices) => at(prices, -1) / at(prices, base) - 1);
  return (own ?? Number.NaN) - (market ?? Number.NaN);
}

function partsTruth(world: World): Truth {
  const { sector, subindustries, names } = sectorRule(world);
  const of = subindustries.length > 0 ? "subindustries" : "names";
  const ids = of === "subindustries" ? subindustries : names;
  const parts = ids
    .map((id) => ({ id, excess: excessOf(world, id) }))
    .toSorted((a, b) => a.excess - b.excess);
  const [worst, best] = [at(parts, 0), at(parts, -1)];
  const ways = parts.map(({ excess }) => printedDirection(excess, tenth));
  const behind = ways.filter((way) => way === "down").length;
  const words = {
    behind: behind === parts.length,
    ahead: ways.every((way) => way === "up"),
    split: behind < parts.length && ways.some((way) => way !== "up"),
  };
  const prefix = `epicentre.${sector}`;
  return {
    facts: {
      [`${prefix}.parts`]: parts.length,
      [`${prefix}.parts-behind`]: behind,
      ...Object.fromEntries([worst, best].map(({ id, excess }) => [`${prefix}.excess.${id}.month`, excess])),
    },
    names: {
      ...sectorNames(world),
      worstName: [world.series(worst.id).prose],
      bestName: [world.series(best.id).prose],
    },
    says: Object.fromEntries(
      Object.entries(words).flatMap(([word, holds]) =>
        ["subindustries", "names"].flatMap((each) => [
          [`epicentre.parts.claim.${word}.${each}`, holds && each === of],
          [`epicentre.parts.text.${word}.${each}`, holds && each === of],
        ]),
      ),
    ),
  };
}

function dropsTruth(world: World): Truth {
  const drops = dropsOf(world);
  if (drops === null) return { facts: {}, names: {}, says: {} };
  const { percentile, reversal } = drops;
  const isHigh = percentile !== null && isAtLeast(percentile, 80);
  // An interval that ends as near to 0 as draws differ may be found on either side of it.
  const mayBe = reversal !== null && reversal.low > -reversal.within;
  const mayNotBe = reversal !== null && reversal.low < reversal.within;
  const isNeither = !isHigh;
  const drawn = (value: number) => ({ value, within: reversal?.within ?? 0 });
  const prefix = `epicentre.${sectorRule(world).sector}.drops`;
  return {
    facts: {
      [prefix]: drops.drops,
      [`${prefix}.unexplained`]: drops.unexplained,
      [`${prefix}.share`]: drops.unexplained / drops.drops,
      [`${prefix}.share-percentile`]: percentile,
      [`${prefix}.since`]: drops.since,
      [`${prefix}.reversal`]: reversal?.value ?? null,
      [`${prefix}.reversal-low`]: reversal === null ? null : drawn(reversal.low),
      [`${prefix}.reversal-high`]: reversal === null ? null : drawn(reversal.high),
      [`${prefix}.reversal-days`]: reversal?.days ?? null,
      [`${prefix}.reversal-level`]: 0.95,
    },
    names: sectorNames(world),
    says: {
      "epicentre.drops.claim.shoot-first": isHigh && mayBe,
      "epicentre.drops.text.reversed": isHigh && mayBe,
      "epicentre.drops.claim.high": isHigh && (mayNotBe || reversal === null),
      "epicentre.drops.text.not-reversed": isHigh && mayNotBe,
      "epicentre.drops.claim.counted": isNeither,
      "epicentre.drops.text.counted": isNeither,
      ...Object.fromEntries(
        ["bottom", "middle", "top"].map((end) => [
          `epicentre.drops.text.high.${end}`,
          isHigh && endOf(percentile) === end,
        ]),
      ),
    },
  };
}

const section = "epicentre";

/** What is said of a sector in focus. */
export const epicentreCheckers: readonly Checker[] = [
  {
    section,
    standard: "B3 milestone of the multiple, V3 return decomposition",
    ids: /^epicentre\.[^.]+\.multiple\.(halved|below-half|peak|below|unranked)$/,
    truth: multipleTruth,
  },
  {
    section,
    standard: "B6 event reaction, A9 volume",
    ids: /^epicentre\.[^.]+\.selling\.(violent|fell|rose|usual)$/,
    truth: sellingTruth,
  },
  {
    section,
    standard: "A5 realised volatility, A10 percentile",
    ids: /^epicentre\.[^.]+\.volatility\.(soared|placed|unranked)$/,
    truth: volatilityTruth,
  },
  {
    section,
    standard: "A2 period return less the market's",
    ids: /^epicentre\.[^.]+\.parts\.(behind|ahead|split)$/,
    truth: partsTruth,
  },
  {
    section,
    standard: "L4 unexplained drops and reversal",
    ids: /^epicentre\.[^.]+\.drops\.(shoot-first|high|counted)$/,
    truth: dropsTruth,
  },
];
