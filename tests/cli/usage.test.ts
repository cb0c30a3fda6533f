import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { options } from "#src/commands/call.ts";
import { inside } from "#tests/cli/inside.ts";
import { otherNodes, tideline } from "#tests/cli/tideline.ts";
import { root } from "#tests/render/press.ts";
import { smallConfig, writeWorkspace } from "#tests/render/small-workspace.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const base = temporaryFolder();
const folder = writeWorkspace(join(base, "ws"));
const bare = join(base, "bare");
mkdirSync(bare);
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
const older = [...otherNodes()].find(([major]) => major >= 20 && major < 24);

describe("the launcher", () => {
  it("runs on this Node", async () => {
    expect(await tideline(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });

  it.skipIf(older === undefined)(
    "runs on an older Node, which only starts the one that npm installed",
    async () => {
      expect(await tideline(["--version"], { node: older?.[1] ?? "" })).toEqual({
        code: 0,
        out: `${version}\n`,
        err: "",
      });
    },
  );

  it("runs through a link, from a folder that is no workspace", async () => {
    symlinkSync(join(root, "bin/tideline"), join(bare, "brief"));
    const link = await tideline(["facts", "--workspace", folder], {
      cwd: bare,
      through: join(bare, "brief"),
    });
    expect([link.code, link.err]).toEqual([0, ""]);
    expect(JSON.parse(link.out)).toMatchObject({ publication: "weekly", simulated: false });
  });

  // npm's variables stand in the environment of every script of every project, also of one that has changed folder.
  it("believes the folder that it is called from, not the one where another project's script began", async () => {
    const env = { npm_lifecycle_event: "brief", INIT_CWD: bare };
    const { out } = await tideline(["facts"], { cwd: folder, env });
    expect(JSON.parse(out)).toMatchObject({ simulated: false });
  });

  it("believes the caller's folder under this project's own npm scripts", async () => {
    const env = { npm_lifecycle_event: "tideline", INIT_CWD: folder };
    const { out } = await tideline(["facts"], { cwd: root, env });
    expect(JSON.parse(out)).toMatchObject({ simulated: false });
  });
});

/** Of each command the options that lines name, as `tideline run [--json]` or `tideline backup FILE | restore FILE`. */
function named(lines: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const all: Record<string, Set<string>> = {};
  for (const line of lines) {
    const words = line.replaceAll("\\|", "|");
    const own = [...words.matchAll(/--[a-z-]+/g)].map(([option]) => option);
    // A word after a bar is another command, unless it is one that the first takes.
    const [, first = ""] = /tideline ([a-z]+)/.exec(words) ?? [];
    for (const name of words.includes("restore") ? ["backup", "restore"] : [first])
      all[name] = new Set([...(all[name] ?? []), ...own]);
  }
  return Object.fromEntries(Object.entries(all).map(([name, own]) => [name, [...own].sort()]));
}

describe("help", () => {
  it("names every option and exit code", async () => {
    const { code, out, err } = await tideline(["--help"]);
    expect([code, err]).toEqual([0, ""]);
    for (const option of Object.keys(options)) expect(out).toContain(`--${option}`);
    expect(out).toMatch(/0 done.*1 failed.*2 configuration or usage.*3 held/);
  });

  it("and the README name the same options of the same commands", async () => {
    const { out } = await inside(bare, ["--help"]);
    const help = named(out.split("\n").filter((line) => line.startsWith("  tideline ")));
    const readme = readFileSync(join(root, "README.md"), "utf8").split("\n");
    const table = named(
      readme.filter((line) => line.startsWith("| `tideline ")).flatMap((line) => line.split(" | ")[0] ?? []),
    );
    expect(Object.keys(help).length).toBeGreaterThan(10);
    expect(table).toEqual(help);
  });

  it("is shown with exit code 2 when nothing was asked for", async () => {
    const { code, out } = await tideline([]);
    expect(code).toBe(2);
    expect(out).toContain("tideline run");
  });
});

describe("a usage that is not one", () => {
  it.each([
    ["a command", ["publish"], /no command publish/],
    ["a command of another kind", ["constructor"], /no command constructor/],
    ["an option", ["run", "--colour", "red"], /--colour/],
    ["a publication", ["run", "monthly"], /found monthly, expected one of weekly/],
    ["a language", ["run", "--lang", "en,fr"], /found en,fr, expected some of en,zh-CN/],
    ["a day that does not exist", ["run", "--as-of", "2026-02-30"], /found "2026-02-30"/],
    ["an issue that is not there", ["verify", "output/2026-02-13"], /output\/2026-02-13: found no folder/],
    ["a folder that is no workspace", ["run", "--workspace", "data"], /tideline init DIR/],
  ])("%s: exit code 2, said in words, nothing written", async (_, args, said) => {
    const { code, out, err } = await inside(folder, args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(said);
    expect(existsSync(join(folder, "output"))).toBe(false);
  });

  it("is said by the program without its stack", async () => {
    const { code, out, err } = await tideline(["run", "monthly"], { cwd: folder });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^tideline: no such publication/);
    expect(err).not.toMatch(/\n {4}at /);
  });

  // Every object has a `constructor`; no publication is called so.
  it("a publication of another kind", async () => {
    expect((await inside(folder, ["run", "constructor"])).code).toBe(2);
  });

  it("a word too many", async () => {
    expect((await inside(folder, ["facts", "weekly", "monthly"])).code).toBe(2);
  });
});

describe("a configuration that is not one", () => {
  it("is answered with every problem at once, each with file, line and column", async () => {
    const dir = join(base, "wrong");
    const config = smallConfig();
    config.publications.weekly = {
      ...config.publications.weekly,
      calender: "NYSE",
      languages: ["fr"],
      asOf: "soon",
    };
    config.superlatives = ["GAMMA"];
    writeWorkspace(dir, config);
    const { code, out, err } = await inside(dir, ["run"]);
    expect([code, out]).toEqual([2, ""]);
    const lines = readFileSync(join(dir, "tideline.yaml"), "utf8").split("\n");
    const lineOf = (text: string) => lines.findIndex((line) => line.includes(text)) + 1;
    const places = [...err.matchAll(/tideline\.yaml:(\d+):(\d+): found/g)].map(([, line]) => Number(line));
    expect(err).toMatch(/the configuration has 4 problems/);
    expect(new Set(places)).toEqual(
      new Set([lineOf('"calender"'), lineOf('"fr"'), lineOf('"soon"'), lineOf('"GAMMA"')]),
    );
    expect(existsSync(join(dir, "output"))).toBe(false);
  });

  it("names a browser that is configured and does not exist", async () => {
    const env = { TIDELINE_BROWSER: "/nowhere/chrome" };
    const { code, err } = await tideline(["run", "--lang", "en"], { cwd: folder, env });
    expect(code).toBe(2);
    expect(err).toContain("/nowhere/chrome");
    expect(existsSync(join(folder, "output"))).toBe(false);
  });
});
