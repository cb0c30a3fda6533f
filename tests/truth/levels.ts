import { sessionClose } from "#src/calendar/sessions.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import {
  type Checker,
  claimsAndTexts,
  namesOf,
  ofSubject,
  onlyIf,
  partsOf,
  type Truth,
} from "#tests/truth/judge.ts";
import {
  at,
  deviation,
  isAtLeast,
  isAtMost,
  mean,
  printedDirection,
  simpleReturns,
  tenth,
} from "#tests/truth/plain.ts";
import { daysFrom, type ListedEvent, mondayOf, type Point, type World } from "#tests/truth/world.ts";

/** A week of a market: the last close of it, and that of the week before that had one. */
interface Week {
  readonly monday: IsoDate;
  readonly base: IsoDate;
  readonly end: IsoDate;
  readonly ret: number;
  /** Weeks from the base's to its own. */
  readonly span: number;
}

function weeksOf(points: readonly Point[]): readonly Week[] {
  const byWeek = [...Map.groupBy(points, ({ day }) => mondayOf(day))];
  const closes = byWeek.map(([monday, week]) => ({ monday, ...at(week, -1) }));
  return closes.slice(1).map(({ monday, day, value }, i) => {
    const base = at(closes, i);
    const span = daysFrom(base.monday, monday) / 7;
    return { monday, base: base.day, end: day, ret: value / base.value - 1, span };
  });
}

/** Whole years from one day to another, by the calendar. */
function wholeYears(from: IsoDate, to: IsoDate): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) >= from.slice(5) ? years : years - 1;
}

function weekTruth(world: World, id: string): Truth {
  const points = world.points(id);
  const weeks = weeksOf(points);
  const [week, close] = [at(weeks, -1), at(points, -1)];
  const direction = printedDirection(week.ret, tenth);
  const isBest = week.ret >= 0;
  const earlier = weeks.slice(0, -1).filter(({ span }) => span === 1);
  const rivals = earlier.filter(({ ret }) => (isBest ? ret >= week.ret : ret <= week.ret));
  const rival = rivals.at(-1);
  const since = rival?.end ?? at(earlier, 0).base;
  const between = earlier.filter(({ end }) => end > since).length + 1;
  const expected = Math.max(1, Math.round(daysFrom(mondayOf(since), world.monday) / 7));
  // Sessions of the week after the last close: of those that had ended at the cut-off, and of those still to come.
  const rest = world.sessions(id, addDays(close.day, 1), world.friday);
  const isThisWeek = week.monday === world.monday;
  const mayRank =
    isThisWeek &&
    rest.length === 0 &&
    week.span === 1 &&
    earlier.length >= 51 &&
    wholeYears(since, week.end) >= 1 &&
    isAtLeast(between / expected, 0.95) &&
    direction !== "flat";
  const best = (word: string, holds: boolean) => ({
    [`levels.${word}.claim`]: mayRank && holds,
    [`levels.${word}.text`]: mayRank && holds,
  });
  const plain = (word: string) => ({
    [`levels.week.claim.${word}`]: isThisWeek && direction === word,
    [`levels.week.text.${word}`]: isThisWeek && direction === word,
  });
  const early = rest.some((day) => isClosed(world, id, day));
  return {
    facts: {
      [`levels.${id}.return.week`]: week.ret,
      [`levels.${id}.close`]: close.value,
      [`levels.${id}.close.date`]: close.day,
      [`levels.${id}.week.base`]: week.base,
      [`levels.${id}.best.since`]: isBest ? since : null,
      [`levels.${id}.worst.since`]: isBest ? null : since,
    },
    names: { name: namesOf(world, id) },
    says: {
      ...best("best", isBest && rival !== undefined),
      ...best("worst", !isBest && rival !== undefined),
      ...best("best-on-record", isBest && rival === undefined),
      ...best("worst-on-record", !isBest && rival === undefined),
      ...plain("up"),
      ...plain("down"),
      ...plain("flat"),
      "levels.week.early": early,
      "levels.week.open": rest.length > 0 && !early,
      "levels.week.span": week.span > 1,
    },
  };
}

