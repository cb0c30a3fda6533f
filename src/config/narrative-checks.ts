import { entriesOf, type Finding, shown, valueAt } from "#src/config/finding.ts";
import { placesOf } from "#src/config/references.ts";
import { kinds } from "#src/domain/series.ts";

/** A setting of a series: its own, or its file's default. */
type SettingOf = (series: string, name: string) => unknown;

const root = "narratives";

/** Places of prices that have a value each session. */
export const narrativePrices: readonly string[] = [
  "narratives.victims.members.*",
  "narratives.victims.market",
  "narratives.subindustries.*.series",
  "narratives.market",
  "narratives.capex.market",
];

const counted = [
  "narratives.sources.*.articles",
  "narratives.themes.*.hits.*",
  "narratives.subindustries.*.mentions",
  "narratives.subindustries.*.articles",
];
const quarterly = ["capex", "sales", "income", "depreciation", "cashflow"].map(
  (name) => `narratives.capex.${name}`,
);

/** Kinds of series that fit each place, beside prices. */
const fitting: readonly (readonly [places: readonly string[], kinds: readonly string[]])[] = [
  [counted, ["count"]],
  [["narratives.themes.*.share.*", "narratives.intensity.*"], ["ratio"]],
  [["narratives.themes.*.tone.*", "narratives.themes.*.tone"], ["tone"]],
  [["narratives.capital.*"], ["aum"]],
  [quarterly, ["flow", "earnings"]],
];

/** What must hold between the parts of `narratives`. */
export const narrativeFindings = (raw: unknown, settingOf: SettingOf): readonly Finding[] => [
  ...fitting.flatMap(([places, fits]) => wrongKinds(raw, settingOf, places, fits)),
  ...unknownSources(raw),
  ...silentThemes(raw),
  ...unknownThemes(raw),
  ...sharedSeries(raw),
  ...mixedFrequencies(raw, settingOf),
  ...industryFindings(raw),
  ...moneyFindings(raw, settingOf),
  ...intensityFindings(raw, settingOf),
];

function wrongKinds(
  raw: unknown,
  settingOf: SettingOf,
  places: readonly string[],
  fits: readonly string[],
): readonly Finding[] {
  return places.flatMap((pattern) =>
    placesOf(raw, pattern.split(".")).flatMap(({ path, value }): readonly Finding[] => {
      const kind = typeof value === "string" ? settingOf(value, "kind") : undefined;
      // A kind that does not exist is the schema's to report.
      if (!kinds.some((known) => known === kind) || fits.includes(String(kind))) return [];
      const expected = `a series of kind ${fits.join(" or ")}`;
      return [{ path, at: "value", found: `${shown(value)} of kind ${String(kind)}`, expected }];
    }),
  );
}

/** Hits count only among the articles of their source. */
function unknownSources(raw: unknown): readonly Finding[] {
  const sources = entriesOf(valueAt(raw, [root, "sources"])).map(([id]) => String(id));
  return placesOf(raw, [root, "themes", "*", "hits", "*"])
    .filter(({ path }) => !sources.includes(String(path.at(-1))))
    .map(({ path }): Finding => {
      const known = sources.length === 0 ? "" : ` (${sources.join(", ")})`;
      const expected = `a source of narratives.sources${known}`;
      return { path, at: "key", found: String(path.at(-1)), expected };
    });
}

function silentThemes(raw: unknown): readonly Finding[] {
  return placesOf(raw, [root, "themes", "*"]).flatMap(({ path, value }): readonly Finding[] => {
    if (typeof value !== "object" || value === null) return [];
    const told = ["hits", "share"].flatMap((key) => entriesOf(valueAt(value, [key])));
    const expected = "hits of a source, or a share";
    return told.length > 0 ? [] : [{ path, at: "key", found: "a narrative without headlines", expected }];
  });
}

function unknownThemes(raw: unknown): readonly Finding[] {
  const themes = entriesOf(valueAt(raw, [root, "themes"])).map(([id]) => String(id));
  return [
    [root, "risk"],
    [root, "victims", "theme"],
  ].flatMap((path): readonly Finding[] => {
    const value = valueAt(raw, path);
    if (typeof value !== "string" || themes.includes(value)) return [];
    const expected = `one of the narratives (${themes.join(", ")})`;
    return [{ path, at: "value", found: shown(value), expected }];
  });
}

/** Two narratives of one series are one, and a market value that stands twice is counted twice. */
function sharedSeries(raw: unknown): readonly Finding[] {
  const once = (places: readonly (readonly string[])[], expected: string): readonly Finding[] => {
    const seen = new Set<unknown>();
    return places
      .flatMap((place) => placesOf(raw, [root, ...place]))
      .flatMap(({ path, value }): readonly Finding[] => {
        if (typeof value !== "string") return [];
        const isFirst = !seen.has(value);
        seen.add(value);
        return isFirst ? [] : [{ path, at: "value", found: `${shown(value)} a second time`, expected }];
      });
  };
  return [
    ...once(
      [
        ["themes", "*", "hits", "*"],
        ["themes", "*", "share", "*"],
      ],
      "each series once: the narratives are compared with each other",
    ),
    ...once([["capital", "*"]], "each market value once"),
    ...once([["subindustries", "*", "series"]], "each sub-industry once"),
  ];
}

