import { claimAndText, ofCountries, returnsOf } from "#tests/truth/country.ts";
import { converted, countryFlip, countryOf, currencyDays } from "#tests/truth/country-days.ts";
import { flipQ } from "#tests/truth/family.ts";
import { flipWords } from "#tests/truth/flip.ts";
import { type Checker, namesOf, type Truth } from "#tests/truth/judge.ts";
import { at, mean, type Path, printedDirection, sum, tenth } from "#tests/truth/plain.ts";
import { endAt, lastZ, resampled } from "#tests/truth/resampling.ts";
import { strengthPath } from "#tests/truth/strength.ts";
import { joined, once, type World } from "#tests/truth/world.ts";

/** How often both rose on the last twenty days, against all before: draws of blocks of the third root of twenty. */
function togetherOf(world: World, id: string) {
  const { currency, index } = currencyDays(world, id);
  const both = currency.map((r, t) => Number(r > 0 && at(index, t) > 0));
  const [before, recent] = [both.slice(0, -20), both.slice(-20)];
  const drawn = resampled(20, 3, (places) => mean(places.map((i) => at(recent, i))));
  const [low, high] = [endAt(drawn, 0.025), endAt(drawn, 0.975)];
  const longRun = mean(before);
  return {
    both: sum(recent),
    longRun,
    // Shares of twenty: draws may put an end a twentieth away.
    often: {
      more: longRun < low.most,
      less: longRun > high.least,
      usual: longRun >= low.least && longRun <= high.most,
    },
  };
}

/** The change of a yield over twenty of its sessions, in basis points (G5). */
function yieldMove(world: World, series: string): number {
  const points = world.points(series);
  return 1e4 * (at(points, -1).value - at(points, -21).value);
}

function flipTruth(world: World, id: string): Truth {
  const { index, money, yield: yields } = countryOf(world, id);
  const flip = countryFlip(world, id);
  const q = flipQ(world, id);
  if (flip === null || q === null) throw new RangeError(`no correlation of ${id}`);
  const { both, longRun, often } = togetherOf(world, id);
  const month = returnsOf(world, id, "month");
  const words = flipWords(flip, q);
  return {
    facts: {
      [`${id}.flip.recent`]: flip.recent,
      [`${id}.flip.prior`]: flip.prior,
      [`${id}.flip.recent-n`]: 60,
      [`${id}.flip.prior-n`]: 250,
      [`${id}.both.recent`]: both,
      [`${id}.both.of`]: 20,
      [`${id}.both.share`]: both / 20,
      [`${id}.both.long-run`]: longRun,
      [`${id}.local.month`]: month.local,
      [`${id}.fx.month`]: month.fx,
      [`${id}.yield.move`]: yields === null ? null : yieldMove(world, yields),
    },
    names: { name: namesOf(world, index), money: [money] },
    says: Object.fromEntries([
      ...Object.entries(words).flatMap(([word, holds]) => [
        [`country.flip.claim.${word}`, holds] as const,
        [`country.flip.text.${word}.daily`, holds] as const,
        [`country.flip.text.${word}.weekly`, false] as const,
      ]),
      ...Object.entries(often).flatMap(([word, holds]) => [
        [`country.flip.both.daily.${word}`, holds] as const,
        [`country.flip.both.weekly.${word}`, false] as const,
      ]),
      ["country.flip.moves.yield", yields !== null],
      ["country.flip.moves.plain", yields === null],
    ]),
  };
}

/** A sign of J7: how far it moved over twenty sessions, and the z of that among up to ten years of such moves before. */
interface Sign {
  readonly move: number;
  readonly z: number | null;
}

const signOf = (levels: readonly number[], move: (now: number, before: number) => number): Sign => {
  const path: Path = levels.map((level, t) => (t < 20 ? null : level - at(levels, t - 20)));
  return { move: move(at(levels, -1), at(levels, -21)), z: lastZ(path, 756, 2520) };
};

const ofPrices = (prices: readonly number[]): Sign =>
  signOf(prices.map(Math.log), (now, before) => Math.exp(now - before) - 1);

