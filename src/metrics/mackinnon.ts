import normalCdf from "@stdlib/stats-base-dists-normal-cdf";

/** What a regression holds beside its series: nothing, a constant, or a constant and a trend. */
export type Deterministics = "none" | "constant" | "trend";

/** A regression whose test for a unit root has tables; `-2` is of the residuals of two series on each other. */
export type UnitRootCase = Deterministics | "constant-2" | "trend-2";

/** Values of a test below which a unit root is rejected at that level. */
export interface CriticalValues {
  readonly one: number;
  readonly five: number;
  readonly ten: number;
}

interface Approximation {
  /** Below it p is 0, above the last it is 1; between the two polynomials changes at the middle one. */
  readonly bounds: readonly [least: number, change: number, most: number];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** MacKinnon 1994, tables 3 and 4: lowest power first. */
const approximations: Record<UnitRootCase, Approximation> = {
  none: {
    bounds: [-19.04, -1.04, Number.POSITIVE_INFINITY],
    low: [0.6344, 1.2378, 0.032496],
    high: [0.4797, 0.93557, -0.06999, 0.033066],
  },
  constant: {
    bounds: [-18.83, -1.61, 2.74],
    low: [2.1659, 1.4412, 0.038269],
    high: [1.7339, 0.93202, -0.12745, -0.010368],
  },
  "constant-2": {
    bounds: [-18.86, -2.62, 0.92],
    low: [2.92, 1.5012, 0.039796],
    high: [2.1945, 0.64695, -0.29198, -0.042377],
  },
  trend: {
    bounds: [-16.18, -2.89, 0.7],
    low: [3.2512, 1.6047, 0.049588],
    high: [2.5261, 0.61654, -0.37956, -0.060285],
  },
  "trend-2": {
    bounds: [-21.15, -3.19, 0.63],
    low: [3.6646, 1.5419, 0.036448],
    high: [2.85, 0.5272, -0.36622, -0.051695],
  },
};

/** MacKinnon 2010, table 2: powers of 1/T, lowest first, for 1, 5 and 10 %. */
const surfaces: Record<UnitRootCase, Record<keyof CriticalValues, readonly number[]>> = {
  none: {
    one: [-2.56574, -2.2358, -3.627],
    five: [-1.941, -0.2686, -3.365, 31.223],
    ten: [-1.61682, 0.2656, -2.714, 25.364],
  },
  constant: {
    one: [-3.43035, -6.5393, -16.786, -79.433],
    five: [-2.86154, -2.8903, -4.234, -40.04],
    ten: [-2.56677, -1.5384, -2.809],
  },
  "constant-2": {
    one: [-3.89644, -10.9519, -33.527],
    five: [-3.33613, -6.1101, -6.823],
    ten: [-3.04445, -4.2412, -2.72],
  },
  trend: {
    one: [-3.95877, -9.0531, -28.428, -134.155],
    five: [-3.41049, -4.3904, -9.036, -45.374],
    ten: [-3.12705, -2.5856, -3.925, -22.38],
  },
  "trend-2": {
    one: [-4.32762, -15.4387, -35.679],
    five: [-3.78057, -9.5106, -12.074],
    ten: [-3.49631, -7.0815, -7.538, 21.892],
  },
};

/**
 * Approximate p-value of a test for a unit root (P4, P6), by MacKinnon's response surfaces: the normal distribution of a
 * polynomial of the statistic.
 *
 * @returns 0 to 1; near a level the critical values, which know the size of the sample, are the better judge
 * @throws {RangeError} if the statistic is not finite
 * @see MacKinnon (1994), Journal of Business & Economic Statistics 12(2), 167–176
 */
export function mackinnonP(statistic: number, of: UnitRootCase): number {
  if (!Number.isFinite(statistic)) throw new RangeError("mackinnonP requires a finite statistic");
  const { bounds, low, high } = approximations[of];
  const [least, change, most] = bounds;
  if (statistic > most) return 1;
  if (statistic < least) return 0;
  return normalCdf(polynomial(statistic <= change ? low : high, statistic), 0, 1);
}

/**
 * Critical values of a test for a unit root in a sample of `size` (P4, P6).
 *
 * @throws {RangeError} if the size is not positive
 * @see MacKinnon (2010), Critical Values for Cointegration Tests, Queen's University working paper 1227
 * @example mackinnonCritical("constant-2", 100).five; // −3.397913
 */
export function mackinnonCritical(of: UnitRootCase, size: number): CriticalValues {
  if (!(size > 0)) throw new RangeError(`mackinnonCritical requires a positive size, got ${size}`);
  const { one, five, ten } = surfaces[of];
  const at = (surface: readonly number[]) => polynomial(surface, 1 / size);
  return { one: at(one), five: at(five), ten: at(ten) };
}

/** Horner's rule, of coefficients of rising powers. */
const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, c) => sum * x + c, 0);
