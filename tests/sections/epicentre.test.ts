import { describe, expect, it } from "vitest";
import { series } from "#tests/sections/days.ts";
import {
  followers,
  marketReturns,
  monthEndsTo,
  monthly,
  plainSector,
  sectorCase,
  sectorIssue,
  standing,
  volumes,
} from "#tests/sections/epicentres.ts";
import { issueOf } from "#tests/sections/issue-of.ts";
import { pathOf } from "#tests/sections/surfaces.ts";

const n = 900;
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const keysOf = (words: readonly (readonly { readonly key: string }[])[]) =>
  words.flat().map(({ key }) => key);

describe("a sector without anything else", () => {
  const found = sectorIssue(plainSector());

  it("has its volatility and its move beyond the market, by their definitions", () => {
    const [s, m] = [followers(n, 3), marketReturns(n)];
    const last = s.slice(-20);
    const rv = Math.sqrt((252 / 19) * last.reduce((sum, r) => sum + (r - mean(last)) ** 2, 0));
    expect(found.fact("epicentre.S.rv20").value).toBeCloseTo(rv, 10);
    const year = s.slice(-252);
    const long = Math.sqrt((252 / 251) * year.reduce((sum, r) => sum + (r - mean(year)) ** 2, 0));
    expect(found.fact("epicentre.S.rv20.to-year").value).toBeCloseTo(rv / long, 10);
    // The market model on the sessions 250 to 30 before the first of the last five.
    const [y, x] = [s, m].map((path) => path.map((r) => Math.exp(r) - 1));
    const at = n - 5;
    const [a, b] = [y, x].map((path) => (path ?? []).slice(at - 250, at - 29));
    const [ys, xs] = [a ?? [], b ?? []];
    const beta =
      ys.reduce((sum, v, i) => sum + (v - mean(ys)) * ((xs[i] ?? 0) - mean(xs)), 0) /
      xs.reduce((sum, v) => sum + (v - mean(xs)) ** 2, 0);
    const alpha = mean(ys) - beta * mean(xs);
    const errors = ys.map((v, i) => v - alpha - beta * (xs[i] ?? 0));
    const sigma = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / (ys.length - 2));
    const car = series(5, (k) => (y?.[at + k] ?? 0) - alpha - beta * (x?.[at + k] ?? 0)).reduce(
      (p, q) => p + q,
      0,
    );
    expect(ys).toHaveLength(221);
    expect(found.fact("epicentre.S.abnormal.5d").value).toBeCloseTo(car, 10);
    expect(found.fact("epicentre.S.abnormal.5d-z").value).toBeCloseTo(car / sigma / Math.sqrt(5), 8);
    expect(found.fact("epicentre.S.abnormal.beta").value).toBeCloseTo(beta, 10);
    expect(found.fact("epicentre.S.abnormal.from").value).toBe("2026-02-09");
  });

  it("says how it moves, in one wide table, and refuses what it cannot know", () => {
    expect(keysOf(found.part.words)).toEqual([
      `epicentre.selling.text.usual.${found.fact("epicentre.S.abnormal.5d").state}`,
      "epicentre.volatility.text.middle",
    ]);
    expect(found.part.tables.map(({ id, size }) => [id, size])).toEqual([["epicentre.measures", "wide"]]);
    expect(found.part.figures).toEqual([]);
    expect(found.part.gaps).toEqual([]);
    expect(found.refusal("epicentre.S.violent-selling").reasons.map(({ code }) => code)).toContain(
      "not-configured",
    );
  });

  it("does not change with what comes after the cut-off, and does with what comes before", () => {
    const own = plainSector();
    const later = [...(own.S?.rows ?? []), ["2026-02-16", 1] as const];
    const numbers = (of: typeof own) =>
      sectorIssue(of).composed.facts.facts.filter(({ id }) => id.startsWith("epicentre."));
    expect(numbers({ ...own, S: { rows: later } })).toEqual(numbers(own));
    const before = (own.S?.rows ?? []).map(([day, v], i) => [day, i === n - 3 ? v * 1.01 : v] as const);
    expect(sectorIssue({ ...own, S: { rows: before } }).fact("epicentre.S.rv20").value).not.toBe(
      found.fact("epicentre.S.rv20").value,
    );
  });
});

