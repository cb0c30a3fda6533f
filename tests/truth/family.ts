import { countryFlip } from "#tests/truth/country-days.ts";
import type { Flip } from "#tests/truth/flip.ts";
import { paceChances } from "#tests/truth/flow-days.ts";
import { marketFlip } from "#tests/truth/market-days.ts";
import { relationChances } from "#tests/truth/pair-relation.ts";
import { at, falseDiscovery } from "#tests/truth/plain.ts";
import { type Lead, leadsOf } from "#tests/truth/theme-lead.ts";
import { answeredOf } from "#tests/truth/victims.ts";
import { once, type World } from "#tests/truth/world.ts";

/*
 * All tests of an issue are one family (G17): that of every group's pace, that of every pair's relation, that of each country's
 * correlation with its currency, that of markets abroad with the one at home, that of how names answer to a narrative and that of
 * every macro series' lead. A section with a test of its own adds its chances here.
 */

/** A test by its subject. */
interface Test {
  readonly id: string;
  readonly p: number;
}

const ofFlip = (id: string, flip: Flip | null): readonly Test[] => (flip === null ? [] : [{ id, p: flip.p }]);

const familyOf = (world: World): readonly Test[] =>
  once(world, "family", () => [
    ...paceChances(world).map(({ id, p }) => ({ id: `pace of ${id}`, p })),
    ...relationChances(world).map(({ id, p }) => ({ id: `relation of ${id}`, p })),
    ...Object.keys(world.workspace.countries).flatMap((id) =>
      ofFlip(`flip of ${id}`, countryFlip(world, id)),
    ),
    ...ofFlip("markets", marketFlip(world)),
    ...(world.workspace.narratives === null ? [] : [answeredOf(world) ?? []].flat()).map(({ p }) => ({
      id: "answers",
      p,
    })),
    ...leadsOf(world).map(({ p }, place) => ({ id: `lead ${place}`, p })),
  ]);

/** What remains of a test among all of the issue; of one that is not there, nothing. Its own p may be given otherwise. */
function qOf(world: World, id: string, p?: number): number | null {
  const all = familyOf(world);
  const place = all.findIndex((test) => test.id === id);
  if (place < 0) return null;
  return at(falseDiscovery(all.map((test) => (test.id === id ? (p ?? test.p) : test.p))), place);
}

/** The q-value of names answering to more of a narrative as to less; 1 where there is no test. */
export const answeredQ = (world: World): number => qOf(world, "answers") ?? 1;

export const leadQ = (world: World, { p }: Lead): number =>
  qOf(world, `lead ${leadsOf(world).findIndex((lead) => lead.p === p)}`) ?? Number.NaN;

/** The q-value of a group's change of pace among all tests of the issue; `null` where it has no test. */
export const paceQ = (world: World, group: string): number | null => qOf(world, `pace of ${group}`);

/** Between which values other draws would put a q-value. */
export interface QRange {
  readonly least: number;
  readonly most: number;
}

function rangeOf(world: World, id: string, flip: Flip | null): QRange | null {
  if (flip === null) return null;
  const [least, most] = [qOf(world, id, flip.leastP), qOf(world, id, flip.mostP)];
  return least === null || most === null ? null : { least, most };
}

/** That of a country's flip, and of the correlation of markets. */
export const flipQ = (world: World, country: string): QRange | null =>
  rangeOf(world, `flip of ${country}`, countryFlip(world, country));
export const marketsQ = (world: World): QRange | null => rangeOf(world, "markets", marketFlip(world));

/** The test of a pair's relation, and what remains of it among all tests of the issue. */
export interface JudgedRelation {
  readonly p: number;
  readonly q: number;
  readonly n: number;
}

export function judgedRelation(world: World, pair: string): JudgedRelation {
  const own = relationChances(world);
  const place = own.findIndex(({ id }) => id === pair);
  return { ...at(own, place), q: qOf(world, `relation of ${pair}`) ?? Number.NaN };
}
