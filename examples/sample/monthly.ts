import { names } from "./catalogue.ts";
import {
  accounts,
  dividends,
  hedgeFunds,
  type MonthlyMotion,
  monthlyMotions,
  multiples,
  sharesOutstanding,
} from "./motions.ts";
import { levelAt, levelOn, type Path, type Paths, pathOf } from "./path.ts";
import type { Draws } from "./random.ts";

/** Month by month: multiples, hedge funds and the economy. What follows from them is `deriveMonthly`'s. */
export function drawMonthly(months: readonly string[], daily: Paths, next: () => Draws): readonly Path[] {
  const market = drawTotalReturn(months, pathOf(daily, "USLC"));
  return [
    market,
    ...Object.entries(multiples).map(([id, multiple]) =>
      drawMultiple(id, months, pathOf(daily, multiple.of), multiple, next()),
    ),
    ...Object.entries(hedgeFunds).map(([id, fund]) => drawFund(id, market, fund, next())),
    ...Object.entries(monthlyMotions).map(([id, motion]) => drawEconomy(id, months, motion, next())),
  ];
}

/** What follows from prices and what was drawn: earnings from the multiple, market values from prices. */
export function deriveMonthly(months: readonly string[], daily: Paths, monthly: Paths): readonly Path[] {
  const [price, multiple] = [pathOf(daily, "SOFT"), pathOf(monthly, "SOFTPE")];
  return [
    logPath("SOFTEPS", months, (month, t) => Math.log(levelOn(price, month) / levelAt(multiple, t))),
    ...names.map(({ id }, i) =>
      logPath(`CAP_${id}`, months, (month) =>
        Math.log(levelOn(pathOf(daily, id), month) * (sharesOutstanding[i] ?? 1)),
      ),
    ),
  ];
}

const logPath = (id: string, dates: readonly string[], at: (day: string, t: number) => number): Path => ({
  ...{ id, dates, scale: "log" },
  values: Float64Array.from(dates, at),
});

/** The index with its dividends. */
const drawTotalReturn = (months: readonly string[], index: Path): Path =>
  logPath("USTR", months, (month, t) => Math.log(levelOn(index, month)) + (t * dividends) / 12);

/** A multiple goes with its price, and what is earned follows in a few years. */
function drawMultiple(
  id: string,
  months: readonly string[],
  price: Path,
  { mean, memory, sigma }: { readonly mean: number; readonly memory: number; readonly sigma: number },
  { normal }: Draws,
): Path {
  let [usual, stray] = [Math.log(levelOn(price, months[0] ?? "")), 0];
  return logPath(id, months, (month) => {
    const log = Math.log(levelOn(price, month));
    usual += (log - usual) / memory + growthAMonth / 2;
    stray = 0.9 * stray + sigma * normal();
    return Math.log(mean) + 0.7 * (log - usual) + stray;
  });
}

/** What prices are expected to gain a month. */
const growthAMonth = 0.006;

function drawFund(
  id: string,
  market: Path,
  { mean, sigma, beta }: { readonly mean: number; readonly sigma: number; readonly beta: number },
  { normal }: Draws,
): Path {
  let level = Math.log(100);
  return logPath(id, market.dates, (_, t) => {
    const month = t === 0 ? 0 : (market.values[t] ?? 0) - (market.values[t - 1] ?? 0);
    level += mean + beta * month + sigma * normal();
    return level;
  });
}

function drawEconomy(
  id: string,
  months: readonly string[],
  { start, growth, persistence, sigma, season = 0 }: MonthlyMotion,
  { normal }: Draws,
): Path {
  let stray = 0;
  return logPath(id, months, (month, t) => {
    stray = persistence * stray + sigma * normal();
    const ofYear = Math.cos((4 * Math.PI * (Number(month.slice(5, 7)) - 1)) / 12);
    return Math.log(start) + (growth * t) / 12 + stray + season * ofYear;
  });
}

/** Quarter by quarter, the builders' accounts and the plant of every name. */
export function drawFundamentals(quarters: readonly string[], next: () => Draws): readonly Path[] {
  const { growth, noise, plant, plantNoise, capex, margin, depreciation } = accounts;
  const sales = wander("SALES", quarters, { persistence: 0.8, sigma: noise }, next());
  const part = (
    id: string,
    of: { readonly share: number; readonly persistence: number; readonly sigma: number },
  ) => {
    const shares = wander(id, quarters, of, next());
    return logPath(id, quarters, (_, t) => Math.log(of.share) + (shares.values[t] ?? 0));
  };
  return [
    logPath(
      "SALES",
      quarters,
      (_, t) => Math.log(accounts.sales) + (growth * t) / 4 + (sales.values[t] ?? 0),
    ),
    part("CAPEX", capex),
    part("OPINC", margin),
    part("DEPR", depreciation),
    ...names.map(({ id }, i) => {
      const stray = wander(id, quarters, { persistence: 0.95, sigma: plantNoise }, next());
      return logPath(`PPE_${id}`, quarters, (_, t) => Math.log(plant[i] ?? 10) + (stray.values[t] ?? 0));
    }),
  ];
}

/** Shares of sales as money, and what is left of it. */
export function deriveFundamentals(paths: Paths): readonly Path[] {
  const sales = pathOf(paths, "SALES");
  const [capex, income, depreciation] = ["CAPEX", "OPINC", "DEPR"].map((id) => pathOf(paths, id));
  if (!(capex && income && depreciation)) return [];
  const money = (id: string, of: (t: number) => number): Path => ({
    ...{ id, dates: sales.dates, scale: "difference" },
    values: Float64Array.from(sales.dates, (_, t) => levelAt(sales, t) * of(t)),
  });
  return [
    money("CAPEX", (t) => levelAt(capex, t)),
    money("OPINC", (t) => levelAt(income, t)),
    money("DEPR", (t) => levelAt(depreciation, t)),
    money("FCF", (t) => 0.85 * levelAt(income, t) + levelAt(depreciation, t) - levelAt(capex, t)),
  ];
}

function wander(
  id: string,
  dates: readonly string[],
  { persistence, sigma }: { readonly persistence: number; readonly sigma: number },
  { normal }: Draws,
): Path {
  let value = 0;
  const values = Float64Array.from(dates, () => {
    value = persistence * value + sigma * normal();
    return value;
  });
  return { id, dates, scale: "difference", values };
}
