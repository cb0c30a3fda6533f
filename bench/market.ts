import { closeSync, mkdirSync, openSync, readSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Series of the made-up market: a million rows are then 20 years of weekdays, less two weeks. */
const seriesCount = 192;
const dayMs = 86_400_000;

const ids = Array.from({ length: seriesCount }, (_, i) => `S${String(i + 1).padStart(3, "0")}`);

/** Writes a workspace of one long file of made-up levels, the same for the same number of rows. Returns the file. */
export function writeMarket(folder: string, rows: number): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "tideline.yaml"), JSON.stringify(config));
  const file = join(folder, "market.csv");
  writeFileSync(file, marketRows(rows));
  return file;
}

const config = {
  simulated: true,
  brand: { responsible: "benchmark" },
  publications: { weekly: { title: "benchmark", calendar: "NYSE", sections: ["headline", "sources"] } },
  files: {
    market: {
      path: "market.csv",
      layout: "long",
      defaults: { kind: "level", calendar: "NYSE", provider: "made up" },
    },
  },
  series: Object.fromEntries(ids.map((id) => [id, { name: id }])),
};

/** Day by day from 2006 on, every series a walk of its own. */
function marketRows(count: number): string {
  const random = xoroshiro128plus(20_260_213);
  const levels = ids.map((_, i) => 100 + 10 * i);
  const lines = ["date,series,value"];
  for (let at = Date.UTC(2006, 0, 2); lines.length <= count; at += dayMs) {
    if (new Date(at).getUTCDay() % 6 === 0) continue;
    const date = new Date(at).toISOString().slice(0, 10);
    for (const [i, id] of ids.entries()) {
      if (lines.length > count) break;
      const level = (levels[i] ?? 100) * (1 + 0.02 * (uniformFloat64(random) - 0.5));
      levels[i] = level;
      lines.push(`${date},${id},${level.toFixed(4)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Gives the file's last value another last digit; done ten times, it is as it was. */
export function changeLastValue(file: string): void {
  const at = statSync(file).size - 2;
  const handle = openSync(file, "r+");
  const digit = Buffer.alloc(1);
  readSync(handle, digit, 0, 1, at);
  writeSync(handle, String((Number(digit.toString()) + 1) % 10), at);
  closeSync(handle);
}
