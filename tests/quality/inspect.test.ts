import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Acceptance, Gate, QualityRules } from "#src/domain/quality.ts";
import type { Gathered, Observation } from "#src/domain/series.ts";
import { inspect } from "#src/quality/inspect.ts";
import { spoilt, walk } from "#tests/quality/values.ts";
import { closesTo } from "#tests/sections/days.ts";
import {
  type CaseSeries,
  gatheredOf,
  inputOf,
  inspectedInputOf,
  type MarketCase,
  workspaceOf,
} from "#tests/sections/market-case.ts";

const friday = "2026-02-13";
const plain: QualityRules = { agree: [], identities: [], accept: [], severity: {} };
const rowsOf = (values: readonly number[]) => closesTo(friday, values);
const market = (
  series: Readonly<Record<string, CaseSeries>>,
  quality: Partial<QualityRules> = {},
): MarketCase => ({
  series,
  sections: ["sources"],
  quality: { ...plain, ...quality },
});
const inspected = (...from: Parameters<typeof market>) => inspectedInputOf(market(...from), friday);
const accept = (gate: Gate, from: string, to = from, series = "a"): Acceptance => ({
  series,
  gate,
  from,
  to,
  by: { en: "Ada", "zh-CN": "艾达" },
  because: { en: "the exchange says so", "zh-CN": "交易所确认" },
});

const rows = rowsOf(walk(60));
const day = (i: number): string => rows.at(i)?.[0] ?? "";
const zeroAt20 = { a: { rows: rowsOf(spoilt(walk(60), { 20: 0 })) } };

describe("what is not trusted", () => {
  it("is set aside and nothing else is changed: every value that counts is the one that was read", () => {
    const { panel, findings } = inspected(zeroAt20);
    expect(findings.map(({ gate, from, n }) => [gate, from, n])).toEqual([["impossible-value", day(20), 1]]);
    expect(panel.column("a").dates).toEqual(rows.map(([date]) => date).filter((date) => date !== day(20)));
    expect(panel.column("a").values).toEqual(walk(60).filter((_, i) => i !== 20));
  });

  it("leaves a digest of what counts: the same as of a file that never had it", () => {
    const never = inspected({ a: { rows: rows.filter(([date]) => date !== day(20)) } });
    const whole = inspected({ a: { rows } });
    const { panel } = inspected(zeroAt20);
    expect(panel.column("a").digest).toBe(never.panel.column("a").digest);
    expect(panel.column("a").digest).not.toBe(whole.panel.column("a").digest);
    expect(panel.column("a").knownAt).toBe(whole.panel.column("a").knownAt);
  });

  it("leaves a sound series as it is, to the byte", () => {
    const input = inputOf(workspaceOf(market({ a: { rows } })), gatheredOf(market({ a: { rows } })), friday);
    const { panel, findings } = inspect(input.workspace, input.panel);
    expect(findings).toEqual([]);
    expect(panel.column("a")).toBe(input.panel.column("a"));
  });

  it("may be all there is; then the series has a gap that says so", () => {
    const { panel } = inspected({ a: { kind: "price", rows: rowsOf([-3, -2, -1]) } });
    expect(panel.column("a")).toMatchObject({ dates: [], values: [], knownAt: null, gap: "set-aside" });
  });

  it("is not seen by the gates after: a bad row is found once", () => {
    const values = spoilt(walk(60), { 20: -50, 21: 0, 30: 10_000 });
    const { findings } = inspected({ a: { rows: rowsOf(values) } });
    expect(findings.map(({ gate, n }) => [gate, n])).toEqual([
      ["impossible-value", 2],
      ["bad-print", 1],
    ]);
  });

  it("the last value among it makes the series end earlier", () => {
    const { panel, findings } = inspected({ a: { rows: rowsOf(spoilt(walk(60), { 59: 10 })) } });
    expect(findings).toMatchObject([{ gate: "split-seam", symptom: "unconfirmed", from: friday }]);
    expect(panel.column("a").dates.at(-1)).toBe(day(58));
  });
});

describe("a finding that somebody answers for", () => {
  const withRules = (...acceptances: readonly Acceptance[]) => inspected(zeroAt20, { accept: acceptances });

  it("keeps its values, and is found all the same", () => {
    const { panel, findings } = withRules(accept("impossible-value", day(20)));
    expect(panel.column("a").values).toHaveLength(60);
    expect(findings).toMatchObject([{ accepted: { by: { en: "Ada" } } }]);
  });

  it.each([
    ["the days around it", accept("impossible-value", day(10), day(30)), true],
    ["its day only to the day before", accept("impossible-value", day(10), day(19)), false],
    ["only from the day after", accept("impossible-value", day(21), day(30)), false],
    ["another gate", accept("bad-print", day(20)), false],
    ["another series", accept("impossible-value", day(20), day(20), "b"), false],
  ])("needs its series, its gate and all its days: %s", (_, rule, kept) => {
    const { panel } = inspected({ ...zeroAt20, b: { rows } }, { accept: [rule] });
    expect(panel.column("a").values).toHaveLength(kept ? 60 : 59);
  });

  it("that matches nothing changes nothing", () => {
    const { findings } = inspected({ a: { rows } }, { accept: [accept("unit-jump", day(3))] });
    expect(findings).toEqual([]);
  });

  it("stays accepted when an unconfirmed jump proves to stand", () => {
    const halved = (n: number) => walk(60).map((value, i) => (i < 60 - n ? value : value / 2));
    const found = (n: number) => {
      const rule = accept("split-seam", day(-n));
      return inspected({ a: { rows: rowsOf(halved(n)) } }, { accept: [rule] });
    };
    expect(found(2).findings).toMatchObject([{ symptom: "unconfirmed", accepted: { by: { en: "Ada" } } }]);
    expect(found(10).findings).toMatchObject([{ symptom: "seam", accepted: { by: { en: "Ada" } } }]);
    expect(found(10).panel.column("a").values).toHaveLength(60);
  });
});

