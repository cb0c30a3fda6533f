import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CatalogueSeries, CsvFile } from "#src/domain/workspace.ts";
import { gatherFiles } from "#src/sources/files.ts";
import { fileOf, problemsOf, seriesOf } from "#tests/sources/csv-folder.ts";

const data = process.env.TIDELINE_DATA;
const cases = join(data ?? "", "quality_cases");

const flow = seriesOf("SPY", { kind: "flow", currency: "USD" });
const ticker = (value: string): Partial<CsvFile> => ({
  layout: "long",
  columns: { date: "date", series: "ticker", value, knownAt: null },
});
const dateColumn = (date: string): Partial<CsvFile> => ({
  columns: { date, series: null, value: null, knownAt: null },
});
const close = seriesOf("close");

function read(name: string, series: CatalogueSeries, over: Partial<CsvFile> = {}) {
  const path = `\${TIDELINE_DATA}/quality_cases/${name}`;
  return gatherFiles({ f: fileOf({ ...over, path, location: join(cases, name) }) }, [series]);
}

async function observations(name: string, series: CatalogueSeries, over: Partial<CsvFile> = {}) {
  const [gathered] = await read(name, series, over);
  return gathered?.observations ?? [];
}

/*
 * What reading must make of real dirty files: a value, a gap or a fault. Whether a value is credible (stale, off by a
 * split, negative, on a holiday) is not for the reader to judge, so such values must come through unchanged.
 */
