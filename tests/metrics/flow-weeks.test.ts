import { describe, expect, it } from "vitest";
import { flowWeeks, groupWeeks, weekEnds, weeklyDays } from "#src/metrics/flow-weeks.ts";
import { weekdays } from "#tests/metrics/weekdays.ts";

/** Monday 5 January to Friday 30 January 2026: four weeks of five sessions. */
const january = weekdays("2026-01-05", 20);
const friday = "2026-01-30";
/** 1, 2, 3, … on each session. */
const counted = january.map((_, i) => i + 1);

/** The fund without its flows on some of these days. */
function without(...missing: readonly string[]) {
  const dates = january.filter((day) => !missing.includes(day));
  return { dates, flows: dates.map((day) => counted[january.indexOf(day)] ?? 0), due: january };
}

describe("flows of sessions", () => {
  it("become weeks that end on the last day that was due", () => {
    expect(flowWeeks(without(), friday)).toEqual([15, 40, 65, 90]);
    // To Thursday: the first week holds Monday to Thursday alone, which were all that were due of it.
    expect(flowWeeks(without(), "2026-01-29")).toEqual([10, 35, 60, 85]);
  });

  it("count a week from three quarters of its sessions on", () => {
    // Of five sessions four are 80 %, three 60 %.
    expect(flowWeeks(without("2026-01-12"), friday)).toEqual([15, 34, 65, 90]);
    expect(flowWeeks(without("2026-01-12", "2026-01-13"), friday)).toEqual([15, null, 65, 90]);
    // The last day of the last week is due too.
    expect(flowWeeks(without("2026-01-26", "2026-01-27"), friday)).toEqual([15, 40, 65, null]);
  });

  it("count a week of four sessions with one missing, and not one of three", () => {
    const holiday = {
      ...without("2026-01-19", "2026-01-20"),
      due: january.filter((d) => d !== "2026-01-19"),
    };
    expect(flowWeeks(holiday, friday)[2]).toBe(13 + 14 + 15);
    const three = { ...holiday, due: holiday.due.filter((d) => d !== "2026-01-21") };
    expect(
      flowWeeks({ ...without("2026-01-19", "2026-01-20", "2026-01-21"), due: three.due }, friday)[2],
    ).toBe(null);
  });

  it("are nothing, and nothing is missing, in a week without a session", () => {
    const closed = january.slice(10, 15);
    const due = january.filter((day) => !closed.includes(day));
    expect(flowWeeks({ ...without(...closed), due }, friday)).toEqual([15, 40, 0, 90]);
    expect(flowWeeks(without(...closed), friday)).toEqual([15, 40, null, 90]);
  });

  it("are missing in the weeks after they have ended, up to the last", () => {
    expect(flowWeeks(without(...january.slice(10)), friday)).toEqual([15, 40, null, null]);
  });

  it("of a first week that was not whole give none", () => {
    const { dates, flows } = without(...january.slice(0, 2));
    expect(flowWeeks({ dates, flows, due: january }, friday)).toEqual([null, 40, 65, 90]);
  });

  it("after the last day change nothing, and none at all are no weeks", () => {
    expect(flowWeeks(without(), "2026-01-23")).toEqual([15, 40, 65]);
    expect(flowWeeks({ dates: [], flows: [], due: january }, friday)).toEqual([]);
    expect(flowWeeks({ dates: [friday], flows: [1], due: [friday] }, "2026-01-16")).toEqual([]);
  });

  it("must be finite", () => {
    expect(() => flowWeeks({ dates: [friday], flows: [Number.NaN], due: [friday] }, friday)).toThrow(
      new RangeError("flowWeeks requires finite flows"),
    );
  });
});

describe("one value a week", () => {
  // Of ICI's weeks of 2022 the one before Thanksgiving ends on a Tuesday.
  const dates = ["2022-11-09", "2022-11-16", "2022-11-22", "2022-11-30"];
  const through = (to: string) => ({ dates, flows: [1, 2, 4, 8], due: weeklyDays(dates, "2022-11-03", to) });

  it("is one a week, on whatever day of it", () => {
    expect(flowWeeks(through("2022-11-30"), "2022-12-02")).toEqual([1, 2, 4, 8]);
  });

  it("is missing from the Wednesday on which it should have been", () => {
    expect(weeklyDays(dates, "2022-11-07", "2022-12-14")).toEqual([...dates, "2022-12-07", "2022-12-14"]);
    expect(flowWeeks(through("2022-12-07"), "2022-12-09")).toEqual([1, 2, 4, 8, null]);
  });

  it("is expected between the two days alone", () => {
    expect(weeklyDays(dates, "2022-11-10", "2022-11-22")).toEqual(["2022-11-16", "2022-11-22"]);
    expect(weeklyDays(dates, "2022-12-02", "2022-12-06")).toEqual([]);
    // A Monday is the first day of its own week.
    expect(weeklyDays(["2022-11-21"], "2022-11-21", "2022-11-21")).toEqual(["2022-11-21"]);
    expect(weeklyDays([], "2022-11-07", "2022-11-18")).toEqual(["2022-11-09", "2022-11-16"]);
  });

  it("belongs to the year of its day, in the week of New Year as well", () => {
    const year = ["2024-12-24", "2024-12-31", "2025-01-08"];
    expect(weeklyDays(year, "2025-01-01", "2025-01-10")).toEqual(["2025-01-08"]);
    expect(weeklyDays(["2024-12-24"], "2025-01-01", "2025-01-10")).toEqual(["2025-01-01", "2025-01-08"]);
  });
});

describe("what stood at the end of weeks", () => {
  it("is the last value in each, and nothing is carried into a week without one", () => {
    const dates = ["2026-01-07", "2026-01-09", "2026-01-21", "2026-01-30", "2026-02-02"];
    expect(weekEnds(dates, [1, 2, 3, 4, 5], friday)).toEqual([2, null, 3, 4]);
    expect(weekEnds(["2026-01-07"], [1], "2026-01-23")).toEqual([1, null, null]);
    expect(weekEnds([], [], friday)).toEqual([]);
  });
});

describe("weeks of a group", () => {
  it("are sums of its funds', and none where one has none", () => {
    expect(
      groupWeeks([
        [1, 2, null, 4],
        [10, null, 30, 40],
      ]),
    ).toEqual([11, null, null, 44]);
  });

  it("are those that all funds have been there", () => {
    expect(
      groupWeeks([
        [1, 2, 3],
        [20, 30],
      ]),
    ).toEqual([22, 33]);
    expect(groupWeeks([[1, 2, 3], []])).toEqual([]);
    expect(groupWeeks([])).toEqual([]);
  });
});
