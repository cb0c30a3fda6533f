import { describe, expect, it } from "vitest";
import { countryIssue, given, small } from "#tests/sections/countries.ts";
import { closesTo, type Row, series } from "#tests/sections/days.ts";
import type { CaseSeries } from "#tests/sections/market-case.ts";
import { friday, pathOf } from "#tests/sections/surfaces.ts";

/** Returns that follow others so much, and for the rest go their own way. */
const following = (leader: readonly number[], share: (left: number) => number, seed: number) => {
  const own = small(leader.length, seed);
  return leader.map((r, t) => {
    const b = share(leader.length - 1 - t);
    return b * r + Math.sqrt(1 - b * b) * (own[t] ?? 0);
  });
};

/** Rates of local currency per dollar whose currency has these returns. */
const perDollar = (currency: readonly number[], end = friday): Row[] =>
  pathOf(
    currency.map((r) => -r),
    end,
  );

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
function correlation(x: readonly number[], y: readonly number[]): number {
  const [a, b] = [x.map((v) => v - mean(x)), y.map((v) => v - mean(y))];
  const sum = (of: (t: number) => number) => a.reduce((total, _, t) => total + of(t), 0);
  return (
    sum((t) => (a[t] ?? 0) * (b[t] ?? 0)) /
    Math.sqrt(sum((t) => (a[t] ?? 0) ** 2) * sum((t) => (b[t] ?? 0) ** 2))
  );
}

describe("the index and its currency", () => {
  const n = 700;
  const equity = small(n, 11);
  const rule = { currency: "X", flip: true } as const;
  const issue = (
    share: (left: number) => number,
    count = n,
    more: Readonly<Record<string, CaseSeries>> = {},
    yields: string | null = null,
  ) => {
    const currency = following(equity, share, 12);
    const found = countryIssue(
      { ...rule, yield: yields },
      {
        I: { rows: pathOf(equity.slice(-count)) },
        X: { rows: perDollar(currency.slice(-count)), kind: "fx" },
        ...more,
      },
    );
    return { ...found, currency: currency.slice(-count) };
  };
  const flipped = issue((left) => (left < 60 ? 0.8 : -0.8));

  it("have flipped where the signs differ, the intervals exclude zero, the test holds and the sign has stayed", () => {
    const said = flipped.statement("korea.flip.flipped");
    expect(said.gate.found).toMatchObject({ signsDiffer: true, excludesZero: true, basis: "daily" });
    expect(said.proof).toBe("korea.correlation");
    expect(flipped.part.claim.key).toBe("country.flip.claim.flipped");
    expect(flipped.part.figures.map(({ id }) => id)).toEqual(["korea.correlation"]);
    expect(flipped.fact("korea.flip.recent").stats?.q).toBeLessThan(0.1);
  });

  it("are correlated by dollars per unit: up where stocks and currency rise together", () => {
    const last = (values: readonly number[], from: number, to: number) => values.slice(n - from, n - to);
    const recent = correlation(last(equity, 60, 0), last(flipped.currency, 60, 0));
    const prior = correlation(last(equity, 310, 60), last(flipped.currency, 310, 60));
    expect(flipped.numberOf("flip.recent")).toBeCloseTo(recent, 10);
    expect(flipped.numberOf("flip.prior")).toBeCloseTo(prior, 10);
    expect(recent).toBeGreaterThan(0.5);
    const inverse = countryIssue(
      { ...rule, quote: "per-local" },
      {
        I: { rows: pathOf(equity) },
        X: { rows: pathOf(flipped.currency), kind: "fx" },
      },
    );
    expect(inverse.numberOf("flip.recent")).toBeCloseTo(recent, 10);
    // The rate taken as it is quoted would say the opposite.
    const wrong = countryIssue(
      { ...rule, quote: "per-local" },
      {
        I: { rows: pathOf(equity) },
        X: { rows: perDollar(flipped.currency), kind: "fx" },
      },
    );
    expect(wrong.numberOf("flip.recent")).toBeCloseTo(-recent, 10);
  });

  it("count the sessions on which both rose, against those before", () => {
    const isBoth = equity.map((r, t) => r > 0 && (flipped.currency[t] ?? 0) > 0);
    expect(flipped.numberOf("both.recent")).toBe(isBoth.slice(-20).filter(Boolean).length);
    expect(flipped.numberOf("both.share")).toBe(flipped.numberOf("both.recent") / 20);
    expect(flipped.numberOf("both.long-run")).toBeCloseTo(
      isBoth.slice(0, -20).filter(Boolean).length / 680,
      12,
    );
    expect(flipped.keys).toContain("country.flip.both.daily.more");
    expect(flipped.keys).toContain("country.flip.moves.plain");
  });

  it("show signs of a flip where it is not confirmed", () => {
    const weak = issue((left) => (left < 60 ? 0.2 : -0.8));
    expect(weak.fact("korea.flip.recent").state).toBe("up");
    expect(weak.ofCountry).toContain("korea.flip.signs");
    expect(weak.refusal("korea.flip.flipped").reasons).toMatchObject([{ code: "interval-holds-zero" }]);
    expect(weak.keys).toContain("country.flip.text.signs.daily");
    // The rolling correlation turned a few sessions ago, and so has not stayed for ten.
    const young = issue((left) => (left < 50 ? 0.9 : -0.9));
    expect(young.ofCountry).toContain("korea.flip.flipped");
    const younger = issue((left) => (left < 28 ? 0.95 : -0.5));
    expect(younger.refusal("korea.flip.flipped").reasons.map(({ code }) => code)).toContain("not-persisted");
  });

  it("keep their sign, or have none that is clear, and then no word is earned", () => {
    const kept = issue(() => -0.8);
    expect(kept.ofCountry).toContain("korea.flip.kept");
    expect(kept.refused).not.toContain("korea.flip.flipped");
    expect(kept.part.claim.key).toMatch(/^country\.year\./u);
    const unclear = issue((left) => (left < 60 ? -0.1 : -0.8));
    expect(unclear.ofCountry).toContain("korea.flip.unclear");
  });

  it("need 45 returns and 120 before them", () => {
    expect(issue(() => -0.8, 165).ofCountry).toContain("korea.flip.kept");
    const short = issue(() => -0.8, 164);
    expect(short.gaps).toEqual(["country.gap.flip"]);
    expect(short.refused).not.toContain("korea.flip.kept");
    expect(short.part.figures.map(({ id }) => id)).toEqual(["korea.year"]);
  });

  it("have the yield beside them, in basis points, and a gap where that is missing", () => {
    const yields: CaseSeries = {
      kind: "yield",
      rows: closesTo(
        friday,
        series(60, (i) => 0.01 + (i === 59 ? 0.0012 : 0)),
      ),
    };
    const beside = issue(() => -0.8, 400, { Y: yields }, "Y");
    expect(beside.numberOf("yield.move")).toBeCloseTo(12, 8);
    expect(beside.keys).toContain("country.flip.moves.yield");
    const gone = issue(() => -0.8, 400, { Y: {} }, "Y");
    expect(gone.gaps).toEqual(["country.gap.one"]);
    expect(gone.keys).toContain("country.flip.moves.plain");
  });

  it("are of weeks where the two close more than an hour apart", () => {
    const currency = following(equity, () => -0.8, 12);
    const found = countryIssue(rule, {
      I: { rows: pathOf(equity), calendar: "KRX" },
      X: { rows: perDollar(currency), kind: "fx", calendar: "NYSE" },
    });
    expect(found.ofCountry).toContain("korea.flip.kept");
    expect(found.numberOf("flip.recent-n")).toBe(26);
    expect(found.numberOf("flip.prior-n")).toBe(104);
    const weeks = (returns: readonly number[]) =>
      series(26, (k) => returns.slice(n - 5 * (26 - k), n - 5 * (25 - k)).reduce((a, b) => a + b, 0));
    expect(found.numberOf("flip.recent")).toBeCloseTo(correlation(weeks(equity), weeks(currency)), 10);
    expect(found.keys).toContain("country.flip.text.kept.weekly");
  });
});

