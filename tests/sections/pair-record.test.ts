import { describe, expect, it } from "vitest";
import { closesTo, fridaysTo, priceOf, type Row, series, times, weekdaysTo } from "#tests/sections/days.ts";
import { friday, pairIssue, pathTo, still } from "#tests/sections/pairs.ts";
import { messages, namesSubject } from "#tests/sections/says.ts";

/** Against a short leg that never moves, the pair's returns are the long leg's. */
const issue = (long: readonly Row[], inception: string | null = null) =>
  pairIssue(long, still(long.length), inception);
/** The long leg with one day's price multiplied from that day on. */
const jump = (rows: readonly Row[], day: string, factor: number): readonly Row[] =>
  rows.map(([date, v]): Row => [date, date >= day ? v * factor : v]);

const n = 300;
const thisWeek = jump(pathTo(n), "2026-02-11", 1.03);
const lastWeek = jump(pathTo(n), "2026-02-06", 1.03);
const monday = jump(pathTo(n), "2026-02-09", 1.03);

describe("a record day of a pair", () => {
  it("set this week is a record, with its day, size and legs, and nothing of it is refused", () => {
    const found = issue(thisWeek);
    const { tail, gate, score, proof } = found.statement("pair.p.record-back-cast-week");
    expect(found.fact("pair.p.record.date").value).toBe("2026-02-11");
    expect(tail).toEqual({ share: 1 / 299, n: 299, record: true });
    expect(score.record).toBe(1);
    expect(gate).toMatchObject({ rule: "B1 record", found: { date: "2026-02-11", inWeek: true } });
    expect(proof).toBe("pair.p-line");
    expect(found.refused).not.toContain("pair.p.record");
    expect(found.part.words[1]?.map(({ key }) => key)).toEqual([
      "pair.record-back-cast-week.text",
      "pair.record.legs.up-flat",
    ]);
  });

  it("is this week's from Monday on, and past on the Friday before", () => {
    expect(issue(monday).said).toContain("pair.p.record-back-cast-week");
    const found = issue(lastWeek);
    expect(found.said).toContain("pair.p.record-back-cast-past");
    expect(found.refusal("pair.p.record")).toMatchObject({
      word: "record",
      reasons: [{ code: "record-not-this-week" }],
      instead: "pair.p.record-back-cast-past",
    });
    expect(found.statement("pair.p.record-back-cast-past").tail).toEqual({ share: 1, n: 1, record: false });
  });

  it("of the past is followed by this week’s best day and its ranks", () => {
    // 299 returns; +3 % on Friday before, then days of ±0.1 %: Monday or Wednesday’s gain shares the second rank.
    const found = issue(lastWeek);
    const ranks = ["all", "year", "five-years"].map((span) => found.fact(`pair.p.best-day.rank.${span}`));
    expect(ranks.map(({ value }) => value)).toEqual([2, 2, null]);
    expect(ranks[2]).toMatchObject({
      status: "insufficient",
      reasons: [{ code: "too-few", need: 1260 }],
    });
    expect(found.statement("pair.p.record-back-cast-past").text.at(-1)).toMatchObject({
      key: "pair.record.best-day",
      places: {
        bestRank: { fact: "pair.p.best-day.rank.all" },
        bestYear: { fact: "pair.p.best-day.rank.year" },
      },
    });
    const fell = issue(jump(pathTo(n, -0.01, -0.01, -0.01, -0.01, -0.01), "2026-02-06", 1.03));
    expect(fell.said).toContain("pair.p.record-back-cast-past");
    expect(fell.factIds.filter((id) => id.includes("best-day"))).toEqual([]);
  });

  it("needs 250 daily returns", () => {
    expect(issue(jump(pathTo(251), "2026-02-11", 1.03)).said).toContain("pair.p.record-back-cast-week");
    const found = issue(jump(pathTo(250), "2026-02-11", 1.03));
    expect(found.said).toEqual(["pair.p.week.up.plain"]);
    expect(found.refusal("pair.p.record")).toMatchObject({
      reasons: [{ code: "too-few", have: 249, need: 250 }],
      instead: null,
    });
    expect(found.part.figures.map(({ id }) => id)).toEqual(["pair.p-attribution"]);
  });

  it("that another day equalled is none", () => {
    // 100 to 110 twice: the same double twice.
    const prices = [100, 110, ...times(n - 4, 100), 110, 110];
    const found = issue(closesTo(friday, prices));
    expect(found.refusal("pair.p.record")).toMatchObject({
      reasons: [{ code: "record-equalled" }, { code: "record-not-this-week" }],
      instead: null,
    });
    expect(found.said.some((id) => id.includes("record"))).toBe(false);
    const beaten = issue(
      closesTo(
        friday,
        prices.map((p, i) => (i === n - 2 ? p + 1e-6 : p)),
      ),
    );
    expect(beaten.said).toContain("pair.p.record-back-cast-week");
  });

  it("is no gain where no day gained", () => {
    const found = issue(closesTo(friday, priceOf(times(n - 1, -0.001))));
    expect(found.refusal("pair.p.record").reasons).toEqual([{ code: "no-gain" }]);
  });
});

