import {
  createReadStream,
  createWriteStream,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
} from "node:fs";
import { copyFile, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, createBrotliDecompress } from "node:zlib";
import type { Browser, Page } from "puppeteer";
import { messageOf, TidelineError } from "#src/domain/errors.ts";
import { sha256 } from "#src/render/digest.ts";
import { fileOf, systemFace } from "#src/render/faces.ts";
import { escapeText } from "#src/render/markup.ts";
import { tarEntries } from "#src/render/tar.ts";

/** Where a browser is looked for, and where ours is unpacked. */
export interface BrowserOptions {
  /** A configured browser; it must exist. */
  readonly executablePath?: string;
  readonly cacheDir: string;
  /** Folders of installed programs, as in `PATH`; without it, no installed browser is looked for there. */
  readonly searchPath?: string;
}

/** A browser that can be started: its program, and the folder of the libraries that only it is given. */
interface Found {
  readonly executablePath: string;
  readonly libraries: string | null;
}

/** A running browser. Disposing of it ends the process and removes its profile. */
export interface BrowserHandle extends AsyncDisposable {
  /** Exact build, e.g. `HeadlessChrome/153.0.7975.0`. */
  readonly version: string;
  newPage(): Promise<Page>;
  /** Ends the process at once, whatever it is doing. */
  kill(): void;
}

/** What this process has begun with browsers and not yet ended: each ends or removes its own at once. */
const running = new Set<{ readonly kill: () => void }>();

/** Ends every browser of this process, and removes what is half unpacked. Synchronous, for use when the process ends. */
export function killAllBrowsers(): void {
  for (const each of running) each.kill();
}

/** What removed the folders that this process has removed at once. A browser that was only starting may put files into them again. */
const removed = new Set<() => void>();

/** Removes a folder now, and again when the process exits; each time it first ends what may write into it. */
function removeNow(folder: string, endWriters: () => void = () => {}): void {
  const remove = () => {
    endWriters();
    removeQuietly(folder);
  };
  remove();
  removed.add(remove);
}

/** Enters what `killAllBrowsers` is to end. What it does at the process's exit is followed by a last look at what it removed. */
function begin(kill: () => void) {
  if (!looksBack)
    process.once("exit", () => {
      for (const again of removed) again();
    });
  looksBack = true;
  const entry = { kill };
  running.add(entry);
  return entry;
}
let looksBack = false;

function removeQuietly(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  } catch {
    // A browser that is just ending writes its last; what is left lies in the system's temporary folder.
  }
}

/** The configured browser, then the one that npm installed, then one of this machine, then Puppeteer's cache. */
export async function findBrowser({
  executablePath,
  cacheDir,
  searchPath = "",
}: BrowserOptions): Promise<Found> {
  if (executablePath !== undefined) {
    if (existsSync(executablePath)) return { executablePath, libraries: null };
    throw new TidelineError("CONFIG_INVALID", "the configured browser does not exist", [
      { found: executablePath, expected: "the path of a Chrome or Chromium" },
    ]);
  }
  if (process.platform === "linux" && process.arch === "x64" && packedFolder() !== null)
    return unpackChromium(cacheDir);
  const installed = installedBrowser(searchPath) ?? (await cachedByPuppeteer());
  if (installed !== null) return { executablePath: installed, libraries: null };
  throw new TidelineError("RENDER_FAILED", "no browser to print with", [
    {
      expected:
        "packages installed by npm on Linux x64, or a Chrome or Chromium on the PATH, or TIDELINE_BROWSER set to one",
    },
  ]);
}

const names = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser", "chrome"];

/** The first browser of the usual names in these folders. */
export const installedBrowser = (searchPath: string): string | null =>
  [...searchPath.split(delimiter), "/opt/google/chrome"]
    .filter((folder) => folder !== "")
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path)) ?? null;

async function cachedByPuppeteer(): Promise<string | null> {
  const puppeteer = await driver();
  const path = await Promise.resolve(puppeteer.executablePath()).catch(() => null);
  return path !== null && existsSync(path) ? path : null;
}

/** The folder with the packed browser; `null` where the package is not installed. */
function packedFolder(): string | null {
  try {
    const folder = join(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "..", "bin");
    return existsSync(join(folder, "chromium.br")) ? folder : null;
  } catch {
    return null;
  }
}

/**
 * Unpacks the browser that npm ships, with its libraries, once per version and user, into a folder that only its owner
 * may enter.
 *
 * It is unpacked under a temporary name and renamed, so that a folder of the final name is whole, and two processes that
 * start together both find one. What stands there is run, so it must be this user's and closed to others.
 *
 * @throws {TidelineError} `RENDER_FAILED` when somebody else has put something in its place, or nothing can be unpacked
 */
