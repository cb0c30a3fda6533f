import type { Entry } from "./catalogue.ts";
import type { Happening } from "./events.ts";
import type { Market, WideTable } from "./market.ts";
import { levelAt, pathOf } from "./path.ts";
import { sessionsOf } from "./sessions.ts";

/** Every file of numbers, by its name, as it is written. */
export function filesOf({ wide, flows, quotes, events }: Market): Readonly<Record<string, string>> {
  return {
    "prices.csv": wideCsv(wide.prices, true),
    "flows.csv": csv([
      ["date", "fund", "flow_usd"],
      ...flows.map(({ date, fund, usd }) => [date, fund, `${usd}`]),
    ]),
    "weekly.csv": wideCsv(wide.weekly, false),
    "monthly.csv": wideCsv(wide.monthly, false),
    "fundamentals.csv": wideCsv(wide.fundamentals, false),
    "events.csv": csv([eventsHead, ...events.map(eventRow)]),
    "consensus.yaml": quotes
      .map(
        ({ series, date, value, source }) =>
          `- { series: ${series}, date: ${date}, value: ${value}, source: { en: ${source.en}, zh-CN: ${source["zh-CN"]} } }`,
      )
      .reduce((text, line) => `${text}${line}\n`, quotesHead),
  };
}

const eventsHead = "id,date,kind,name.en,name.zh-CN,series,known_at,source.en,source.zh-CN".split(",");

const eventRow = ({ id, date, kind, name, series, knownAt }: Happening): readonly string[] => [
  ...[id, date, kind, name.en, name.zh, series ?? "", knownAt],
  ...["Tideline sample desk", "潮线示例编辑部"],
];

const quotesHead = "# Simulated and constructed like all of this folder: nobody said any of it.\n";

const csv = (rows: readonly (readonly string[])[]): string =>
  `${rows.map((row) => row.join(",")).join("\n")}\n`;

/** A date and one column a series; empty where its exchange was closed, and before it begins. */
function wideCsv({ dates, series, paths }: WideTable, bySession: boolean): string {
  const columns = series.map((entry) => {
    const path = pathOf(paths, entry.id);
    const levels = dates.map((_, t) => levelAt(path, t));
    return printed(levels, dates, entry, bySession ? sessionsOf(entry.calendar, dates) : null);
  });
  const rows = dates.map((date, t) => [date, ...columns.map((column) => column[t] ?? "")]);
  const kept = rows.filter((row) => row.slice(1).some((cell) => cell !== ""));
  return csv([["date", ...series.map(({ id }) => id)], ...kept]);
}

/** Values as the file writes them; never the same three sessions in a row, which would look stale. */
function printed(
  levels: readonly number[],
  dates: readonly string[],
  { decimals, from = "" }: Entry,
  isOpen: readonly boolean[] | null,
): readonly string[] {
  const tick = 10 ** -decimals;
  let [before, last] = ["", ""];
  return levels.map((value, t) => {
    if ((dates[t] ?? "") < from || isOpen?.[t] === false) return "";
    const plain = value.toFixed(decimals);
    const isStale = isOpen !== null && plain === last && plain === before;
    const text = isStale ? (value + (value < Number(plain) ? -tick : tick)).toFixed(decimals) : plain;
    [before, last] = [last, text];
    return text;
  });
}
