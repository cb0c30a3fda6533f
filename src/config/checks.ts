import { basketFindings } from "#src/config/basket-checks.ts";
import { calendarFindings } from "#src/config/calendar-checks.ts";
import { countryFindings, countryPrices } from "#src/config/country-checks.ts";
import { epicentreFindings } from "#src/config/epicentre-checks.ts";
import { entriesOf, type Finding, shown, valueAt } from "#src/config/finding.ts";
import { flowFindings } from "#src/config/flow-checks.ts";
import { hedgeFundFindings } from "#src/config/hedge-fund-checks.ts";
import { narrativeFindings, narrativePrices } from "#src/config/narrative-checks.ts";
import { qualityFindings } from "#src/config/quality-checks.ts";
import { quotedFindings } from "#src/config/quoted-checks.ts";
import { placesOf } from "#src/config/references.ts";
import { scheduleFindings } from "#src/config/schedule-checks.ts";
import { signalsDailyPlaces, signalsFindings, signalsPricedPlaces } from "#src/config/signals-checks.ts";
import { countryNames } from "#src/domain/country-rules.ts";
import { kinds } from "#src/domain/series.ts";
import { sectionNames } from "#src/domain/workspace.ts";

/*
 * What must hold between parts of the configuration. Each check reads whatever could be read, and leaves faults of
 * shape to the schema, so that all problems show at once.
 */

/** Everything beyond the shape of single values and the names they refer to. */
export const checkRules = (raw: unknown, env: Environment): readonly Finding[] => [
  ...entriesOf(valueAt(raw, ["series"])).flatMap(([id]) => checkSeries(raw, id)),
  ...repeatedIds(raw),
  ...sharedColumns(raw),
  ...bareSections(raw),
  ...headlineFirst(raw),
  ...calendarFindings(raw),
  ...basketFindings(raw),
  ...overlappingLegs(raw),
  ...wrongKinds(raw),
  ...endlessNumbers(raw),
  ...standingNumbers(raw),
  ...repeatedRules(raw),
  ...sharedMembers(raw, "flows", "fund"),
  ...sharedMembers(raw, "surface", "name"),
  ...flowFindings(raw, (id, name) => setting(raw, id, name)),
  ...signalsFindings(raw, (id, name) => setting(raw, id, name)),
  ...countryFindings(raw, (id, name) => setting(raw, id, name)),
  ...narrativeFindings(raw, (id, name) => setting(raw, id, name)),
  ...epicentreFindings(raw, (id, name) => setting(raw, id, name)),
  ...hedgeFundFindings(raw, (id, name) => setting(raw, id, name)),
  ...quotedFindings(raw, (id, name) => setting(raw, id, name)),
  ...scheduleFindings(raw),
  ...qualityFindings(raw, (id, name) => setting(raw, id, name)),
  ...placesOf(raw, ["files", "*"]).flatMap(({ path, value }) => checkFile(path, value, env)),
  ...placesOf(raw, ["declared", "*"]).flatMap(({ path, value }) => unsetVariables(path, value, env)),
];

export type Environment = Readonly<Record<string, string | undefined>>;

const delayed: readonly unknown[] = ["return", "yield", "flow", "aum", "count", "tone"];
const money: readonly unknown[] = ["flow", "aum"];

/** Id of the file that a series is read from: its own, or the only one. */
export function fileOf(raw: unknown, id: string | number): string | undefined {
  const own = valueAt(raw, ["series", id, "file"]);
  if (own !== undefined) return typeof own === "string" ? own : undefined;
  const files = entriesOf(valueAt(raw, ["files"]));
  return files.length === 1 ? String(files[0]?.[0]) : undefined;
}

/** A setting of a series: its own, or its file's default. */
function setting(raw: unknown, id: string | number, name: string): unknown {
  const file = fileOf(raw, id);
  return (
    valueAt(raw, ["series", id, name]) ??
    (file === undefined ? undefined : valueAt(raw, ["files", file, "defaults", name]))
  );
}