describe("a day that only the market has", () => {
  it("makes one return of two sessions for both, and no false nought", () => {
    const own = plainSector();
    const without = (rows: typeof own.S) => ({
      rows: (rows?.rows ?? []).filter(([day]) => day !== "2026-02-11"),
    });
    const one = sectorIssue({ ...own, S: without(own.S) });
    const both = sectorIssue({ M: without(own.M), S: without(own.S) });
    for (const id of ["abnormal.5d", "abnormal.beta"])
      expect(one.fact(`epicentre.S.${id}`).value).toBe(both.fact(`epicentre.S.${id}`).value);
    expect(one.fact("epicentre.S.abnormal.from").value).toBe("2026-02-06");
  });

  it("does not end a week early where the exchange was closed", () => {
    const own = plainSector();
    const cut = ({ rows = [] }: NonNullable<typeof own.S>) => ({
      rows: rows.filter(([day]) => day < "2025-04-18"),
    });
    // Good Friday of 2025: the week ended on Thursday.
    const found = issueOf(
      sectorCase({ M: cut(own.M ?? {}), S: cut(own.S ?? {}) }, {}, { tables: true }),
      "2025-04-17",
    );
    expect(found.section("epicentre").gaps).toEqual([]);
    expect(found.fact("epicentre.S.rv20").window.end).toBe("2025-04-17");
  });
});

describe("a sector that cannot be measured", () => {
  it("is one line where it has no prices, or old ones", () => {
    for (const rows of [[], pathOf(followers(n, 3), "2026-02-06")]) {
      const { part, said } = sectorIssue({ ...plainSector(), S: { rows } });
      expect(part.gaps.map(({ key }) => key)).toEqual(["epicentre.gap.stale"]);
      expect([part.words, part.tables, said]).toEqual([[], [], []]);
      expect(part.claim.key).toBe("epicentre.none.claim");
    }
  });

  it("keeps its volatility where the market is missing, or ends before it", () => {
    for (const end of ["2026-02-12", "2026-01-30"]) {
      const { part, said } = sectorIssue({ ...plainSector(), M: { rows: pathOf(marketReturns(n), end) } });
      expect(part.gaps.map(({ key }) => key)).toEqual(["epicentre.gap.abnormal"]);
      expect(said).toEqual(["epicentre.S.volatility.placed"]);
    }
  });

  it("has no percentile of a short history, and nothing of a shorter", () => {
    const short = sectorIssue(plainSector(300));
    expect(short.statement("epicentre.S.volatility.unranked").text[0]?.key).toBe(
      "epicentre.volatility.text.unranked",
    );
    const shorter = sectorIssue(plainSector(100));
    expect(shorter.part.gaps.map(({ key }) => key)).toEqual(["epicentre.gap.abnormal"]);
    expect(sectorIssue(plainSector(10)).part.gaps.map(({ key }) => key)).toEqual([
      "epicentre.gap.abnormal",
      "epicentre.gap.volatility",
    ]);
  });
});

