import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import type { Kind } from "#src/domain/series.ts";
import { identity } from "#src/quality/identity.ts";
import { impossibleValue } from "#src/quality/impossible-value.ts";
import { columnGates } from "#src/quality/inspect.ts";
import { missingWeekday } from "#src/quality/missing-weekday.ts";
import { sourcesDisagree } from "#src/quality/sources-disagree.ts";
import { splitSeam } from "#src/quality/split-seam.ts";
import type { Values } from "#src/quality/suspicion.ts";
import { exchange } from "#tests/calendar/exchange.ts";
import { valuesOf } from "#tests/quality/values.ts";

const data = process.env.TIDELINE_DATA;
const cases = join(data ?? "", "quality_cases");

type Cells = Readonly<Record<string, string>>;

const readCase = (name: string): readonly Cells[] =>
  parse(readFileSync(join(cases, name), "utf8"), { columns: true, skip_empty_lines: true });

/** The days of a case on which a column has a number; `cell` may mend one, or leave it out with `null`. */
function column(
  rows: readonly Cells[],
  kind: Kind,
  {
    date = "date",
    value = "close",
    mend = (v: number): number | null => v,
    tags = [] as readonly string[],
    calendar = "NYSE",
  } = {},
): Values {
  const found = rows.flatMap((row) => {
    const mended = row[value] === "" || row[value] === undefined ? null : mend(Number(row[value]));
    return mended === null ? [] : [[row[date] ?? "", mended] as const];
  });
  return valuesOf(
    kind,
    found.map(([, v]) => v),
    { dates: found.map(([d]) => d), tags, calendar: exchange(calendar) },
  );
}

const byDate = (a: Cells, b: Cells): number => ((a.date ?? "") < (b.date ?? "") ? -1 : 1);

/** What any gate on one series finds, as `gate first–last`. */
const anyGate = (values: Values): readonly string[] =>
  columnGates.flatMap((gate) => gate(values)).map(({ gate, from, to }) => `${gate} ${from} ${to}`);

/*
 * Real dirty files: each is found by the gate that is named, and the same file with the defect taken out passes all of
 * them. What no gate can tell stands below, so that it is not forgotten.
 */
