import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TidelineError } from "#src/domain/errors.ts";
import {
  type BrowserHandle,
  browserArguments,
  findBrowser,
  installedBrowser,
  killAllBrowsers,
  launchBrowser,
} from "#src/render/browser.ts";
import { cacheDir } from "#tests/render/press.ts";
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
const { TMPDIR: before, LD_LIBRARY_PATH: libraries } = process.env;
beforeAll(() => {
  process.env.TMPDIR = folder;
  process.env.TIDELINE_TEST_SECRET = "do not tell";
});
afterAll(() => {
  killAllBrowsers();
  // An assignment to the whole would leave the system's own variable as it is.
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  delete process.env.TIDELINE_TEST_SECRET;
});
const profiles = () => readdirSync(folder).filter((name) => name.startsWith("tideline-browser-"));
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

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
    expect(process.env.LD_LIBRARY_PATH).toBe(libraries);
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
