import type { Market } from "./market.ts";

/** `prices.csv`: a date and one column a series, empty where its exchange was closed. */
export function pricesCsv({ dates, prices }: Market): string {
  const columns = [...prices.values()];
  const rows = dates.map((date, t) => [date, ...columns.map((column) => column[t] ?? "")].join(","));
  return `${[["date", ...prices.keys()].join(","), ...rows].join("\n")}\n`;
}

/** `flows.csv`: one row a fund and day. */
export function flowsCsv({ flows }: Market): string {
  const rows = flows.map(({ date, fund, usd }) => `${date},${fund},${usd}`);
  return `${["date,fund,flow_usd", ...rows].join("\n")}\n`;
}