describe("selling", () => {
  const fall = (times: number, drop = -0.012) =>
    sectorIssue(
      {
        ...plainSector(),
        S: { rows: pathOf(followers(n, 3, { last: [drop, drop, drop, drop, drop] })) },
        V: { kind: "count", rows: volumes(n + 1, times) },
      },
      { volume: "V" },
    );

  it("is violent where the fall is beyond two deviations and the volume above one", () => {
    const found = fall(3);
    expect(Number(found.fact("epicentre.S.abnormal.5d-z").value)).toBeLessThan(-2);
    expect(Number(found.fact("epicentre.S.volume-z").value)).toBeGreaterThan(1);
    expect(found.part.claim.key).toBe("epicentre.selling.claim.violent");
    expect(found.statement("epicentre.S.selling.violent")).toMatchObject({
      stance: "S.abnormal:down.violent",
      lasting: false,
      gate: { rule: "B6 event reaction, A9 volume" },
    });
  });

  it("is a fall where the volume is usual, and says so", () => {
    const found = fall(1);
    const said = found.statement("epicentre.S.selling.fell");
    expect(said.text.map(({ key }) => key)).toEqual([
      "epicentre.selling.text.fell",
      "epicentre.selling.text.volume",
    ]);
    expect(found.refusal("epicentre.S.violent-selling").reasons).toMatchObject([
      { code: "volume-below", need: 1 },
    ]);
  });

  it("is a fall where the volume is unknown, old or short, and why stands on the page", () => {
    for (const rows of [[], volumes(200), volumes(n).slice(0, -1)]) {
      const found = sectorIssue(
        {
          ...plainSector(),
          S: { rows: pathOf(followers(n, 3, { last: series(5, () => -0.012) })) },
          V: { kind: "count", rows },
        },
        { volume: "V" },
      );
      expect(found.said).toContain("epicentre.S.selling.fell");
      expect(found.part.gaps.map(({ key }) => key)).toEqual(["epicentre.gap.volume"]);
      expect(keysOf(found.part.words)).not.toContain("epicentre.selling.text.volume");
    }
  });

  it("is a rise the other way", () => {
    expect(fall(3, 0.014).said).toContain("epicentre.S.selling.rose");
  });
});

describe("volatility", () => {
  const wild = (size: number, days: number) =>
    sectorIssue({
      ...plainSector(),
      S: {
        rows: pathOf(followers(n, 3).map((r, t) => (t >= n - days ? (t % 2 === 0 ? size : -size) : r))),
      },
    });

  it("has soared where it is half as high again as that of a year", () => {
    const found = wild(0.05, 20);
    expect(Number(found.fact("epicentre.S.rv20.to-year").value)).toBeGreaterThan(1.5);
    expect(found.statement("epicentre.S.volatility.soared").text[0]?.key).toBe(
      "epicentre.volatility.text.ratio",
    );
    expect(found.part.claim.key).toBe("epicentre.volatility.claim.soared");
  });

  it("has soared by its percentile where the year was wild as well", () => {
    const returns = followers(n, 3).map((r, t) => {
      const size = t >= n - 20 ? 0.024 : t >= n - 300 && t < n - 45 ? 0.02 : null;
      return size === null ? r : t % 2 === 0 ? size : -size;
    });
    const found = sectorIssue({ ...plainSector(), S: { rows: pathOf(returns) } });
    expect(Number(found.fact("epicentre.S.rv20.to-year").value)).toBeLessThan(1.5);
    expect(found.statement("epicentre.S.volatility.soared").text[0]?.key).toBe(
      "epicentre.volatility.text.soared",
    );
    expect(found.refused).toContain("epicentre.S.volatility-soared-by-ratio");
  });

  it("has not soared where it was higher four weeks before", () => {
    const returns = followers(n, 3).map((r, t) =>
      t >= n - 40 ? (t % 2 === 0 ? 1 : -1) * (t >= n - 20 ? 0.04 : 0.06) : r,
    );
    const found = sectorIssue({ ...plainSector(), S: { rows: pathOf(returns) } });
    expect(found.said).toContain("epicentre.S.volatility.placed");
    expect(found.refusal("epicentre.S.volatility-soared-by-percentile").reasons[0]?.code).toBe("not-risen");
  });
});

