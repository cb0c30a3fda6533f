import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import { startChild } from "#tests/store/children.ts";
import { newFile } from "#tests/store/fill.ts";
import { batchOf } from "#tests/store/rows.ts";
import { aStore, expectUntouched } from "#tests/store/whole.ts";

const isRoot = process.getuid?.() === 0;

describe("a disk without room", () => {
  // Files may not grow beyond so many KiB: for an ordinary user and root alike, and without a disk of one's own.
  const limit = (kib: number) => `ulimit -f $((${kib} * 2)); exec "$@"`;
  const sizeOf = (file: string) => Math.ceil(statSync(file).size / 1024);

  it.each([
    ["load", "C", 60_000],
    ["keep", "large", 900_000],
  ])("is told to who would %s, who finds all as it was", async (work, name, count) => {
    const file = await aStore();
    const said = await startChild({ file }, work, name, count, limit(sizeOf(file) + 100)).said;
    expect(said).toEqual([
      { opened: 3 },
      { code: "STORE_UNUSABLE", message: expect.stringMatching(/tideline\.db: found .*expected .*disk/) },
    ]);
    await expectUntouched(file);
    // And what had no room finds it later.
    expect((await startChild({ file }, work, name, count).said).at(-1)).not.toHaveProperty("code");
  });

  it("is told to who would back up, and nothing is left of that", async () => {
    const file = await aStore();
    const target = join(dirname(file), "backup.db");
    const said = await startChild({ file }, "backup", target, 0, limit(60)).said;
    expect(said.at(-1)).toEqual({
      code: "STORE_UNUSABLE",
      message: expect.stringMatching(/backup\.db: found .*expected .*disk/),
    });
    expect(readdirSync(dirname(file)).filter((name) => !name.startsWith("tideline.db"))).toEqual([]);
    await expectUntouched(file);
    expect((await startChild({ file }, "backup", target, 0).said).at(-1)).toMatchObject({ batches: 3 });
  });

  // A disk of its own, in a space of names that only this process sees; not every machine lets its users do that.
  const small = (kib: number) =>
    `mount -t tmpfs -o size=${kib}k none "$DISK" && cp -r "$FROM" "$DISK/store" && "$@"`;
  const mayMount = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;
  it.runIf(mayMount).each([
    ["load", "C", 60_000],
    ["keep", "large", 900_000],
    ["backup", "DISK/backup.db", 0],
  ])("that is really full is told to who would %s", async (work, name, count) => {
    const file = await aStore();
    const disk = dirname(newFile());
    const shell = small(sizeOf(file) + 150)
      .replace("$DISK", disk)
      .replaceAll("$DISK", disk);
    const words = `exec unshare -rm sh -c '${shell.replace("$FROM", dirname(file))}' sh "$@"`;
    const place = { file: join(disk, "store", "tideline.db") };
    const said = await startChild(place, work, name.replace("DISK", disk), count, words).said;
    expect(said).toEqual([
      { opened: 3 },
      {
        code: "STORE_UNUSABLE",
        message: expect.stringMatching(/\.db: found database or disk is full, expected room on the disk/),
      },
    ]);
  });
});

describe("a folder that has been moved", () => {
  it("with the log of a process that was killed loses nothing", async () => {
    const file = await aStore();
    const child = startChild({ file }, "loop", "killed", 1000);
    await new Promise<void>((resolve) => {
      let lines = 0;
      child.process.stdout?.on("data", (part: Buffer) => {
        lines += part.toString().split("\n").length - 1;
        if (lines > 8) resolve();
      });
    });
    child.process.kill("SIGKILL");
    const said = await child.said;
    expect(existsSync(`${file}-wal`)).toBe(true);
    const moved = newFile("tideline.db");
    for (const end of ["", "-wal"]) copyFileSync(`${file}${end}`, `${moved}${end}`);
    await using store = await openStore({ file: moved });
    const batches = said.flatMap(({ batch }) => (typeof batch === "number" ? [batch] : []));
    expect(batches.length).toBeGreaterThan(2);
    expect(await store.lastBatch()).toBeGreaterThanOrEqual(Math.max(...batches));
    expect((await store.remembered(["killed"], 9999))[0]?.length).toBeGreaterThanOrEqual(
      500 * batches.length,
    );
    expect((await store.load(batchOf("next", 3, 1))).added).toBe(3);
  });
});

// Root may write everywhere: these are shown by an ordinary user, or by root on behalf of one.
describe("a file or folder that this user may not write", () => {
  /** Words for a shell that is not root's, even where this process is. */
  const asUser = isRoot ? 'exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"' : "";
  const canBeUser =
    !isRoot ||
    spawnSync("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", process.execPath, "-v"])
      .status === 0;
  const reachable = (path: string): void => {
    if (isRoot) chmodSync(dirname(dirname(path)), 0o755);
    chmodSync(dirname(path), 0o755);
  };
  const refused = (words: string) => ({
    code: "STORE_UNUSABLE",
    message: expect.stringMatching(new RegExp(`tideline\\.db: found .*, expected ${words}`)),
  });

  it.runIf(canBeUser).each([
    ["a folder that is closed", 0o555, 0o644],
    ["a file that is read-only", 0o755, 0o444],
    ["a file that is another's", 0o755, 0o600],
  ])("%s is told, and left as it is", async (_, folderMode, fileMode) => {
    const file = await aStore();
    reachable(file);
    chmodSync(file, fileMode);
    chmodSync(dirname(file), folderMode);
    if (isRoot && fileMode === 0o444) chownSync(dirname(file), 65534, 65534);
    if (!isRoot && fileMode === 0o600) chmodSync(file, 0o000);
    const before = isRoot ? readFileSync(file) : null;
    try {
      const said = await startChild({ file }, "load", "C", 3, asUser).said;
      expect(said.at(-1)).toEqual(refused(".*that this user may write"));
      expect(said.some((each) => "batch" in each)).toBe(false);
    } finally {
      chmodSync(dirname(file), 0o755);
      chmodSync(file, 0o644);
    }
    if (before !== null) expect(readFileSync(file).equals(before)).toBe(true);
    await expectUntouched(file);
  });

  it.skipIf(canBeUser)("is skipped: this process is root and cannot be another user", () => {});
});
