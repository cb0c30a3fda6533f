import { describe, expect, it } from "vitest";
import { digits } from "#src/verify/digits.ts";
import { type SmallFact, smallIssues } from "#tests/verify/small-issue.ts";

const rise = (id: string, value: number): SmallFact => ({
  id,
  value,
  unit: "return",
  quantum: 0.001,
  state: "up",
  series: [id.split(".")[1] ?? ""],
});
const count = (id: string, value: number, series: readonly string[]): SmallFact => ({
  id,
  value,
  unit: "count",
  quantum: 1,
  state: "none",
  series,
});
const facts: readonly SmallFact[] = [
  rise("levels.A.week", 0.081),
  rise("levels.B.week", 0.013),
  count("levels.both", 4, ["A", "B"]),
  count("levels.B.weeks", 7, ["B"]),
  count("flows.both", 9, ["A", "B"]),
  { id: "issue.week", value: "2026-02-13", unit: "date", quantum: null, state: "none" },
];

const figure = (label: string) =>
  `<figure id="levels.weeks-A"><div role="img" aria-label="${label}"><svg><text><tspan data-fact="levels.A.week">+8.1%</tspan></text></svg></div></figure>`;
const row = (name: string) => `<tr><th scope="row"><span data-name="">${name}</span></th><td></td></tr>`;

async function said(en: string, zh?: string, statements: readonly object[] = []): Promise<readonly string[]> {
  const bodies = zh === undefined ? { en } : { en, "zh-CN": zh };
  return (await digits(smallIssues(bodies, facts, { statements }))).map(({ what }) => what);
}

describe("an alternative text", () => {
  it.each(["It gained 8.1%.", "It moved +8.1%.", "4 markets.", "Since 1 January it gained 8.1%."])(
    "may quote its figure and the counts of its section: %s",
    async (label) => {
      expect(await said(figure(label))).toEqual([]);
    },
  );

  it.each(["It gained 1.3%.", "7 weeks.", "9 funds.", "To Feb 13.", "It gained 8.1."])(
    "may not quote another figure, series or section: %s",
    async (label) => {
      expect(await said(figure(label))).toEqual([expect.stringContaining("a digit of no fact here")]);
    },
  );

  it("outside figures may quote the issue, but no section", async () => {
    expect(await said('<p aria-label="Week to Feb 13">x</p>')).toEqual([]);
    expect(await said('<p title="8.1%">x</p>')).toHaveLength(1);
  });

  it("quotes the same in both editions", async () => {
    expect(await said(figure("Of 4 it gained 8.1%."), figure("上涨8.1%，共4个。"))).toEqual([]);
    expect(await said(figure("It gained 8.1%."), figure("共4个。"))).toEqual([
      "found the numbers 4, expected 0.081, as in en.html",
    ]);
    expect(await said(figure("8.1% and 8.1%."), figure("8.1%"))).toHaveLength(1);
  });
});

describe("the number of a figure", () => {
  const numbered = (...numbers: readonly string[]) =>
    numbers.map((number) => `<figure><i data-structure="">Figure ${number}</i></figure>`).join("");

  it("counts", async () => {
    expect(await said(numbered("1", "2", "3"))).toEqual([]);
  });

  it.each([
    [numbered("1", "3"), 1],
    [numbered("2", "1"), 2],
    [numbered("12,345"), 1],
    [numbered("one"), 1],
    ['<p><span data-structure="">1</span></p>', 1],
    ['<figure><i data-structure="">1</i><b data-structure="">1</b></figure>', 1],
  ])("does not in %s", async (body, faults) => {
    expect(await said(body)).toHaveLength(faults);
  });
});

describe("a name with digits", () => {
  const name = (text: string) => `<p><span data-name="">${text}</span></p>`;

  it.each([
    `<table>${row("Nikkei 225")}</table>${name("the Nikkei 225")}`,
    `<table>${row("Nikkei 225")}</table>`,
    `${name("Desk 42")}${name("Desk 42")}`,
    `${name("Desk 42")}<style>@page { @top-left { content: "Desk 42"; } }</style>`,
  ])("is accounted for in %s", async (body) => {
    const faults = await said(body);
    expect(faults.filter((what) => /the name/u.test(what))).toEqual([]);
  });

  it.each([
    name("Nikkei 225"),
    `<table>${row("Nikkei 225")}</table>${name("Nikkei 22")}`,
    `<table>${row("12,345")}</table>`,
  ])("is not in %s", async (body) => {
    expect(await said(body)).toEqual([expect.stringContaining("a name whose digits stand elsewhere too")]);
  });

  it("has the same in both editions, unless it is configured otherwise", async () => {
    const said2 = (en: string, zh: string, statements: readonly object[] = []) =>
      said(`<table>${row(en)}</table>`, `<table>${row(zh)}</table>`, statements);
    expect(await said2("Nikkei 225", "日经225")).toEqual([]);
    expect(await said2("Nikkei 225", "日经224")).toEqual(["found 224 in names, expected 225, as in en.html"]);
    expect(await said2("Magnificent 7", "七巨头")).toEqual([
      "found no digits in names, expected 7, as in en.html",
    ]);
    const crisis = {
      id: "c",
      name: { en: "COVID-19", "zh-CN": "新冠疫情" },
      from: "2020-02-01",
      until: null,
    };
    const drawn = { en: name("COVID-19"), "zh-CN": name("新冠疫情") };
    const of = (crises: readonly (typeof crisis)[]) => digits(smallIssues(drawn, facts, { crises }));
    expect(await of([crisis])).toEqual([]);
    expect(await of([])).toHaveLength(2);
    const places = { name: { name: { en: "Magnificent 7", "zh-CN": "七巨头" } } };
    expect(await said2("Magnificent 7", "七巨头", [{ id: "a", claim: { key: "a.b", places } }])).toEqual([]);
  });
});
