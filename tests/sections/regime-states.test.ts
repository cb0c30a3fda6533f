import { describe, expect, it } from "vitest";
import { normals } from "#tests/metrics/normals.ts";
import { ending, regimeOf, rowsOf } from "#tests/sections/conditions-case.ts";

const n = 2700;
const draws = normals(n, 11);
/** Volatility by turns: so many sessions calm, so many not, the last phase begun so many sessions ago. */
const phases = (calm: number, wild: number, last: { readonly size: number; readonly sessions: number }) => {
  const sizeAt = (left: number) =>
    left < last.sessions ? last.size : (n - left) % (calm + wild) < calm ? 0.005 : 0.02;
  return rowsOf(draws, (r, _, left) => r * sizeAt(left));
};
const issue = (rows: ReturnType<typeof phases>, isInGrid = true) =>
  regimeOf({ series: { a: { rows } }, regime: isInGrid ? ["a"] : [], conditions: { states: "a" } });

describe("hidden states as a second opinion", () => {
  it("agree with a grid that has high volatility where the stressed state is confirmed", () => {
    const found = issue(phases(300, 60, { size: 0.02, sessions: 40 }));
    const said = found.statement("regime.a.states.agrees");
    expect(said).toMatchObject({
      gate: { rule: "J1 hidden states", found: { isStable: true, state: "stressed", calmness: "high" } },
      stance: "a.second-opinion:agrees",
    });
    expect(Number(found.fact("regime.a.state-probability").value)).toBeGreaterThan(0.99);
    expect(Number(found.fact("regime.a.state-entropy").value)).toBeLessThan(0.1);
    expect(found.fact("regime.a.state-probability").params).toMatchObject({
      states: 2,
      estimatedTo: "2026-01-30",
    });
    expect([found.measures, found.readings]).toEqual([["states"], ["states-agrees.stressed"]]);
  });

  it("disagree with it, in words and in stance, where it has normal volatility", () => {
    // Two sessions of five are stressed: their volatility is not among the highest fifth.
    const found = issue(phases(90, 60, { size: 0.018, sessions: 40 }));
    expect(found.statement("regime.a.states.disagrees")).toMatchObject({
      gate: { found: { state: "stressed", calmness: "normal" } },
      stance: "a.second-opinion:disagrees",
      text: [{ key: "regime.states.text.disagrees.stressed" }, { key: "regime.states.grid.normal" }],
    });
    expect(found.sentences).toContain("regime.states.text.disagrees.stressed");
  });

  it("stand alone for a market that is not in the grid", () => {
    expect(issue(phases(300, 60, { size: 0.005, sessions: 100 }), false).said).toEqual([
      "regime.a.states.alone",
    ]);
  });

  it("are in doubt for three weeks after the state that was confirmed", () => {
    const found = issue(phases(300, 60, { size: 0.03, sessions: 5 }), false);
    expect(found.said).toEqual(["regime.a.states.unsure"]);
    expect(found.statement("regime.a.states.unsure").gate.found.state).toBe("calm");
    expect(Number(found.fact("regime.a.state-probability").value)).toBeLessThan(0.5);
  });

  it("say so where there are none that could be told apart", () => {
    const found = issue(
      rowsOf(draws, (r) => 0.01 * r),
      false,
    );
    expect(found.said).toEqual([]);
    expect(found.gaps).toEqual(["regime.conditions.gap.no-states"]);
    expect(found.refusal("regime.a.states").reasons.map(({ code }) => code)).toEqual(["one-state"]);
  });

  it("are not asked of a series that is short or late", () => {
    const rows = phases(300, 60, { size: 0.02, sessions: 40 });
    expect(issue(rows.slice(-1299), false).gaps).toEqual(["regime.conditions.gap.states"]);
    expect(issue(ending({ rows }, 4).rows as typeof rows, false).gaps).toEqual([
      "regime.conditions.gap.states",
    ]);
  });
});
