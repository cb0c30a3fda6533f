import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  fundSeries,
  laggards,
  leaders,
  nonUsFunds,
  priceSeries,
  usFunds,
} from "../../examples/sample/catalogue.ts";
import { flowsCsv, pricesCsv } from "../../examples/sample/csv.ts";
import { simulate } from "../../examples/sample/market.ts";
import { seed } from "../../examples/sample/parameters.ts";

/*
 * Everything below the first block reads the committed bytes and computes the plain way, sharing no code with
 * the generator or with Tideline's metrics.
 */

type Point = readonly [date: string, value: number];

const read = (name: string): string => readFileSync(new URL(`../../data/${name}`, import.meta.url), "utf8");
const prices = read("prices.csv");
const flows = read("flows.csv");
const cells = (csv: string) =>
  csv
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));

const [header = [], ...priceRows] = cells(prices);
const [flowHeader, ...flowRows] = cells(flows);

function series(id: string): Point[] {
  const column = header.indexOf(id);
  return priceRows.filter((row) => row[column] !== "").map((row) => [row[0] ?? "", Number(row[column])]);
}

const ids = header.slice(1);
const indices = ["USLC", "KRIX", "JPIX", "HKIX", "CNIX", "DEIX"];
const weekday = (date: string) => new Date(date).getUTCDay();
const between = (points: readonly Point[], first: string, last: string) =>
  points.filter(([date]) => first <= date && date <= last);
const closeOn = (id: string, day: string): number =>
  series(id).findLast(([date]) => date <= day)?.[1] ?? Number.NaN;
const friday = (date: string) =>
  new Date(Date.parse(date) + (5 - weekday(date)) * 86_400_000).toISOString().slice(0, 10);

