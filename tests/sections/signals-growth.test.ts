import { describe, expect, it } from "vitest";
import type { GrowthSignalRule } from "#src/domain/signals-rules.ts";
import { noisePanel } from "#tests/metrics/panels.ts";
import { ending } from "#tests/sections/conditions-case.ts";
import { priceOf, type Row } from "#tests/sections/days.ts";
import type { CaseSeries } from "#tests/sections/market-case.ts";
import {
  ofIssue,
  quiet,
  rowsTo,
  rules,
  sectors,
  signalsIssue,
  yieldsOf,
  zOf,
} from "#tests/sections/signals-case.ts";

const sessions = 1100;
const dice = noisePanel(12, sessions, 5);
const rule = (series: string, more: Partial<GrowthSignalRule> = {}): GrowthSignalRule => ({
  series,
  over: null,
  less: null,
  means: "growth",
  name: null,
  ...more,
});
/** A price with a drift in the last twenty sessions. */
const price = (k: number, drift: number): CaseSeries => ({
  rows: rowsTo(priceOf((dice[k] ?? []).map((r, t, all) => r + (t >= all.length - 20 ? drift : 0)))),
});
/** A yield, in fractions, with a drift a day in the last twenty sessions. */
const rate = (k: number, drift: number): CaseSeries => {
  let level = 0.04;
  const levels = (dice[k] ?? []).map((r, t, all) => {
    level += r / 20 + (t >= all.length - 20 ? drift : 0);
    return level;
  });
  return { kind: "yield", rows: rowsTo(levels) };
};
const assets = ["T0", "T1", "T2", "T3", "T4"];
const turbulence = Object.fromEntries(assets.map((id, k) => [id, price(k + 6, 0)]));
/** Prices, a yield and a volatility index that all move a long way, the signs as given. */
const given = (signs: readonly number[]): Readonly<Record<string, CaseSeries>> => {
  const [a = 1, b = 1, c = 1, d = 1, e = 1] = signs;
  return {
    ...turbulence,
    P: price(0, 0.02 * a),
    Q: price(1, 0.02 * b),
    R: price(2, 0.02 * c),
    Y: rate(3, 0.001 * d),
    V: { ...price(4, -0.02 * e), tags: ["volatility"] },
  };
};
const five = [rule("P"), rule("Q"), rule("R"), rule("Y"), rule("V", { means: "slowdown" })];
const issueOf = (
  own: Readonly<Record<string, CaseSeries>>,
  growth: readonly GrowthSignalRule[] = five,
  conditions: { readonly turbulence?: readonly string[] } = { turbulence: assets },
  curve: ReturnType<typeof rules>["curve"] = null,
) => {
  const found = signalsIssue({ ...bare, ...own }, rules({ growth, curve }), { conditions });
  return { ...found, of: found.said.filter((id) => id.startsWith("signals.growth")) };
};
/** Sectors with too short a history to say anything of. */
const bare = Object.fromEntries(Object.keys(sectors({})).map((id) => [id, { rows: rowsTo([1, 2]) }]));

