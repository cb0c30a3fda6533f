import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { loadWorkspace, parseWorkspace } from "#src/config/load.ts";
import { describeProblem, type Problem, TidelineError } from "#src/domain/errors.ts";
import { sectionNames, type Workspace } from "#src/domain/workspace.ts";

const fixture = (name: string): Promise<string> =>
  readFile(new URL(`./fixtures/${name}.yaml`, import.meta.url), "utf8");
const full = await fixture("full");
const env = { TIDELINE_DATA: "/elsewhere" };
const parse = (text: string): Workspace =>
  parseWorkspace(text, { file: "tideline.yaml", dir: "/workspace", env });

function problemsOf(text: string): readonly Problem[] {
  try {
    parse(text);
  } catch (error) {
    if (!(error instanceof TidelineError) || error.code !== "CONFIG_INVALID") throw error;
    return error.problems;
  }
  return [];
}

/** The full configuration with one piece exchanged: what is then wrong, without the file's name. */
function spoilt(before: string, after: string): readonly string[] {
  if (!full.includes(before)) throw new RangeError(`the fixture has no ${before}`);
  return problemsOf(full.replace(before, after)).map(({ file, ...problem }) => describeProblem(problem));
}

describe("a full configuration", () => {
  const workspace = parse(full);

  it("has no problems", () => {
    expect(problemsOf(full)).toEqual([]);
  });

  it("decides every default of a series: its own, its file's, its kind's", () => {
    const byId = Object.fromEntries(workspace.catalogue.map((each) => [each.id, each]));
    expect(byId.kospi).toEqual({
      id: "kospi",
      name: { en: "KOSPI", "zh-CN": "韩国综合指数" },
      short: { en: "KOSPI", "zh-CN": "KOSPI" },
      prose: { en: "KOSPI", "zh-CN": "KOSPI" },
      kind: "level",
      unit: "unit",
      currency: "USD",
      calendar: "KRX",
      frequency: "daily",
      lag: { sessions: 0, hours: 0 },
      tags: ["equity", "korea"],
      provider: { en: "Tideline simulation", "zh-CN": "潮线模拟" },
      source: null,
      staleAfter: null,
      decimals: 2,
      file: "prices",
      column: "kospi",
    });
    expect(byId.spx).toMatchObject({ column: "idx_spx", decimals: 1, short: { en: "S&P 500" } });
    expect(byId.us10y).toMatchObject({ unit: "percent", currency: null, lag: { sessions: 1, hours: 0 } });
    expect(byId.SPY).toMatchObject({
      kind: "flow",
      unit: "million",
      lag: { sessions: 1, hours: 6 },
      column: "SPY",
    });
    expect(workspace.catalogue.map(({ id }) => id)).toEqual([
      "spx",
      "kospi",
      "ftse",
      "us10y",
      "NVDA",
      "CRM",
      "SPY",
      "VEA",
    ]);
  });

  it("expands variables in the location of a file, and only there", () => {
    expect(workspace.files.flows).toMatchObject({
      path: "${TIDELINE_DATA}/flows.csv",
      location: resolve("/elsewhere/flows.csv"),
    });
    expect(workspace.files.prices?.location).toBe(resolve("/workspace/data/prices.csv"));
  });

  it("fills in a file's columns by its layout", () => {
    expect(workspace.files.prices).toMatchObject({
      columns: { date: "date", series: null, value: null, knownAt: null },
      missing: ["", ".", "NA", "ND", "-"],
    });
    expect(workspace.files.flows).toMatchObject({
      columns: {
        date: "date",
        series: "ticker",
        value: "flow_usd",
        knownAt: "known_at",
      },
    });
  });

  it("knows five exchanges, and adds or replaces others", () => {
    expect(Object.keys(workspace.calendars)).toEqual(["NYSE", "KRX", "TSE", "HKEX", "SSE", "LSE"]);
    expect(workspace.calendars.LSE).toEqual({
      id: "LSE",
      zone: "Europe/London",
      opens: [],
      closes: [{ from: "0001-01-01", at: "16:30" }],
      table: null,
    });
    const replaced = parse(
      full.replace(
        "  LSE:\n    zone: Europe/London",
        '  NYSE: {zone: UTC, closes: [{at: "12:00"}, {from: 2020-01-01, at: "13:00"}]}\n  LSE:\n    zone: Europe/London',
      ),
    );
    expect(replaced.calendars.NYSE).toEqual({
      id: "NYSE",
      zone: "UTC",
      opens: [],
      closes: [
        { from: "0001-01-01", at: "12:00" },
        { from: "2020-01-01", at: "13:00" },
      ],
      table: null,
    });
  });

  it("resolves the publication", () => {
    expect(workspace.publications.weekly).toEqual({
      id: "weekly",
      title: { en: "Weekly market briefing", "zh-CN": "市场周报" },
      calendar: "NYSE",
      offsetMinutes: 120,
      slots: { kind: "week" },
      schedule: null,
      to: [],
      asOf: "2026-02-13",
      first: "2026-01-02",
      languages: ["en", "zh-CN"],
      colours: { en: "west", "zh-CN": "east-asia" },
      sections: ["headline", "levels", "flows", "pair", "regime", "sources"],
      keyNumbers: [
        { kind: "series", id: "spx" },
        { kind: "series", id: "kospi" },
        { kind: "pair", id: "ai" },
      ],
    });
    expect(workspace.levels).toEqual([
      { series: "spx", level: 7000, from: "year" },
      { series: "kospi", level: 5000, from: "252" },
    ]);
    expect(workspace.pairs.ai?.inception).toBeNull();
  });

  it("compares the groups of one list, or of each of several", () => {
    expect(workspace.flows.compare).toEqual([["nonus", "us"]]);
    const several = parse(full.replace("compare: [nonus, us]", "compare: [[nonus, us]]"));
    expect(several.flows.compare).toEqual([["nonus", "us"]]);
  });

  it("takes weekly series for weekly", () => {
    const weekly = parse(full.replaceAll("file: flows}", "file: flows, frequency: weekly}"));
    expect(weekly.catalogue.filter(({ kind }) => kind === "flow").map(({ frequency }) => frequency)).toEqual([
      "weekly",
      "weekly",
    ]);
  });
});

