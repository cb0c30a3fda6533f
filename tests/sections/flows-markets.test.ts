import { describe, expect, it } from "vitest";
import { noisePanel } from "#tests/metrics/panels.ts";
import { ending } from "#tests/sections/conditions-case.ts";
import { closesTo, priceOf, type Row } from "#tests/sections/days.ts";
import { fund } from "#tests/sections/funds.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import { type CaseSeries, namedList } from "#tests/sections/market-case.ts";

const friday = "2026-02-13";
const sessions = 1420;
const [home = [], own = []] = noisePanel(2, sessions, 17);
/** Prices to the Friday, of returns made from both dice: at session `t`, `left` before the last. */
const made = (of: (h: number, o: number, left: number) => number): Row[] =>
  closesTo(friday, priceOf(home.map((h, t) => of(h, own[t] ?? 0, home.length - 1 - t))));
const atHome: CaseSeries = { rows: made((h) => h) };

function marketsIssue(abroad: CaseSeries, at: CaseSeries = atHome, asOf = friday) {
  const issue = issueOf(
    {
      series: { A: abroad, H: at, f: fund(2e9), g: fund(1e9) },
      flows: {
        groups: { F: namedList("F", "f"), G: namedList("G", "g") },
        compare: [["F", "G"]],
        markets: { home: "H", abroad: "A" },
      },
      sections: ["flows"],
    },
    asOf,
  );
  const section = issue.section("flows");
  return {
    ...issue,
    of: issue.said.filter((id) => /flows\.(abroad|haven)\./u.test(id)),
    sentences: section.words.flat().map(({ key }) => key),
    table: section.tables.find(({ id }) => id === "flows.markets"),
    gaps: section.gaps.map(({ key }) => key),
  };
}
const drift = (d: number) => marketsIssue({ rows: made((h, o, left) => h + o / 20 + (left < 20 ? d : 0)) });

