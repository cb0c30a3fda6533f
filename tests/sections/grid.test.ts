import { describe, expect, it } from "vitest";
import type { GivenList } from "#src/domain/declared.ts";
import type { GridRule } from "#src/domain/grid-rules.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { type Row, series, weekdaysTo } from "#tests/sections/days.ts";
import { followers, marketReturns, monthEndsTo, standing, volumes } from "#tests/sections/epicentres.ts";
import { membersList } from "#tests/sections/full-market.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import type { CaseSeries, MarketCase } from "#tests/sections/market-case.ts";
import { friday, noise, pathOf } from "#tests/sections/surfaces.ts";

const n = 900;
const members = series(8, (i) => i).map((i) => `N${i}`);
const named = (text: string) => ({ name: text, short: text, prose: `the ${text}` });
const both = ({ name, short, prose }: ReturnType<typeof named>) => ({
  name: { en: name, "zh-CN": name },
  short: { en: short, "zh-CN": short },
  prose: { en: prose, "zh-CN": prose },
});

interface Given {
  /** Returns of the last sessions, of every member. */
  readonly last?: readonly number[];
  readonly own?: Readonly<Record<string, CaseSeries>>;
  readonly rule?: Partial<GridRule>;
  readonly list?: GivenList;
  readonly length?: number;
}

/** A theme of eight names and its market. */
function themeCase({
  last = [],
  own = {},
  rule = {},
  list = membersList("theme", members),
  length = n,
}: Given = {}): MarketCase {
  return {
    series: {
      M: { rows: pathOf(marketReturns(length)) },
      ...Object.fromEntries(
        members.map((id, i) => [
          id,
          { kind: "total-return" as const, rows: pathOf(followers(length, 30 + i, { own: 0.02, last })) },
        ]),
      ),
      ...own,
    },
    baskets: { theme: both(named("theme")) },
    declared: [list],
    grid: { basket: "theme", market: "M", volume: null, spillover: [], ...rule },
    sections: ["grid", "sources"],
  };
}

function themeIssue(given: Given = {}, asOf: IsoDate = friday) {
  const found = issueOf(themeCase(given), asOf);
  return { ...found, part: found.section("grid") };
}
const gapsOf = ({ part }: ReturnType<typeof themeIssue>) => part.gaps.map(({ key }) => key);