describe.skipIf(data === undefined || !existsSync(cases))(
  "real dirty files (skipped where TIDELINE_DATA does not name them)",
  () => {
    it("split-seam: KLA's old rows were not adjusted for ten new shares for one", () => {
      const rows = readCase("split_seam_KLAC_10for1.csv");
      const [seam, ...more] = splitSeam(column(rows, "total-return"));
      expect(seam).toMatchObject({ symptom: "seam", from: "2026-03-13", to: "2026-03-13" });
      expect(seam?.days).toHaveLength(9);
      expect(more).toEqual([]);
      expect(anyGate(column(rows, "total-return"))).toEqual(["split-seam 2026-03-13 2026-03-13"]);
      expect(anyGate(column(rows, "total-return", { mend: (v) => (v > 1000 ? v / 10 : v) }))).toEqual([]);
    });

    it("impossible-value: Korea's ten-year yield printed as zero", () => {
      const rows = readCase("kr10y_bad_print_2010-09-28.csv");
      expect(anyGate(column(rows, "yield"))).toEqual(["impossible-value 2010-09-28 2010-09-28"]);
      expect(anyGate(column(rows, "yield", { mend: (v) => (v === 0 ? null : v) }))).toEqual([]);
    });

    it("impossible-value: SK Hynix adjusted for dividends into a negative history", () => {
      const rows = readCase("skhynix_negative_adjusted_prices.csv");
      expect(impossibleValue(column(rows, "price"))).toMatchObject([
        { symptom: "over-adjusted", from: "2000-01-04", to: "2000-02-04" },
      ]);
      expect(anyGate(column(rows, "price", { mend: Math.abs }))).toEqual([]);
    });

    it("sources-disagree: the VIX of 6 February 2026 at Yahoo and at Cboe", () => {
      const cboe = column(readCase("vix_2026-02_cboe_official.csv"), "level", {
        date: "DATE",
        value: "CLOSE",
      });
      const yahoo = column(readCase("vix_2026-02_yahoo_stale_close.csv"), "level");
      const rule = { series: "cboe", with: "yahoo", tolerance: { amount: 0.05 } };
      expect(sourcesDisagree(cboe, yahoo, rule)).toMatchObject([
        { from: "2026-02-06", to: "2026-02-06", days: ["2026-02-06"] },
      ]);
      const mended = column(readCase("vix_2026-02_yahoo_stale_close.csv"), "level", {
        mend: (v) => (v > 20.37 && v < 20.38 ? 17.76 : v),
      });
      expect(sourcesDisagree(cboe, mended, rule)).toEqual([]);
    });

    it("identity: ICI's columns under other headings from December 2020 on", () => {
      const rows = readCase("ici_mislabelled_columns_after_2020-11.csv");
      const of = (value: string, from = rows) => column(from, "flow", { date: "Date", value });
      const equity = { total: "equity", parts: ["domestic", "world"], tolerance: { amount: 1 } };
      const bonds = { total: "bonds", parts: ["taxable", "municipal"], tolerance: { amount: 1 } };
      const equityParts = [of("Domestic Equity"), of("World Equity")];
      const bondParts = [of("Taxable Bond"), of("Municipal Bond")];
      for (const found of [
        identity(of("Total Equity"), equityParts, equity),
        identity(of("Total Bond"), bondParts, bonds),
      ])
        expect(found).toMatchObject([{ symptom: "parts", from: "2020-12-31", to: "2024-11-30" }]);
      // As the columns were before; and the later ones under the headings that they have in ICI's own file.
      const [before, after] = [rows.slice(0, 2), rows.slice(2)];
      expect(
        identity(
          of("Total Equity", before),
          [of("Domestic Equity", before), of("World Equity", before)],
          equity,
        ),
      ).toEqual([]);
      expect(
        identity(of("World Equity", after), [of("Total Bond", after), of("Municipal Bond", after)], equity),
      ).toEqual([]);
    });

    it("missing-weekday: the CSI 300 without its Mondays", () => {
      const rows = readCase("csi300_missing_mondays_and_blank_tail.csv");
      const ofShanghai = { calendar: "SSE" };
      expect(missingWeekday(column(rows, "level", ofShanghai))).toMatchObject([
        { from: "2026-06-15", to: "2026-07-13", n: 5, found: "no Mondays from 2026-06-15 to 2026-07-13" },
      ]);
      // 17 June is missing too, and no Monday; 19 June was a holiday.
      expect(anyGate(column(rows, "level", ofShanghai))).toEqual([
        "missing-session 2026-06-16 2026-06-17",
        "missing-weekday 2026-06-15 2026-07-13",
      ]);
      const filled = rows.map((row, i) =>
        row.close === "" && (row.date ?? "") < "2026-07-18" ? { ...row, close: `${5000 + 7 * i}` } : row,
      );
      expect(anyGate(column(filled, "level", ofShanghai))).toEqual(["missing-session 2026-06-17 2026-06-17"]);
      const whole = filled.toSpliced(3, 0, { date: "2026-06-17", close: "4921.5" });
      expect(anyGate(column(whole.toSorted(byDate), "level", ofShanghai))).toEqual([]);
    });

    it.each([
      ["Seoul", "kospi_rows_on_market_holidays.csv", "KRX", ["2024-05-01", "2025-10-06"]],
      ["Tokyo", "n225_row_on_holiday_2018-07-16.csv", "TSE", ["2018-07-16"]],
    ] as const)("holiday-print: rows on holidays of %s", (_, name, calendar, days) => {
      const rows = readCase(name);
      expect(anyGate(column(rows, "level", { calendar }))).toEqual(
        days.map((day) => `holiday-print ${day} ${day}`),
      );
      const sessions = rows.filter(({ date = "" }) => !days.some((day) => day === date));
      expect(anyGate(column(sessions, "level", { calendar }))).toEqual([]);
    });

    // A blank is no value: the rule on overdue series tells. A fund's shares stand still on most days.
    it.each([
      ["flows with a blank tail", "etf_flows_blank_tail_SPY.csv", "flow", "flow_usd"],
      [
        "shares reported late",
        "ewy_shares_outstanding_stale_repeats_2026-02.csv",
        "count",
        "shares_outstanding",
      ],
    ] as const)("not found by any gate: %s", (_, name, kind, value) => {
      expect(anyGate(column(readCase(name), kind, { value }))).toEqual([]);
    });
  },
);
