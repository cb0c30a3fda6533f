import { describe, expect, it } from "vitest";
import { type Row, series } from "#tests/sections/days.ts";
import { friday, noise, pathOf, returnsOf, surfaceIssue } from "#tests/sections/surfaces.ts";

/** Returns of some size that is that at the end and one per cent before. */
const ending = (size: number) => (left: number) => (left < 25 ? size : 0.01);
const calmIndex = (n: number) => pathOf(returnsOf(n, 900, ending(0.002)));
const wildIndex = (n: number) => pathOf(returnsOf(n, 900, ending(0.03)));
const namesOf = (n: number, size: (left: number) => number, count = 12) =>
  series(count, (i) => i).map((i) => pathOf(returnsOf(n, i, size)));

const keysOf = (words: readonly (readonly { readonly key: string }[])[]) =>
  words.flat().map(({ key }) => key);

describe("a calm index and its names", () => {
  const turbulent = surfaceIssue(calmIndex(1100), namesOf(1100, ending(0.04)));

  it("is calm at the surface and turbulent below, and says what its history is of", () => {
    const said = turbulent.statement("surface.I.calm-turbulent");
    expect(said).toMatchObject({
      claim: { key: "surface.calm-turbulent.claim" },
      stance: "I.surface:calm-turbulent",
      proof: "surface.volatility",
      gate: { rule: "D4 calm surface" },
    });
    expect(said.text.map(({ key }) => key)).toEqual([
      "surface.calm-turbulent.volatility.top",
      "surface.survivors",
      "surface.index.bottom",
      "surface.ratio-text",
    ]);
    expect(turbulent.part.claim.key).toBe("surface.calm-turbulent.claim");
  });

  it("carries the warning with every percentile of the names, and none with that of the index", () => {
    for (const id of ["names-rv20", "gap", "dispersion", "correlation", "diversification-ratio"]) {
      const fact = turbulent.fact(`surface.I.${id}-percentile`);
      expect(fact.status, id).toBe("warn");
      expect(fact.reasons.at(-1), id).toEqual({ code: "survivorship" });
    }
    expect(turbulent.fact("surface.I.rv20-percentile").reasons.map(({ code }) => code)).toEqual([
      "short-history",
    ]);
    expect(turbulent.part.figures.find(({ id }) => id === "surface.volatility")?.notes).toMatchObject([
      { key: "surface.survivors" },
    ]);
    expect(turbulent.part.tables[0]?.notes.map(({ key }) => key)).toContain("surface.survivors");
    expect(keysOf(turbulent.part.words).filter((key) => key === "surface.survivors")).toHaveLength(1);
  });

  it("needs no warning where the names are those of each day", () => {
    const found = surfaceIssue(calmIndex(1000), namesOf(1000, ending(0.04)), { pointInTime: true });
    expect(found.statement("surface.I.calm-turbulent").text.map(({ key }) => key)).not.toContain(
      "surface.survivors",
    );
    expect(found.json).not.toContain("survivorship");
    expect(keysOf([...found.part.words, ...found.part.tables.map(({ notes }) => notes)])).not.toContain(
      "surface.survivors",
    );
  });

  it("is calm below too where the names are", () => {
    const found = surfaceIssue(calmIndex(1000), namesOf(1000, ending(0.002)));
    expect(found.part.claim.key).toBe("surface.calm.claim");
    expect(found.refusal("surface.I.calm-turbulent-by-volatility").reasons).toMatchObject([
      { code: "names-not-turbulent", need: 80 },
    ]);
  });

  // Each name moves as much as ever, but no longer with the others.
  it("is turbulent below also where the names only part", () => {
    const shared = noise(7);
    const market = series(1000, () => 0.01 * shared());
    const names = series(12, (i) => i).map((i) => {
      const own = returnsOf(1000, i, () => 0.01);
      return pathOf(market.map((r, t) => (t < 970 ? r : (own[t] ?? 0))));
    });
    const found = surfaceIssue(calmIndex(1000), names);
    expect(found.fact("surface.I.names-rv20-percentile").value).toBeLessThan(80);
    expect(found.fact("surface.I.dispersion-percentile").value).toBeGreaterThan(95);
    expect(found.statement("surface.I.calm-turbulent").text[0]?.key).toMatch(
      /^surface\.calm-turbulent\.dispersion\./u,
    );
    expect(found.refused).toContain("surface.I.calm-turbulent-by-volatility");
    expect(found.statement("surface.I.correlation.low").text[0]?.key).toBe("surface.correlation.text.bottom");
  });
});