describe("a theme's basket", () => {
  const found = themeIssue();

  it("is of equal weights at the close before each month, which drift in it", () => {
    const prices = members.map(
      (id) => new Map((themeCase().series[id]?.rows ?? []).map(([day, v]) => [day, v])),
    );
    const days = [...(prices[0]?.keys() ?? [])];
    const on = (i: number, day = "") => prices[i]?.get(day) ?? Number.NaN;
    // From the close of January on, each eighth grows as its name does: none comes near the cap.
    const base = days.findLast((day) => day < "2026-02-01");
    const worth = (day?: string) => series(8, (i) => on(i, day) / on(i, base)).reduce((a, b) => a + b, 0) / 8;
    const week = worth(friday) / worth("2026-02-06") - 1;
    expect(found.fact("grid.theme.return.week").value).toBeCloseTo(week, 12);
    expect(found.fact("grid.theme.names").value).toBe(8);
    expect(found.fact("grid.theme.start").value).toBe(days[0]);
  });

  it("has the week of its market on the same days, and a line of both", () => {
    const market = new Map((themeCase().series.M?.rows ?? []).map(([day, v]) => [day, v]));
    const week = (market.get(friday) ?? 0) / (market.get("2026-02-06") ?? 0) - 1;
    expect(found.fact("grid.theme.market.week").value).toBeCloseTo(week, 12);
    expect(found.part.figures.map(({ id, size }) => [id, size])).toEqual([["grid.lines", "beside"]]);
    expect(found.fact("grid.theme.return.252").window.n).toBe(253);
  });

  it("says that a list made afterwards has no history", () => {
    const keys = (issue: typeof found) => issue.part.words.flat().map(({ key }) => key);
    expect(keys(found)).toContain("grid.basis.back-cast");
    const live = themeIssue({ list: membersList("theme", members, Date.parse("1999-12-31T00:00:00Z")) });
    expect(keys(live).filter((key) => key.startsWith("grid.basis"))).toEqual([]);
    const part = themeIssue({ list: membersList("theme", members, Date.parse("2025-06-30T00:00:00Z")) });
    expect(keys(part)).toContain("grid.basis.part");
    expect(part.fact("grid.theme.inception").value).toBe("2025-07-01");
  });

  it("is one line without a list, members in the catalogue, five of them, or prices of these days", () => {
    expect(gapsOf(themeIssue({ list: membersList("other", members) }))).toEqual(["grid.gap.no-list"]);
    expect(
      gapsOf(themeIssue({ list: membersList("theme", members, Date.parse("2026-02-20T00:00:00Z")) })),
    ).toEqual(["grid.gap.no-list"]);
    expect(gapsOf(themeIssue({ list: membersList("theme", [...members, "GONE"]) }))).toEqual([
      "grid.gap.not-in-catalogue",
    ]);
    expect(gapsOf(themeIssue({ list: membersList("theme", members.slice(0, 4)) }))).toEqual(["grid.gap.few"]);
    const old = themeIssue({ own: { M: { rows: pathOf(marketReturns(n), "2026-02-06") } } });
    expect(gapsOf(old)).toEqual(["grid.gap.stale"]);
    expect(old.refusal("grid.theme.stress").reasons).toMatchObject([{ code: "stale" }]);
    const silent = Object.fromEntries(
      members.map((id, i) => [id, { rows: pathOf(followers(n, 30 + i), "2026-02-06") }]),
    );
    expect(gapsOf(themeIssue({ own: silent }))).toEqual(["grid.gap.stale"]);
  });

  it("sees nothing after the cut-off", () => {
    const own = Object.fromEntries(
      members.map((id) => [
        id,
        {
          kind: "total-return" as const,
          rows: [...(themeCase().series[id]?.rows ?? []), ["2026-02-16", 1] as Row],
        },
      ]),
    );
    const numbers = (issue: typeof found) =>
      issue.composed.facts.facts.filter(({ id }) => id.startsWith("grid."));
    expect(numbers(themeIssue({ own }))).toEqual(numbers(found));
  });
});

describe("stress", () => {
  it("is that of a sell-off where all fall together, and is named sold", () => {
    const found = themeIssue({ last: series(20, (t) => (t % 2 === 0 ? -0.05 : 0.01)) });
    expect(found.fact("grid.theme.stress.down").value).toBe(4);
    const said = found.statement("grid.theme.stress.down");
    expect(said).toMatchObject({
      stance: "theme.stress:down",
      claim: { places: { tail: { fact: "grid.theme.stress.down" } } },
    });
    expect(found.part.claim.key).toBe("grid.stress.claim.down");
    expect(found.refused).not.toContain("grid.theme.stress-down");
  });

  it("is that of a squeeze where all rise, and is named bid", () => {
    const found = themeIssue({ last: series(20, (t) => (t % 2 === 0 ? 0.045 : -0.005)) });
    expect(found.said).toContain("grid.theme.stress.up");
    expect(found.part.claim.key).toBe("grid.stress.claim.up");
    // Volatility and volume in their tails are of no side, and the sentence says how many such there are.
    const neutral = Number(found.fact("grid.theme.stress.neutral").value);
    expect(found.part.words.flat().map(({ key }) => key)).toContain(
      `grid.stress.text.up.${neutral > 0 ? "neutral" : "pointing"}`,
    );
  });

  it("is none where fewer than three are in a tail", () => {
    const found = themeIssue();
    expect(found.said).toContain("grid.theme.stress.none");
    expect(found.refusal("grid.theme.stress-up").reasons).toMatchObject([
      { code: "few-in-the-tail", need: 3 },
    ]);
    expect(found.part.claim.key).toMatch(/^grid\.week\.claim\./u);
  });

  it("counts volume where it is named, and does without it where it is old", () => {
    const busy = { V: { kind: "count" as const, rows: volumes(n + 1, 5, 1) } };
    const last = series(20, (t) => (t % 2 === 0 ? -0.05 : 0.01));
    const found = themeIssue({ last, own: busy, rule: { volume: "V" } });
    expect([
      found.fact("grid.theme.stress.down").value,
      found.fact("grid.theme.stress.measured").value,
    ]).toEqual([5, 5]);
    const old = { V: { kind: "count" as const, rows: volumes(n + 1, 5, 1).slice(0, -6) } };
    const without = themeIssue({ last, own: old, rule: { volume: "V" } });
    expect(without.fact("grid.theme.stress.measured").value).toBe(4);
    expect(without.part.tables[0]?.rows).toHaveLength(4);
  });

  it("is not known of a short history", () => {
    expect(gapsOf(themeIssue({ length: 200 }))).toEqual(["grid.gap.stress"]);
  });
});

