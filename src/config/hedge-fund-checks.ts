import { entriesOf, type Finding, shown, valueAt } from "#src/config/finding.ts";
import { placesOf } from "#src/config/references.ts";
import { didYouMean } from "#src/domain/nearest.ts";

/** A setting of a series: its own, or its file's default. */
type SettingOf = (series: string, name: string) => unknown;

/** What must hold between the parts of `hedgeFunds`. */
export const hedgeFundFindings = (raw: unknown, settingOf: SettingOf): readonly Finding[] => [
  ...withoutBenchmark(raw),
  ...halfOfTwo(raw),
  ...repeatedSeries(raw),
  ...wrongKinds(raw, settingOf),
  ...pricesOfVolumes(raw, settingOf),
];

const section = ["hedgeFunds"] as const;

/** Strategies are held against a market and what earns without risk. */
function withoutBenchmark(raw: unknown): readonly Finding[] {
  if (entriesOf(valueAt(raw, [...section, "strategies"])).length === 0) return [];
  return ["market", "cash"]
    .filter((name) => valueAt(raw, [...section, name]) === undefined)
    .map((name): Finding => {
      const expected = `${name}, against which strategies are held`;
      return { path: [...section, "strategies"], at: "key", found: "strategies without it", expected };
    });
}

/** Either both of two listed series, or names with their volumes. */
function halfOfTwo(raw: unknown): readonly Finding[] {
  const path = [...section, "liquidity"];
  const rule = valueAt(raw, path);
  if (typeof rule !== "object" || rule === null) return [];
  const [two, volumes] = [
    ["liquid", "illiquid"].filter((name) => valueAt(rule, [name]) !== undefined),
    valueAt(rule, ["volumes"]),
  ];
  if (volumes !== undefined && two.length > 0) {
    const expected = "either liquid and illiquid, or volumes";
    return [{ path: [...path, "volumes"], at: "key", found: `volumes beside ${two.join(", ")}`, expected }];
  }
  if (volumes !== undefined) {
    const count = entriesOf(volumes).length;
    if (count >= leastNames) return [];
    return [
      { path: [...path, "volumes"], at: "value", found: `${count} names`, expected: "thirty names or more" },
    ];
  }
  if (two.length === 2) return [];
  const expected = "liquid and illiquid, or volumes";
  return [{ path, at: "key", found: two.length === 0 ? "neither" : `${two.join()} alone`, expected }];
}

const leastNames = 30;

/** One index does not stand for two strategies. */
function repeatedSeries(raw: unknown): readonly Finding[] {
  const places = placesOf(raw, [...section, "strategies", "*", "series"]);
  return places.flatMap(({ path, value }, i): readonly Finding[] =>
    places.findIndex((each) => each.value === value) === i
      ? []
      : [{ path, at: "value", found: `${shown(value)} a second time`, expected: "each index once" }],
  );
}

const kindsOf: readonly (readonly [place: string, kinds: readonly string[]])[] = [
  ["strategies.*.series", ["return", "total-return"]],
  ["market", ["return", "total-return"]],
  ["cash", ["yield"]],
  ["liquidity.volumes.*", ["count"]],
];

function wrongKinds(raw: unknown, settingOf: SettingOf): readonly Finding[] {
  return kindsOf.flatMap(([place, kinds]) =>
    placesOf(raw, [...section, ...place.split(".")]).flatMap(({ path, value }): readonly Finding[] => {
      const kind = typeof value === "string" ? settingOf(value, "kind") : undefined;
      if (kind === undefined || kinds.some((each) => each === kind)) return [];
      const expected = `a series of kind ${kinds.join(", ")}`;
      return [{ path, at: "value", found: `${shown(value)} of kind ${String(kind)}`, expected }];
    }),
  );
}

const priced: readonly unknown[] = ["price", "total-return"];

/** Volumes stand under the ids of their names. */
function pricesOfVolumes(raw: unknown, settingOf: SettingOf): readonly Finding[] {
  const series = entriesOf(valueAt(raw, ["series"])).map(([id]) => String(id));
  return entriesOf(valueAt(raw, [...section, "liquidity", "volumes"])).flatMap(([id]): readonly Finding[] => {
    const name = String(id);
    const path = [...section, "liquidity", "volumes", name];
    if (!series.includes(name)) {
      const expected = `the id of a series of this workspace${didYouMean(name, series)}`;
      return [{ path, at: "key", found: shown(name), expected }];
    }
    const kind = settingOf(name, "kind");
    if (kind === undefined || priced.includes(kind)) return [];
    const expected = `a series of kind ${priced.join(", ")}`;
    return [{ path, at: "key", found: `${shown(name)} of kind ${String(kind)}`, expected }];
  });
}
