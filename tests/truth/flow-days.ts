import { knownAfter } from "#src/calendar/sessions.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import type { FlowGroup } from "#src/domain/workspace.ts";
import {
  at,
  deviation,
  fitted,
  hacErrors,
  mean,
  type Path,
  present,
  studentTails,
  sum,
} from "#tests/truth/plain.ts";
import { daysFrom, once, type World } from "#tests/truth/world.ts";

/** The groups that a group is compared with, itself among them. */
export const listOf = (world: World, group: string): readonly string[] =>
  world.workspace.flows.compare.find((list) => list.includes(group)) ?? [group];

export function groupOf(world: World, id: string): FlowGroup {
  const found = world.workspace.flows.groups[id];
  if (found === undefined) throw new RangeError(`no group ${id}`);
  return found;
}

const membersOf = (world: World, groups: readonly string[]): readonly string[] =>
  groups.flatMap((id) => groupOf(world, id).members);

/** The last day for which each of the funds should have a flow that was known. */
function dueOf(world: World, groups: readonly string[]): IsoDate {
  const dues = membersOf(world, groups).map((id) => {
    const { lag } = world.series(id);
    const sessions = world.sessions(id, addDays(world.lastDay, -30), world.lastDay);
    const known = sessions.filter((day) => knownAfter(world.calendar(id), day, lag) <= world.cutoff);
    const last = at(known, -1);
    return last === at(sessions, -1) ? world.lastDay : last;
  });
  return at([...dues, world.lastDay].toSorted(), 0);
}

/** A fund's net flow from one day to another; `null` where too many of its sessions, or the last, have none. */
export function flowOf(world: World, fund: string, from: IsoDate, to: IsoDate): number | null {
  const sessions = world.sessions(fund, from, to);
  const there = world.points(fund).filter(({ day }) => day >= from && day <= to);
  const last = there.at(-1)?.day ?? "";
  const isShort = there.length < 0.75 * sessions.length || sessions.length === 0;
  return isShort || sessions.filter((day) => day > last).length > 3
    ? null
    : sum(there.map(({ value }) => value));
}

/** The flow of a group: of all its funds, or none. */
function groupFlow(world: World, group: string, from: IsoDate, to: IsoDate): number | null {
  const flows = groupOf(world, group).members.map((fund) => flowOf(world, fund, from, to));
  return flows.some((flow) => flow === null) ? null : sum(present(flows));
}

/** A group's flows in weeks of seven days that end with the day that is due, since all its funds have been there. */
function weeksOf(world: World, group: string, due: IsoDate): Path {
  const { members } = groupOf(world, group);
  const begins = members.flatMap((fund) => world.points(fund)[0]?.day ?? []);
  if (begins.length < members.length) return [];
  const count = Math.floor(daysFrom(at(begins.toSorted(), -1), due) / 7) + 1;
  return Array.from({ length: count }, (_, i) => {
    const end = addDays(due, -7 * (count - 1 - i));
    const flows = members.map((fund) => {
      const [from, sessions] = [addDays(end, -6), world.sessions(fund, addDays(end, -6), end)];
      const there = world.points(fund).filter(({ day }) => day >= from && day <= end);
      return there.length < 0.75 * sessions.length ? null : sum(there.map(({ value }) => value));
    });
    return flows.some((flow) => flow === null) ? null : sum(present(flows));
  });
}

/** What a group's flows come to, over the spans that are spoken of. */
interface GroupFlows {
  readonly due: IsoDate;
  readonly year: number | null;
  readonly month: number | null;
  readonly weeks: Path;
}

export const flowsOf = (world: World, group: string): GroupFlows =>
  once(world, `flows of ${group}`, () => {
    const due = dueOf(world, listOf(world, group));
    return {
      due,
      year: groupFlow(world, group, `${world.lastDay.slice(0, 4)}-01-01`, due),
      month: groupFlow(world, group, addDays(due, -27), due),
      weeks: weeksOf(world, group, due),
    };
  });

/** The pace of a group's flow, and the chance of so large a change. */
interface Pace {
  readonly recent: number;
  readonly prior: number;
  /** Standard deviation of the weekly flows of three years before. */
  readonly spread: number;
  readonly p: number;
  /** Weekly means of the same weeks of earlier years. */
  readonly seasons: readonly number[];
}

export function paceOf(world: World, id: string): Pace | null {
  const { weeks } = flowsOf(world, id);
  const [last, before] = [present(weeks.slice(-17)), present(weeks.slice(-160, -4))];
  if (last.length < 17 || before.length < 104) return null;
  const [recent, prior] = [mean(last.slice(13)), mean(last.slice(0, 13))];
  // Of the seventeen weeks themselves: a constant and a dummy of the last four.
  const columns = [last.map(() => 1), last.map((_, t) => (t < 13 ? 0 : 1))];
  const fit = fitted(columns, last);
  const own = studentTails(at(fit.coefficients, 1) / at(hacErrors(columns, fit), 1), 15);
  // By the long-run variance of the history.
  const ones = [before.map(() => 1)];
  const weekly = Math.sqrt(before.length) * at(hacErrors(ones, fitted(ones, before)), 0);
  const against = studentTails((recent - prior) / (weekly * Math.sqrt(1 / 4 + 1 / 13)), before.length - 1);
  const seasons = [1, 2, 3, 4, 5].flatMap((year) => {
    const end = weeks.length - Math.round((365.25 / 7) * year);
    const same = end < 4 ? [] : present(weeks.slice(end - 4, end));
    return same.length === 4 ? [mean(same)] : [];
  });
  return { recent, prior, spread: deviation(before), p: Math.max(own, against), seasons };
}

/** Chances of the changes of pace of all groups: with that of the pair's relation the family of tests of an issue. */
export const paceChances = (world: World): readonly { readonly id: string; readonly p: number }[] =>
  once(world, "chances of paces", () =>
    Object.keys(world.workspace.flows.groups).flatMap((id) => {
      const pace = paceOf(world, id);
      return pace === null ? [] : [{ id, p: pace.p }];
    }),
  );
