import { describe, expect, it } from "vitest";
import { TidelineError } from "#src/domain/errors.ts";
import { parsed, placeless } from "#tests/config/problems.ts";

const count = "kind: count, frequency: weekly, lag: 1 session";
const money = "lag: 1 session, staleAfter: 135";
const head = `brand: {responsible: Desk}
publications: {weekly: {title: Weekly, calendar: NYSE, sections: [headline, sources]}}
files: {all: {path: all.csv, layout: wide, defaults: {kind: price, calendar: NYSE, provider: Desk}}}
series:
  wire: {name: Wire, ${count}}
  a: {name: A, ${count}}
  b: {name: B, ${count}}
  daily: {name: Daily, kind: count, lag: 6h}
  share: {name: Share, kind: ratio}
  tone: {name: Tone, kind: tone, lag: 1 session}
  cap: {name: Cap, kind: aum, currency: USD, ${money}}
  eur: {name: Eur, kind: aum, currency: EUR, ${money}}
  capex: {name: Capex, kind: flow, currency: USD, ${money}}
  sales: {name: Sales, kind: flow, currency: EUR, ${money}}
  month: {name: Month, staleAfter: 75}
  market: {name: Market, kind: level}
${[0, 1, 2, 3, 4].map((i) => `  s${i}: {name: S${i}}`).join("\n")}
`;
const parse = (text: string) => parsed(`${head}${text}`);
const problems = (text: string) => placeless(`${head}${text}`);

const sources = "sources: {press: {articles: wire}}";
const themes = "themes: {up: {name: Up, hits: {press: a}}, down: {name: Down, hits: {press: b}}}";
const block = (more: string, own = `${sources}, ${themes}`) =>
  `narratives: {${own}${more === "" ? "" : `, ${more}`}}\n`;
const found = (more: string, own?: string) => problems(block(more, own));
const industries = (n: number, more = "") =>
  `subindustries: [${[0, 1, 2, 3, 4]
    .slice(0, n)
    .map((i) => `{series: s${i}${more}}`)
    .join(", ")}]`;

