/** Why a statistic is missing or weak, as a code that every edition can put into words. */
export interface Reason {
  /** Stable code, e.g. `too-few`, `zero-variance`, `not-positive`, `mixed-signs`. */
  readonly code: string;
  /** What was required, where the code is about a count or a threshold. */
  readonly need?: number;
  /** What was found. */
  readonly have?: number;
}

/**
 * What a metric returns: a value, or `null` with the reason.
 *
 * `ok` and `warn` hold a value; `insufficient` (too little data) and `undefined`
 * (the statistic does not exist for these data) hold `null`. `NaN` never leaves a metric.
 */
export type Measured<T> =
  | {
      readonly status: "ok" | "warn";
      readonly value: T;
      readonly n: number;
      readonly reasons: readonly Reason[];
    }
  | {
      readonly status: "insufficient" | "undefined";
      readonly value: null;
      readonly n: number;
      readonly reasons: readonly Reason[];
    };

/** What a metric found, seen from one side: the value changed, status and reasons kept. */
export const mapMeasured = <T, U>(measured: Measured<T>, of: (value: T) => U): Measured<U> =>
  isKnown(measured) ? { ...measured, value: of(measured.value) } : measured;

const isKnown = <T>(measured: Measured<T>): measured is Extract<Measured<T>, { status: "ok" | "warn" }> =>
  measured.status === "ok" || measured.status === "warn";

/** A value that holds. */
export const ok = <T>(value: T, n: number): Measured<T> => ({ status: "ok", value, n, reasons: [] });

/** A value that holds with a caveat. */
export const warn = <T>(value: T, n: number, ...reasons: readonly Reason[]): Measured<T> => ({
  status: "warn",
  value,
  n,
  reasons,
});

/** `ok`, or `warn` with the history found and wanted where there is less than is preferred. */
export const okFrom = <T>(value: T, n: number, preferred: number): Measured<T> =>
  n < preferred ? warn(value, n, { code: "short-history", need: preferred, have: n }) : ok(value, n);

/** `insufficient`: no value, for these reasons. */
export const insufficient = (n: number, ...reasons: readonly Reason[]): Measured<never> => ({
  status: "insufficient",
  value: null,
  n,
  reasons,
});

/** No value: fewer observations than the statistic needs. */
export const tooFew = (have: number, need: number): Measured<never> =>
  insufficient(have, { code: "too-few", need, have });

/** No value: the statistic does not exist for these data. */
export const notDefined = (code: string, n: number): Measured<never> => ({
  status: "undefined",
  value: null,
  n,
  reasons: [{ code }],
});
