import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Ended, ended, filesOf, start, terminal, tideline } from "#tests/cli/tideline.ts";
import { root } from "#tests/render/press.ts";
import { canSeeProcesses, processesWith, soon } from "#tests/render/processes.ts";
import { smallConfig, smallPrices, writeWorkspace } from "#tests/render/small-workspace.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const base = temporaryFolder();
const folder = writeWorkspace(join(base, "ws"));
const issue = join(folder, "output/weekly/2026-02-13");
const names = ["en.html", "en.pdf", "facts.json", "manifest.json", "zh-CN.html", "zh-CN.pdf"];
/** What a page shows, and its links to the other edition. */
const body = (html = "") => html.slice(html.indexOf("<main>")).replace(/\n+/gu, "\n");
const links = /<nav class="links"[\s\S]*?<\/nav>\n|<a class="here"[^>]*>[^<]*<\/a>\n/gu;
const traces = (err: string) => err.split("\n").filter((line) => /^ {4}at |^Node\.js v/.test(line));

let [first, second]: (Ended | undefined)[] = [];
let files: Readonly<Record<string, string>>;
beforeAll(async () => {
  const json = start(["run", "--workspace", "ws", "--json"], { cwd: base });
  [first, second] = await Promise.all([tideline(["run"], { cwd: folder }), ended(json)]);
  files = filesOf(issue);
}, 120_000);

describe("run, twice at once", () => {
  it("ends by naming every file, and says each stage in one JSON line when no terminal listens", () => {
    expect(first?.code).toBe(0);
    expect(first?.out.trimEnd().split("\n").toSorted()).toEqual(
      names.map((name) => `output/weekly/2026-02-13/${name}`),
    );
    const stages = first?.err
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { stage: string; ms: number });
    // What is new is loaded by one of the two.
    const told = stages?.map(({ stage }) => stage).filter((stage) => stage !== "load");
    expect(told).toEqual(["gather", "compute", "render", "keep", "write"]);
    expect(stages?.every(({ ms }) => Number.isInteger(ms))).toBe(true);
  });

  it("answers in JSON when asked, with paths as the caller sees them", () => {
    expect(second?.code).toBe(0);
    const told = JSON.parse(second?.out ?? "") as { folder: string; files: readonly string[] };
    expect(told.folder).toBe("ws/output/weekly/2026-02-13");
    expect(told.files.toSorted()).toEqual(names.map((name) => `ws/output/weekly/2026-02-13/${name}`));
  });

  it("leaves one whole issue and the lists of issues, and nothing beside them", () => {
    expect(Object.keys(files)).toEqual(names);
    const { output } = JSON.parse(files["manifest.json"] ?? "") as {
      output: Readonly<Record<string, string>>;
    };
    const sums = names
      .filter((name) => name !== "manifest.json")
      .map((name) => [
        name,
        createHash("sha256")
          .update(readFileSync(join(issue, name)))
          .digest("hex"),
      ]);
    expect(output).toEqual(Object.fromEntries(sums));
    expect(readdirSync(join(folder, "output/weekly"))).toEqual(["2026-02-13"]);
    expect(readdirSync(join(folder, "output"))).toEqual(["index.html", "index.zh-CN.html", "weekly"]);
  });

  it("keeps nothing of the run, the machine or its folders in the files", () => {
    for (const [name, text] of Object.entries(files)) {
      expect([name, text.includes(base), text.includes(root)]).toEqual([name, false, false]);
    }
    expect(Object.keys(JSON.parse(files["manifest.json"] ?? "") as object)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/time|host|path|user|date/i)]),
    );
  });

  it("makes the same bytes again, one edition alone, elsewhere, as of an instant, in another zone of the user's", async () => {
    // 2026-02-13, New York close 16:00 (-05:00) and two hours.
    const args = [
      "run",
      "weekly",
      "--as-of",
      "2026-02-13T18:00:00-05:00",
      "--lang",
      "en,en",
      "--out",
      "made/here",
      "--workspace",
      folder,
    ];
    const { code, out } = await tideline(args, {
      cwd: base,
      env: { TZ: "Asia/Shanghai", LANG: "zh_CN.UTF-8" },
    });
    expect([code, out.split("\n")[0]]).toEqual([0, "made/here/weekly/2026-02-13/facts.json"]);
    const alone = filesOf(join(base, "made/here/weekly/2026-02-13"));
    expect(Object.keys(alone)).toEqual(["en.html", "en.pdf", "facts.json", "manifest.json"]);
    for (const name of ["en.pdf", "facts.json"]) expect(alone[name] === files[name]).toBe(true);
    // The page leads to no other, and brings no face to name one.
    expect(body(alone["en.html"])).toBe(body(files["en.html"]).replace(links, ""));
    expect(body(files["en.html"])).toMatch(links);
  });

  it("states the gap of a file that is not there", async () => {
    const config = smallConfig();
    config.files = {
      ...(config.files as object),
      lost: { path: "data/lost.csv", layout: "wide", defaults: { kind: "level", calendar: "NYSE" } },
    };
    config.series = {
      ALPHA: { name: { en: "Alpha Index", "zh-CN": "阿尔法指数" }, file: "prices" },
      BETA: { name: { en: "Beta Index", "zh-CN": "贝塔指数" }, file: "prices" },
      LOST: {
        name: { en: "Lost Index", "zh-CN": "失落指数" },
        file: "lost",
        provider: { en: "own records", "zh-CN": "自有数据" },
      },
    };
    const dir = writeWorkspace(join(base, "lost"), config);
    const { code } = await tideline(["run", "--lang", "en"], { cwd: dir });
    expect(code).toBe(0);
    const html = filesOf(join(dir, "output/weekly/2026-02-13"))["en.html"] ?? "";
    expect(html).toMatch(/class="gap">.*Lost Index.*its file is missing/);
  });
});

