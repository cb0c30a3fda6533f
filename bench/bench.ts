import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

/*
 * npm run bench [-- --pairs N --rows N --workspace DIR]
 *
 * How fast metrics are (metrics.ts), where the time of an issue goes (print.ts), and how fast the store is on either engine (store.ts).
 */

const root = join(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    pairs: { type: "string", default: "5" },
    rows: { type: "string", default: "1000000" },
    workspace: { type: "string", default: root },
  },
});

function wholeNumber(name: "pairs" | "rows"): number {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= 1) return number;
  process.stderr.write(`bench: --${name} requires a whole number from 1, found ${values[name]}\n`);
  process.exit(2);
}

const [pairs, rows] = [wholeNumber("pairs"), wholeNumber("rows")];

/** All that must be gone at the end, also when the benchmark fails or is interrupted. */
await using ending = new AsyncDisposableStack();
const scratch = mkdtempSync(join(tmpdir(), "tideline-bench-"));
ending.defer(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));

const interrupted = Promise.withResolvers<number>();
const signalCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
for (const [signal, code] of Object.entries(signalCodes))
  process.once(signal, () => interrupted.resolve(code));

// What is loaded takes a second, for which a wrong number does not wait.
async function measure(): Promise<number> {
  const { benchMetrics } = await import("./metrics.ts");
  const { benchPrint } = await import("./print.ts");
  const { killAllBrowsers } = await import("#src/render/browser.ts");
  const { benchStore } = await import("./store.ts");
  ending.defer(killAllBrowsers);
  benchMetrics();
  await benchPrint(root, values.workspace, pairs, scratch);
  await benchStore(rows, scratch, ending);
  return 0;
}

// After a signal nobody waits for what is being measured, nor for its failing once its processes are ended.
const code = await Promise.race([measure(), interrupted.promise]);
await ending.disposeAsync();
process.exit(code);
