import { describe, expect, it } from "vitest";
import type { Trend, VolatilityState } from "#src/metrics/trend-volatility.ts";
import { closesTo, type Row, series, weekdaysTo } from "#tests/sections/days.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import type { CaseSeries } from "#tests/sections/market-case.ts";
import { messages } from "#tests/sections/says.ts";

const friday = "2026-02-13";
const drifts: Readonly<Record<Trend, number>> = { up: 0.001, down: -0.001, mixed: 0 };
const swings: Readonly<Record<VolatilityState, (i: number, left: number) => number>> = {
  // Less every day, so that the last volatility is the least of all.
  calm: (_, left) => (left > 30 ? 0.01 : 0.001 + 0.0001 * left),
  // Swells and falls every 200 days or so; the last days stand in the middle.
  normal: (_, left) => 0.01 + 0.006 * Math.sin(left / 32),
  // More every day.
  high: (_, left) => (left > 30 ? 0.01 : 0.03 - 0.0002 * left),
};

/** A price that drifts one way and swings about its drift by turns. */
function priceTo(n: number, trend: Trend, volatility: VolatilityState): readonly Row[] {
  let log = Math.log(100);
  const values = series(n, (i) => {
    log += drifts[trend] + (i % 2 === 0 ? 1 : -1) * swings[volatility](i, n - 1 - i);
    return Math.exp(log);
  });
  return closesTo(friday, values);
}

const issue = (rows: Readonly<Record<string, readonly Row[] | CaseSeries>>) => {
  const of = Object.entries(rows).map(
    ([id, given]) => [id, Array.isArray(given) ? { rows: given } : given] as const,
  );
  const found = issueOf(
    {
      series: Object.fromEntries(of) as Record<string, CaseSeries>,
      regime: Object.keys(rows),
      sections: ["regime"],
    },
    friday,
  );
  return { ...found, section: found.section("regime") };
};

const cells = (["up", "down", "mixed"] as const).flatMap((trend) =>
  (["calm", "normal", "high"] as const).map((volatility) => ({
    id: `${trend}-${volatility}`,
    trend,
    volatility,
  })),
);

describe("the nine cells of the grid", () => {
  const found = issue(
    Object.fromEntries(cells.map(({ id, trend, volatility }) => [id, priceTo(1000, trend, volatility)])),
  );

  it.each(cells)("$trend and $volatility", ({ id, trend, volatility }) => {
    const said = found.statement(`regime.${id}.${trend}.${volatility}`);
    expect(said).toMatchObject({
      gate: { rule: "J3 trend and volatility regime", found: { trend, calmness: volatility } },
      stance: `${id}.regime:${trend}.${volatility}`,
      proof: "regime.grid",
      claim: { key: `regime.claim.${trend}.${volatility}` },
    });
    expect(said.text[0]?.key).toBe(`regime.text.${trend}.${volatility}`);
  });

  it("are counted, and the claim says that they are split where no trend is the most common", () => {
    expect(found.fact("regime.count.markets").value).toBe(9);
    for (const count of ["up", "down", "mixed", "high-volatility"])
      expect(found.fact(`regime.count.${count}`).value, count).toBe(3);
    expect(found.section.claim.key).toBe("regime.summary-claim.split");
  });

  const claimOf = (...trends: readonly Trend[]) =>
    issue(Object.fromEntries(trends.map((trend, i) => [`m${i}`, priceTo(1000, trend, "calm")]))).section.claim
      .key;
  it.each([
    ["down", ["down", "down", "up"]],
    ["up", ["up", "up", "mixed"]],
    ["mixed", ["mixed", "up", "mixed"]],
    // Most common without being more than half.
    ["down", ["down", "down", "up", "mixed"]],
    ["split", ["down", "up"]],
    ["split", ["mixed", "mixed", "up", "up", "down"]],
    ["all-up", ["up", "up"]],
    ["all-down", ["down", "down"]],
    ["all-mixed", ["mixed", "mixed"]],
  ] as const)("claim %s of %j", (word, trends) => {
    expect(claimOf(...trends)).toBe(`regime.summary-claim.${word}`);
  });

  it("stand in one figure and one table, credited to all", () => {
    const ids = cells.map(({ id }) => id);
    expect(found.section.figures).toMatchObject([{ id: "regime.grid", series: ids, size: "beside" }]);
    expect(found.section.tables).toMatchObject([{ id: "regime.table", series: ids }]);
    expect(found.section.tables[0]?.rows).toHaveLength(9);
  });

  it("say how far each stands from its average, in the direction of the rounded distance", () => {
    const key = (id: string) =>
      found.composed.facts.statements.find((each) => each.id.startsWith(`regime.${id}.`))?.text[2]?.key;
    expect(key("up-normal")).toBe("regime.average.up");
    expect(key("down-normal")).toBe("regime.average.down");
    const level = priceTo(1000, "mixed", "normal").map(
      ([day], i): Row => [day, i === 999 ? 100 : i % 2 === 0 ? 101 : 99],
    );
    expect(issue({ a: level }).composed.facts.statements[0]?.text[2]?.key).toBe("regime.average.flat");
  });

  it("name the market that is farthest from its average", () => {
    const apart = issue({ near: priceTo(1000, "mixed", "normal"), far: priceTo(1000, "down", "normal") });
    expect(apart.section.figures[0]?.claim.places).toMatchObject({
      name: { name: { en: "the far" } },
      average: { fact: "regime.far.price-to-average", signed: true },
    });
  });
});

