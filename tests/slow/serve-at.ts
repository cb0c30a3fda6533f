import { main } from "#src/commands/main.ts";
import { root } from "#tests/render/press.ts";

/*
 * `tideline serve` as a process of its own, whose clock starts at a moment that the caller chooses: a slot falls due when
 * the test wants it. Its arguments: the workspace and the moment.
 */
const [dir = "", at = ""] = process.argv.slice(2);
const started = performance.now();

process.exitCode = await main(["serve", "--port", "0"], {
  root,
  caller: dir,
  cacheDir: `${root}/.tideline/cache`,
  browser: null,
  searchPath: process.env.PATH ?? "",
  databaseUrl: null,
  env: process.env,
  isTerminal: false,
  now: () => Number(at) + Math.round(performance.now() - started),
  zone: "Asia/Shanghai",
  print: (text) => void process.stdout.write(`${text}\n`),
  tell: (text) => void process.stderr.write(`${text}\n`),
  onStop: (stop) => process.on("SIGTERM", stop),
});