describe("the multiple", () => {
  /** A sector whose multiple of 40 stood until a year ago, and is now this; its prices and earnings go with it. */
  const valued = (now: number, { months = 60, earnings = 0, shift = 0, age = 0 } = {}) => {
    const ends = monthEndsTo(months);
    const multiples = ends.map((_, i) => (i < months - 13 ? 40 - (i % 3) : i === months - 13 ? 40 : now));
    const eps = ends.map((_, i) => 5 * (1 + (earnings * i) / months));
    const rows = (values: readonly number[]) => monthly(values).slice(0, months - age);
    // Through a month it stands where it ends.
    const priceOf = (i: number) => (multiples[i] ?? 0) * (eps[i] ?? 0) * (i >= months - 1 ? 1 + shift : 1);
    const prices = (plainSector().S?.rows ?? []).map(([day]) => {
      const at = ends.findIndex((end) => end >= day);
      return [day, priceOf(at < 0 ? months - 1 : at)] as const;
    });
    return sectorIssue(
      {
        ...plainSector(),
        S: { rows: prices },
        P: standing("ratio", rows(multiples)),
        E: standing("earnings", rows(eps)),
      },
      { multiple: "P", earnings: "E" },
    );
  };
  const word = (now: number) =>
    valued(now)
      .said.find((id) => id.includes(".multiple."))
      ?.replace("epicentre.S.multiple.", "");

  it.each([
    [23, "below"],
    [22.04, "below"],
    [22, "halved"],
    [20, "halved"],
    [18, "halved"],
    [17.96, "below-half"],
    [10, "below-half"],
    [41, "peak"],
  ])("of %d after a peak of 40 is %s", (now, expected) => {
    expect(word(now)).toBe(expected);
  });

  it("says multiple, the day of the peak, and what earnings did meanwhile", () => {
    const found = valued(20, { earnings: 0.3 });
    expect(found.part.claim.key).toBe("epicentre.multiple.claim.halved");
    expect(found.fact("epicentre.S.multiple-to-peak")).toMatchObject({ value: 0.5, unit: "share" });
    expect(found.fact("epicentre.S.multiple-peak-date").value).toBe("2025-01-31");
    const said = found.statement("epicentre.S.multiple.halved");
    expect(said.text.map(({ key }) => key)).toEqual([
      "epicentre.multiple.text.halved",
      "epicentre.multiple.since",
    ]);
    expect(said.text[1]?.places).toMatchObject({
      price: { fact: "epicentre.S.since-peak.price", signed: true },
    });
    const log = (part: string) => Number(found.fact(`epicentre.S.since-peak.${part}-log`).value);
    expect(log("multiple")).toBeCloseTo(Math.log(0.5), 10);
    expect(log("earnings")).toBeCloseTo(Math.log((1 + 0.3 * (59 / 60)) / (1 + 0.3 * (47 / 60))), 10);
    expect(log("price")).toBeCloseTo(log("earnings") + log("multiple"), 12);
    expect(found.fact("epicentre.S.since-peak.multiple").value).toBeCloseTo(-0.5, 10);
    expect(found.part.tables.map(({ id, size }) => [id, size])).toEqual([
      ["epicentre.split", "half"],
      ["epicentre.measures", "half"],
    ]);
    // The peak was a year ago: both columns are of one span.
    expect(found.fact("epicentre.S.year.price-log").value).toBe(log("price"));
  });

  it("is not split where price over earnings goes another way than the series of multiples", () => {
    const found = valued(20, { shift: 0.03 });
    expect(found.part.gaps.map(({ key }) => key)).toContain("epicentre.gap.split.disagree");
    expect(found.factIds).not.toContain("epicentre.S.since-peak.price");
    expect(keysOf(found.part.words)).not.toContain("epicentre.multiple.since");
    expect(valued(20, { shift: 0.01 }).factIds).toContain("epicentre.S.since-peak.price");
  });

  it("has no peak of three years in a shorter history, and the word is refused", () => {
    const found = valued(20, { months: 35 });
    expect(found.said).toContain("epicentre.S.multiple.unranked");
    expect(found.said).not.toContain("epicentre.S.multiple.halved");
    expect(valued(20, { months: 37 }).said).toContain("epicentre.S.multiple.halved");
  });

  it("says nothing once its last value is older than it stands", () => {
    // The end of November is 75 days before the Friday; that of October is more.
    expect(valued(20, { age: 2 }).said).toContain("epicentre.S.multiple.halved");
    const old = valued(20, { age: 3 });
    expect(old.said.some((id) => id.includes(".multiple."))).toBe(false);
    expect(old.part.gaps.map(({ key }) => key)).toContain("epicentre.gap.multiple");
  });
});