/** Returns between the last sessions of consecutive weeks, named by their Fridays; gaps of a whole week are left out. */
function weeks(points: readonly Point[]): Point[] {
  const closes = [...new Map(points.map(([date, value]) => [friday(date), value]))];
  return closes.slice(1).flatMap(([end, value], i): Point[] => {
    const [before, base] = closes[i] ?? ["", Number.NaN];
    return Date.parse(end) - Date.parse(before) === 7 * 86_400_000 ? [[end, value / base - 1]] : [];
  });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("the generator", () => {
  it("gives exactly the committed bytes", () => {
    const market = simulate(seed);
    expect(pricesCsv(market)).toBe(prices);
    expect(flowsCsv(market)).toBe(flows);
  });

  it("gives another market from another seed", () => {
    const other = simulate(seed + 1);
    expect(pricesCsv(other)).not.toBe(prices);
    expect(flowsCsv(other)).not.toBe(flows);
  });
});

describe("the files", () => {
  it("have the catalogue's columns, funds and README rows, and stay under 900 kB", () => {
    expect(ids).toEqual(priceSeries.map(({ id }) => id));
    expect(flowHeader).toEqual(["date", "fund", "flow_usd"]);
    expect(new Set(flowRows.map((row) => row[1]))).toEqual(new Set(fundSeries.map(({ id }) => id)));
    const readme = read("README.md");
    for (const { id, name, kind } of [...priceSeries, ...fundSeries]) {
      expect(readme).toContain(`| \`${id}\` | ${name.en} | ${name.zh} | ${kind} |`);
    }
    expect(Buffer.byteLength(prices) + Buffer.byteLength(flows)).toBeLessThan(900_000);
  });

  it("run from 2015-01-02 to 2026-02-13 in order, with no weekend", () => {
    const dates = priceRows.map((row) => row[0] ?? "");
    expect([dates[0], dates.at(-1)]).toEqual(["2015-01-02", "2026-02-13"]);
    expect(dates).toEqual([...new Set(dates)].sort());
    const all = [...dates, ...flowRows.map((row) => row[0] ?? "")];
    expect(all.filter((date) => [0, 6].includes(weekday(date)))).toEqual([]);
    const keys = flowRows.map((row) => `${row[0]},${row[1]}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("leave out holidays, each exchange its own", () => {
    expect(priceRows.filter((row) => row[0]?.endsWith("-01-01"))).toEqual([]);
    // Tokyo met on Christmas Day 2024, Frankfurt and New York did not; on Good Friday 2025 only Asia did.
    const openOn = (day: string) =>
      indices.filter((id) => series(id).some(([date]) => date === day)).join(" ");
    expect(openOn("2024-12-25")).toBe("JPIX CNIX");
    expect(openOn("2025-04-18")).toBe("KRIX JPIX CNIX");
    expect(openOn("2025-01-28")).toBe("USLC JPIX HKIX DEIX");
    const patterns = indices.map((id) =>
      series(id)
        .map(([date]) => date)
        .join(),
    );
    expect(new Set(patterns).size).toBe(6);
    for (const id of ids) expect(series(id).length).toBeLessThan(priceRows.length);
  });

  it.each(ids)(
    "%s is positive, moves at least every third session, and never by more than its kind may",
    (id) => {
      const values = series(id).map(([, value]) => value);
      expect(values.every((value) => value > 0 && Number.isFinite(value))).toBe(true);
      const unchanged = values.filter(
        (value, i) => i > 1 && value === values[i - 1] && value === values[i - 2],
      );
      expect(unchanged).toEqual([]);
      const moves = values.slice(1).map((value, i) => Math.abs(value / (values[i] ?? value) - 1));
      expect(Math.max(...moves)).toBeLessThan(id === "VOLIX" ? 1 : 0.25);
    },
  );

  it.each(fundSeries.map(({ id }) => id))(
    "%s lacks less than a tenth of New York's sessions, in all and in 2026",
    (id) => {
      const have = flowRows.filter((row) => row[1] === id).map((row) => row[0] ?? "");
      const due = series("USLC").flatMap(([date]) => (date >= "2020-01-02" ? [date] : []));
      expect(have.length / due.length).toBeGreaterThan(0.9);
      const year = (dates: readonly string[]) => dates.filter((date) => date > "2026").length;
      expect(year(have) / year(due)).toBeGreaterThan(0.9);
      expect(have.at(-1)).toBe("2026-02-13");
    },
  );
});

describe("the market's shape", () => {
  const deepest = (id: string, first: string, last: string) => {
    const values = between(series(id), first, last).map(([, value]) => value);
    return Math.min(...values.map((value, i) => value / Math.max(...values.slice(0, i + 1)) - 1));
  };
  const spread = (id: string, first: string, last: string) => {
    const values = between(series(id), first, last).map(([, value]) => value);
    const returns = values.slice(1).map((value, i) => value / (values[i] ?? value) - 1);
    return Math.sqrt((252 * sum(returns.map((r) => r * r))) / returns.length);
  };

  it("has a crash in 2020, a long fall in 2022 and calm between", () => {
    expect(deepest("USLC", "2020-01-01", "2020-05-31")).toBeLessThan(-0.2);
    expect(deepest("USLC", "2021-10-01", "2022-12-31")).toBeLessThan(-0.2);
    expect(spread("USLC", "2020-02-12", "2020-05-29")).toBeGreaterThan(
      2 * spread("USLC", "2025-11-24", "2026-02-13"),
    );
  });

  it("moves together: weekly returns of every index go with those of the US index", () => {
    const us = new Map(weeks(series("USLC")));
    for (const id of ["KRIX", "JPIX", "HKIX", "CNIX", "DEIX"]) {
      const joint = weeks(series(id)).flatMap(([end, r]) =>
        us.has(end) ? [[r, us.get(end) ?? 0] as const] : [],
      );
      const agree = joint.filter(([a, b]) => a > 0 === b > 0).length / joint.length;
      expect(agree, id).toBeGreaterThan(0.55);
    }
  });
});

describe("the week to 2026-02-13", () => {
  it("the US index came within 1% of 5,000 twice this year and was turned away, never closing above it", () => {
    const year = between(series("USLC"), "2026-01-01", "2026-02-13");
    const near = (value: number) => value >= 4950;
    const entries = year.flatMap(([, value], i) => (near(value) && !near(year[i - 1]?.[1] ?? 0) ? [i] : []));
    expect(entries.map((i) => year[i]?.[0])).toEqual(["2026-01-07", "2026-01-27"]);
    const [first = 0, second = 0] = entries;
    const closes = year.map(([, value]) => value);
    // Between the two a close fell 2% below, so that the second is a new test.
    expect(Math.min(...closes.slice(first, second))).toBeLessThan(4900);
    expect(closes.at(-1)).toBeLessThan(4950);
    expect(Math.max(...series("USLC").map(([, value]) => value))).toBeLessThan(5000);
    expect(Math.max(...closes)).toBe(Math.max(...series("USLC").map(([, value]) => value)));
  });

  it("Korea had its best week for three years or more, with an earlier better one", () => {
    const all = weeks(series("KRIX"));
    const [end, week] = all.at(-1) ?? ["", 0];
    const since = all.slice(0, -1).findLast(([, r]) => r >= week)?.[0];
    expect(end).toBe("2026-02-13");
    expect(week).toBeCloseTo(0.0811, 4);
    expect(since).toBe("2022-07-29");
  });

  it("Korea more than doubled since its close of 2024-12-30, and crossed the double this week", () => {
    const base = closeOn("KRIX", "2024-12-30");
    expect(closeOn("KRIX", "2026-02-13") / base).toBeGreaterThan(2.05);
    const crossed =
      series("KRIX").find(([date, value]) => date > "2024-12-30" && value / base >= 2)?.[0] ?? "";
    expect(friday(crossed)).toBe("2026-02-13");
  });

  it("the pair gained, both legs helped, and the short one made two thirds or more of it", () => {
    const days = between(series("CHIPS_A"), "2026-02-06", "2026-02-13").map(([date]) => date);
    const leg = (members: readonly { id: string }[], i: number) =>
      sum(members.map(({ id }) => closeOn(id, days[i] ?? "") / closeOn(id, days[i - 1] ?? "") - 1)) /
      members.length;
    const daily = days.slice(1).map((_, i) => ({ long: leg(leaders, i + 1), short: -leg(laggards, i + 1) }));
    const total = daily.reduce((growth, { long, short }) => growth * (1 + long + short), 1) - 1;
    const link = (r: number) => (r === 0 ? 1 : Math.log(1 + r) / r);
    const part = (side: "long" | "short") =>
      sum(daily.map((d) => d[side] * link(d.long + d.short))) / link(total);
    expect(part("long") + part("short")).toBeCloseTo(total, 12);
    expect(total).toBeGreaterThan(0.01);
    expect(part("long")).toBeGreaterThan(0);
    expect(part("short") / total).toBeGreaterThan(2 / 3);
  });

  it.each(["2026-02-12", "2026-02-13"])(
    "both groups of funds took money in by %s, the non-US ones more",
    (last) => {
      const year = (funds: readonly { id: string }[]) =>
        sum(
          flowRows
            .filter(
              ([date = "", fund]) => "2026" < date && date <= last && funds.some(({ id }) => id === fund),
            )
            .map((row) => Number(row[2])),
        );
      expect(year(usFunds)).toBeGreaterThan(5e8);
      expect(year(nonUsFunds)).toBeGreaterThan(2 * year(usFunds));
    },
  );
});