describe("markets abroad", () => {
  it("are strong where they beat the one at home by a standard deviation, and weak where they lag as much", () => {
    const strong = drift(0.001);
    expect(strong.of).toEqual(["flows.abroad.strong"]);
    expect(strong.statement("flows.abroad.strong")).toMatchObject({
      gate: { rule: "A4 relative strength" },
      stance: "abroad:strong",
    });
    expect(strong.sentences).toContain("flows.abroad.strong.text");
    expect(drift(-0.001).of).toEqual(["flows.abroad.weak"]);
  });

  it("that are neither stand in the table alone", () => {
    const found = marketsIssue({ rows: made((h, o, left) => (left < 20 ? h : h + o / 20)) });
    expect(found.of).toEqual([]);
    expect(found.sentences.filter((key) => key.startsWith("flows.abroad"))).toEqual([]);
    expect(found.table?.head.map((each) => each.say.key.split(".").at(-1))).toEqual([
      "market",
      "strength",
      "z",
      "up",
      "down",
      "now",
      "before",
    ]);
    expect(found.refused.some((id) => id.startsWith("flows.abroad"))).toBe(true);
  });

  it("are measured by returns of twenty sessions, of whole months and of weeks", () => {
    const rows = made((h, o, left) => 0.6 * h + o / 4 + (left < 20 ? 0.001 : 0));
    const found = marketsIssue({ rows });
    const [a, h] = [rows, atHome.rows ?? []];
    const ratio = a.map(([, v], t) => Math.log(v / (h[t]?.[1] ?? 1)));
    expect(found.fact("flows.markets.strength").value).toBeCloseTo(
      Math.expm1((ratio.at(-1) ?? 0) - (ratio.at(-21) ?? 0)),
      10,
    );
    // Whole months: January 2026 is the last.
    const ends = a.flatMap(([day], t) =>
      a[t + 1]?.[0].slice(0, 7) === day.slice(0, 7) || day >= "2026-02" ? [] : [t],
    );
    const monthly = (series: readonly Row[]) =>
      ends
        .slice(1)
        .map((t, k) => (series[t]?.[1] ?? 0) / (series[ends[k] ?? 0]?.[1] ?? 1) - 1)
        .slice(-60);
    const [ra, rh] = [monthly(a), monthly(h)];
    const falling = rh.flatMap((r, t) => (r < 0 ? [t] : []));
    const mean = (values: readonly number[]) =>
      falling.reduce((sum, t) => sum + (values[t] ?? 0), 0) / falling.length;
    expect(found.fact("flows.markets.falling-months").value).toBe(falling.length);
    expect(found.fact("flows.markets.months").value).toBe(60);
    expect(found.fact("flows.markets.down-capture").value).toBeCloseTo(mean(ra) / mean(rh), 10);
  });

  /** Abroad follows home, and in the last half year hardly. */
  const parted = (beta: number): CaseSeries => ({
    rows: made((h, o, left) => (left < 130 ? 0.1 * h + 0.9 * (o - h) : beta * h + (o - h) / 10)),
  });

  it("are a haven where their down-capture is below one and their correlation with home has fallen", () => {
    const found = marketsIssue(parted(0.6));
    expect(found.of).toContain("flows.haven.haven");
    const { gate, text } = found.statement("flows.haven.haven");
    expect(gate.found).toMatchObject({ "change.state": "down" });
    expect(Number(gate.found.downCapture)).toBeLessThan(1);
    // The word stands with its numbers, windows among them.
    expect(text).toMatchObject([
      {
        key: "flows.haven.text.lost",
        places: {
          nowN: { fact: "flows.markets.correlation-weeks" },
          beforeN: { fact: "flows.markets.correlation-weeks-before" },
        },
      },
    ]);
    expect(found.fact("flows.markets.correlation-weeks").value).toBe(26);
    expect(found.fact("flows.markets.correlation-weeks-before").value).toBe(104);
  });

  it("that gained while home fell are not said to have lost a part of it", () => {
    const found = marketsIssue({
      rows: made((h, o, left) => (left < 130 ? -0.1 * h + 0.9 * (o - h) : (h < 0 ? -0.2 : 0.9) * h + o / 10)),
    });
    expect(found.fact("flows.markets.down-capture").value).toBeLessThan(-0.01);
    expect(found.statement("flows.haven.haven").text).toMatchObject([{ key: "flows.haven.text.gained" }]);
  });

  it("are none where they fell more than home, or as closely with it as before", () => {
    const deep = marketsIssue(parted(1.6));
    expect(deep.of).not.toContain("flows.haven.haven");
    expect(deep.refusal("flows.haven.haven").reasons.map(({ code }) => code)).toEqual(["down-capture-above"]);
    const close = marketsIssue({ rows: made((h, o) => 0.6 * h + (o - h) / 10) });
    expect(close.refusal("flows.haven.haven").reasons.map(({ code }) => code)).toContain("q-above");
  });

  it("are a gap where one ends early or is missing, and the rest of the section stands", () => {
    for (const [abroad, at] of [
      [ending(atHome, 4), atHome],
      [atHome, { gap: "file-missing" } as const],
    ] as const) {
      const found = marketsIssue(abroad, at);
      expect([found.of, found.table]).toEqual([[], undefined]);
      expect(found.gaps).toContain("flows.markets.gap");
      expect(found.sentences.length).toBeGreaterThan(0);
    }
  });

  it("of a short history have a strength and nothing else", () => {
    const found = marketsIssue({ rows: made((h) => 1.1 * h).slice(-30) });
    expect(found.table?.head.map((each) => each.say.key.split(".").at(-1))).toEqual(["market", "strength"]);
    expect(found.table?.notes).toEqual([]);
  });

  it("count to the cut-off, and a month that is over with it", () => {
    const rows = made((h, o) => 0.6 * h + o / 4);
    const later: CaseSeries = { rows: [...rows, ["2026-02-16", 1]] };
    const strengthOf = (each: CaseSeries) => marketsIssue(each).fact("flows.markets.strength").value;
    expect(strengthOf(later)).toBe(strengthOf({ rows }));
    const atEnd = marketsIssue({ rows }, atHome, "2026-01-30");
    expect(atEnd.fact("flows.markets.down-capture").value).toBe(
      marketsIssue({ rows }).fact("flows.markets.down-capture").value,
    );
  });
});
