import { entriesOf, type Finding, shown, valueAt } from "#src/config/finding.ts";
import { placesOf } from "#src/config/references.ts";
import { kinds } from "#src/domain/series.ts";

/** A setting of a series: its own, or its file's default. */
type SettingOf = (series: string, name: string) => unknown;

/** Places that name a series whose returns are taken: the index first, and what is measured against it. */
const sectorPlaces = ["signals.cyclical.members.*", "signals.defensive.members.*", "signals.others.*"];
export const signalsPricedPlaces = [
  "signals.index",
  "signals.equalWeight",
  ...sectorPlaces,
  "signals.growth.*.over",
  "flows.markets.home",
  "flows.markets.abroad",
];
/** Others that have a value each session. */
export const signalsDailyPlaces = [
  "signals.growth.*.series",
  "signals.growth.*.less",
  "signals.curve.short",
  "signals.curve.long",
];

/** What must hold between the parts of `signals`, and between markets at home and abroad. */
export const signalsFindings = (raw: unknown, settingOf: SettingOf): readonly Finding[] => [
  ...repeatedSectors(raw),
  ...repeatedSignals(raw),
  ...unlikeReturns(raw, settingOf),
  ...wrongSignals(raw, settingOf),
  ...notYields(raw, settingOf),
  ...samePair(raw, ["signals", "curve"], ["short", "long"]),
  ...samePair(raw, ["flows", "markets"], ["home", "abroad"]),
  ...unaccompanied(raw),
  ...restless(raw, settingOf),
];

/** Each sector is in one group, and none is the index: a sum would count it twice, or measure it against itself. */
function repeatedSectors(raw: unknown): readonly Finding[] {
  const seen = new Map<unknown, string>();
  return ["signals.index", ...sectorPlaces].flatMap((pattern) =>
    placesOf(raw, pattern.split(".")).flatMap(({ path, value }): readonly Finding[] => {
      const first = seen.get(value);
      const here = String(path[1]);
      if (first === undefined) {
        seen.set(value, here);
        return [];
      }
      // A list that names a series twice is the schema's to report.
      if (first === here) return [];
      const expected = `a series that is not signals.${first} as well`;
      return [{ path, at: "value", found: shown(value), expected }];
    }),
  );
}

/** Facts are named by what a signal is made of. */
function repeatedSignals(raw: unknown): readonly Finding[] {
  const seen = new Set<string>();
  return placesOf(raw, ["signals", "growth", "*"]).flatMap(({ path, value }): readonly Finding[] => {
    const [series, over, less] = ["series", "over", "less"].map((key) => valueAt(value, [key]));
    const id = JSON.stringify([series, over, less]);
    const isNew = !seen.has(id);
    seen.add(id);
    if (isNew) return [];
    return [{ path, at: "value", found: `${shown(series)} a second time`, expected: "each signal once" }];
  });
}

/** Of what one is measured against another: both with dividends or both without, and in one currency (G3). */
function unlikeReturns(raw: unknown, settingOf: SettingOf): readonly Finding[] {
  const against = (base: readonly PropertyKey[], patterns: readonly string[]) =>
    patterns.flatMap((pattern) =>
      placesOf(raw, pattern.split(".")).flatMap(({ path, value }) =>
        unlike(path, value, valueAt(raw, base), settingOf),
      ),
    );
  return [
    ...against(["signals", "index"], ["signals.equalWeight", ...sectorPlaces]),
    ...against(["flows", "markets", "home"], ["flows.markets.abroad"]),
    ...placesOf(raw, ["signals", "growth", "*", "over"]).flatMap(({ path, value }) =>
      unlike(path, value, valueAt(raw, [...path.slice(0, -1), "series"]), settingOf),
    ),
  ];
}