describe("a small configuration", () => {
  const small = [
    "brand: {responsible: Desk}",
    "publications: {weekly: {title: Weekly, calendar: NYSE, sections: [headline, sources]}}",
    "files: {all: {path: all.csv, layout: wide, defaults: {kind: price, calendar: NYSE, provider: Desk}}}",
    "series: {a: {name: A}}",
  ].join("\n");

  it("takes the defaults that the schema shows", () => {
    expect(parse(small)).toMatchObject({
      simulated: false,
      brand: { name: { en: "Tideline", "zh-CN": "潮线" }, responsible: { en: "Desk", "zh-CN": "Desk" } },
      publications: {
        weekly: { offsetMinutes: 120, asOf: null, first: null, languages: ["en", "zh-CN"], keyNumbers: [] },
      },
      catalogue: [{ id: "a", file: "all", column: "a" }],
      levels: [],
      flows: { groups: {}, compare: [], crowding: [] },
      pairs: {},
      surface: null,
      conditions: { turbulence: [], appetite: [], states: null },
    });
  });

  it("may begin with a byte order mark, end lines in CRLF, and use aliases", () => {
    expect(parse(`\uFEFF${small.replaceAll("\n", "\r\n")}`)).toEqual(parse(small));
    const aliased = small
      .replace("provider: Desk", "provider: &desk Desk")
      .replace("{name: A}", "{name: *desk}");
    expect(parse(aliased).catalogue[0]?.name.en).toBe("Desk");
  });
});

