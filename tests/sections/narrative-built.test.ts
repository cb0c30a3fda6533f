import { describe, expect, it } from "vitest";
import type { GivenList } from "#src/domain/declared.ts";
import { addDays } from "#src/domain/time.ts";
import { type Row, series, weekdaysTo } from "#tests/sections/days.ts";
import type { CaseSeries, MarketCase } from "#tests/sections/market-case.ts";
import { counts, friday, narrativeOf, newsOf } from "#tests/sections/narratives.ts";
import { noise } from "#tests/sections/surfaces.ts";

const usual = newsOf(counts(60, 60), counts(40, 40));

/** Quarter ends up to the last of 2025. */
const quartersOf = (values: readonly number[], end = 2026): readonly Row[] =>
  values.map((value, i): Row => {
    const back = values.length - 1 - i;
    const [year, quarter] = [end - 1 - Math.floor(back / 4), 3 - (back % 4)];
    return [`${year}-${["03-31", "06-30", "09-30", "12-31"][quarter]}`, value];
  });
const flow = (values: readonly number[], more: Partial<CaseSeries> = {}): CaseSeries => ({
  kind: "flow",
  currency: "USD",
  staleAfter: 135,
  rows: quartersOf(values),
  ...more,
});
const rule = { capex: "C", sales: "S", income: "I", depreciation: "D", cashflow: "F", market: "M" };

