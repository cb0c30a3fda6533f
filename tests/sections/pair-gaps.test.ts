import { describe, expect, it } from "vitest";
import { closesTo, priceOf, type Row, series } from "#tests/sections/days.ts";
import { friday, pairIssue, still } from "#tests/sections/pairs.ts";

const n = 400;
/** Days of ±0.1 %, but for +2 % on 15 September and +3 % on 20 October 2025. */
const path = closesTo(friday, priceOf(series(n - 1, (i) => (i % 2 === 0 ? 0.001 : -0.001)))).map(
  ([day, v]): Row => [day, v * (day >= "2025-09-15" ? 1.02 : 1) * (day >= "2025-10-20" ? 1.03 : 1)],
);
const without = (rows: readonly Row[], from: string, to: string) =>
  rows.filter(([day]) => day < from || day > to);

describe("a member that lacks days which another has", () => {
  it("makes no day's return of several: the record is another day's", () => {
    const whole = pairIssue(path, still(n));
    expect(whole.fact("pair.p.record.date").value).toBe("2025-10-20");
    // Without 20 October in one leg, the return to the 21st spans two sessions of the other.
    const found = pairIssue(path, without(still(n), "2025-10-20", "2025-10-20"));
    expect(found.fact("pair.p.record.date").value).toBe("2025-09-15");
  });

  it("is no gap where all lack them: a holiday", () => {
    const [a, b] = [path, still(n)].map((rows) => without(rows, "2025-10-20", "2025-10-20"));
    expect(pairIssue(a ?? [], b ?? []).fact("pair.p.record.date").value).toBe("2025-10-21");
  });

  it("leaves no week to speak of where its base is weeks ago", () => {
    const found = pairIssue(path, without(still(n), "2026-01-26", "2026-02-06"));
    expect(found.said).toEqual([]);
    expect(found.part.gaps).toMatchObject([{ key: "pair.gap" }]);
    // A week in which nobody traded is a closure.
    const closed = [path, still(n)].map((rows) => without(rows, "2026-02-02", "2026-02-06"));
    expect(pairIssue(closed[0] ?? [], closed[1] ?? []).said[0]).toMatch(/^pair\.p\.week\./);
  });
});

describe("a pair whose last common session is not the week's last", () => {
  const upTo = (day: string) => pairIssue(path, without(still(n), day, friday));

  it("names that session", () => {
    const found = upTo("2026-02-13");
    expect(found.statement(found.said[0] ?? "").text.at(-1)).toMatchObject({
      key: "pair.week.early",
      places: { end: { fact: "pair.p.week.end" } },
    });
    expect(found.fact("pair.p.week.end").value).toBe("2026-02-12");
  });

  it("is not spoken of from four sessions on", () => {
    expect(upTo("2026-02-11").said[0]).toMatch(/^pair\.p\.week\./);
    expect(upTo("2026-02-10").said).toEqual([]);
  });
});

describe("back-cast history", () => {
  const keys = (inception: string | null) => {
    const found = pairIssue(path, still(n), inception);
    const line = found.part.figures.find(({ id }) => id === "pair.p-line");
    return {
      note: line?.notes.map(({ key }) => key),
      method: found.part.words.at(-1)?.[0],
      fact: inception === null ? null : found.fact("pair.p.inception").value,
    };
  };

  it("is called so in the chart and by the method, with the day since when the basket is followed", () => {
    expect(keys(null)).toMatchObject({
      note: ["pair.figure.line.back-cast.all"],
      method: { key: "pair.method.back-cast" },
    });
    expect(keys("2025-10-01")).toMatchObject({
      note: ["pair.figure.line.back-cast.before"],
      method: { key: "pair.method.live", places: { inception: { fact: "pair.p.inception" } } },
      fact: "2025-10-01",
    });
    expect(keys("2020-01-01").note).toEqual([]);
  });
});