describe("two series that disagree", () => {
  const other = { rows: rowsOf(spoilt(walk(60), { 40: 120 })) };
  const agree = [{ series: "a", with: "b", tolerance: { share: 0.01 } }];

  it("lose both their values of that day", () => {
    const { panel, findings } = inspected({ a: { rows }, b: other }, { agree });
    expect(findings.map(({ series, other: than, from }) => [series, than, from])).toEqual([
      ["a", "b", day(40)],
      ["b", "a", day(40)],
    ]);
    for (const id of ["a", "b"]) expect(panel.column(id).dates).not.toContain(day(40));
  });

  it("of which one is vouched for lose the other's", () => {
    const rules = { agree, accept: [accept("sources-disagree", day(40))] };
    const { panel } = inspected({ a: { rows }, b: other }, rules);
    expect(panel.column("a").dates).toContain(day(40));
    expect(panel.column("b").dates).not.toContain(day(40));
  });
});

describe("a total that is not the sum of its parts", () => {
  const half = rowsOf(walk(60).map((value) => value / 2));
  const series = { t: { rows: rowsOf(spoilt(walk(60), { 40: 90 })) }, a: { rows: half }, b: { rows: half } };
  const identities = [{ total: "t", parts: ["a", "b"], tolerance: { amount: 0.5 } }];

  it("is set aside with its parts, and holds the issue", () => {
    const { panel, findings } = inspected(series, { identities });
    expect(findings).toMatchObject([{ gate: "identity", series: "t", severity: "hold", from: day(40) }]);
    for (const id of ["t", "a", "b"]) expect(panel.column(id).dates).not.toContain(day(40));
  });

  it("only warns where the workspace says so, and keeps all where somebody answers for it", () => {
    const warned = inspected(series, { identities, severity: { identity: "warn" } });
    expect(warned.findings).toMatchObject([{ severity: "warn" }]);
    const kept = inspected(series, { identities, accept: [accept("identity", day(40), day(40), "t")] });
    for (const id of ["t", "a", "b"]) expect(kept.panel.column(id).dates).toContain(day(40));
  });

  it("stays accepted while it goes on, and not where it begins anew", () => {
    const wrong = (...days: readonly number[]) => ({
      ...series,
      t: { rows: rowsOf(spoilt(walk(60), Object.fromEntries(days.map((i) => [i, 90 + i / 100])))) },
    });
    const rule = { identities, accept: [accept("identity", day(40), day(41), "t")] };
    expect(inspected(wrong(40, 41, 42, 43), rule).findings.every(({ accepted }) => accepted !== null)).toBe(
      true,
    );
    const again = inspected(wrong(40, 41, 45, 46), rule).findings;
    expect(again.map(({ accepted }) => accepted !== null)).toEqual([true, false]);
  });
});

describe("what becomes known later", () => {
  const cutoff = Date.parse("2026-02-13T23:00:00Z");
  const gathered = (...more: readonly Observation[]): readonly Gathered[] => {
    const own = rows.map(([date, value]): Observation => ({ date, value, knownAt: null }));
    return [{ series: "a", observations: [...own, ...more], gap: null }];
  };
  const judged = (given: readonly Gathered[]) => {
    const { workspace, panel } = inputOf(workspaceOf(market({ a: { rows } })), given, friday);
    const found = inspect(workspace, panel);
    return JSON.stringify([found.findings, found.panel.columns.map(({ digest, dates }) => [digest, dates])]);
  };
  const dirty = fc.record({
    date: fc.integer({ min: 0, max: 59 }).map((i) => day(i)),
    value: fc.constantFrom(0, -1, 1, 10, 100, 1000, 1e6),
    later: fc.integer({ min: 1, max: 1e9 }),
  });

  it("changes neither what was found nor what counted, not by a bit", () => {
    fc.assert(
      fc.property(fc.array(dirty, { maxLength: 8 }), fc.array(dirty, { maxLength: 8 }), (before, after) => {
        const known = before.map(({ date, value, later }) => ({ date, value, knownAt: cutoff - later }));
        const unknown = after.map(({ date, value, later }) => ({ date, value, knownAt: cutoff + later }));
        const next = [16, 17, 18].map((d) => ({ date: `2026-02-${d}`, value: 1, knownAt: null }));
        expect(judged(gathered(...known, ...unknown, ...next))).toBe(judged(gathered(...known)));
      }),
    );
  });

  it("would change it, had it been known: the twin of the law above", () => {
    const at = (knownAt: number) => judged(gathered({ date: day(30), value: 0, knownAt }));
    expect(at(cutoff)).not.toBe(judged(gathered()));
    expect(at(cutoff + 1)).toBe(judged(gathered()));
  });
});
