import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jobAt, publicationOf } from "#src/commands/job.ts";
import { loadCommentary } from "#src/commentary/load.ts";
import { loadWorkspace } from "#src/config/load.ts";
import { quotationOf } from "#src/domain/commentary.ts";
import { exitCodes, TidelineError } from "#src/domain/errors.ts";
import type { Locale } from "#src/domain/locale.ts";
import { speak, spokenFile, spokenFileZh } from "#tests/commentary/speak.ts";
import { smallConfig, writeWorkspace } from "#tests/render/small-workspace.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const base = temporaryFolder();
let made = 0;
type Given = Readonly<Record<string, string | Uint8Array>>;

/** What is said in a workspace with these files, in languages of its publication. */
async function said(
  files: Given,
  languages?: readonly Locale[],
  made_in: readonly Locale[] = ["en", "zh-CN"],
) {
  const config = smallConfig();
  config.publications.weekly.languages = [...made_in];
  const dir = writeWorkspace(join(base, String(++made)), config);
  speak(dir, files);
  const workspace = await loadWorkspace(dir, {});
  const job = jobAt({ now: () => 0 }, workspace, publicationOf(workspace, "weekly"), "2026-02-13");
  return loadCommentary(job, languages);
}

/** Why it is not, with the code and the problems. */
async function refused(files: Given, languages?: readonly Locale[], madeIn?: readonly Locale[]) {
  const error = await said(files, languages, madeIn).catch((thrown: unknown) => thrown);
  if (!(error instanceof TidelineError))
    throw new Error(`expected to be refused, got ${JSON.stringify(error)}`);
  return { code: error.code, message: error.message, problems: error.problems };
}

const pair = (en: string, zh: string, head = {}, headZh = head): Given => ({
  "levels.en.md": spokenFile(en, head),
  "levels.zh-CN.md": spokenFileZh(zh, headZh),
});

describe("commentary", () => {
  it("is none where nobody says anything", async () => {
    expect(await said({})).toEqual([]);
    expect(await said({ ".DS_Store": "x" })).toEqual([]);
  });

  it("is read in both languages, in the order of sections and numbers", async () => {
    const link = "https://example.com/a";
    const found = await said({
      "sources.en.md": spokenFile("Last."),
      "sources.zh-CN.md": spokenFileZh("最后。"),
      "levels.2.en.md": spokenFile("Second.", { speaker: "Bo" }),
      "levels.2.zh-CN.md": spokenFileZh("第二。", { speaker: "波" }),
      ...pair("First *word*.\n\n- item", "第一。\n\n- 一项", { link, date: "2026-02-11" }),
    });
    expect(found.map(({ section, number }) => `${section}.${number}`)).toEqual([
      "levels.1",
      "levels.2",
      "sources.1",
    ]);
    expect(found.slice(0, 2).map(quotationOf)).toEqual([
      {
        section: "levels",
        number: 1,
        speaker: { en: "Ann Lee", "zh-CN": "李安" },
        role: { en: "Strategist", "zh-CN": "策略师" },
        firm: { en: "Test desk", "zh-CN": "测试部" },
        date: "2026-02-11",
        link,
        text: { en: "First word.\n\nitem", "zh-CN": "第一。\n\n一项" },
      },
      expect.objectContaining({ number: 2, speaker: { en: "Bo", "zh-CN": "波" }, link: null }),
    ]);
  });

  it("has the same digest whatever system wrote it, and another where a word is", async () => {
    const hashes = async (files: Given) =>
      (await said(files)).flatMap(({ words }) => [...words.values()].map(({ hash }) => hash));
    const plain = pair("One.", "一。");
    const windows = Object.fromEntries(
      Object.entries(plain).map(([name, text]) => [name, `\uFEFF${String(text).replaceAll("\n", "\r\n")}`]),
    );
    expect(await hashes(windows)).toEqual(await hashes(plain));
    expect(await hashes(pair("Two.", "一。"))).not.toEqual(await hashes(plain));
  });

  it("may be a single language where the publication, or a proof, is", async () => {
    const only = { "levels.en.md": spokenFile("One.") };
    expect((await said(only, undefined, ["en"]))[0]?.words.size).toBe(1);
    expect((await said(only, ["en"]))[0]?.words.size).toBe(1);
  });
});

