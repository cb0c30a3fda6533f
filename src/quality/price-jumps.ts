import { median } from "d3-array";
import { daysBetween } from "#src/domain/time.ts";
import { dayAt, type Values } from "#src/quality/suspicion.ts";

/** A move in one session that needs an explanation (G3). */
const unexplained = 0.4;
/** The same in usual moves of the weeks around it: oil of April 2020 moved by half a day after day. */
const unusual = 8;
/** Observations either side from which the usual move is taken, and the fewest that make one. */
const [around, fewest] = [20, 5];
/** Observations within which a move may be undone, and after which it stands. As many as may lack before a series is stale. */
const settled = 3;
/** Observations after which a move that came back is none any more: gas in a week of frost doubles and halves again. */
const lasting = 20;
/** Days between two observations of one session, the longest closure of an exchange included. */
const oneSession = 12;
/** The standard deviation of a normal law in medians of its absolute value. */
const deviations = 1.4826;

/** A move of a price that needs an explanation. */
export interface PriceJump {
  /** `print`: there and back; `seam`: it stands; `unconfirmed`: too new to tell. */
  readonly kind: "print" | "seam" | "unconfirmed";
  /** Position of the first value after the move, and of the last one before it is undone. */
  readonly first: number;
  readonly last: number;
  /** The value before the move. */
  readonly base: number;
}

/**
 * Moves of more than 40 per cent in one session, and more than 8 usual moves (1.4826 × the median absolute log return of
 * the 20 observations either side), oldest first. One that within three observations is less than half of what it was is
 * a bad print; one that stands for three observations is a seam. One that comes back within twenty is a bad print where it
 * comes back as suddenly as it came, and otherwise a true move, which needs no gate.
 *
 * Only prices, and no volatility indices, which do move so. Values that are not above zero are passed over.
 */
export function priceJumps(values: Values): readonly PriceJump[] {
  if (!values.isPrice || values.series.tags.includes("volatility")) return [];
  const all = values.values;
  const jumps: PriceJump[] = [];
  let before = 0;
  for (let i = 1; i < all.length; i++) {
    const [base = 0, value = 0] = [all[before], all[i]];
    if (!isUnexplained(base, value) || !isOneSession(values, before, i) || !isUnusual(all, before, i)) {
      before = i;
      continue;
    }
    const jump = judge(all, before, i);
    if (jump !== null) jumps.push(jump);
    // What comes after a bad print is compared with what was before it.
    if (jump === null || jump.kind === "seam") before = i;
    else i = jump.last;
  }
  return jumps;
}

const isUnexplained = (base: number, value: number): boolean =>
  base > 0 && value > 0 && Math.abs(value / base - 1) > unexplained;

const isOneSession = (values: Values, before: number, i: number): boolean =>
  daysBetween(dayAt(values, before), dayAt(values, i)) <= oneSession;

function isUnusual(all: readonly number[], before: number, i: number): boolean {
  const moves: number[] = [];
  for (let j = Math.max(1, i - around); j <= Math.min(all.length - 1, i + around); j++) {
    const move = Math.abs(logMove(all[j - 1], all[j]));
    if (j !== i && Number.isFinite(move)) moves.push(move);
  }
  const usual = moves.length < fewest ? 0 : deviations * (median(moves) ?? 0);
  return Math.abs(logMove(all[before], all[i])) > unusual * usual;
}

function judge(all: readonly number[], before: number, first: number): PriceJump | null {
  const base = all[before] ?? 0;
  const size = Math.abs(logMove(base, all[first]));
  const followers = all.slice(first + 1, first + 1 + lasting);
  // What does not move any more after it moved so far is a feed that stands still: no side to compare with.
  const flat = followers.findIndex((value) => value !== all[first]);
  const repeats = flat < 0 ? followers.length : flat;
  if (repeats >= settled) return { kind: "unconfirmed", first, last: first + repeats, base };
  const back = followers.findIndex((value) => Math.abs(logMove(base, value)) < size / 2);
  if (back < 0) {
    const isNew = followers.length < settled;
    return { kind: isNew ? "unconfirmed" : "seam", first, last: isNew ? all.length - 1 : first, base };
  }
  const last = first + back;
  const isSudden = back < settled || isUnexplained(all[last] ?? 0, all[last + 1] ?? 0);
  return isSudden ? { kind: "print", first, last, base } : null;
}

const logMove = (from = Number.NaN, to = Number.NaN): number => Math.log(to / from);
