import * as fc from "fast-check";
import { describe, it } from "vitest";
import { clockJumps, everySlotEnds, everySlotOnce, nothingIsLeftOut } from "#tests/calendar/plan-laws.ts";

fc.configureGlobal({ seed: 20_260_213 });

/** Five years each, of any exchange, rule and policy; `tests/slow/plan.test.ts` takes many more. */
describe("the planner, over five years", () => {
  it("enters each slot once and makes it or names it as skipped, however often the process stops", () => {
    everySlotOnce(8);
  });

  it("leaves none without an end when the worker lags behind", () => {
    everySlotEnds(5);
  });

  it("makes every slot in time without a stop, and all of them where it is told to", () => {
    nothingIsLeftOut(3);
  });

  it("makes none twice and loses none when the clock jumps, and makes all that come once it is right", () => {
    clockJumps(25);
  });
});