function checkSeries(raw: unknown, id: string | number): readonly Finding[] {
  const entry = valueAt(raw, ["series", id]);
  if (typeof entry !== "object" || entry === null) return [];
  const missing = (expected: string): Finding => ({
    path: ["series", id],
    at: "key",
    found: `series ${id} without it`,
    expected,
  });
  const file = fileOf(raw, id);
  // The defaults of a file that does not exist are not missing: the name of the file is wrong, and told as that.
  if (file !== undefined && valueAt(raw, ["files", file]) === undefined) return [];
  const get = (name: string) => setting(raw, id, name);
  const kind = get("kind");
  const findings: Finding[] = [];
  if (!Object.hasOwn(entry, "file") && fileOf(raw, id) === undefined)
    findings.push(missing("file, since the workspace has several or none"));
  for (const name of ["kind", "calendar", "provider"]) {
    if (get(name) === undefined) findings.push(missing(`${name}, here or in the defaults of its file`));
  }
  if (money.includes(kind) && get("currency") === undefined)
    findings.push(missing(`currency, since a ${kind} is money`));
  if (delayed.includes(kind) && get("lag") === undefined) {
    findings.push(missing(`lag, since a ${kind} is not known at the close; for example 1 session`));
  }
  return findings;
}

/** Names of facts hold the id of a series, pair, group or basket in the same place. */
function repeatedIds(raw: unknown): readonly Finding[] {
  const seen = new Map<string, string>();
  const kinds = [
    ["series", "series.*"],
    ["pair", "pairs.*"],
    ["group", "flows.groups.*"],
    ["basket", "baskets.*"],
  ] as const;
  return kinds.flatMap(([kind, pattern]) =>
    placesOf(raw, pattern.split(".")).flatMap(({ path }): readonly Finding[] => {
      const id = String(path.at(-1));
      const first = seen.get(id);
      if (first === undefined) seen.set(id, kind);
      return first === undefined
        ? []
        : [
            {
              path,
              at: "key",
              found: `${kind} ${id}`,
              expected: `another id, since a ${first} has this one`,
            },
          ];
    }),
  );
}

/** Two series read from one column are one of them mistyped. */
function sharedColumns(raw: unknown): readonly Finding[] {
  const seen = new Map<string, string | number>();
  return entriesOf(valueAt(raw, ["series"])).flatMap(([id, entry]): readonly Finding[] => {
    const column = valueAt(entry, ["column"]) ?? id;
    const key = JSON.stringify([fileOf(raw, id), column]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, id);
    const expected = `another column, since series ${first} is read from this one`;
    return first === undefined
      ? []
      : [{ path: ["series", id, "column"], at: "value", found: shown(column), expected }];
  });
}

/** What a section needs in order to say anything. */
const needs: Readonly<
  Record<string, { readonly any: readonly (readonly string[])[]; readonly expected: string }>
> = {
  levels: {
    any: [["levels"], ["superlatives"], ["milestones"]],
    expected: "levels, superlatives or milestones in the workspace",
  },
  flows: { any: [["flows", "groups"]], expected: "flows in the workspace, with groups and compare" },
  ...Object.fromEntries(
    countryNames.map((id) => [
      id,
      { any: [["countries", id]], expected: `${id} among the countries of the workspace` },
    ]),
  ),
  pair: { any: [["pairs"]], expected: "pairs in the workspace" },
  narrative: { any: [["narratives", "themes"]], expected: "narratives in the workspace, with two themes" },
  surface: { any: [["surface"]], expected: "surface in the workspace, with an index and groups" },
  signals: { any: [["signals"]], expected: "signals in the workspace, with an index and its sectors" },
  epicentre: { any: [["epicentre"]], expected: "epicentre in the workspace, with a sector and its market" },
  grid: { any: [["grid"]], expected: "grid in the workspace, with a basket and its market" },
  "hedge-funds": {
    any: ["strategies", "liquidity", "adaptive"].map((part) => ["hedgeFunds", part]),
    expected: "hedgeFunds in the workspace, with strategies, liquidity or adaptive",
  },
  checks: { any: [["checks"]], expected: "checks in the workspace, relations between quoted numbers" },
  regime: { any: [["regime"]], expected: "regime in the workspace, a list of series" },
};

function bareSections(raw: unknown): readonly Finding[] {
  return placesOf(raw, ["publications", "*", "sections", "*"]).flatMap(
    ({ path, value }): readonly Finding[] => {
      const need = typeof value === "string" && Object.hasOwn(needs, value) ? needs[value] : undefined;
      if (need === undefined || need.any.some((where) => entriesOf(valueAt(raw, where)).length > 0))
        return [];
      return [
        { path, at: "value", found: `the section ${value} without its settings`, expected: need.expected },
      ];
    },
  );
}

