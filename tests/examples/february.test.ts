import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadWorkspace } from "#src/config/load.ts";
import { compose } from "#src/sections/compose.ts";
import { gatherFiles } from "#src/sources/files.ts";
import { checked, type Issue } from "#tests/sections/issue-of.ts";
import { inputOf } from "#tests/sections/market-case.ts";

/*
 * The example on real data. The data are not part of the project: TIDELINE_DATA names their folder, and without it
 * everything here is skipped. What is expected is typed from the published week, or computed again below from the text
 * of the files, sharing no code with Tideline.
 */

const folder = process.env.TIDELINE_DATA ?? "";
const isThere = folder !== "";
const friday = "2026-02-13";

async function composed(asOf = friday): Promise<Issue> {
  const workspace = await loadWorkspace(join(import.meta.dirname, "../../examples/february-2026"), {
    TIDELINE_DATA: folder,
  });
  const gathered = await gatherFiles(workspace.files, workspace.catalogue);
  const series = workspace.catalogue.map(({ id }) => id);
  return checked(compose(inputOf(workspace, gathered, asOf)), series);
}

const title = isThere ? "on real data" : "skipped, since TIDELINE_DATA names no folder of data";

describe.skipIf(!isThere)(`February 2026: ${title}`, async () => {
  const issue = isThere ? await composed() : undefined;
  const found = (): Issue => {
    if (issue === undefined) throw new RangeError("no data");
    return issue;
  };
  const numberOf = (id: string): number => Number(found().fact(id).value);

  it("Korea's week is +8.21 %, the best since the week to 2021-01-08, and the headline", () => {
    expect(numberOf("levels.kospi.return.week")).toBeCloseTo(0.0821, 4);
    expect(found().fact("levels.kospi.best.since").value).toBe("2021-01-08");
    expect(found().said[0]).toBe("levels.kospi.best");
    expect(found().statement("levels.kospi.best").gate.found).toMatchObject({ years: 5, coverage: 1 });
    expect(found().section("headline").claim.key).toBe("levels.best.claim");
  });

  it("Korea stands at 2.295 times its close of 2024-12-30: more than doubled", () => {
    expect(numberOf("levels.kospi.milestone-2024-12-30.ratio")).toBeCloseTo(2.295, 3);
    expect(found().fact("levels.kospi.milestone-2024-12-30.base").value).toBe("2024-12-30");
    expect(found().said).toContain("levels.kospi.more-than-doubled");
  });

  it("the S&P 500 failed to break 7,000: its highest close is 6,978.6, and no break was confirmed", () => {
    expect(found().said).toContain("levels.spx.failed.7000");
    expect(numberOf("levels.spx.level-7000.extreme-close")).toBe(6978.6);
    const { gate } = found().statement("levels.spx.failed.7000");
    expect(gate.found).toMatchObject({
      approach: "resistance",
      breakouts: 0,
      closesBeyond: 0,
      unconfirmed: false,
    });
  });

  it("Japan's week is +4.96 %, of which no superlative is said", () => {
    expect(numberOf("levels.n225.return.week")).toBeCloseTo(0.0496, 4);
    expect(found().said).toContain("levels.n225.week.up");
    expect(found().refused).toContain("levels.n225.best");
  });

  it("the pair's record day is 2025-04-09, +8.76 %, back-cast, made by the long leg while the short leg lost", () => {
    expect(found().fact("pair.ai.record.date").value).toBe("2025-04-09");
    expect(numberOf("pair.ai.record.gain")).toBeCloseTo(0.0876, 4);
    expect(found().fact("pair.ai.record.long").state).toBe("up");
    expect(found().fact("pair.ai.record.short").state).toBe("down");
    expect(found().fact("pair.ai.record.start").value).toBe("2018-01-02");
    const said = found().statement("pair.ai.record-back-cast-past");
    expect(said.gate.found).toMatchObject({ basis: "back-cast", inWeek: false });
    expect(said.text.map(({ key }) => key)).toContain("pair.record.legs.up-down");
  });

  it("neither “record” nor “mostly” is said of this week; both are refused", () => {
    expect(found().said.filter((id) => /mostly|record-(live|back-cast)-week/.test(id))).toEqual([]);
    expect(found().refusal("pair.ai.record").reasons).toEqual([{ code: "record-not-this-week" }]);
    const [reason] = found().refusal("pair.ai.mostly").reasons;
    expect(reason).toMatchObject({ code: "share-below", need: 2 / 3 });
    expect(reason?.have).toBeLessThan(2 / 3);
  });

  it("six of the eight non-US funds and their group are refused, as a gap", () => {
    const reasons = [{ code: "coverage" }];
    for (const fund of ["EFA", "IEMG", "EEM", "EWJ", "FXI", "INDA"])
      expect(found().fact(`flows.${fund}.year`), fund).toMatchObject({ value: null, reasons });
    const [reason] = found().fact("flows.nonus.year").reasons;
    expect(reason).toEqual({ code: "members-missing", need: 8, have: 2 });
    expect(found().refused).toContain("flows.nonus.total");
    expect(found().section("flows").gaps).toMatchObject([
      { key: "flows.gap.daily" },
      // The weekly file ends in 2024; six weeks of daily flows are too few for a z-score.
      { key: "flows.gap.ended.two" },
      { key: "flows.short" },
    ]);
    expect(numberOf("flows.nonus.funds-missing")).toBe(6);
    expect(numberOf("flows.nonus.funds")).toBe(8);
  });

  it("VEA drew 8.1, VWO 4.2, the US funds shed 2.1 billion dollars; no share is said", () => {
    const billions = (id: string) => Math.round(numberOf(`flows.${id}.year`) / 1e8) / 10;
    expect([billions("VEA"), billions("VWO"), billions("us")]).toEqual([8.1, 4.2, -2.1]);
    expect(found().said).toContain("flows.partial.down");
    expect(found().statement("flows.partial.down").claim.places).toMatchObject({
      v: { fact: "flows.us.year" },
    });
    // The two funds of the group without a total are said one by one.
    const [single] = found().section("flows").words;
    expect(single?.map(({ key, places }) => [key, places.v])).toEqual([
      ["flows.year.up", { fact: "flows.VEA.year" }],
      ["flows.year.up", { fact: "flows.VWO.year" }],
    ]);
    const reasons = [{ code: "mixed-signs" }, { code: "members-missing" }];
    expect(found().refusal("flows.share")).toMatchObject({ reasons });
    expect(found().factIds.some((id) => /^flows\..*share\.year$/.test(id))).toBe(false);
  });

  it("the S&P 500 is not calm enough for “calm surface”, though its names are turbulent and far apart", () => {
    const percentile = (measure: string) => numberOf(`surface.spx.${measure}-percentile`);
    expect(percentile("names-rv20")).toBeGreaterThan(80);
    expect(percentile("dispersion")).toBeGreaterThan(95);
    expect(found().refusal("surface.spx.calm-turbulent-by-dispersion").reasons).toMatchObject([
      { code: "index-not-calm", need: 40, have: expect.closeTo(55.7, 1) },
    ]);
    expect(found().said).toContain("surface.spx.dispersion.high");
    expect(found().said).toContain("surface.spx.correlation.low");
    expect(found().statement("surface.spx.contributor").claim.places).toMatchObject({
      share: { fact: "surface.spx.part.technology.share" },
    });
    expect(numberOf("surface.spx.names-rv20.count")).toBe(100);
  });

  // Typed from a computation with pandas on the same files.
  it("cyclical and defensive sectors beat US large caps at once, as on 5 of 2,520 sessions before", () => {
    expect(found().said).toContain("signals.joint.extremely-rare-strong");
    expect(numberOf("signals.joint.cyclical-z")).toBeCloseTo(3.14098, 5);
    expect(numberOf("signals.joint.defensive-z")).toBeCloseTo(2.66097, 5);
    expect(numberOf("signals.joint.share")).toBeCloseTo(5 / 2520, 10);
    expect(found().section("signals").claim.key).toBe("signals.joint.rare.strong.claim.untested");
    // No equal-weight index is among the data.
    expect(found().statement("signals.joint.extremely-rare-strong").text.at(-1)?.key).toBe(
      "signals.joint.equal.strong.none",
    );
  });

  it("signals of growth do not contradict one another, and the curve kept its shape over twenty sessions", () => {
    expect(found().refused).toContain("signals.growth.contradictory");
    expect(numberOf("signals.curve-20.short")).toBeCloseTo(-4, 6);
    expect(numberOf("signals.curve-20.long")).toBeCloseTo(-6, 6);
    expect(found().said).toContain("signals.curve-20.unchanged");
    expect(numberOf("signals.surprise")).toBeCloseTo(1.10418, 5);
  });

  it("developed markets abroad beat those at home, and are called no haven", () => {
    expect(found().said).toContain("flows.abroad.strong");
    expect(numberOf("flows.markets.z")).toBeCloseTo(2.3265, 4);
    expect(numberOf("flows.markets.down-capture")).toBeCloseTo(0.86587, 5);
    expect(numberOf("flows.markets.correlation")).toBeCloseTo(0.65601, 5);
    expect(
      found()
        .refusal("flows.haven.haven")
        .reasons.map(({ code }) => code),
    ).toEqual(["q-above"]);
  });

  it("Korea is up 30.7 % this year and 30.5 % in dollars, far ahead of US large caps, and nothing has flipped", () => {
    expect(numberOf("korea.local.year")).toBeCloseTo(0.306784, 6);
    expect(numberOf("korea.fx.year")).toBeCloseTo(-0.00173, 6);
    expect(numberOf("korea.dollars.year")).toBeCloseTo(0.304523, 6);
    expect(found().fact("korea.base.year").value).toBe("2025-12-30");
    expect(numberOf("korea.strength")).toBeCloseTo(Math.expm1(0.168189), 5);
    expect(numberOf("korea.strength-z")).toBeCloseTo(2.896988, 6);
    expect(found().section("korea").claim.key).toBe("country.strength.claim.strong");
    expect(found().said).toContain("korea.flip.kept");
    expect(numberOf("korea.yield.move")).toBeCloseTo(9.1, 6);
    // Its sentences are those of the levels, and not said a second time.
    expect(numberOf("korea.local.week")).toBe(numberOf("levels.kospi.return.week"));
  });

  it("Japan gains with its currency, of which no correlation is clear of zero by weeks", () => {
    expect(numberOf("japan.dollars.week")).toBeCloseTo(0.080845, 6);
    expect(numberOf("japan.flip.recent")).toBeCloseTo(-0.043026, 6);
    expect(numberOf("japan.flip.prior")).toBeCloseTo(-0.181488, 6);
    expect(numberOf("japan.both.recent")).toBe(5);
    expect(found().said).toContain("japan.flip.unclear");
    expect(
      found().said.filter((id) => /^(korea|japan)\.(target|earnings|valuation|foreign|label)/.test(id)),
    ).toEqual([]);
  });

  it("software's volatility soared, and it was not sold violently that week", () => {
    expect(found().said).toContain("epicentre.igv.volatility.soared");
    expect(numberOf("epicentre.igv.rv20")).toBeCloseTo(0.4, 3);
    expect(numberOf("epicentre.igv.rv20-percentile")).toBeGreaterThan(90);
    expect(found().refusal("epicentre.igv.violent-selling").reasons[0]).toMatchObject({
      code: "abnormal-above",
      need: -2,
    });
    // Nobody lists the shares' results, so that no drop can be called unexplained.
    expect(
      found()
        .section("epicentre")
        .gaps.map(({ key }) => key),
    ).toEqual(["epicentre.gap.drops.list"]);
  });

  it("all of seven software shares lag the market over a month, Intuit by the most", () => {
    const { gate, text } = found().statement("epicentre.igv.parts.behind");
    expect(gate.found).toMatchObject({ parts: 7, lagging: 7, of: "names" });
    expect(text[0]?.places.worst).toMatchObject({ fact: "epicentre.igv.excess.INTU.month" });
  });

  it("all is known by the cut-off, and nothing later is spoken of", () => {
    expect(found().fact("issue.cutoff").value).toBe("2026-02-13T23:00:00Z");
    const ends = found().composed.facts.facts.map(({ window }) => window.end ?? "");
    expect(ends.toSorted().at(-1)).toBe(friday);
  });

  describe("computed again from the text of the files", () => {
    type Point = readonly [date: string, value: number];
    function cells(path: string): readonly (readonly string[])[] {
      const text = isThere ? readFileSync(join(folder, path), "utf8").trimEnd() : "";
      return text.split("\n").map((line) => line.split(","));
    }
    const panel = cells("panel/panel_daily_2010_2026.csv");
    const shares = cells("equities/us_large_caps_adj_close_2018_2026.csv");
    const flows = cells("flows/etf_flows_daily_2026q1_usd.csv");

    function column([header = [], ...rows]: readonly (readonly string[])[], name: string): readonly Point[] {
      const at = header.indexOf(name);
      return rows
        .filter((row) => (row[0] ?? "") <= friday && (row[at] ?? "") !== "")
        .map((row) => [row[0] ?? "", Number(row[at])]);
    }
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
    const last = (points: readonly Point[]): number => points.at(-1)?.[1] ?? Number.NaN;
    const upTo = (points: readonly Point[], day: string) => points.filter(([date]) => date <= day);
    const weekOf = (date: string) => Math.floor((Date.parse(date) / 86_400_000 + 3) / 7);
    function weeklyOf(points: readonly Point[]): readonly Point[] {
      // The last close of each week, by the number of the week.
      const closes = new Map(points.map((point) => [weekOf(point[0]), point]));
      return [...closes].flatMap(([week, [date, value]]): Point[] => {
        const base = closes.get(week - 1)?.[1];
        return base === undefined ? [] : [[date, value / base - 1]];
      });
    }

    it.each([
      ["kospi", "idx_kospi"],
      ["n225", "idx_n225"],
      ["spx", "idx_spx"],
    ])("the week of %s, and the last week before it that was as good or as bad", (id, name) => {
      const weekly = weeklyOf(column(panel, name));
      const [, r] = weekly.at(-1) ?? ["", Number.NaN];
      expect(numberOf(`levels.${id}.return.week`)).toBeCloseTo(r, 12);
      const rival = weekly.slice(0, -1).findLast(([, each]) => (r > 0 ? each >= r : each <= r));
      const said = found().composed.facts.statements.find(
        (each) => each.id.startsWith(`levels.${id}.`) && each.gate.rule.startsWith("B2"),
      );
      expect(said?.gate.found.since).toBe(rival?.[0]);
    });

    it("z-score and percentile of the S&P 500's week among the 260 before", () => {
      const weekly = weeklyOf(column(panel, "idx_spx")).map(([, r]) => r);
      const [now = Number.NaN, history] = [weekly.at(-1), weekly.slice(-261, -1)];
      const mean = sum(history) / history.length;
      const sd = Math.sqrt(sum(history.map((r) => (r - mean) ** 2)) / (history.length - 1));
      expect(numberOf("levels.spx.z.week")).toBeCloseTo((now - mean) / sd, 9);
      const below = history.filter((r) => r < now).length;
      expect(numberOf("levels.spx.percentile.week")).toBeCloseTo((100 * below) / 260, 9);
    });

    it("the year of Korea from its last session of 2025", () => {
      const points = column(panel, "idx_kospi");
      const before = upTo(points, "2025-12-31");
      expect(before.at(-1)?.[0]).toBe("2025-12-30");
      expect(numberOf("levels.kospi.return.year")).toBeCloseTo(last(points) / last(before) - 1, 12);
    });

    it("the approaches of the S&P 500 to 7,000 this year", () => {
      const year = column(panel, "idx_spx").filter(([date]) => date >= "2026-01-01");
      const closes = year.map(([, v]) => v);
      expect(numberOf("levels.spx.level-7000.extreme-close")).toBe(Math.max(...closes));
      // A close from 6,930 on begins a new one after a close at 6,860 or below, or after more than five sessions away.
      const near = closes.flatMap((v, i) => (v >= 6930 ? [i] : []));
      const tests = near.filter((i, k) => {
        const away = closes.slice((near[k - 1] ?? -10) + 1, i);
        return k === 0 || away.length > 5 || away.some((v) => v <= 6860);
      }).length;
      expect(tests).toBe(3);
      expect(numberOf("levels.spx.level-7000.tests")).toBe(tests);
    });

    it("the yield of the ten-year note as known on Friday evening, and its change by basis points", () => {
      // Friday's is known on Monday.
      const points = upTo(column(panel, "ust_10y"), "2026-02-12");
      const change = last(points) - last(upTo(points, "2026-02-06"));
      expect(numberOf("headline.ust10y.value")).toBeCloseTo(last(points) / 100, 12);
      expect(numberOf("headline.ust10y.change.week")).toBeCloseTo(100 * change, 6);
    });

    /** Daily returns of both legs on the days on which all fourteen have a price. */
    function legs() {
      const ids = "NVDA AVGO AMD MU ANET LRCX AMAT KLAC ADBE CRM NOW INTU ACN SPGI".split(" ");
      const all = ids.map((id) => new Map(column(shares, id)));
      const days = [...(all[0]?.keys() ?? [])].filter((day) => all.every((each) => each.has(day)));
      return days.slice(1).map((day, i) => {
        const returns = all.map((each) => (each.get(day) ?? 0) / (each.get(days[i] ?? "") ?? 0) - 1);
        return { day, long: sum(returns.slice(0, 8)) / 8, short: sum(returns.slice(8)) / 6 };
      });
    }
    const daily = legs();

    it("the pair's largest day, and what each leg did on it", () => {
      const record = daily.reduce((best, each) =>
        each.long - each.short > best.long - best.short ? each : best,
      );
      expect(found().fact("pair.ai.record.date").value).toBe(record.day);
      expect(numberOf("pair.ai.record.gain")).toBeCloseTo(record.long - record.short, 12);
      expect(numberOf("pair.ai.record.long")).toBeCloseTo(record.long, 12);
      expect(numberOf("pair.ai.record.short")).toBeCloseTo(-record.short, 12);
    });

    it("the pair's week, and the share of its short leg", () => {
      const week = daily.filter(({ day }) => day > "2026-02-06");
      const total = week.reduce((growth, d) => growth * (1 + d.long - d.short), 1) - 1;
      expect(numberOf("pair.ai.return.week")).toBeCloseTo(total, 12);
      const k = (r: number) => Math.log(1 + r) / r;
      const part = week.reduce((sum, d) => sum - d.short * k(d.long - d.short), 0) / k(total);
      expect(numberOf("pair.ai.short-share.week")).toBeCloseTo(part / total, 9);
      expect(part / total > 0.5 && part / total < 2 / 3).toBe(true);
    });

    it("the month of Intuit less that of the market, both from 13 January", () => {
      const change = (points: readonly Point[]) => last(points) / last(upTo(points, "2026-01-13")) - 1;
      const excess = change(column(shares, "INTU")) - change(column(panel, "etf_spy"));
      expect(numberOf("epicentre.igv.excess.INTU.month")).toBeCloseTo(excess, 12);
    });

    it("the flows of each fund since 1 January, and on how many sessions it has one", () => {
      const year = flows.slice(1).filter(([date = ""]) => date >= "2026-01-01" && date <= friday);
      const of = (fund: string) => year.filter(([, ticker]) => ticker === fund).map((row) => Number(row[2]));
      for (const fund of ["VEA", "VWO"]) expect(numberOf(`flows.${fund}.year`), fund).toBe(sum(of(fund)));
      expect(numberOf("flows.us.year")).toBe(
        sum("SPY VOO IVV VTI QQQ IWM DIA".split(" ").map((id) => sum(of(id)))),
      );
      for (const fund of "VEA VWO EFA IEMG EEM EWJ FXI INDA".split(" ")) {
        expect(numberOf(`flows.${fund}.sessions`), fund).toBe(of(fund).length);
        // 32 weekdays from 1 January: three quarters are 24.
        expect(found().fact(`flows.${fund}.year`).value === null, fund).toBe(of(fund).length < 24);
      }
    });
  });
});

