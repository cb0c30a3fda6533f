import { describe, expect, it } from "vitest";
import { addDays } from "#src/domain/time.ts";
import { series } from "#tests/sections/days.ts";
import type { CaseSeries } from "#tests/sections/market-case.ts";
import { count, counts, friday, narrativeOf, newsOf, theme, weekly } from "#tests/sections/narratives.ts";

const cap = (value: number, more: Partial<CaseSeries> = {}): CaseSeries => ({
  kind: "aum",
  currency: "USD",
  staleAfter: 75,
  rows: [["2026-01-30", value]],
  ...more,
});

describe("two narratives", () => {
  const battle = narrativeOf({ series: newsOf(counts(60, 100), counts(40, 70)) });

  it("battle where each is told much by its own past and neither drowns the other out", () => {
    expect(battle.statement("narrative.contest.battle")).toMatchObject({
      gate: { rule: "N2 balance and contest" },
      stance: "narrative.contest:battle",
      proof: "narrative.intensity",
      text: [
        { key: "narrative.first.top" },
        { key: "narrative.second.top" },
        { key: "narrative.battle.balance" },
      ],
    });
    expect(battle.claim).toBe("narrative.battle.claim");
    expect(battle.section("narrative").figures.map(({ id }) => id)).toEqual(["narrative.intensity"]);
    expect(battle.rows).toEqual(["intensity", "intensity", "weaker"]);
    expect(battle.gaps).toEqual([]);
  });

  it("have the intensities, percentiles and contest of their definitions", () => {
    // Of one source the deviation drops out: the share over its mean in the first 104 weeks.
    const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
    const index = (level: number, last: number) => (100 * last) / mean(counts(level, last).slice(0, 104));
    const [a, b] = [index(60, 100), index(40, 70)];
    expect(battle.fact("narrative.alpha.intensity").value).toBeCloseTo(a, 9);
    expect(battle.fact("narrative.beta.intensity").value).toBeCloseTo(b, 9);
    expect(battle.fact("narrative.contest.contest").value).toBeCloseTo((2 * Math.min(a, b)) / (a + b), 12);
    expect(battle.fact("narrative.contest.weaker").value).toBeCloseTo(Math.min(a, b) / (a + b), 12);
    expect(battle.fact("narrative.alpha.share").value).toBe(0.1);
    expect(battle.fact("narrative.contest.history").value).toBe(260);
    expect(battle.fact("narrative.contest.day").value).toBe(friday);
    expect(battle.fact("narrative.contest.base-to").value).toBe(addDays(friday, -7 * (320 - 104)));
  });

  it("move trillions only where the companies are worth them, each counted once", () => {
    const of = (values: readonly number[], more: Partial<CaseSeries> = {}) =>
      narrativeOf({
        series: {
          ...newsOf(counts(60, 100), counts(40, 70)),
          ...Object.fromEntries(values.map((value, i) => [`cap${i}`, cap(value, i === 0 ? more : {})])),
        },
        rules: { capital: values.map((_, i) => `cap${i}`) },
      });
    const found = of([6e11, 4e11]);
    expect(found.claim).toBe("narrative.battle.trillions");
    expect(found.fact("narrative.capital.total")).toMatchObject({ value: 1e12, unit: "USD", state: "none" });
    expect(found.fact("narrative.capital.day").value).toBe("2026-01-30");
    const short = of([6e11, 3.99e11]);
    expect(short.claim).toBe("narrative.battle.claim");
    expect(short.refusal("narrative.contest.battle-for-trillions").reasons).toEqual([
      { code: "below-a-trillion", need: 1e12, have: 9.99e11 },
    ]);
    // One of four is too old: three quarters are there, and of two in four nothing is said.
    const old = { rows: [["2025-11-28", 9e12]] as const };
    expect(of([9e12, 4e11, 4e11, 4e11], old).fact("narrative.capital.total").value).toBe(1.2e12);
    const half = of([9e12, 4e11], old);
    expect(half.fact("narrative.capital.total").reasons).toMatchObject([{ code: "coverage" }]);
    expect(half.claim).toBe("narrative.battle.claim");
    expect(half.rows).not.toContain("capital");
  });

  it("do not move trillions without a battle", () => {
    const found = narrativeOf({
      series: { ...newsOf(counts(60, 60), counts(40, 70)), cap0: cap(5e12) },
      rules: { capital: ["cap0"] },
    });
    expect(found.said).toEqual(["narrative.contest.second-told-much"]);
    expect(found.refused).toContain("narrative.contest.battle-for-trillions");
    expect(found.rows).toContain("capital");
  });

  it("are both told much where one drowns the other out", () => {
    const found = narrativeOf({ series: newsOf(counts(60, 300), counts(40, 50)) });
    expect(found.claim).toBe("narrative.both.claim");
    expect(found.refusal("narrative.contest.battle").reasons).toMatchObject([
      { code: "not-contested", need: 0.6 },
    ]);
    const [, , balance] = found.statement("narrative.contest.both-told-much").text;
    expect(balance?.places).toMatchObject({ louder: { name: { en: "the alpha narrative" } } });
  });

  it.each([
    ["first", counts(60, 90), counts(40, 36)],
    ["second", counts(60, 56), counts(40, 70)],
  ] as const)("are told much one by one: the %s", (side, alpha, beta) => {
    const found = narrativeOf({ series: newsOf(alpha, beta) });
    expect(found.claim).toBe(`narrative.loud.${side}`);
    expect(found.said).toEqual([`narrative.contest.${side}-told-much`]);
    expect(found.refusal("narrative.contest.battle").reasons.map(({ code }) => code)).toContain(
      side === "first" ? "second-not-told-much" : "first-not-told-much",
    );
  });

  it("stand out neither, at the 69th percentile as at the bottom", () => {
    // Eleven counts in turn: 7.7 of them lie below the 70th percentile.
    const found = narrativeOf({ series: newsOf(counts(60, 62), counts(40, 30)) });
    expect(found.fact("narrative.alpha.percentile").value).toBeLessThan(70);
    expect(found.claim).toBe("narrative.usual.claim");
    expect(found.sentences).toEqual(["narrative.first.middle", "narrative.second.bottom"]);
    expect(narrativeOf({ series: newsOf(counts(60, 63), counts(40, 30)) }).claim).toBe(
      "narrative.loud.first",
    );
  });

  it("have the buckets of the one that is told more thinly", () => {
    const found = narrativeOf({ series: newsOf(counts(60, 60), counts(12, 12)) });
    expect(found.fact("narrative.alpha.intensity").window).toEqual(
      found.fact("narrative.beta.intensity").window,
    );
    expect(found.fact("narrative.alpha.intensity").window.n).toBeGreaterThan(1);
  });

  it("have no percentile of a short history, and none at all below the base", () => {
    const short = (n: number) => narrativeOf({ series: newsOf(counts(60, 100, n), counts(40, 70, n)) });
    // 104 earlier readings, and one fewer.
    expect(short(105).claim).toBe("narrative.battle.claim");
    const unranked = short(104);
    expect(unranked.claim).toBe("narrative.unranked.claim");
    expect(unranked.fact("narrative.alpha.percentile").reasons).toEqual([
      { code: "too-few", need: 104, have: 103 },
    ]);
    const none = short(103);
    expect(none).toMatchObject({
      said: [],
      claim: "narrative.none.claim",
      gaps: ["narrative.gap.short"],
      rows: [],
    });
    expect(none.fact("narrative.contest.have").value).toBe(103);
  });
});

