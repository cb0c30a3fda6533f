import { exchanges } from "#src/calendar/exchanges.ts";
import { entriesOf, type Finding, shown, valueAt } from "#src/config/finding.ts";
import { didYouMean } from "#src/domain/nearest.ts";

/** What may be referred to, and the maps that define it. */
const targets = {
  calendar: [["calendars"]],
  file: [["files"]],
  series: [["series"]],
  "series or pair": [["series"], ["pairs"]],
  group: [["flows", "groups"]],
  basket: [["baskets"]],
} as const satisfies Record<string, readonly (readonly string[])[]>;
type Target = keyof typeof targets;

/** Every place that names something; `*` stands for any key or position. */
const references: readonly (readonly [path: string, target: Target])[] = [
  ["publications.*.calendar", "calendar"],
  ["publications.*.keyNumbers.*", "series or pair"],
  ["files.*.defaults.calendar", "calendar"],
  ["series.*.calendar", "calendar"],
  ["series.*.file", "file"],
  ["levels.*.series", "series"],
  ["superlatives.*", "series"],
  ["milestones.*.series", "series"],
  ["flows.groups.*.members.*", "series"],
  ["flows.compare.*", "group"],
  ["flows.compare.*.*", "group"],
  ["pairs.*.long.members.*", "series"],
  ["pairs.*.shorts.members.*", "series"],
  ["pairs.*.market", "series"],
  ["pairs.*.costs.cash", "series"],
  ["pairs.*.long.basket", "basket"],
  ["pairs.*.shorts.basket", "basket"],
  ["regime.*", "series"],
  ["flows.groups.*.assets.*", "series"],
  ["flows.crowding.*.group", "group"],
  ["flows.crowding.*.concentration", "series"],
  ["flows.crowding.*.valuation", "series"],
  ["flows.crowding.*.daysToCover", "series"],
  ["flows.crowding.*.members.*", "series"],
  ["flows.crowding.*.market", "series"],
  ["surface.index", "series"],
  ["surface.groups.*.members.*", "series"],
  ["surface.implied.*", "series"],
  ...[
    "index",
    "currency",
    "world",
    "dollars",
    "yield",
    "target",
    "earnings.*.series",
    "multiple",
    "book",
  ].map((key) => [`countries.*.${key}`, "series"] as const),
  ...["worldBook", "foreign", "label.*"].map((key) => [`countries.*.${key}`, "series"] as const),
  ["narratives.sources.*.articles", "series"],
  ["narratives.themes.*.hits.*", "series"],
  ["narratives.themes.*.share.*", "series"],
  ["narratives.themes.*.tone", "series"],
  ["narratives.themes.*.tone.*", "series"],
  ["narratives.capital.*", "series"],
  ["narratives.victims.members.*", "series"],
  ["narratives.victims.market", "series"],
  ["narratives.subindustries.*.series", "series"],
  ["narratives.subindustries.*.mentions", "series"],
  ["narratives.subindustries.*.articles", "series"],
  ["narratives.market", "series"],
  ["narratives.capex.*", "series"],
  ["narratives.intensity.*", "series"],
  ["epicentre.sector", "series"],
  ["epicentre.market", "series"],
  ["epicentre.multiple", "series"],
  ["epicentre.earnings", "series"],
  ["epicentre.volume", "series"],
  ["epicentre.subindustries.*", "series"],
  ["epicentre.names.*", "series"],
  ["grid.basket", "basket"],
  ["grid.market", "series"],
  ["grid.volume", "series"],
  ["grid.spillover.*", "series"],
  ["hedgeFunds.market", "series"],
  ["hedgeFunds.cash", "series"],
  ["hedgeFunds.strategies.*.series", "series"],
  ["hedgeFunds.liquidity.liquid", "series"],
  ["hedgeFunds.liquidity.illiquid", "series"],
  ["hedgeFunds.liquidity.volumes.*", "series"],
  ["hedgeFunds.adaptive.adaptive", "series"],
  ["hedgeFunds.adaptive.static", "series"],
  ["checks.*.*.*.series", "series"],
  ["checks.*.*.*.*.series", "series"],
  ["conditions.turbulence.*", "series"],
  ["conditions.absorption.*", "series"],
  ["conditions.appetite.*.series", "series"],
  ["conditions.appetite.*.over", "series"],
  ["conditions.breaks.*", "series"],
  ["conditions.states", "series"],
  ["conditions.universe.*", "series"],
  ["conditions.factors.*.long", "series"],
  ["conditions.factors.*.short", "series"],
  ["flows.markets.home", "series"],
  ["flows.markets.abroad", "series"],
  ["signals.index", "series"],
  ["signals.equalWeight", "series"],
  ["signals.cyclical.members.*", "series"],
  ["signals.defensive.members.*", "series"],
  ["signals.others.*", "series"],
  ["signals.growth.*.series", "series"],
  ["signals.growth.*.over", "series"],
  ["signals.growth.*.less", "series"],
  ["signals.curve.short", "series"],
  ["signals.curve.long", "series"],
  ["signals.clock.growth.*", "series"],
  ["signals.clock.inflation", "series"],
  ["quality.agree.*.series", "series"],
  ["quality.agree.*.with", "series"],
  ["quality.identities.*.total", "series"],
  ["quality.identities.*.parts.*", "series"],
  ["quality.accept.*.series", "series"],
];

/** Names that nothing in the workspace bears. Works on whatever could be read, so that they show beside faults of shape. */
export function danglingReferences(raw: unknown): readonly Finding[] {
  return references.flatMap(([path, target]) => {
    const known = definedIn(raw, target);
    return placesOf(raw, path.split("."))
      .filter(({ value }) => typeof value === "string" && !known.has(value))
      .map(({ path: place, value }): Finding => {
        const expected = `the id of a ${target} of this workspace${hint(String(value), known)}`;
        return { path: place, at: "value", found: shown(value), expected };
      });
  });
}

function hint(written: string, known: ReadonlySet<string>): string {
  const similar = didYouMean(written, known);
  if (similar !== "") return similar;
  return known.size > 0 && known.size <= 12 ? ` (${[...known].join(", ")})` : "";
}

function definedIn(raw: unknown, target: Target): ReadonlySet<string> {
  const ids = targets[target].flatMap((path) => entriesOf(valueAt(raw, path)).map(([id]) => String(id)));
  return new Set(target === "calendar" ? [...Object.keys(exchanges), ...ids] : ids);
}

/** Whatever stands where a pattern such as `pairs.*.long.members.*` leads. */
export function placesOf(
  raw: unknown,
  pattern: readonly string[],
): readonly { path: readonly PropertyKey[]; value: unknown }[] {
  let places: readonly { path: readonly PropertyKey[]; value: unknown }[] = [{ path: [], value: raw }];
  for (const step of pattern) {
    places = places.flatMap(({ path, value }) =>
      entriesOf(value)
        .filter(([key]) => step === "*" || key === step)
        .map(([key, each]) => ({ path: [...path, key], value: each })),
    );
  }
  return places;
}
