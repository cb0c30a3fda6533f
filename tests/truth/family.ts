import { paceChances } from "#tests/truth/flow-days.ts";
import { relationChances } from "#tests/truth/pair-relation.ts";
import { at, falseDiscovery } from "#tests/truth/plain.ts";
import type { World } from "#tests/truth/world.ts";

/*
 * All tests of an issue are one family (G17): that of every group's pace and that of every pair's relation. A section with
 * a test of its own adds its chances here.
 */

const familyOf = (world: World): readonly number[] =>
  [...paceChances(world), ...relationChances(world)].map(({ p }) => p);

/** The q-value of a group's change of pace among all tests of the issue; `null` where it has no test. */
export function paceQ(world: World, group: string): number | null {
  const place = paceChances(world).findIndex(({ id }) => id === group);
  return place < 0 ? null : at(falseDiscovery(familyOf(world)), place);
}

/** The test of a pair's relation, and what remains of it among all tests of the issue. */
export interface JudgedRelation {
  readonly p: number;
  readonly q: number;
  readonly n: number;
}

export function judgedRelation(world: World, pair: string): JudgedRelation {
  const own = relationChances(world);
  const place = own.findIndex(({ id }) => id === pair);
  return { ...at(own, place), q: at(falseDiscovery(familyOf(world)), paceChances(world).length + place) };
}