const ofYields = (yields: readonly number[]): Sign => signOf(yields, (now, before) => 1e4 * (now - before));

/** The signs of a country; all of them must be configured. */
const signsOf = (world: World, id: string) =>
  once(world, `signs of ${id}`, () => {
    const rule = countryOf(world, id);
    const { effective, breakeven, banks, gold } = rule.label ?? {};
    if (!(effective && breakeven && banks && gold && rule.yield)) throw new RangeError("a sign is missing");
    const values = (series: string) => world.points(series).map(({ value }) => value);
    const local = converted(world, rule, world.points(gold), (price, rate) => price / rate);
    const pair = joined(world, [banks, rule.index]).values;
    const path = strengthPath(at(pair, 0), at(pair, 1));
    return {
      equities: ofPrices(values(rule.index)),
      yen: ofPrices(values(effective)),
      yield: ofYields(values(rule.yield)),
      breakeven: ofYields(values(breakeven)),
      banks: { move: path.at(-1) ?? Number.NaN, z: lastZ(path, 756, 2520) },
      gold: ofPrices(local.map(({ value }) => value)),
    };
  });

/** Which trade the signs show (J7): four of its signs, or all of three; no reflation without a rising yield. */
function labelTruth(world: World, id: string): Truth {
  const { index, name, money } = countryOf(world, id);
  const signs = signsOf(world, id);
  const z = (sign: keyof typeof signs): number => signs[sign].z ?? Number.NaN;
  const isUp = (sign: keyof typeof signs) => z(sign) > 0;
  const isDown = (sign: keyof typeof signs) => z(sign) < 0;
  const reflating = [isUp("equities"), z("yen") >= 0, isUp("yield"), isUp("breakeven"), isUp("banks")];
  const met = {
    debasement: isUp("equities") && isDown("yen") && isUp("gold"),
    reflation: reflating.filter(Boolean).length >= 4 && isUp("yield"),
    "disinflationary-rally": isUp("equities") && isUp("yen") && isDown("yield"),
  };
  const count = Object.values(met).filter(Boolean).length;
  const way = (sign: keyof typeof signs, quantum = tenth) => printedDirection(signs[sign].move, quantum);
  const stocks = way("equities") === "up";
  // What is seen must go that way as well, as it prints.
  const seen = {
    debasement: stocks && way("yen") === "down" && way("gold") === "up",
    reflation: stocks && way("yield", 1) === "up",
    "disinflationary-rally": stocks && way("yen") === "up" && way("yield", 1) === "down",
  };
  const trades = ["debasement", "reflation", "disinflationary-rally"] as const;
  const told = trades.filter((trade) => count === 1 && met[trade] && seen[trade]);
  const against = (["yield", "breakeven", "banks"] as const).filter((sign) => !isUp(sign)).join("-");
  const judges = ["yield", "breakeven", "banks", "yield-breakeven", "yield-banks", "breakeven-banks"];
  return {
    facts: {
      [`${id}.label.signs`]: Object.values(signs).filter((sign) => sign.z !== null).length,
    },
    names: { name: namesOf(world, index), country: [name], money: [money] },
    says: Object.fromEntries([
      ...claimAndText("country.label", {
        ...Object.fromEntries(trades.map((trade) => [trade, told.includes(trade)])),
        ambiguous: count > 1,
        none: count <= 1 && told.length === 0,
      }),
      ...[...judges, "yield-breakeven-banks"].map((which) => [
        `country.label.against.${which}`,
        isUp("equities") && which === against,
      ]),
    ]),
  };
}

/** What is said of a country's index with its currency, and of the trade that its markets show. */
export const tradeCheckers: readonly Checker[] = [
  ...ofCountries("D10 correlation flip", "flip\\.(flipped|signs|kept|unclear)", flipTruth),
  ...ofCountries(
    "J7 label of the trade",
    "label\\.(reflation|debasement|disinflationary-rally|ambiguous|none)",
    labelTruth,
  ),
];