/** Page one is the section `headline`: masthead, date and who stands for the note come before everything else. */
function headlineFirst(raw: unknown): readonly Finding[] {
  return placesOf(raw, ["publications", "*", "sections"]).flatMap(({ path, value }): readonly Finding[] => {
    const [first] = entriesOf(value);
    // A section that does not exist is the schema's to report.
    if (first?.[1] === "headline" || !sectionNames.some((name) => name === first?.[1])) return [];
    return [
      { path, at: "value", found: `${shown(first?.[1])} first`, expected: "headline first: it is page one" },
    ];
  });
}

function overlappingLegs(raw: unknown): readonly Finding[] {
  return placesOf(raw, ["pairs", "*"]).flatMap(({ path, value }) => {
    const long = new Set(entriesOf(valueAt(value, ["long", "members"])).map(([, member]) => member));
    return entriesOf(valueAt(value, ["shorts", "members"]))
      .filter(([, member]) => long.has(member))
      .map(([i, member]): Finding => {
        return {
          path: [...path, "shorts", "members", i],
          at: "value",
          found: shown(member),
          expected: "a series that is not held long as well",
        };
      });
  });
}

/** Kinds whose changes are relative: the others change by points, or are flows. */
const priced: readonly unknown[] = ["price", "total-return", "level", "fx"];
/** Kinds of which the latest value and its change over the week tell something. */
const quoted: readonly unknown[] = [...priced, "yield"];
/** Their sentences speak of points: a share or a rate of exchange has none. */
const levelPlaces = ["superlatives.*", "levels.*.series", "milestones.*.series"];
const pricedPlaces = [
  "pairs.*.long.members.*",
  "pairs.*.shorts.members.*",
  "pairs.*.market",
  "regime.*",
  "flows.crowding.*.members.*",
  "flows.crowding.*.market",
  "surface.index",
  "surface.groups.*.members.*",
  "epicentre.sector",
  "epicentre.market",
  "epicentre.subindustries.*",
  "epicentre.names.*",
  "grid.market",
  "hedgeFunds.liquidity.liquid",
  "hedgeFunds.liquidity.illiquid",
  "hedgeFunds.adaptive.adaptive",
  "hedgeFunds.adaptive.static",
  "conditions.turbulence.*",
  "conditions.absorption.*",
  "conditions.breaks.*",
  "conditions.states",
  "conditions.universe.*",
  "conditions.factors.*.long",
  "conditions.factors.*.short",
  ...signalsPricedPlaces,
  ...narrativePrices,
];

/** A number that somebody enters by hand stands until the next: somebody must say for how long at most. */
function endlessNumbers(raw: unknown): readonly Finding[] {
  return entriesOf(valueAt(raw, ["series"])).flatMap(([id]): readonly Finding[] => {
    const file = fileOf(raw, id);
    const isListed = file !== undefined && valueAt(raw, ["files", file, "layout"]) === "list";
    if (!isListed || setting(raw, id, "staleAfter") !== undefined) return [];
    const expected =
      "staleAfter, here or in the defaults of its file, since a number of a list stands until the next: for example 30 days";
    return [{ path: ["series", id], at: "key", found: `series ${id} without it`, expected }];
  });
}

/** What stands for weeks has no day's or week's change that would say anything. */
const dailyPlaces = [
  ...levelPlaces,
  ...pricedPlaces,
  ...signalsDailyPlaces,
  "publications.*.keyNumbers.*",
  ...countryPrices,
  ...["countries.*.currency", "countries.*.yield", "countries.*.label.breakeven"],
];

function standingNumbers(raw: unknown): readonly Finding[] {
  return dailyPlaces.flatMap((pattern) =>
    placesOf(raw, pattern.split(".")).flatMap(({ path, value }): readonly Finding[] => {
      const days = typeof value === "string" ? setting(raw, value, "staleAfter") : undefined;
      if (days === undefined) return [];
      const found = `${shown(value)}, whose values stand for ${shown(days)} days`;
      return [{ path, at: "value", found, expected: "a series with a value each session" }];
    }),
  );
}