describe("capital expenditure", () => {
  /** Twelve quarters, of which three years each have one size. */
  const years = (a: number, b: number, c: number) => [a, a, a, a, b, b, b, b, c, c, c, c];
  const accounts = (capex: readonly number[], income: readonly number[], n = 12) => ({
    ...usual,
    C: flow(capex.slice(-n)),
    S: flow(years(100, 100, 100).slice(-n)),
    I: flow(income.slice(-n)),
    D: flow(years(5, 5, 6).slice(-n)),
    F: flow(years(9, 8, 7).slice(-n)),
    M: { rows: [] },
  });
  const of = (made: Readonly<Record<string, CaseSeries>>, more: Partial<MarketCase> = {}) =>
    narrativeOf({ series: made, rules: { capex: rule }, ...more });

  it("is questioned where it takes more of sales and brings in less", () => {
    const found = of(accounts(years(10, 15, 20), years(20, 25, 26)));
    const numbers = [
      "spent",
      "spent-before",
      "earned",
      "earned-before",
      "cash-margin",
      "growth",
      "depreciation-growth",
    ];
    // Income rose by 20 on 40 spent, then by 4 on 60.
    for (const [i, value] of [0.2, 0.15, 4 / 60, 20 / 40, 0.07, 1 / 3, 0.2].entries())
      expect(found.fact(`narrative.capex.${numbers[i]}`).value, numbers[i]).toBeCloseTo(value, 12);
    expect(found.statement("narrative.capex.questioned").text.map(({ key }) => key)).toEqual([
      "narrative.capex.rising",
      "narrative.capex.earned",
    ]);
    expect(found.claim).toBe("narrative.capex.claim.return");
    expect(found.rows).toEqual(["intensity", "intensity", "weaker", "spent", "earned", "growth"]);
    expect(found.fact("narrative.capex.quarter").value).toBe("2025-12-31");
  });

  it("is not where its return rises, or where it takes no more", () => {
    const rising = of(accounts(years(10, 15, 20), years(20, 21, 40)));
    expect(rising.said).toContain("narrative.capex.rising");
    expect(rising.refusal("narrative.capex.questioned-by-return").reasons).toMatchObject([
      { code: "return-not-falling" },
    ]);
    expect(rising.refusal("narrative.capex.questioned-by-reaction").reasons).toEqual([
      { code: "too-few", need: 5, have: 0 },
    ]);
    const less = of(accounts(years(10, 15, 15), years(20, 25, 26)));
    expect(less.said).toEqual(["narrative.contest.usual"]);
    expect(less.refusal("narrative.capex.questioned-by-return").reasons).toMatchObject([
      { code: "not-rising" },
    ]);
  });

  it("needs eight quarters, twelve for a change of its return, and numbers that still count", () => {
    const short = of(accounts(years(10, 15, 20), years(20, 25, 26), 8));
    expect(short.fact("narrative.capex.earned").value).not.toBeNull();
    expect(short.refusal("narrative.capex.questioned-by-return").reasons).toEqual([
      { code: "short-history" },
    ]);
    expect(short.said).toContain("narrative.capex.rising");
    const none = of(accounts(years(10, 15, 20), years(20, 25, 26), 7));
    expect(none.gaps).toEqual(["narrative.gap.capex"]);
    const all = accounts(years(10, 15, 20), years(20, 25, 26));
    const old = { ...all, S: flow(years(100, 100, 100), { rows: quartersOf(years(1, 1, 1), 2025) }) };
    expect(of(old).gaps).toEqual(["narrative.gap.capex", "narrative.gap.absent.one"]);
    // Without depreciation there is only less to show beside.
    const partly = of({ ...all, D: flow([]) });
    expect(partly.said).toContain("narrative.capex.questioned");
    expect(partly.gaps).toEqual(["narrative.gap.absent.one"]);
  });

  describe("and what was said of it", () => {
    const days = weekdaysTo(friday, 700);
    const at = series(6, (i) => i).map((i) => days[680 - 30 * i] ?? "");
    /** A price that follows the market but on the session after each event. */
    const builder = (move: number): CaseSeries => {
      const [dice, own] = [noise(2), noise(6)];
      let level = 100;
      return {
        kind: "price",
        rows: days.map((day, t): Row => {
          const isNext = at.includes(days[t - 1] ?? "");
          level *= 1 + 0.01 * dice() + 0.0005 * own() + (isNext ? move : 0);
          return [day, level];
        }),
      };
    };
    const market = (): CaseSeries => {
      const dice = noise(2);
      let level = 100;
      return {
        rows: days.map((day): Row => {
          level *= 1 + 0.01 * dice();
          return [day, level];
        }),
      };
    };
    const events = (n: number, hour = "22"): readonly GivenList[] => [
      {
        kind: "events",
        gap: null,
        entries: at.slice(0, n).map((day, i) => ({
          key: `g${i}`,
          knownAt: Date.parse(`${day}T${hour}:00:00Z`),
          value: JSON.stringify({
            id: `g${i}`,
            date: day,
            kind: "guidance",
            name: { en: "Guidance", "zh-CN": "业绩指引" },
            series: "B",
            source: { en: "Desk", "zh-CN": "编辑部" },
          }),
        })),
      },
    ];
    const made = (move: number) => ({
      ...accounts(years(10, 15, 20), years(20, 21, 40)),
      M: market(),
      B: builder(move),
    });

    it("is questioned by the median reaction of five days or more", () => {
      const found = of(made(-0.03), { declared: events(5) });
      expect(found.fact("narrative.guidance.events").value).toBe(5);
      expect(found.fact("narrative.guidance.median").value).toBeCloseTo(-0.03, 2);
      expect(found.said).toContain("narrative.capex.questioned");
      expect(found.claim).toBe("narrative.capex.claim.reaction");
      const few = of(made(-0.03), { declared: events(4) });
      expect(few.said).toContain("narrative.capex.rising");
      expect(few.refusal("narrative.capex.questioned-by-reaction").reasons).toEqual([
        { code: "too-few", need: 5, have: 4 },
      ]);
    });

    it("is not where prices rose", () => {
      const found = of(made(0.03), { declared: events(6) });
      expect(found.said).toContain("narrative.capex.rising");
      expect(found.refusal("narrative.capex.questioned-by-reaction").reasons).toMatchObject([
        { code: "guidance-not-sold" },
      ]);
    });

    it("counts the session after a close where the news came after it, and the day itself where it came before", () => {
      // Before the close the two sessions are the day and the next, which holds the move as well.
      expect(
        of(made(-0.03), { declared: events(6, "12") }).fact("narrative.guidance.median").value,
      ).toBeCloseTo(-0.03, 2);
    });
  });
});

