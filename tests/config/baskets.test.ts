import { describe, expect, it } from "vitest";
import { parsed, problemsOf } from "#tests/config/problems.ts";

const head = `brand: {responsible: Desk}
publications: {weekly: {title: Weekly, calendar: NYSE, sections: [headline, sources]}}
files: {all: {path: all.csv, layout: wide, defaults: {kind: price, calendar: NYSE, provider: Desk}}}
series: {a: {name: A}, b: {name: B}}
`;
const parse = (text: string) => parsed(`${head}${text}`, { LISTS: "/lists" });
const found = (text: string) => problemsOf(`${head}${text}`, { LISTS: "/lists" });
const lists = "declared: {baskets: data/baskets.csv}\n";
const baskets =
  "baskets: {up: {name: {en: Leaders, zh-CN: 领涨}}, down: {name: Down, short: D, prose: the D}}\n";

describe("baskets and lists", () => {
  it("are none where nothing is said of them", () => {
    expect(parse("")).toMatchObject({ declared: [], baskets: {} });
  });

  it("have their files and names", () => {
    const { declared, baskets: named } = parse(
      `declared: {crises: "\${LISTS}/crises.yaml", baskets: data/baskets.csv}\n${baskets}`,
    );
    expect(declared).toEqual([
      { kind: "baskets", path: "data/baskets.csv", location: "/w/data/baskets.csv" },
      { kind: "crises", path: "${LISTS}/crises.yaml", location: "/lists/crises.yaml" },
    ]);
    expect(named.up?.prose).toEqual({ en: "Leaders", "zh-CN": "领涨" });
    expect(named.down).toMatchObject({ name: { en: "Down" }, short: { en: "D" }, prose: { en: "the D" } });
  });

  it("make the legs of a pair, which have the baskets' names unless they have their own", () => {
    const { pairs } = parse(
      `${lists}${baskets}pairs: {p: {name: P, long: {basket: up}, shorts: {name: Shorts, basket: down}}}`,
    );
    expect(pairs.p).toMatchObject({
      long: { name: { en: "Leaders", "zh-CN": "领涨" }, members: [], basket: "up" },
      shorts: { name: { en: "Shorts" }, members: [], basket: "down" },
      inception: null,
    });
    const mixed =
      "pairs: {p: {name: P, long: {basket: up}, shorts: {name: S, members: [b]}, inception: 2024-01-02}}";
    expect(parse(`${lists}${baskets}${mixed}`).pairs.p).toMatchObject({
      shorts: { members: ["b"], basket: null },
      inception: "2024-01-02",
    });
  });

  const pair = (long: string, more = "") =>
    `${lists}${baskets}pairs: {p: {name: P, long: {${long}}, shorts: {basket: down}${more}}}`;
  it.each([
    [
      "a basket whose members nobody lists",
      baskets,
      [
        "5:11: found basket up without it, expected declared.baskets: the file that lists the members of baskets with their days",
        "5:49: found basket down without it, expected declared.baskets: the file that lists the members of baskets with their days",
      ],
    ],
    [
      "a basket that is called as a series",
      `${lists}baskets: {a: {name: A}}`,
      ["6:11: found basket a, expected another id, since a series has this one"],
    ],
    [
      "a leg of an unknown basket",
      pair("basket: upp"),
      ['7:37: found "upp", expected the id of a basket of this workspace; did you mean up?'],
    ],
    [
      "a leg of both",
      pair("name: L, members: [a], basket: up"),
      ["7:52: found basket beside members, expected either members or a basket, which has its own"],
    ],
    [
      "a leg of neither",
      pair("name: L"),
      ["7:22: found no such key, expected members: series of the leg, or basket: the id of one"],
    ],
    [
      "a leg of members without a name",
      pair("members: [a]"),
      ["7:22: found no such key, expected name: Name of the leg."],
    ],
    [
      "one basket on both sides",
      pair("basket: down"),
      ['7:61: found "down", expected a basket that is not held long as well'],
    ],
    [
      "an inception of two baskets",
      pair("basket: up", ", inception: 2024-01-02"),
      ['7:77: found "2024-01-02", expected no such key: when baskets were begun, their list tells'],
    ],
    [
      "an unknown list",
      "declared: {crisis: c.yaml}",
      ["5:12: found the unknown key crisis, expected one of baskets, events, crises; did you mean crises?"],
    ],
    [
      "a variable that is not set",
      'declared: {crises: "${NOT_SET}/c.yaml"}',
      ['5:20: found "${NOT_SET}/c.yaml", expected the environment variable NOT_SET to be set; it is not'],
    ],
  ])("with %s are told of it", (_, text, wanted) => {
    expect(found(text)).toEqual(wanted);
  });
});
