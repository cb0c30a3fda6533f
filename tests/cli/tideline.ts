import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "#tests/render/press.ts";

/** The launcher, as users call it. */
export const launcher = join(root, "bin/tideline");

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Call {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The Node that runs the launcher; this process's own unless another is named. */
  readonly node?: string;
  /** The launcher's path, when it is called through a link. */
  readonly through?: string;
}

/** The environment of a terminal: nothing of npm's, of this project's, of a database or of the test runner's. */
export function terminal(more: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|INIT_CWD|DATABASE_URL$|TIDELINE_|VITEST|NODE_|FORCE_COLOR|TZ$)/.test(name),
  );
  return { ...Object.fromEntries(own), ...more };
}

/** Starts the launcher; the caller waits for its end. */
export function start(
  args: readonly string[],
  { cwd = root, env = {}, node, through }: Call = {},
): ChildProcess {
  return spawn(node ?? process.execPath, [through ?? launcher, ...args], {
    cwd,
    env: terminal(env),
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** What a started launcher says until it ends, and how it ends. */
export async function ended(child: ChildProcess): Promise<Ended> {
  const [out, err]: Buffer[][] = [[], []];
  child.stdout?.on("data", (part: Buffer) => out?.push(part));
  child.stderr?.on("data", (part: Buffer) => err?.push(part));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out: Buffer.concat(out ?? []).toString(), err: Buffer.concat(err ?? []).toString() };
}

/** Runs the launcher to its end. */
export const tideline = (args: readonly string[], call: Call = {}): Promise<Ended> =>
  ended(start(args, call));

/** The files of a folder with their bytes as text, by name. */
export const filesOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (existsSync(folder) ? readdirSync(folder) : [])
      .toSorted()
      .map((name) => [name, readFileSync(join(folder, name), "latin1")]),
  );

/** Nodes of this machine that did not come with the packages, by major version. */
export function otherNodes(): ReadonlyMap<number, string> {
  const folders = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"));
  const found = [...folders, "/usr/bin", "/usr/local/bin"]
    .map((folder) => join(folder, "node"))
    .filter(existsSync);
  return new Map(found.toReversed().map((path) => [major(path), path]));
}

const major = (path: string): number =>
  Number(/^v(\d+)/.exec(spawnSync(path, ["--version"], { encoding: "utf8" }).stdout)?.[1]);
