import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { StorePlace } from "#src/store/open.ts";
import { startPostgres } from "#tests/store/postgres-server.ts";
import { median, seconds } from "./figures.ts";
import { changeLastValue, writeMarket } from "./market.ts";

/** What one process measured. */
interface Measured {
  /** Milliseconds of each part. */
  readonly ms: readonly number[];
  readonly peakMb: number;
}

/**
 * Gathering, reading and opening, on SQLite and PostgreSQL side by side. Each measurement is a process of its own, whose
 * peak of memory is then that of the measurement; of short ones the median of three counts. No target is enforced.
 */
export async function benchStore(rows: number, scratch: string, ending: AsyncDisposableStack): Promise<void> {
  const folder = join(scratch, "market");
  const file = writeMarket(folder, rows);
  const sqlite = await measureAll(folder, file, { file: join(scratch, "store", "tideline.db") }, ending);
  const starting = startPostgres();
  // Also one that an interrupt finds starting.
  ending.defer(async () => (await starting)?.[Symbol.asyncDispose]());
  const server = await starting;
  const postgres = server === null ? null : await measureAll(folder, file, { url: server.url }, ending);
  console.log(table(`store, ${rows.toLocaleString("en")} rows`, sqlite, postgres));
}

/** What is measured, in the order of the cells of `measureAll`, and what is wanted. */
const lines = [
  ["gather into an empty store", "8 s"],
  ["  peak memory", "400 MB"],
  ["gather again, nothing new", "100 ms"],
  ["gather again, one value changed", ""],
  ["read 150 series as a panel", "0.5 s"],
  ["  digests of its columns, beside", ""],
  ["open", "20 ms"],
] as const;

async function measureAll(
  folder: string,
  file: string,
  place: StorePlace,
  ending: AsyncDisposableStack,
): Promise<readonly string[]> {
  const measure = (name: string) => measureOnce(name, folder, place, ending);
  const quick = async (name: string) => {
    const each = [await measure(name), await measure(name), await measure(name)];
    return [0, 1].map((part) => median(each.map(({ ms }) => ms[part] ?? Number.NaN)));
  };
  const first = await measure("gather");
  const [again] = await quick("again");
  changeLastValue(file);
  const changed = await measure("again");
  // Ten times one more is the digit that it was, for the other engine.
  for (let i = 1; i < 10; i++) changeLastValue(file);
  const [panel, digests] = await quick("panel");
  const [open] = await quick("open");
  const peak = `${Math.round(first.peakMb)} MB`;
  return [
    inSeconds(first.ms[0]),
    peak,
    inMs(again),
    inSeconds(changed.ms[0]),
    inSeconds(panel),
    inSeconds(digests),
    inMs(open),
  ];
}

const inSeconds = (ms = Number.NaN): string => seconds(ms);
const inMs = (ms = Number.NaN): string => `${Math.round(ms)} ms`;

async function measureOnce(
  name: string,
  folder: string,
  place: StorePlace,
  ending: AsyncDisposableStack,
): Promise<Measured> {
  const script = join(import.meta.dirname, "measure-store.ts");
  const running = run(process.execPath, [script, name, folder, JSON.stringify(place)]);
  ending.defer(() => void running.child.kill("SIGKILL"));
  const { stdout } = await running;
  return JSON.parse(stdout) as Measured;
}

const run = promisify(execFile);

function table(title: string, sqlite: readonly string[], postgres: readonly string[] | null): string {
  const line = (label: string, ...cells: readonly string[]) =>
    `${label.padEnd(36)}${cells.map((cell) => cell.padStart(12)).join("")}`;
  return [
    line(title, "SQLite", "PostgreSQL", "target"),
    ...lines.map(([label, target], i) => line(label, sqlite[i] ?? "", postgres?.[i] ?? "skipped", target)),
  ].join("\n");
}