function wrongKinds(raw: unknown): readonly Finding[] {
  const wrong = (pattern: string, fits: (kind: unknown) => boolean, expected: string) =>
    placesOf(raw, pattern.split(".")).flatMap(({ path, value }): readonly Finding[] => {
      const kind = typeof value === "string" ? setting(raw, value, "kind") : undefined;
      // A kind that does not exist is the schema's to report.
      if (!kinds.some((known) => known === kind) || fits(kind)) return [];
      return [{ path, at: "value", found: `${shown(value)} of kind ${String(kind)}`, expected }];
    });
  return [
    ...levelPlaces.flatMap((pattern) =>
      wrong(pattern, (kind) => kind === "level", "a series of kind level, which is said in points"),
    ),
    ...pricedPlaces.flatMap((pattern) =>
      wrong(pattern, (kind) => priced.includes(kind), `a series of kind ${priced.join(", ")}`),
    ),
    ...wrong(
      "publications.*.keyNumbers.*",
      (kind) => quoted.includes(kind),
      `a series of kind ${quoted.join(", ")}, or a pair`,
    ),
    ...wrong("flows.groups.*.members.*", (kind) => kind === "flow", "a series of kind flow"),
    ...wrong("flows.groups.*.assets.*", (kind) => kind === "aum", "a series of kind aum"),
    ...wrong("pairs.*.costs.cash", (kind) => kind === "yield", "a series of kind yield"),
  ];
}

/** One number or base a series: facts are named by them. */
function repeatedRules(raw: unknown): readonly Finding[] {
  const repeated = (list: string, key: string): readonly Finding[] => {
    const seen = new Set<string>();
    return entriesOf(valueAt(raw, [list])).flatMap(([i, rule]): readonly Finding[] => {
      const [series, value] = [valueAt(rule, ["series"]), valueAt(rule, [key])];
      const id = JSON.stringify([series, value]);
      if (!seen.has(id)) {
        seen.add(id);
        return [];
      }
      const found = `${shown(series)} at ${shown(value)} a second time`;
      return [{ path: [list, i], at: "value", found, expected: `each ${key} of a series once` }];
    });
  };
  return [...repeated("levels", "level"), ...repeated("milestones", "base")];
}

/** A fund or a name in two groups would be counted twice. */
function sharedMembers(raw: unknown, section: string, what: string): readonly Finding[] {
  const seen = new Map<unknown, string>();
  return placesOf(raw, [section, "groups", "*", "members", "*"]).flatMap(
    ({ path, value }): readonly Finding[] => {
      const group = String(path[2]);
      const first = seen.get(value) ?? group;
      seen.set(value, first);
      if (first === group) return [];
      return [
        {
          path,
          at: "value",
          found: shown(value),
          expected: `a ${what} that is not in the group ${first} as well`,
        },
      ];
    },
  );
}

function checkFile(path: readonly PropertyKey[], file: unknown, env: Environment): readonly Finding[] {
  const layout = valueAt(file, ["layout"]);
  const needless = ["series", "value"].filter(
    (name) => layout === "wide" && valueAt(file, ["columns", name]) !== undefined,
  );
  const ofCsv = ["columns", "missing", "delimiter"].filter(
    (name) => layout === "list" && valueAt(file, [name]) !== undefined,
  );
  return [
    ...ofCsv.map((name): Finding => {
      const expected = "layout: wide or long, or no such key: a list is YAML";
      return { path: [...path, name], at: "key", found: `${name} of a list`, expected };
    }),
    ...needless.map((name): Finding => {
      return {
        path: [...path, "columns", name],
        at: "key",
        found: `${name} in a wide file`,
        expected: "layout: long, or no such column",
      };
    }),
    ...unsetVariables([...path, "path"], valueAt(file, ["path"]), env),
  ];
}

const variable = /\$\{([^}]*)\}/g;

function unsetVariables(path: readonly PropertyKey[], text: unknown, env: Environment): readonly Finding[] {
  if (typeof text !== "string") return [];
  return [...text.matchAll(variable)]
    .map(([, name = ""]) => name)
    .filter((name) => !env[name])
    .map((name): Finding => {
      return {
        path,
        at: "value",
        found: shown(text),
        expected: `the environment variable ${name} to be set; it is not`,
      };
    });
}

/** The text with its variables in place. */
export const expand = (text: string, env: Environment): string =>
  text.replace(variable, (_, name: string) => env[name] ?? "");
