import type { CorrelationFlip } from "#src/metrics/correlation-flip.ts";

const leastPersistence = 10;
const mostQ = 0.1;

/** What may be said, and why. */
export interface FlipState {
  /** `confirmed` where all four hold, `tentative` where only the signs are known to differ. */
  readonly state: "confirmed" | "tentative" | "none";
  readonly signsDiffer: boolean;
  /** Neither 95 % interval has 0 inside. */
  readonly intervalsExcludeZero: boolean;
  /** q at most 0.10. */
  readonly isSignificant: boolean;
  /** The present sign has held for 10 returns or more. */
  readonly hasPersisted: boolean;
}

/**
 * State of a flip (翻转状态, D10): “flipped” may be said where it is confirmed, “signs of a flip” where it is tentative.
 *
 * @param qValue  of the test's p among all tests of the report
 * @throws {RangeError} if q is not between 0 and 1
 */
export function flipState(
  { recent, prior, persisted }: Pick<CorrelationFlip, "recent" | "prior" | "persisted">,
  qValue: number,
): FlipState {
  if (!(qValue >= 0 && qValue <= 1)) throw new RangeError(`flipState requires a q-value, got ${qValue}`);
  const conditions = {
    signsDiffer: recent.correlation * prior.correlation < 0,
    intervalsExcludeZero: [recent, prior].every(({ low, high }) => low * high > 0),
    isSignificant: qValue <= mostQ,
    hasPersisted: persisted >= leastPersistence,
  };
  if (!conditions.signsDiffer) return { state: "none", ...conditions };
  return { state: Object.values(conditions).every(Boolean) ? "confirmed" : "tentative", ...conditions };
}