export async function unpackChromium(cacheDir: string): Promise<Found> {
  const packed = packedFolder();
  if (packed === null)
    throw new TidelineError("RENDER_FAILED", "@sparticuz/chromium is not installed; run `npm ci`");
  const { version } = JSON.parse(readFileSync(join(packed, "..", "package.json"), "utf8")) as {
    version: string;
  };
  const source = sha256(packed).slice(0, 8);
  const name = `chromium-${version}-${source}-${userId()}`;
  const final = join(cacheDir, name);
  const found = { executablePath: join(final, "chromium"), libraries: join(final, "lib") };
  if (isWhole(final)) return found;
  const { temporary, entry } = await newFolder(cacheDir, name);
  try {
    await Promise.all([
      unpackProgram(join(packed, "chromium.br"), join(temporary, "chromium")),
      unpackLibraries(join(packed, "al2023.tar.br"), temporary),
    ]);
    takePlace(temporary, final);
  } finally {
    await rm(temporary, { recursive: true, force: true });
    running.delete(entry);
  }
  return found;
}

const userId = (): number => process.getuid?.() ?? 0;

/**
 * Whether a browser of ours is unpacked there: a folder that only this user may enter, with a program that this user may
 * run. `false` where nothing is, or something of this user's that is damaged.
 *
 * @throws {TidelineError} `RENDER_FAILED` when it is another user's
 */
function isWhole(folder: string): boolean {
  const state = stateOf(folder);
  if (state === null) return false;
  if (state.uid !== userId()) {
    throw new TidelineError("RENDER_FAILED", "the browser's folder belongs to another user", [
      { file: folder, expected: "a folder of this user's, or none; TIDELINE_CACHE names another place" },
    ]);
  }
  if (!state.isDirectory() || (state.mode & 0o777) !== 0o700) return false;
  const program = stateOf(join(folder, "chromium"));
  return program?.isFile() === true && program.uid === userId() && (program.mode & 0o100) !== 0;
}

/** What stands at a path itself, not where a link leads; `null` where nothing can be seen. */
function stateOf(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch {
    // That it cannot be looked at is told by the attempt to unpack there.
    return null;
  }
}

/** Puts what is unpacked in its place, in place of what is damaged there; another process may have been faster. */
function takePlace(temporary: string, final: string): void {
  if (isWhole(final)) return;
  rmSync(final, { recursive: true, force: true });
  try {
    renameSync(temporary, final);
  } catch (error) {
    if (!isWhole(final)) throw error;
  }
}

/** Unpacking takes seconds; what is older was left by a process that was killed. */
const abandonedMs = 3_600_000;

/**
 * A temporary folder for what will be `name`, from its first moment known as one that `killAllBrowsers` removes; what
 * killed processes left of it is removed.
 */
async function newFolder(cacheDir: string, name: string) {
  try {
    await mkdir(cacheDir, { recursive: true });
    for (const entry of await readdir(cacheDir)) {
      if (!entry.startsWith(`${name}.`)) continue;
      const { mtimeMs } = await stat(join(cacheDir, entry)).catch(() => ({ mtimeMs: Date.now() }));
      if (Date.now() - mtimeMs > abandonedMs)
        await rm(join(cacheDir, entry), { recursive: true, force: true });
    }
    const temporary = mkdtempSync(join(cacheDir, `${name}.`));
    return { temporary, entry: begin(() => removeNow(temporary)) };
  } catch (error) {
    throw new TidelineError(
      "RENDER_FAILED",
      "the browser cannot be unpacked",
      [
        {
          found: messageOf(error),
          expected: "a cache folder that this user may write, with 250 MB free; TIDELINE_CACHE names another",
        },
      ],
      { cause: error },
    );
  }
}

const unpackProgram = (from: string, to: string): Promise<void> =>
  pipeline(
    createReadStream(from),
    createBrotliDecompress({ chunkSize: 1 << 20 }),
    createWriteStream(to, { mode: 0o700 }),
  );

async function unpackLibraries(from: string, folder: string): Promise<void> {
  await mkdir(join(folder, "lib"));
  for (const { name, bytes } of tarEntries(brotliDecompressSync(readFileSync(from)))) {
    if (/^lib\/[\w.+-]+$/.test(name)) await writeFile(join(folder, name), bytes, { mode: 0o600 });
  }
}

/** Whether this process is root, for whom the browser's sandbox cannot start. */
const isRoot = (): boolean => process.getuid?.() === 0;

