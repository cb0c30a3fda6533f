import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hiddenRegime, spokenRules, spokenStates } from "#src/metrics/hidden-regime.ts";
import { labelStability } from "#src/metrics/label-stability.ts";
import { bhattacharyya, matchStates } from "#src/metrics/state-matching.ts";
import reference from "#tests/fixtures/reference/hidden.json" with { type: "json" };
import { plusDays, seeded, series } from "#tests/metrics/returns-reference.ts";
import { normals } from "#tests/metrics/walks.ts";

describe("labels, against sklearn and scipy", () => {
  it.each(reference.labels)(
    "adjusted Rand index $adjustedRand",
    ({ before, after, unchanged, adjustedRand }) => {
      const { value } = labelStability(before, after);
      expect(value?.unchanged).toBeCloseTo(unchanged, 14);
      expect(value?.adjustedRand).toBeCloseTo(adjustedRand, 12);
    },
  );

  it.each(reference.matching)("matched $matched", ({ before, after, distances, matched }) => {
    for (const [k, row] of distances.entries())
      for (const [old, d] of row.entries()) {
        const [a, b] = [after[k], before[old]];
        expect(a && b && bhattacharyya(a, b)).toBeCloseTo(d, 10);
      }
    expect(matchStates(before, after)).toEqual(matched);
  });
});

describe("labelStability", () => {
  it("is stable from nine tenths of both on", () => {
    // 100 days in two equal halves, of which the last so many of the first half change.
    const changed = (count: number) =>
      labelStability(
        series(100, (i) => (i < 50 ? 0 : 1)),
        series(100, (i) => (i < 50 - count ? 0 : 1)),
      ).value;
    expect(changed(2)).toMatchObject({ unchanged: 0.98, isStable: true });
    expect(changed(3)?.adjustedRand).toBeLessThan(0.9);
    expect(changed(3)?.isStable).toBe(false);
    // The partition is the same, and the names of so many days are others.
    const renamed = (count: number) =>
      labelStability(
        series(100, (i) => (i < count ? 0 : 1)),
        series(100, (i) => (i < count ? 2 : 1)),
      ).value;
    expect(renamed(10)).toEqual({ unchanged: 0.9, adjustedRand: 1, isStable: true });
    expect(renamed(11)).toEqual({ unchanged: 0.89, adjustedRand: 1, isStable: false });
    expect(labelStability([0, 0, 1, 1], [1, 1, 0, 0]).value).toEqual({
      unchanged: 0,
      adjustedRand: 1,
      isStable: false,
    });
  });

  it("needs two days of both", () => {
    expect(labelStability([0, 1], [0, 1]).value).toMatchObject({ unchanged: 1, adjustedRand: 1 });
    expect(labelStability([0], [0])).toMatchObject({ status: "insufficient", n: 1 });
    expect(() => labelStability([0, 1], [0])).toThrow(RangeError);
  });

  it("does not see names or order of the days, and sees one day", () => {
    const label = fc.integer({ min: 0, max: 2 });
    fc.assert(
      fc.property(fc.array(fc.tuple(label, label), { minLength: 3, maxLength: 40 }), (days) => {
        const [before, after] = [days.map(([a]) => a), days.map(([, b]) => b)];
        const own = labelStability(before, after).value?.adjustedRand ?? 9;
        expect(own).toBeLessThanOrEqual(1 + 1e-12);
        expect(
          labelStability(
            before.map((l) => 2 - l),
            after,
          ).value?.adjustedRand,
        ).toBeCloseTo(own, 12);
        expect(labelStability(before.toReversed(), after.toReversed()).value?.adjustedRand).toBeCloseTo(
          own,
          12,
        );
        expect(labelStability(before, before).value).toEqual({
          unchanged: 1,
          adjustedRand: 1,
          isStable: true,
        });
        expect(labelStability(before, before.with(0, 7)).value?.unchanged).toBeLessThan(1);
      }),
      seeded,
    );
  });
});

describe("matchStates", () => {
  it("has no answer for another number of states", () => {
    const state = { mean: [0], covariance: [[1]] };
    expect(matchStates([state], [state, state])).toBeNull();
    expect(() =>
      bhattacharyya(state, {
        mean: [0, 0],
        covariance: [
          [1, 0],
          [0, 1],
        ],
      }),
    ).toThrow(RangeError);
  });

  it("undoes any change of places", () => {
    const states = [1, 4, 25].map((variance, k) => ({ mean: [k / 10], covariance: [[variance]] }));
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [2, 0, 1],
    ])
      expect(
        matchStates(
          states,
          order.flatMap((k) => states.slice(k, k + 1)),
        ),
      ).toEqual(order);
  });
});