describe("signals of growth", () => {
  const mixed = given([1, -1, 1, -1, 1]);

  it("that are far out on both sides contradict one another, beside the correlation surprise", () => {
    const found = issueOf(mixed);
    expect(found.of).toEqual(["signals.growth.contradictory"]);
    const said = found.statement("signals.growth.contradictory");
    expect(said.gate.rule).toBe("E2 cross-asset contradiction");
    expect(said.text.map(({ key }) => key.replace(/\.(bottom|middle|top)$/u, ""))).toEqual([
      "signals.contradiction.text",
      "signals.contradiction.pair",
      "signals.contradiction.second",
      "signals.contradiction.surprise",
    ]);
    expect(found.part.claim.key).toBe("signals.contradiction.claim");
    expect(found.rows.map(({ head }) => head.key).slice(-2)).toEqual([
      "signals.table.contradiction",
      "signals.table.surprise",
    ]);
    expect(Number(found.fact("signals.growth.contradiction").value)).toBeGreaterThanOrEqual(0.6);
  });

  it("are z-scores of twenty sessions: logarithms of prices, differences of yields and volatility, three at most", () => {
    const found = issueOf(mixed);
    const levelsOf = (id: string) => (mixed[id]?.rows ?? []).map(([, v]) => v);
    const changes = (levels: readonly number[]) => levels.slice(20).map((v, t) => v - (levels[t] ?? 0));
    const g = (id: string, sign: number, levels: readonly number[]) => {
      const wanted = sign * Math.min(3, Math.max(-3, zOf(changes(levels))));
      expect(found.fact(`signals.growth.${id}.g`).value).toBeCloseTo(wanted, 8);
      return wanted;
    };
    const all = [
      ...["P", "Q", "R"].map((id) => g(id, 1, levelsOf(id).map(Math.log))),
      g("Y", 1, levelsOf("Y")),
      g("V", -1, levelsOf("V")),
    ];
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    const size = sum(all.map(Math.abs));
    expect(found.fact("signals.growth.contradiction").value).toBeCloseTo(1 - Math.abs(sum(all)) / size, 8);
    expect(found.fact("signals.growth.intensity").value).toBeCloseTo(size / 5, 8);
    const [last = 0, before = 1] = [levelsOf("P").at(-1), levelsOf("P").at(-21)];
    expect(found.fact("signals.growth.P.change")).toMatchObject({ unit: "return" });
    expect(found.fact("signals.growth.P.change").value).toBeCloseTo(last / before - 1, 10);
    const yields = levelsOf("Y");
    expect(found.fact("signals.growth.Y.change").unit).toBe("bp");
    expect(found.fact("signals.growth.Y.change").value).toBeCloseTo(
      1e4 * ((yields.at(-1) ?? 0) - (yields.at(-21) ?? 0)),
      6,
    );
    expect(found.fact("signals.growth.V.change").unit).toBe("points");
  });

  it("stand beside the same correlation surprise as the conditions of the regime", () => {
    const { composed } = signalsIssue({ ...bare, ...mixed }, rules({ growth: five }), {
      conditions: { turbulence: assets },
      sections: ["signals", "regime"],
      regime: ["I"],
    });
    const numberOf = (id: string) => composed.facts.facts.find((fact) => fact.id === id)?.value;
    expect(numberOf("signals.surprise")).not.toBeNull();
    expect(numberOf("signals.surprise")).toBe(numberOf("regime.conditions.correlation-surprise"));
    expect(numberOf("signals.surprise-percentile")).toBe(
      numberOf("regime.conditions.correlation-surprise-percentile"),
    );
  });

  it("that agree only have a mean", () => {
    const found = issueOf(given([1, 1, 1, 1, 1]));
    expect(found.of).toEqual(["signals.growth.lean"]);
    expect(ofIssue(found, "signals.growth.lean")).toEqual(["signals.lean.growth"]);
    expect(found.refusal("signals.growth.contradictory").reasons.map(({ code }) => code)).toEqual([
      "contradiction-below",
    ]);
    expect(ofIssue(issueOf(given([-1, -1, -1, -1, -1])), "signals.growth.lean")).toEqual([
      "signals.lean.slowdown",
    ]);
  });

  it("that are weak contradict nothing", () => {
    // As far in the last twenty sessions as on average.
    const still = (each: CaseSeries): CaseSeries => {
      const values = (each.rows ?? []).map(([, v]) => v);
      const level = values.at(-21) ?? 0;
      return { ...each, rows: rowsTo([...values.slice(0, -20), ...values.slice(-20).map(() => level)]) };
    };
    const own = given([1, -1, 1, -1, 1]);
    const found = issueOf(
      Object.fromEntries(
        Object.entries(own).map(([id, each]) => [id, id.startsWith("T") ? each : still(each)]),
      ),
    );
    expect(found.of).toEqual(["signals.growth.lean"]);
    expect(found.refusal("signals.growth.contradictory").reasons.map(({ code }) => code)).toContain(
      "intensity-below",
    );
    // None is a deviation away from zero: none says anything.
    expect(found.fact("signals.growth.says-growth").value).toBe(0);
    expect(found.fact("signals.growth.says-slowdown").value).toBe(0);
    expect(ofIssue(found, "signals.growth.lean")).toEqual(["signals.lean.none"]);
  });

  it("are not said to contradict without the correlation surprise", () => {
    const short = Object.fromEntries(assets.map((id) => [id, ending(mixed[id], 4)]));
    const found = issueOf({ ...mixed, ...short });
    expect(found.of).toEqual(["signals.growth.lean"]);
    expect(found.rows.map(({ head }) => head.key)).not.toContain("signals.table.surprise");
    expect(found.refusal("signals.growth.contradictory").reasons.map(({ code }) => code)).toContain(
      "coverage",
    );
  });

  it("leave a gap where fewer than five count, and do without one of six", () => {
    const found = issueOf({ ...mixed, P: ending(mixed.P, 4) });
    expect(found.gaps).toEqual(["signals.gap.strength", "signals.gap.growth", "signals.gap.without"]);
    expect(found.rows).toEqual([]);
    const six = issueOf({ ...mixed, S: { gap: "file-missing" } }, [...five, rule("S")]);
    expect(six.of).toEqual(["signals.growth.contradictory"]);
    expect(six.fact("signals.growth.contradiction").reasons).toContainEqual({
      code: "components-missing",
      need: 6,
      have: 5,
    });
    expect(six.gaps).toContain("signals.gap.without");
  });

  it("may be ratios and slopes, which have a level where both have one", () => {
    const six = [
      ...five,
      rule("P", { over: "Q" }),
      rule("Y", { less: "X", name: { en: "slope", "zh-CN": "利差" } }),
    ];
    const found = issueOf({ ...mixed, X: rate(5, 0) }, six);
    const ratio = (mixed.P?.rows ?? []).map(([, v], t) => Math.log(v / (mixed.Q?.rows?.[t]?.[1] ?? 1)));
    const z = zOf(ratio.slice(20).map((v, t) => v - (ratio[t] ?? 0)));
    expect(found.fact("signals.growth.P.over.Q.g").value).toBeCloseTo(Math.min(3, z), 8);
    expect(found.fact("signals.growth.Y.less.X.change").unit).toBe("bp");
    const names = found.rows.map(({ head }) => head.places.name).filter((place) => place !== undefined);
    expect(names).toContainEqual({ name: { en: "The P/the Q", "zh-CN": "序列P/序列Q" } });
    expect(names).toContainEqual({ name: { en: "Slope", "zh-CN": "利差" } });
  });

  it("are of the last day that all have, and no later one", () => {
    const late = issueOf({ ...mixed, Q: ending(mixed.Q, 1) });
    expect(late.fact("signals.growth.day").value).toBe("2026-02-12");
    expect(late.part.tables[0]?.notes.map(({ key }) => key)).toContain("signals.table.day");
    const later = { ...mixed, Q: { rows: [...(mixed.Q?.rows ?? []), ["2026-02-16", 1] as Row] } };
    const [before, after] = [issueOf(mixed), issueOf(later)];
    expect(after.fact("signals.growth.contradiction").value).toBe(
      before.fact("signals.growth.contradiction").value,
    );
  });

  it("lead the section where they contradict one another and the sectors do not", () => {
    const found = signalsIssue({ ...sectors({}), ...mixed }, rules({ growth: five, curve: null }), {
      conditions: { turbulence: assets },
    });
    expect(found.part.claim.key).toBe("signals.contradiction.claim");
    expect(found.sentences[0]).toBe("signals.contradiction.text");
    expect(found.sentences.at(-2)).toMatch(/^signals\.joint\.cyclical/u);
  });

  it("stand beside a bull flattener where the curve makes one", () => {
    const bull = { S: yieldsOf(4, quiet(Array(20).fill(-1))), L: yieldsOf(4.5, quiet(Array(20).fill(-3))) };
    const found = issueOf({ ...mixed, ...bull }, five, { turbulence: assets }, { short: "S", long: "L" });
    expect(ofIssue(found, "signals.growth.contradictory").at(-1)).toBe(
      "signals.contradiction.bull-flattener",
    );
    expect(found.said).toContain("signals.curve-20.bull-flattener");
  });
});