describe("narratives", () => {
  it("are none where nothing is said of them", () => {
    expect(parse("").narratives).toBeNull();
  });

  it("have their sources, and the first of them the victims and the sub-industries", () => {
    const { narratives } = parse(
      block(
        `victims: {members: [s0], market: market}, market: market, ${industries(5)}, capital: {one: cap}`,
      ),
    );
    expect(narratives).toMatchObject({
      themes: [
        { id: "up", short: { en: "Up" }, sources: [{ hits: "a", articles: "wire" }], tone: [] },
        { id: "down", sources: [{ hits: "b", articles: "wire" }] },
      ],
      capital: ["cap"],
      victims: {
        theme: "up",
        name: { en: "Exposed names", "zh-CN": "相关公司" },
        members: ["s0"],
        market: "market",
      },
      diffusion: { theme: "up", market: "market" },
      capex: null,
      intensity: [],
    });
    expect(narratives?.diffusion?.industries[4]).toEqual({ series: "s4", news: null });
  });

  it("may have shares, tones, other victims and mentions of another narrative", () => {
    const { narratives } = parse(
      block(
        `victims: {name: Software, theme: down, members: [s0], market: market}, market: market, ${industries(5, ", mentions: a, articles: wire")}`,
        "themes: {up: {name: Up, share: [share], tone: tone}, down: {name: Down, hits: {press: b}, tone: [tone]}}, sources: {press: {articles: wire}}",
      ),
    );
    expect(narratives?.themes[0]).toMatchObject({ sources: [{ share: "share" }], tone: ["tone"] });
    expect(narratives?.victims).toMatchObject({ theme: "down", prose: { en: "Software" } });
    expect(narratives?.diffusion).toMatchObject({
      theme: "down",
      industries: [{ news: { mentions: "a", articles: "wire" } }, {}, {}, {}, {}],
    });
    expect(
      parse(
        block(
          `risk: up, victims: {theme: down, members: [s0], market: market}, market: market, ${industries(5)}`,
        ),
      ).narratives?.diffusion?.theme,
    ).toBe("up");
  });

  it("are exactly two, each with headlines of a source that there is and of its own", () => {
    expect(found("", `${sources}, themes: {up: {name: Up, hits: {press: a}}}`)).toEqual([
      "found a map, expected exactly two narratives",
    ]);
    expect(found("", `${sources}, themes: {up: {name: Up}, down: {name: Down, hits: {press: b}}}`)).toEqual([
      "found a narrative without headlines, expected hits of a source, or a share",
    ]);
    expect(
      found(
        "",
        `${sources}, themes: {up: {name: Up, hits: {wires: a}}, down: {name: Down, hits: {press: a}}}`,
      ),
    ).toEqual([
      "found wires, expected a source of narratives.sources (press)",
      'found "a" a second time, expected each series once: the narratives are compared with each other',
    ]);
    expect(
      found(
        "",
        `${sources}, themes: {up: {name: Up, hits: {press: daily}}, down: {name: Down, hits: {press: b}}}`,
      ),
    ).toEqual([
      'found "daily", daily, expected a series that is weekly, as the articles are that it is counted among',
    ]);
  });

  it.each([
    [
      "themes: {up: {name: Up, hits: {press: tone}}, down: {name: Down, hits: {press: b}}}",
      '"tone" of kind tone',
      "a series of kind count",
    ],
    [
      "themes: {up: {name: Up, share: [a]}, down: {name: Down, hits: {press: b}}}",
      '"a" of kind count',
      "a series of kind ratio",
    ],
    [
      "themes: {up: {name: Up, hits: {press: a}, tone: share}, down: {name: Down, hits: {press: b}}}",
      '"share" of kind ratio',
      "a series of kind tone",
    ],
  ])("take series of the kinds that fit: %s", (own, what, expected) => {
    expect(problems(`narratives: {${sources}, ${own}}\n`)).toContain(`found ${what}, expected ${expected}`);
  });

  it.each([
    ["capital: {one: eur}", 'found "eur", in EUR, expected a market value in USD'],
    ["capital: {one: cap, two: cap}", 'found "cap" a second time, expected each market value once'],
    ["capital: {one: s0}", 'found "s0" of kind price, expected a series of kind aum'],
    ["capital: {one: nothing}", 'found "nothing", expected the id of a series of this workspace'],
    [
      "victims: {members: [s0], market: month}",
      'found "month", whose values stand for 75 days, expected a series with a value each session',
    ],
    [
      "victims: {theme: sideways, members: [s0], market: market}",
      'found "sideways", expected one of the narratives (up, down)',
    ],
    ["risk: sideways", 'found "sideways", expected one of the narratives (up, down)'],
    [industries(5), "found subindustries without it, expected market beside them"],
    [`market: market, ${industries(4)}`, "found 4 of them, expected five or more, or none"],
    [
      `market: market, ${industries(5, ", mentions: a")}`,
      "found one without the other, expected mentions and articles, which they are counted among",
    ],
    [
      `market: market, subindustries: [{series: s0, mentions: a, articles: wire}, {series: s1}, {series: s2}, {series: s3}, {series: s4}]`,
      "found none, expected mentions and articles, as the others have",
    ],
    [
      `market: market, subindustries: [{series: s0}, {series: s0}, {series: s2}, {series: s3}, {series: s4}]`,
      'found "s0" a second time, expected each sub-industry once',
    ],
    [
      `market: market, ${industries(5, ", mentions: daily, articles: wire")}`,
      'found "daily", daily, expected a series that is weekly, as the articles are that it is counted among',
    ],
    [
      "capex: {capex: capex, sales: sales, income: capex, depreciation: capex, cashflow: capex}",
      'found "sales", in EUR, expected a series in USD, as the others',
    ],
    [
      "capex: {capex: share, sales: capex, income: capex, depreciation: capex, cashflow: capex}",
      'found "share" of kind ratio, expected a series of kind flow or earnings',
    ],
    ["intensity: {s0: share}", "found 1 of them, expected thirty or more, or none"],
    [
      "intensity: {month: share}",
      "found month, expected the id of a series of kind price, total-return, level with a value each session",
    ],
  ])("tell what is wrong: %s", (more, problem) => {
    expect(
      found(more).some((each) => each.startsWith(problem)),
      found(more).join("\n"),
    ).toBe(true);
  });

  it("are needed by their section", () => {
    const text = `${head}`.replace("[headline, sources]", "[headline, narrative]");
    expect(() => parsed(text)).toThrow(TidelineError);
    expect(() => parsed(`${text}${block("")}`)).not.toThrow();
  });
});
