import { sessionsIn } from "#src/calendar/sessions.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Localised } from "#src/domain/locale.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import { marketsQ } from "#tests/truth/family.ts";
import { printsLower } from "#tests/truth/flip.ts";
import { type Checker, namesOf, type Truth } from "#tests/truth/judge.ts";
import { marketDays, marketFlip } from "#tests/truth/market-days.ts";
import { at, isAtLeast, isAtMost, printed, printedDirection, sum, tenth } from "#tests/truth/plain.ts";
import { lastZ } from "#tests/truth/resampling.ts";
import { strengthPath } from "#tests/truth/strength.ts";
import type { World } from "#tests/truth/world.ts";

/** A name at the head of a sentence. */
export const atHead = ({ en, ...rest }: Localised): Localised => ({
  ...rest,
  en: `${en.slice(0, 1).toUpperCase()}${en.slice(1)}`,
});

const namesOfMarkets = (world: World): Truth["names"] => {
  const { abroad, home } = marketDays(world);
  return { name: namesOf(world, abroad).map(atHead), home: [world.series(home).prose] };
};

/** What one gained on the other over twenty sessions, as a change of their ratio (A4), among those of three years before. */
function abroadTruth(world: World): Truth {
  const { values } = marketDays(world);
  const path = strengthPath(at(values, 0), at(values, 1));
  const strength = Math.exp(path.at(-1) ?? Number.NaN) - 1;
  const z = lastZ(path, 756, 756);
  const way = printedDirection(strength, tenth);
  const words = {
    strong: z !== null && isAtLeast(z, 1) && way === "up",
    weak: z !== null && isAtMost(z, -1) && way === "down",
  };
  return {
    facts: { "flows.markets.strength": strength, "flows.markets.z": z },
    names: namesOfMarkets(world),
    says: Object.fromEntries(
      Object.entries(words).flatMap(([word, holds]) => [
        [`flows.abroad.${word}.claim`, holds],
        [`flows.abroad.${word}.text`, holds],
      ]),
    ),
  };
}

/** Returns of both in whole calendar months that follow one another, at most sixty. */
function monthsOf(world: World): readonly (readonly [abroad: number, home: number])[] {
  const { days, values } = marketDays(world);
  const month = world.lastDay.slice(0, 7);
  const next = `${addDays(`${month}-28`, 4).slice(0, 7)}-01`;
  const calendar = calendarOf(world.workspace.calendars, world.publication);
  const isOver = sessionsIn(calendar, addDays(world.lastDay, 1), addDays(next, -1)).length === 0;
  const monthOf = (day: IsoDate): string => day.slice(0, 7);
  const ends = days.flatMap((day, t) => (days[t + 1]?.startsWith(monthOf(day)) ? [] : [t]));
  const whole = ends.filter((t) => isOver || monthOf(at(days, t)) < month);
  const follows = (a: IsoDate, b: IsoDate): boolean => addDays(`${monthOf(b)}-01`, -1).startsWith(monthOf(a));
  return whole
    .slice(1)
    .flatMap((t, i): readonly (readonly [number, number])[] => {
      const before = at(whole, i);
      const ret = (path: readonly number[]): number => at(path, t) / at(path, before) - 1;
      return follows(at(days, before), at(days, t)) ? [[ret(at(values, 0)), ret(at(values, 1))]] : [];
    })
    .slice(-60);
}

function havenTruth(world: World): Truth {
  const months = monthsOf(world);
  const falling = months.filter(([, home]) => home < 0);
  const capture = sum(falling.map(([abroad]) => abroad)) / sum(falling.map(([, home]) => home));
  const way = Math.sign(printed(capture, 0.01));
  const flip = marketFlip(world);
  const q = marketsQ(world);
  const isEnough = months.length >= 24 && falling.length >= 6;
  const holds =
    flip !== null &&
    q !== null &&
    isEnough &&
    capture < 1 &&
    printsLower(flip.recent - flip.prior) &&
    isAtMost(q.least, 0.1);
  return {
    facts: {
      "flows.markets.down-capture": capture,
      "flows.markets.months": months.length,
      "flows.markets.falling-months": falling.length,
      "flows.markets.correlation": flip?.recent ?? null,
      "flows.markets.correlation-before": flip?.prior ?? null,
      "flows.markets.correlation-weeks": 26,
      "flows.markets.correlation-weeks-before": 104,
    },
    names: namesOfMarkets(world),
    says: {
      "flows.haven.claim": holds,
      "flows.haven.text.lost": holds && way > 0,
      "flows.haven.text.gained": holds && way < 0,
      "flows.haven.text.neither": holds && way === 0,
    },
  };
}

const section = "flows";

/** What is said of markets abroad against the one at home. */
export const marketCheckers: readonly Checker[] = [
  {
    section,
    standard: "A4 relative strength",
    ids: /^flows\.abroad\.(strong|weak)$/,
    truth: (world) => abroadTruth(world),
  },
  {
    section,
    standard: "K4 capture and D10 correlation",
    ids: /^flows\.haven\.haven$/,
    truth: (world) => havenTruth(world),
  },
];
