import { describe, expect, it } from "vitest";
import { changeTints, palette } from "#src/charts/theme.ts";
import { fakeWords, layersOf } from "#tests/charts/words.ts";
import { closesTo, series } from "#tests/sections/days.ts";
import {
  eventsList,
  followers,
  marketReturns,
  plainSector,
  sectorCase,
  sectorIssue,
  sessionsOf,
} from "#tests/sections/epicentres.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import { friday, pathOf } from "#tests/sections/surfaces.ts";

const n = 900;

/** Closes that stand at 100 and end at another level, reached on the last session. */
const ending = (last: number) => closesTo(friday, [...series(n, () => 100), last]);

describe("sub-industries", () => {
  const of = (levels: readonly number[]) =>
    sectorIssue(
      {
        ...plainSector(),
        M: { rows: ending(102) },
        ...Object.fromEntries(levels.map((level, i) => [`I${i}`, { rows: ending(level) }])),
      },
      { subindustries: levels.map((_, i) => `I${i}`) },
    );

  it("all lag where all print behind the market over a month", () => {
    const found = of([101, 99, 101.9]);
    expect(found.fact("epicentre.S.excess.I0.month").value).toBeCloseTo(-0.01, 12);
    expect(found.fact("epicentre.S.excess.I1.week").value).toBeCloseTo(-0.03, 12);
    expect(found.statement("epicentre.S.parts.behind").text[0]).toMatchObject({
      key: "epicentre.parts.text.behind.subindustries",
      places: { worst: { fact: "epicentre.S.excess.I1.month", signed: false } },
    });
  });

  it("are split where one prints level with it, and ahead where all are", () => {
    expect(of([101, 99, 101.96]).said).toContain("epicentre.S.parts.split");
    expect(of([101, 99, 101.96]).refusal("epicentre.S.parts-behind").reasons).toEqual([
      { code: "not-all-behind" },
    ]);
    expect(of([103, 104]).said).toContain("epicentre.S.parts.ahead");
  });

  it("have each span from the last session before it", () => {
    const rows = closesTo(
      friday,
      series(n, (i) => 100 + i),
    );
    const { fact } = sectorIssue(
      { ...plainSector(), M: { rows: ending(100) }, A: { rows }, B: { rows } },
      { subindustries: ["A", "B"] },
    );
    const starts = ["week", "month", "quarter", "year"].map(
      (h) => fact(`epicentre.S.excess.A.${h}`).window.start,
    );
    // Thursday 13 November 2025 and Tuesday 13 January 2026 are sessions themselves.
    expect(starts).toEqual(["2026-02-06", "2026-01-13", "2025-11-13", "2025-12-31"]);
    const on = new Map(rows.map(([day, value]) => [day, value]));
    expect(fact("epicentre.S.excess.A.quarter").value).toBeCloseTo(
      (on.get(friday) ?? 0) / (on.get("2025-11-13") ?? 0) - 1,
      12,
    );
  });

  it("are a heat map with signed numbers, in the colours of the edition", () => {
    const found = of([90, 103]);
    const [figure] = found.part.figures;
    expect(figure).toMatchObject({ id: "epicentre.heat", size: "beside" });
    const fills = (locale: "en" | "zh-CN") =>
      layersOf(figure?.spec(fakeWords(locale)) ?? {}).flatMap(({ mark }) =>
        mark.type === "rect" ? [String(mark.color)] : [],
      );
    expect(fills("en")).toContain(changeTints.west.down[2]);
    expect(fills("en")).toContain(changeTints.west.up[0]);
    expect(fills("zh-CN")).toContain(changeTints["east-asia"].down[2]);
    expect(changeTints.west.down[2]).toBe(palette.redDeep);
    expect(changeTints["east-asia"].down[2]).toBe(palette.greenDeep);
  });

  it("name what has no prices, and are left out where one is left", () => {
    const own = { ...plainSector(), A: { rows: ending(99) }, B: { rows: ending(98) }, C: { rows: [] } };
    const one = sectorIssue(own, { subindustries: ["A", "B", "C"] });
    expect(one.part.gaps.map(({ key }) => key)).toEqual(["epicentre.gap.part.one"]);
    expect(one.fact("epicentre.S.parts").value).toBe(2);
    const several = sectorIssue({ ...own, B: { rows: [] } }, { subindustries: ["A", "B", "C"] });
    expect(several.part.gaps.map(({ key }) => key)).toEqual(["epicentre.gap.part.several"]);
    expect(several.part.figures).toEqual([]);
  });

  it("are the names where none is named", () => {
    const found = sectorIssue(
      { ...plainSector(), A: { rows: ending(99) }, B: { rows: ending(103) } },
      { names: ["A", "B"] },
    );
    expect(found.statement("epicentre.S.parts.split").text[0]?.key).toBe("epicentre.parts.text.split.names");
  });
});