function unlike(
  path: readonly PropertyKey[],
  value: unknown,
  base: unknown,
  settingOf: SettingOf,
): readonly Finding[] {
  if (typeof value !== "string" || typeof base !== "string") return [];
  const of = (name: string) => [value, base].map((series) => settingOf(series, name));
  const [kind, baseKind] = of("kind");
  const [money, baseMoney] = of("currency");
  const fault = (found: string, expected: string): Finding => ({ path, at: "value", found, expected });
  const hasDividends = (each: unknown): boolean => each === "total-return";
  if (kind !== undefined && baseKind !== undefined && hasDividends(kind) !== hasDividends(baseKind)) {
    const expected = `a series ${hasDividends(baseKind) ? "" : "not "}of kind total-return, as ${base} is ${hasDividends(baseKind) ? "of it" : "not"}`;
    return [fault(`${shown(value)} of kind ${String(kind)}`, expected)];
  }
  if (money === undefined || baseMoney === undefined || money === baseMoney) return [];
  return [fault(`${shown(value)}, in ${String(money)}`, `a series in ${String(baseMoney)}, as ${base}`)];
}

const priced: readonly unknown[] = ["price", "total-return", "level", "fx"];

/** A ratio is of prices, a difference of yields, and a signal is one of them at most. */
function wrongSignals(raw: unknown, settingOf: SettingOf): readonly Finding[] {
  return placesOf(raw, ["signals", "growth", "*"]).flatMap(({ path, value }): readonly Finding[] => {
    const [series, over, less] = ["series", "over", "less"].map((key) => valueAt(value, [key]));
    if (over !== undefined && less !== undefined) {
      const expected = "either over, for a ratio of prices, or less, for a difference of yields";
      return [{ path: [...path, "less"], at: "key", found: "less beside over", expected }];
    }
    const kindOf = (id: unknown) => (typeof id === "string" ? settingOf(id, "kind") : undefined);
    const wrong = (key: string, id: unknown, fits: readonly unknown[]): readonly Finding[] => {
      const kind = kindOf(id);
      if (!kinds.some((known) => known === kind) || fits.includes(kind)) return [];
      const found = `${shown(id)} of kind ${String(kind)}`;
      return [{ path: [...path, key], at: "value", found, expected: `a series of kind ${fits.join(", ")}` }];
    };
    if (less !== undefined) return [...wrong("series", series, ["yield"]), ...wrong("less", less, ["yield"])];
    return wrong("series", series, over === undefined ? [...priced, "yield"] : priced);
  });
}

function notYields(raw: unknown, settingOf: SettingOf): readonly Finding[] {
  return placesOf(raw, ["signals", "curve", "*"]).flatMap(({ path, value }): readonly Finding[] => {
    const kind = typeof value === "string" ? settingOf(value, "kind") : undefined;
    if (!kinds.some((known) => known === kind) || kind === "yield") return [];
    const found = `${shown(value)} of kind ${String(kind)}`;
    return [{ path, at: "value", found, expected: "a series of kind yield" }];
  });
}

/** What is compared with itself never moves. */
function samePair(
  raw: unknown,
  at: readonly string[],
  [one, other]: readonly [string, string],
): readonly Finding[] {
  const value = valueAt(raw, [...at, other]);
  if (value === undefined || value !== valueAt(raw, [...at, one])) return [];
  return [{ path: [...at, other], at: "value", found: shown(value), expected: `another series than ${one}` }];
}

/** A contradiction is always shown beside the correlation surprise, which is of the series of turbulence. */
function unaccompanied(raw: unknown): readonly Finding[] {
  const signals = entriesOf(valueAt(raw, ["signals", "growth"])).length;
  if (signals === 0 || entriesOf(valueAt(raw, ["conditions", "turbulence"])).length > 0) return [];
  const expected = "conditions.turbulence, whose correlation surprise stands beside their contradiction";
  return [{ path: ["signals", "growth"], at: "key", found: "signals of growth without it", expected }];
}

/** Monthly numbers stand until the next. */
function restless(raw: unknown, settingOf: SettingOf): readonly Finding[] {
  return ["signals.clock.growth.*", "signals.clock.inflation"].flatMap((pattern) =>
    placesOf(raw, pattern.split(".")).flatMap(({ path, value }): readonly Finding[] => {
      const isKnown = typeof value === "string" && valueAt(raw, ["series", value]) !== undefined;
      if (!isKnown || settingOf(value, "staleAfter") !== undefined) return [];
      const expected = "a monthly series, which has staleAfter: for example 75 days";
      return [{ path, at: "value", found: `${shown(value)} without it`, expected }];
    }),
  );
}