describe("spokenStates", () => {
  const rows = (...firsts: readonly number[]) => firsts.map((p) => [p, 1 - p]);

  it("speaks of a state that has had 0.7 three times in a row", () => {
    expect(spokenStates(rows(0.7, 0.7, 0.7))).toEqual([null, null, 0]);
    expect(spokenStates(rows(0.7, 0.699, 0.7, 0.7))).toEqual([null, null, null, null]);
    expect(spokenStates(rows(0.1, 0.2, 0.3))).toEqual([null, null, 1]);
    expect(spokenRules).toEqual({ probability: 0.7, lost: 0.5, confirm: 3 });
  });

  it("keeps it until another is confirmed", () => {
    expect(spokenStates(rows(0.9, 0.9, 0.9, 0.6, 0.1, 0.1, 0.9))).toEqual([null, null, 0, 0, 0, 0, 0]);
    expect(spokenStates(rows(0.9, 0.9, 0.9, 0.1, 0.1, 0.1, 0.1))).toEqual([null, null, 0, 0, 0, 1, 1]);
  });

  it("falls silent once it has been the less likely three times in a row", () => {
    expect(spokenStates(rows(0.9, 0.9, 0.9, 0.49, 0.49, 0.5, 0.49))).toEqual([null, null, 0, 0, 0, 0, 0]);
    expect(spokenStates(rows(0.9, 0.9, 0.9, 0.49, 0.49, 0.49, 0.6))).toEqual([
      null,
      null,
      0,
      0,
      0,
      null,
      null,
    ]);
  });

  it("uses nothing after a time", () => {
    const path = fc.array(fc.integer({ min: 0, max: 10 }).map((p) => [p / 10, 1 - p / 10]));
    const spoken = new Set<number | null>();
    fc.assert(
      fc.property(path, path, (known, later) => {
        const long = spokenStates([...known, ...later]);
        expect(long.slice(0, known.length)).toEqual(spokenStates(known));
        for (const state of long) spoken.add(state);
      }),
      { ...seeded, numRuns: 200 },
    );
    expect([...spoken]).toEqual(expect.arrayContaining([null, 0, 1]));
  });
});

