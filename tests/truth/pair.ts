import { type Checker, claimsAndTexts, ofSubject, type Truth } from "#tests/truth/judge.ts";
import { pairCostCheckers } from "#tests/truth/pair-costs.ts";
import { daysOf, pairNames, pairOf, pairReturns } from "#tests/truth/pair-days.ts";
import { pairLevelCheckers } from "#tests/truth/pair-levels.ts";
import {
  at,
  fitted,
  hacErrors,
  isAtLeast,
  isAtMost,
  mean,
  printedDirection,
  sum,
  tenth,
} from "#tests/truth/plain.ts";
import type { World } from "#tests/truth/world.ts";

/** Contributions of parts by day, linked by Carino so that they add up to the compounded return. */
function linked(parts: readonly (readonly number[])[]): { total: number; parts: readonly number[] } {
  const daily = at(parts, 0).map((_, t) => sum(parts.map((part) => at(part, t))));
  const total = daily.reduce((level, r) => level * (1 + r), 1) - 1;
  const weight = (r: number) => (r === 0 ? 1 : Math.log(1 + r) / r);
  return {
    total,
    parts: parts.map((part) => sum(part.map((c, t) => (c * weight(at(daily, t))) / weight(total)))),
  };
}

/** Shares of two parts, where both went the way of the whole and the whole is a tenth of a per cent or more. */
function sharesOf(total: number, [a, b]: readonly [number, number]): readonly [number, number] | null {
  const isShared = Math.abs(total) >= 0.001 && a * total > 0 && b * total > 0;
  return isShared ? [a / total, b / total] : null;
}

const directions = ["up", "down", "flat"] as const;

/** Sentences of two parts by the way that each prints. */
const ofBoth = (prefix: string, a: number, b: number): readonly (readonly [string, boolean])[] =>
  directions.flatMap((first) =>
    directions.map((second): readonly [string, boolean] => [
      `${prefix}.${first}-${second}`,
      printedDirection(a, tenth) === first && printedDirection(b, tenth) === second,
    ]),
  );

function weekTruth(world: World, id: string): Truth {
  const pair = daysOf(world, id);
  const [longs, shorts] = [pair.long.slice(-pair.week), pair.short.slice(-pair.week)];
  const { total, parts } = linked([longs, shorts.map((r) => -r)]);
  const [long, short] = [at(parts, 0), at(parts, 1)];
  const shares = sharesOf(total, [long, short]);
  const way = printedDirection(total, tenth);
  const prints = [long, short].every((part) => printedDirection(part, tenth) !== "flat");
  const end = at(pair.days, -1);
  const shareWords = (["long", "short"] as const).flatMap((leg, i) =>
    directions.flatMap((direction) =>
      (
        [
          ["mostly", 2 / 3],
          ["more-than-half", 0.5005],
        ] as const
      ).flatMap(([word, least]) => {
        const holds = direction === way && prints && shares !== null && isAtLeast(at(shares, i), least);
        return [
          [`pair.week.claim.${direction}.${leg}-${word}`, holds],
          [`pair.week.share.${direction}.${leg}-${word}`, holds],
        ] as const;
      }),
    ),
  );
  return {
    facts: {
      [`pair.${id}.return.week`]: total,
      [`pair.${id}.long.week`]: long,
      [`pair.${id}.short.week`]: short,
      [`pair.${id}.long-share.week`]: shares?.[0] ?? null,
      [`pair.${id}.short-share.week`]: shares?.[1] ?? null,
      [`pair.${id}.week.end`]: end,
    },
    names: pairNames(world, id),
    says: {
      ...Object.fromEntries(shareWords),
      ...Object.fromEntries(ofBoth("pair.week.legs", long, short)),
      "pair.week.claim.up.plain": way === "up",
      "pair.week.claim.down.plain": way === "down",
      "pair.week.claim.flat": way === "flat",
      "pair.week.text.up": way === "up",
      "pair.week.text.down": way === "down",
      "pair.week.text.flat": way === "flat",
      "pair.week.early": end < world.lastDay,
    },
  };
}

/** Rank of a value among those given, 1 the largest. */
const rankIn = (values: readonly number[], value: number): number =>
  1 + values.filter((v) => v > value).length;

/** Volatility forecast the evening before each day (A6); none for the first thirty. */
function forecastsOf(returns: readonly number[]): readonly (number | null)[] {
  let square = mean(returns.slice(0, 30).map((r) => r * r));
  return returns.map((_, t) => {
    if (t < 30) return null;
    if (t > 30) square = 0.94 * square + 0.06 * at(returns, t - 1) ** 2;
    return Math.sqrt(square);
  });
}