describe("the trade that the signs show", () => {
  const n = 900;
  /** Small moves, and over the last twenty sessions one way. */
  const drifting = (seed: number, drift: number) =>
    small(n, seed).map((r, t) => (t < n - 20 ? r / 4 : drift + r / 100));
  const price = (seed: number, drift: number): CaseSeries => ({ rows: pathOf(drifting(seed, drift)) });
  const yieldOf = (seed: number, drift: number): CaseSeries => {
    let level = 0.05;
    const rows = drifting(seed, drift).map((r) => {
      level += r / 100;
      return level;
    });
    return { kind: "yield", rows: closesTo(friday, rows) };
  };
  type Drifts = Readonly<
    Partial<Record<"equities" | "yen" | "yield" | "breakeven" | "banks" | "gold", number>>
  >;
  const issue = (drifts: Drifts, all = true) => {
    const of = (sign: keyof Drifts) => drifts[sign] ?? 0;
    return countryIssue(
      {
        currency: "X",
        yield: "Y",
        label: { effective: "N", breakeven: "B", banks: all ? "K" : null, gold: all ? "G" : null },
      },
      {
        I: price(21, of("equities")),
        X: { rows: pathOf(drifting(22, 0)), kind: "fx" },
        N: price(23, of("yen")),
        Y: yieldOf(24, of("yield")),
        B: yieldOf(25, of("breakeven")),
        K: price(26, of("banks")),
        G: price(27, of("gold")),
      },
    );
  };
  const trade = (drifts: Drifts, all = true) =>
    issue(drifts, all)
      .ofCountry.find((id) => id.startsWith("korea.label."))
      ?.replace("korea.label.", "");

  it("is reflation where yields, breakevens and banks rise with stocks and a currency that does not fall", () => {
    const drifts = { equities: 0.01, yen: 0.01, yield: 0.01, breakeven: 0.01, banks: 0.02, gold: -0.01 };
    expect(trade(drifts)).toBe("reflation");
    const found = issue(drifts);
    expect(found.part.claim.key).toBe("country.label.claim.reflation");
    expect(found.numberOf("label.signs")).toBe(6);
    expect(found.rows.filter((row) => row.startsWith("korea.signs"))).toHaveLength(6);
  });

  it("is no reflation where yields fall, and says which signs contradict it", () => {
    const found = issue({
      equities: 0.01,
      yen: 0.01,
      yield: -0.01,
      breakeven: -0.01,
      banks: 0.02,
      gold: -0.01,
    });
    expect(found.ofCountry).toContain("korea.label.disinflationary-rally");
    expect(found.keys.slice(-2)).toEqual([
      "country.label.text.disinflationary-rally",
      "country.label.against.yield-breakeven",
    ]);
    expect(found.refusal("korea.label.reflation").reasons.map(({ code }) => code)).toEqual([
      "signs-against",
      "yield-not-up",
    ]);
    const alone = issue({
      equities: 0.01,
      yen: 0.01,
      yield: -0.01,
      breakeven: 0.01,
      banks: 0.02,
      gold: -0.01,
    });
    expect(alone.keys).toContain("country.label.against.yield");
    // Four of the five signs of reflation match, and the yield is the one that does not.
    expect(alone.ofCountry).not.toContain("korea.label.reflation");
  });

  it("is debasement where stocks and gold rise and the currency falls", () => {
    expect(
      trade({ equities: 0.01, yen: -0.01, yield: 0.01, breakeven: 0.01, banks: -0.01, gold: 0.02 }),
    ).toBe("debasement");
  });

  it("is none where stocks fall, and none that is not one", () => {
    expect(
      trade({ equities: -0.01, yen: -0.01, yield: -0.01, breakeven: -0.01, banks: 0.02, gold: 0.02 }),
    ).toBe("none");
    expect(issue({ equities: -0.01, yield: -0.01 }).keys.some((key) => key.includes("label.against"))).toBe(
      false,
    );
  });

  it("is told of four signs, and not of three", () => {
    expect(trade({ equities: 0.01, yen: 0.01, yield: -0.01, breakeven: -0.01 }, false)).toBe(
      "disinflationary-rally",
    );
    const found = countryIssue(
      { currency: "X", yield: "Y", label: { effective: "N", breakeven: null, banks: null, gold: "G" } },
      {
        I: price(21, 0.01),
        X: { rows: pathOf(drifting(22, 0)), kind: "fx" },
        N: {},
        Y: yieldOf(24, 0.01),
        G: price(27, 0.01),
      },
    );
    expect(found.gaps).toEqual(["country.gap.one", "country.gap.label"]);
    expect(found.ofCountry.some((id) => id.startsWith("korea.label."))).toBe(false);
  });

  it("puts three tables on the page, the short ones before the long one, and all of its words above", () => {
    const found = countryIssue(
      {
        currency: "X",
        yield: "Y",
        target: "T",
        label: { effective: "N", breakeven: "B", banks: null, gold: null },
      },
      {
        I: price(21, 0.01),
        X: { rows: pathOf(drifting(22, 0)), kind: "fx" },
        N: price(23, 0.01),
        Y: yieldOf(24, -0.01),
        B: yieldOf(25, -0.01),
        T: given(["2026-02-03", 500]),
      },
    );
    expect(found.part.tables.map(({ id, size }) => [id, size])).toEqual([
      ["korea.returns", "half"],
      ["korea.measures", "half"],
      ["korea.signs", "half"],
    ]);
    expect(found.keys).toContain("country.target.text.up");
    expect(found.keys).toContain("country.label.text.disinflationary-rally");
  });

  it("has gold in the country's currency, and banks against the index", () => {
    const found = issue({ equities: 0.01, banks: 0.02, gold: 0.01 });
    const [gold, rate] = [27, 22].map((seed) => drifting(seed, seed === 27 ? 0.01 : 0));
    const sum = (returns: readonly number[] = []) => returns.slice(-20).reduce((a, b) => a + b, 0);
    expect(found.numberOf("sign.gold.move")).toBeCloseTo(Math.exp(sum(gold) + sum(rate)) - 1, 10);
    expect(found.numberOf("sign.banks.move")).toBeCloseTo(
      Math.expm1(sum(drifting(26, 0.02)) - sum(drifting(21, 0.01))),
      10,
    );
  });
});
