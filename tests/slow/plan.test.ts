import * as fc from "fast-check";
import { describe, it } from "vitest";
import { clockJumps, everySlotEnds, everySlotOnce, nothingIsLeftOut } from "#tests/calendar/plan-laws.ts";
import { count } from "#tests/slow/edits.ts";

const counts = count(1000);

fc.configureGlobal({ seed: 20_260_214 });

describe("the planner, over five years of any exchange, rule and policy", () => {
  it.each([
    ["enters each slot once and makes it or names it as skipped", everySlotOnce, counts],
    ["leaves none without an end when the worker lags behind", everySlotEnds, counts],
    ["makes every slot in time without a stop, and all where it is told to", nothingIsLeftOut, counts],
    ["makes none twice and loses none when the clock jumps", clockJumps, counts * 3],
  ])("%s", (_, law, runs) => {
    law(runs);
  });
});