describe("headlines", () => {
  const news = newsOf(counts(60, 100), counts(40, 70));

  it("that come later change nothing, and one that was known does", () => {
    const late = (rows: readonly (readonly [string, number, string?])[]): CaseSeries => ({
      ...count([]),
      rows: [...weekly(counts(60, 100)).slice(0, -1), ...rows],
    });
    const of = (alpha: CaseSeries) =>
      narrativeOf({ series: { ...news, alpha_hits: alpha } }).fact("narrative.alpha.intensity").value;
    const base = of(late([[friday, 100]]));
    expect(
      of(
        late([
          [friday, 100],
          ["2026-02-20", 999],
        ]),
      ),
    ).toBe(base);
    expect(
      of(
        late([
          [friday, 100, "2026-02-13T12:00:00Z"],
          [friday, 999, "2026-02-16T12:00:00Z"],
        ]),
      ),
    ).toBe(base);
    expect(
      of(
        late([
          [friday, 100, "2026-02-13T12:00:00Z"],
          [friday, 90, "2026-02-13T13:00:00Z"],
        ]),
      ),
    ).not.toBe(base);
  });

  it("with a lag are of the last week that could be read, which the page names", () => {
    const lag = { sessions: 1, hours: 0 };
    const lagged = Object.fromEntries(Object.entries(news).map(([id, each]) => [id, { ...each, lag }]));
    const found = narrativeOf({ series: lagged });
    expect(found.fact("narrative.contest.day").value).toBe("2026-02-06");
    // A source that lags holds the others back, so that all are of the same weeks.
    const mixed = narrativeOf({ series: { ...news, beta_hits: { ...news.beta_hits, lag } } });
    expect(mixed.fact("narrative.contest.day").value).toBe("2026-02-06");
  });

  it("that have ended leave the other narrative its own number and say so", () => {
    const old = { ...count([]), rows: weekly(counts(40, 70), "2026-01-16") };
    const found = narrativeOf({ series: { ...news, beta_hits: old } });
    expect(found.said).toEqual([]);
    expect(found.fact("narrative.alpha.intensity").value).not.toBeNull();
    expect(found.fact("narrative.beta.intensity").value).toBeNull();
    expect(found.gaps).toEqual(["narrative.gap.intensity", "narrative.gap.absent.one"]);
    expect(found.section("narrative").figures).toEqual([]);
  });

  it("that are none at all leave one line", () => {
    const none = { kind: "count", frequency: "weekly", rows: [] } as const;
    const found = narrativeOf({ series: { articles: none, alpha_hits: none, beta_hits: none } });
    expect(found).toMatchObject({ said: [], rows: [], claim: "narrative.none.claim" });
    expect(found.gaps).toEqual(["narrative.gap.intensity", "narrative.gap.absent.several"]);
  });

  it("that have not come to thirty for more than four weeks are none of this week", () => {
    const quiet = (weeks: number) =>
      narrativeOf({
        series: newsOf(
          counts(60, 60),
          counts(40, 1).map((v, t) => (t < 320 - weeks ? v : 1)),
        ),
      });
    expect(quiet(4).fact("narrative.beta.intensity").value).not.toBeNull();
    const found = quiet(5);
    expect(found.fact("narrative.contest.contest").reasons).toEqual([
      { code: "open-bucket", need: 4, have: 5 },
    ]);
    // Alone the other narrative has a number of this week.
    expect(found.fact("narrative.alpha.intensity").value).not.toBeNull();
  });

  it("of a source that begins later begin another base", () => {
    const themes = ["alpha", "beta"].map((id) =>
      theme(id, { sources: [...theme(id).sources, { share: `${id}_share` }] }),
    ) as unknown as readonly [ReturnType<typeof theme>, ReturnType<typeof theme>];
    const share = (n: number): CaseSeries => ({
      kind: "ratio",
      frequency: "weekly",
      rows: weekly(series(n, (t) => 0.01 + (t % 5) / 1000)),
    });
    const of = (n: number) =>
      narrativeOf({ series: { ...news, alpha_share: share(n), beta_share: share(n) }, rules: { themes } });
    expect(of(320).fact("narrative.contest.history").value).toBe(260);
    expect(of(150).fact("narrative.contest.history").value).toBe(149);
    expect(of(150).fact("narrative.contest.base-from").value).toBe(addDays(friday, -7 * 149));
    expect(of(100).gaps).toEqual(["narrative.gap.short"]);
  });

  it("of shares alone are weeks of their own, without an interval", () => {
    const themes = [
      theme("alpha", { sources: [{ share: "a" }] }),
      theme("beta", { sources: [{ share: "b" }] }),
    ] as const;
    const share = (last: number): CaseSeries => ({
      kind: "ratio",
      frequency: "weekly",
      rows: weekly(counts(60, last).map((v) => v / 4000)),
    });
    const found = narrativeOf({ series: { a: share(100), b: share(90) }, rules: { themes } });
    expect(found.claim).toBe("narrative.battle.claim");
    expect(found.fact("narrative.alpha.share").reasons).toEqual([{ code: "not-counted" }]);
    // Per cent read as fractions cannot be shares, and are no numbers.
    const percent = { ...share(100), rows: weekly(counts(60, 100)) };
    expect(narrativeOf({ series: { a: percent, b: share(90) }, rules: { themes } }).said).toEqual([]);
  });

  it("with more hits than articles in a week have none there, and nothing fails", () => {
    const more = { ...count(counts(60, 2000)) };
    const found = narrativeOf({ series: { ...news, alpha_hits: more } });
    expect(found.fact("narrative.contest.day").value).toBe("2026-02-06");
  });
});

