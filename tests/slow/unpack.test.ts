import { spawn } from "node:child_process";
import { once } from "node:events";
import { lstatSync, mkdirSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { unpackChromium } from "#src/render/browser.ts";
import { root } from "#tests/render/press.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const packed = process.platform === "linux" && process.arch === "x64";
const folder = temporaryFolder();
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe.runIf(packed)("unpackChromium", () => {
  const cache = join(folder, "cache");
  const unpackElsewhere = async () => {
    const script = `const { unpackChromium } = await import(${JSON.stringify(join(root, "src/render/browser.ts"))});
      console.log(JSON.stringify(await unpackChromium(${JSON.stringify(cache)})));`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [out] = await Promise.all([child.stdout.toArray(), once(child, "exit")]);
    return JSON.parse(Buffer.concat(out as Buffer[]).toString()) as Awaited<
      ReturnType<typeof unpackChromium>
    >;
  };

  it("unpacks once although two processes ask at once, into a folder of its owner alone", async () => {
    const [first, second] = await Promise.all([unpackElsewhere(), unpackElsewhere()]);
    expect(second).toEqual(first);
    const names = readdirSync(cache);
    expect(names).toHaveLength(1);
    const unpacked = join(cache, names[0] ?? "");
    expect(first).toEqual({ executablePath: join(unpacked, "chromium"), libraries: join(unpacked, "lib") });
    expect([mode(unpacked), mode(first.executablePath)]).toEqual(["700", "700"]);
    expect(readdirSync(join(unpacked, "lib"))).toEqual(expect.arrayContaining(["libnss3.so", "libnspr4.so"]));
    const loose = readdirSync(join(unpacked, "lib")).filter(
      (name) => !/[67]00$/.test(mode(join(unpacked, "lib", name))),
    );
    expect(loose).toEqual([]);

    const made = statSync(first.executablePath).mtimeMs;
    expect(await unpackChromium(cache)).toEqual(first);
    expect(statSync(first.executablePath).mtimeMs).toBe(made);
    expect(readdirSync(cache)).toEqual(names);
  });

  it("removes what a killed process left half unpacked, and leaves what another is unpacking", async () => {
    const [name = ""] = readdirSync(cache);
    const other = join(folder, "other-cache");
    const [old, fresh] = [join(other, `${name}.old`), join(other, `${name}.new`)];
    mkdirSync(join(old, "lib"), { recursive: true });
    mkdirSync(fresh);
    const hoursAgo = Date.now() / 1000 - 7200;
    utimesSync(old, hoursAgo, hoursAgo);
    await unpackChromium(other);
    expect(readdirSync(other).sort()).toEqual([name, `${name}.new`].sort());
  });

  it("is of one user: another unpacks for itself", () => {
    expect(readdirSync(cache)).toEqual([expect.stringMatching(new RegExp(`-${process.getuid?.()}$`))]);
  });

  /** A cache in which this stands where the browser would be. */
  function cacheWith(name: string, make: (path: string) => void): string {
    const dir = join(folder, `cache-${++caches}`);
    mkdirSync(dir);
    make(join(dir, name));
    return dir;
  }
  let caches = 0;

  it.each<[string, (path: string) => void]>([
    ["has no program", (path) => mkdirSync(path, { mode: 0o700 })],
    [
      "others may enter",
      (path) => {
        mkdirSync(path, { mode: 0o755 });
        writeFileSync(join(path, "chromium"), "#!/bin/sh\n", { mode: 0o700 });
      },
    ],
    [
      "holds a program that cannot be run",
      (path) => {
        mkdirSync(path, { mode: 0o700 });
        writeFileSync(join(path, "chromium"), "half", { mode: 0o600 });
      },
    ],
    ["is a link elsewhere", (path) => symlinkSync(cache, path)],
  ])("unpacks anew in place of a folder of ours that %s", async (_, make) => {
    const [name = ""] = readdirSync(cache);
    const other = cacheWith(name, make);
    const { executablePath } = await unpackChromium(other);
    expect(readdirSync(other)).toEqual([name]);
    expect([lstatSync(join(other, name)).isDirectory(), mode(join(other, name))]).toEqual([true, "700"]);
    expect(statSync(executablePath).size).toBe(statSync(join(cache, name, "chromium")).size);
    expect(readdirSync(cache)).toEqual([name]);
  });

  it("refuses a folder that somebody else has put there", async () => {
    const uid = (process.getuid?.() ?? 0) + 1;
    const name = readdirSync(cache)[0]?.replace(/\d+$/, String(uid)) ?? "";
    const other = cacheWith(name, (path) => {
      mkdirSync(path, { mode: 0o700 });
      writeFileSync(join(path, "chromium"), "#!/bin/sh\n", { mode: 0o700 });
    });
    const asked = vi.spyOn(process, "getuid").mockReturnValue(uid);
    try {
      const unpacked = unpackChromium(other);
      await expect(unpacked).rejects.toMatchObject({ code: "RENDER_FAILED" });
      await expect(unpacked).rejects.toThrow(new RegExp(`${name}: .*TIDELINE_CACHE`));
    } finally {
      asked.mockRestore();
    }
    expect(readdirSync(join(other, name))).toEqual(["chromium"]);
  });

  it("says what to do where it cannot write", async () => {
    const file = join(folder, "a-file");
    writeFileSync(file, "");
    await expect(unpackChromium(join(file, "cache"))).rejects.toThrow(/cannot be unpacked\n.*TIDELINE_CACHE/);
  });
});
