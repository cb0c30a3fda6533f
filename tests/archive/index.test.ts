import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "parse5";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Site } from "#src/archive/site.ts";
import { writeIndex } from "#src/archive/write-index.ts";
import { writeIssue } from "#src/archive/write-issue.ts";
import { openStore } from "#src/store/open.ts";
import type { KeptIssue, Store } from "#src/store/store.ts";
import { aSite, held, keepSmall } from "#tests/archive/editions.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const folder = temporaryFolder();
let site: Site;
beforeAll(async () => {
  site = await aSite();
});
let tests = 0;
let out = "";
beforeEach(() => {
  out = join(folder, String(++tests), "output");
});
const aStore = (): Promise<Store> => openStore({ file: join(folder, `${tests}.db`) });
const put = async (store: Store, issue: KeptIssue) =>
  writeIssue(join(out, issue.publication), issue.asOf, await store.filesOf(issue));
const listed = (name = "index.html"): readonly string[] =>
  [...readFileSync(join(out, name), "utf8").matchAll(/<time datetime="([^"]*)"/gu)].map(
    ([, day = ""]) => day,
  );
const read = (name: string): string => readFileSync(join(out, name), "utf8");

describe("writeIndex", () => {
  it("lists the issues whose folders stand there, newest first, in each language, with links that lead to files", async () => {
    await using store = await aStore();
    for (const day of ["2025-12-19", "2026-02-06", "2026-02-13"])
      await put(store, await keepSmall(store, day));
    await keepSmall(store, "2026-01-30");
    expect(await writeIndex(out, store, site)).toEqual([
      join(out, "index.html"),
      join(out, "index.zh-CN.html"),
    ]);
    expect(listed()).toEqual(["2026-02-13", "2026-02-06", "2025-12-19"]);
    expect(listed("index.zh-CN.html")).toEqual(listed());
    expect(read("index.html")).toContain("Korea had its best week");
    expect(read("index.zh-CN.html")).toContain("韩股创最佳单周表现");
    for (const name of ["index.html", "index.zh-CN.html"]) {
      expect(parse(read(name)).mode).toBe("no-quirks");
      const links = [...read(name).matchAll(/ href="([^"#]+)"/gu)].map(([, href = ""]) => href);
      const files = links.filter((href) => !href.startsWith("data:"));
      expect(files.length).toBeGreaterThan(12);
      expect(files.filter((href) => !existsSync(join(out, href)))).toEqual([]);
    }
  });

  it("lists neither held issues, nor proofs, nor folders of issues that were never kept", async () => {
    await using store = await aStore();
    await put(store, await keepSmall(store, "2026-02-13", { publishing: held }));
    const proof = await keepSmall(store, "2026-02-06");
    const files = new Map([...(await store.filesOf(proof)), ["manifest.json", Buffer.from("{}")]]);
    await writeIssue(join(out, "weekly"), "2026-02-06", files);
    await writeIssue(join(out, "other"), "2026-02-06", files);
    await writeIndex(out, store, site);
    expect(listed()).toEqual([]);
    expect(read("index.html")).toContain("No issue has been published yet.");
    await store.ledger.release(1, "A. Name", "it is right", [], 9);
    await writeIndex(out, store, site);
    expect(listed()).toEqual(["2026-02-13"]);
  });

  it("says that an issue is revised, and shows the revision that stands there", async () => {
    await using store = await aStore();
    const first = await keepSmall(store, "2026-02-13");
    await keepSmall(store, "2026-02-13", { note: " again", now: Date.parse("2026-02-20T10:00:00Z") });
    await put(store, first);
    await writeIndex(out, store, site);
    expect(read("index.html")).not.toMatch(/Revised|again/u);
    const second = await store.issueOf("weekly", "2026-02-13");
    if (second !== null) await put(store, second);
    await writeIndex(out, store, site);
    expect(read("index.html")).toMatch(/again[\s\S]*Revised on Feb 20, 2026/u);
    expect(read("index.zh-CN.html")).toContain("修订");
  });

  it("gives the same bytes again and leaves nothing else behind, also of a process that was killed", async () => {
    await using store = await aStore();
    await put(store, await keepSmall(store, "2026-02-13", { simulated: true }));
    await writeIndex(out, store, site);
    const [en, zh] = [read("index.html"), read("index.zh-CN.html")];
    expect(en).toContain("Simulated market");
    const left = join(out, ".index.html-1-0");
    writeFileSync(left, "<!doctype");
    utimesSync(left, 1, 1);
    await writeIndex(out, store, site);
    expect([read("index.html"), read("index.zh-CN.html")]).toEqual([en, zh]);
    expect(readdirSync(out).toSorted()).toEqual(["index.html", "index.zh-CN.html", "weekly"]);
  });

  it("holds all issues at the end when several are added at once", async () => {
    await using store = await aStore();
    const days = ["2026-01-02", "2026-01-09", "2026-01-16", "2026-01-23", "2026-01-30"];
    await Promise.all(
      days.map(async (day) => {
        await put(store, await keepSmall(store, day));
        await writeIndex(out, store, site);
      }),
    );
    expect(listed()).toEqual(days.toReversed());
    expect(listed("index.zh-CN.html")).toEqual(days.toReversed());
  });

  it("escapes what an issue says", async () => {
    await using store = await aStore();
    await put(
      store,
      await keepSmall(store, "2026-02-13", { note: " &lt;script&gt;alert(1)&lt;/script&gt; &quot;" }),
    );
    await writeIndex(out, store, site);
    expect(read("index.html")).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(read("index.html")).not.toContain("<script");
  });

  it("keeps publications that the configuration no longer has, after those that it has", async () => {
    await using store = await aStore();
    for (const publication of ["old", "flash"])
      await put(store, await keepSmall(store, "2026-02-13", { publication }));
    await put(store, await keepSmall(store, "2026-02-13"));
    mkdirSync(join(out, "unknown"));
    await writeIndex(out, store, site);
    const names = [...read("index.html").matchAll(/<h2[^>]*>([^<]*)/gu)].map(([, name]) => name);
    expect(names).toEqual(["Weekly note", "Daily flash", "old"]);
  });
});
