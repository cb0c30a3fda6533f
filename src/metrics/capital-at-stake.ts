import { coverage } from "#src/metrics/coverage.ts";
import { insufficient, type Measured, ok, type Reason, tooFew, warn } from "#src/metrics/result.ts";

/** A member of a basket. */
export interface StakeMember {
  /** The company, not the share class: what counts once. */
  readonly id: string;
  /** Free-float market value in US dollars; `null` where it is not known. */
  readonly cap: number | null;
}

/** How much money a narrative moves. */
export interface CapitalAtStake {
  /** Market value of all members, each counted once, in US dollars. */
  readonly total: number;
  /** Of each basket, in the order given; these add up to more than the total where members are shared. */
  readonly baskets: readonly number[];
  /** What is counted once and belongs to more than one basket. */
  readonly shared: number;
  /** “Trillions” may be said: a trillion or more. */
  readonly isTrillions: boolean;
}

const trillion = 1e12;

/**
 * Capital at stake (涉及市值, N7): free-float market value of the members of one basket or more, each company once.
 *
 * @returns `n` counts companies with a market value; `insufficient` (`too-few`) without one, (`coverage`) where fewer than 75 %
 *   have one, `warn` below 90 %
 * @throws {RangeError} if a market value is negative or not finite, or one company has two of them
 */
export function capitalAtStake(baskets: readonly (readonly StakeMember[])[]): Measured<CapitalAtStake> {
  const companies = companiesOf(baskets);
  const known = [...companies.values()].filter(({ cap }) => cap !== null);
  const n = known.length;
  if (n === 0) return tooFew(0, 1);
  const have = n / companies.size;
  const short = (need: number): Reason => ({ code: "coverage", need, have });
  const { least, wanted } = coverage;
  if (have < least) return insufficient(n, short(least));
  const total = sumOf(known);
  const value: CapitalAtStake = {
    total,
    baskets: baskets.map((_, i) => sumOf(known.filter((company) => company.baskets.has(i)))),
    shared: sumOf(known.filter((company) => company.baskets.size > 1)),
    isTrillions: total >= trillion,
  };
  return have < wanted ? warn(value, n, short(wanted)) : ok(value, n);
}

interface Company {
  readonly cap: number | null;
  readonly baskets: Set<number>;
}

function companiesOf(baskets: readonly (readonly StakeMember[])[]): ReadonlyMap<string, Company> {
  const companies = new Map<string, Company>();
  for (const [i, basket] of baskets.entries()) {
    for (const { id, cap } of basket) {
      if (cap !== null && !(cap >= 0 && Number.isFinite(cap)))
        throw new RangeError(`capitalAtStake requires market values of 0 or more, got ${cap} for ${id}`);
      const known = companies.get(id);
      if (known !== undefined && known.cap !== cap)
        throw new RangeError(`capitalAtStake requires one market value of a company, got two for ${id}`);
      companies.set(id, { cap, baskets: (known?.baskets ?? new Set()).add(i) });
    }
  }
  return companies;
}

const sumOf = (companies: readonly Company[]): number =>
  companies.reduce((sum, { cap }) => sum + (cap ?? 0), 0);
