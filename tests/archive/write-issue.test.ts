import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { removeUnfinished, requireWritable, writeIssue } from "#src/archive/write-issue.ts";

const root = mkdtempSync(join(tmpdir(), "tideline-archive-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let parent = "";
let tests = 0;
beforeEach(() => {
  parent = join(root, String(++tests), "weekly");
});

const name = "2026-02-13";
const issue = (text: string, files = ["en.html", "zh-CN.html", "facts.json"]): Map<string, Uint8Array> =>
  new Map(files.map((file) => [file, new TextEncoder().encode(`${file} ${text}`)]));

/** What stands in the issue's folder: names and texts. */
const standing = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(parent, name)).map((file) => [file, readFileSync(join(parent, name, file), "utf8")]),
  );
const asText = (files: ReadonlyMap<string, Uint8Array>): Record<string, string> =>
  Object.fromEntries([...files].map(([file, bytes]) => [file, new TextDecoder().decode(bytes)]));

/** Files that call `hook` before the second of them is taken to be written, and `last` when there are no more. */
class Watched extends Map<string, Uint8Array> {
  hook: () => void = () => {};
  last: () => void = () => {};

  override *[Symbol.iterator](): MapIterator<[string, Uint8Array]> {
    let count = 0;
    for (const entry of super.entries()) {
      if (count++ === 1) this.hook();
      yield entry;
    }
    this.last();
  }
}

/** Files of an issue, with an act that happens when all are written and none is in its place. */
function beforePlacing(files: ReadonlyMap<string, Uint8Array>, act: () => void): Watched {
  const watched = new Watched(files);
  watched.last = act;
  return watched;
}

describe("writeIssue", () => {
  it("writes every file, byte for byte, makes the folders above, and names the issue's folder", async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31) % 256);
    const files = new Map([
      ["en.pdf", bytes],
      ["empty.json", new Uint8Array()],
    ]);
    expect(await writeIssue(parent, name, files)).toBe(join(parent, name));
    expect(readdirSync(parent)).toEqual([name]);
    expect(readdirSync(join(parent, name)).toSorted()).toEqual(["empty.json", "en.pdf"]);
    expect(readFileSync(join(parent, name, "en.pdf")).equals(bytes)).toBe(true);
    expect(statSync(join(parent, name, "empty.json")).size).toBe(0);
  });

  it("lets others read: files 0644, folder 0755, as far as the umask allows", async () => {
    const files = issue("a");
    await writeIssue(parent, name, files);
    const masked = (mode: number) => mode & ~process.umask();
    expect(statSync(join(parent, name)).mode & 0o777).toBe(masked(0o755));
    for (const file of files.keys())
      expect(statSync(join(parent, name, file)).mode & 0o777).toBe(masked(0o644));
  });

  it("takes the place of an earlier issue, none of whose files stay", async () => {
    await writeIssue(parent, name, issue("old", ["en.html", "gone.html"]));
    const files = issue("new");
    await writeIssue(parent, name, files);
    expect(standing()).toEqual(asText(files));
    expect(readdirSync(parent)).toEqual([name]);
  });

  it("leaves the issues beside it alone", async () => {
    await writeIssue(parent, "2026-02-06", issue("a"));
    await writeIssue(parent, name, issue("b"));
    await writeIssue(parent, name, issue("c"));
    expect(readdirSync(parent).toSorted()).toEqual(["2026-02-06", name]);
    expect(readFileSync(join(parent, "2026-02-06", "en.html"), "utf8")).toBe("en.html a");
  });

  it("does not show the issue before it is whole, and shows the earlier one until then", async () => {
    const seen: unknown[] = [];
    const look = () => seen.push(existsSync(join(parent, name)) ? standing() : null);
    const [first, second] = [new Watched(issue("a")), new Watched(issue("b"))];
    first.hook = look;
    first.last = look;
    second.hook = look;
    second.last = look;
    await writeIssue(parent, name, first);
    await writeIssue(parent, name, second);
    expect(seen).toEqual([null, null, asText(issue("a")), asText(issue("a"))]);
    expect(standing()).toEqual(asText(issue("b")));
  });
});