describe("the tone of a narrative", () => {
  const toned = (last: number, more: Partial<CaseSeries> = {}, n = 300) =>
    narrativeOf({
      series: {
        ...newsOf(counts(60, 60), counts(40, 40)),
        tone: {
          kind: "tone",
          frequency: "weekly",
          rows: weekly(series(n, (t) => (t === n - 1 ? last : t % 2 ? 1 : -1))),
          ...more,
        },
      },
      rules: { themes: [theme("alpha", { tone: ["tone"] }), theme("beta")] },
    });
  // Of 260 that alternate the deviation is √(260/259).
  const edge = Math.sqrt(260 / 259);

  it("is darker or brighter from a deviation on, and otherwise in the table alone", () => {
    expect(toned(-edge).said).toContain("narrative.alpha.tone.darker");
    expect(toned(edge).said).toContain("narrative.alpha.tone.brighter");
    const inside = toned(-edge * 0.999);
    expect(inside.said).toEqual(["narrative.contest.usual"]);
    expect(inside.refusal("narrative.alpha.tone-darker").reasons).toMatchObject([
      { code: "tone-above", need: -1 },
    ]);
    expect(inside.rows).toContain("tone");
  });

  it("is missing where it is too old or too short, which a line says", () => {
    expect(toned(-3, { rows: weekly(counts(1, 1), "2026-01-16") }).gaps).toEqual([
      "narrative.gap.tone",
      "narrative.gap.absent.one",
    ]);
    expect(toned(-3, {}, 105).said).toContain("narrative.alpha.tone.darker");
    const short = toned(-3, {}, 104);
    expect(short.gaps).toEqual(["narrative.gap.tone"]);
    expect(short.fact("narrative.alpha.tone").reasons).toEqual([{ code: "too-few", need: 104, have: 103 }]);
  });
});