describe("a wild index", () => {
  it("is turbulent as its names are, or said with the ratio alone", () => {
    const both = surfaceIssue(wildIndex(1000), namesOf(1000, ending(0.03)));
    expect(both.part.claim.key).toBe("surface.turbulent.claim");
    const alone = surfaceIssue(wildIndex(1000), namesOf(1000, ending(0.01)));
    expect(alone.said).toContain("surface.I.mixed");
    expect(alone.refusal("surface.I.turbulent").reasons).toMatchObject([{ code: "names-not-turbulent" }]);
    expect(Number(alone.fact("surface.I.gap").value)).toBeLessThan(0);
  });

  it("has names whose volatility has soared, and not where it falls", () => {
    const found = surfaceIssue(wildIndex(1000), namesOf(1000, ending(0.03)));
    expect(found.statement("surface.I.soared").text[0]?.key).toBe("surface.soared.ratio");
    // High still, and past its peak.
    const falling = surfaceIssue(
      wildIndex(1000),
      namesOf(1000, (left) => (left < 20 ? 0.03 : left < 40 ? 0.05 : 0.01)),
    );
    expect(falling.fact("surface.I.names-rv20-percentile").value).toBeGreaterThan(90);
    expect(falling.refusal("surface.I.soared-by-percentile").reasons).toEqual([{ code: "not-risen" }]);
    expect(falling.said).not.toContain("surface.I.soared");
  });
});

describe("numbers of the names", () => {
  const n = 400;
  const returns = series(12, (i) => i).map((i) => returnsOf(n, 40 + i, () => 0.02));
  const found = surfaceIssue(
    pathOf(returnsOf(n, 99, () => 0.01)),
    returns.map((r) => pathOf(r)),
  );
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const variance = (values: readonly number[]) =>
    values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / (values.length - 1);
  const simple = returns.map((path) => path.map((r) => Math.exp(r) - 1));
  const across = (t: number) => simple.map((path) => path[t] ?? 0);
  const spread = (t: number) => Math.sqrt(mean(across(t).map((r) => (r - mean(across(t))) ** 2)));
  const numberOf = (id: string) => Number(found.fact(`surface.I.${id}`).value);

  it("are those of the definitions", () => {
    const last = (values: readonly number[], k: number) => values.slice(-k);
    const volatility = mean(returns.map((path) => Math.sqrt(252 * variance(last(path, 20)))));
    expect(numberOf("names-rv20")).toBeCloseTo(volatility, 12);
    expect(numberOf("diversification-ratio")).toBeCloseTo(volatility / numberOf("rv20"), 12);
    expect(numberOf("dispersion")).toBeCloseTo(mean(series(21, (k) => spread(n - 1 - k))), 12);
    const moves = returns.map((path) => last(path, 60));
    const pairs = moves.flatMap((a, i) =>
      moves.slice(i + 1).map((b) => {
        const product = a.reduce((sum, x, t) => sum + (x - mean(a)) * ((b[t] ?? 0) - mean(b)), 0) / 59;
        return product / Math.sqrt(variance(a) * variance(b));
      }),
    );
    expect(numberOf("correlation")).toBeCloseTo(mean(pairs), 12);
  });

  it("have contributions of groups that add up, of the squares of a month", () => {
    const squares = (i: number) =>
      series(21, (k) => ((across(n - 1 - k)[i] ?? 0) - mean(across(n - 1 - k))) ** 2);
    const all = series(12, (i) => mean(squares(i)));
    const share = mean(all.slice(0, 6)) / (mean(all.slice(0, 6)) + mean(all.slice(6)));
    expect(numberOf("part.first.share")).toBeCloseTo(share, 12);
    expect(numberOf("part.first.share") + numberOf("part.second.share")).toBeCloseTo(1, 12);
    expect(numberOf("part.first.names")).toBe(6);
  });

  it("name the group that contributes most, its share and how many names it has", () => {
    const [largest] = ["first", "second"].toSorted(
      (a, b) => numberOf(`part.${b}.share`) - numberOf(`part.${a}.share`),
    );
    const said = found.statement("surface.I.contributor");
    expect(said.text[0]?.places).toMatchObject({
      group: { name: { en: largest === "first" ? "First" : "Second" } },
      share: { fact: `surface.I.part.${largest}.share` },
      of: { fact: `surface.I.part.${largest}.names` },
    });
    expect(found.part.figures[0]).toMatchObject({ id: "surface.contributions", size: "beside" });
  });

  it("name no group where two contribute alike", () => {
    const twice = [...returns.slice(0, 6), ...returns.slice(0, 6)].map((r) => pathOf(r));
    const even = surfaceIssue(pathOf(returnsOf(n, 99, () => 0.01)), twice);
    expect(even.said).toContain("surface.I.contributors");
    expect(even.refusal("surface.I.contributor").reasons).toEqual([{ code: "no-lead" }]);
  });

  // 400 returns: the first mean of 21 stands at the 21st, and the last is not in its own history.
  it("are ranked in their own history alone", () => {
    expect(numberOf("dispersion-history")).toBe(379);
    expect(numberOf("correlation-history")).toBe(340);
    const history = series(379, (k) => mean(series(21, (j) => spread(n - 2 - k - j))));
    const below = history.filter((h) => h < numberOf("dispersion")).length;
    expect(numberOf("dispersion-percentile")).toBeCloseTo((100 * below) / 379, 10);
  });
});

