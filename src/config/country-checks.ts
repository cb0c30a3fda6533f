import { entriesOf, type Finding, shown, valueAt } from "#src/config/finding.ts";
import { placesOf } from "#src/config/references.ts";
import { countryNames } from "#src/domain/country-rules.ts";
import { kinds } from "#src/domain/series.ts";

/** A setting of a series: its own, or its file's default. */
type SettingOf = (series: string, name: string) => unknown;

/** What must hold between the parts of `countries`. */
export const countryFindings = (raw: unknown, settingOf: SettingOf): readonly Finding[] => [
  ...homeless(raw),
  ...placesOf(raw, ["countries", "*"]).flatMap(({ path, value }) => [
    ...lonely(path, value),
    ...mixedReturns(path, value, settingOf),
    ...fewSigns(path, value),
    ...unorderedFixings(path, value),
  ]),
  ...wrongKinds(raw, settingOf),
  ...endless(raw, settingOf),
];

/** The series of a country that have a price each session: they are changes over days that are told. */
export const countryPrices = [
  "countries.*.index",
  "countries.*.world",
  "countries.*.dollars",
  "countries.*.label.effective",
  "countries.*.label.banks",
  "countries.*.label.gold",
];

/** A country without a section of its name would be told of nowhere. */
const homeless = (raw: unknown): readonly Finding[] =>
  placesOf(raw, ["countries", "*"])
    .filter(({ path }) => !countryNames.some((name) => name === path.at(-1)))
    .map(({ path }): Finding => {
      const expected = `the name of a section: ${countryNames.join(", ")}`;
      return { path, at: "key", found: `the country ${String(path.at(-1))}`, expected };
    });

/** What one key is of no use without. */
const partners: readonly (readonly [key: string, needed: readonly string[], why: string])[] = [
  ["world", ["currency"], "in which the two are compared"],
  ["dollars", ["currency"], "whose part it is shown beside"],
  ["fixings", ["currency"], "whose rates they are"],
  ["flip", ["currency"], "which the index is correlated with"],
  ["book", ["worldBook"], "which it is compared with"],
  ["worldBook", ["book"], "which is compared with it"],
];

function lonely(path: readonly PropertyKey[], value: unknown): readonly Finding[] {
  return partners.flatMap(([key, needed, why]): readonly Finding[] => {
    const own = valueAt(value, [key]);
    const isThere = Array.isArray(own) ? own.length > 0 : own !== undefined && own !== false;
    const missing = needed.filter((other) => valueAt(value, [other]) === undefined);
    if (!isThere || missing.length === 0) return [];
    return [
      { path: [...path, key], at: "key", found: `${key} without it`, expected: `${missing[0]}, ${why}` },
    ];
  });
}

/** Dividends in one of two returns alone would be taken for strength (G3). */
function mixedReturns(
  path: readonly PropertyKey[],
  value: unknown,
  settingOf: SettingOf,
): readonly Finding[] {
  const kindOf = (key: string): unknown => {
    const id = valueAt(value, [key]);
    return typeof id === "string" ? settingOf(id, "kind") : undefined;
  };
  const [index, world] = [kindOf("index"), kindOf("world")];
  const isMixed =
    [index, world].every((kind) => kinds.some((known) => known === kind)) &&
    (index === "total-return") !== (world === "total-return");
  if (!isMixed) return [];
  const expected = `a series ${index === "total-return" ? "with" : "without"} dividends, as the index is`;
  return [
    {
      path: [...path, "world"],
      at: "value",
      found: `${shown(valueAt(value, ["world"]))} of kind ${String(world)}`,
      expected,
    },
  ];
}

const leastSigns = 4;

/** A label wants four signs: the index is one, and the yield another where it is named. */
function fewSigns(path: readonly PropertyKey[], value: unknown): readonly Finding[] {
  const label = valueAt(value, ["label"]);
  if (label === undefined) return [];
  const currency = valueAt(value, ["currency"]) !== undefined;
  const usable = entriesOf(label).filter(([key]) => key !== "gold" || currency);
  const have = 1 + usable.length + (valueAt(value, ["yield"]) === undefined ? 0 : 1);
  if (have >= leastSigns) return [];
  const expected = `four signs or more: index, yield, effective, breakeven, banks, and gold with a currency`;
  return [{ path: [...path, "label"], at: "value", found: `${have} of them`, expected }];
}

/** One fixing has no beginning, and the others begin one after another. */
function unorderedFixings(path: readonly PropertyKey[], value: unknown): readonly Finding[] {
  const days = entriesOf(valueAt(value, ["fixings"])).map(([, each]) => valueAt(each, ["from"]));
  return days.flatMap((from, i): readonly Finding[] => {
    const before = days[i - 1];
    const place = [...path, "fixings", i];
    if (i === 0)
      return from === undefined
        ? []
        : [
            {
              path: [...place, "from"],
              at: "key",
              found: "from of the first",
              expected: "none: it has no day before it",
            },
          ];
    if (from === undefined)
      return [{ path: place, at: "key", found: "a fixing without it", expected: "from, its first day" }];
    const isLater = typeof before !== "string" || String(from) > before;
    return isLater
      ? []
      : [{ path: [...place, "from"], at: "value", found: shown(from), expected: `a day after ${before}` }];
  });
}

const priced: readonly unknown[] = ["price", "total-return", "level"];

/** Where a series of a kind is needed that says something else than a price. */
const places: readonly (readonly [pattern: string, fits: readonly unknown[]])[] = [
  ...countryPrices.map((pattern) => [pattern, priced] as const),
  ["countries.*.currency", ["fx"]],
  ["countries.*.yield", ["yield"]],
  ["countries.*.label.breakeven", ["yield"]],
  ["countries.*.target", ["level", "price"]],
  ["countries.*.earnings.*.series", ["earnings"]],
  ["countries.*.multiple", ["ratio"]],
  ["countries.*.book", ["ratio"]],
  ["countries.*.worldBook", ["ratio"]],
  ["countries.*.foreign", ["ratio"]],
];

function wrongKinds(raw: unknown, settingOf: SettingOf): readonly Finding[] {
  return places.flatMap(([pattern, fits]) =>
    placesOf(raw, pattern.split(".")).flatMap(({ path, value }): readonly Finding[] => {
      const kind = typeof value === "string" ? settingOf(value, "kind") : undefined;
      // A kind that does not exist is the schema's to report.
      if (!kinds.some((known) => known === kind) || fits.includes(kind)) return [];
      const expected = `a series of kind ${fits.join(", ")}`;
      return [{ path, at: "value", found: `${shown(value)} of kind ${String(kind)}`, expected }];
    }),
  );
}

/** A number that somebody publishes now and then stands until the next: somebody must say for how long at most. */
const standing = ["target", "earnings.*.series", "multiple", "book", "worldBook"];

function endless(raw: unknown, settingOf: SettingOf): readonly Finding[] {
  return standing.flatMap((place) =>
    placesOf(raw, ["countries", "*", ...place.split(".")]).flatMap(({ path, value }): readonly Finding[] => {
      const isKnown = typeof value === "string" && settingOf(value, "kind") !== undefined;
      if (!isKnown || settingOf(value, "staleAfter") !== undefined) return [];
      const expected =
        "a series with staleAfter: its numbers stand until the next, and somebody must say for how long";
      return [{ path, at: "value", found: shown(value), expected }];
    }),
  );
}