describe("a failure", () => {
  const broken = () => new Map([...issue("b"), ["missing/deeper.html", new Uint8Array([1])]]);

  it("leaves nothing where nothing stood", async () => {
    await expect(writeIssue(parent, name, broken())).rejects.toMatchObject({ code: "ENOENT" });
    expect(readdirSync(parent)).toEqual([]);
  });

  it("leaves the earlier issue as it was", async () => {
    await writeIssue(parent, name, issue("a"));
    await expect(writeIssue(parent, name, broken())).rejects.toMatchObject({ code: "ENOENT" });
    expect(standing()).toEqual(asText(issue("a")));
    expect(readdirSync(parent)).toEqual([name]);
  });

  it("of the files given leaves nothing, and is passed on", async () => {
    const files = new Watched(issue("a"));
    files.hook = () => {
      throw new Error("no more files");
    };
    await expect(writeIssue(parent, name, files)).rejects.toThrow("no more files");
    expect(readdirSync(parent)).toEqual([]);
  });

  it("to make the folder is passed on", async () => {
    mkdirSync(join(parent, ".."), { recursive: true });
    writeFileSync(parent, "a file");
    await expect(writeIssue(parent, name, issue("a"))).rejects.toThrow();
    expect(readFileSync(parent, "utf8")).toBe("a file");
  });

  it("to place the new issue puts the earlier one back", async () => {
    await writeIssue(parent, name, issue("a"));
    const files = beforePlacing(issue("b"), () => {
      for (const each of readdirSync(parent))
        rmSync(join(parent, each, "new"), { recursive: true, force: true });
    });
    await expect(writeIssue(parent, name, files)).rejects.toMatchObject({ code: "ENOENT" });
    expect(standing()).toEqual(asText(issue("a")));
    expect(readdirSync(parent)).toEqual([name]);
  });

  it("does not stand in the way of the next attempt", async () => {
    await expect(writeIssue(parent, name, broken())).rejects.toThrow();
    await writeIssue(parent, name, issue("c"));
    expect(standing()).toEqual(asText(issue("c")));
  });
});

describe("two writers of the same issue", () => {
  it.each([
    ["where nothing stood", false],
    ["where an earlier issue stood", true],
  ])("leave one whole issue of one of them, %s", async (_, hasEarlier) => {
    for (let round = 0; round < 20; round++) {
      const each = `${name}-${round}`;
      if (hasEarlier) await writeIssue(parent, each, issue("earlier", ["gone.html"]));
      const [a, b] = [issue("a"), issue("b", ["en.html", "zh-CN.html", "more.json"])];
      await Promise.all([writeIssue(parent, each, a), writeIssue(parent, each, b)]);
      const files = readdirSync(join(parent, each));
      const texts = Object.fromEntries(
        files.map((file) => [file, readFileSync(join(parent, each, file), "utf8")]),
      );
      expect([asText(a), asText(b)]).toContainEqual(texts);
    }
    expect(readdirSync(parent).filter((file) => file.startsWith("."))).toEqual([]);
    expect(readdirSync(parent)).toHaveLength(20);
  });

  it("in two processes do so too", async () => {
    const script = `
      import { writeIssue } from "#src/archive/write-issue.ts";
      const [parent, name, text] = process.argv.slice(1);
      for (let i = 0; i < 20; i++) {
        const files = ["en.html", "zh-CN.html", "facts.json"].map((file) => [file, Buffer.from(file + " " + text + i)]);
        await writeIssue(parent, name, new Map(files));
      }`;
    const run = (text: string) =>
      promisify(execFile)(process.execPath, ["--input-type=module", "-e", script, parent, name, text], {
        cwd: join(import.meta.dirname, "../.."),
      });
    await Promise.all([run("a"), run("b")]);
    expect([asText(issue("a19")), asText(issue("b19"))]).toContainEqual(standing());
    expect(readdirSync(parent)).toEqual([name]);
  });
});