describe("a list of numbers", () => {
  const lines = (series: string, more = "", file = "{path: t.yaml, layout: list}") =>
    [
      "brand: {responsible: Desk}",
      "publications: {weekly: {title: Weekly, calendar: NYSE, sections: [headline, sources]}}",
      "files:",
      `  t: ${file}`,
      "  p: {path: p.csv, layout: wide}",
      "series:",
      `  a: {name: A, file: t, kind: level, calendar: NYSE, provider: Desk${series}}`,
      "  b: {name: B, file: p, kind: level, calendar: NYSE, provider: Desk}",
      more,
    ].join("\n");
  const found = (text: string) => problemsOf(text).map(({ file, ...problem }) => describeProblem(problem));

  it("is a file without columns, whose series say for how long a value stands and whose word it is", () => {
    const { files, catalogue } = parse(lines(", staleAfter: 30, source: {en: Consensus, zh-CN: 一致预期}"));
    expect(files.t).toEqual({
      id: "t",
      path: "t.yaml",
      location: resolve("/workspace/t.yaml"),
      layout: "list",
    });
    expect(catalogue[0]).toMatchObject({
      staleAfter: 30,
      source: { en: "Consensus", "zh-CN": "一致预期" },
    });
    expect(catalogue[1]).toMatchObject({ staleAfter: null, source: null });
    const defaults = "{path: t.yaml, layout: list, defaults: {staleAfter: 1}}";
    expect(parse(lines("", "", defaults)).catalogue[0]?.staleAfter).toBe(1);
  });

  it.each([
    [
      "",
      "7:3: found series a without it, expected staleAfter, here or in the defaults of its file, since a number of a list stands until the next: for example 30 days",
    ],
    [", staleAfter: 0", "7:82: found 0, expected 1 or more"],
    [", staleAfter: 30 days", '7:82: found "30 days", expected a number'],
    [", staleAfter: 1.5", "7:82: found 1.5, expected a whole number"],
  ])("says what is wrong with%s", (series, wanted) => {
    expect(found(lines(series))).toEqual([wanted]);
  });

  it("takes no columns, markers or delimiter, of which each is told", () => {
    const csv = '{path: t.yaml, layout: list, columns: {date: day}, missing: [x], delimiter: ";"}';
    expect(found(lines(", staleAfter: 30", "", csv))).toEqual(
      ["columns", "missing", "delimiter"].map((key) =>
        expect.stringMatching(new RegExp(`^4:\\d+: found ${key} of a list, expected layout: wide or long`)),
      ),
    );
  });

  it("stands in no place of a daily series", () => {
    const places = [
      "superlatives: [a, b]",
      "levels: [{series: a, level: 7}]",
      "milestones: [{series: a, base: 2025-01-02}]",
      "regime: [a]",
      "pairs: {p: {name: P, long: {name: L, members: [a]}, shorts: {name: S, members: [b]}}}",
    ].join("\n");
    const text = lines(", staleAfter: 30", places);
    expect(found(text)).toEqual(
      ["9:16", "10:19", "11:23", "12:10", "13:48"].map(
        (place) =>
          `${place}: found "a", whose values stand for 30 days, expected a series with a value each session`,
      ),
    );
    const key = text.replace(
      "sections: [headline, sources]",
      "sections: [headline, sources], keyNumbers: [b, a]",
    );
    expect(found(key)[0]).toMatch(/^2:\d+: found "a", whose values stand for/);
  });
});

