/** How much a line wanders from session to session, and how much is seen about it: variances. */
export interface KalmanNoise {
  readonly intercept: number;
  readonly slope: number;
  readonly observation: number;
}

/** What an observation was off by, and the variance that was expected of that. */
export interface Innovation {
  readonly error: number;
  readonly variance: number;
}

/**
 * A line `y = a + b x` whose two coefficients are random walks, by Kalman's filter.
 *
 * Its state is the height at the first x, and the slope: about x = 0, where logarithms of prices never are, the two are so nearly one that a
 * wide start costs ten digits.
 */
export class KalmanLine {
  private height = 0;
  private tilt = 0;
  private origin = 0;
  /** Covariance of the state: of the height, of both, of the tilt. */
  private hh = 0;
  private ht = 0;
  private tt = 0;

  private readonly noise: KalmanNoise;
  private readonly startVariance: number;
  private isFirst = true;

  /** @throws {RangeError} unless the observation's variance is positive, and the others are 0 or more, and finite */
  constructor(noise: KalmanNoise, startVariance: number) {
    const { intercept, slope, observation } = noise;
    if (
      !(intercept >= 0 && slope >= 0 && observation > 0 && Number.isFinite(intercept + slope + observation))
    )
      throw new RangeError(
        "a Kalman filter requires variances: that of observations positive, the others 0 or more",
      );
    [this.noise, this.startVariance] = [noise, startVariance];
  }

  get slope(): number {
    return this.tilt;
  }

  get intercept(): number {
    return this.height - this.tilt * this.origin;
  }

  /** Takes a session in; after it the coefficients are those filtered. */
  observe(x: number, y: number): Innovation {
    if (this.isFirst) {
      this.origin = x;
      this.widen(this.startVariance, this.startVariance);
    } else this.widen(this.noise.intercept, this.noise.slope);
    this.isFirst = false;
    const from = x - this.origin;
    const [towardsH, towardsT] = [this.hh + from * this.ht, this.ht + from * this.tt];
    const variance = towardsH + from * towardsT + this.noise.observation;
    const error = y - this.height - this.tilt * from;
    const [gainH, gainT] = [towardsH / variance, towardsT / variance];
    this.narrow(from, gainH, gainT);
    this.height += gainH * error;
    this.tilt += gainT * error;
    return { error, variance };
  }

  /** Adds what intercept and slope wander, each by itself, to the covariance of height and slope. */
  private widen(intercept: number, slope: number): void {
    this.hh += intercept + this.origin ** 2 * slope;
    this.ht += this.origin * slope;
    this.tt += slope;
  }

  /** `(I − K h') P (I − K h')' + R K K'`, Joseph's form, which no rounding can make negative. */
  private narrow(x: number, gainH: number, gainT: number): void {
    const [hh, ht, tt, r] = [this.hh, this.ht, this.tt, this.noise.observation];
    const [kh, kt] = [1 - gainH, 1 - gainT * x];
    const [across, back] = [-gainH * x, -gainT];
    const [rowHh, rowHt] = [kh * hh + across * ht, kh * ht + across * tt];
    const [rowTh, rowTt] = [back * hh + kt * ht, back * ht + kt * tt];
    this.hh = rowHh * kh + rowHt * across + r * gainH * gainH;
    this.ht = rowHh * back + rowHt * kt + r * gainH * gainT;
    this.tt = rowTh * back + rowTt * kt + r * gainT * gainT;
  }
}

/**
 * Noise by a rate of forgetting, `q = δ / (1 − δ)` for both coefficients, where it is set and not estimated: δ of 1e-5 to 1e-4.
 *
 * @throws {RangeError} for a rate that is not between 0 and 1
 */
export function forgettingNoise(delta: number, observation: number): KalmanNoise {
  if (!(delta > 0 && delta < 1))
    throw new RangeError(`forgettingNoise requires a rate in (0, 1), got ${delta}`);
  const q = delta / (1 - delta);
  return { intercept: q, slope: q, observation };
}
