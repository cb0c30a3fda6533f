/* The sample's files, read and reckoned with in the plain way: nothing here is shared with the generator or with Tideline's metrics. */

export type Point = readonly [date: string, value: number];
export type Files = Readonly<Record<string, string>>;

/** Rows of cells, the header first. */
export const cellsOf = (csv: string): readonly (readonly string[])[] =>
  csv
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));

/** What the files hold, by series. */
export class Reading {
  readonly flows: readonly (readonly string[])[];
  readonly quotes: ReadonlyMap<string, readonly Point[]>;
  readonly #series = new Map<string, readonly Point[]>();

  constructor(files: Files) {
    for (const name of ["prices.csv", "weekly.csv", "monthly.csv", "fundamentals.csv"]) {
      const [header = [], ...rows] = cellsOf(files[name] ?? "");
      for (const [i, id] of header.entries()) {
        if (i === 0) continue;
        const there = rows.filter((row) => row[i] !== "");
        this.#series.set(
          id,
          there.map((row): Point => [row[0] ?? "", Number(row[i])]),
        );
      }
    }
    this.flows = cellsOf(files["flows.csv"] ?? "").slice(1);
    const lines = (files["consensus.yaml"] ?? "").matchAll(
      /series: (\w+), date: (\S+), value: (-?[\d.]+), source/gu,
    );
    const quotes = new Map<string, Point[]>();
    for (const [, id = "", date = "", value = ""] of lines)
      quotes.set(id, [...(quotes.get(id) ?? []), [date, Number(value)]]);
    this.quotes = quotes;
  }

  series(id: string): readonly Point[] {
    const points = this.#series.get(id);
    if (points === undefined) throw new RangeError(`no series ${id}`);
    return points;
  }

  /** Those that can be read at the cut-off, with a lag of a session. */
  lagged = (id: string): readonly Point[] => this.series(id).filter(([date]) => date < "2026-02-13");
  values = (id: string): readonly number[] => this.series(id).map(([, value]) => value);
  known = (id: string): readonly number[] => this.lagged(id).map(([, value]) => value);
  on = (id: string, day: string): number =>
    this.series(id).findLast(([date]) => date <= day)?.[1] ?? Number.NaN;
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Sample deviation. */
export function deviation(values: readonly number[]): number {
  const about = mean(values);
  return Math.sqrt(sum(values.map((value) => (value - about) ** 2)) / (values.length - 1));
}

export function correlation(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  return sum(x.map((v, i) => (v - mx) * ((y[i] ?? 0) - my))) / ((x.length - 1) * deviation(x) * deviation(y));
}

/** Changes over so many places. */
export const changes = (values: readonly number[], over = 1): readonly number[] =>
  values.slice(over).map((value, i) => value - (values[i] ?? Number.NaN));

export const returns = (values: readonly number[]): readonly number[] =>
  values.slice(1).map((value, i) => value / (values[i] ?? Number.NaN) - 1);

export const logs = (values: readonly number[]): readonly number[] => values.map(Math.log);

/** z of the last among so many before it. */
export function lastZ(values: readonly number[], before: number): number {
  const history = values.slice(-1 - before, -1);
  return ((values.at(-1) ?? Number.NaN) - mean(history)) / deviation(history);
}

/** Percentile of the last among so many before it, equal ones counting half. */
export function lastRank(values: readonly number[], before: number): number {
  const [last, history] = [values.at(-1) ?? Number.NaN, values.slice(-1 - before, -1)];
  const below = history.filter((value) => value < last).length;
  const equal = history.filter((value) => value === last).length;
  return (100 * (below + equal / 2)) / history.length;
}

/** Annual volatility of twenty sessions at every session. */
export function volatilities(values: readonly number[], window = 20): readonly number[] {
  const squares = changes(logs(values)).map((r) => r * r);
  return squares
    .slice(window - 1)
    .map((_, t) => Math.sqrt((252 * sum(squares.slice(t, t + window))) / window));
}

/** Mean over series of one length. */
export const meansOf = (paths: readonly (readonly number[])[]): readonly number[] =>
  (paths[0] ?? []).map((_, t) => mean(paths.map((path) => path[t] ?? Number.NaN)));

/** The level of a group at equal weights, brought back to them every day. */
export function basket(paths: readonly (readonly number[])[]): readonly number[] {
  let level = 100;
  const daily = meansOf(paths.map(returns));
  return [level, ...daily.map((r) => (level *= 1 + r))];
}

const weekday = (date: string): number => new Date(date).getUTCDay();
const dayMs = 86_400_000;
export const fridayOf = (date: string): string =>
  new Date(Date.parse(date) + (5 - weekday(date)) * dayMs).toISOString().slice(0, 10);

/** Returns between the last sessions of consecutive weeks, named by their Fridays; gaps of a whole week are left out. */
export function weeks(points: readonly Point[]): readonly Point[] {
  const closes = [...new Map(points.map(([date, value]) => [fridayOf(date), value]))];
  return closes.slice(1).flatMap(([end, value], i): Point[] => {
    const [before, base] = closes[i] ?? ["", Number.NaN];
    return Date.parse(end) - Date.parse(before) === 7 * dayMs ? [[end, value / base - 1]] : [];
  });
}

/** The last value of every month. */
export const monthly = (points: readonly Point[]): readonly Point[] => [
  ...new Map(points.map(([date, value]) => [date.slice(0, 7), value])),
];
