import { describe, expect, it } from "vitest";
import { directionWords } from "#src/verify/direction-words.ts";
import { factsParity } from "#src/verify/facts-parity.ts";
import { type SmallFact, smallIssue } from "#tests/verify/small-issue.ts";

const fact: SmallFact = { id: "a.b", value: 0.01, unit: "return", quantum: 0.001, state: "up" };
const markup = '<data value="0.010" data-fact="a.b" data-style="signed">+1.0%</data>';

/** What is said of `facts.json` alone. */
const faultsOf = async (rest: Partial<SmallFact>): Promise<readonly string[]> =>
  (await factsParity(smallIssue("en", markup, [{ ...fact, ...rest }])))
    .filter(({ where }) => where === "facts.json")
    .map(({ what }) => what);

describe("the direction of a fact", () => {
  it.each<[string, Partial<SmallFact>]>([
    ["a gain", {}],
    ["a loss", { value: -0.01, state: "down" }],
    ["a loss that rounds to nothing", { value: -0.0004, state: "flat" }],
    ["a level", { unit: "points", quantum: 1, value: 5000, state: "none" }],
    ["a day", { unit: "date", quantum: null, value: "2026-02-13", state: "none" }],
    ["nothing", { quantum: null, value: null, state: "na" }],
  ])("is that of %s", async (_, rest) => {
    expect(await faultsOf(rest)).toEqual([]);
  });

  it.each<[string, Partial<SmallFact>, string]>([
    ["a loss", { value: -0.01 }, "down"],
    ["a loss that rounds to nothing", { value: -0.0004, state: "down" }, "flat"],
    ["a level", { unit: "points", quantum: 1, value: 5000 }, "none"],
    ["a day", { unit: "date", quantum: null, value: "2026-02-13" }, "none"],
    ["nothing", { quantum: null, value: null }, "na"],
  ])("is not that of %s", async (_, rest, expected) => {
    expect(await faultsOf(rest)).toEqual([expect.stringMatching(new RegExp(`expected ${expected}$`, "u"))]);
  });
});

describe("the label of simulated data", () => {
  const head = '<header>Desk <span class="specimen">Simulated market</span></header>';
  const end = '<footer><p class="specimen">All of it is simulated.</p></footer>';
  const style = (foot: string) => `<style>@page { @bottom-left { content: "${foot}"; } }</style>`;
  const said = async (body: string, simulated: boolean): Promise<readonly string[]> =>
    (await factsParity(smallIssue("en", body, [], simulated))).map(({ where }) => where);

  it("stands in three places, or in none", async () => {
    expect(await said(`${style("Desk · simulated data")}${head}<p>x</p>${end}`, true)).toEqual([]);
    expect(await said(`${style("Desk")}<header>Desk</header><p>x</p>`, false)).toEqual([]);
    const named = '<header><span data-name="">Simulated Co</span></header>';
    expect(await said(`${style("Simulated Co weekly")}${named}<p>x</p>`, false)).toEqual([]);
  });

  it("is missed in each of them", async () => {
    expect(await said(`${style("Desk")}<p>x</p>`, true)).toEqual([
      "en.html header",
      "en.html footer",
      "en.html foot",
    ]);
    expect(await said(`${style("Desk · simulated data")}${end}${end}<p>x</p>`, true)).toEqual([
      "en.html header",
    ]);
    const first = "<style>@page :first { @bottom-left { content: none; } }</style>";
    expect(await said(`${style("Simulated data")}${first}${head}${end}`, true)).toEqual(["en.html foot"]);
    const empty = '<header><span class="specimen">Market</span></header>';
    expect(await said(`${style("Simulated data")}${empty}${end}`, true)).toEqual(["en.html header"]);
  });

  it("is found in each of them where nothing is simulated", async () => {
    expect(await said(`${style("Desk · simulated data")}${head}<p>x</p>${end}`, false)).toEqual([
      "en.html header",
      "en.html footer",
      "en.html foot",
    ]);
  });
});

describe("a triangle", () => {
  const said = async (before: string, after = ""): Promise<readonly string[]> =>
    (await directionWords(smallIssue("en", `<p>${before}${markup}${after}</p>`, [fact]))).map(
      ({ what }) => what,
    );

  it("agrees with the fact after it", async () => {
    expect(await said('<span class="tri"></span>')).toEqual([]);
    expect(await said("")).toEqual([]);
  });

  it.each([
    ['<span class="tri d"></span>', "", /says down beside a\.b, expected up/],
    ["", '<span class="tri"></span>', /beside no fact/],
    ['<i><span class="tri"></span></i>', "", /beside no fact/],
  ])("does not: %s%s", async (before, after, told) => {
    expect(await said(before, after)).toEqual([expect.stringMatching(told)]);
  });
});
