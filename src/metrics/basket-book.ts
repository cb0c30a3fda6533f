import { capWeights } from "#src/metrics/cap-weights.ts";
import type { Day } from "#src/metrics/days.ts";
import type { Path } from "#src/metrics/panel.ts";

/** A name of a basket, for the days on which it is a member. */
export interface BasketMember {
  /** Closes adjusted for splits and dividends, or splits alone, one a session of the basket; `null` where it had none. */
  readonly prices: Path;
  readonly from: Day;
  /** Its last day as a member; `null` while there is none. */
  readonly until: Day | null;
}

/** A name that enters or leaves a basket. */
export interface BasketEvent {
  /** After the close of this session. */
  readonly date: Day;
  /** Position of the member. */
  readonly member: number;
  readonly what: "entered" | "left" | "halted";
}

/** Rules of baskets (L1). */
export const basketRules = {
  base: 100,
  leastNames: 5,
  /** The most that one name may weigh after a close. */
  cap: 0.15,
  /** Sessions in a row without a price after which a name is out. */
  mostMissing: 5,
} as const;

/** A basket as it goes from session to session; the rules are those of `themeBasket`. */
export class BasketBook {
  readonly level: (number | null)[];
  readonly returns: (number | null)[];
  readonly weights: readonly Float64Array[];
  readonly events: BasketEvent[] = [];
  /** Weights after the last close. */
  readonly latest: Float64Array;
  /** Names of the session that had the fewest. */
  fewest = Number.POSITIVE_INFINITY;

  private readonly dates: readonly Day[];
  private readonly members: readonly BasketMember[];
  /** The last price of each name that is in, and what it is taken to be worth since. */
  private readonly traded: Float64Array;
  private readonly estimated: Float64Array;
  private readonly missing: Int32Array;
  /** The first session of each name's membership, and the first after it. */
  private readonly begins: Int32Array;
  private readonly ends: Int32Array;
  /** The level by what is known, and the last one shown. */
  private current: number = basketRules.base;
  private shown: number = basketRules.base;

  constructor(dates: readonly Day[], members: readonly BasketMember[]) {
    [this.dates, this.members] = [dates, members];
    this.level = dates.map(() => null);
    this.returns = dates.map(() => null);
    this.weights = members.map(() => new Float64Array(dates.length));
    this.latest = new Float64Array(members.length);
    this.traded = new Float64Array(members.length);
    this.estimated = new Float64Array(members.length);
    this.missing = new Int32Array(members.length);
    const first = (isPast: (date: Day) => boolean) => {
      const at = dates.findIndex(isPast);
      return at < 0 ? dates.length : at;
    };
    this.begins = Int32Array.from(members, ({ from }) => first((date) => date >= from));
    this.ends = Int32Array.from(members, ({ until }) => first((date) => until !== null && date > until));
  }

  /** Members that have a price in a session. */
  present(t: number): number {
    return this.members.reduce(
      (count, _, i) => count + Number(this.isIn(i, t) && this.priceOf(i, t) !== null),
      0,
    );
  }

  /** Sets the level to the base at the close of a session. */
  begin(t: number): void {
    this.level[t] = this.current;
    this.spreadEvenly(t, t);
  }

  /** A session after that. */
  pass(t: number): void {
    this.dismiss(t);
    if (monthOf(this.dates[t]) !== monthOf(this.dates[t - 1])) this.spreadEvenly(t - 1, t);
    capWeights(this.latest, basketRules.cap);
    this.note(t);
    const isPriced = this.move(t);
    this.halt(t);
    if (isPriced) this.show(t);
    capWeights(this.latest, basketRules.cap);
  }

  private isIn(i: number, t: number): boolean {
    return t >= (this.begins[i] ?? 0) && t < (this.ends[i] ?? 0);
  }

  private priceOf(i: number, t: number): number | null {
    return this.members[i]?.prices[t] ?? null;
  }

