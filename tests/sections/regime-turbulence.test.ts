import { describe, expect, it } from "vitest";
import { joinedPrices } from "#src/sections/regime-data.ts";
import { noisePanel } from "#tests/metrics/panels.ts";
import { ending, names, regimeOf, type Shape, seriesOf } from "#tests/sections/conditions-case.ts";
import { weekdaysTo } from "#tests/sections/days.ts";

const assets = names(8);
const panel = noisePanel(8, 1400);
/** The last five sessions so many times as large. */
const lastWeek =
  (times: number): Shape =>
  (r, _, left) =>
    left < 5 ? times * r : r;
const turbulence = { turbulence: assets };

describe("turbulence", () => {
  const wild = regimeOf({ series: seriesOf(assets, panel, () => lastWeek(4)), conditions: turbulence });

  it("is said of a week whose moves are far from their norm, with its place in its history", () => {
    const said = wild.statement("regime.turbulence.turbulent");
    expect(said).toMatchObject({
      gate: { rule: "J4 turbulence and absorption" },
      stance: "turbulence:turbulent",
      text: [{ key: "regime.turbulence.text.turbulent" }, { key: "regime.turbulence.rank.top" }],
    });
    expect(Number(wild.fact("regime.conditions.turbulence").value)).toBeGreaterThan(3);
    expect(wild.fact("regime.conditions.turbulence-percentile").value).toBe(100);
    expect(wild.fact("regime.conditions.turbulence-assets").value).toBe(8);
    expect(wild.measures).toEqual(["turbulence", "correlation-surprise"]);
    expect(wild.readings[0]).toBe("turbulent");
    expect(wild.sentences).toContain("regime.turbulence.text.turbulent");
  });

  it("is as rare as one in its independent weeks", () => {
    // 1,400 returns: a surprise from the 251st on, a week of them from the 255th, the last excluded from its own history.
    const n = 1400 - 250 - 4 - 1;
    expect(wild.fact("regime.conditions.turbulence-history").value).toBe(n);
    expect(wild.statement("regime.turbulence.turbulent").tail).toEqual({
      share: 1 / Math.floor(n / 5),
      n: Math.floor(n / 5),
      record: false,
    });
  });

  it("is not said of a week like others, and the page says that nothing stands out", () => {
    const calm = regimeOf({ series: seriesOf(assets, panel, () => lastWeek(0.5)), conditions: turbulence });
    expect(calm.said).toEqual(["regime.turbulence.quiet"]);
    expect(calm.refusal("regime.turbulence.turbulent").reasons).toMatchObject([
      { code: "turbulence-below", need: 75 },
    ]);
    expect(calm.readings[0]).toBe("not-turbulent");
    expect(calm.sentences).toEqual(["regime.conditions.nothing"]);
  });

  it("tells moves that are odd in combination from moves that are large", () => {
    // All names move together but in the last week, when half of them go against the others.
    const odd = regimeOf({
      series: seriesOf(assets, panel, (k) => (r, _, left) => (left < 5 && k % 2 === 0 ? -r : r)),
      conditions: turbulence,
    });
    expect(Number(odd.fact("regime.conditions.correlation-surprise").value)).toBeGreaterThan(1.2);
    expect(odd.readings[1]).toBe("odd-combination");
    expect(wild.readings[1]).toBe("usual-combination");
    expect(odd.sentences).toContain("regime.turbulence.odd");
  });
});

