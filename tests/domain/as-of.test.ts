import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asOfPanel } from "#src/domain/as-of.ts";
import type { Gathered, Observation, Series } from "#src/domain/series.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import { seriesOf } from "#tests/sources/csv-folder.ts";

fc.configureGlobal({ seed: 20_260_213 });

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
const evening = (date: IsoDate): number => Date.parse(`${date}T21:00:00Z`);
const knownAtRule = (_: Series, date: IsoDate): number => evening(date);
const row = (date: IsoDate, value: number, knownAt: number | null = null): Observation => ({
  date,
  value,
  knownAt,
});

function panelOf(observations: readonly Observation[], cutoff: number, gap: Gathered["gap"] = null) {
  const gathered = [{ series: "x", observations, gap }];
  return asOfPanel({ catalogue: [seriesOf("x")], gathered, knownAtRule, cutoff, digest });
}
const column = (observations: readonly Observation[], cutoff: number) =>
  panelOf(observations, cutoff).column("x");

describe("asOfPanel", () => {
  it("counts a value known exactly at the cut-off, and not one known a millisecond later", () => {
    const rows = [row("2026-02-12", 1), row("2026-02-13", 2)];
    expect(column(rows, evening("2026-02-13")).values).toEqual([1, 2]);
    expect(column(rows, evening("2026-02-13") - 1).values).toEqual([1]);
  });

  it("lets the latest known value of a day win, whatever the order of the rows", () => {
    const rows = [
      row("2026-02-12", 10, evening("2026-02-12")),
      row("2026-02-12", 12, evening("2026-02-20")),
      row("2026-02-12", 11, evening("2026-02-13")),
    ];
    for (const order of [rows, rows.toReversed()]) {
      expect(column(order, evening("2026-02-12")).values).toEqual([10]);
      expect(column(order, evening("2026-02-13")).values).toEqual([11]);
      expect(column(order, evening("2026-02-28")).values).toEqual([12]);
    }
  });

  it("takes a stated known-at before an assumed one of the same moment", () => {
    const rows = [row("2026-02-12", 1, evening("2026-02-12")), row("2026-02-12", 2)];
    for (const order of [rows, rows.toReversed()]) {
      expect(column(order, evening("2026-02-13"))).toMatchObject({ values: [1], assumed: false });
    }
  });

  it("marks a column as assumed when any value that counted took the rule", () => {
    const stated = row("2026-02-12", 1, evening("2026-02-12"));
    expect(column([stated], evening("2026-02-20")).assumed).toBe(false);
    expect(column([stated, row("2026-02-13", 2)], evening("2026-02-20")).assumed).toBe(true);
    expect(column([stated, row("2026-02-13", 2)], evening("2026-02-12")).assumed).toBe(false);
  });

  it("says when the last observation could be read", () => {
    const rows = [row("2026-02-12", 1, evening("2026-02-19")), row("2026-02-13", 2)];
    expect(column(rows, evening("2026-02-20")).knownAt).toBe(evening("2026-02-13"));
    expect(column(rows, 0).knownAt).toBeNull();
  });

  it("sorts days", () => {
    const rows = [row("2026-02-13", 2), row("2026-02-11", 0), row("2026-02-12", 1)];
    expect(column(rows, evening("2026-02-20"))).toMatchObject({
      dates: ["2026-02-11", "2026-02-12", "2026-02-13"],
      values: [0, 1, 2],
    });
  });

  it("reads rows that are made one by one like those of an array", () => {
    const rows = [row("2026-02-13", 2), row("2026-02-11", 0), row("2026-02-11", 1, evening("2026-02-12"))];
    const made = { length: rows.length, [Symbol.iterator]: () => rows.map((each) => ({ ...each })).values() };
    const gathered = [{ series: "x", observations: made, gap: null }];
    const cutoff = evening("2026-02-20");
    const panel = asOfPanel({ catalogue: [seriesOf("x")], gathered, knownAtRule, cutoff, digest });
    expect(panel.column("x")).toEqual(column(rows, cutoff));
    expect(panel.column("x").values).toEqual([1, 2]);
  });

  it("names the gap: the source's, or nothing known yet, which never tells of rows to come", () => {
    expect(panelOf([], 0, "file-missing").column("x").gap).toBe("file-missing");
    expect(panelOf([], 0, "no-rows").column("x").gap).toBe("not-yet-known");
    expect(panelOf([], 0).column("x").gap).toBe("not-yet-known");
    expect(panelOf([row("2026-02-13", 1)], 0).column("x").gap).toBe("not-yet-known");
    expect(panelOf([row("2026-02-13", 1)], evening("2026-02-13")).column("x").gap).toBeNull();
  });

  it("throws for a series that the catalogue lacks, and for one that was not gathered", () => {
    expect(() => panelOf([], 0).column("y")).toThrow(RangeError);
    expect(() =>
      asOfPanel({ catalogue: [seriesOf("y")], gathered: [], knownAtRule, cutoff: 0, digest }),
    ).toThrow(RangeError);
  });

  it("digests the rows that counted, and nothing else", () => {
    const rows = [row("2026-02-12", 1), row("2026-02-13", 2)];
    const later = [...rows, row("2026-02-16", 3)];
    const cutoff = evening("2026-02-13");
    expect(column(later, cutoff).digest).toBe(column(rows, cutoff).digest);
    expect(column(later.toReversed(), cutoff).digest).toBe(column(rows, cutoff).digest);
    expect(column(later, evening("2026-02-16")).digest).not.toBe(column(rows, cutoff).digest);
    expect(column([row("2026-02-12", 1.5), row("2026-02-13", 2)], cutoff).digest).not.toBe(
      column(rows, cutoff).digest,
    );
    expect(column([], cutoff).digest).toBe(digest(""));
  });
});