/** The arguments of the browser; the sandbox is off for root only. */
export const browserArguments = (root: boolean): string[] => [
  "--font-render-hinting=none",
  "--force-color-profile=srgb",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--no-default-browser-check",
  "--no-first-run",
  "--no-pings",
  // A dead end for every address, this machine's own included.
  "--proxy-server=127.0.0.1:9",
  "--proxy-bypass-list=<-loopback>",
  ...(root ? ["--no-sandbox"] : []),
];

/**
 * Processes that were started on a profile. While the browser starts nobody has its number yet, and it would write into
 * its profile after that was removed; Linux tells the arguments of every process, and of one that is just being loaded
 * only that it is a child of this one.
 */
function processesOn(profile: string): readonly number[] {
  if (!existsSync("/proc/self/cmdline")) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      const told = readOf(name, "cmdline");
      return told === "" ? parentOf(name) === process.pid : told.includes(profile);
    })
    .map(Number);
}

/** The name, in brackets, may hold anything; state and parent follow it. */
const parentOf = (pid: string): number => Number(readOf(pid, "stat").split(") ").at(-1)?.split(" ")[1]);

function readOf(pid: string, file: "cmdline" | "stat"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    // It has ended since.
    return "";
  }
}

/** Ends a process, and as the leader of its group those that it has started. */
function killWithAll(pid: number): void {
  if (pid <= 0) return;
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, "SIGKILL");
    } catch {
      // No leader of a group, or gone already.
    }
  }
}

/** Starts a browser in its own empty profile, with its libraries, in UTC and with no way out. */
export async function launchBrowser(options: BrowserOptions): Promise<BrowserHandle> {
  const found = await findBrowser(options);
  const profile = mkdtempSync(join(tmpdir(), "tideline-browser-"));
  let browser: Browser | undefined;
  const endAll = () => {
    for (const pid of new Set([browser?.process()?.pid ?? 0, ...processesOn(profile)])) killWithAll(pid);
  };
  const kill = () => removeNow(profile, endAll);
  // From the first moment, in one step with the folder's making, to the last: a signal may come while the browser starts or closes.
  const entry = begin(kill);
  const end = async () => {
    await browser?.close().catch(() => browser?.process()?.kill("SIGKILL"));
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    running.delete(entry);
  };
  try {
    await writeFonts(profile);
    const started = await start(found, profile);
    browser = started;
    // The pipes of a browser that is killed break; that it is gone is told elsewhere.
    for (const pipe of started.process()?.stdio ?? []) pipe?.on("error", () => {});
    return {
      version: await started.version(),
      newPage: () => started.newPage(),
      kill,
      [Symbol.asyncDispose]: end,
    };
  } catch (error) {
    await end();
    throw startFailure(found, error);
  }
}

/**
 * The fonts that the browser finds on the system: one of ours, whatever is installed. Without any it does not start to
 * draw, and one of the machine's could stand in for a character that our faces lack.
 */
async function writeFonts(profile: string): Promise<void> {
  const folder = join(profile, "faces");
  await mkdir(folder);
  await copyFile(fileOf(systemFace), join(folder, "face.ttf"));
  const [dir, cache] = [folder, join(profile, "face-cache")].map(escapeText);
  const config = `<?xml version="1.0"?><fontconfig><dir>${dir}</dir><cachedir>${cache}</cachedir></fontconfig>`;
  await writeFile(fontConfig(profile), config);
}

const fontConfig = (profile: string): string => join(profile, "fonts.conf");

/** Read only when a browser is wanted: the command line loads this file to be able to end browsers. */
const driver = async () => (await import("puppeteer")).default;

async function start({ executablePath, libraries }: Found, profile: string): Promise<Browser> {
  const puppeteer = await driver();
  return puppeteer.launch({
    executablePath,
    headless: "shell",
    userDataDir: profile,
    // No port that others of this machine could use, and a browser that ends with the process that started it.
    pipe: true,
    args: browserArguments(isRoot()),
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    env: {
      // An installed browser may be a shell script.
      PATH: "/usr/local/bin:/usr/bin:/bin",
      HOME: profile,
      TZ: "UTC",
      LANG: "C.UTF-8",
      FONTCONFIG_FILE: fontConfig(profile),
      ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}),
    },
  });
}

function startFailure({ executablePath }: Found, error: unknown): TidelineError {
  const text = messageOf(error);
  const expected = /sandbox/i.test(text)
    ? "a kernel that lets this user make namespaces (the browser's sandbox needs them), or the run as root in a container"
    : "a browser that starts";
  return new TidelineError(
    "RENDER_FAILED",
    "the browser did not start",
    [{ found: `${executablePath}: ${text.split("\n")[0]}`, expected }],
    { cause: error },
  );
}
