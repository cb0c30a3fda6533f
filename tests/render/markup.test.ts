import { parseFragment, type DefaultTreeAdapterTypes as Tree } from "parse5";
import { describe, expect, it } from "vitest";
import type { Fact } from "#src/domain/fact.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import { factToken, nameToken, tickToken } from "#src/locale/tokens.ts";
import { canonicalValue, escapeText, setter } from "#src/render/markup.ts";
import { factOf } from "#tests/locale/facts.ts";

const hostile = [
  "<script>alert(1)</script>",
  'say "hi" & <b>bye</b>',
  "it's `mine`",
  "&lt;already&gt; &amp; &#39;",
  '"><img src=x onerror=alert(1)>',
  "</data></time></tspan></svg><iframe>",
  "]]><![CDATA[",
  "--><!--",
];

/** Elements and texts of a fragment, as a browser parses it. */
function parsed(html: string) {
  const elements: Tree.Element[] = [];
  const visit = (node: Tree.Node): string => {
    if ("tagName" in node) elements.push(node);
    if (node.nodeName === "#text") return (node as Tree.TextNode).value;
    return "childNodes" in node ? node.childNodes.map(visit).join("") : "";
  };
  const text = visit(parseFragment(html));
  return { text, elements, tags: elements.map(({ tagName }) => tagName) };
}
const attribute = (element: Tree.Element | undefined, name: string) =>
  element?.attrs.find((each) => each.name === name)?.value;

const facts: Readonly<Record<string, Fact>> = {
  rise: { ...factOf(0.0821, "return"), id: "rise" },
  money: { ...factOf(84_040_000_000, "USD"), id: "money" },
  day: { ...factOf("2021-01-08", "date"), id: "day" },
  gone: { ...factOf(null, "return"), id: "gone" },
  label: { ...factOf('<b>"calm"&', "label"), id: "label" },
};
const setOf = (locale: Locale) =>
  setter(locale, (id) => {
    const fact = facts[id];
    if (fact === undefined) throw new RangeError(`no fact ${id}`);
    return fact;
  });

describe("escapeText", () => {
  it.each(hostile)("keeps %s as text, in an element and in an attribute", (text) => {
    const { elements } = parsed(`<p title="${escapeText(text)}">${escapeText(text)}</p>`);
    expect(elements.map(({ tagName }) => tagName)).toEqual(["p"]);
    expect(attribute(elements[0], "title")).toBe(text);
    expect(parsed(`<p>${escapeText(text)}</p>`).text).toBe(text);
  });
});

