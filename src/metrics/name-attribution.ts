import { carinoLink } from "#src/metrics/leg-attribution.ts";
import { type Measured, ok } from "#src/metrics/result.ts";

/** The names that a leg is made of. */
export interface LegNames {
  /** Daily simple returns, one array a name, all on the same days. */
  readonly returns: readonly (readonly number[])[];
  /** What part of the leg each name is brought back to at every close; equal ones unless given. */
  readonly weights?: readonly number[];
}

/** What each name contributed to a pair's return. */
export interface NameAttribution {
  /** One a name; they add up to the leg's contribution, and both legs' to the total. */
  readonly long: readonly number[];
  readonly short: readonly number[];
  readonly total: number;
}

/**
 * Contributions by name within both legs (个股贡献, P2): `w_i R_i` a day, negative for the short leg, linked by Carino.
 *
 * @returns as `carinoLink`; `insufficient` without a name too
 * @throws {RangeError} as `carinoLink`, or unless there is one finite weight a name
 * @see Brinson, Hood and Beebower (1986), Financial Analysts Journal 42(4)
 */
export function nameAttribution(long: LegNames, short: LegNames): Measured<NameAttribution> {
  const linked = carinoLink([...contributions(long, 1), ...contributions(short, -1)]);
  if (linked.value === null) return linked;
  const { parts, total } = linked.value;
  const names = long.returns.length;
  return ok({ long: parts.slice(0, names), short: parts.slice(names), total }, linked.n);
}

function contributions({ returns, weights }: LegNames, side: 1 | -1): readonly (readonly number[])[] {
  const own = weights ?? returns.map(() => 1 / returns.length);
  if (own.length !== returns.length || !own.every(Number.isFinite))
    throw new RangeError("nameAttribution requires one finite weight a name");
  return returns.map((name, i) => name.map((r) => side * (own[i] ?? Number.NaN) * r));
}
