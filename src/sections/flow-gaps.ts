import type { Fact } from "#src/domain/fact.ts";
import type { Place, Say } from "#src/domain/say.ts";
import { accelerationRules } from "#src/metrics/flow-acceleration.ts";
import type { Group } from "#src/sections/flow-data.ts";
import type { Part } from "#src/sections/flow-part.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

/** What is missing of groups without a total: those without any flow of the year together, by the day of their last. */
export function flowGaps(context: SectionContext, broken: readonly Group[]): readonly Say[] {
  const lastOf = ({ columns }: Group): string =>
    columns
      .flatMap(({ dates }) => dates.at(-1) ?? [])
      .sort()
      .at(-1) ?? "";
  const silent = Map.groupBy(broken.filter(isSilent), lastOf);
  return [
    ...broken.filter((group) => !isSilent(group)).map((group) => partial(context, group)),
    ...[...silent].map(([last, groups]) => without(context, groups, last)),
  ];
}

const isSilent = ({ funds }: Group): boolean => funds.every(({ measured }) => measured.n === 0);

const nameOf = ({ name }: Group): Place => ({ name });

/** Enters a number that only a gap tells of a group. */
const tell = (
  { facts }: SectionContext,
  { id, fact: { series } }: Group,
  { name, ...rest }: { readonly name: string } & Pick<Fact, "value" | "unit" | "method">,
): Place => ({ fact: facts.add({ ...rest, id: `flows.${id}.${name}`, series }).id });

/** A group of which some funds lack too much of the year, or the only one does. */
function partial(context: SectionContext, group: Group): Say {
  const rate = group.isWeekly ? "weekly" : "daily";
  const name = nameOf(group);
  if (group.funds.length === 1) return say(`flows.gap.${rate}-one`, { name });
  const count = (id: string, value: number): Place =>
    tell(context, group, { name: id, value, unit: "count", method: "G14 coverage" });
  const missing = group.funds.filter((fund) => fund.fact.value === null);
  return say(`flows.gap.${rate}`, {
    name,
    missing: count("funds-missing", missing.length),
    all: count("funds", group.funds.length),
  });
}

/** Groups that have no flow of the year, whose last is of one day or which never had any. */
function without(context: SectionContext, groups: readonly Group[], last: string): Say {
  const [first, second, ...rest] = groups;
  if (first === undefined) return say("flows.none.claim");
  const add = (name: string, value: number | string, unit: Fact["unit"]): Place =>
    tell(context, first, { name, value, unit, method: "last flow" });
  const size = second === undefined ? "one" : rest.length === 0 ? "two" : "many";
  return say(`flows.gap.${last === "" ? "none" : "ended"}.${size}`, {
    name: nameOf(first),
    ...(second === undefined ? {} : { other: nameOf(second) }),
    ...(size === "many" ? { n: add("without-flows", groups.length, "count") } : {}),
    ...(last === "" ? {} : { last: add("last", last, "date") }),
  });
}

/** Groups with flows of too few weeks for their own history, once a comparison, by the first. */
export function shortHistory(context: SectionContext, { gauges }: Part): readonly Say[] {
  const short = gauges.filter(({ size, pace }) => size.z.value === null && pace.acceleration.value === null);
  const [first] = short;
  const weeks = Math.min(...short.map(({ group }) => group.weeks.length));
  const need = accelerationRules.leastHistory + accelerationRules.recent;
  if (first === undefined || weeks >= need) return [];
  const count = (name: string, value: number): Place =>
    tell(context, first.group, { name, value, unit: "count", method: "weeks of flows" });
  return [
    say("flows.short", {
      name: nameOf(first.group),
      n: count("weeks", weeks),
      need: count("weeks-needed", need),
    }),
  ];
}
