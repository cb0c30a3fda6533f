import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { removeUnfinished } from "#src/archive/write-issue.ts";
import type { Surroundings } from "#src/commands/call.ts";
import { main } from "#src/commands/main.ts";
import { exitCodes, TidelineError } from "#src/domain/errors.ts";
import { killAllBrowsers } from "#src/render/browser.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const caller = process.env.TIDELINE_CALLER ?? process.cwd();

let gracefully: (() => void) | null = null;

const around: Surroundings = {
  root,
  caller,
  cacheDir: process.env.TIDELINE_CACHE
    ? resolve(caller, process.env.TIDELINE_CACHE)
    : join(root, ".tideline", "cache"),
  browser: process.env.TIDELINE_BROWSER ?? null,
  searchPath: process.env.PATH ?? "",
  databaseUrl: process.env.DATABASE_URL || null,
  env: process.env,
  isTerminal: process.stderr.isTTY === true,
  now: () => Date.now(),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  print: (text) => void process.stdout.write(`${text}\n`),
  tell: (text) => void process.stderr.write(`${text}\n`),
  onStop: (stop) => {
    gracefully = stop;
  },
};

/**
 * A reader that has seen enough, such as `head`, closes its end of the pipe: that is its right, and what is under way ends in
 * its own time. Whoever does not listen to the progress may still want the issue.
 */
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

/** What the file system refused: for the user to mend, like a `TidelineError`. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "syscall" in error && "code" in error;

/** No half issue and no browser, at whatever moment and for whatever reason the process ends. */
function leaveNothing(): void {
  killAllBrowsers();
  removeUnfinished();
}
process.on("exit", leaveNothing);

/**
 * Ctrl-C and its like end the process in the usual way, by the signal itself. A command that serves first finishes what it is
 * at; asked a second time it ends at once.
 */
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    if (gracefully === null) return endBy(signal);
    gracefully();
    gracefully = null;
  });

/** `process.exit` waits for V8's threads, and now and then these wait for the main thread: for ever (nodejs/node#54918). */
function endBy(signal: NodeJS.Signals): void {
  process.emit("exit", 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

try {
  process.exitCode = await main(process.argv.slice(2), around);
} catch (error) {
  // A browser that still runs would keep the process from its end.
  leaveNothing();
  if (!(error instanceof TidelineError) && !isSystemError(error)) throw error;
  process.stderr.write(`tideline: ${error.message}\n`);
  process.exitCode = error instanceof TidelineError ? exitCodes[error.code] : 1;
}
