import { coverage } from "#src/metrics/coverage.ts";
import { meanOf } from "#src/metrics/mean.ts";
import type { Path } from "#src/metrics/panel.ts";
import { insufficient, type Measured, ok, type Reason, tooFew, warn } from "#src/metrics/result.ts";

/** What companies with many assets did against those with few. Returns are fractions. */
export interface AssetIntensitySpread {
  /** `heavy − light`. */
  readonly spread: number;
  readonly heavy: number;
  readonly light: number;
  /** Names on each side. */
  readonly names: number;
}

/** Names in a quintile spread, and in a sector that is to have quintiles of its own. */
export const intensityRules = { leastNames: 30, leastOfSector: 5, quintile: 5 } as const;

/**
 * Asset-intensity spread (重资产减轻资产, V9): mean return of the fifth of companies with the most assets less that of the fifth with
 * the fewest.
 *
 *     spread = mean R(highest ⌊n/5⌋) − mean R(lowest ⌊n/5⌋)
 *
 * With sectors it is neutral to them: each sector has its own fifths, of which those of all sectors are put together, so that both
 * sides hold as many names of each. Of equal intensities the earlier name counts as the lighter.
 *
 * @param intensities  net property, plant and equipment over assets, or capital expenditure over sales, as known before the returns,
 *   one a name; `null` where missing
 * @param returns  simple returns of one span, `null` where missing
 * @param sectors  one a name; a sector with fewer than five names has no fifths and is left out
 * @returns `n` counts names with both that count; `insufficient` (`too-few`) below 30, (`coverage`) below 75 % of all names, `warn`
 *   below 90 %
 * @throws {RangeError} if lengths differ or a number is not finite
 */
export function assetIntensitySpread(
  intensities: Path,
  returns: Path,
  sectors?: readonly string[],
): Measured<AssetIntensitySpread> {
  requireNames(intensities, returns, sectors);
  const there = intensities.flatMap((intensity, i): readonly Name[] => {
    const ret = returns[i] ?? null;
    return intensity === null || ret === null ? [] : [{ intensity, ret, sector: sectors?.[i] ?? "" }];
  });
  const { leastOfSector, leastNames } = intensityRules;
  const groups = [...Map.groupBy(there, ({ sector }) => sector).values()].filter(
    (names) => names.length >= leastOfSector,
  );
  const n = groups.reduce((sum, names) => sum + names.length, 0);
  if (n < leastNames) return tooFew(n, leastNames);
  const have = n / intensities.length;
  const short = (need: number): Reason => ({ code: "coverage", need, have });
  const { least, wanted } = coverage;
  if (have < least) return insufficient(n, short(least));
  const sides = groups.map(fifths);
  const [heavy, light] = [meanOf(sides.flatMap((s) => s.heavy)), meanOf(sides.flatMap((s) => s.light))];
  const names = sides.reduce((sum, s) => sum + s.heavy.length, 0);
  const value: AssetIntensitySpread = { spread: heavy - light, heavy, light, names };
  return have < wanted ? warn(value, n, short(wanted)) : ok(value, n);
}

interface Name {
  readonly intensity: number;
  readonly ret: number;
  readonly sector: string;
}

function fifths(names: readonly Name[]) {
  const sorted = names.toSorted((a, b) => a.intensity - b.intensity).map(({ ret }) => ret);
  const count = Math.floor(sorted.length / intensityRules.quintile);
  return { light: sorted.slice(0, count), heavy: sorted.slice(-count) };
}

function requireNames(intensities: Path, returns: Path, sectors?: readonly string[]): void {
  if (returns.length !== intensities.length || (sectors ?? returns).length !== returns.length)
    throw new RangeError("assetIntensitySpread requires a return, and a sector, of each name");
  if (![intensities, returns].every((path) => path.every((v) => v === null || Number.isFinite(v))))
    throw new RangeError("assetIntensitySpread requires finite numbers");
}
