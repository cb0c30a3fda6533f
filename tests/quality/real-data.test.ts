import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import type { ExchangeCalendar } from "#src/domain/calendar.ts";
import type { Kind } from "#src/domain/series.ts";
import { columnGates } from "#src/quality/inspect.ts";
import { sourcesDisagree } from "#src/quality/sources-disagree.ts";
import type { Values } from "#src/quality/suspicion.ts";
import { exchange } from "#tests/calendar/exchange.ts";
import { valuesOf } from "#tests/quality/values.ts";

const data = process.env.TIDELINE_DATA;

type Cells = Readonly<Record<string, string>>;
const read = (path: string): readonly Cells[] =>
  parse(readFileSync(join(data ?? "", path), "utf8"), { columns: true, skip_empty_lines: true });

/** One series of a file, where it has numbers. */
function series(
  rows: readonly Cells[],
  date: string,
  column: string,
  kind: Kind,
  tags: readonly string[] = [],
  calendar = exchange("NYSE"),
) {
  const own = rows.filter((row) => row[column] !== "" && row[column] !== undefined);
  const dated = own
    .map((row) => [row[date] ?? "", Number(row[column])] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return valuesOf(
    kind,
    dated.map(([, value]) => value),
    { dates: dated.map(([day]) => day), tags, calendar },
  );
}

const abroad: Readonly<Record<string, string>> = {
  idx_kospi: "KRX",
  idx_n225: "TSE",
  idx_hsi: "HKEX",
  idx_csi300: "SSE",
};
/** Markets whose holidays nobody states here: Frankfurt and London, and raw materials. */
const unstated = /^(idx_dax|idx_ftse|gold|silver|copper|wti|brent|natgas)/;
/** The calendar that a catalogue would name. */
const calendarIn = (id: string): ExchangeCalendar =>
  unstated.test(id) ? { ...exchange("NYSE"), table: null } : exchange(abroad[id] ?? "NYSE");

function columnsOf(
  path: string,
  date: string,
  kindOf: (id: string) => Kind,
  tagsOf: (id: string) => readonly string[] = () => [],
): ReadonlyMap<string, Values> {
  const rows = read(path);
  const ids = Object.keys(rows[0] ?? {}).filter((id) => id !== date);
  return new Map(ids.map((id) => [id, series(rows, date, id, kindOf(id), tagsOf(id), calendarIn(id))]));
}

/** What the gates find in every column, as `series gate first–last`. */
const foundIn = (columns: ReadonlyMap<string, Values>): readonly string[] =>
  [...columns].flatMap(([id, values]) =>
    columnGates.flatMap((gate) =>
      gate(values).map(({ gate: name, from, to }) => `${id} ${name} ${from === to ? from : `${from} ${to}`}`),
    ),
  );

const rates = /^(ust_|curve_|breakeven|krgb|hy_oas|baa)/;
const kindInPanel = (id: string): Kind =>
  rates.test(id) ? "yield" : /^(idx_|vix)/.test(id) ? "level" : id.startsWith("fx_") ? "fx" : "price";
const volatility = (id: string): readonly string[] => (/^vix/i.test(id) ? ["volatility"] : []);

/*
 * Everything that the gates find in 16 years of 59 series, 121 shares and funds, and the ECB's rates: what is on the list
 * was looked at, and anything new is either a fault of the data or of a gate.
 */
describe.skipIf(data === undefined || !existsSync(join(data, "panel")))(
  "real data (skipped where TIDELINE_DATA does not name them)",
  () => {
    const panel =
      data === undefined
        ? new Map<string, Values>()
        : columnsOf("panel/panel_daily_2010_2026.csv", "date", kindInPanel, volatility);

    it("the panel: missing days, a price that was negative, and spikes of a spot price of gas", () => {
      expect(foundIn(panel)).toEqual([
        // True faults of the file.
        "idx_n225 missing-session 2017-12-25",
        "idx_csi300 missing-session 2026-06-16 2026-06-17",
        "idx_csi300 missing-weekday 2026-06-15 2026-07-13",
        // Oil was sold below zero on that day: a true price, which somebody has to answer for.
        "wti impossible-value 2020-04-20",
        // Gas at Henry Hub in weeks of frost: true prices that look as bad prints do.
        "natgas_hh bad-print 2018-01-02 2018-01-03",
        "natgas_hh bad-print 2021-02-16 2021-02-18",
        "natgas_hh bad-print 2024-01-12",
        "natgas_hh bad-print 2025-01-17",
        "natgas_hh bad-print 2026-01-23 2026-01-27",
        // Cboe computes the VIX on American holidays too; the exchange of the catalogue did not meet.
        "vix_yahoo holiday-print 2026-05-25",
        "vix_yahoo holiday-print 2026-06-19",
        "vix_yahoo holiday-print 2026-07-03",
      ]);
    });

    it("shares, funds and rates of exchange: nothing", () => {
      const shares = columnsOf(
        "equities/us_large_caps_adj_close_2018_2026.csv",
        "date",
        () => "total-return",
        volatility,
      );
      expect(shares.size).toBeGreaterThan(100);
      expect(foundIn(shares)).toEqual([]);
      const euro = columnsOf("fx/ecb_reference_rates_per_eur_1999_2026-04-13.csv", "date", () => "fx");
      expect(foundIn(euro)).toEqual([]);
    });

    // GLD lacks five Mondays of eight weeks, of which two were holidays: single days, which of flows are not told.
    it("daily flows of funds: nothing", () => {
      const rows = read("flows/etf_flows_daily_2026q1_usd.csv");
      const funds = [...Map.groupBy(rows, (row) => row.ticker ?? "")];
      const flows = new Map(funds.map(([id, own]) => [id, series(own, "date", "flow_usd", "flow")]));
      expect(flows.size).toBeGreaterThan(45);
      expect(foundIn(flows)).toEqual([]);
    });

    it.each([
      [
        "vix",
        "vix_yahoo",
        { amount: 0.05 },
        ["2014-08-29", "2014-10-15", "2014-12-01", "2014-12-05", "2014-12-09", "2021-08-11", "2026-02-06"],
      ],
      // One is fixed at noon in Frankfurt, the other has the close from that day on.
      ["fx_usdkrw", "fx_usdkrw_ecb", { share: 1e-4 }, ["2026-04-01"]],
    ] as const)("%s against %s", (a, b, tolerance, days) => {
      const [own, other] = [panel.get(a), panel.get(b)];
      if (own === undefined || other === undefined) throw new RangeError(`the panel has no ${a} or ${b}`);
      const found = sourcesDisagree(own, other, { series: a, with: b, tolerance });
      expect(found.map(({ from }) => from)).toEqual(days);
    });

    it.each(["xle", "xlf", "xlu"])("etf_%s: two bases of adjustment from 24 March 2026 on", (id) => {
      const shares = columnsOf(
        "equities/us_large_caps_adj_close_2018_2026.csv",
        "date",
        () => "total-return",
      );
      const [own, other] = [panel.get(`etf_${id}`), shares.get(id.toUpperCase())];
      if (own === undefined || other === undefined) throw new RangeError(`no ${id}`);
      const rule = { series: id, with: id, tolerance: { share: 0.002 } };
      expect(sourcesDisagree(own, other, rule)).toMatchObject([{ from: "2026-03-24", to: "2026-08-21" }]);
    });

    // KOSPI's close of 31 December 2013, when Seoul was closed, repeats the one before: the tables begin a year later.
    it("a single repeated close before the tables of sessions is not found", () => {
      expect(foundIn(new Map([...panel].filter(([id]) => id === "idx_kospi")))).toEqual([]);
    });
  },
);
