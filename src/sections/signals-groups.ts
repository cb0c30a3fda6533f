import type { Column } from "#src/domain/panel.ts";
import type { SignalRules } from "#src/domain/signals-rules.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { innerJoin } from "#src/metrics/inner-join.ts";
import {
  type JointGroups,
  type JointStrength,
  jointRules,
  jointStrength,
  jointStrengthPath,
  standingAgainst,
} from "#src/metrics/joint-strength.ts";
import { basketReturns } from "#src/metrics/pair-return.ts";
import { type RelativeStrength, relativeStrength } from "#src/metrics/relative-strength.ts";
import { type Measured, mapMeasured, ok } from "#src/metrics/result.ts";
import { lackOf, lateness, without } from "#src/sections/regime-data.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** A sector against the index over twenty sessions. */
export interface Sector {
  readonly column: Column;
  readonly group: "cyclical" | "defensive" | "other";
  readonly measured: Measured<RelativeStrength>;
}

/** Both groups against the index as of the last day that all of their sectors have. */
export interface Groups {
  readonly dates: readonly IsoDate[];
  readonly joint: JointStrength;
  /** Of each group over twenty sessions. */
  readonly cyclical: RelativeStrength;
  readonly defensive: RelativeStrength;
  /** Against the equal-weight index; both `null` without one that reaches that day. */
  readonly against: JointStrength["againstEqualWeight"];
  readonly equalWeight: number | null;
}

const { horizon, history, rarityHistory } = jointRules;
/** A z needs so many closes. */
const needs = { least: horizon + history.min + 1, returns: true };
/** What the rarity of today's z looks back on at most. */
const mostDays = rarityHistory.preferred + history.preferred + horizon + 1;

/** The groups against the index, or why not. */
export function groupsOf(context: SectionContext, rules: SignalRules): Measured<Groups> {
  const { cyclical, defensive, index } = rules;
  const ids = [...cyclical.members, ...defensive.members, index];
  const lack = ids
    .map((id) => lackOf(context, context.panel.column(id), needs))
    .find((each) => each !== null);
  if (lack) return without(lack);
  const { dates, groups } = joinedGroups(context, rules, index);
  const late = lateness(context, dates.at(-1) ?? "");
  if (late !== null) return without(late);
  if (groups === null) return without({ code: "not-positive" });
  const joint = jointStrength(groups);
  const [c, d] = [groups.cyclical, groups.defensive].map((each) => relativeStrength(each, groups.index));
  if (joint.value === null) return joint;
  if (!(c?.value && d?.value)) return without({ code: "no-value" });
  const equal = equalWeightOf(context, rules, dates.at(-1) ?? "");
  const against =
    equal === null || joint.value.joint === 0 ? null : standingAgainst(joint.value.joint, equal);
  const value: Groups = {
    dates,
    joint: joint.value,
    cyclical: c.value,
    defensive: d.value,
    against,
    equalWeight: against === null ? null : equal,
  };
  return { ...mapMeasured(joint, () => value) };
}

/** Levels of both groups, equal weights daily, and of an index on the days that all sectors and it have. */
function joinedGroups(
  { panel }: SectionContext,
  { cyclical, defensive }: SignalRules,
  index: string,
): { readonly dates: readonly IsoDate[]; readonly groups: JointGroups | null } {
  const ids = [...cyclical.members, ...defensive.members, index];
  const joined = innerJoin(ids.map((id) => panel.column(id)));
  const prices = joined.values.map((path) => path.slice(-mostDays));
  const [up, down] = [
    levelOf(prices.slice(0, cyclical.members.length)),
    levelOf(prices.slice(cyclical.members.length, -1)),
  ];
  const groups =
    up === null || down === null ? null : { cyclical: up, defensive: down, index: prices.at(-1) ?? [] };
  return { dates: joined.dates.slice(-mostDays), groups };
}

/** What 1 became, brought back to equal weights at every close. */
function levelOf(prices: readonly (readonly number[])[]): readonly number[] | null {
  const returns = basketReturns(prices).value;
  if (returns === null) return null;
  const levels = [1];
  for (const r of returns) levels.push((levels.at(-1) ?? 1) * (1 + r));
  return levels;
}

/** J against the equal-weight index on that day; `null` where it has none. */
function equalWeightOf(context: SectionContext, rules: SignalRules, day: IsoDate): number | null {
  const { equalWeight } = rules;
  if (equalWeight === null || lackOf(context, context.panel.column(equalWeight), needs) !== null) return null;
  const { dates, groups } = joinedGroups(context, rules, equalWeight);
  if (groups === null || dates.at(-1) !== day) return null;
  return jointStrengthPath(groups).joint.at(-1) ?? null;
}

/** Every sector against the index, each on the days that both have; none that does not reach the last of the groups' days. */
export function sectorsOf(context: SectionContext, rules: SignalRules, day: IsoDate): readonly Sector[] {
  const index = context.panel.column(rules.index);
  const of = (group: Sector["group"], ids: readonly string[]) =>
    ids.map((id): Sector => {
      const column = context.panel.column(id);
      return { column, group, measured: strengthOf(context, column, index, day) };
    });
  return [
    ...of("cyclical", rules.cyclical.members),
    ...of("defensive", rules.defensive.members),
    ...of("other", rules.others),
  ];
}

/** Of a sector only its own twenty sessions are asked for, and a z where its history has one. */
function strengthOf(
  context: SectionContext,
  column: Column,
  index: Column,
  day: IsoDate,
): Measured<RelativeStrength> {
  const lack = lackOf(context, column, { ...needs, least: horizon + 1 });
  if (lack !== null) return without(lack);
  const { dates, values } = innerJoin([column, index]);
  if (dates.at(-1) !== day) return without({ code: "stale" });
  const [own = [], all = []] = values.map((path) => path.slice(-needs.least));
  const found = relativeStrength(own, all);
  return found.value === null ? found : ok(found.value, found.n);
}