describe("the place of volatility in its history", () => {
  const at = (rows: readonly Row[]) => issue({ a: rows }).composed.facts.statements[0]?.text[1]?.key;

  it.each([
    ["calm", "bottom"],
    ["normal", "middle"],
    ["high", "top"],
  ] as const)("%s is at the %s", (volatility, end) => {
    expect(at(priceTo(1000, "up", volatility))).toBe(`regime.percentile.${end}`);
  });

  it("is rare as one in its independent windows at the ends, as its rank in between", () => {
    // 1000 sessions: volatilities from the 21st on, the last excluded from its own history: 979, of 20 each: 48.
    const high = issue({ a: priceTo(1000, "up", "high") }).statement("regime.a.up.high");
    expect(high.tail).toEqual({ share: 1 / 48, n: 48, record: false });
    const found = issue({ a: priceTo(1000, "up", "normal") });
    const rank = Number(found.fact("regime.a.rv20-percentile").value) / 100;
    expect(found.fact("regime.a.history").value).toBe(979);
    expect(found.statement("regime.a.up.normal").tail.share).toBeCloseTo(Math.min(rank, 1 - rank), 12);
  });
});

describe("a change of state", () => {
  it("is said after three sessions of it, and not after two", () => {
    // Down for long; then days above the average by more than the band turn the trend mixed (momentum stays below 0).
    const turned = (days: number) =>
      priceTo(1000, "down", "normal").map(([day, v], i): Row => [day, i >= 1000 - days ? v * 1.5 : v]);
    const trend = (days: number) => {
      const [said] = issue({ a: turned(days) }).composed.facts.statements;
      return said?.gate.found.trend;
    };
    expect(trend(2)).toBe("down");
    expect(trend(3)).toBe("mixed");
    const found = issue({ a: turned(4) });
    expect(found.fact("regime.a.since").value).toBe(weekdaysTo(friday, 2)[0]);
  });
});

describe("a confirmed state that the latest session contradicts", () => {
  /** The last closes are what the market of that cell closes at, times the factor. */
  const ending = (trend: Trend, volatility: VolatilityState, factor: number, days = 1) =>
    issue({
      a: priceTo(1000, trend, volatility).map(([day, v], i): Row => [day, i >= 1000 - days ? v * factor : v]),
    });

  it("is told as the last that was confirmed, with the numbers that contradict it", () => {
    // A fall of a fifth in a day: volatility from its lowest to its highest, and the price below its average.
    const found = ending("up", "calm", 0.8);
    expect(found.said).toEqual(["regime.a.doubt"]);
    const said = found.statement("regime.a.doubt");
    expect(said).toMatchObject({
      claim: { key: "regime.claim.doubt" },
      stance: "a.regime:doubt",
      gate: { found: { trend: "up", calmness: "calm", isContradicted: true } },
    });
    expect(said.text.map(({ key }) => key)).toEqual([
      "regime.text.doubt.up.calm",
      "regime.percentile.top",
      "regime.average.down",
    ]);
    expect(found.refusal("regime.a")).toMatchObject({
      word: "regime",
      reasons: [{ code: "state-contradicted" }],
      instead: "regime.a.doubt",
    });
  });

  it.each([
    // The volatility of a rise is as large: from the lowest to the highest.
    ["up", "calm", 1.2],
    ["mixed", "calm", 0.8],
    // Volatility stays high; the price crosses its average by more than the band.
    ["up", "high", 0.7],
    ["down", "high", 1.4],
  ] as const)("%s and %s, then times %d", (trend, volatility, factor) => {
    expect(ending(trend, volatility, factor).said).toEqual(["regime.a.doubt"]);
  });

  it.each([
    // A volatility beside its state, and a price inside the band, are what the three sessions are waited for.
    ["up", "normal", 1],
    ["up", "high", 0.97],
    ["mixed", "high", 0.7],
    ["down", "high", 0.7],
  ] as const)("but not %s and %s, then times %d", (trend, volatility, factor) => {
    expect(ending(trend, volatility, factor).said).toEqual([`regime.a.${trend}.${volatility}`]);
  });

  it("counts as no trend, and stands as in doubt in the table", () => {
    const fallen = priceTo(1000, "up", "calm").map(([day, v], i): Row => [day, i === 999 ? v * 0.8 : v]);
    const found = issue({ a: fallen, b: priceTo(1000, "up", "high"), c: priceTo(1000, "mixed", "calm") });
    expect(found.fact("regime.count.up").value).toBe(1);
    expect(found.fact("regime.count.mixed").value).toBe(2);
    expect(found.fact("regime.count.high-volatility").value).toBe(1);
    expect(found.section.claim.key).toBe("regime.summary-claim.mixed");
    const states = found.section.tables[0]?.rows.map(({ cells }) =>
      cells.flatMap((cell) => (cell !== null && "say" in cell ? [cell.say.key] : [])),
    );
    expect(states).toEqual([
      ["regime.trend.doubt", "regime.volatility.doubt"],
      ["regime.trend.up", "regime.volatility.high"],
      ["regime.trend.mixed", "regime.volatility.calm"],
    ]);
  });

  it("is the new state once that is confirmed", () => {
    expect(ending("up", "calm", 0.8, 2).said).toEqual(["regime.a.doubt"]);
    expect(ending("up", "calm", 0.8, 3).said).toEqual(["regime.a.mixed.high"]);
  });
});

