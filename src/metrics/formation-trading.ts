import { type EngleGranger, engleGranger } from "#src/metrics/engle-granger.ts";
import { type HedgeLine, rollingHedge } from "#src/metrics/hedge-ratio.ts";
import { logLevels } from "#src/metrics/log-levels.ts";
import { type Measured, notDefined, ok, tooFew } from "#src/metrics/result.ts";

/** Sessions from `start` to before `end`, counted from 0. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Sessions on which a pair is chosen and measured, and those after them on which that is put to the test. */
export interface FormationSplit {
  readonly formation: Span;
  readonly trading: Span;
}

/** Sessions of both windows. */
export interface FormationLengths {
  readonly formation?: number;
  readonly trading?: number;
}

const usual = { formation: 252, trading: 126 } as const;

/**
 * Splits into formation and trading (形成期与交易期, P11): windows of 252 sessions, each followed by 126 of which it knows
 * nothing. Trading windows follow one another without a gap; the last may be unfinished.
 *
 * @param sessions  how many there are
 * @returns none where there is no session after a whole formation
 * @throws {RangeError} if a length is not a whole number, or a window is empty
 * @see Gatev, Goetzmann and Rouwenhorst (2006), Review of Financial Studies 19(3), 797–827
 */
export function formationSplits(
  sessions: number,
  { formation = usual.formation, trading = usual.trading }: FormationLengths = {},
): readonly FormationSplit[] {
  if (![sessions, formation, trading].every(Number.isInteger) || formation < 1 || trading < 1)
    throw new RangeError(
      "formationSplits requires whole numbers of sessions, and windows that are not empty",
    );
  const count = Math.max(0, Math.ceil((sessions - formation) / trading));
  return Array.from({ length: count }, (_, i) => {
    const [start, cut] = [i * trading, i * trading + formation];
    return {
      formation: { start, end: cut },
      trading: { start: cut, end: Math.min(cut + trading, sessions) },
    };
  });
}

/** A pair measured on its formation and watched on its trading window. */
export interface OutOfSample {
  /** The line of the formation, and the deviation of its residuals. */
  readonly line: HedgeLine;
  /** The test on the formation, whose p-value is one of the family of all pairs tried. */
  readonly test: EngleGranger;
  /** z of the spread on each session of the trading window, by the line of the formation. */
  readonly z: readonly number[];
}

/**
 * A pair out of sample (样本外检验, P11): hedge ratio, deviation and cointegration of the formation alone, and the spread of the
 * trading window in these.
 *
 * @param long  prices on sessions that the legs share, oldest first
 * @param short  prices on the same sessions
 * @returns cases of `engleGranger` on the formation; `insufficient` where the split ends after the prices
 * @throws {RangeError} as `engleGranger`
 */
export function outOfSample(
  long: readonly number[],
  short: readonly number[],
  { formation, trading }: FormationSplit,
): Measured<OutOfSample> {
  if (long.length < trading.end) return tooFew(long.length, trading.end);
  const within = ({ start, end }: Span) => [long.slice(start, end), short.slice(start, end)] as const;
  const [y, x] = within(formation);
  const [test, lines] = [engleGranger(y, x), rollingHedge(y, x, formation.end - formation.start)];
  const traded = logLevels(...within(trading));
  if (test.value === null) return test;
  if (lines.value === null) return lines;
  if (traded.value === null) return traded;
  const line = lines.value.at(-1) ?? null;
  if (line === null) return notDefined("zero-variance", y.length);
  const other = traded.value.short;
  const z = traded.value.long.map(
    (value, t) => (value - line.intercept - line.slope * (other[t] ?? Number.NaN)) / line.deviation,
  );
  return ok({ line, test: test.value, z }, z.length);
}
