import type { IsoDate } from "#src/domain/time.ts";
import { converted, countryOf, rateOn } from "#tests/truth/country-days.ts";
import { type Checker, namesOf, partsOf, type Truth } from "#tests/truth/judge.ts";
import {
  at,
  endOf,
  isAtLeast,
  isAtMost,
  mean,
  percentileOf,
  printedDirection,
  tenth,
} from "#tests/truth/plain.ts";
import { lastZ } from "#tests/truth/resampling.ts";
import { strengthPath } from "#tests/truth/strength.ts";
import { daysFrom, once, type Point, type World } from "#tests/truth/world.ts";

const nameOf = (world: World, id: string): Truth["names"] => {
  const { index, name, money } = countryOf(world, id);
  return { name: namesOf(world, index), country: [name], money: [money] };
};

/** Words of a claim and of its sentence. */
export const claimAndText = (
  prefix: string,
  words: Readonly<Record<string, boolean>>,
): readonly (readonly [string, boolean])[] =>
  Object.entries(words).flatMap(([word, holds]) => [
    [`${prefix}.claim.${word}`, holds] as const,
    [`${prefix}.text.${word}`, holds] as const,
  ]);

const ways = ["up", "down", "flat"] as const;
/** Sentences by the way that something prints. */
export const byWay = (prefix: string, way: string): readonly (readonly [string, boolean])[] =>
  ways.map((word) => [`${prefix}.${word}`, word === way] as const);

/** Returns between two sessions of the index: its own, the currency's by the last fixing on or before each, and both (A3). */
interface Returns {
  readonly local: number;
  readonly fx: number | null;
  readonly dollars: number | null;
}

/** Of the year to date or of twenty sessions. */
export const returnsOf = (world: World, id: string, span: "year" | "month"): Returns =>
  once(world, `${span} of ${id}`, () => {
    const rule = countryOf(world, id);
    const points = world.points(rule.index);
    const end = at(points, -1);
    const start = `${world.lastDay.slice(0, 4)}-01-01`;
    const base =
      span === "month"
        ? at(points, -21)
        : at(
            points.filter(({ day }) => day < start),
            -1,
          );
    const local = end.value / base.value - 1;
    const [before, after] = [rateOn(world, rule, base.day), rateOn(world, rule, end.day)];
    if (before === null || after === null) return { local, fx: null, dollars: null };
    const fx = after / before - 1;
    return { local, fx, dollars: (1 + local) * (1 + fx) - 1 };
  });

function yearTruth(world: World, id: string): Truth {
  const { local, fx, dollars } = returnsOf(world, id, "year");
  const way = printedDirection(local, tenth);
  const inDollars = dollars === null ? "na" : printedDirection(dollars, tenth);
  const ofCurrency = fx === null ? "na" : printedDirection(fx, tenth);
  const isTurned = [way, inDollars].toSorted().join() === "down,up";
  const turned = (word: string) => isTurned && word === way;
  return {
    facts: { [`${id}.local.year`]: local, [`${id}.fx.year`]: fx, [`${id}.dollars.year`]: dollars },
    names: nameOf(world, id),
    says: Object.fromEntries([
      ...byWay("country.year.claim", isTurned ? "turned" : way),
      ...byWay("country.year.text", isTurned ? "turned" : way),
      ...ways.flatMap((word) =>
        ways.map(
          (other) =>
            [
              `country.year.dollars.${word}-${other}`,
              !isTurned && word === inDollars && other === ofCurrency,
            ] as const,
        ),
      ),
      ...byWay("country.year.fx", isTurned ? ofCurrency : "na"),
      ...claimAndText("country.turned", { up: turned("up"), down: turned("down") }),
    ]),
  };
}

/** The index in dollars against the world's on the days that both have (A4). */
function strengthTruth(world: World, id: string): Truth {
  const rule = countryOf(world, id);
  const other = new Map(world.points(rule.world ?? "").map(({ day, value }) => [day, value]));
  const dollars = converted(world, rule, world.points(rule.index), (price, rate) => price * rate).filter(
    ({ day }) => other.has(day),
  );
  const path = strengthPath(
    dollars.map(({ value }) => value),
    dollars.map(({ day }) => other.get(day) ?? Number.NaN),
  );
  const strength = Math.expm1(path.at(-1) ?? Number.NaN);
  const z = lastZ(path, 756, 756);
  const way = printedDirection(strength, tenth);
  return {
    facts: {
      [`${id}.strength`]: strength,
      [`${id}.strength-z`]: z,
    },
    names: { ...nameOf(world, id), world: [world.series(rule.world ?? "").prose] },
    says: Object.fromEntries(
      claimAndText("country.strength", {
        strong: z !== null && isAtLeast(z, 1) && way === "up",
        weak: z !== null && isAtMost(z, -1) && way === "down",
      }),
    ),
  };
}