describe("an issue is held by its commentary", () => {
  const held = (files: Given) => refused(files);

  it.each([
    ["levels.en.md", "levels.zh-CN.md", spokenFile("One."), "Chinese"],
    ["levels.2.zh-CN.md", "levels.2.en.md", spokenFileZh("一。"), "English"],
  ])("where %s has no sister: it names the file and the folder", async (name, missing, text, language) => {
    const { code, message } = await held({ [name]: text });
    expect([code, exitCodes[code]]).toEqual(["HELD", 3]);
    expect(message).toBe(
      `its commentary holds weekly/2026-02-13 back: one reason\n  commentary/weekly/2026-02-13/${missing}: found no such file, expected the words of ${name} in ${language}; add it, or take ${name} away`,
    );
  });

  it.each([
    [
      "dates",
      pair("One.", "一。", { date: "2026-02-12" }, { date: "2026-02-13" }),
      "the date 2026-02-13",
      "the date 2026-02-12, as in levels.en.md",
    ],
    [
      "links",
      pair("One.", "一。", { link: "https://a.b/" }, { link: "https://a.c/" }),
      "the link https://a.c/",
      "the link https://a.b/, as in levels.en.md",
    ],
    [
      "a link and none",
      pair("One.", "一。", { link: "https://a.b/" }, {}),
      "no link",
      "the link https://a.b/, as in levels.en.md",
    ],
    [
      "numbers of paragraphs",
      pair("One.\n\nTwo.", "一。"),
      "a paragraph",
      "a paragraph, a paragraph, as in levels.en.md",
    ],
    ["numbers of items", pair("- a\n- b", "- 一"), "a list of 1", "a list of 2, as in levels.en.md"],
    ["kinds of lists", pair("- a", "1. 一"), "a numbered list of 1", "a list of 1, as in levels.en.md"],
    [
      "orders of blocks",
      pair("a\n\n- b", "- 一\n\n二"),
      "a list of 1, a paragraph",
      "a paragraph, a list of 1, as in levels.en.md",
    ],
    [
      "scales",
      pair("It drew $16bn.", "净流入16亿美元。"),
      "16亿",
      "the same amount as 16bn, as in levels.en.md",
    ],
  ])("where its languages have other %s", async (_, files, found, expected) => {
    const { code, problems } = await held(files);
    expect(code).toBe("HELD");
    expect(problems).toEqual([{ file: "commentary/weekly/2026-02-13/levels.zh-CN.md", found, expected }]);
  });

  it("and not where they say the same in their own way", async () => {
    const files = pair("It drew **$1.6bn**, up 5%.", "净流入16亿美元，增加*5%*。", { link: "https://a.b/" });
    expect(await said(files)).toHaveLength(1);
  });

  it("with every reason at once", async () => {
    const { problems } = await held({
      ...pair("One.", "一。\n\n二。", { date: "2026-02-12" }, { date: "2026-02-13" }),
      "sources.en.md": spokenFile("One."),
    });
    expect(problems.map(({ file }) => file?.split("/").at(-1))).toEqual([
      "levels.zh-CN.md",
      "levels.zh-CN.md",
      "sources.zh-CN.md",
    ]);
  });
});

