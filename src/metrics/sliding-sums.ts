/** Sums over a window of values less the origin of their series. */
export interface Sums {
  readonly x: number;
  readonly y: number;
  readonly xy: number;
  /** The origin of the first series. */
  readonly origin: number;
  /** Values in the window. */
  readonly size: number;
}

/** Where the squares about the mean are a smaller share of the largest sum of squares since the sums were made, they are made anew. */
const leastShare = 1e-3;

/**
 * Sums over a window that moves along two series of equal lengths.
 *
 * They are of values less an origin, the oldest value of a window. They are made anew once a window, so that roundings do
 * not pile up, and at once where what has left them was so large that its rounding would show.
 */
export class SlidingSums implements Sums {
  x = 0;
  y = 0;
  xy = 0;
  origin = 0;
  size = 0;
  private readonly a: Float64Array;
  private readonly b: Float64Array;
  private readonly window: number;
  private originY = 0;
  private xx = 0;
  private yy = 0;
  private mostXx = 0;
  private mostYy = 0;
  /** Steps since the sums were made. */
  private age = Number.POSITIVE_INFINITY;

  constructor(a: Float64Array, b: Float64Array, window: number) {
    this.a = a;
    this.b = b;
    this.window = window;
  }

  /** What there is belongs to no window that touches the next. */
  forget(): void {
    this.age = Number.POSITIVE_INFINITY;
  }

  /**
   * To the window of `size` values that ends at `t`, a step after the one before: it has lost its oldest value, or grown by one.
   *
   * @param isFlat  whether all its values are equal
   */
  moveTo(t: number, size: number, isFlat: boolean): void {
    const hasGrown = size > this.size;
    this.size = size;
    if (isFlat) {
      this.begin(t);
      this.forget();
      return;
    }
    if (this.age >= this.window) {
      this.make(t);
      return;
    }
    this.add(t, 1);
    if (!hasGrown) this.add(t - size, -1);
    this.age++;
    if (this.isRough()) this.make(t);
  }

  private make(t: number): void {
    this.begin(t + 1 - this.size);
    for (let s = t + 1 - this.size; s <= t; s++) this.add(s, 1);
    this.age = 1;
  }

  private begin(t: number): void {
    this.x = this.y = this.xy = this.xx = this.yy = this.mostXx = this.mostYy = 0;
    this.origin = this.a[t] ?? 0;
    this.originY = this.b[t] ?? 0;
  }

  private add(t: number, sign: 1 | -1): void {
    const dx = (this.a[t] ?? 0) - this.origin;
    const dy = (this.b[t] ?? 0) - this.originY;
    this.x += sign * dx;
    this.y += sign * dy;
    this.xy += sign * dx * dy;
    this.xx += sign * dx * dx;
    this.yy += sign * dy * dy;
    this.mostXx = Math.max(this.mostXx, this.xx);
    this.mostYy = Math.max(this.mostYy, this.yy);
  }

  private isRough(): boolean {
    const aboutX = this.xx - this.x ** 2 / this.size;
    const aboutY = this.yy - this.y ** 2 / this.size;
    return aboutX < leastShare * this.mostXx || aboutY < leastShare * this.mostYy;
  }
}