describe("back-cast or followed", () => {
  /** Of 299 returns up to 2026-02-13 the 250th from the end is of this day. */
  const enough = weekdaysTo(friday, 250)[0] ?? "";
  const tooLate = weekdaysTo(friday, 249)[0] ?? "";

  it.each([
    ["never followed", null, "back-cast", 299],
    ["followed from this week on", "2026-02-11", "back-cast", 299],
    ["followed for 249 days", tooLate, "back-cast", 299],
    ["followed for 250 days", enough, "live", 250],
    ["followed from the beginning", "2024-12-23", "live", 299],
  ] as const)("a basket %s", (_, inception, of, days) => {
    const found = issue(thisWeek, inception).statement(`pair.p.record-${of}-week`);
    expect(found.gate.found).toMatchObject({ basis: of, inWeek: true });
    expect(found.tail).toEqual({ share: 1 / days, n: days, record: true });
    expect(issue(lastWeek, inception).said).toContain(`pair.p.record-${of}-past`);
  });

  it("a larger day before it was followed is none of its own", () => {
    // +5 % on the second day of the data, and +3 % this week.
    const early = jump(thisWeek, "2024-12-25", 1.05);
    expect(issue(early).said).toContain("pair.p.record-back-cast-past");
    expect(issue(early).fact("pair.p.record.date").value).toBe("2024-12-25");
    const followed = issue(early, enough);
    expect(followed.said).toContain("pair.p.record-live-week");
    expect(followed.fact("pair.p.record.date").value).toBe("2026-02-11");
    expect(followed.fact("pair.p.record.start").value).toBe(enough);
    expect(followed.fact("pair.p.record.long").state).toBe("up");
  });

  it("a back-cast record names the day from which the data run", () => {
    // 300 weekdays end on 2026-02-13 and begin on 2024-12-23.
    expect(issue(thisWeek).fact("pair.p.record.start").value).toBe("2024-12-23");
  });

  // Ruling B1: a basket's own history counts from its inception.
  it("a followed one is the largest since the basket has been followed", () => {
    expect(issue(thisWeek, "2025-02-03").fact("pair.p.record.start").value).toBe("2025-02-03");
  });

  // Its own history has 8 days, 250 are needed.
  it("a basket followed for less than 250 days has no record of its own", () => {
    expect(issue(thisWeek, "2026-02-04").said).not.toContain("pair.p.record-live-week");
  });
});