describe("macro spillover", () => {
  const months = 240;
  /** Monthly levels that grow by a tenth of a per cent or so a month, and by more in the last year. */
  const growing = (seed: number, more: number) => {
    const dice = noise(seed);
    let level = 100;
    return series(months, (i) => {
      level *= 1 + 0.001 + 0.004 * dice() + (i >= months - 12 ? more : 0);
      return level;
    });
  };
  const rows = (values: readonly number[], from = 0): readonly Row[] =>
    monthEndsTo(values.length)
      .map((day, i): Row => [day, values[i] ?? 0])
      .slice(from);
  const issue = (more: readonly number[], change: Partial<Record<string, CaseSeries>> = {}) => {
    const own: Record<string, CaseSeries> = Object.fromEntries(
      more.map((each, i) => [`X${i}`, standing("level", rows(growing(60 + i, each)))]),
    );
    for (const [id, each] of Object.entries(change)) if (each !== undefined) own[id] = each;
    return themeIssue({ own, rule: { spillover: more.map((_, i) => `X${i}`) } });
  };

  it("is said of two series of three", () => {
    const found = issue([0.01, 0.01, 0]);
    expect(found.said).toContain("grid.theme.spillover.above");
    expect(found.part.claim.key).toBe("grid.spillover.claim.above");
    const table = found.part.tables.find(({ id }) => id === "grid.spillover");
    expect(table?.rows[0]?.cells).toEqual([
      { fact: "grid.theme.spillover.X0.month" },
      { fact: "grid.theme.spillover.X0.growth" },
      { fact: "grid.theme.spillover.X0.z" },
      { fact: "grid.theme.spillover.X0.lag" },
    ]);
    expect(found.fact("grid.theme.spillover.X0.month").value).toBe("2026-01");
    expect(found.fact("grid.theme.spillover.X0.lag").value).toBe(1);
  });

  it("is refused of one, and of none", () => {
    const one = issue([0.01, 0, 0]);
    expect(one.said).toContain("grid.theme.spillover.one");
    expect(one.refusal("grid.theme.spillover").reasons).toMatchObject([
      { code: "few-above", need: 2, have: 1 },
    ]);
    expect(issue([0, -0.004, -0.004]).said).toContain("grid.theme.spillover.none");
  });

  it("has growth over twelve months and its z of the ten years before, by hand", () => {
    const values = growing(60, 0.01);
    const growth = values.slice(12).map((v, i) => v / (values[i] ?? 1) - 1);
    const history = growth.slice(-121, -1);
    const mean = history.reduce((a, b) => a + b, 0) / 120;
    const sd = Math.sqrt(history.reduce((s, g) => s + (g - mean) ** 2, 0) / 119);
    const found = issue([0.01, 0, 0]);
    expect(found.fact("grid.theme.spillover.X0.growth").value).toBeCloseTo(growth.at(-1) ?? 0, 12);
    expect(found.fact("grid.theme.spillover.X0.z").value).toBeCloseTo(((growth.at(-1) ?? 0) - mean) / sd, 9);
  });

  it("leaves out what is old, short or not positive, and says so", () => {
    const stale = rows(growing(60, 0.01)).slice(0, -3);
    const short = rows(growing(60, 0.01), months - 70);
    const negative = rows(growing(60, 0.01)).map(([day, v], i): Row => [day, i === 5 ? -1 : v]);
    for (const bad of [stale, short, negative, []]) {
      const found = issue([0.01, 0.01, 0.01], { X0: standing("level", bad) });
      expect(gapsOf(found)).toEqual(["grid.gap.series"]);
      expect(found.fact("grid.theme.spillover.measured").value).toBe(2);
      expect(found.said).toContain("grid.theme.spillover.above");
    }
    const lone = issue([0.01, 0.01], { X0: standing("level", stale) });
    expect(lone.said.some((id) => id.includes("spillover"))).toBe(false);
    expect(lone.refusal("grid.theme.spillover").reasons).toMatchObject([{ code: "too-few" }]);
  });

  it("reads a month only once its lag is over", () => {
    const late = { ...standing("level", rows(growing(60, 0.01))), lag: { sessions: 30, hours: 0 } };
    const found = issue([0.01, 0.01, 0], { X0: late });
    expect(found.fact("grid.theme.spillover.X0.month").value).toBe("2025-12");
    expect(found.fact("grid.theme.spillover.X0.lag").value).toBe(30);
  });

  it("describes a lead that stands out among all lags, and refuses others", () => {
    // A series whose growth is that of the basket three months before.
    const long = 2600;
    const basket = new Map<string, number>();
    const paths = members.map((id) => themeCase({ length: long }).series[id]?.rows ?? []);
    for (const [t, [day]] of (paths[0] ?? []).entries()) {
      const logs = paths.map((path) => Math.log(path[t]?.[1] ?? 1));
      basket.set(day.slice(0, 7), Math.exp(logs.reduce((sum, v) => sum + v, 0) / logs.length));
    }
    const ends = monthEndsTo(118);
    const led = ends.map((_, i): Row => {
      const then = ends[i - 3]?.slice(0, 7) ?? "";
      return [ends[i] ?? "", basket.get(then) ?? 100];
    });
    const found = themeIssue({
      length: long,
      own: { X0: standing("level", led), X1: standing("level", rows(growing(61, 0), months - 118)) },
      rule: { spillover: ["X0", "X1"] },
    });
    expect(found.statement("grid.theme.X0.lead.before").gate.found).toMatchObject({
      months: 3,
      order: "before",
    });
    expect(found.fact("grid.theme.lead.X0.correlation").stats?.q).toBeLessThan(0.1);
    expect(found.refusal("grid.theme.X1.lead").reasons[0]?.code).toBe("q-above");
    expect(found.part.words.flat().map(({ key }) => key)).toContain("grid.lead.text.before");
  });
});

describe("holidays", () => {
  it("of one member leave its weight to the others for the day, and change no week that it ends in", () => {
    const whole = themeIssue();
    const missing = weekdaysTo(friday, 3)[0];
    const rows = (themeCase().series.N0?.rows ?? []).filter(([day]) => day !== missing);
    const found = themeIssue({ own: { N0: { kind: "total-return", rows } } });
    const week = Number(found.fact("grid.theme.return.week").value);
    expect(week).toBeCloseTo(Number(whole.fact("grid.theme.return.week").value), 12);
    expect(found.fact("grid.theme.stress.volatility").value).not.toBe(
      whole.fact("grid.theme.stress.volatility").value,
    );
  });
});
