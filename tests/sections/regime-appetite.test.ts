import { describe, expect, it } from "vitest";
import { noisePanel } from "#tests/metrics/panels.ts";
import {
  ending,
  friday,
  names,
  regimeOf,
  rowsOf,
  type Shape,
  seriesOf,
  signal,
} from "#tests/sections/conditions-case.ts";
import type { CaseSeries } from "#tests/sections/market-case.ts";

const ids = names(4);
const panel = noisePanel(4, 1300, 3);
/** The last ten sessions all one way. */
const lately =
  (drift: number): Shape =>
  (r, _, left) =>
    left < 10 ? drift : r / 4;
const appetite = ids.map((id) => signal(id));
const market = (drifts: readonly number[], more: Readonly<Record<string, CaseSeries>> = {}) => ({
  series: { ...seriesOf(ids, panel, (k) => lately(drifts[k] ?? 0)), ...more },
  conditions: { appetite },
});
const up = [0.05, 0.05, 0.05, 0.05];

describe("risk appetite", () => {
  it("is high where its signals are far above their means, and says which speaks most for it", () => {
    const found = regimeOf(market([0.02, 0.05, 0.03, 0.04]));
    const said = found.statement("regime.appetite.high");
    expect(said).toMatchObject({
      gate: { rule: "J6 risk appetite" },
      stance: "appetite:high",
      text: [{ key: "regime.appetite.text.high.top" }, { key: "regime.appetite.signals.for" }],
    });
    expect(said.text[1]?.places).toMatchObject({ mostName: { name: { en: "the s1" } } });
    expect(found.fact("regime.conditions.appetite-percentile").value).toBe(100);
    expect(found.fact("regime.conditions.appetite-signals").value).toBe(4);
    expect([found.measures, found.readings]).toEqual([["appetite"], ["appetite-high"]]);
  });

  it("is low where they are far below, or where those that mean caution are far above", () => {
    expect(regimeOf(market(up.map((drift) => -drift))).said).toEqual(["regime.appetite.low"]);
    const caution = regimeOf({
      ...market(up),
      conditions: { appetite: ids.map((id) => signal(id, "caution")) },
    });
    expect(caution.said).toEqual(["regime.appetite.low"]);
    expect(caution.statement("regime.appetite.low").text[1]?.key).toBe("regime.appetite.signals.against");
    expect(caution.readings).toEqual(["appetite-low"]);
  });

  it("is in the middle where they speak against one another, and names the strongest of either side", () => {
    const found = regimeOf(market([0.05, -0.05, 0.04, -0.04]));
    expect(found.said).toEqual(["regime.appetite.middle"]);
    expect(found.statement("regime.appetite.middle").text.at(-1)).toMatchObject({
      key: "regime.appetite.signals.both",
    });
    expect(found.sentences).toEqual(["regime.conditions.nothing"]);
  });

  it("has only a number while its own history is short", () => {
    // A z from the 253rd value on, and a percentile among 756 scores: 252 + 756 + 1 = 1,009 values.
    const of = (values: number) =>
      regimeOf({
        series: Object.fromEntries(
          Object.entries(market(up).series).map(([id, { rows = [] }]) => [id, { rows: rows.slice(-values) }]),
        ),
        conditions: { appetite },
      });
    expect(of(1009).said).toEqual(["regime.appetite.high"]);
    const short = of(1008);
    expect(short.said).toEqual(["regime.appetite.unranked"]);
    expect(short.readings).toEqual(["appetite-unranked"]);
    expect(short.refusal("regime.appetite.high").reasons).toEqual([
      { code: "too-few", need: 756, have: 755 },
    ]);
  });
});

describe("signals", () => {
  it("are of the last day that all have, which the table names where it is not the week's last", () => {
    const all = market(up).series;
    const found = regimeOf(market(up, { s2: ending(all.s2, 1) }));
    expect(found.fact("regime.conditions.appetite-day").value).toBe("2026-02-12");
    expect(found.section("regime").tables.at(-1)?.notes).toMatchObject([
      { key: "regime.conditions.appetite-note", places: { day: { fact: "regime.conditions.appetite-day" } } },
    ]);
    expect(regimeOf(market(up)).section("regime").tables.at(-1)?.notes).toEqual([]);
  });

  it("may be ratios, which are called by both names unless they have one of their own", () => {
    const ratio = { ...signal("s0", "appetite", "other"), name: null };
    const other = { other: { rows: rowsOf(panel[1] ?? [], lately(0)) } };
    const named = (name: typeof ratio.name | { en: string; "zh-CN": string }) =>
      regimeOf({
        ...market([0.09, 0.01, 0.01, 0.01], other),
        conditions: { appetite: [{ ...ratio, name }, ...appetite.slice(1)] },
      }).statement("regime.appetite.high").text[1]?.places.mostName;
    expect(named(null)).toEqual({ name: { en: "the s0/the other", "zh-CN": "序列s0/序列other" } });
    expect(named({ en: "one over other", "zh-CN": "相对强弱" })).toEqual({
      name: { en: "one over other", "zh-CN": "相对强弱" },
    });
  });

  it("may be spreads below zero, and ratios to what is zero on a day have no level then", () => {
    const spread = { rows: rowsOf(panel[2] ?? []).map(([day, v]): [string, number] => [day, v - 100]) };
    expect(regimeOf(market(up, { s2: spread })).gaps).toEqual([]);
    const zero = {
      rows: rowsOf(panel[2] ?? []).map(([day, v], i): [string, number] => [day, i === 500 ? 0 : v]),
    };
    const found = regimeOf({
      ...market(up, { s2: zero }),
      conditions: { appetite: [signal("s0"), signal("s1"), signal("s3"), signal("s3", "appetite", "s2")] },
    });
    expect(found.fact("regime.conditions.appetite-day").value).toBe(friday);
  });

  it("leave a gap where fewer than four count", () => {
    const all = market(up).series;
    const found = regimeOf(market(up, { s2: ending(all.s2, 4) }));
    expect(found.said).toEqual([]);
    expect(found.gaps).toEqual(["regime.conditions.gap.appetite", "regime.conditions.without"]);
    expect(found.refusal("regime.appetite.high").reasons).toEqual([{ code: "too-few", need: 4, have: 3 }]);
  });
});