describe("a history that is too short", () => {
  const issue = (n: number) =>
    surfaceIssue(
      pathOf(returnsOf(n, 99, () => 0.01)),
      namesOf(n, () => 0.02),
    );
  const gaps = (n: number) => keysOf([issue(n).part.gaps]);

  // A volatility needs 20 returns, and 756 of them before the last: 776 returns.
  it("gives volatilities and their ratio, and no percentile of them", () => {
    expect(issue(776).fact("surface.I.names-rv20-percentile").value).not.toBeNull();
    expect(issue(776).said).not.toContain("surface.I.unranked");
    const found = issue(775);
    expect(found.statement("surface.I.unranked").text[0]?.key).toBe("surface.unranked");
    expect(found.refusal("surface.I.calm-turbulent-by-volatility").reasons).toEqual([
      { code: "too-few", need: 756, have: 755 },
    ]);
    expect(keysOf([found.part.gaps])).toEqual(["surface.gap.volatility.unranked"]);
    expect(found.fact("surface.I.names-rv20-have").value).toBe(755);
    expect(found.fact("surface.I.names-rv20-need").value).toBe(756);
  });

  it("ranks dispersion from 252 earlier means on, and correlation from as many", () => {
    expect(gaps(273)).not.toContain("surface.gap.dispersion.unranked");
    expect(gaps(272)).toContain("surface.gap.dispersion.unranked");
    expect(gaps(312)).not.toContain("surface.gap.correlation.unranked");
    expect(gaps(311)).toContain("surface.gap.correlation.unranked");
  });

  it("has a correlation from 45 returns on, with a caveat below 60", () => {
    expect(issue(45).fact("surface.I.correlation")).toMatchObject({
      status: "warn",
      reasons: [{ code: "short-window", need: 60, have: 45 }],
    });
    expect(issue(60).fact("surface.I.correlation").status).toBe("ok");
    expect(issue(44).fact("surface.I.correlation").value).toBeNull();
    expect(gaps(44)).toContain("surface.gap.correlation.short");
    expect(issue(44).said).not.toContain("surface.I.correlation.unranked");
  });

  it("has no dispersion below 21 returns and no volatility below 20", () => {
    expect(issue(21).fact("surface.I.dispersion").value).not.toBeNull();
    expect(gaps(20)).toContain("surface.gap.dispersion.short");
    expect(issue(20).fact("surface.I.names-rv20").value).not.toBeNull();
    const found = issue(19);
    expect(keysOf([found.part.gaps])).toEqual([
      "surface.gap.volatility.short",
      "surface.gap.dispersion.short",
      "surface.gap.correlation.short",
    ]);
    expect(found.part.claim.key).toBe("surface.none.claim");
    expect(found.part.figures).toEqual([]);
  });
});