/** Whether a session had ended at the cut-off. */
const isClosed = (world: World, id: string, day: IsoDate): boolean =>
  sessionClose(world.calendar(id), day) <= world.cutoff;

/** What B4's machine finds, on closes alone: places of closes. */
interface LevelWalk {
  /** Closes inside the zone, or beyond, of each approach, and where it ended in a breakout. */
  readonly approaches: readonly Approach[];
  /** Closes at which the index stood beyond the level after a breakout. */
  readonly beyond: readonly number[];
}

interface Approach {
  readonly near: number[];
  breakout: number | null;
}

const [zone, band, rearm] = [0.01, 0.01, 5];
/** A trillionth of the level is no distance: 6930 is one per cent below 7000. */
const hair = 1e-12;

/**
 * The machine of B4, from below; a support is the mirror of it. An approach begins with a close less than one per cent below
 * the level. Two closes in a row more than one per cent above it are a breakout, after which the index stands above until it
 * closes below the zone. A close below the zone turns an approach back; it goes on if the zone is reached again within five
 * sessions and before a close two per cent below.
 */
function walk(distances: readonly number[]): LevelWalk {
  const approaches: Approach[] = [];
  const beyond: number[] = [];
  let standsAbove = false;
  for (const [i, d] of distances.entries()) {
    const isNear = d >= -zone - hair;
    if (isNear && !standsAbove) approach(approaches, distances, i);
    standsAbove = isNear && (standsAbove || approaches.at(-1)?.breakout === i);
    if (standsAbove) beyond.push(i);
  }
  return { approaches, beyond };
}

/** A close near the level: the approach before it goes on, or another begins; it may be the second that confirms a breakout. */
function approach(approaches: Approach[], distances: readonly number[], i: number): void {
  const last = approaches.at(-1);
  const own: Approach =
    last !== undefined && goesOn(distances, last, i) ? last : { near: [], breakout: null };
  if (own !== last) approaches.push(own);
  const isOver = (place: number) => own.near.includes(place) && at(distances, place) > band + hair;
  own.near.push(i);
  if (isOver(i) && isOver(i - 1)) own.breakout = i;
}

/** Whether a close near the level belongs to the approach before it. */
function goesOn(distances: readonly number[], { near, breakout }: Approach, i: number): boolean {
  const between = distances.slice(at(near, -1) + 1, i);
  if (breakout !== null) return false;
  // The rejecting close itself may be the one that ends it; from the session after it five are left to come back.
  return between.length <= rearm && between.every((d) => d > -2 * zone + hair);
}

/** The closes of a level's window as B4 sees them. */
interface LevelWindow {
  readonly isSupport: boolean;
  readonly distances: readonly number[];
  readonly walked: LevelWalk;
  readonly first: number;
}

const hasBroken = ({ approaches }: LevelWalk, first: number): boolean =>
  approaches.some(({ breakout }) => breakout !== null && breakout >= first);

/** From below; or from above, where the index had passed the level before the window and stands beyond it. */
function windowOf(closes: readonly number[], level: number, first: number): LevelWindow {
  const above = closes.map((close) => close / level - 1);
  const upward = walk(above);
  const isSupport = upward.beyond.includes(closes.length - 1) && !hasBroken(upward, first);
  const distances = isSupport ? above.map((d) => -d) : above;
  return { isSupport, distances, walked: isSupport ? walk(distances) : upward, first };
}

/** Approaches of which a close near the level lies in the window; one that begins with the data, beyond it, is none. */
const approachesIn = ({ distances, walked, first }: LevelWindow): readonly Approach[] =>
  walked.approaches
    .filter(({ near }) => !(at(distances, 0) > 0 && near[0] === 0))
    .filter(({ near }) => near.some((i) => i >= first));

const testsOf = (window: LevelWindow): number => approachesIn(window).length;

