import { describe, expect, it } from "vitest";
import type { DiffusionRule } from "#src/domain/narrative-rules.ts";
import { addDays } from "#src/domain/time.ts";
import { type Row, series, weekdaysTo } from "#tests/sections/days.ts";
import type { CaseSeries } from "#tests/sections/market-case.ts";
import { count, counts, friday, narrativeOf, newsOf, weekly } from "#tests/sections/narratives.ts";
import { noise } from "#tests/sections/surfaces.ts";

const days = weekdaysTo(friday, 1000);
/** A price whose daily returns are noise of a seed, and in the last sessions a drift. */
const price = (seed: number, drift = 0, last = 15, size = 0.004): CaseSeries => {
  const dice = noise(seed);
  let level = 100;
  return {
    kind: "price",
    rows: days.map((day, t): Row => {
      level *= 1 + size * dice() + (days.length - t <= last ? drift : 0);
      return [day, level];
    }),
  };
};
const flat: CaseSeries = { rows: days.map((day): Row => [day, 100]) };
const usual = newsOf(counts(60, 60), counts(40, 40));

describe("sub-industries that a narrative reaches", () => {
  const ids = series(6, (i) => i).map((i) => `S${i}`);
  const rule = (isTold: boolean, of = ids): DiffusionRule => ({
    theme: "alpha",
    market: "M",
    industries: of.map((id) => ({
      series: id,
      news: isTold ? { mentions: `${id}_m`, articles: `${id}_t` } : null,
    })),
  });
  /** Mentions that go up and down, and in the last weeks more of them. */
  const mentions = (more: number, weeks = 2) =>
    count(series(320, (t) => 10 + ((t * 7) % 5) + (t >= 320 - weeks ? more : 0)));
  const market = (falling: readonly number[], named: readonly number[], weeks = 2) => ({
    ...usual,
    M: flat,
    ...Object.fromEntries(
      ids.flatMap((id, i) => [
        [id, price(i, falling.includes(i) ? -0.006 : 0)],
        [`${id}_m`, mentions(named.includes(i) ? 20 : -4, weeks)],
        [`${id}_t`, count(series(320, () => 200))],
      ]),
    ),
  });
  const of = (all: Readonly<Record<string, CaseSeries>>, isTold = true) =>
    narrativeOf({ series: all, rules: { diffusion: rule(isTold) } });

  it("are those that headlines name more and that fall behind, and the new ones are named", () => {
    const found = of(market([0, 1, 2], [0, 1, 4]));
    const said = found.statement("narrative.diffusion.spreading");
    expect(said.text.map(({ key }) => key)).toEqual([
      "narrative.spreading.headlines",
      "narrative.spreading.new",
    ]);
    expect(said.text[1]?.places).toMatchObject({
      new: { name: { en: "the S0 and the S1", "zh-CN": "序列S0和序列S1" } },
    });
    expect(found.fact("narrative.diffusion.hit").value).toBe(2);
    expect(found.fact("narrative.diffusion.known").value).toBe(6);
    expect(found.fact("narrative.diffusion.change").value).toBeCloseTo(2 / 6, 12);
    expect(found.claim).toBe("narrative.spreading.claim.headlines");
    expect(found.rows).toContain("hit");
  });

  it("are told apart from those of which returns alone tell", () => {
    const found = of(market([0, 1, 2], []), false);
    expect(found.claim).toBe("narrative.spreading.claim.returns");
    expect(found.fact("narrative.diffusion.hit").value).toBe(3);
    expect(found.fact("narrative.diffusion.hit").method).toContain("returns alone");
    // With headlines, none is hit that none names.
    const silent = of(market([0, 1, 2], []));
    expect(silent.fact("narrative.diffusion.hit").value).toBe(0);
    expect(silent.refusal("narrative.diffusion.spreading").reasons.map(({ code }) => code)).toEqual([
      "not-risen",
      "no-entrant",
    ]);
    expect(silent.said).toEqual(["narrative.contest.usual"]);
  });

  it("are reached and no more where they were four weeks before", () => {
    // Falling for nine weeks and named for seven, so that both were so four weeks ago.
    const long = Object.fromEntries(ids.map((id, i) => [id, price(i, i < 2 ? -0.006 : 0, 45)]));
    const found = of({ ...market([], [0, 1], 7), ...long });
    expect(found.said).toContain("narrative.diffusion.reached");
    expect(found.fact("narrative.diffusion.entrants").value).toBe(0);
    expect(found.refusal("narrative.diffusion.spreading").reasons.map(({ code }) => code)).toContain(
      "no-entrant",
    );
  });

  it("are of the last week that has headlines, and of none that ended", () => {
    const lag = { sessions: 1, hours: 0 };
    const all = market([0, 1], [0, 1]);
    const lagged = Object.fromEntries(
      Object.entries(all).map(([id, each]) => [id, /_[mt]$/u.test(id) ? { ...each, lag } : each]),
    );
    expect(of(lagged).fact("narrative.diffusion.day").value).toBe("2026-02-06");
    const old = { ...count([]), rows: weekly(counts(10, 10), "2026-01-16") };
    const without = of({ ...all, S5_m: old });
    expect(without.fact("narrative.diffusion.known").value).toBe(5);
    expect(without.gaps).toEqual(["narrative.gap.absent.one"]);
    // Five is the least that a count is told of.
    const fewer = of({ ...all, S5_m: old, S4_m: old });
    expect(fewer.fact("narrative.diffusion.hit").reasons).toEqual([{ code: "too-few", need: 5, have: 4 }]);
    expect(fewer.gaps).toEqual(["narrative.gap.diffusion", "narrative.gap.absent.several"]);
  });

  it("need three years of history", () => {
    const cut = (n: number) =>
      Object.fromEntries(
        Object.entries(market([0, 1], [0, 1])).map(([id, each]) => [
          id,
          /^S\d$/u.test(id) ? { ...each, rows: (each.rows ?? []).slice(-n) } : each,
        ]),
      );
    // 20 sessions before the first excess return, 156 weeks of them, and four before: 161 weeks of values.
    expect(of(cut(20 + 5 * 161)).fact("narrative.diffusion.change").value).not.toBeNull();
    expect(of(cut(20 + 5 * 158)).fact("narrative.diffusion.change").value).toBeNull();
    expect(of(cut(20 + 5 * 150)).gaps).toEqual(["narrative.gap.diffusion"]);
  });
});

