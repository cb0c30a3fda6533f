import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { claimOf, passagesOf } from "#src/archive/page-text.ts";
import { highlighted, wordsOf } from "#src/archive/query.ts";
import { indexNew, sentencesOf } from "#src/archive/sentences.ts";
import { fold } from "#src/domain/text.ts";
import { openStore } from "#src/store/open.ts";
import { keepSmall, pageOf } from "#tests/archive/editions.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const folder = temporaryFolder();
const page = (claim = "A &amp; B <b>rose</b>", sentence = "One.") =>
  Buffer.from(pageOf("en", claim, sentence));

describe("the text of an edition", () => {
  it("has its claim, as a reader sees it", () => {
    expect(claimOf(page())).toBe("A & B rose");
    expect(claimOf(Buffer.from("<p>none</p>"))).toBeNull();
    expect(claimOf(Buffer.from("<h1> </h1>"))).toBeNull();
  });

  it("has claims, each sentence, plain paragraphs and titles of figures with their sections, and nothing else", () => {
    expect(passagesOf(page())).toEqual([
      { section: "headline", speaker: null, text: "A & B rose" },
      { section: "levels", speaker: null, text: "A & B rose" },
      { section: "levels", speaker: null, text: "One." },
      { section: "levels", speaker: null, text: "Second." },
      { section: "levels", speaker: null, text: "Plain words." },
      { section: "levels", speaker: null, text: "A title" },
    ]);
  });

  it("names a sentence once in a section", () => {
    const texts = sentencesOf(page("Same", "Same"), "en").map(({ section, text }) => `${section} ${text}`);
    expect(texts.filter((text) => text === "levels Same")).toHaveLength(1);
  });

  it("has what people say under their name, paragraph by paragraph, and neither label nor signature", () => {
    const said = `<aside data-commentary="levels.1"><p class="said-k">Commentary</p><blockquote><p>I think <em>so</em>.</p>
<ul><li>A &amp; B</li></ul></blockquote><footer><cite>Ann Lee</cite> <span>Desk</span> <time>Feb 13</time></footer></aside>`;
    const html = pageOf("en", "Claim", "One.").replace("</section></main>", `${said}</section></main>`);
    const texts = (locale: "en" | "zh-CN") =>
      sentencesOf(Buffer.from(html), locale)
        .filter(({ text }) => text.includes("Lee") || text.includes("Commentary"))
        .map(({ section, text }) => `${section} ${text}`);
    expect(texts("en")).toEqual(["levels Ann Lee: I think so.", "levels Ann Lee: A & B"]);
    expect(texts("zh-CN")).toEqual(["levels Ann Lee：I think so.", "levels Ann Lee：A & B"]);
  });

  it("is what the templates of editions make: their sections, blocks and labels", () => {
    const topic = readFileSync(join(import.meta.dirname, "../../templates/partials/topic.hbs"), "utf8");
    for (const part of ['<section class="sec" id=', 'class="kicker"', "<h2>", 'class="words"'])
      expect(topic).toContain(part);
    const spoken = readFileSync(join(import.meta.dirname, "../../templates/commentary.hbs"), "utf8");
    for (const part of ["data-commentary=", "<blockquote>", "<cite>"]) expect(spoken).toContain(part);
  });
});

describe("indexNew", () => {
  it("enters each issue once, in both languages, so that it is found", async () => {
    await using store = await openStore({ file: join(folder, "index.db") });
    await keepSmall(store, "2026-02-13");
    expect(await indexNew(store)).toBe(1);
    expect(await indexNew(store)).toBe(0);
    const found = await store.ledger.search({ words: wordsOf("指数 半导体"), locale: null, limit: 9 });
    expect(found.map(({ locale, section }) => [locale, section])).toEqual([["zh-CN", "levels"]]);
    expect(await store.ledger.search({ words: wordsOf("指数 苹果"), locale: null, limit: 9 })).toEqual([]);
  });
});

describe("a query", () => {
  it.each([
    ["best week", ["best", "week"]],
    ["  半导体，指数 ", ["半导体", "指数"]],
    ["“沪深300” S&P 3.5%", ["沪深300", "S&P", "3.5%"]],
    ["week WEEK ｗｅｅｋ", ["ｗｅｅｋ"]],
    ["…%%__ ★", []],
    ["", []],
  ])("%j has the words %j", (query, words) => {
    expect(wordsOf(query)).toEqual(words);
  });

  it.each([
    ["The best week since weekday two", "week", "week|week"],
    ["midweek", "week", ""],
    ["韩国综合指数本周上涨", "指数", "指数"],
    ["S&P 500 rose, as did s p", "s&p", "S&P|s p"],
    ["沪深300指数", "沪深300", "沪深300"],
    ["涨３.５％ 和 ㎏", "kg", "㎏"],
    ["<b>&", "b", "b"],
    ["İstanbul and best", "best", "best"],
  ])("in %j finds %j at %j", (text, word, hits) => {
    const parts = highlighted(text, [word]);
    expect(parts.map((part) => part.text).join("")).toBe(text);
    expect(
      parts
        .filter(({ hit }) => hit)
        .map((part) => part.text)
        .join("|"),
    ).toBe(hits);
  });

  it("marks something wherever the store finds something", () => {
    const texts = ["Korea gained 8.1% on the week.", "韩国综合指数本周上涨8.1%，半导体领涨。", "①②ﬁnance É"];
    for (const text of texts)
      for (const word of [...fold(text).trim().split(" "), ...text.split(" ")])
        if (wordsOf(word).length > 0)
          expect([word, highlighted(text, wordsOf(word)).some(({ hit }) => hit)]).toEqual([word, true]);
  });
});