describe("removeUnfinished", () => {
  it("removes at once what is half written, and nothing else", async () => {
    await writeIssue(parent, "2026-02-06", issue("a"));
    const files = new Watched(issue("b"));
    let [before, after]: string[][] = [[], []];
    files.hook = () => {
      before = readdirSync(parent);
      removeUnfinished();
      after = readdirSync(parent);
    };
    await expect(writeIssue(parent, name, files)).rejects.toMatchObject({ code: "ENOENT" });
    expect(before).toHaveLength(2);
    expect(after).toEqual(["2026-02-06"]);
    expect(readdirSync(parent)).toEqual(["2026-02-06"]);
  });

  it("does nothing when nothing is being written", async () => {
    removeUnfinished();
    await writeIssue(parent, name, issue("a"));
    removeUnfinished();
    expect(standing()).toEqual(asText(issue("a")));
  });

  it("leaves the earlier issue when it comes just before the new one takes its place", async () => {
    await writeIssue(parent, name, issue("a"));
    const files = beforePlacing(issue("b"), removeUnfinished);
    await expect(writeIssue(parent, name, files)).rejects.toMatchObject({ code: "ENOENT" });
    expect(standing()).toEqual(asText(issue("a")));
    expect(readdirSync(parent)).toEqual([name]);
  });

  it("puts back an earlier issue that lies in what it removes", async () => {
    const files = new Watched(issue("b"));
    files.hook = () => {
      for (const each of readdirSync(parent)) {
        mkdirSync(join(parent, each, "old"));
        writeFileSync(join(parent, each, "old", "en.html"), "earlier");
      }
      removeUnfinished();
    };
    await expect(writeIssue(parent, name, files)).rejects.toThrow();
    expect(standing()).toEqual({ "en.html": "earlier" });
  });
});

describe("what a killed process left behind", () => {
  const hours = 3_600_000;
  /** A temporary folder as a kill between the two renames leaves it. */
  const leave = (ageMs: number, entry = `.${name}-killed`, text = "earlier"): string => {
    const folder = join(parent, entry);
    mkdirSync(join(folder, "old"), { recursive: true });
    writeFileSync(join(folder, "old", "en.html"), text);
    const then = new Date(Date.now() - ageMs);
    utimesSync(folder, then, then);
    return folder;
  };

  it("is removed an hour later, and the earlier issue is back if the new one cannot be written", async () => {
    const folder = leave(2 * hours);
    await expect(writeIssue(parent, name, issue("new", ["missing/en.html"]))).rejects.toThrow();
    expect(existsSync(folder)).toBe(false);
    expect(standing()).toEqual({ "en.html": "earlier" });
  });

  it("is removed whatever issue it was of, and an earlier one in it returns to its own place", async () => {
    const [folder, other] = [
      leave(3 * hours, ".2026-02-06-aaaaaa", "first"),
      leave(2 * hours, ".2026-02-06-bbbbbb", "second"),
    ];
    await writeIssue(parent, "2026-01-30", issue("a"));
    leave(2 * hours, ".2026-01-30-cccccc");
    await writeIssue(parent, name, issue("new"));
    expect([existsSync(folder), existsSync(other)]).toEqual([false, false]);
    expect(readdirSync(parent).toSorted()).toEqual(["2026-01-30", "2026-02-06", name]);
    expect(readFileSync(join(parent, "2026-02-06", "en.html"), "utf8")).toBe("second");
    expect(readFileSync(join(parent, "2026-01-30", "en.html"), "utf8")).toBe("en.html a");
  });

  it("is told from what a user keeps hidden there", async () => {
    const kept = [
      leave(2 * hours, ".2026-02-06-my notes"),
      leave(2 * hours, ".drafts"),
      leave(2 * hours, ".old"),
    ];
    await writeIssue(parent, name, issue("new"));
    expect(kept.map((folder) => existsSync(join(folder, "old")))).toEqual([true, true, true]);
  });

  it("is left alone before, since another process may be writing there", async () => {
    const folder = leave(hours / 2);
    await writeIssue(parent, name, issue("new"));
    expect(existsSync(folder)).toBe(true);
    expect(standing()).toEqual(asText(issue("new")));
  });
});

describe("requireWritable", () => {
  it("is content with a folder that can be made, and makes none", async () => {
    await requireWritable(join(root, "a", "b", "c"));
    expect(existsSync(join(root, "a"))).toBe(false);
    await requireWritable(root);
  });

  it("names the file that stands in the way", async () => {
    const file = join(root, "occupied");
    writeFileSync(file, "");
    for (const folder of [file, join(file, "weekly")])
      await expect(requireWritable(folder)).rejects.toThrow(/occupied: found a file, expected a folder/);
  });

  it.skipIf(process.getuid?.() === 0)("refuses a folder that is closed to writing", async () => {
    const closed = join(root, "closed");
    mkdirSync(closed, { mode: 0o555 });
    await expect(requireWritable(join(closed, "weekly"))).rejects.toThrow(/EACCES.*closed/);
  });
});