describe("problems", () => {
  it("are all reported at once, by line, with what was found and what was expected", async () => {
    const problems = problemsOf(await fixture("broken")).map(describeProblem);
    await expect(`${problems.join("\n")}\n`).toMatchFileSnapshot("./fixtures/broken.txt");
  });

  it.each([
    [
      "an unknown key",
      "    offset: 2h",
      "    ofset: 2h",
      "10:5: found the unknown key ofset, expected one of title, calendar, offset, asOf, schedule, to, first, languages, colours, sections, keyNumbers; did you mean offset?",
    ],
    [
      "an unknown key in a text",
      "CRM: {name: Salesforce",
      "CRM: {name: {en: S, zh-CN: S, fr: S}",
      "55:33: found the unknown key fr, expected one of en, zh-CN",
    ],
    ["a text in one language only", "zh-CN: 市场周报", "", "8:5: found no such key, expected zh-CN"],
    [
      "a missing key",
      "    title: {en: Weekly market briefing, zh-CN: 市场周报}\n",
      "",
      "7:3: found no such key, expected title: Title of the note, one text or one in each language.",
    ],
    [
      "an unknown series",
      "superlatives: [kospi, spx]",
      "superlatives: [kopsi, spx]",
      '61:16: found "kopsi", expected the id of a series of this workspace; did you mean kospi?',
    ],
    [
      "an unknown series in a leg",
      "members: [NVDA]",
      "members: [NVDIA]",
      '73:55: found "NVDIA", expected the id of a series of this workspace; did you mean NVDA?',
    ],
    [
      "an unknown calendar",
      "    calendar: KRX",
      "    calendar: KRZ",
      '50:15: found "KRZ", expected the id of a calendar of this workspace; did you mean KRX?',
    ],
    [
      "an unknown file",
      "spx: {name: {en: S&P 500, zh-CN: 标普500指数}, file: prices",
      "spx: {name: {en: S&P 500, zh-CN: 标普500指数}, file: price",
      '44:52: found "price", expected the id of a file of this workspace; did you mean prices?',
    ],
    [
      "an unknown section",
      "[headline, levels",
      "[headline, level",
      `15:26: found "level", expected one of ${sectionNames.join(", ")}; did you mean levels?`,
    ],
    [
      "an unknown group",
      "compare: [nonus, us]",
      "compare: [nonus, usa]",
      '68:20: found "usa", expected the id of a group of this workspace; did you mean us?',
    ],
    [
      "a section without its settings",
      "regime: [spx, kospi]",
      "",
      "15:47: found the section regime without its settings, expected regime in the workspace, a list of series",
    ],
    [
      "an index without its names",
      "pair, regime, sources]",
      "pair, surface, regime, sources]",
      "15:47: found the section surface without its settings, expected surface in the workspace, with an index and groups",
    ],
    [
      "a name in two groups under a surface",
      "regime: [spx, kospi]",
      "regime: [spx, kospi]\nsurface: {index: spx, groups: {a: {name: A, members: [NVDA, CRM]}, b: {name: B, members: [CRM]}}}",
      '77:91: found "CRM", expected a name that is not in the group a as well',
    ],
    [
      "a variable that is not set",
      "${TIDELINE_DATA}",
      "${TIDELINE_DATE}",
      '31:11: found "${TIDELINE_DATE}/flows.csv", expected the environment variable TIDELINE_DATE to be set; it is not',
    ],
    [
      "a duplicate key",
      "regime: [spx, kospi]",
      "regime: [spx]\nregime: [kospi]",
      "77:1: found regime a second time, expected each key once",
    ],
    [
      "too few series for turbulence",
      "regime: [spx, kospi]",
      "regime: [spx, kospi]\nconditions: {turbulence: [spx, kospi]}",
      "77:26: found a list, expected five to fifteen series, or none",
    ],
    [
      "too few signals of appetite",
      "regime: [spx, kospi]",
      "regime: [spx, kospi]\nconditions: {appetite: [{series: spx, means: appetite}]}",
      "77:24: found a list, expected four signals or more, or none",
    ],
    [
      "a series twice in a list",
      "regime: [spx, kospi]",
      "regime: [spx, spx]",
      "76:9: found a list, expected each series once",
    ],
    [
      "a lag that is no lag",
      "lag: 1 session + 6h",
      "lag: 1 day",
      '41:12: found "1 day", expected 0, or a lag such as 1 session, 6h, 2 sessions + 6h',
    ],
    [
      "a lag that is left out where it matters",
      "      lag: 1 session + 6h\n",
      "",
      "55:3: found series SPY without it, expected lag, since a flow is not known at the close; for example 1 session",
    ],
    [
      "a flow without currency",
      "      unit: million\n      currency: USD\n",
      "      unit: million\n",
      "55:3: found series SPY without it, expected currency, since a flow is money",
    ],
    [
      "a calendar that is left out",
      "      currency: USD\n      calendar: NYSE\n      provider: {en: Tide",
      "      currency: USD\n      provider: {en: Tide",
      "43:3: found series spx without it, expected calendar, here or in the defaults of its file",
    ],
    [
      "one column for two series",
      "  CRM: {name: Salesforce,",
      "  CRM: {name: Salesforce, column: NVDA,",
      '55:35: found "NVDA", expected another column, since series NVDA is read from this one',
    ],
    [
      "one id for a series and a pair",
      "  ai:\n",
      "  spx:\n",
      "70:3: found pair spx, expected another id, since a series has this one",
    ],
    [
      "a series in both legs",
      "members: [CRM]",
      "members: [NVDA]",
      '74:58: found "NVDA", expected a series that is not held long as well',
    ],
    [
      "a closing time that is a number",
      '{at: "16:30"}',
      "{at: 16.5}",
      "20:19: found 16.5, expected a text, so put it in quotes",
    ],
    [
      "a zone that does not exist",
      "Europe/London",
      "Europe/Londinium",
      '19:11: found "Europe/Londinium", expected an IANA time zone such as America/New_York',
    ],
    [
      "a day that does not exist",
      "first: 2026-01-02",
      "first: 2026-02-30",
      '12:12: found "2026-02-30", expected a day that exists, as YYYY-MM-DD',
    ],
    ["a level that is not finite", "level: 7000", "level: .inf", "59:26: found Infinity, expected a number"],
    [
      "a text of two lines",
      "responsible: {en: Strategy desk, zh-CN: 策略组}",
      'responsible: "a\\nb"',
      '5:16: found "a\\nb", expected one line of text',
    ],
    [
      "an id that cannot stand in the name of a fact",
      "  ftse:",
      "  f.t:",
      '52:3: found "f.t", expected an id: a letter, then letters, digits, _ or -',
    ],
    [
      "a yield among the markets scanned",
      "superlatives: [kospi, spx]",
      "superlatives: [kospi, us10y]",
      '61:23: found "us10y" of kind yield, expected a series of kind level, which is said in points',
    ],
    [
      "page one after a section",
      "[headline, levels, flows",
      "[levels, headline, flows",
      '15:15: found "levels" first, expected headline first: it is page one',
    ],
    [
      "a flow among the key numbers",
      "keyNumbers: [spx, kospi, ai]",
      "keyNumbers: [spx, SPY, ai]",
      '16:23: found "SPY" of kind flow, expected a series of kind price, total-return, level, fx, yield, or a pair',
    ],
    [
      "a price among the flows",
      "members: [SPY]",
      "members: [NVDA]",
      '66:55: found "NVDA" of kind price, expected a series of kind flow',
    ],
    [
      "a level twice",
      "{series: kospi, level: 5000, from: 252}",
      "{series: spx, level: 7000, from: 252}",
      '60:5: found "spx" at 7000 a second time, expected each level of a series once',
    ],
    [
      "a base twice",
      "  - {series: kospi, base: 2024-12-30}",
      "  - {series: kospi, base: 2024-12-30}\n  - {series: kospi, base: 2024-12-30}",
      '64:5: found "kospi" at "2024-12-30" a second time, expected each base of a series once',
    ],
    [
      "a fund in two groups",
      "members: [VEA]",
      "members: [VEA, SPY]",
      '67:67: found "SPY", expected a fund that is not in the group us as well',
    ],
    [
      "flows in two currencies",
      "VEA: {name: VEA, file: flows}",
      "VEA: {name: VEA, file: flows, currency: EUR}",
      '67:62: found "VEA", in EUR, expected a flow in USD, as the others',
    ],
    [
      "a weekly flow beside a daily one",
      "VEA: {name: VEA, file: flows}",
      "VEA: {name: VEA, file: flows, frequency: weekly}",
      '66:55: found "SPY", daily, expected a flow that is weekly, as those it is summed or compared with',
    ],
    [
      "a frequency that there is not",
      "VEA: {name: VEA, file: flows}",
      "VEA: {name: VEA, file: flows, frequency: monthly}",
      '57:44: found "monthly", expected one of daily, weekly',
    ],
    [
      "an unknown group in one of several comparisons",
      "compare: [nonus, us]",
      "compare: [[nonus, usa]]",
      '68:21: found "usa", expected the id of a group of this workspace; did you mean us?',
    ],
    [
      "a group that is compared twice",
      "compare: [nonus, us]",
      "compare: [[nonus, us], [us, nonus]]",
      '68:27: found "us" a second time, expected each group once',
    ],
    [
      "names of a crowded group without the market",
      "compare: [nonus, us]",
      "compare: [nonus, us]\n  crowding: [{group: us, members: [NVDA]}]",
      "69:14: found members without it, expected market, beyond which they move together",
    ],
    [
      "a market without prices",
      "compare: [nonus, us]",
      "compare: [nonus, us]\n  crowding: [{group: us, members: [NVDA], market: us10y}]",
      '69:51: found "us10y" of kind yield, expected a series of kind price, total-return, level, fx',
    ],
    [
      "a group whose crowding is measured twice",
      "compare: [nonus, us]",
      "compare: [nonus, us]\n  crowding: [{group: us}, {group: us}]",
      '69:35: found "us" a second time, expected each group once',
    ],
    [
      "a comparison of one group",
      "compare: [nonus, us]",
      "compare: [nonus]",
      "68:12: found a list, expected at least two groups",
    ],
    [
      "a series column in a wide file",
      "    layout: wide\n",
      "    layout: wide\n    columns: {series: s}\n",
      "25:15: found series in a wide file, expected layout: long, or no such column",
    ],
  ])("name %s", (_, before, after, expected) => {
    expect(spoilt(before, after)).toContain(expected);
  });

  it("are one for a file that does not exist, and not also its missing defaults", () => {
    const found = spoilt("zh-CN: 标普500指数}, file: prices", "zh-CN: 标普500指数}, file: price");
    expect(found).toHaveLength(1);
  });

  it("of YAML itself have a line and a column too", () => {
    expect(problemsOf("brand: {name: x\nseries:\n")[0]).toMatchObject({
      file: "tideline.yaml",
      line: 2,
      column: 1,
    });
    expect(problemsOf("a: *nothing")[0]?.expected).toContain("YAML that can be read");
    expect(problemsOf("a: 1\n---\nb: 2")[0]?.expected).toContain("YAML that can be read");
  });

  it("of an empty file name what is required", () => {
    expect(problemsOf("").map(({ expected }) => expected.split(":")[0])).toEqual([
      "brand",
      "publications",
      "files",
      "series",
    ]);
    expect(problemsOf("- a\n- b")).toMatchObject([{ found: "a list", expected: "a map" }]);
  });
});

describe("loadWorkspace", () => {
  it("reads tideline.yaml of a folder", async () => {
    const dir = await mkdtemp(join(tmpdir(), "tideline-config-"));
    try {
      await expect(loadWorkspace(dir, env)).rejects.toMatchObject({
        code: "CONFIG_INVALID",
        problems: [
          { file: join(dir, "tideline.yaml"), expected: expect.stringContaining("tideline init DIR") },
        ],
      });
      await writeFile(join(dir, "tideline.yaml"), full);
      await expect(loadWorkspace(dir, env)).resolves.toMatchObject({ dir, simulated: true });
    } finally {
      await rm(dir, { recursive: true });
    }
  });
});