/** Which words hold of an index that came from below. */
function wordsFromBelow(window: LevelWindow, reach: number): Readonly<Record<string, boolean>> {
  const { distances, walked, first } = window;
  const inside = distances.slice(first);
  const last = at(distances, -1);
  const isBeyond = walked.beyond.includes(distances.length - 1);
  const stoodBeyond = walked.beyond.some((i) => i >= first);
  const broke = hasBroken(walked, first);
  const isUnconfirmed = !stoodBeyond && inside.some((d) => d > band + hair);
  const failed = !broke && !stoodBeyond && testsOf(window) >= 2 && isAtMost(last, 0);
  const lost = !broke && stoodBeyond && !isBeyond;
  const wasOver = inside.some((d) => d > hair);
  return {
    failed: failed && !isUnconfirmed,
    "failed-unconfirmed": failed && isUnconfirmed,
    broke: broke && isBeyond,
    "broke-and-fell": broke && last < 0,
    "broke-and-back": broke && !isBeyond && last >= 0,
    lost: lost && last < 0,
    "lost-and-back": lost && last >= 0,
    "beyond-unconfirmed": !broke && !isBeyond && last > band,
    crossed: !broke && wasOver,
    below: !wasOver && reach <= 0.1,
  };
}

/** Which words hold of one that had passed the level before. */
function wordsFromAbove({ distances, first }: LevelWindow, reach: number): Readonly<Record<string, boolean>> {
  const farthest = Math.max(...distances.slice(first));
  return {
    above: farthest <= hair && reach <= 0.1,
    "above-dipped": farthest > hair && farthest <= band + hair,
  };
}

/** A release whose session lies in the tests of a level, and what the index did in that session beyond its own mean (B6). */
interface Release {
  readonly name: ListedEvent["name"];
  readonly day: IsoDate;
  readonly move: number;
  readonly z: number;
}

/** Declared releases since the first test began, by the first session that could trade on each. */
function releasesOf(world: World, id: string, window: LevelWindow): readonly Release[] {
  const points = world.points(id);
  const [first] = approachesIn(window);
  if (first === undefined) return [];
  const returns = simpleReturns(points.map(({ value }) => value));
  return world.events
    .filter(({ kind, series }) => kind === "release" && (series === "" || series === id))
    .flatMap(({ date, name, knownAt }): readonly (Release & { place: number })[] => {
      const isLate = knownAt > sessionClose(world.calendar(id), date);
      const place = points.findIndex(({ day }) => (isLate ? day > date : day >= date));
      if (place < at(first.near, 0)) return [];
      // Returns of the sessions 250 to 30 before it.
      const usual = returns.slice(Math.max(0, place - 1 - 250), place - 30);
      const move = at(returns, place - 1) - mean(usual);
      return [{ name, day: at(points, place).day, move, z: move / deviation(usual), place }];
    })
    .toSorted((a, b) => a.place - b.place)
    .slice(-2);
}