describe("series that do not count", () => {
  const all = seriesOf(assets, panel, () => lastWeek(4));

  it("are named once, and the others are measured while four fifths are there", () => {
    // Four sessions without a close are one too many.
    const found = regimeOf({ series: { ...all, s3: ending(all.s3, 4) }, conditions: turbulence });
    expect(found.gaps).toEqual(["regime.conditions.without"]);
    expect(found.fact("regime.conditions.turbulence-assets").value).toBe(7);
    expect(found.said).toEqual(["regime.turbulence.turbulent"]);
    const three = regimeOf({ series: { ...all, s3: ending(all.s3, 3) }, conditions: turbulence });
    expect(three.gaps).toEqual([]);
    expect(three.fact("regime.conditions.turbulence").window.end).toBe("2026-02-10");
  });

  it("leave no measure where too few are left, with the reason in facts.json", () => {
    const found = regimeOf({
      series: { ...all, s3: ending(all.s3, 4), s4: ending(all.s4, 9) },
      conditions: turbulence,
    });
    expect(found.said).toEqual([]);
    expect(found.gaps).toEqual([
      "regime.conditions.gap.turbulence",
      "regime.conditions.without",
      "regime.conditions.without",
    ]);
    expect(found.refusal("regime.turbulence.turbulent").reasons).toEqual([
      { code: "coverage", need: 7, have: 6 },
    ]);
    expect(found.measures).toEqual([]);
  });

  it("are those that began too late for a window and a year of history", () => {
    const from = (sessions: number) => ({ rows: (all.s3?.rows ?? []).slice(-sessions) });
    expect(regimeOf({ series: { ...all, s3: from(1008) }, conditions: turbulence }).gaps).toEqual([]);
    expect(regimeOf({ series: { ...all, s3: from(1007) }, conditions: turbulence }).gaps).toEqual([
      "regime.conditions.without",
    ]);
  });

  it("are said to be left out of some of the measures where another counts them", () => {
    const many = names(11);
    const wide = seriesOf(many, noisePanel(11, 1400));
    const gaps = (sessions: number) =>
      regimeOf({
        series: { ...wide, s3: { rows: (wide.s3?.rows ?? []).slice(-sessions) } },
        conditions: { turbulence: assets, absorption: many },
      }).gaps;
    // The absorption ratio needs a window and a year less than turbulence and a year.
    expect(gaps(1007)).toEqual(["regime.conditions.without-some"]);
    expect(gaps(752)).toEqual(["regime.conditions.without-some"]);
    expect(gaps(751)).toEqual(["regime.conditions.without"]);
  });

  it("are not said to count in a measure that there is not", () => {
    const found = regimeOf({
      series: { ...all, s3: ending(all.s3, 4) },
      conditions: { turbulence: assets, absorption: assets },
    });
    // Eight names are too few for the absorption ratio.
    expect(found.gaps).toEqual(["regime.conditions.gap.absorption", "regime.conditions.without"]);
    const sparse = regimeOf({
      series: { ...all, s3: { rows: (all.s3?.rows ?? []).slice(-800) } },
      conditions: { turbulence: assets, absorption: assets },
    });
    expect(sparse.gaps).toEqual(["regime.conditions.gap.absorption", "regime.conditions.without"]);
  });

  it("are those whose last year lacks more than a quarter of its days, or that were not positive", () => {
    const sparse = (keep: (i: number) => boolean) => ({
      rows: (all.s3?.rows ?? []).filter((_, i) => keep(i)),
    });
    expect(
      regimeOf({ series: { ...all, s3: sparse((i) => i % 5 !== 0) }, conditions: turbulence }).gaps,
    ).toEqual([]);
    const gaps = (s3: ReturnType<typeof sparse>) =>
      regimeOf({ series: { ...all, s3 }, conditions: turbulence }).gaps;
    expect(gaps(sparse((i) => i < 1 || i % 3 !== 1))).toContain("regime.conditions.without");
    const sunk = (all.s3?.rows ?? []).map(([day, v], i): readonly [string, number] => [
      day,
      i === 700 ? -v : v,
    ]);
    expect(gaps({ rows: sunk })).toEqual(["regime.conditions.without"]);
  });
});

describe("joined returns", () => {
  const dates = weekdaysTo("2026-02-13", 8);
  const dated = (...without: readonly number[]) => ({
    dates: dates.filter((_, i) => !without.includes(i)),
    values: dates.map((_, i) => i).filter((i) => !without.includes(i)),
  });

  it("are of a day where they span two sessions at the most", () => {
    expect(joinedPrices([dated(), dated(2)], 99).isDaily).toEqual([true, true, true, true, true, true]);
    expect(joinedPrices([dated(), dated(2, 3)], 99).isDaily).toEqual([true, false, true, true, true]);
  });

  it("are of the last days", () => {
    expect(joinedPrices([dated(), dated()], 3)).toEqual({
      dates: dates.slice(-3),
      prices: [
        [5, 6, 7],
        [5, 6, 7],
      ],
      isDaily: [true, true],
    });
  });
});

describe("the absorption ratio", () => {
  const sectors = names(10, "x");
  const returns = noisePanel(10, 1000, 7);
  const market = noisePanel(1, 1000, 9, 0.02)[0] ?? [];
  /** Lately one factor moves all names. */
  const coupled = (weight: number) => (_k: number) => (r: number, t: number, left: number) =>
    left < 15 ? r + weight * (market[t] ?? 0) : r;
  const both = (weight: number, times: number) =>
    regimeOf({
      series: {
        ...seriesOf(assets, noisePanel(8, 1400), () => lastWeek(times)),
        ...seriesOf(sectors, returns, coupled(weight)),
      },
      conditions: { ...turbulence, absorption: sectors },
    });

  it("makes a market fragile that a common factor has lately moved", () => {
    const found = both(3, 4);
    expect(found.said).toEqual(["regime.turbulence.turbulent-fragile"]);
    expect(Number(found.fact("regime.conditions.absorption-shift").value)).toBeGreaterThan(1);
    expect(found.measures).toEqual(["turbulence", "correlation-surprise", "absorption"]);
    expect(found.readings[2]).toBe("fragile");
    expect(both(3, 0.5).said).toEqual(["regime.turbulence.fragile"]);
  });

  it("leaves it as it was where none has", () => {
    const found = both(0, 4);
    expect(found.said).toEqual(["regime.turbulence.turbulent"]);
    expect(found.readings[2]).toBe("not-fragile");
    expect(found.refusal("regime.turbulence.turbulent-fragile").reasons.map(({ code }) => code)).toEqual([
      "shift-below",
    ]);
  });

  it("is a gap where fewer than ten names have a window and a year", () => {
    const short = seriesOf(sectors, noisePanel(10, 750, 7));
    const found = regimeOf({
      series: { ...seriesOf(assets, panel, () => lastWeek(4)), ...short },
      conditions: { ...turbulence, absorption: sectors },
    });
    expect(found.said).toEqual(["regime.turbulence.turbulent"]);
    expect(found.gaps[0]).toBe("regime.conditions.gap.absorption");
    expect(found.measures).toEqual(["turbulence", "correlation-surprise"]);
  });
});
