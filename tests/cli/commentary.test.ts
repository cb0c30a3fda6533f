import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { issue } from "#tests/cli/corrected.ts";
import { inside } from "#tests/cli/inside.ts";
import { filesOf } from "#tests/cli/tideline.ts";
import { speak, spokenFile, spokenFileZh } from "#tests/commentary/speak.ts";
import { writeWorkspace } from "#tests/render/small-workspace.ts";
import { sharedFolder } from "#tests/render/temporary.ts";

const workspace = (files: Readonly<Record<string, string>>): string => {
  const dir = writeWorkspace(join(sharedFolder(), "workspace"));
  speak(dir, files);
  return dir;
};

const pair = (en: string, zh: string) => ({
  "levels.en.md": spokenFile(en),
  "levels.zh-CN.md": spokenFileZh(zh),
});

describe("an issue whose commentary cannot be published", () => {
  it.each(["run", "facts"])("is held by %s, and nothing is gathered, kept or written", async (command) => {
    const dir = workspace({ "levels.en.md": spokenFile("One.") });
    const { code, err } = await inside(dir, [command]);
    expect(code).toBe(3);
    expect(err).toContain("commentary/weekly/2026-02-13/levels.zh-CN.md: found no such file");
    expect([existsSync(join(dir, "output")), existsSync(join(dir, ".tideline"))]).toEqual([false, false]);
  });

  it.each([["run"], ["run", "--no-store"], ["facts"]])(
    "fails in %s %s with its place, before anything is written",
    async (...args) => {
      const dir = workspace(pair("One.\n\n# Two", "一。"));
      const { code, err } = await inside(dir, args);
      expect(code).toBe(1);
      expect(err).toContain(
        "commentary/weekly/2026-02-13/levels.en.md:10:1: found a heading, expected a paragraph",
      );
      expect([existsSync(join(dir, "output")), existsSync(join(dir, ".tideline"))]).toEqual([false, false]);
    },
  );

  it("is a proof all the same in the language that is there", async () => {
    const dir = workspace({ "levels.en.md": spokenFile("One more thing.") });
    expect((await inside(dir, ["run", "--lang", "en"])).code).toBe(0);
    expect(filesOf(join(dir, issue))["en.html"]).toContain("One more thing.");
  });
});

describe("an issue with commentary", { timeout: 120_000 }, () => {
  it("holds it in facts.json and the manifest, passes its check, and is a new revision when it has changed", async () => {
    const dir = workspace(pair("We see 3 risks, and *no* more.", "我们看到3项风险，*别无*其他。"));
    const run = async (...args: readonly string[]) => {
      const { code, err } = await inside(dir, ["run", ...args]);
      expect(code).toBe(0);
      return { err, files: filesOf(join(dir, issue)) };
    };
    const utf8 = (name: string) => readFileSync(join(dir, issue, name), "utf8");

    const first = await run();
    expect(first.err).toContain('"commentary":1');
    const facts = JSON.parse(utf8("facts.json")) as { commentary: readonly unknown[] };
    expect(facts.commentary).toEqual([
      {
        section: "levels",
        number: 1,
        speaker: { en: "Ann Lee", "zh-CN": "李安" },
        role: { en: "Strategist", "zh-CN": "策略师" },
        firm: { en: "Test desk", "zh-CN": "测试部" },
        date: "2026-02-13",
        link: null,
        text: { en: "We see 3 risks, and no more.", "zh-CN": "我们看到3项风险，别无其他。" },
      },
    ]);
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/u);
    expect((JSON.parse(utf8("manifest.json")) as { commentary: unknown }).commentary).toEqual({
      "levels.en.md": { file: hash, element: hash },
      "levels.zh-CN.md": { file: hash, element: hash },
    });
    expect(JSON.parse((await inside(dir, ["facts"])).out)).toEqual(facts);
    expect(await inside(dir, ["verify", issue])).toMatchObject({ code: 0 });

    const again = await run();
    expect(again.files).toEqual(first.files);
    expect(again.err).not.toContain("is kept as revision");
    expect((await run("--no-store")).files).toEqual(first.files);

    speak(dir, { "levels.en.md": spokenFile("We see 4 risks, and *no* more.") });
    const changed = await run();
    expect(changed.err).toContain(
      "is kept as revision 2: from the same data the program, its configuration or its commentary",
    );
    expect(utf8("en.html")).toContain("We see 4 risks");

    rmSync(join(dir, "commentary"), { recursive: true });
    expect((await run()).err).toContain("is kept as revision 3");
    expect(utf8("en.html")).not.toContain("We see 4 risks");
    expect(utf8("facts.json")).not.toContain('"commentary"');
    expect(utf8("manifest.json")).not.toContain('"levels.en.md"');
    expect(await inside(dir, ["verify", issue])).toMatchObject({ code: 0 });
  });
});
