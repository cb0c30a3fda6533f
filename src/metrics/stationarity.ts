import {
  augmentedDickeyFuller,
  type UnitRootOptions,
  type UnitRootTest,
} from "#src/metrics/augmented-dickey-fuller.ts";
import { type KpssTest, kpss } from "#src/metrics/kpss.ts";
import { type Measured, ok } from "#src/metrics/result.ts";

/** What two tests with opposite hypotheses say together. */
export interface Stationarity {
  /**
   * `stationary`: only the unit root is rejected; `unit-root`: only stationarity is; `neither`: the series says too little;
   * `both`: it is neither about one level, as where the level breaks.
   */
  readonly outcome: "stationary" | "unit-root" | "neither" | "both";
  readonly dickeyFuller: UnitRootTest;
  readonly kpss: KpssTest;
}

/**
 * Whether a series comes back to its level (平稳性, P6), by two tests at 5 %: one that has to reject a unit root and one that
 * must not reject stationarity.
 *
 * @param values  oldest first, at least 250
 * @returns cases and errors of {@link augmentedDickeyFuller} and {@link kpss}
 */
export function stationarity(
  values: readonly number[],
  options: Pick<UnitRootOptions, "maxLag" | "lags"> = {},
): Measured<Stationarity> {
  const [dickeyFuller, level] = [augmentedDickeyFuller(values, options), kpss(values)];
  if (dickeyFuller.value === null) return dickeyFuller;
  if (level.value === null) return level;
  const noRoot = dickeyFuller.value.statistic < dickeyFuller.value.critical.five;
  const noLevel = level.value.statistic > level.value.critical.five;
  return ok(
    { outcome: outcomeOf(noRoot, noLevel), dickeyFuller: dickeyFuller.value, kpss: level.value },
    values.length,
  );
}

function outcomeOf(noRoot: boolean, noLevel: boolean): Stationarity["outcome"] {
  if (noRoot) return noLevel ? "both" : "stationary";
  return noLevel ? "unit-root" : "neither";
}
