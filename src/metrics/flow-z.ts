import { type Measured, tooFew } from "#src/metrics/result.ts";
import { type WeeklyFlows, weeksMissing, windowSums } from "#src/metrics/weekly-flows.ts";
import { zScore } from "#src/metrics/z-score.ts";

/** Spans of the flow's z-score (H5), in weeks. */
export const flowZRules = { window: 4, leastHistory: 104, history: 156 } as const;

const { window, leastHistory, history } = flowZRules;
const need = { min: leastHistory / window, preferred: history / window };

/**
 * Flow z-score (流量标准分, H5): the flow of the last four weeks against that of the four-week blocks before them.
 *
 *     z = (S[t] − mean(H)) / sd(H),   H = { S[t−4], S[t−8], … } of the 156 weeks before,   S[t] = Σ f[t−3 … t]
 *
 * The blocks do not overlap: 156 weeks are 39 observations, not 153. A block with a missing week is left out.
 *
 * @param flows  weekly net flows, `null` where missing
 * @returns `n` counts blocks; `insufficient` below 26 of them (104 weeks), `warn` below 39; `insufficient`
 *   (`weeks-missing`) where one of the last four weeks is missing; `undefined` (`zero-variance`) for a history that does not move
 * @throws {RangeError} if a flow is not finite
 */
export function flowZ(flows: WeeklyFlows): Measured<number> {
  const last = flows.slice(-window);
  if (last.length < window) return tooFew(0, need.min);
  const there = last.filter((flow) => flow !== null).length;
  if (there < window) return weeksMissing(there, window);
  return zAt(windowSums(flows, window), flows.length - 1);
}

/**
 * {@link flowZ} of every week. Element `t` uses nothing after `t`.
 *
 * @returns as long as the flows; `null` where there is no value
 * @throws {RangeError} as {@link flowZ}
 */
export function flowZPath(flows: WeeklyFlows): WeeklyFlows {
  const sums = windowSums(flows, window);
  return sums.map((_, t) => zAt(sums, t).value);
}

function zAt(sums: WeeklyFlows, t: number): Measured<number> {
  const value = sums[t] ?? null;
  if (value === null) return tooFew(0, need.min);
  const blocks: number[] = [];
  for (let i = 1; i <= need.preferred; i++) {
    const block = sums[t - window * i] ?? null;
    if (block !== null) blocks.push(block);
  }
  return zScore(blocks, value, need);
}
