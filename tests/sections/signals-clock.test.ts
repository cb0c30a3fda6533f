import { describe, expect, it } from "vitest";
import { type Row, series } from "#tests/sections/days.ts";
import type { CaseSeries } from "#tests/sections/market-case.ts";
import { ofIssue, rowsTo, rules, sectors, signalsIssue, zOf } from "#tests/sections/signals-case.ts";

const bare = Object.fromEntries(Object.keys(sectors({})).map((id) => [id, { rows: rowsTo([1, 2]) }]));
/** Month-ends to December 2025, each known three weeks later. */
const monthly = (values: readonly number[], last = 2025 * 12 + 11, known = true): CaseSeries => ({
  staleAfter: 75,
  rows: values.map((value, i): Row => {
    const month = last - (values.length - 1 - i);
    const day = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).toISOString().slice(0, 10);
    const knownAt = new Date(Date.parse(day) + 21 * 86_400_000).toISOString();
    return known ? [day, value, knownAt] : [day, value];
  }),
});
const n = 120;
const wave = (i: number) => Math.sin(i * 1.3) + Math.sin(i * 0.7);
/** Growth in points, and prices that rise a little every month; the last three months by a push. */
const growth = (push: number) => series(n, (i) => 100 + wave(i) + (i === n - 1 ? push : 0));
const prices = (push: number) =>
  series(n, (i) => 100 * 1.002 ** i * (1 + wave(i) / 2000) * (i >= n - 1 ? 1 + push : 1));
const clockOf = (own: Readonly<Record<string, CaseSeries>>, ids: readonly string[] = ["G"]) =>
  signalsIssue({ ...bare, ...own }, rules({ clock: { growth: ids, inflation: "P" } }));
const both = (g: number, p: number) => clockOf({ G: monthly(growth(g)), P: monthly(prices(p)) });

describe("growth and inflation", () => {
  it.each([
    ["overheat", 9, 0.01],
    ["recovery", 9, -0.01],
    ["stagflation", -9, 0.01],
    ["reflation", -9, -0.01],
  ])("make the quadrant %s", (quadrant, g, p) => {
    const found = both(g, p);
    expect(found.said).toEqual([`signals.clock.${quadrant}`]);
    expect(ofIssue(found, `signals.clock.${quadrant}`)).toEqual([
      `signals.clock.${quadrant}.text`,
      "signals.clock.lag",
    ]);
  });

  it("leave it open where one of them is within a quarter of its usual pace", () => {
    // The mean of the three-month changes before, for the latest of them.
    const flat = growth(0);
    const changes = flat.slice(3).map((v, i) => v - (flat[i] ?? 0));
    const mean = changes.slice(0, -1).reduce((a, b) => a + b, 0) / (changes.length - 1);
    const found = both(mean - (changes.at(-1) ?? 0), 0.01);
    expect(found.said).toEqual(["signals.clock.open"]);
    expect(found.refusal("signals.clock.quadrant").reasons).toEqual([{ code: "within-band" }]);
  });

  it("are z-scores among the months before, and told with the days since their months ended", () => {
    const [g, p] = [growth(9), prices(0.01)];
    const found = both(9, 0.01);
    expect(found.fact("signals.clock.growth").value).toBeCloseTo(
      zOf(g.slice(3).map((v, i) => v - (g[i] ?? 0))),
      8,
    );
    const gaps = p.slice(12).map((c, i) => (c / (p[i + 9] ?? 1)) ** 4 - c / (p[i] ?? 1));
    expect(found.fact("signals.clock.inflation").value).toBeCloseTo(zOf(gaps), 8);
    expect(found.fact("signals.clock.growth-month").value).toBe("2025-12");
    // From 31 December to 13 February.
    expect(found.fact("signals.clock.growth-lag").value).toBe(44);
  });

  it("count only what was published by then, and say where that is assumed", () => {
    const january = [...(monthly(growth(9)).rows ?? []), ["2026-01-31", 10, "2026-02-20T12:00:00Z"] as Row];
    const found = clockOf({ G: { ...monthly(growth(9)), rows: january }, P: monthly(prices(0.01)) });
    expect(found.fact("signals.clock.growth").value).toBe(both(9, 0.01).fact("signals.clock.growth").value);
    const assumed = clockOf({ G: monthly(growth(9), undefined, false), P: monthly(prices(0.01)) });
    expect(ofIssue(assumed, "signals.clock.overheat").at(-1)).toBe("signals.clock.assumed");
  });

  it("tell of the oldest of several growth signals, and do without one that is too old", () => {
    const old = monthly(growth(9), 2025 * 12 + 10);
    const two = clockOf({ G: monthly(growth(9)), H: old, P: monthly(prices(0.01)) }, ["G", "H"]);
    expect(two.fact("signals.clock.growth-month").value).toBe("2025-11");
    const stale = clockOf(
      { G: monthly(growth(9)), H: monthly(growth(-9), 2025 * 12 + 9), P: monthly(prices(0.01)) },
      ["G", "H"],
    );
    expect(stale.said).toEqual(["signals.clock.overheat"]);
    expect(stale.gaps).toContain("signals.gap.without");
  });

  it("are not told where core prices are too old, missing or too few", () => {
    const G = monthly(growth(9));
    for (const P of [
      monthly(prices(0), 2025 * 12 + 9),
      { gap: "file-missing", staleAfter: 75 } as const,
      monthly(prices(0).slice(-70)),
    ])
      expect(clockOf({ G, P }).gaps).toContain("signals.gap.clock");
    expect(clockOf({ G: { gap: "file-missing", staleAfter: 75 }, P: monthly(prices(0)) }).gaps).toContain(
      "signals.gap.clock",
    );
  });
});