describe.skipIf(!isThere)(`weekly estimates of ETF flows: ${title}`, async () => {
  const issues = isThere
    ? await Promise.all(["2022-10-14", "2024-03-28", "2020-03-20"].map((asOf) => composed(asOf)))
    : [];
  const [autumn, spring, before] = issues;
  const path = "flows/ici_etf_net_issuance_weekly_usd_mn.csv";
  const text = isThere ? readFileSync(join(folder, path), "utf8").trimEnd() : "";
  const [header = [], ...rows] = text.split("\n").map((line) => line.split(","));
  /** The column's values up to a day, in dollars, the last first. */
  const backFrom = (day: string, name: "etf_world_equity" | "etf_domestic_equity"): readonly number[] =>
    rows
      .filter(([date = ""]) => date <= day)
      .map((row) => Number(row[header.indexOf(name)]) * 1e6)
      .reverse();
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

  it("of October 2022 are sums of four and thirteen weeks to the 5th, and no more", () => {
    expect(autumn?.fact("flows.world-domestic.due").value).toBe("2022-10-05");
    const world = backFrom("2022-10-05", "etf_world_equity");
    expect(autumn?.fact("flows.world.4w").value).toBeCloseTo(sum(world.slice(0, 4)), 0);
    expect(autumn?.fact("flows.world.13w").value).toBeCloseTo(sum(world.slice(0, 13)), 0);
    expect(world).toHaveLength(14);
    expect(autumn?.fact("flows.world.year").reasons).toEqual([{ code: "members-missing", need: 1, have: 0 }]);
    expect(autumn?.fact("flows.world.z").value).toBeNull();
    expect(autumn?.fact("flows.world.share.4w").reasons).toEqual([{ code: "too-few", need: 56, have: 14 }]);
  });

  it("of March 2024 show world equity drawing money and losing share", () => {
    expect(spring?.fact("flows.world-domestic.due").value).toBe("2024-03-20");
    const [world, home] = (["etf_world_equity", "etf_domestic_equity"] as const).map((name) =>
      backFrom("2024-03-20", name),
    );
    const share = (from: number, to: number): number => {
      const [a, b] = [sum(world?.slice(from, to) ?? []), sum(home?.slice(from, to) ?? [])];
      return a / (a + b);
    };
    expect(spring?.fact("flows.world.share.4w").value).toBeCloseTo(share(0, 4), 12);
    expect(spring?.fact("flows.world.share.52w-before").value).toBeCloseTo(share(4, 56), 12);
    expect(spring?.said).toContain("flows.world.in-losing.net");
    expect(spring?.said).toContain("flows.domestic.in-gaining.net");
    // Twelve weeks of the year: 3 January to 20 March.
    expect(spring?.fact("flows.world.expected").value).toBe(12);
    expect(spring?.fact("flows.world.year").value).toBeCloseTo(sum(world?.slice(0, 12) ?? []), 0);
  });

  it("of March 2020 there are none", () => {
    expect(before?.said).toContain("flows.none");
    expect(before?.section("flows").gaps.map(({ key }) => key)).toEqual(["flows.gap.none.many"]);
  });
});

