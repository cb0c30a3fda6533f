import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A PostgreSQL of the test's own, on a free port, that goes when it is disposed of. */
export interface PostgresServer extends AsyncDisposable {
  readonly url: string;
}

/** Where the programs are: on the path, or where Debian puts them; `null` without any. */
export function postgresPrograms(): string | null {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).map((v) => join(debian, v, "bin")) : [];
  const folders = [...versions, ...(process.env.PATH ?? "").split(":")];
  return folders.find((folder) => folder !== "" && existsSync(join(folder, "initdb"))) ?? null;
}

/** The server refuses root: it then runs as the user `nobody`. */
function userOf(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Starts a server, or returns `null` where none is installed or it cannot start. */
export async function startPostgres(): Promise<PostgresServer | null> {
  const programs = postgresPrograms();
  if (programs === null) return null;
  const folder = mkdtempSync(join(tmpdir(), "tideline-pg-"));
  const user = userOf();
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const options = { ...user, cwd: folder, env: { PATH: process.env.PATH ?? "", HOME: folder, LC_ALL: "C" } };
  const made = spawnSync(
    join(programs, "initdb"),
    ["-D", data, "-U", "tideline", "-A", "trust", "-N"],
    options,
  );
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
  const port = await freePort();
  const settings = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-k", folder];
  const server = spawn(join(programs, "postgres"), ["-D", data, "-p", String(port), ...settings], {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const ready = await new Promise<boolean>((resolve) => {
    server.stderr.on("data", (text: Buffer) => {
      if (text.includes("ready to accept connections")) resolve(true);
    });
    void ended.then(() => resolve(false));
  });
  const end = async () => {
    server.kill("SIGINT");
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  if (!ready) {
    await end();
    return null;
  }
  return { url: `postgresql://tideline@127.0.0.1:${port}/postgres`, [Symbol.asyncDispose]: end };
}
