import {
  edited,
  type Fault,
  inPages,
  misprint,
  remark,
  reworded,
  spotOf,
  swap,
  withParagraph,
} from "#tests/verify/plant.ts";

export const wordFaults: readonly Fault[] = [
  {
    name: "an English word in a Chinese alternative text",
    check: "untranslated",
    plant: (issue) =>
      reworded(issue, { "locales/zh-CN/headline.json": swap('"alt": "', '"alt": "Bar chart ') }),
  },
  {
    name: "a Chinese word in English text",
    check: "untranslated",
    also: ["extraction", "glyphs"],
    plant: ({ files }) => edited(files, "en.html", withParagraph("资金")),
  },
  {
    name: "an English month on a Chinese axis",
    check: "untranslated",
    also: ["extraction", "printed-numbers"],
    may: ["glyphs"],
    plant: ({ files }) =>
      edited(files, "zh-CN.html", (html) => html.replace(/(data-tick="\d{4}-\d\d-\d\d">)[^<]*月/u, "$1Jan")),
  },
  {
    name: "an emptied message",
    check: "untranslated",
    plant: (issue) =>
      reworded(issue, { "locales/en/sources.json": swap(/"kicker": "[^"]*"/u, '"kicker": " "') }),
  },
  {
    name: "an empty paragraph",
    check: "untranslated",
    plant: ({ files }) => edited(files, "zh-CN.html", withParagraph("")),
  },
  {
    name: "a picture that says nothing",
    check: "untranslated",
    also: ["digits", "pdf-structure"],
    plant: ({ files }) =>
      edited(files, "en.html", swap(/role="img" aria-label="[^"]+"/u, 'role="img" aria-label=""')),
  },
  ...["{{name}}", "undefined", "NaN", "[object Object]", "null", "flows.year.up", "\uE000"].map((leak) => ({
    name: `${leak === "\uE000" ? "a private-use character" : leak} in a sentence`,
    check: "untranslated",
    also: ["extraction"],
    may: ["glyphs"],
    plant: ({ files }: Parameters<Fault["plant"]>[0]) =>
      edited(files, "en.html", withParagraph(`It says ${leak} here.`)),
  })),
  {
    name: "a page that says it is in the other language",
    check: "untranslated",
    also: ["glyphs", "links", "pdf-structure"],
    plant: ({ files }) => edited(files, "en.html", swap('<html lang="en"', '<html lang="zh-CN"')),
  },
  {
    name: "rose for fell in the Chinese edition",
    check: "direction-words",
    plant: (issue) =>
      reworded(issue, { "locales/zh-CN/levels.json": (json) => json.replaceAll("上涨", "下跌") }),
  },
  {
    name: "rose for fell in both editions alike",
    check: "direction-words",
    also: ["extraction"],
    may: ["pdf-structure"],
    plant: ({ files }) => {
      const first = edited(files, "en.html", (html) =>
        html.replaceAll(/\b(?:gained|rose|added)\b/gu, "fell"),
      );
      return edited(first, "zh-CN.html", (html) => html.replaceAll("上涨", "下跌"));
    },
  },
  {
    name: "out for in, of a fund's money",
    check: "direction-words",
    also: ["extraction"],
    may: ["pdf-structure"],
    plant: ({ files }) =>
      edited(files, "en.html", (html) => html.replaceAll(/\b(?:took in|drew|gained)\b/gu, "shed")),
  },
  {
    name: "below for above, after the number",
    check: "direction-words",
    also: ["extraction"],
    plant: ({ files }) => edited(files, "en.html", (html) => html.replaceAll(" above its ", " below its ")),
  },
  {
    name: "a magnitude that no word gives a direction",
    check: "direction-words",
    also: ["extraction"],
    may: ["pdf-structure"],
    plant: ({ files }) =>
      edited(files, "zh-CN.html", (html) => html.replaceAll(/(?:上涨|净流入|贡献)(?=<data)/gu, "")),
  },
  {
    name: "a downtrend under the key of an uptrend, in both editions",
    check: "direction-words",
    also: ["extraction"],
    may: ["pdf-structure"],
    plant: ({ files }) => {
      const first = edited(files, "en.html", (html) => html.replaceAll("uptrend", "downtrend"));
      return edited(first, "zh-CN.html", (html) => html.replaceAll("上行", "下行"));
    },
  },
  {
    name: "worst for best in one edition",
    check: "direction-words",
    also: ["extraction"],
    may: ["pdf-structure"],
    plant: ({ files }) => edited(files, "zh-CN.html", swap("最佳单周表现", "最差单周表现")),
  },
  {
    name: "an alternative text that tells the other way round",
    check: "direction-words",
    also: ["pdf-structure"],
    plant: ({ files }) =>
      edited(files, "zh-CN.html", (html) =>
        html.replace(/aria-label="[^"]*上涨[^"]*"/u, (label) => label.replaceAll("上涨", "下跌")),
      ),
  },
  {
    name: "a sign after a word that has said it",
    check: "direction-words",
    also: ["extraction", "printed-numbers"],
    plant: ({ files }) => {
      const spot = spotOf(
        files,
        "en",
        ({ state, unit }, { style }) => state === "up" && unit === "return" && style === "plain",
      );
      return edited(files, "en.html", misprint(spot, ">", ">+"));
    },
  },
  {
    name: "the colour of a loss on a gain",
    check: "direction-words",
    plant: ({ files }) => edited(files, "zh-CN.html", swap('<td class="up">', '<td class="down">')),
  },
  {
    name: "triangles that point the other way, in both editions",
    check: "direction-words",
    plant: ({ files }) =>
      inPages(files, (html) =>
        html.replaceAll(/class="tri( d)?"/gu, (_, down) => (down ? 'class="tri"' : 'class="tri d"')),
      ),
  },
  {
    name: "a triangle beside no fact",
    check: "direction-words",
    plant: ({ files }) => inPages(files, swap("</main>", '<span class="tri"></span></main>')),
  },
  {
    name: "a bare magnitude in a table",
    check: "direction-words",
    also: ["extraction"],
    plant: ({ files }) => {
      const spot = spotOf(
        files,
        "en",
        ({ state }, { style, inSvg }) => state === "down" && style === "table" && !inSvg,
      );
      return edited(
        files,
        "en.html",
        remark(spot, (markup) => markup.replace("−", "").replace('"table"', '"plain"')),
      );
    },
  },
];