describe("no look-ahead", () => {
  const day = fc.integer({ min: 0, max: 40 }).map((n) => addDays("2026-01-01", n));
  const stated = fc
    .tuple(day, fc.integer({ min: 0, max: 60 }))
    .map(([date, n]) => [date, evening(addDays(date, n))] as const);
  const observation = fc.oneof(
    fc.record({ date: day, value: fc.double({ noNaN: true }), knownAt: fc.constant(null) }),
    fc
      .tuple(stated, fc.double({ noNaN: true }))
      .map(([[date, knownAt], value]) => ({ date, knownAt, value })),
  );
  const known = ({ date, knownAt }: Observation): number => knownAt ?? evening(date);
  const distinct = { selector: (each: Observation) => `${each.date} ${each.knownAt}`, maxLength: 60 };
  const history = fc.uniqueArray(observation, distinct);

  it("adding what becomes known after the cut-off changes nothing, not by a bit", () => {
    fc.assert(
      fc.property(history, history, day, (rows, others, cutoffDay) => {
        const cutoff = evening(cutoffDay);
        const later = others.filter((each) => known(each) > cutoff);
        expect(column([...rows, ...later], cutoff)).toEqual({
          ...column(rows, cutoff),
          gap: expect.toSatisfy(() => true),
        });
      }),
    );
  });

  it("and it does change the later cut-off at which it is known", () => {
    fc.assert(
      fc.property(history, observation, (rows, added) => {
        const others = rows.filter(
          ({ date, knownAt }) => date !== added.date || (knownAt ?? 0) < known(added),
        );
        const at = known(added);
        const after = column([...others.filter((each) => known(each) < at), added], at);
        expect(after.values[after.dates.indexOf(added.date)]).toBe(added.value);
        expect(
          column(
            others.filter((each) => known(each) < at),
            at,
          ).digest,
        ).not.toBe(after.digest);
      }),
    );
  });
});

describe("a panel without some of its days", () => {
  const rows = [row("2026-02-11", 1), row("2026-02-12", 2, evening("2026-02-12")), row("2026-02-13", 3)];
  const whole = panelOf(rows, evening("2026-02-20"));
  const without = (...days: readonly IsoDate[]) => whole.without(new Map([["x", new Set(days)]])).column("x");

  it("is what it would be had they never been read", () => {
    const never = column(
      [rows[0], rows[1]].filter((each) => each !== undefined),
      evening("2026-02-20"),
    );
    expect(without("2026-02-13")).toEqual(never);
    expect(without("2026-02-11", "2026-02-13")).toMatchObject({ dates: ["2026-02-12"], assumed: false });
  });

  it("can lose more, and has a gap when nothing is left", () => {
    const once = whole.without(new Map([["x", new Set(["2026-02-13"])]]));
    expect(once.without(new Map([["x", new Set(["2026-02-11"])]])).column("x").dates).toEqual(["2026-02-12"]);
    expect(without("2026-02-11", "2026-02-12", "2026-02-13")).toMatchObject({
      dates: [],
      gap: "set-aside",
      knownAt: null,
      assumed: false,
    });
  });

  it("is the same column, where none of its days is meant", () => {
    expect(without("2026-02-10")).toBe(whole.column("x"));
    expect(whole.without(new Map()).column("x")).toBe(whole.column("x"));
    expect(whole.without(new Map()).cutoff).toBe(whole.cutoff);
  });

  it("keeps the reason of a series that had nothing", () => {
    const empty = panelOf([], evening("2026-02-20"), "file-missing");
    expect(empty.without(new Map([["x", new Set(["2026-02-10"])]])).column("x").gap).toBe("file-missing");
  });
});