describe.skipIf(!isThere)(`hedge funds: ${title}`, async () => {
  const issues = isThere ? await Promise.all(["2018-02-09", "2022-10-14"].map((asOf) => composed(asOf))) : [];
  const [february, autumn] = issues;
  const table = (path: string) => {
    const text = isThere ? readFileSync(join(folder, path), "utf8").trimEnd() : "";
    return text.split("\n").map((line) => line.split(","));
  };

  it("of February 2018 are those of 2017, by months that had been published", () => {
    const [header = [], ...rows] = table("hedgefund/edhec_hedge_fund_indices_monthly_1997_2021.csv");
    const months = rows.filter(([date = ""]) => date <= "2017-12-31");
    const of = months.map((row) => Number(row[header.indexOf("Equity Market Neutral")]));
    const year = of.slice(-12).reduce((level, r) => level * (1 + r), 1) - 1;
    const recent = of.slice(-36);
    const mean = recent.reduce((sum, r) => sum + r, 0) / 36;
    const sd = Math.sqrt(recent.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 35);
    expect(february?.fact("hedge-funds.neutral.month").value).toBe("2017-12");
    expect(february?.fact("hedge-funds.neutral.year-to-date").value).toBeCloseTo(year, 12);
    expect(february?.fact("hedge-funds.neutral.cushion").value).toBeCloseTo(year / sd, 9);
    expect(february?.said).toContain("hedge-funds.neutral.resilient");
    expect(february?.said).toContain("hedge-funds.macro.avoided");
    expect(february?.refused).toContain("hedge-funds.em.avoided");
  });

  it("of October 2022 are none: the indices ended in May 2021, which one line says", () => {
    expect(autumn?.section("hedge-funds").gaps.map(({ key }) => key)).toEqual(["hedge-funds.gap.ended.all"]);
    expect(autumn?.fact("hedge-funds.ended.month").value).toBe("2021-05");
    expect(autumn?.factIds.filter((id) => /^hedge-funds\.(macro|neutral|ls)\./.test(id))).toEqual([]);
  });
});