const wordOf = ({ source, provider }: ReturnType<World["series"]>) => source ?? provider;

/** A target as of the last session of the week, and never as of its publication (V5). */
function targetTruth(world: World, id: string): Truth {
  const rule = countryOf(world, id);
  const targets = world.points(rule.target ?? "");
  const target = targets.at(-1);
  // Of a week before the first target nothing is true.
  if (target === undefined) return { facts: {}, names: {}, says: {} };
  const close = at(world.points(rule.index), -1);
  const before = targets.findLast(({ value }) => value !== target.value);
  // One that is published after the last session of a short week is of today.
  const age = Math.max(0, daysFrom(target.day, world.lastDay));
  const upside = target.value / close.value - 1;
  const revision = before === undefined ? null : target.value / before.value - 1;
  const revised = revision === null ? "na" : printedDirection(revision, tenth);
  const [isFresh, isNear] = [age <= 30, isAtMost(Math.abs(upside), 0.03)];
  const isNews = isFresh && !isNear;
  const [raised, cut] = [isNews && revised === "up", isNews && revised === "down"];
  const passed = !raised && !cut && !isNear && upside < -0.03;
  const stale = !isFresh && !isNear && !passed;
  const words: Readonly<Record<string, boolean>> = {
    raised,
    cut,
    "nearly-reached": isNear,
    passed,
    stale,
    stands: !(raised || cut || isNear || passed || stale),
  };
  return {
    facts: {
      [`${id}.target.level`]: target.value,
      [`${id}.target.close`]: close.value,
      [`${id}.target.upside`]: upside,
      [`${id}.target.age`]: age,
      [`${id}.target.date`]: target.day,
      [`${id}.target.revision`]: revision,
      [`${id}.target.previous`]: before?.value ?? null,
      [`${id}.target.previous-date`]: before?.day ?? null,
    },
    names: { ...nameOf(world, id), source: [wordOf(world.series(rule.target ?? ""))] },
    says: Object.fromEntries([
      ...Object.entries(words).map(([word, holds]) => [`country.target.claim.${word}`, holds] as const),
      ...byWay("country.target.text", printedDirection(upside, tenth)),
      ["country.target.near", isNear],
      ["country.target.revised.up", revised === "up"],
      ["country.target.revised.down", revised === "down"],
      ["country.target.old", !isFresh],
    ]),
  };
}

/** What is expected for one fiscal year. */
interface Estimate extends Point {
  readonly year: number;
  readonly series: string;
}

/** What earnings do from one year to the next, where no rate says it (V4). */
function stateOf(before: number, after: number): string {
  if (before > 0) return after > 0 ? "profit" : "to-loss";
  if (after > 0) return "to-profit";
  if (after === before) return "loss-unchanged";
  return after > before ? "loss-narrower" : "loss-wider";
}

function earningsTruth(world: World, id: string): Truth {
  const estimates = countryOf(world, id).earnings.flatMap(({ year, series }): readonly Estimate[] => {
    const point = world.points(series).at(-1);
    return point === undefined ? [] : [{ year, series, ...point }];
  });
  const of = (year: number) => estimates.find((each) => each.year === year);
  const after = estimates.filter(({ year }) => of(year - 1) !== undefined).at(-1);
  if (after === undefined) return { facts: {}, names: {}, says: {} };
  const before = of(after.year - 1) ?? after;
  const state = stateOf(before.value, after.value);
  const growth = before.value > 0 ? after.value / before.value - 1 : null;
  const five = estimates.filter(({ year }) => year <= before.year && year > before.year - 5);
  // Years in a row with a profit at both ends.
  let first = after.year;
  while ((of(first - 1)?.value ?? 0) > 0 && (of(first)?.value ?? 0) > 0) first--;
  const years = after.year - first;
  const compound = years > 1 ? after.value / (of(first)?.value ?? Number.NaN) - 1 : null;
  const isRate = growth !== null && state !== "to-loss";
  const way = isRate ? printedDirection(growth, tenth) : "na";
  const states = ["to-loss", "to-profit", "loss-narrower", "loss-wider", "loss-unchanged"];
  const prefix = `${id}.earnings`;
  return {
    facts: {
      [`${prefix}.${after.year}.growth`]: growth,
      [`${prefix}.year`]: String(after.year),
      [`${prefix}.year-before`]: String(before.year),
      [`${prefix}.date`]: after.day,
      [`${prefix}.compound`]: compound,
      [`${prefix}.year-first`]: String(first),
    },
    names: { ...nameOf(world, id), source: [wordOf(world.series(after.series))] },
    says: Object.fromEntries([
      ...byWay("country.earnings.claim", way),
      ...byWay("country.earnings.text", way),
      ...byWay("country.earnings.compound", compound === null ? "na" : printedDirection(compound, tenth)),
      [
        "country.earnings.low-base",
        isRate && before.value < 0.5 * Math.max(...five.map(({ value }) => value)),
      ],
      ...claimAndText("country.earnings.state", Object.fromEntries(states.map((s) => [s, s === state]))),
    ]),
  };
}