describe("names that are not all there", () => {
  const index = pathOf(returnsOf(400, 99, () => 0.01));
  const all = namesOf(400, () => 0.02, 20);
  const without = (rows: readonly Row[], from: number, to = rows.length) =>
    rows.filter((_, i) => i < from || i >= to);
  const cut = (count: number, change: (rows: readonly Row[]) => readonly Row[]) =>
    all.map((rows, i) => (i < count ? change(rows) : rows));

  it("are ten at least", () => {
    expect(surfaceIssue(index, all.slice(0, 10)).said).toContain("surface.I.unranked");
    const found = surfaceIssue(index, all.slice(0, 9));
    expect(found.part).toMatchObject({
      claim: { key: "surface.none.claim" },
      gaps: [{ key: "surface.gap.names" }],
      figures: [],
      tables: [],
      words: [],
      refusals: [
        { id: "surface.I.calm-turbulent", reasons: [{ code: "too-few", need: 10, have: 9 }], instead: null },
      ],
    });
  });

  it("are nine in ten at least: of twenty, two may end early and three may not", () => {
    const found = surfaceIssue(
      index,
      cut(2, (rows) => without(rows, 300)),
    );
    expect(found.fact("surface.I.names-rv20.count").value).toBe(18);
    expect(found.fact("surface.I.dispersion").value).not.toBeNull();
    expect(found.part.gaps.find(({ key }) => key === "surface.gap.incomplete.several")?.places).toMatchObject(
      {
        name: { name: { en: "the N0" } },
      },
    );
    const three = surfaceIssue(
      index,
      cut(3, (rows) => without(rows, 300)),
    );
    expect(three.part.gaps).toMatchObject([{ key: "surface.gap.stale" }]);
  });

  it("have left where they are those of each day, and are missed where they are today's", () => {
    const left = surfaceIssue(
      index,
      cut(5, (rows) => without(rows, 300)),
      { pointInTime: true },
    );
    expect(left.fact("surface.I.names-rv20.count").value).toBe(15);
    expect(left.part.gaps.map(({ key }) => key)).not.toContain("surface.gap.incomplete.several");
    const missed = surfaceIssue(
      index,
      cut(5, (rows) => without(rows, 300)),
    );
    expect(missed.part.gaps).toMatchObject([{ key: "surface.gap.stale" }]);
  });

  // 401 closes: of those from the 340th on there are 60 returns after the first.
  it("count once they have been there for the longest window, and not a session before", () => {
    const countOf = (from: number) => {
      const found = surfaceIssue(
        index,
        cut(1, (rows) => rows.slice(from)),
      );
      return [found.fact("surface.I.dispersion.count").value, keysOf([found.part.gaps])];
    };
    const short = ["surface.gap.volatility.unranked"];
    expect(countOf(340)).toEqual([20, short]);
    expect(countOf(341)).toEqual([19, [...short, "surface.gap.new.one"]]);
  });

  it("do not make a day on which most have no close: the return is over two sessions", () => {
    const day = all[0]?.[390]?.[0] ?? "";
    const found = surfaceIssue(
      index,
      cut(20, (rows) => without(rows, 390, 391)),
    );
    const whole = surfaceIssue(index, all);
    expect(found.fact("surface.I.names-rv20.count").value).toBe(20);
    expect(found.fact("surface.I.dispersion-history").value).toBe(378);
    expect(whole.fact("surface.I.dispersion-history").value).toBe(379);
    expect(found.json).not.toContain(`"start":"${day}"`);
  });

  it("count as missing where their data are broken, and not before they began", () => {
    const broken = Array.from({ length: 3 }, () => ({ gap: "file-empty" as const }));
    expect(
      surfaceIssue(index, [...all, ...broken.slice(0, 2)]).fact("surface.I.names-rv20.count").value,
    ).toBe(20);
    expect(surfaceIssue(index, [...all, ...broken]).part.gaps).toMatchObject([{ key: "surface.gap.names" }]);
  });
});