function levelTruth(world: World, id: string, level: number): Truth {
  const rule = world.workspace.levels.find((each) => each.series === id && each.level === level);
  const points = world.points(id);
  const from =
    rule?.from === "252"
      ? at(points, Math.max(0, points.length - 252)).day
      : `${world.lastDay.slice(0, 4)}-01-01`;
  const first = points.findIndex(({ day }) => day >= from);
  const closes = points.map(({ value }) => value);
  const window = windowOf(closes, level, first);
  const inside = closes.slice(first);
  const extreme = window.isSupport ? Math.min(...inside) : Math.max(...inside);
  const reach = Math.abs(extreme - level) / level;
  const words = window.isSupport ? wordsFromAbove(window, reach) : wordsFromBelow(window, reach);
  const none = window.isSupport ? wordsFromBelow(window, reach) : wordsFromAbove(window, reach);
  const prefix = `levels.${id}.level-${level}`;
  const releases = releasesOf(world, id, window);
  const isTold = words.failed || words["failed-unconfirmed"] || words.below;
  const isUnder = isTold === true && at(closes, -1) < level;
  // Of one release it is the second that is told.
  const [second, before] = releases.toReversed();
  const told = Object.entries({ first: before, second }).flatMap(([position, release]) =>
    release === undefined ? [] : [{ position, ...release }],
  );
  return {
    facts: {
      ...Object.fromEntries(
        told.flatMap(({ position, day, move, z }) => [
          [`${prefix}.release-${position}.day`, day],
          [`${prefix}.release-${position}.move`, move],
          [`${prefix}.release-${position}.z`, z],
        ]),
      ),
      [`${prefix}.level`]: level,
      [`${prefix}.tests`]: testsOf(window),
      [`${prefix}.extreme-close`]: extreme,
      [`${prefix}.extreme-close-date`]: at(points, first + inside.indexOf(extreme)).day,
      [`${prefix}.from`]: from,
    },
    names: {
      name: namesOf(world, id),
      ...Object.fromEntries(told.map(({ position, name }) => [`${position}Name`, [name]])),
    },
    says: {
      ...claimsAndTexts("levels.", { ...onlyIf(false, none), ...words }),
      "levels.releases.two": isUnder && releases.length === 2,
      "levels.releases.one": isUnder && releases.length === 1,
    },
  };
}

function milestoneTruth(world: World, id: string): Truth {
  const points = world.points(id);
  const named = world.workspace.milestones.filter(({ series }) => series === id);
  const truths = named.map(({ base }) => {
    const before = at(
      points.filter(({ day }) => day <= base),
      -1,
    );
    const ratio = at(points, -1).value / before.value;
    const isPeak = points.every(({ value }) => value <= before.value);
    const words: Readonly<Record<string, boolean>> = {
      "more-than-doubled": ratio > 2.05,
      doubled: isAtLeast(ratio, 2) && isAtMost(ratio, 2.05),
      "about-doubled": isAtLeast(ratio, 1.95) && ratio < 2,
      halved: isAtLeast(ratio, 0.45) && isAtMost(ratio, 0.55) && isPeak,
      multiple: true,
    };
    const prefix = `levels.${id}.milestone-${base}`;
    const later = points.filter(({ day }) => day > before.day);
    const crossed = later.find(({ value }) =>
      ratio < 1 ? value <= before.value / 2 : value >= 2 * before.value,
    );
    return {
      facts: {
        [`${prefix}.ratio`]: ratio,
        [`${prefix}.base`]: before.day,
        [`${prefix}.base-close`]: before.value,
        [`${prefix}.first-crossing`]: crossed?.day ?? null,
      },
      says: {
        ...claimsAndTexts("levels.", words),
        "levels.crossed-at.double": ratio >= 1 && crossed !== undefined,
        "levels.crossed-at.half": ratio < 1 && crossed !== undefined,
      },
    };
  });
  const [only] = truths;
  if (only === undefined || truths.length > 1) throw new RangeError(`one milestone of ${id} is checked`);
  return { ...only, names: { name: namesOf(world, id) } };
}

const section = "levels";

/** What is said of levels, of weeks and of multiples. */
export const levelCheckers: readonly Checker[] = [
  {
    section,
    standard: "B2 superlative",
    ids: /^levels\.[^.]+\.(best|worst|best-on-record|worst-on-record|week\.(up|down|flat))$/,
    truth: ofSubject(weekTruth),
  },
  {
    section,
    standard: "B4 level test",
    ids: /^levels\.[^.]+\.[a-z-]+\.\d+(\.\d+)?$/,
    truth: (world, statement) =>
      levelTruth(world, at(partsOf(statement), 1), Number(partsOf(statement).slice(3).join("."))),
  },
  {
    section,
    standard: "B3 milestone",
    ids: /^levels\.[^.]+\.(more-than-doubled|doubled|about-doubled|halved|multiple)$/,
    truth: ofSubject(milestoneTruth),
  },
];