describe("a file that cannot be read as commentary", () => {
  const place = async (text: string | Uint8Array, name = "levels.en.md") => {
    const { code, problems } = await refused({ [name]: text });
    expect(code).toBe("SOURCE_MALFORMED");
    return problems.map(({ file, line, column, found, expected }) =>
      [file?.split("/").at(-1), line, column, found, expected].join("|"),
    );
  };

  it.each([
    [
      "no head",
      "One.\n",
      "1|1|no head|a line ---, then speaker, role, firm, date, link (link may be left out), then a line ---",
    ],
    ["a head without an end", "---\nspeaker: a\n\nOne.\n", "1|1|no head|a line ---"],
    ["no speaker", spokenFile("One.", { speaker: null }), "2|1|no such key|speaker: who says it"],
    [
      "an unknown key",
      spokenFile("One.", { title: "x" }),
      "6|1|the unknown key title|one of speaker, role, firm, date, link",
    ],
    ["a key with a slip", spokenFile("One.", { speeker: "x" }), "6|1|the unknown key speeker|one of speaker"],
    [
      "a day that does not exist",
      spokenFile("One.", { date: "2026-02-30" }),
      '5|7|"2026-02-30"|a day that exists, as YYYY-MM-DD',
    ],
    ["a day in words", spokenFile("One.", { date: "Feb 13" }), '5|7|"Feb 13"|a day that exists'],
    ["an empty firm", spokenFile("One.", { firm: '" "' }), '4|7|" "|one line of text'],
    ["a number for a name", spokenFile("One.", { speaker: "7" }), "2|10|7|a text, so put it in quotes"],
    ["a list of roles", spokenFile("One.", { role: "[a, b]" }), "3|7|a list|a text"],
    [
      "a link that runs",
      spokenFile("One.", { link: "javascript:alert(1)" }),
      '6|7|"javascript:alert(1)"|an address that begins with https://',
    ],
    ["a link without a host", spokenFile("One.", { link: "https://" }), '6|7|"https://"|an address'],
    ["YAML that is none", spokenFile("One.", { role: "a: b: c" }), "3|"],
    ["a key twice", spokenFile("One.", { "speaker ": "x" }), "6|1|speaker a second time|each key once"],
    ["a heading below the head", spokenFile("One.\n\n## Two"), "10|1|a heading|"],
    ["a private-use character", spokenFile("One \uE000."), "8|5|the character U+E000|"],
    ["a mark that turns the writing", spokenFile("One \u202Etwo."), "8|5|the character U+202E|"],
    ["Chinese in an English file", spokenFile("One 资金."), "8|5|资|English"],
    ["no words", spokenFile(""), "9|1|no words|a paragraph in English below the head"],
  ])("has %s: it says where and what to do", async (_, text, problem) => {
    const problems = await place(text);
    expect(problems[0]).toMatch(
      new RegExp(`^levels\\.en\\.md\\|${problem.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&")}`, "u"),
    );
  });

  it("is not UTF-8, or too long", async () => {
    expect(await place(Uint8Array.of(0xff, 0xfe))).toEqual([
      "levels.en.md|||bytes that are not UTF-8|UTF-8 text",
    ]);
    expect(await place(spokenFile("a ".repeat(10_000)))).toEqual([
      expect.stringMatching(/^levels\.en\.md\|\|\|2\d{4} bytes\|20000 at most$/),
    ]);
  });

  it("has a name that says nothing, or is none", async () => {
    expect(await place("x", "notes.md")).toEqual([expect.stringContaining("the name notes.md")]);
    expect(await place(spokenFile("One."), "flows.en.md")).toEqual([
      expect.stringContaining("the section flows, which weekly has not"),
    ]);
    const config = smallConfig();
    const dir = writeWorkspace(join(base, String(++made)), config);
    mkdirSync(join(dir, "commentary/weekly/2026-02-13/levels.en.md"), { recursive: true });
    writeFileSync(join(dir, "commentary/weekly/2026-02-13/levels.en.md/x"), "x");
    const workspace = await loadWorkspace(dir, {});
    const job = jobAt({ now: () => 0 }, workspace, publicationOf(workspace, "weekly"), "2026-02-13");
    await expect(loadCommentary(job)).rejects.toThrow(/levels\.en\.md: found no regular file/);
  });

  it("is told with all others, in the order of their names and lines, before any pair is compared", async () => {
    const { code, message, problems } = await refused({
      "sources.zh-CN.md": spokenFileZh("# 标题"),
      "levels.en.md": spokenFile("`a`\n\n<b>", { date: "x" }),
    });
    expect(code).toBe("SOURCE_MALFORMED");
    expect(message).toMatch(/^the commentary has 4 problems\n/);
    expect(problems.map(({ file, line }) => `${file?.split("/").at(-1)}:${line}`)).toEqual([
      "levels.en.md:5",
      "levels.en.md:8",
      "levels.en.md:10",
      "sources.zh-CN.md:8",
    ]);
  });
});
