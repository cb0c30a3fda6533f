import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { TidelineError } from "#src/domain/errors.ts";
import {
  type BrowserHandle,
  browserArguments,
  findBrowser,
  installedBrowser,
  killAllBrowsers,
  launchBrowser,
  unpackChromium,
} from "#src/render/browser.ts";
import { cacheDir, root } from "#tests/render/press.ts";
import {
  argumentsOf,
  canSeeProcesses,
  environmentOf,
  livingIn,
  processesWith,
  soon,
} from "#tests/render/processes.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const packed = process.platform === "linux" && process.arch === "x64";
const isRoot = process.getuid?.() === 0;
const folder = temporaryFolder();

/** Profiles are made in the temporary folder of the system, which for these tests is one of their own. */
const before = { ...process.env };
beforeAll(() => {
  process.env.TMPDIR = folder;
  process.env.TIDELINE_TEST_SECRET = "do not tell";
});
afterAll(() => {
  killAllBrowsers();
  process.env = before;
});
const profiles = () => readdirSync(folder).filter((name) => name.startsWith("tideline-browser-"));
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

describe("findBrowser", () => {
  it("takes the configured browser, with no libraries of ours", async () => {
    const path = join(folder, "my-chrome");
    writeFileSync(path, "");
    expect(await findBrowser({ executablePath: path, cacheDir })).toEqual({
      executablePath: path,
      libraries: null,
    });
  });

  it("looks for an installed one in the folders of PATH", () => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    expect(installedBrowser(`${join(folder, "none")}::${bin}`)).not.toBe(join(bin, "chromium"));
    writeFileSync(join(bin, "chromium"), "");
    expect(installedBrowser(`${join(folder, "none")}::${bin}`)).toBe(join(bin, "chromium"));
  });

  it("refuses a configured browser that does not exist, as a matter of configuration", async () => {
    const found = findBrowser({ executablePath: join(folder, "nowhere"), cacheDir });
    await expect(found).rejects.toThrow(TidelineError);
    await expect(found).rejects.toMatchObject({ code: "CONFIG_INVALID" });
    await expect(found).rejects.toThrow(/nowhere/);
  });
});

describe("browserArguments", () => {
  it("switch the sandbox off for root alone, and no other protection ever", () => {
    expect(browserArguments(true)).toContain("--no-sandbox");
    expect(browserArguments(false).filter((argument) => argument.includes("sandbox"))).toEqual([]);
    const off =
      /web-security|site-isolation|single-process|no-zygote|allow-|ignore-certificate|remote-debugging-address/;
    expect(browserArguments(true).filter((argument) => off.test(argument))).toEqual([]);
  });
});

describe("launchBrowser", () => {
  it("says which browser did not start and why, and leaves no profile", async () => {
    const path = join(folder, "broken");
    writeFileSync(path, "#!/bin/sh\nexit 1\n", { mode: 0o700 });
    const launched = launchBrowser({ executablePath: path, cacheDir });
    await expect(launched).rejects.toMatchObject({ code: "RENDER_FAILED" });
    await expect(launched).rejects.toThrow(/did not start\n.*broken/);
    expect(profiles()).toEqual([]);
  });

  it.runIf(canSeeProcesses)("gives the browser a profile, libraries and environment of its own", async () => {
    const browser = await launchBrowser({ cacheDir });
    try {
      expect(browser.version).toMatch(/Chrome\/\d+\./);
      const [profile = ""] = profiles();
      expect(profiles()).toHaveLength(1);
      expect(mode(join(folder, profile))).toBe("700");
      const [main = ""] = processesWith(profile);
      const environment = environmentOf(main);
      expect(environment).toMatchObject({ TZ: "UTC", HOME: join(folder, profile) });
      expect(Object.keys(environment)).not.toContain("TIDELINE_TEST_SECRET");
      expect(Object.values(environment).join()).not.toContain("do not tell");
      if (packed) expect(environment.LD_LIBRARY_PATH?.startsWith(cacheDir)).toBe(true);
      expect(argumentsOf(main).filter((a) => a === "--no-sandbox")).toEqual(isRoot ? ["--no-sandbox"] : []);
    } finally {
      await browser[Symbol.asyncDispose]();
    }
    expect(process.env.LD_LIBRARY_PATH).toBe(before.LD_LIBRARY_PATH);
  });

  const ends: readonly (readonly [string, (browser: BrowserHandle) => unknown])[] = [
    ["disposing of it", (browser) => browser[Symbol.asyncDispose]()],
    ["killing it", (browser) => browser.kill()],
    ["killing all", () => killAllBrowsers()],
    [
      "killing it, then disposing of it",
      (browser) => {
        browser.kill();
        return browser[Symbol.asyncDispose]();
      },
    ],
  ];
  it.runIf(canSeeProcesses).each(ends)(
    "%s ends every process of it and removes its profile",
    async (_, end) => {
      const browser = await launchBrowser({ cacheDir });
      const page = await browser.newPage();
      await page.setContent("<p>open</p>");
      const [profile = ""] = profiles();
      const [group = ""] = processesWith(profile);
      expect(livingIn(group).length).toBeGreaterThan(1);
      await end(browser);
      expect(existsSync(join(folder, profile))).toBe(false);
      expect(await soon(() => livingIn(group).length === 0)).toBe(true);
      expect(profiles()).toEqual([]);
      await expect(browser.newPage()).rejects.toThrow();
    },
  );

  /** All that a signal handler does, at a moment of the test's choosing; the browser is ended whatever comes of it. */
  async function killedWhile(
    launched: Promise<BrowserHandle>,
    reached: () => Promise<unknown>,
  ): Promise<void> {
    try {
      await reached();
      const [profile = ""] = profiles();
      expect(profile).not.toBe("");
      killAllBrowsers();
      expect(existsSync(join(folder, profile))).toBe(false);
    } finally {
      const browser = await launched.catch(() => null);
      await browser?.[Symbol.asyncDispose]();
    }
  }

  it("is ended by killing all while it starts, its profile with it", async () => {
    const launched = launchBrowser({ cacheDir });
    launched.catch(() => {});
    await killedWhile(launched, () => soon(() => profiles().length > 0));
  });

  it("has no moment in which its profile is there and killing all would leave it", async () => {
    const path = join(folder, "never-started");
    writeFileSync(path, "#!/bin/sh\nexit 1\n", { mode: 0o700 });
    const launched = launchBrowser({ executablePath: path, cacheDir });
    launched.catch(() => {});
    for (let i = 0; i < 20; i++) await null;
    // Nothing that is asked for is answered while this looks: the folder itself may come from another thread.
    for (let looks = 0; profiles().length === 0; looks++) if (looks > 1e5) throw new Error("no profile");
    killAllBrowsers();
    expect(profiles()).toEqual([]);
    await expect(launched).rejects.toThrow();
    expect(profiles()).toEqual([]);
  });

  it("is ended by killing all while it closes, its profile with it", async () => {
    const browser = await launchBrowser({ cacheDir });
    await killedWhile(Promise.resolve(browser), async () => {
      void browser[Symbol.asyncDispose]();
    });
  });
});
