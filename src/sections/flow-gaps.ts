import type { Fact } from "#src/domain/fact.ts";
import type { Place, Say } from "#src/domain/say.ts";
import { accelerationRules } from "#src/metrics/flow-acceleration.ts";
import type { Group } from "#src/sections/flow-data.ts";
import type { Part } from "#src/sections/flow-part.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

/** What is missing of groups without a total; those of one fund, and those without any flow of the year, are said together. */
export function flowGaps(context: SectionContext, broken: readonly Group[]): readonly Say[] {
  const silent = broken.filter(isSilent);
  const rest = broken.filter((group) => !isSilent(group));
  const single = Map.groupBy(rest.filter(isOfOne), ({ isWeekly }) => (isWeekly ? "weekly" : "daily"));
  return [
    ...rest.filter((group) => !isOfOne(group)).map((group) => partial(context, group)),
    ...[...single].map(([rate, groups]) => together(context, `flows.gap.sparse-${rate}`, groups)),
    ...[...Map.groupBy(silent, lastOf)].map(([last, groups]) => without(context, groups, last)),
  ];
}

const isSilent = ({ funds }: Group): boolean => funds.every(({ measured }) => measured.n === 0);
const isOfOne = ({ funds }: Group): boolean => funds.length === 1;

/** The day of the last flow that any of its funds has; none of a group that never had one. */
const lastOf = ({ columns }: Group): string =>
  columns
    .flatMap(({ dates }) => dates.at(-1) ?? [])
    .sort()
    .at(-1) ?? "";

const nameOf = ({ name }: Group): Place => ({ name });

/** Enters a number that only a gap tells of a group. */
const tell = (
  { facts }: SectionContext,
  { id, fact: { series } }: Group,
  { name, ...rest }: { readonly name: string } & Pick<Fact, "value" | "unit" | "method">,
): Place => ({ fact: facts.add({ ...rest, id: `flows.${id}.${name}`, series }).id });

/** A group of which some funds lack too much of the year. */
function partial(context: SectionContext, group: Group): Say {
  const count = (name: string, value: number): Place =>
    tell(context, group, { name, value, unit: "count", method: "G14 coverage" });
  const missing = group.funds.filter((fund) => fund.fact.value === null);
  return say(`flows.gap.${group.isWeekly ? "weekly" : "daily"}`, {
    name: nameOf(group),
    missing: count("funds-missing", missing.length),
    all: count("funds", group.funds.length),
  });
}

/** Groups that have no flow of the year, whose last is of one day or which never had any. */
function without(context: SectionContext, groups: readonly Group[], last: string): Say {
  const [first] = groups;
  if (first === undefined || last === "") return together(context, "flows.gap.none", groups);
  return together(context, "flows.gap.ended", groups, {
    last: tell(context, first, { name: "last", value: last, unit: "date", method: "last flow" }),
  });
}

/** One sentence of several groups: of two by name, of more by the first two and their number. */
function together(
  context: SectionContext,
  key: string,
  groups: readonly Group[],
  places: Readonly<Record<string, Place>> = {},
): Say {
  const [first, second, ...rest] = groups;
  if (first === undefined) throw new RangeError(`a gap requires a group, ${key} has none`);
  const named = { ...places, name: nameOf(first) };
  if (second === undefined) return say(`${key}.one`, named);
  const both = { ...named, other: nameOf(second) };
  if (rest.length === 0) return say(`${key}.two`, both);
  const value = groups.length;
  return say(`${key}.many`, {
    ...both,
    n: tell(context, first, { name: "gap", value, unit: "count", method: "groups without a total" }),
  });
}

/** Groups with flows of too few weeks for their own history, once a comparison, by the one that has fewest. */
export function shortHistory(context: SectionContext, { gauges }: Part): readonly Say[] {
  const short = gauges.filter(({ size, pace }) => size.z.value === null && pace.acceleration.value === null);
  const [youngest] = short.map(({ group }) => group).toSorted((a, b) => a.weeks.length - b.weeks.length);
  const need = accelerationRules.leastHistory + accelerationRules.recent;
  if (youngest === undefined || youngest.weeks.length >= need) return [];
  const count = (name: string, value: number): Place =>
    tell(context, youngest, { name, value, unit: "count", method: "weeks of flows" });
  return [
    say("flows.short", {
      name: nameOf(youngest),
      n: count("weeks", youngest.weeks.length),
      need: count("weeks-needed", need),
    }),
  ];
}
