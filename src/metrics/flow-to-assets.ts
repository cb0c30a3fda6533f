import { insufficient, type Measured, mapMeasured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import { type WeeklyFlows, weeksAYear, weeksMissing, windowSums } from "#src/metrics/weekly-flows.ts";

/** Over which span flows are measured against assets. */
export interface FlowToAssetsOptions {
  /** Weeks in the window; 4, 13 or 52, which it is unless given. */
  readonly window?: number;
  /** Carries the fraction to a year, times 52 / window, without compounding. */
  readonly annualised?: boolean;
}

/**
 * Flow against assets (净流量占资产比, H4): the flow of a window as a fraction of the assets that the window began with.
 *
 *     F/AUM = Σ f[t−w+1 … t] / AUM[t−w]
 *
 * @param flows  weekly net flows, `null` where missing
 * @param assets  assets at the end of each of these weeks, in the currency of the flows, `null` where missing
 * @returns a fraction; `insufficient` (`too-few`) below window + 1 weeks, (`weeks-missing`) where a flow of the window or the
 *   assets before it are missing; `undefined` (`not-positive`) where the window began without assets
 * @throws {RangeError} if the two differ in length, or a number is not finite
 */
export function flowToAssets(
  flows: WeeklyFlows,
  assets: WeeklyFlows,
  options: FlowToAssetsOptions = {},
): Measured<number> {
  const { window = weeksAYear } = options;
  const n = flows.length;
  const path = flowToAssetsPath(flows, assets, options);
  if (n < window + 1) return tooFew(n, window + 1);
  const start = assets.at(-window - 1) ?? null;
  if (start !== null && start <= 0) return notDefined("not-positive", n);
  const ratio = path.at(-1) ?? null;
  const there = flows.slice(-window).filter((flow) => flow !== null).length + (start === null ? 0 : 1);
  return ratio === null ? weeksMissing(there, window + 1) : ok(ratio, window);
}

/**
 * The same over a span that is no number of weeks, such as since 1 January.
 *
 * @param flow  the flow of the span
 * @param assets  the assets at its beginning; `null` where they are not known
 * @returns as the flow where that has no value; `insufficient` (`assets-missing`); `undefined` (`not-positive`)
 * @throws {RangeError} if the assets are not finite
 * @example spanToAssets(ok(5, 30), 100).value; // 0.05
 */
export function spanToAssets(flow: Measured<number>, assets: number | null): Measured<number> {
  if (assets !== null && !Number.isFinite(assets))
    throw new RangeError("spanToAssets requires finite assets");
  if (flow.value === null) return flow;
  const { n } = flow;
  if (assets === null) return insufficient(n, { code: "assets-missing" });
  return assets <= 0 ? notDefined("not-positive", n) : mapMeasured(flow, (sum) => sum / assets);
}

/**
 * {@link flowToAssets} of every week, in one pass. Element `t` uses nothing after `t`.
 *
 * @returns as long as the flows; `null` where there is no value
 * @throws {RangeError} as {@link flowToAssets}
 */
export function flowToAssetsPath(
  flows: WeeklyFlows,
  assets: WeeklyFlows,
  { window = weeksAYear, annualised = false }: FlowToAssetsOptions = {},
): WeeklyFlows {
  if (flows.length !== assets.length)
    throw new RangeError(`flows and assets must be of one length, got ${flows.length} and ${assets.length}`);
  if (!assets.every((value) => value === null || Number.isFinite(value)))
    throw new RangeError("assets must be finite, or null where missing");
  const scale = annualised ? weeksAYear / window : 1;
  return windowSums(flows, window).map((sum, t) => {
    const start = assets[t - window] ?? null;
    return sum === null || start === null || start <= 0 ? null : (scale * sum) / start;
  });
}
