import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, rmSync, watch } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { filesOf, launcher, terminal } from "#tests/cli/tideline.ts";
import { root } from "#tests/render/press.ts";
import { canSeeProcesses, processesWith, soon } from "#tests/render/processes.ts";
import { smallConfig, smallPrices, writeWorkspace } from "#tests/render/small-workspace.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { moments } from "#tests/slow/moments.ts";

const base = temporaryFolder();
const folder = writeWorkspace(join(base, "ws"), smallConfig(), smallPrices());
/** Profiles of the browsers of one run, and nobody else's. */
const profiles = join(base, "tmp");
const day = "2026-02-13";
let numbered = 0;

/** A run into an output folder of its own, through the launcher or as the program itself. */
function run(out: string, direct: boolean, env: Readonly<Record<string, string>> = {}): ChildProcess {
  const program = direct ? join(root, "src/cli.ts") : launcher;
  const args = [program, "run", "--lang", "en", "--workspace", folder, "--out", out];
  return spawn(process.execPath, args, {
    cwd: base,
    env: terminal({ TMPDIR: profiles, ...env }),
    stdio: "ignore",
  });
}
const end = async (child: ChildProcess): Promise<number | string | null> => {
  if (child.exitCode !== null) return child.exitCode;
  if (child.signalCode !== null) return child.signalCode;
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  return code ?? signal;
};
const outFolder = (): string => {
  const out = join(base, `out-${++numbered}`);
  mkdirSync(join(out, "weekly"), { recursive: true });
  return out;
};
const entries = (out: string) => readdirSync(join(out, "weekly")).toSorted();
const issueIn = (out: string) => filesOf(join(out, "weekly", day));
const browsers = () => processesWith(profiles);
const left = () => readdirSync(profiles).filter((name) => name.startsWith("tideline-browser-"));

let whole: Readonly<Record<string, string>> = {};
let tookMs = 0;
beforeAll(async () => {
  mkdirSync(profiles);
  const out = outFolder();
  const start = performance.now();
  expect(await end(run(out, false))).toBe(0);
  tookMs = performance.now() - start;
  whole = issueIn(out);
  expect(Object.keys(whole)).toEqual(["en.html", "en.pdf", "facts.json", "manifest.json"]);
}, 120_000);
afterEach(() => {
  for (const pid of browsers()) process.kill(Number(pid), "SIGKILL");
  for (const name of readdirSync(profiles)) rmSync(join(profiles, name), { recursive: true, force: true });
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Either nothing is there or all of it: as an earlier run made it, byte for byte. */
function expectWholeOrNone(out: string, mayHide = false): void {
  const seen = entries(out).filter((name) => !mayHide || !name.startsWith("."));
  expect([[], [day]]).toContainEqual(seen);
  if (seen.length > 0) expect(issueIn(out)).toEqual(whole);
}

describe.runIf(canSeeProcesses)("a run that is interrupted", () => {
  const signals = [
    ["SIGINT", 130, 11],
    ["SIGTERM", 143, 12],
  ] as const;

  describe.each(signals)("by %s", (signal, code, seed) => {
    it.each(moments(seed))(
      "at %s of its time leaves no half issue, no browser and no profile",
      async (share) => {
        const out = outFolder();
        const child = run(out, false);
        await wait(Number(share) * tookMs);
        child.kill(signal);
        // Before the launcher has begun, the signal ends it by itself; after the run has ended there is nothing to end.
        const how = await end(child);
        expect([code, signal, 0]).toContain(how);
        // The launcher does not leave the program behind.
        expect(processesWith(out)).toEqual([]);
        if (how === 0) expect(issueIn(out)).toEqual(whole);
        expectWholeOrNone(out);
        expect(await soon(() => browsers().length === 0)).toBe(true);
        expect(left()).toEqual([]);
      },
    );
  });

  /** Interrupts as soon as something of this name appears in a folder. */
  async function interruptWhen(child: ChildProcess, where: string, appears: RegExp): Promise<void> {
    const watcher = watch(where);
    const seen = new Promise<void>((resolve) => {
      watcher.on("change", (_, name) => {
        if (appears.test(String(name))) resolve();
      });
    });
    await Promise.race([seen, once(child, "exit")]);
    watcher.close();
    child.kill("SIGINT");
  }

  it("while the issue is being written leaves nothing of it", async () => {
    const out = outFolder();
    const child = run(out, true);
    await interruptWhen(child, join(out, "weekly"), /^\.2026-02-13-/);
    expect(["SIGINT", 0]).toContain(await end(child));
    expectWholeOrNone(out);
  });

  it("while an earlier issue is being replaced leaves that or the new one", async () => {
    const out = outFolder();
    expect(await end(run(out, true))).toBe(0);
    const child = run(out, true);
    await interruptWhen(child, join(out, "weekly"), /^\.2026-02-13-/);
    expect(["SIGINT", 0]).toContain(await end(child));
    expect(entries(out)).toEqual([day]);
    expect(issueIn(out)).toEqual(whole);
  });

  it("while the browser is being started leaves neither it nor its profile", async () => {
    const child = run(outFolder(), true);
    await interruptWhen(child, profiles, /^tideline-browser-/);
    expect(await end(child)).toBe("SIGINT");
    expect(await soon(() => browsers().length === 0)).toBe(true);
    expect(left()).toEqual([]);
  });

  it("while the browser is being unpacked leaves nothing half unpacked", async () => {
    const cache = join(base, "cache");
    mkdirSync(cache);
    const child = run(outFolder(), true, { TIDELINE_CACHE: cache });
    await interruptWhen(child, cache, /^chromium-/);
    expect(await end(child)).toBe("SIGINT");
    const half = readdirSync(cache).filter(
      (name) => !existsSync(join(cache, name, "chromium")) || name.includes("."),
    );
    rmSync(cache, { recursive: true, force: true });
    expect(half.filter((name) => /^chromium-.*\.\w{6}$/.test(name))).toEqual([]);
  });
});

describe.runIf(canSeeProcesses)("a run that is killed", () => {
  it.each(moments(13))(
    "at %s of its time leaves no half issue, and the next run makes it whole",
    async (share) => {
      const out = outFolder();
      const child = run(out, true);
      await wait(Number(share) * tookMs);
      child.kill("SIGKILL");
      expect([0, "SIGKILL"]).toContain(await end(child));
      expectWholeOrNone(out, true);
      expect(await end(run(out, true))).toBe(0);
      expect(entries(out).filter((name) => !name.startsWith("."))).toEqual([day]);
      expect(issueIn(out)).toEqual(whole);
    },
  );

  // It hangs on a pipe to the process that started it; on a socket of its own it would go on without, for ever.
  it("takes its browser with it", async () => {
    const child = run(outFolder(), true);
    expect(await soon(() => browsers().length > 0)).toBe(true);
    child.kill("SIGKILL");
    await end(child);
    expect(await soon(() => browsers().length === 0)).toBe(true);
  });
});

describe("the moments", () => {
  it("are spread over the whole of a run, the same each time, each signal its own", () => {
    const all = [11, 12, 13].map(moments);
    expect([11, 12, 13].map(moments)).toEqual(all);
    expect(new Set(all.map(String)).size).toBe(3);
    for (const shares of all.map((each) => each.map(Number))) {
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect([(shares[0] ?? 1) < 0.11, (shares.at(-1) ?? 0) > 0.99]).toEqual([true, true]);
    }
  });
});