describe("too short a history", () => {
  // Sessions 1 to 20 have no volatility; a rank needs 756 earlier ones, a state three ranks: 20 + 756 + 3 = 779.
  it("is one session less than the grid needs", () => {
    expect(issue({ a: priceTo(779, "up", "high") }).said).toEqual(["regime.a.up.high"]);
    const found = issue({ a: priceTo(778, "up", "high") });
    expect(found.said).toEqual([]);
    expect(found.section).toMatchObject({
      claim: { key: "regime.none.claim" },
      figures: [],
      tables: [],
      gaps: [{ key: "regime.gap" }],
    });
  });

  it("leaves the others in the grid", () => {
    const found = issue({
      a: priceTo(700, "up", "high"),
      b: priceTo(779, "down", "high"),
      c: { gap: "file-empty" },
    });
    expect(found.said).toEqual(["regime.b.down.high"]);
    expect(found.fact("regime.count.markets").value).toBe(1);
    expect(found.section.gaps.map(({ places }) => Object.values(places)[0])).toMatchObject([
      { name: { en: "the a" } },
      { name: { en: "the c" } },
    ]);
  });

  it("carries a caveat below ten years", () => {
    expect(issue({ a: priceTo(1000, "up", "high") }).fact("regime.a.rv20")).toMatchObject({
      status: "warn",
      reasons: [{ code: "short-history", need: 2520, have: 979 }],
    });
  });

  it("leaves its reason in facts.json, and a market in the grid none", () => {
    const found = issue({ a: priceTo(700, "up", "high"), b: priceTo(779, "up", "high") });
    expect(found.refused).toEqual(["regime.a"]);
    // 700 − 20 sessions have a volatility, 679 of them before the last.
    expect(found.refusal("regime.a")).toMatchObject({
      word: "regime",
      reasons: [{ code: "too-few", need: 756, have: 679 }],
      instead: null,
    });
  });

  // It has a thousand sessions: neither its reason nor the gap may blame their number.
  it("is not what a price is said to have that was not positive", () => {
    const sunk = priceTo(1000, "up", "high").map(([day, v], i): Row => [day, i === 500 ? -v : v]);
    const found = issue({ a: sunk });
    expect(found.refusal("regime.a").reasons.map(({ code }) => code)).toEqual(["not-positive"]);
    expect(found.section.gaps.map(messages.translator("en")).join()).not.toMatch(/session|short|enough|few/i);
    expect(found.section.gaps.map(messages.translator("zh-CN")).join()).not.toMatch(/不足|过短|太少|交易日/);
    expect(found.section.gaps).toHaveLength(1);
  });

  // 2,541 sessions: the first 20 have no volatility, and the last is not in its own history.
  it("is noted below ten years of volatility, with the number of sessions", () => {
    const found = issue({ whole: priceTo(2541, "up", "high"), short: priceTo(2540, "down", "high") });
    expect(found.section.tables[0]?.notes).toMatchObject([
      { key: "regime.method" },
      { key: "regime.table.note" },
      { key: "regime.table.short", places: { n: { fact: "regime.short.history" } } },
    ]);
    expect(found.section.tables[0]?.notes).toHaveLength(3);
    expect(found.fact("regime.short.history").value).toBe(2519);
    expect(found.fact("regime.whole.history").value).toBe(2520);
  });
});
