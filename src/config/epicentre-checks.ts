import { entriesOf, type Finding, shown, valueAt } from "#src/config/finding.ts";
import { placesOf } from "#src/config/references.ts";
import { kinds } from "#src/domain/series.ts";

/** A setting of a series: its own, or its file's default. */
type SettingOf = (series: string, name: string) => unknown;

/** What is traded, in shares or money. */
const traded: readonly string[] = ["count", "aum"];
/** What can grow: positive numbers. */
const growing: readonly string[] = ["price", "total-return", "level", "count", "aum", "ratio", "earnings"];
const fitting: readonly (readonly [pattern: string, kinds: readonly string[]])[] = [
  ["epicentre.multiple", ["ratio"]],
  ["epicentre.earnings", ["earnings"]],
  ["epicentre.volume", traded],
  ["grid.volume", traded],
  ["grid.spillover.*", growing],
];

/** What must hold between the parts of `epicentre` and `grid`. */
export const epicentreFindings = (raw: unknown, settingOf: SettingOf): readonly Finding[] => [
  ...fitting.flatMap(([pattern, fits]) => unfitting(raw, settingOf, pattern, fits)),
  ...loneEarnings(raw),
  ...dailySpillover(raw, settingOf),
  ...ownMarket(raw),
];

function unfitting(
  raw: unknown,
  settingOf: SettingOf,
  pattern: string,
  fits: readonly string[],
): readonly Finding[] {
  return placesOf(raw, pattern.split(".")).flatMap(({ path, value }): readonly Finding[] => {
    const kind = typeof value === "string" ? settingOf(value, "kind") : undefined;
    // A kind that does not exist is the schema's to report.
    if (!kinds.some((known) => known === kind) || fits.some((each) => each === kind)) return [];
    const expected = `a series of kind ${fits.join(", ")}`;
    return [{ path, at: "value", found: `${shown(value)} of kind ${String(kind)}`, expected }];
  });
}

/** Earnings split a return beside the multiple that is paid for them. */
function loneEarnings(raw: unknown): readonly Finding[] {
  const [earnings, multiple] = ["earnings", "multiple"].map((key) => valueAt(raw, ["epicentre", key]));
  if (earnings === undefined || multiple !== undefined) return [];
  const expected = "multiple, the price-earnings ratio of these earnings";
  return [{ path: ["epicentre", "earnings"], at: "key", found: "earnings without it", expected }];
}

/** Growth over twelve months is of monthly numbers, which stand until the next. */
const dailySpillover = (raw: unknown, settingOf: SettingOf): readonly Finding[] =>
  placesOf(raw, ["grid", "spillover", "*"]).flatMap(({ path, value }): readonly Finding[] => {
    if (typeof value !== "string" || settingOf(value, "kind") === undefined) return [];
    if (settingOf(value, "staleAfter") !== undefined) return [];
    const expected = "a monthly series, which says for how many days a value stands: staleAfter";
    return [{ path, at: "value", found: `${shown(value)} without staleAfter`, expected }];
  });

/** What is held against itself never parts from it. */
const ownMarket = (raw: unknown): readonly Finding[] => {
  const market = valueAt(raw, ["epicentre", "market"]);
  const others = ["sector", "subindustries", "names"].flatMap((key) => {
    const value = valueAt(raw, ["epicentre", key]);
    return typeof value === "string"
      ? [{ path: ["epicentre", key], value }]
      : entriesOf(value).map(([i, each]) => ({ path: ["epicentre", key, i], value: each }));
  });
  return others.flatMap(({ path, value }): readonly Finding[] =>
    market !== undefined && value === market
      ? [{ path, at: "value", found: shown(value), expected: "a series that is not the market as well" }]
      : [],
  );
};