function recordTruth(world: World, id: string): Truth {
  const pair = daysOf(world, id);
  const returns = pairReturns(pair);
  const places = returns.map((_, i) => i).filter((i) => at(pair.spans, i) === 1);
  const days = places.map((i) => at(pair.days, i));
  const own = places.map((i) => at(returns, i));
  const gain = Math.max(...own);
  const index = own.indexOf(gain);
  const place = at(places, index);
  const isNew = at(days, index) >= world.monday;
  const isAlone = own.filter((r) => r === gain).length === 1 && gain > 0 && own.length >= 250;
  const forecasts = forecastsOf(own);
  const scaled = own.map((r, t) => r / (forecasts[t] ?? Number.NaN));
  const scaledRank = rankIn(scaled.slice(0, index), at(scaled, index));
  const [long, short] = [at(pair.long, place), -at(pair.short, place)];
  const ofWeek = own.filter((_, i) => at(days, i) >= world.monday);
  const best = Math.max(...ofWeek);
  const bestAt = own.length - ofWeek.length + ofWeek.indexOf(best);
  return {
    facts: {
      [`pair.${id}.record.gain`]: gain,
      [`pair.${id}.record.date`]: at(days, index),
      [`pair.${id}.record.start`]: pair.start,
      [`pair.${id}.record.long`]: long,
      [`pair.${id}.record.short`]: short,
      [`pair.${id}.record.vol-scaled-rank`]: scaledRank,
      [`pair.${id}.best-day.gain`]: best,
      [`pair.${id}.best-day.date`]: at(days, bestAt),
      [`pair.${id}.best-day.rank.all`]: rankIn(own.slice(0, bestAt), best),
      [`pair.${id}.best-day.rank.year`]: rankIn(own.slice(bestAt - 251, bestAt), best),
    },
    names: pairNames(world, id),
    says: {
      "pair.record-back-cast-week.claim": isAlone && isNew,
      "pair.record-back-cast-week.text": isAlone && isNew,
      "pair.record-back-cast-past.claim": isAlone && !isNew,
      "pair.record-back-cast-past.text": isAlone && !isNew,
      "pair.record.volatile": scaledRank > 10,
      "pair.record.best-day": ofWeek.length > 0 && bestAt >= 251 && printedDirection(best, tenth) === "up",
      ...Object.fromEntries(ofBoth("pair.record.legs", long, short)),
    },
  };
}

function marketOf(world: World, id: string): string {
  const { market } = pairOf(world, id);
  if (market === null) throw new RangeError(`pair ${id} names no market`);
  return market;
}

/** Slope of the returns of the year before a place, or of what there is of it. */
function slopeBefore(leg: readonly number[], market: readonly number[], t: number): number {
  const [y, x] = [leg.slice(Math.max(0, t - 252), t), market.slice(Math.max(0, t - 252), t)];
  return at(fitted([x.map(() => 1), x], y).coefficients, 1);
}

function splitTruth(world: World, id: string): Truth {
  const pair = daysOf(world, id, [marketOf(world, id)]);
  const { long, short, market, week } = pair;
  const isWhole = pair.days.slice(-week).join() === daysOf(world, id).days.slice(-week).join();
  const places = market.map((_, t) => t).slice(-week);
  const byMarket = places.map(
    (t) => (slopeBefore(long, market, t) - slopeBefore(short, market, t)) * at(market, t),
  );
  const all = places.map((t) => at(long, t) - at(short, t));
  const { total, parts } = linked([byMarket, all.map((r, i) => r - at(byMarket, i))]);
  const [ofMarket, ofOwn] = [at(parts, 0), at(parts, 1)];
  const shares = sharesOf(total, [ofMarket, ofOwn]);
  const way = printedDirection(total, tenth);
  const prints = parts.every((part) => printedDirection(part, tenth) !== "flat");
  const words = (["market", "own"] as const).flatMap((part, i) =>
    directions.flatMap((direction) => {
      const isMost = shares !== null && isAtLeast(at(shares, i), 2 / 3);
      const holds = isWhole && direction === way && prints && isMost;
      return [
        [`pair.split.claim.${direction}.${part}-mostly`, holds],
        [`pair.split.${direction}.${part}-mostly`, holds],
      ] as const;
    }),
  );
  return {
    facts: {
      [`pair.${id}.market.week`]: ofMarket,
      [`pair.${id}.own.week`]: ofOwn,
      [`pair.${id}.market-share.week`]: shares?.[0] ?? null,
      [`pair.${id}.own-share.week`]: shares?.[1] ?? null,
    },
    names: pairNames(world, id),
    says: {
      "pair.split.claim.plain": isWhole,
      ...Object.fromEntries(words),
      ...Object.fromEntries(ofBoth("pair.split", ofMarket, ofOwn)),
    },
  };
}

function betaTruth(world: World, id: string): Truth {
  const pair = daysOf(world, id, [marketOf(world, id)]);
  const [y, x] = [pairReturns(pair).slice(-252), pair.market.slice(-252)];
  const columns = [x.map(() => 1), x];
  const fit = fitted(columns, y);
  const beta = at(fit.coefficients, 1);
  const t = beta / at(hacErrors(columns, fit), 1);
  const [isNone, isSmall] = [isAtMost(Math.abs(t), 2), isAtMost(Math.abs(beta), 0.2)];
  const words: Readonly<Record<string, boolean>> = {
    neutral: isNone && isSmall,
    unclear: isNone,
    exposed: !isNone,
  };
  return {
    facts: {
      [`pair.${id}.beta`]: beta,
      [`pair.${id}.beta.t`]: t,
      [`pair.${id}.beta.sessions`]: y.length,
    },
    names: pairNames(world, id),
    says: claimsAndTexts("pair.beta.", words),
  };
}

const section = "pair";

/** What is said of pairs of listed members; of baskets the sample has nothing. */
export const pairCheckers: readonly Checker[] = [
  {
    section,
    standard: "P2 share of legs",
    ids: /^pair\.[^.]+\.week\.(up|down|flat)\.(plain|(long|short)-(mostly|more-than-half))$/,
    truth: ofSubject(weekTruth),
  },
  {
    section,
    standard: "B1 record",
    ids: /^pair\.[^.]+\.record-back-cast-(week|past)$/,
    truth: ofSubject(recordTruth),
  },
  {
    section,
    standard: "P2 market against idiosyncratic",
    ids: /^pair\.[^.]+\.split\.(plain|(up|down)\.(market|own)-mostly)$/,
    truth: ofSubject(splitTruth),
  },
  {
    section,
    standard: "P1 realised beta",
    ids: /^pair\.[^.]+\.beta\.(neutral|unclear|exposed)$/,
    truth: ofSubject(betaTruth),
  },
  ...pairLevelCheckers,
  ...pairCostCheckers,
];
