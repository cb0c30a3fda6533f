import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { removeUnfinished } from "#src/archive/write-issue.ts";
import { cutoffOf, lastWeeklyCutoff } from "#src/calendar/cutoff.ts";
import { loadWorkspace } from "#src/config/load.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import { exitCodes, TidelineError } from "#src/domain/errors.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import type { Publication, Workspace } from "#src/domain/workspace.ts";
import type { Job, Place, Progress } from "#src/publish.ts";
import { killAllBrowsers } from "#src/render/browser.ts";

const usage = `tideline: bilingual market briefings

  tideline run [PUBLICATION] [--as-of DATE|INSTANT] [--out DIR] [--lang en,zh-CN] [--json]
      gather, compute, set, print and write one issue; ends by naming its files
  tideline facts [PUBLICATION] [--as-of DATE|INSTANT] --json
      the same facts without setting anything
  tideline verify ISSUE_FOLDER
      check a finished issue; names every check that fails
  tideline init DIR
      make a new workspace that runs at once

  --workspace DIR   the folder with tideline.yaml (default: the current folder, otherwise the project's own)
  --help, --version

Exit codes: 0 done · 1 failed · 2 configuration or usage · 3 held by a gate
`;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const caller = process.env.TIDELINE_CALLER ?? process.cwd();
const fromCaller = (path: string): string => resolve(caller, path);
const shown = (path: string): string => relative(caller, path) || ".";