const monthNumber = (day: IsoDate): number => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7));

/** Month-ends before the month of the last value, at most so many calendar months ago. */
function monthEnds(points: readonly Point[], months: number | "full"): readonly number[] {
  const last = at(points, -1).day;
  const ends = points.filter(({ day }, i) => points[i + 1]?.day.slice(0, 7) !== day.slice(0, 7));
  const before = ends.filter(({ day }) => day.slice(0, 7) < last.slice(0, 7));
  return before
    .filter(({ day }) => months === "full" || monthNumber(day) >= monthNumber(last) - months)
    .map(({ value }) => value);
}

/** Sixty month-ends at least, and three quarters of a window (G14). */
const isLong = (history: readonly number[], months: number | "full"): boolean =>
  history.length >= 60 && (months === "full" || history.length >= 0.75 * months);

/** The multiple against its averages by all windows that are declared (V2). */
function valuationTruth(world: World, id: string): Truth {
  const { multiple, windows } = countryOf(world, id);
  const points = world.points(multiple ?? "");
  const { day, value } = at(points, -1);
  const histories = windows.map((months) => ({ months, history: monthEnds(points, months) }));
  const long = histories.filter(({ history, months }) => isLong(history, months));
  const means = long.map(({ history }) => mean(history));
  const isTold = long.length === windows.length;
  const isBelow = isTold && means.every((average) => value < average);
  const isAbove = isTold && means.every((average) => value > average);
  const count = means.length === 1 ? "one" : "several";
  const depends = isTold && !isBelow && !isAbove;
  const words = Object.entries({ below: isBelow, above: isAbove }).flatMap(([word, holds]) => [
    [`country.valuation.claim.${word}`, holds] as const,
    [`country.valuation.text.${word}.one`, holds && count === "one"] as const,
    [`country.valuation.text.${word}.several`, holds && count === "several"] as const,
  ]);
  return {
    facts: {
      [`${id}.multiple.latest`]: value,
      [`${id}.multiple.date`]: day,
      [`${id}.multiple.mean-low`]: Math.min(...means),
      [`${id}.multiple.mean-high`]: Math.max(...means),
    },
    names: nameOf(world, id),
    says: Object.fromEntries([...words, ...claimAndText("country.valuation", { depends })]),
  };
}

/** Foreigners' share in ten years of month-ends (V6). */
function foreignTruth(world: World, id: string): Truth {
  const points = world.points(countryOf(world, id).foreign ?? "");
  const { day, value } = at(points, -1);
  const history = monthEnds(points, 120);
  const percentile = percentileOf(history, value);
  const isLow = isLong(history, 120) && isAtMost(percentile, 25);
  return {
    facts: {
      [`${id}.foreign.share`]: value,
      [`${id}.foreign.percentile`]: percentile,
      [`${id}.foreign.months`]: history.length,
      [`${id}.foreign.date`]: day,
    },
    names: nameOf(world, id),
    says: Object.fromEntries([
      ["country.foreign.claim", isLow],
      ...["bottom", "middle", "top"].map((end) => [
        `country.foreign.text.${end}`,
        isLow && endOf(percentile) === end,
      ]),
    ]),
  };
}

/** The same ladders are asked in the section of each country. */
export const ofCountries = (
  standard: string,
  words: string,
  truth: (world: World, id: string) => Truth,
): readonly Checker[] =>
  ["korea", "japan"].map((section) => ({
    section,
    standard,
    ids: new RegExp(`^${section}\\.${words}$`),
    truth: (world, statement) => truth(world, at(partsOf(statement), 0)),
  }));

/** What is said of a country's index, its target, its earnings and its owners. */
export const countryCheckers: readonly Checker[] = [
  ...ofCountries("A3 currency return", "year\\.(turned|year|local)", yearTruth),
  ...ofCountries("A4 relative strength", "strength\\.(strong|weak)", strengthTruth),
  ...ofCountries(
    "V5 implied upside",
    "target\\.(raised|cut|nearly-reached|passed|stale|stands)",
    targetTruth,
  ),
  ...ofCountries("V4 earnings growth", "earnings\\.[a-z-]+", earningsTruth),
  ...ofCountries("V2 standing in month-ends", "valuation\\.(below|above|depends)", valuationTruth),
  ...ofCountries("V6 foreign ownership", "foreign\\.low", foreignTruth),
];