describe.each(locales)("setter of the %s edition", (locale) => {
  const set = setOf(locale);

  it.each(hostile)("keeps a name %s as text, marked as a name", (name) => {
    const page = parsed(set.html(`before ${nameToken(name)} after`));
    expect(page.text).toBe(`before ${name} after`);
    expect(page.tags).toEqual(["span"]);
    expect(page.elements[0]?.attrs).toEqual([{ name: "data-name", value: "" }]);
    expect(set.plain(nameToken(name))).toBe(name);
  });

  it.each(hostile)("keeps a message %s as text", (text) => {
    expect(parsed(set.html(text)).text).toBe(text);
    expect(parsed(set.html(text)).tags).toEqual([]);
  });

  it.each(["rise", "money", "gone"])("does not take a name for the fact %s that it pretends to be", (id) => {
    const forged = nameToken(factToken(id));
    const page = parsed(set.html(forged));
    expect(page.tags).toEqual(["span"]);
    expect(page.text).toContain(`f:plain:${id}`);
    expect(set.plain(forged)).toContain(`f:plain:${id}`);
    expect(page.text).not.toMatch(/[\uE000-\uF8FF]/u);
  });

  it.each([
    ["an open mark alone", "\uE000"],
    ["a close mark alone", "\uE001"],
    ["a close mark, then a token", "x\uE001\uE000f:plain:rise"],
    ["a whole token inside a name", "x\uE001\uE000f:plain:rise\uE001\uE000n:"],
  ])("lets nothing out of a name that holds %s", (_, name) => {
    const page = parsed(set.html(`${nameToken(name)}|${factToken("money")}`));
    expect(page.tags.filter((tag) => tag === "data")).toHaveLength(1);
    expect(
      attribute(
        page.elements.find(({ tagName }) => tagName === "data"),
        "data-fact",
      ),
    ).toBe("money");
  });

  it("sets a fact as data with its machine value, a date as time", () => {
    const page = parsed(set.html(`${factToken("rise")} ${factToken("day", "full")}`));
    const [data, time] = ["data", "time"].map((tag) => page.elements.find(({ tagName }) => tagName === tag));
    expect([attribute(data, "value"), attribute(data, "data-fact")]).toEqual(["0.082", "rise"]);
    expect([attribute(time, "datetime"), attribute(time, "data-fact")]).toEqual(["2021-01-08", "day"]);
    expect(attribute(time, "data-style")).toBe("full");
  });

  it("sets a label that data brought as text", () => {
    const page = parsed(set.html(factToken("label")));
    expect(page.tags.filter((tag) => tag === "b")).toEqual([]);
    expect(page.text).toBe('<b>"calm"&');
    expect(
      attribute(
        page.elements.find(({ tagName }) => tagName === "data"),
        "value",
      ),
    ).toBe('<b>"calm"&');
  });

  it("marks facts, names and axis values of a chart, whose text is XML already", () => {
    const svg = set.svg(
      `<text>${factToken("rise", "signed")}</text><text>${nameToken("A &amp; B")}</text><text>${tickToken("0.1", "10")}</text>`,
    );
    const { elements } = parsed(`<svg>${svg}</svg>`);
    const spans = elements.filter(({ tagName }) => tagName === "tspan");
    expect(spans.map((span) => span.attrs.map(({ name, value }) => `${name}=${value}`))).toEqual([
      ["data-fact=rise", "data-value=0.082", "data-style=signed"],
      ["data-name="],
      ["data-tick=0.1"],
    ]);
    expect(parsed(`<svg>${svg}</svg>`).text).toMatch(/8\.2%.*A & B.*10/);
  });

  it("fails on a fact that no section entered", () => {
    expect(() => set.html(factToken("nowhere"))).toThrow(/nowhere/);
    expect(() => set.plain(factToken("nowhere"))).toThrow(/nowhere/);
  });
});

describe("a Chinese number", () => {
  const set = setOf("zh-CN");

  it("keeps digits and first unit word together, and lets the currency go to the next line", () => {
    const page = parsed(set.html(factToken("money")));
    expect(page.text).toBe("840亿美元");
    const solid = page.elements.find((each) => each.tagName === "span");
    expect(attribute(solid, "class")).toBe("n");
    expect(solid?.childNodes.map((node) => (node as Tree.TextNode).value)).toEqual(["840亿"]);
  });

  it("sets the digits of a message solid with their word", () => {
    const page = parsed(set.html("200日均线 < 300日"));
    expect(page.elements.map((each) => (each.childNodes[0] as Tree.TextNode).value)).toEqual([
      "200日",
      "300日",
    ]);
    expect(page.text).toBe("200日均线 < 300日");
  });
});

describe("canonicalValue", () => {
  // Hand arithmetic: the nearest whole count of quanta, halves away from zero, written with the quantum's places.
  it.each([
    [0.08214, 0.001, "0.082"],
    [-0.0825, 0.001, "-0.083"],
    [-0.0004, 0.001, "0.000"],
    [0.145, 0.01, "0.15"],
    [84_040_000_000, 1e8, "84000000000"],
    [-84_050_000_000, 1e8, "-84100000000"],
    [6978.6, 0.1, "6978.6"],
    [49_999.5, 1, "50000"],
    [0.04215, 0.0001, "0.0422"],
    [2.25, 0.1, "2.3"],
  ])("of %d to %d is %s", (value, quantum, expected) => {
    expect(canonicalValue(factOf(value, "points", quantum))).toBe(expected);
  });

  it("is empty for what is missing, and the day itself for a day", () => {
    expect(canonicalValue(factOf(null, "return"))).toBe("");
    expect(canonicalValue(factOf("2026-02-13", "date"))).toBe("2026-02-13");
  });

  it("reads back as the rounded number, never as minus zero", () => {
    for (const value of [0.0004, -0.0004, 0]) {
      expect(canonicalValue(factOf(value, "return", 0.001))).toBe("0.000");
    }
  });
});