describe.skipIf(data === undefined || !existsSync(cases))(
  "real dirty files (skipped where TIDELINE_DATA does not name them)",
  () => {
    it("has a case here for each of them", () => {
      expect(readdirSync(cases).toSorted()).toEqual([
        "csi300_missing_mondays_and_blank_tail.csv",
        "etf_flows_blank_tail_SPY.csv",
        "ewy_shares_outstanding_stale_repeats_2026-02.csv",
        "ici_mislabelled_columns_after_2020-11.csv",
        "kospi_rows_on_market_holidays.csv",
        "kr10y_bad_print_2010-09-28.csv",
        "n225_row_on_holiday_2018-07-16.csv",
        "skhynix_negative_adjusted_prices.csv",
        "split_seam_KLAC_10for1.csv",
        "vix_2026-02_cboe_official.csv",
        "vix_2026-02_yahoo_stale_close.csv",
      ]);
    });

    it("blank Mondays and a blank tail: no value on those seven days, 32 values on the others", async () => {
      const rows = await observations("csi300_missing_mondays_and_blank_tail.csv", close);
      expect(rows).toHaveLength(32);
      expect(rows.at(-1)?.date).toBe("2026-07-17");
      const blank = ["06-15", "06-16", "06-22", "06-29", "07-06", "07-13", "07-20"].map(
        (day) => `2026-${day}`,
      );
      expect(rows.filter(({ date }) => blank.includes(date))).toEqual([]);
      expect(rows.filter(({ value }) => value === 0)).toEqual([]);
    });

    it("flows with a blank tail: five values, then nothing, never zero", async () => {
      const rows = await observations("etf_flows_blank_tail_SPY.csv", flow, ticker("flow_usd"));
      expect(rows).toHaveLength(5);
      expect(rows.at(-1)?.date).toBe("2026-03-31");
      expect(rows.filter(({ value }) => value === 0)).toEqual([]);
    });

    it("shares outstanding that repeat: all 19 values; its blank column is a gap", async () => {
      const name = "ewy_shares_outstanding_stale_repeats_2026-02.csv";
      const fund = seriesOf("EWY", { kind: "count" });
      const rows = await observations(name, fund, ticker("shares_outstanding"));
      expect(rows).toHaveLength(19);
      expect(new Set(rows.map(({ value }) => value)).size).toBeLessThan(19);
      expect(await read(name, fund, ticker("nav"))).toMatchObject([{ gap: "no-rows", observations: [] }]);
    });

    it("month ends on weekends: a fault for each that has a value in the column that is read", async () => {
      const name = "ici_mislabelled_columns_after_2020-11.csv";
      const fund = (column: string) => seriesOf("ici", { kind: "flow", column, unit: "million" });
      const lines = async (column: string) =>
        (await problemsOf(read(name, fund(column), dateColumn("Date")))).map((each) => [
          each.line,
          each.column,
        ]);
      // Saturdays 2020-10-31 and 2024-11-30, Sundays 2021-01-31 and 2021-02-28.
      expect(await lines("Total Equity")).toEqual([
        [2, 1],
        [5, 1],
        [6, 1],
        [9, 1],
      ]);
      // This column is blank from the third row on.
      expect(await lines("Domestic Equity")).toEqual([[2, 1]]);
    });

    it("rows on holidays: values, of which the gate holiday-print decides", async () => {
      const kospi = await observations("kospi_rows_on_market_holidays.csv", close);
      expect(kospi).toHaveLength(8);
      expect(kospi.map(({ date }) => date)).toEqual(expect.arrayContaining(["2024-05-01", "2025-10-06"]));
      const nikkei = await observations("n225_row_on_holiday_2018-07-16.csv", close);
      expect(nikkei).toHaveLength(5);
      const volume = await observations(
        "n225_row_on_holiday_2018-07-16.csv",
        seriesOf("volume", { kind: "count" }),
      );
      expect(volume.find(({ date }) => date === "2018-07-16")?.value).toBe(0);
    });

    it("a yield printed as zero: a value, in the unit of facts as all seven", async () => {
      const series = seriesOf("close", { kind: "yield", unit: "percent" });
      const rows = await observations("kr10y_bad_print_2010-09-28.csv", series);
      expect(rows).toHaveLength(7);
      expect(rows.filter(({ value }) => value === 0).map(({ date }) => date)).toEqual(["2010-09-28"]);
      // Yields between 4.0 and 4.3 %.
      expect(rows.filter(({ value }) => value > 0.04 && value < 0.043)).toHaveLength(6);
    });

    it("negative prices: three values, all negative", async () => {
      const rows = await observations("skhynix_negative_adjusted_prices.csv", close);
      expect(rows.map(({ value }) => Math.sign(value))).toEqual([-1, -1, -1]);
    });

    it("a seam at a split: all 20 values, the fall of nine tenths with them", async () => {
      const rows = await observations("split_seam_KLAC_10for1.csv", close);
      expect(rows).toHaveLength(20);
      const seam = rows.findIndex(({ date }) => date === "2026-03-13");
      const ratio = (rows[seam]?.value ?? 0) / (rows[seam - 1]?.value ?? 1);
      expect(ratio).toBeGreaterThan(0.09);
      expect(ratio).toBeLessThan(0.11);
    });

    it("names in capitals: six values when they are mapped, a fault that finds them when not", async () => {
      const name = "vix_2026-02_cboe_official.csv";
      const vix = seriesOf("vix", { kind: "level", column: "CLOSE" });
      expect(await observations(name, vix, dateColumn("DATE"))).toHaveLength(6);
      const found = await problemsOf(read(name, seriesOf("close")));
      expect(found.map(({ line }) => line)).toEqual([1, 1]);
      expect(found.map(({ expected }) => expected).join()).toMatch(/mean DATE\?.*mean CLOSE\?/);
    });

    it("a close that is another than the exchange's: a value all the same", async () => {
      const cboe = await observations(
        "vix_2026-02_cboe_official.csv",
        seriesOf("vix", { column: "CLOSE" }),
        dateColumn("DATE"),
      );
      const yahoo = await observations("vix_2026-02_yahoo_stale_close.csv", close);
      expect(yahoo.map(({ date }) => date)).toEqual(cboe.map(({ date }) => date));
      const apart = yahoo.filter(({ value }, i) => Math.abs(value - (cboe[i]?.value ?? 0)) > 0.01);
      expect(apart.map(({ date }) => date)).toEqual(["2026-02-06"]);
    });
  },
);