const options = {
  workspace: { type: "string" },
  "as-of": { type: "string" },
  out: { type: "string" },
  lang: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

type Values = ReturnType<typeof parse>["values"];

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new TidelineError("USAGE", `${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

/** Charts, templates and fonts take a second to load, for which a wrong word or a fault of configuration does not wait. */
const pipeline = () => import("#src/publish.ts");

const commands: Readonly<Record<string, (values: Values, words: readonly string[]) => Promise<number>>> = {
  async run(values, [publication]) {
    const job = await jobOf(values, publication);
    const { publish } = await pipeline();
    const { folder, files } = await publish(
      job,
      placeOf(values, job.workspace),
      languagesOf(values, job.publication),
      progressOf(values),
    );
    if (values.json) print(JSON.stringify({ folder: shown(folder), files: files.map(shown) }));
    else for (const file of files) print(shown(file));
    return 0;
  },

  async facts(values, [publication]) {
    const job = await jobOf(values, publication);
    const { computeIssue } = await pipeline();
    const { composed } = await computeIssue(job, () => {});
    print(JSON.stringify(composed.facts, null, 1));
    return 0;
  },

  async verify(_, [folder]) {
    if (folder === undefined)
      throw new TidelineError("USAGE", `verify requires the folder of an issue\n\n${usage}`);
    // Reading PDFs back takes a large library that no other command should wait for.
    const { formatReport, verifyIssue } = await import("#src/verify/verify.ts");
    await requireFolder(fromCaller(folder));
    const report = await verifyIssue(fromCaller(folder));
    print(formatReport(report));
    return report.findings.length === 0 ? 0 : exitCodes.HELD;
  },

  async init(_, [folder]) {
    if (folder === undefined)
      throw new TidelineError("USAGE", `init requires the folder to make\n\n${usage}`);
    await init(fromCaller(folder));
    print(
      `${shown(fromCaller(folder))} is a workspace on simulated data; next: tideline run --workspace ${shown(fromCaller(folder))}`,
    );
    return 0;
  },
};

async function requireFolder(folder: string): Promise<void> {
  if (await stat(folder).then((found) => found.isDirectory(), missingOnly)) return;
  throw new TidelineError("USAGE", "verify requires the folder of an issue, with its manifest.json", [
    { file: shown(folder), found: "no folder", expected: "one that `tideline run` named" },
  ]);
}

/** Copies the sample's configuration and data into a new or empty folder; one that holds something is refused. */
async function init(folder: string): Promise<void> {
  const found = await readdir(folder).catch(missingOnly);
  if (found !== null && found.length > 0) {
    throw new TidelineError("USAGE", "init requires a new or empty folder", [
      { file: shown(folder), found: `${found.length} entries`, expected: "none" },
    ]);
  }
  // An empty folder is filled where it is: whoever stands in it would be left without one if it were replaced.
  if (found !== null) return copySample(folder);
  await mkdir(dirname(folder), { recursive: true });
  const temporary = await mkdtemp(`${folder}-`);
  try {
    await copySample(temporary);
    await chmod(temporary, 0o755);
    await rename(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function copySample(folder: string): Promise<void> {
  for (const part of ["tideline.yaml", "data", "docs/tideline.schema.json", "docs/configuration.md"])
    await cp(join(root, part), join(folder, part), { recursive: true });
}

function missingOnly(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}

async function jobOf(values: Values, name: string | undefined): Promise<Job> {
  const workspace = await loadWorkspace(await workspaceDir(values), process.env);
  const publication = publicationOf(workspace, name);
  const calendar = calendarOf(workspace.calendars, publication);
  const asked = values["as-of"] ?? publication.asOf;
  const asOf =
    asked === null
      ? lastWeeklyCutoff(publication, calendar, Date.now())
      : cutoffOf(publication, calendar, asked);
  return { workspace, publication, asOf };
}

async function workspaceDir({ workspace }: Values): Promise<string> {
  if (workspace !== undefined) return fromCaller(workspace);
  const here: readonly string[] = await readdir(caller).catch(() => []);
  return here.includes("tideline.yaml") ? caller : root;
}

function publicationOf({ publications }: Workspace, name: string | undefined): Publication {
  const names = Object.keys(publications);
  const wanted = name ?? (names.length === 1 ? names[0] : undefined);
  const publication =
    wanted !== undefined && Object.hasOwn(publications, wanted) ? publications[wanted] : undefined;
  if (publication) return publication;
  throw new TidelineError("USAGE", "no such publication", [
    { found: wanted ?? "none", expected: `one of ${names.join(", ")}` },
  ]);
}

const placeOf = ({ out }: Values, { dir }: Workspace): Place => ({
  root,
  cacheDir: process.env.TIDELINE_CACHE
    ? fromCaller(process.env.TIDELINE_CACHE)
    : join(root, ".tideline", "cache"),
  out: out === undefined ? join(dir, "output") : fromCaller(out),
  browser: process.env.TIDELINE_BROWSER ?? null,
  searchPath: process.env.PATH ?? "",
});

function languagesOf({ lang }: Values, publication: Publication): readonly Locale[] {
  if (lang === undefined) return publication.languages;
  const wanted = [...new Set(lang.split(",").map((tag) => tag.trim()))];
  const known = wanted.filter((tag): tag is Locale => (locales as readonly string[]).includes(tag));
  if (known.length === wanted.length && known.length > 0) return known;
  throw new TidelineError("USAGE", "--lang names an unknown language", [
    { found: lang, expected: `some of ${locales.join(",")}` },
  ]);
}

/** A line a stage: in words on a terminal, as JSON elsewhere and where JSON is asked for. */
function progressOf({ json }: Values): Progress {
  const start = performance.now();
  return (stage, counts) => {
    const ms = Math.round(performance.now() - start);
    if (!process.stderr.isTTY || json) {
      process.stderr.write(`${JSON.stringify({ stage, ms, ...counts })}\n`);
      return;
    }
    const told = Object.entries(counts).map(([what, n]) => `${n} ${what}`);
    process.stderr.write(`${stage.padEnd(8)} ${(ms / 1000).toFixed(1).padStart(5)} s  ${told.join(", ")}\n`);
  };
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv);
  const [name, ...words] = positionals;
  if (values.version) {
    const { default: packageJson } = await import("../package.json", { with: { type: "json" } });
    print(packageJson.version);
    return 0;
  }
  if (values.help || name === undefined) {
    print(usage);
    return values.help ? 0 : exitCodes.USAGE;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new TidelineError("USAGE", `no command ${name}\n\n${usage}`);
  if (words.length > 1)
    throw new TidelineError("USAGE", `${name} takes one word, found ${words.join(" ")}\n\n${usage}`);
  return command(values, words);
}

/** A reader that has seen enough, such as `head`, closes its end of the pipe: that is its right. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

/** Whoever does not listen to the progress may still want the issue: the run goes on. */
process.stderr.on("error", (error: NodeJS.ErrnoException) => {
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

/** Ctrl-C and its like end the process in the usual way, which Node alone would not. */
const signalCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
for (const [signal, code] of Object.entries(signalCodes)) process.on(signal, () => process.exit(code));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // A browser that still runs would keep the process from its end.
  leaveNothing();
  if (!(error instanceof TidelineError) && !isSystemError(error)) throw error;
  process.stderr.write(`tideline: ${error.message}\n`);
  process.exitCode = error instanceof TidelineError ? exitCodes[error.code] : 1;
}
