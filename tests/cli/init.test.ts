import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { launcher, terminal, tideline } from "#tests/cli/tideline.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const base = temporaryFolder();
const said = ({ err }: { readonly err: string }) => err.split("\n").filter((line) => /^ {4}at /.test(line));

describe("init", () => {
  it("makes a workspace that runs at once, from inside and through a link to it", async () => {
    const made = await tideline(["init", "notes/new"], { cwd: base });
    expect([made.code, made.err]).toEqual([0, ""]);
    expect(made.out).toContain("tideline run --workspace notes/new");
    expect(readdirSync(join(base, "notes"))).toEqual(["new"]);
    expect(readdirSync(join(base, "notes/new")).toSorted()).toEqual([
      "commentary",
      "data",
      "docs",
      "tideline.yaml",
    ]);
    expect((statSync(join(base, "notes/new")).mode & 0o777).toString(8)).toBe("755");

    const inside = await tideline(["run", "--lang", "en"], { cwd: join(base, "notes/new") });
    expect(inside.code).toBe(0);
    const issue = "output/weekly/2026-02-13";
    expect(inside.out.split("\n")).toContain(`${issue}/en.pdf`);
    expect(readdirSync(join(base, "notes/new", issue)).toSorted()).toEqual([
      "en.html",
      "en.mail.html",
      "en.mail.png",
      "en.mail.txt",
      "en.pdf",
      "facts.json",
      "manifest.json",
    ]);

    symlinkSync(join(base, "notes/new"), join(base, "link"));
    const linked = await tideline(["schedule", "--list", "1", "--workspace", "link"], { cwd: base });
    expect([linked.code, linked.err]).toEqual([0, ""]);
    expect(linked.out).toMatch(/^weekly +\d{4}-/m);
  });

  it("fills a folder that is empty", async () => {
    mkdirSync(join(base, "empty"));
    expect((await tideline(["init", "empty"], { cwd: base })).code).toBe(0);
    expect(existsSync(join(base, "empty/tideline.yaml"))).toBe(true);
  });

  it("refuses a folder that holds something, and touches nothing", async () => {
    mkdirSync(join(base, "full"));
    writeFileSync(join(base, "full/mine.txt"), "mine");
    const before = readdirSync(base).toSorted();
    const { code, err } = await tideline(["init", "full"], { cwd: base });
    expect(code).toBe(2);
    expect(err).toMatch(/^tideline: init requires a new or empty folder\n {2}full: found 1 entries/);
    expect(readdirSync(join(base, "full"))).toEqual(["mine.txt"]);
    expect(readdirSync(base).toSorted()).toEqual(before);
  });

  it("refuses a file, in words, and leaves nothing", async () => {
    writeFileSync(join(base, "file"), "");
    const before = readdirSync(base).toSorted();
    const ended = await tideline(["init", "file"], { cwd: base });
    expect(readdirSync(base).toSorted()).toEqual(before);
    expect(said(ended)).toEqual([]);
    expect(ended.err).toMatch(/^tideline: /);
  });

  // A folder renamed over it would take it away from under the terminal that stands in it.
  it.skipIf(process.platform === "win32")(
    "fills the folder that the caller stands in, who can go on there",
    () => {
      mkdirSync(join(base, "here"));
      const call = `"${process.execPath}" "${launcher}"`;
      const { status, stdout } = spawnSync("sh", ["-c", `${call} init . && ${call} schedule --list 1`], {
        cwd: join(base, "here"),
        env: terminal(),
        encoding: "utf8",
      });
      expect(status).toBe(0);
      expect(stdout).toMatch(/^weekly +\d{4}-/m);
    },
  );
});