describe("a record in a volatile period", () => {
  /**
   * A calm year of ±0.1 % with `spikes` days of +1 % (ten times the forecast), then 60 falls of 5 %, then a gain of
   * 6 %: a record, but only 1.2 times its forecast. Its rank among scaled days is one more than the spikes.
   */
  const returns = (spikes: number): readonly number[] => [
    ...series(600, (i) => {
      if (i >= 40 && i % 50 === 0 && i / 50 <= spikes) return 0.01;
      return i % 2 === 0 ? 0.001 : -0.001;
    }),
    ...times(60, -0.05),
    0.06,
  ];
  const found = (spikes: number) => issue(closesTo(friday, priceOf(returns(spikes))));
  const said = "pair.p.record-back-cast-week";

  it("says so beyond rank ten, with the rank", () => {
    const ten = found(9);
    expect(ten.statement(said).gate.found.scaledRank).toBe(10);
    expect(ten.statement(said).text.map(({ key }) => key)).not.toContain("pair.record.volatile");
    const eleven = found(10);
    expect(eleven.fact("pair.p.record.vol-scaled-rank")).toMatchObject({ value: 11, unit: "ordinal" });
    // The second sentence: page one keeps two of a statement.
    expect(eleven.statement(said).text.map(({ key }) => key)).toEqual([
      `pair.${said.slice("pair.p.".length)}.text`,
      "pair.record.volatile",
      "pair.record.legs.up-flat",
    ]);
  });

  it("counts the days until then alone, and says so", () => {
    // A calm spell later, a gain of 3 % is far more times its forecast than the record was.
    const later = [...returns(10), ...series(100, (i) => (i % 2 === 0 ? 0.001 : -0.001)), 0.03];
    const past = issue(closesTo(friday, priceOf(later)));
    const said = past.statement("pair.p.record-back-cast-past");
    expect(past.fact("pair.p.record.vol-scaled-rank").value).toBe(11);
    const sentence = said.text.filter(({ key }) => key === "pair.record.volatile");
    expect(sentence.map(messages.translator("en"))).toEqual([expect.stringMatching(/until then/)]);
    expect(sentence.map(messages.translator("zh-CN"))).toEqual([expect.stringMatching(/截至当日/)]);
  });

  /** What page one says of an issue of the pair and a market whose record week is one of `weeks`. */
  const pageOne = (weeks: number) => {
    const [long, short] = [closesTo(friday, priceOf(returns(10))), still(662)];
    const market = fridaysTo(friday, [...series(weeks - 1, (i) => (i % 2 === 0 ? 0.01 : -0.01)), 0.03]);
    const issued = pairIssue(long, short, null, {
      series: { L: { rows: long }, S: { rows: short }, A: { rows: market } },
      superlatives: ["A"],
      sections: ["headline", "levels", "pair"],
    });
    const { standfirst, words } = issued.section("headline");
    return { first: issued.said[0], keys: [standfirst, ...words.flat()].map((message) => message?.key) };
  };

  it("says so on page one too, beside another headline", () => {
    // One in 801 weeks is rarer than one in 661 days.
    const page = pageOne(801);
    expect(page.first).toBe("levels.A.best-on-record");
    expect(page.keys).toContain("pair.record.volatile");
  });

  // As the headline itself it has one sentence under it, which is the first; this is the second (B1: “text must add”).
  it("says so on page one too, as the headline", () => {
    const page = pageOne(121);
    expect(page.first).toBe(said);
    expect(page.keys).toContain("pair.record.volatile");
  });
});

describe("the legs on the record day", () => {
  it.each([
    ["up-up", 1.03, 0.98],
    ["up-down", 1.03, 1.01],
    ["up-flat", 1.03, 1],
    ["flat-up", 1, 0.97],
    ["down-up", 0.99, 0.96],
  ])("%s", (legs, long, short) => {
    const day = "2026-02-11";
    const found = pairIssue(jump(still(n), day, long), jump(still(n), day, short));
    const { text } = found.statement("pair.p.record-back-cast-week");
    expect(text.map(({ key }) => key)).toContain(`pair.record.legs.${legs}`);
    const [up = "", down = ""] = legs.split("-");
    expect(found.fact("pair.p.record.long").state).toBe(up);
    expect(found.fact("pair.p.record.short").state).toBe(down);
  });
});

describe("the figure of a record", () => {
  const found = issue(lastWeek);

  it("is the pair's level, wide, credited to all members, and claims that level", () => {
    const line = found.part.figures.find(({ id }) => id === "pair.p-line");
    expect(line).toMatchObject({ size: "wide", series: ["L", "S"] });
    expect(line?.claim).toMatchObject({
      key: "pair.figure.line.claim",
      places: {
        name: { name: { en: "the pair" } },
        base: { fact: "pair.p.chart.base", full: true },
        end: { fact: "pair.p.chart.end" },
      },
    });
    expect(found.statement("pair.p.record-back-cast-past").proof).toBe(line?.id);
  });

  it("is 100 a trading year ago", () => {
    // 299 returns: the base is the close before the last 252 of them.
    const closes = lastWeek.map(([, v]) => v);
    expect(found.fact("pair.p.chart.base").value).toBe(lastWeek.at(-253)?.[0]);
    expect(found.fact("pair.p.chart.end").value).toBeCloseTo(
      (100 * (closes.at(-1) ?? 0)) / (closes.at(-253) ?? 1),
      9,
    );
  });

  it("is 100 at the beginning of a shorter history", () => {
    const short = issue(jump(pathTo(251), "2026-02-06", 1.03));
    expect(short.fact("pair.p.chart.base").value).toBe(short.fact("pair.p.start").value);
  });
});

describe("the sentence of a record", () => {
  // “Its gain of 3.0% on Feb 11 is the largest …”: on page one it stands after a sentence about something else.
  it("names the pair, so that it can stand alone", () => {
    const [first] = issue(thisWeek).statement("pair.p.record-back-cast-week").text;
    expect(first !== undefined && namesSubject(first)).toBe(true);
  });
});