describe("those whom a narrative is told to hurt", () => {
  const n = 200;
  /** Weekly hits from a seed, and what a name's week makes of the change of intensity beside the market. */
  function hurt(rise: number, fall: number, size = 0.001, weeks = n) {
    const dice = noise(3);
    const hits = series(weeks, () => Math.round(60 + 20 * dice()));
    const mean = hits.slice(0, 104).reduce((sum, v) => sum + v, 0) / Math.min(104, weeks);
    const index = hits.map((h) => (100 * h) / mean);
    const own = noise(8);
    const market = series(weeks, () => 0.02 * own());
    const [a, m] = [[100], [100]];
    for (let t = 1; t < weeks; t++) {
      const shock = (index[t] ?? 0) - (index[t - 1] ?? 0);
      const r = 1.2 * (market[t] ?? 0) + (shock > 0 ? rise : fall) * shock + size * own();
      a.push((a.at(-1) ?? 100) * (1 + r));
      m.push((m.at(-1) ?? 100) * (1 + (market[t] ?? 0)));
    }
    const daily = (levels: readonly number[]): CaseSeries => ({ kind: "price", rows: filled(levels) });
    return {
      hits,
      series: { ...newsOf(hits, counts(40, 40, weeks)), V: daily(a), W: daily(a), M: daily(m) },
    };
  }
  /** A price every weekday that jumps on Fridays, so that its series is no weekly one. */
  const filled = (levels: readonly number[]): readonly Row[] =>
    levels.flatMap((level, i) =>
      series(5, (d) => d).map((d): Row => {
        const end = addDays(friday, -7 * (levels.length - 1 - i));
        return [addDays(end, d - 4), d === 4 ? level : (levels[i - 1] ?? level)];
      }),
    );
  const rules = {
    victims: {
      theme: "alpha",
      name: { en: "Software", "zh-CN": "软件股" },
      prose: { en: "software", "zh-CN": "软件股" },
      members: ["V", "W"],
      market: "M",
    },
  };
  const of = (made: Readonly<Record<string, CaseSeries>>) => narrativeOf({ series: made, rules });

  it("answer asymmetrically where a rise costs them, and more than a fall gives back", () => {
    const found = of(hurt(-0.002, -0.0004).series);
    expect(found.fact("narrative.victims.rise").value).toBeCloseTo(-0.02, 2);
    expect(found.fact("narrative.victims.fall").value).toBeCloseTo(0.004, 2);
    const said = found.statement("narrative.victims.asymmetric");
    expect(said.text.map(({ key }) => key)).toEqual(["narrative.victims.rise", "narrative.victims.fall.up"]);
    expect(found.fact("narrative.victims.asymmetry").stats?.q).toBeLessThan(0.01);
    expect(found.section("narrative").tables[0]?.notes.map(({ key }) => key)).toEqual([
      "narrative.table.below.victims",
    ]);
    expect(found.fact("narrative.victims.weeks").value).toBe(n - 1);
  });

  it.each([
    ["both answers are alike", hurt(-0.001, -0.001, 0.004), "q-above"],
    ["a rise costs nothing", hurt(0.002, 0.0002), "no-loss"],
    ["a fall gives more", hurt(-0.0005, -0.003), "gain-larger"],
  ])("are not said to where %s", (_, { series: made }, code) => {
    const found = of(made);
    expect(found.said).not.toContain("narrative.victims.asymmetric");
    expect(found.refusal("narrative.victims.asymmetric").reasons.map((each) => each.code)).toContain(code);
    expect(found.rows).toContain("victims");
  });

  it("need 104 weeks, three quarters of the names, and headlines", () => {
    const made = hurt(-0.002, -0.0004, 0.001, 105).series;
    expect(of(made).fact("narrative.victims.rise").value).not.toBeNull();
    const short = of(hurt(-0.002, -0.0004, 0.001, 104).series);
    expect(short.fact("narrative.victims.rise").reasons).toEqual([{ code: "too-few", need: 104, have: 103 }]);
    expect(short.gaps).toEqual(["narrative.gap.victims"]);
    const ended = { kind: "price", rows: (made.W?.rows ?? []).slice(0, -9) } as const;
    const half = of({ ...made, W: ended });
    expect(half.fact("narrative.victims.rise").reasons).toMatchObject([{ code: "coverage", have: 0.5 }]);
    expect(half.gaps).toEqual(["narrative.gap.victims", "narrative.gap.absent.one"]);
    const silent = { kind: "count", frequency: "weekly", rows: [] } as const;
    expect(of({ ...made, alpha_hits: silent }).fact("narrative.victims.rise").reasons).toEqual([
      { code: "stale" },
    ]);
  });
});