describe("asset-heavy and asset-light companies", () => {
  const n = 30;
  const days = weekdaysTo(friday, 1100);
  const names = series(n, (i) => i).map((i) => `N${i}`);
  const priced = (lead: number, history = 1100) =>
    Object.fromEntries(
      names.flatMap((id, i) => {
        const dice = noise(20 + i);
        let level = 100;
        const rows = days.map((day, t): Row => {
          level *= 1 + 0.005 * dice() + (i >= 24 && days.length - t <= 20 ? lead : 0);
          return [day, level];
        });
        return [
          [id, { kind: "price", rows: rows.slice(-history) }],
          [
            `P${i}`,
            {
              kind: "ratio",
              staleAfter: 135,
              rows: series(20, (q) => q).map(
                (q): Row => [addDays("2025-12-31", -91 * (19 - q)), (i + 1) / 100],
              ),
            },
          ],
        ] as [string, CaseSeries][];
      }),
    );
  const rules = { intensity: names.map((series, i) => ({ series, assets: `P${i}` })) };
  const of = (made: Readonly<Record<string, CaseSeries>>) =>
    narrativeOf({ series: { ...usual, ...made }, rules });
  const made = priced(0.004);

  it("are ahead from a deviation of their own history on", () => {
    const found = of(made);
    expect(found.said).toContain("narrative.assets.heavy-ahead");
    expect(of(priced(-0.004)).said).toContain("narrative.assets.light-ahead");
    const still = of(priced(0.0006));
    expect(still.said).toEqual(["narrative.contest.usual"]);
    expect(still.rows).toContain("assets");
  });

  it("have the spread of their fifths, by plant that was known a quarter before", () => {
    const found = of(made);
    const ret = (id: string) => {
      const rows = made[id]?.rows ?? [];
      return (rows.at(-1)?.[1] ?? 0) / (rows.at(-21)?.[1] ?? 1) - 1;
    };
    const mean = (ids: readonly string[]) => ids.reduce((sum, id) => sum + ret(id), 0) / ids.length;
    expect(found.fact("narrative.assets.spread").value).toBeCloseTo(
      mean(names.slice(24)) - mean(names.slice(0, 6)),
      12,
    );
    expect(found.fact("narrative.assets.side").value).toBe(6);
    // A balance sheet of the last quarter turns nothing round: when the returns began it was not known.
    const turned = Object.fromEntries(
      names.map((_, i) => {
        const rows = (made[`P${i}`]?.rows ?? []).map(
          (row, q, all): Row => (q === all.length - 1 ? [row[0], 1 - i / 100] : row),
        );
        return [`P${i}`, { ...made[`P${i}`], rows }];
      }),
    );
    expect(of({ ...made, ...turned }).fact("narrative.assets.spread").value).toBe(
      found.fact("narrative.assets.spread").value,
    );
  });

  it("are thirty names or more, with three years of spreads for a z", () => {
    const ended = { ...made, N3: { kind: "price", rows: (made.N3?.rows ?? []).slice(0, -9) } } as const;
    const found = of(ended);
    expect(found.gaps).toEqual(["narrative.gap.assets", "narrative.gap.absent.one"]);
    expect(found.fact("narrative.assets.spread").reasons).toEqual([{ code: "too-few", need: 30, have: 29 }]);
    const short = of(priced(0.004, 5 * 100));
    expect(short.fact("narrative.assets.spread").value).not.toBeNull();
    expect(short.fact("narrative.assets.z").reasons).toMatchObject([{ code: "too-few", need: 156 }]);
    expect(short.refused).toContain("narrative.assets.heavy-ahead");
  });
});