describe("hiddenRegime", () => {
  const x = reference.oneColumn[0]?.x ?? [];
  const weeks = series(300, (i) => i).map((i) => plusDays("2014-01-03", 7 * i));
  const quick = { randomStarts: 1, leastObservations: 200, mostStates: 2 };
  const of = (n: number, values: readonly number[] = x) =>
    hiddenRegime(weeks.slice(0, n), [Object.freeze(values.slice(0, n))], quick);
  /** The first week of the last month, and the place after its last. */
  const month = weeks.findIndex((week) => week.startsWith("2019-08"));
  const end = weeks.findIndex((week) => week.startsWith("2019-09"));

  it("is estimated to the end of the month before, and filtered to today", () => {
    const { value, status } = of(end);
    expect(status).toBe("ok");
    expect(value).toMatchObject({ estimatedTo: weeks[month - 1], chosen: { states: 2 } });
    expect(value?.path.length).toBe(end);
    expect(value?.probabilities).toEqual(value?.path.at(-1));
    expect(value?.spoken).toBe(spokenStates(value?.path ?? []).at(-1));
    expect(value?.stability).toMatchObject({ isStable: true });
  });

  it("keeps its parameters through a month, and its past to the bit", () => {
    const [first, last] = [of(month + 1).value, of(end).value];
    expect(last?.chosen).toEqual(first?.chosen);
    expect(last?.path.slice(0, month + 1)).toEqual(first?.path);
    expect(of(end, x.with(end - 1, 9)).value?.path.slice(0, end - 1)).toEqual(last?.path.slice(0, end - 1));
    expect(of(end, x.with(end - 1, 9)).value?.probabilities).not.toEqual(last?.probabilities);
    // Of the month before, one week does change them; and the next month has others.
    expect(of(end, x.with(month - 1, 9)).value?.chosen).not.toEqual(last?.chosen);
    expect(of(end + 1).value?.chosen).not.toEqual(last?.chosen);
  });

  it("speaks of no state where a month has changed the story", () => {
    // Five weeks of leaps after years of calm and storms: some of what was a storm is calm beside them.
    const leaps = (size: number) =>
      x.map((v, i) => (i >= month - 5 && i < month ? size * (i % 2 === 0 ? 1 : -1) : v));
    const { status, reasons, value } = of(end, leaps(12));
    expect({ status, reasons }).toEqual({ status: "warn", reasons: [{ code: "unstable-labels" }] });
    expect(value?.stability.unchanged).toBeGreaterThan(0.9);
    expect(value?.stability.adjustedRand).toBeLessThan(0.9);
    expect(value?.stability.isStable).toBe(false);
    // Filtered by today's model, a state would have been spoken of.
    expect(spokenStates(value?.path ?? []).at(-1)).toBe(1);
    expect(value?.spoken).toBeNull();
    // Larger leaps are a state of their own, too short to be one; what is unstable is told after it.
    const rejected = hiddenRegime(weeks.slice(0, end), [leaps(20).slice(0, end)], {
      ...quick,
      mostStates: 3,
    });
    expect(rejected.reasons).toEqual([{ code: "rejected-occupancy" }, { code: "unstable-labels" }]);
  });

  it("nor where it has changed how many states there are", () => {
    // Storms that are hardly larger than calms: of as many weeks two states are found for the first time.
    const weak = x.map((v) => Math.sign(v) * Math.abs(v) ** 0.6);
    const { status, value } = of(280, weak);
    expect(value?.chosen.states).toBe(2);
    expect(status).toBe("warn");
    expect(value?.stability).toEqual({ unchanged: 0, adjustedRand: 0, isStable: false });
    expect(value?.spoken).toBeNull();
  });

  it("nor where its states have changed places in the order of their variances, whatever their labels", () => {
    // Levels of 3 and −3 in turn, of nearly the same noise, to which the last month of the calmer adds more.
    const noise = normals(8, 300);
    const levels = (size: number) =>
      noise.map(
        (e, i) =>
          (Math.floor((i - month + 138) / 12) % 2 === 0 ? 3 : -3) +
          e * (i >= month - 5 && i < month ? size : 1),
      );
    const [usual, changed] = [of(end, levels(1)), of(end, levels(4))];
    expect(usual).toMatchObject({ status: "ok", value: { spoken: 0, stability: { isStable: true } } });
    expect(changed).toMatchObject({
      status: "warn",
      value: { spoken: null, stability: { unchanged: 1, adjustedRand: 1, isStable: false } },
    });
    expect(usual.value?.chosen.fit.model.states[0]?.mean[0]).toBeLessThan(-2);
    expect(changed.value?.chosen.fit.model.states[0]?.mean[0]).toBeGreaterThan(2);
  });

  it("nor where two of three have, and the third has not", () => {
    // Levels of 6, −6 and 0 in turn, the last with wide noise.
    const noise = normals(22, 300);
    const levels = (size: number) =>
      noise.map((e, i) => {
        const turn = Math.floor((i - month + 510) / 12) % 3;
        const last = i >= month - 5 && i < month ? size : 1;
        return ([6, -6, 0][turn] ?? 0) + (turn === 2 ? 3 : 1) * last * e;
      });
    const three = (size: number) =>
      hiddenRegime(weeks.slice(0, end), [levels(size).slice(0, end)], { ...quick, mostStates: 3 }).value;
    const same = { unchanged: 1, adjustedRand: 1 };
    expect(three(1)).toMatchObject({
      chosen: { states: 3 },
      spoken: 0,
      stability: { ...same, isStable: true },
    });
    expect(three(2.5)).toMatchObject({
      chosen: { states: 3 },
      spoken: null,
      stability: { ...same, isStable: false },
    });
    expect(three(2.5)?.chosen.fit.model.states[2]?.covariance[0]?.[0]).toBeGreaterThan(5);
  });

  it("speaks of the state that stands today, of whichever", () => {
    expect([of(210), of(240), of(end)].map(({ value }) => value?.spoken)).toEqual([0, 1, null]);
  });

  it("has no regimes in one state, and none of too short a past", () => {
    const one = hiddenRegime(weeks.slice(0, end), [x.slice(0, end)], { ...quick, mostStates: 1 });
    expect(one).toMatchObject({ status: "undefined", reasons: [{ code: "one-state" }] });
    // 196 weeks lie before October 2017, and 200 before November: the first are too few for either estimate.
    for (const n of [199, 203])
      expect(of(n)).toEqual({
        status: "insufficient",
        value: null,
        n: 196,
        reasons: [{ code: "too-few", need: 200, have: 196 }],
      });
    expect(hiddenRegime([], [[]])).toMatchObject({ status: "insufficient", n: 0 });
  });

  it("refuses days that are not as many", () => {
    expect(() => hiddenRegime(weeks.slice(0, 10), [x.slice(0, 11)])).toThrow(RangeError);
  });
});