  /** Equal weights at the close of session `at`, for those that are members in `t` and have a price, or are in. */
  private spreadEvenly(at: number, t: number): void {
    const chosen = this.members.flatMap((_, i) => {
      const holds = (this.latest[i] ?? 0) > 0;
      return this.isIn(i, t) && (holds || this.priceOf(i, at) !== null) ? [i] : [];
    });
    for (const i of chosen) {
      if (this.latest[i] === 0) this.enter(i, at);
      this.latest[i] = 1 / chosen.length;
    }
  }

  private enter(i: number, at: number): void {
    this.traded[i] = this.estimated[i] = this.priceOf(i, at) ?? Number.NaN;
    this.missing[i] = 0;
    this.events.push({ date: this.dates[at] ?? "", member: i, what: "entered" });
  }

  /** Those whose time ended with the session before. */
  private dismiss(t: number): void {
    for (let i = 0; i < this.members.length; i++)
      if ((this.latest[i] ?? 0) > 0 && !this.isIn(i, t)) this.leave(i, t - 1, "left");
  }

  /** Those that have had no price for too long. */
  private halt(t: number): void {
    for (let i = 0; i < this.members.length; i++)
      if ((this.latest[i] ?? 0) > 0 && (this.missing[i] ?? 0) > basketRules.mostMissing)
        this.leave(i, t, "halted");
  }

  /** Sells a name at its last price and spreads what it weighed. */
  private leave(i: number, at: number, what: BasketEvent["what"]): void {
    const weight = this.latest[i] ?? 0;
    this.current *= 1 + weight * ((this.traded[i] ?? 0) / (this.estimated[i] ?? 0) - 1);
    this.latest[i] = 0;
    const rest = this.latest.reduce((sum, w) => sum + w, 0);
    for (let j = 0; j < this.latest.length; j++)
      this.latest[j] = rest === 0 ? 0 : (this.latest[j] ?? 0) / rest;
    this.events.push({ date: this.dates[at] ?? "", member: i, what });
  }

  private note(t: number): void {
    let names = 0;
    for (let i = 0; i < this.latest.length; i++) {
      const [path, weight] = [this.weights[i], this.latest[i] ?? 0];
      if (weight === 0 || path === undefined) continue;
      path[t] = weight;
      names++;
    }
    this.fewest = Math.min(this.fewest, names);
  }

  /** Moves the level as those do that have a price, after which all weigh what they are worth; whether any has one. */
  private move(t: number): boolean {
    let [there, gained] = [0, 0];
    for (let i = 0; i < this.latest.length; i++) {
      const [weight, price] = [this.latest[i] ?? 0, this.priceOf(i, t)];
      if (weight === 0 || price === null) continue;
      there += weight;
      gained += weight * (price / (this.estimated[i] ?? 0) - 1);
    }
    const moved = there === 0 ? 0 : gained / there;
    this.current *= 1 + moved;
    for (let i = 0; i < this.latest.length; i++) if ((this.latest[i] ?? 0) > 0) this.revalue(i, t, moved);
    return there > 0;
  }

  private revalue(i: number, t: number, moved: number): void {
    const [price, before] = [this.priceOf(i, t), this.estimated[i] ?? 0];
    if (price === null) {
      this.missing[i] = (this.missing[i] ?? 0) + 1;
      this.estimated[i] = before * (1 + moved);
      return;
    }
    this.latest[i] = ((this.latest[i] ?? 0) * price) / before / (1 + moved);
    this.traded[i] = this.estimated[i] = price;
    this.missing[i] = 0;
  }

  /** The level of a session; what happened since the last one that had one is in its return. */
  private show(t: number): void {
    this.level[t] = this.current;
    this.returns[t] = this.current / this.shown - 1;
    this.shown = this.current;
  }
}

const monthOf = (day: Day | undefined): string => day?.slice(0, 7) ?? "";