describe("drops without news", () => {
  const days = sessionsOf(n + 1);
  const names = ["A", "B", "C"];
  /** Places of drops of a name, each after the other; those that are not told of have no event. */
  const dropsAt = (i: number) => series(60, (k) => 160 + 12 * k + 3 * i).filter((t) => t < n);
  const result = (i: number) => series(14, (k) => 130 + 60 * k + 2 * i).filter((t) => t <= n);

  /** Returns with drops of ten per cent, of which the days after take back a share. */
  const dropping = (i: number, back: number) => {
    const drops = dropsAt(i);
    return followers(n, 20 + i, { own: 0.004 }).map((r, t) => {
      // Returns are between closes: that of session t stands at t − 1.
      const since = drops.map((at) => t + 1 - at).find((k) => k >= 0 && k <= 5);
      if (since === undefined) return r;
      return since === 0 ? -0.1 : (0.1 * back) / 5;
    });
  };

  /** Drops are explained up to some session, and from then on nobody tells of them. */
  const market = (back: number, explainedTo: number, names_ = names) =>
    sectorCase(
      {
        ...plainSector(n),
        M: { rows: pathOf(marketReturns(n)) },
        ...Object.fromEntries(
          names.map((id, i) => [id, { kind: "total-return", rows: pathOf(dropping(i, back)) }]),
        ),
      },
      { names: names_ },
      {
        declared: [
          eventsList(
            names.flatMap((id, i) =>
              [...result(i), ...dropsAt(i).filter((t) => t < explainedTo)].map(
                (t) => [id, days[t] ?? ""] as const,
              ),
            ),
          ),
        ],
      },
    );
  const issue = (...given: Parameters<typeof market>) => {
    const found = issueOf(market(...given), friday);
    return { ...found, part: found.section("epicentre") };
  };

  it("are shot first and aimed at later where the share is high and the days after take it back", () => {
    const found = issue(0.6, n - 80);
    expect(Number(found.fact("epicentre.S.drops.share-percentile").value)).toBeGreaterThan(80);
    expect(found.fact("epicentre.S.drops.share-percentile").reasons.map(({ code }) => code)).toContain(
      "survivorship",
    );
    expect(Number(found.fact("epicentre.S.drops.reversal").value)).toBeGreaterThan(0.4);
    expect(Number(found.fact("epicentre.S.drops.reversal-low").value)).toBeGreaterThan(0);
    expect(found.statement("epicentre.S.drops.shoot-first").text.map(({ key }) => key)).toEqual([
      "epicentre.drops.text.high.middle",
      "epicentre.drops.text.reversed",
    ]);
  });

  it("are many, and no more, where nothing is taken back", () => {
    const found = issue(0, n - 80);
    expect(found.statement("epicentre.S.drops.high").text.map(({ key }) => key)).toEqual([
      "epicentre.drops.text.high.middle",
      "epicentre.drops.text.not-reversed",
    ]);
    expect(found.refusal("epicentre.S.shoot-first").reasons).toEqual([{ code: "no-reversal" }]);
  });

  it("are counted by hand", () => {
    const found = issue(0, n - 80);
    // Drops of the 63 sessions whose next is over: within a session of each no event of the name.
    const tagged = (i: number) => new Set([...result(i), ...dropsAt(i).filter((t) => t < n - 80)]);
    const recent = names.flatMap((_, i) =>
      dropsAt(i)
        .filter((t) => t > n - 64 && t < n)
        .map((t) => ({ i, t })),
    );
    const bare = recent.filter(({ i, t }) => ![t - 1, t, t + 1].some((at) => tagged(i).has(at)));
    expect(found.fact("epicentre.S.drops").value).toBe(recent.length);
    expect(found.fact("epicentre.S.drops.unexplained").value).toBe(bare.length);
    expect(found.fact("epicentre.S.drops.share").value).toBeCloseTo(bare.length / recent.length, 12);
  });

  it("are explained where the list tells of them all", () => {
    const found = issue(0.6, n);
    expect(found.fact("epicentre.S.drops.unexplained").value).toBe(0);
    expect(found.said).toContain("epicentre.S.drops.counted");
  });

  it("are not counted without a list that is kept up, of three names", () => {
    expect(issue(0, n, ["A", "B"]).part.gaps.map(({ key }) => key)).toContain("epicentre.gap.drops.list");
    const silent = sectorCase(plainSector(n), { names: [] });
    expect(issueOf(silent, friday).section("epicentre").gaps).toEqual([]);
    const stopped = {
      ...market(0, 600),
      declared: [eventsList(names.map((id) => [id, days[700] ?? ""] as const))],
    };
    const found = issueOf(stopped, friday);
    expect(found.section("epicentre").gaps.map(({ key }) => key)).toContain("epicentre.gap.drops.list");
    expect(found.said.some((id) => id.includes(".drops."))).toBe(false);
  });

  it("are unknown of an event that was told of after the cut-off", () => {
    const of = market(0, n - 80);
    const told = of.declared?.[0];
    const late = {
      ...of,
      declared:
        told === undefined
          ? []
          : [
              {
                ...told,
                entries: told.entries.map((e) => ({ ...e, knownAt: Date.parse("2026-02-20T00:00:00Z") })),
              },
            ],
    };
    expect(
      issueOf(late, friday)
        .section("epicentre")
        .gaps.map(({ key }) => key),
    ).toContain("epicentre.gap.drops.list");
  });
});