describe("run on what cannot be", () => {
  it("names every malformed cell with file, line and column, and writes nothing", async () => {
    const dir = writeWorkspace(join(base, "malformed"));
    const rows = smallPrices().split("\n");
    rows[2] = `${rows[2]?.split(",").slice(0, 2).join(",")},n/a`;
    rows[5] = `2024-13-05${rows[5]?.slice(10)}`;
    writeFileSync(join(dir, "data/prices.csv"), rows.join("\n"));
    const { code, out, err } = await tideline(["run"], { cwd: dir });
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/^tideline: /);
    expect(err).toMatch(/data\/prices\.csv:3:\d+: found "?n\/a/);
    expect(err).toMatch(/data\/prices\.csv:6:1: found "?2024-13-05/);
    expect(traces(err)).toEqual([]);
    expect(readdirSync(dir).toSorted()).toEqual([".tideline", "data", "tideline.yaml"]);
  });

  it("says where it could not write, without the program's stack", async () => {
    writeFileSync(join(base, "occupied"), "");
    const { code, err } = await tideline(["run", "--lang", "en", "--out", join(base, "occupied/by")], {
      cwd: folder,
    });
    expect(code).toBe(2);
    expect(err).toMatch(/occupied: found a file, expected a folder/);
    // Before the work that would be lost.
    expect(err).not.toContain('"render"');
    expect(traces(err)).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)("says that a folder may not be written to", async () => {
    mkdirSync(join(base, "closed"));
    chmodSync(join(base, "closed"), 0o500);
    const { code, err } = await tideline(["run", "--lang", "en", "--out", join(base, "closed")], {
      cwd: folder,
    });
    expect(code).toBe(1);
    expect(err).toContain("closed");
    expect(err).not.toContain('"render"');
  });
});

describe.skipIf(process.platform === "win32")("run, when something else goes wrong", () => {
  const profiles = join(base, "profiles");
  const out = (name: string) => ["run", "--lang", "en", "--workspace", folder, "--out", join(base, name)];
  const left = () => readdirSync(profiles).filter((name) => name.startsWith("tideline-"));
  beforeAll(() => void mkdirSync(profiles));

  it("goes on without telling its progress when nobody reads it any more", async () => {
    const child = start(out("untold"), { env: { TMPDIR: profiles } });
    child.stderr?.destroy();
    const { code, out: named } = await ended(child);
    expect([code, named.trimEnd().split("\n").length]).toEqual([0, 4]);
    expect(readdirSync(join(base, "untold/weekly/2026-02-13"))).toHaveLength(4);
    expect(left()).toEqual([]);
  });

  // Thrown where nothing awaits it, while the browser runs.
  it("leaves neither a browser nor its profile, whatever was thrown wherever", async () => {
    const bug = `import { readdirSync } from "node:fs";
      const timer = setInterval(() => {
        if (readdirSync(process.env.TMPDIR).length === 0) return;
        clearInterval(timer);
        throw new RangeError("a bug");
      }, 5);`;
    const child = spawn(
      process.execPath,
      [
        "--import",
        `data:text/javascript,${encodeURIComponent(bug)}`,
        join(root, "src/cli.ts"),
        ...out("thrown"),
      ],
      { cwd: root, env: terminal({ TMPDIR: profiles }), stdio: ["ignore", "pipe", "pipe"] },
    );
    const { code, err } = await ended(child);
    expect([code, err]).toEqual([1, expect.stringContaining("a bug")]);
    expect(await soon(() => !canSeeProcesses || processesWith(profiles).length === 0)).toBe(true);
    expect(left()).toEqual([]);
  });
});

describe("facts", () => {
  it("prints the facts of a run, byte for byte", async () => {
    const { code, out, err } = await tideline(["facts", "--json"], { cwd: folder });
    expect([code, err]).toEqual([0, ""]);
    expect(out).toBe(readFileSync(join(issue, "facts.json"), "utf8"));
    expect(`${JSON.stringify(JSON.parse(out), null, 1)}\n`).toBe(out);
  });

  it("without the store makes neither folder nor file", async () => {
    const dir = writeWorkspace(join(base, "quiet"));
    const args = ["facts", "--no-store", "--as-of", "2026-01-30"];
    const { code, out } = await tideline(args, { cwd: dir });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ asOf: { date: "2026-01-30", instant: "2026-01-30T23:00:00Z" } });
    expect(readdirSync(dir).toSorted()).toEqual(["data", "tideline.yaml"]);
  });

  // A reader that has seen enough closes its end: on the sample, more than a pipe holds.
  it.skipIf(process.platform === "win32")("does not complain when its reader stops reading", async () => {
    const child = start(["facts", "--no-store"], { cwd: root });
    child.stdout?.once("data", () => child.stdout?.destroy());
    let err = "";
    child.stderr?.on("data", (part: Buffer) => {
      err += part;
    });
    await new Promise((resolve) => child.once("exit", resolve));
    expect(traces(err)).toEqual([]);
  });
});

describe("verify", () => {
  it("passes a good issue with 0 and holds a damaged one with 3", async () => {
    const good = await tideline(["verify", "ws/output/weekly/2026-02-13"], { cwd: base });
    expect(good).toEqual({ code: 0, err: "", out: expect.stringContaining("all ok") });
    const damaged = join(base, "damaged");
    cpSync(issue, damaged, { recursive: true });
    copyFileSync(join(damaged, "en.pdf"), join(damaged, "zh-CN.pdf"));
    const bad = await tideline(["verify", "damaged"], { cwd: base });
    expect([bad.code, bad.err]).toEqual([3, ""]);
    expect(bad.out).toMatch(/hashes +failed/);
  });
});
