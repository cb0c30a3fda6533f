import { describe, expect, it } from "vitest";
import { ending } from "#tests/sections/conditions-case.ts";
import { times } from "#tests/sections/days.ts";
import type { CaseSeries } from "#tests/sections/market-case.ts";
import {
  ofIssue,
  quiet,
  rowsTo,
  rules,
  sectors,
  signalsIssue,
  yieldsOf,
} from "#tests/sections/signals-case.ts";

const bare = Object.fromEntries(Object.keys(sectors({})).map((id) => [id, { rows: rowsTo([1, 2]) }]));
const curveOf = (series: Readonly<Record<string, CaseSeries>>) =>
  signalsIssue({ ...bare, ...series }, rules({ curve: { short: "S", long: "L" } }));
/** A curve whose ends move by so many basis points in each of the last twenty sessions. */
const moved = (short: readonly number[], long: readonly number[]) =>
  curveOf({ S: yieldsOf(4, quiet(short)), L: yieldsOf(4.5, quiet(long)) });
const steady = (short: number, long: number) => moved(times(20, short), times(20, long));

describe("the yield curve", () => {
  it.each([
    ["bull-flattener", -1, -3],
    ["bull-steepener", -3, -1],
    ["bear-flattener", 3, 1],
    ["bear-steepener", 1, 3],
    ["flattener", 1, -1],
    ["steepener", -1, 1],
    ["parallel-bull", -2, -2],
    ["parallel-bear", 2, 2],
    ["unchanged", 0, 0],
  ])("is a %s where its ends move by %i and %i a session", (word, short, long) => {
    const found = steady(short, long);
    expect(found.said).toContain(`signals.curve-20.${word}`);
    expect(found.fact("signals.curve-20.short").value).toBeCloseTo(20 * short, 6);
    expect(found.fact("signals.curve-20.long").value).toBeCloseTo(20 * long, 6);
    expect(found.fact("signals.curve-20.horizon")).toMatchObject({ value: 20, unit: "count" });
  });

  it("always says over how many sessions, and the shorter move where it is another", () => {
    expect(steady(-1, -3).sentences).toEqual([
      "signals.curve.legs.down.down",
      "signals.curve.bull.flattener.text",
    ]);
    const turned = moved([...times(15, -2), ...times(5, 1)], [...times(15, -4), ...times(5, 4)]);
    expect(turned.sentences).toEqual([
      "signals.curve.legs.down.down",
      "signals.curve.bull.flattener.text",
      "signals.curve.legs.up.up",
      "signals.curve.bear.steepener.text",
    ]);
    for (const horizon of [20, 5])
      expect(
        turned.statement(`signals.curve-${horizon}.${horizon === 20 ? "bull-flattener" : "bear-steepener"}`)
          .claim.places,
      ).toMatchObject({ horizon: { fact: `signals.curve-${horizon}.horizon` } });
  });

  it("is neither bull nor bear where its level moved by less than the threshold, and a twist where its ends part", () => {
    const found = steady(1, -1);
    expect(ofIssue(found, "signals.curve-20.flattener")).toEqual([
      "signals.curve.legs.up.down",
      "signals.curve.plain.flattener.text",
      "signals.curve.twist",
    ]);
    expect(found.refusal("signals.curve-20.bull-or-bear").reasons).toEqual([
      { code: "level-below-threshold" },
    ]);
    // Two basis points of level are a move where the curve is as quiet as this; one and a half are none.
    expect(moved([...times(19, 0), -1], [...times(19, 0), -3]).said).toContain(
      "signals.curve-20.bull-flattener",
    );
    expect(moved([...times(19, 0), -0.5], [...times(19, 0), -2.5]).said).toContain(
      "signals.curve-20.flattener",
    );
  });

  it("is not spoken of where a yield is missing or ends early", () => {
    const all = { S: yieldsOf(4, quiet([])), L: yieldsOf(4.5, quiet([])) };
    for (const [id, each] of Object.entries(all)) {
      const found = curveOf({ ...all, [id]: ending(each, 4) });
      expect([found.said, found.gaps]).toEqual([[], ["signals.gap.strength", "signals.gap.curve"]]);
      expect(curveOf({ ...all, [id]: { kind: "yield", gap: "file-missing" } }).gaps).toContain(
        "signals.gap.curve",
      );
    }
  });

  it("needs a close more than the horizon, and below the longer one speaks of the shorter", () => {
    const of = (n: number) => curveOf({ S: yieldsOf(4, times(n, -1)), L: yieldsOf(4.5, times(n, -3)) });
    expect(of(20).said).toEqual(["signals.curve-5.bull-flattener"]);
    expect(of(20).sentences).toContain("signals.curve.bull.flattener.text");
    expect(of(21).said).toContain("signals.curve-20.bull-flattener");
    expect(of(5).gaps).toContain("signals.gap.curve");
  });
});