/** Hits and the articles that they are among are of the same days or weeks. */
function mixedFrequencies(raw: unknown, settingOf: SettingOf): readonly Finding[] {
  const rate = (value: unknown) =>
    typeof value === "string" ? (settingOf(value, "frequency") ?? "daily") : undefined;
  const mixed = (path: readonly PropertyKey[], value: unknown, articles: unknown): readonly Finding[] => {
    const [own, all] = [rate(value), rate(articles)];
    if (own === undefined || all === undefined || own === all) return [];
    const expected = `a series that is ${String(all)}, as the articles are that it is counted among`;
    return [{ path, at: "value", found: `${shown(value)}, ${String(own)}`, expected }];
  };
  return [
    ...placesOf(raw, [root, "themes", "*", "hits", "*"]).flatMap(({ path, value }) =>
      mixed(path, value, valueAt(raw, [root, "sources", path.at(-1) ?? "", "articles"])),
    ),
    ...placesOf(raw, [root, "subindustries", "*"]).flatMap(({ path, value }) =>
      mixed([...path, "mentions"], valueAt(value, ["mentions"]), valueAt(value, ["articles"])),
    ),
  ];
}

/** Sub-industries are five or more, against a market, and either all or none with mentions among articles. */
function industryFindings(raw: unknown): readonly Finding[] {
  const all = placesOf(raw, [root, "subindustries", "*"]);
  if (all.length === 0) return [];
  const has = (value: unknown, key: string) => valueAt(value, [key]) !== undefined;
  const told = all.filter(({ value }) => has(value, "mentions") || has(value, "articles"));
  const half = told.filter(({ value }) => !(has(value, "mentions") && has(value, "articles")));
  const silent = told.length === 0 ? [] : all.filter((each) => !told.includes(each));
  const path = [root, "subindustries"];
  return [
    ...(all.length < leastIndustries
      ? [{ path, at: "value" as const, found: `${all.length} of them`, expected: "five or more, or none" }]
      : []),
    ...(has(valueAt(raw, [root]), "market")
      ? []
      : [{ path, at: "key" as const, found: "subindustries without it", expected: "market beside them" }]),
    ...half.map(({ path }): Finding => {
      const expected = "mentions and articles, which they are counted among";
      return { path, at: "key", found: "one without the other", expected };
    }),
    ...silent.map(({ path }): Finding => {
      const expected = "mentions and articles, as the others have";
      return { path, at: "key", found: "none", expected };
    }),
  ];
}

const leastIndustries = 5;

/** Market values are added up in dollars, and quarters divided by one another in one currency. */
function moneyFindings(raw: unknown, settingOf: SettingOf): readonly Finding[] {
  const currencyOf = (value: unknown) =>
    typeof value === "string" ? settingOf(value, "currency") : undefined;
  const capital = placesOf(raw, [root, "capital", "*"]).flatMap(({ path, value }): readonly Finding[] => {
    const currency = currencyOf(value);
    if (currency === undefined || currency === "USD") return [];
    const found = `${shown(value)}, in ${String(currency)}`;
    return [{ path, at: "value", found, expected: "a market value in USD" }];
  });
  const quarters = quarterly.flatMap((pattern) => placesOf(raw, pattern.split(".")));
  const first = quarters.map(({ value }) => currencyOf(value)).find((currency) => currency !== undefined);
  const mixed = quarters.flatMap(({ path, value }): readonly Finding[] => {
    const currency = currencyOf(value);
    if (currency === undefined || currency === first) return [];
    const expected = `a series in ${String(first)}, as the others`;
    return [{ path, at: "value", found: `${shown(value)}, in ${String(currency)}`, expected }];
  });
  return [...capital, ...mixed];
}

const leastNames = 30;
const priced: readonly unknown[] = ["price", "total-return", "level"];

/** Companies by how many assets they have are thirty or more, each by its price. */
function intensityFindings(raw: unknown, settingOf: SettingOf): readonly Finding[] {
  const all = placesOf(raw, [root, "intensity", "*"]);
  const path = [root, "intensity"];
  const few: readonly Finding[] =
    all.length === 0 || all.length >= leastNames
      ? []
      : [{ path, at: "value", found: `${all.length} of them`, expected: "thirty or more, or none" }];
  const unpriced = all.flatMap(({ path }): readonly Finding[] => {
    const id = String(path.at(-1));
    const isPriced = priced.includes(settingOf(id, "kind")) && settingOf(id, "staleAfter") === undefined;
    const expected = `the id of a series of kind ${priced.join(", ")} with a value each session`;
    return isPriced ? [] : [{ path, at: "key", found: id, expected }];
  });
  return [...few, ...unpriced];
}
