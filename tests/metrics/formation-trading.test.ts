import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { engleGranger } from "#src/metrics/engle-granger.ts";
import { formationSplits, outOfSample } from "#src/metrics/formation-trading.ts";
import { gap, reference } from "#tests/metrics/pair-trade-reference.ts";
import { seeded, series } from "#tests/metrics/returns-reference.ts";

const { long, short } = reference.prices;
const splits = formationSplits(long.length);
const [first = { formation: { start: 0, end: 0 }, trading: { start: 0, end: 0 } }] = splits;

describe("formationSplits", () => {
  it("are 252 sessions and the 126 after them, one after another", () => {
    expect(formationSplits(600)).toEqual([
      { formation: { start: 0, end: 252 }, trading: { start: 252, end: 378 } },
      { formation: { start: 126, end: 378 }, trading: { start: 378, end: 504 } },
      { formation: { start: 252, end: 504 }, trading: { start: 504, end: 600 } },
    ]);
  });

  it("begin with the first session after a formation", () => {
    expect(formationSplits(252)).toEqual([]);
    expect(formationSplits(253)).toEqual([
      { formation: { start: 0, end: 252 }, trading: { start: 252, end: 253 } },
    ]);
    expect(formationSplits(378)).toHaveLength(1);
    expect(formationSplits(379)).toHaveLength(2);
    expect(formationSplits(0)).toEqual([]);
  });

  it("leave no session between and none in two trading windows, and none in its own formation", () => {
    fc.assert(
      fc.property(
        fc.nat(1500),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 20, max: 200 }),
        (n, formation, trading) => {
          let next = formation;
          for (const split of formationSplits(n, { formation, trading })) {
            expect(split.formation.end - split.formation.start).toBe(formation);
            expect(split.trading.start).toBe(split.formation.end);
            expect(split.trading.start).toBe(next);
            expect(split.trading.end).toBeGreaterThan(split.trading.start);
            next = split.trading.end;
          }
          if (n > formation) expect(next).toBe(n);
        },
      ),
      { ...seeded, numRuns: 60 },
    );
  });

  it("of a shorter history are the same but for the last", () => {
    expect(formationSplits(700).slice(0, 2)).toEqual(formationSplits(600).slice(0, 2));
    expect(formationSplits(700)[2]).not.toEqual(formationSplits(600)[2]);
  });

  it("throw for windows that are none", () => {
    for (const bad of [{ formation: 0 }, { trading: 0 }, { formation: 1.5 }, { trading: Number.NaN }])
      expect(() => formationSplits(600, bad)).toThrow(RangeError);
    expect(() => formationSplits(0.5)).toThrow(RangeError);
  });
});

describe("outOfSample", () => {
  it.each(reference.formation)(
    "agrees with statsmodels to 1e-9 from session $start",
    ({ start, slope, z }) => {
      const split = splits[start / 126] ?? first;
      const found = outOfSample(long, short, split);
      expect(found).toMatchObject({ status: "ok", n: z.length });
      expect(found.value?.line.slope).toBeCloseTo(slope, 10);
      expect(gap(found.value?.z ?? [], z)).toBeLessThan(1e-9);
      expect(found.value?.test).toEqual(
        engleGranger(long.slice(start, start + 252), short.slice(start, start + 252)).value,
      );
    },
  );

  it("estimates on the formation only: trading prices change z on their day and nothing else", () => {
    const own = outOfSample(long, short, first).value;
    const changed = outOfSample(long.with(300, 1), short, first).value;
    expect(changed?.line).toEqual(own?.line);
    expect(changed?.test).toEqual(own?.test);
    expect(changed?.z[48]).not.toBe(own?.z[48]);
    expect(changed?.z.with(48, own?.z[48] ?? 0)).toEqual(own?.z);
    expect(outOfSample(long.with(200, 1), short, first).value?.line).not.toEqual(own?.line);
  });

  it("does not read before the formation or after the trading window", () => {
    const second = splits[1] ?? first;
    const own = outOfSample(long, short, second);
    expect(outOfSample(long.slice(0, 504), short.slice(0, 504), second)).toEqual(own);
    expect(outOfSample(long.with(125, 1).with(504, 1), short, second)).toEqual(own);
    expect(outOfSample(long.with(126, 1), short, second)).not.toEqual(own);
    expect(outOfSample(long.with(503, 1), short, second)).not.toEqual(own);
  });

  it("has the cases of the test, and is refused for a split that ends after the prices", () => {
    const of = (formation: number) => ({
      formation: { start: 0, end: formation },
      trading: { start: formation, end: formation + 5 },
    });
    expect(outOfSample(long, short, of(250)).status).toBe("ok");
    expect(outOfSample(long, short, of(249))).toMatchObject({
      status: "insufficient",
      reasons: [{ need: 250, have: 249 }],
    });
    expect(outOfSample(long.slice(0, 255), short.slice(0, 255), of(250)).status).toBe("ok");
    expect(outOfSample(long.slice(0, 254), short.slice(0, 254), of(250))).toMatchObject({
      status: "insufficient",
      reasons: [{ need: 255, have: 254 }],
    });
    expect(outOfSample(long, long, first)).toMatchObject({ reasons: [{ code: "identical-legs" }] });
    expect(outOfSample(long, series(852, 2), first)).toMatchObject({ reasons: [{ code: "zero-variance" }] });
    expect(outOfSample(long.with(300, 0), short, first)).toMatchObject({
      reasons: [{ code: "not-positive" }],
    });
    expect(() => outOfSample(long.with(300, Number.NaN), short, first)).toThrow(RangeError);
    expect(() => outOfSample(long, short.slice(0, 100), first)).toThrow(RangeError);
  });
});