describe("what options imply", () => {
  const index = pathOf(returnsOf(300, 99, () => 0.01));
  const names = namesOf(300, () => 0.02);
  const vix = (n: number, last: number, end = friday) => ({
    V: {
      rows: pathOf(
        returnsOf(n - 1, 5, () => 0.02),
        end,
      )
        .slice(0, -1)
        .concat([[end, last]]),
    },
  });
  const issue = (more: Parameters<typeof surfaceIssue>[2]) =>
    surfaceIssue(index, names, { implied: ["V"], ...more });

  it("is shown as published, with its place among 252 earlier values at least", () => {
    const found = issue({ series: vix(254, 500) });
    expect(found.fact("surface.V.implied")).toMatchObject({ value: 500, unit: "points", series: ["V"] });
    expect(found.statement("surface.V.implied.high").tail).toMatchObject({ share: 1 });
    expect(issue({ series: vix(253, 1) }).statement("surface.V.implied.low").text[0]?.key).toBe(
      "surface.implied.text.bottom",
    );
    const short = issue({ series: vix(252, 500) });
    expect(short.statement("surface.V.implied.unranked").text[0]?.key).toBe("surface.implied.text.unranked");
    expect(short.fact("surface.V.implied-percentile").reasons).toEqual([
      { code: "too-few", need: 252, have: 251 },
    ]);
  });

  it("is a gap where its last value is more than three sessions old", () => {
    expect(issue({ series: vix(300, 20, "2026-02-10") }).said).toContain("surface.V.implied.low");
    const late = issue({ series: vix(300, 20, "2026-02-09") });
    expect(late.said.filter((id) => id.startsWith("surface.V."))).toEqual([]);
    expect(late.part.gaps.at(-1)).toMatchObject({ key: "surface.gap.implied" });
  });

  it("is said also where there are not names enough", () => {
    const found = surfaceIssue(index, names.slice(0, 9), { implied: ["V"], series: vix(300, 500) });
    expect(keysOf(found.part.words)).toEqual(["surface.implied.text.top"]);
  });
});

describe("losers", () => {
  // Forty names; every day ten of them fall by a common shock that is larger in the end.
  const shocked = (count: number, shock: (left: number) => number) =>
    series(count, (i) => i).map((i) => {
      const own = returnsOf(400, i, () => 0.005);
      return pathOf(own.map((r, t) => ((i + t) % 4 === 0 ? r + shock(399 - t) : r)));
    });
  const index = pathOf(returnsOf(400, 99, () => 0.01));

  it("are said to lag where they are the longer tail and lag more than in nine in ten of their history", () => {
    const found = surfaceIssue(
      index,
      shocked(40, (left) => (left < 25 ? -0.05 : -0.02)),
    );
    expect(found.statement("surface.I.losers").text[0]).toMatchObject({ key: "surface.losers.text.fifth" });
    expect(found.fact("surface.I.losers.spread").state).toBe("down");
    expect(
      surfaceIssue(
        index,
        shocked(40, () => -0.02),
      ).refusal("surface.I.losers").reasons,
    ).toMatchObject([{ code: "percentile-above", need: 10 }]);
    const winners = surfaceIssue(
      index,
      shocked(40, (left) => (left < 25 ? 0.05 : 0.02)),
    );
    expect(winners.refusal("surface.I.losers").reasons[0]).toEqual({ code: "not-lopsided" });
  });

  it("are not spoken of below thirty names", () => {
    const found = surfaceIssue(
      index,
      shocked(29, (left) => (left < 25 ? -0.05 : -0.02)),
    );
    expect(found.refusal("surface.I.losers").reasons).toMatchObject([
      { code: "too-few", need: 30, have: 29 },
    ]);
    const enough = surfaceIssue(
      index,
      shocked(30, (left) => (left < 25 ? -0.05 : -0.02)),
    );
    expect(enough.said).toContain("surface.I.losers");
  });
});
