import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cumulativeFlow, groupFlow } from "#src/metrics/cumulative-flow.ts";
import { type Measured, ok, tooFew, warn } from "#src/metrics/result.ts";
import pairs from "#tests/fixtures/reference/pairs.json" with { type: "json" };
import { weekdays } from "#tests/metrics/weekdays.ts";

const days = weekdays("2026-01-01", 400);
/** A flow of one on `n` of `expected` days: the first ones, and the last, so that what is missing lies between. */
const covered = (n: number, expected: number) => {
  const due = days[expected - 1] ?? "";
  const some = n === 0 ? [] : [...days.slice(0, n - 1), due];
  return cumulativeFlow(some, Object.freeze(some.map(() => 1)), {
    start: "2026-01-01",
    due,
    sessions: days.slice(0, expected),
  });
};

describe("cumulativeFlow against the reference", () => {
  const { dates, values, spans } = pairs.flows;

  it.each(spans)("from $start to $end", ({ start, end, sum, n }) => {
    expect(
      cumulativeFlow(Object.freeze(dates), Object.freeze(values), {
        start,
        due: end,
        sessions: dates.filter((date) => start <= date && date <= end),
      }),
    ).toEqual({
      status: "ok",
      value: sum,
      n,
      reasons: [],
    });
  });
});

describe("cumulativeFlow", () => {
  const span = { start: "2026-01-02", due: "2026-01-06", sessions: days.slice(1, 4) };

  it("counts both ends of the span and nothing outside", () => {
    // 1 January is a Thursday; the span holds Friday 2, Monday 5, Tuesday 6.
    expect(cumulativeFlow(days.slice(0, 5), [1e9, 10, -30, 5, 1e9], span)).toEqual(ok(-15, 3));
  });

  it("adds nothing for a missing session, and a flow of zero is a flow", () => {
    expect(
      cumulativeFlow(["2026-01-02", "2026-01-05"], [10, -30], { ...span, sessions: days.slice(1, 3) }),
    ).toEqual(ok(-20, 2));
    expect(cumulativeFlow(days.slice(1, 4), [0, 0, 0], span)).toEqual(ok(0, 3));
  });

  it.each([
    [18, 20, "ok"],
    [17, 20, "warn"],
    [15, 20, "warn"],
    [14, 20, "insufficient"],
    [27, 30, "ok"],
    [26, 30, "warn"],
    [23, 30, "warn"],
    [22, 30, "insufficient"],
    [1, 1, "ok"],
    [0, 1, "insufficient"],
  ])("with %d of %d sessions is %s", (n, expected, status) => {
    expect(covered(n, expected).status).toBe(status);
  });

  // 40 weekdays, the last four of them without a flow: a sum to another day than the others'.
  it("ends within three sessions of the day that is due", () => {
    const upTo = (n: number) =>
      cumulativeFlow(
        days.slice(0, n),
        days.slice(0, n).map(() => 1),
        {
          start: "2026-01-01",
          due: days[39] ?? "",
          sessions: days.slice(0, 40),
        },
      );
    expect(upTo(37)).toEqual(ok(37, 37));
    expect(upTo(36)).toEqual({
      status: "insufficient",
      value: null,
      n: 36,
      reasons: [{ code: "stale", need: 3, have: 4 }],
    });
  });

  it("says how many sessions were wanted", () => {
    // 90 % of 30 is 27; three quarters of 30 is 22.5, so 23.
    expect(covered(26, 30)).toEqual(warn(26, 26, { code: "coverage", need: 27, have: 26 }));
    expect(covered(22, 30)).toEqual({
      status: "insufficient",
      value: null,
      n: 22,
      reasons: [{ code: "coverage", need: 23, have: 22 }],
    });
  });

  it("keeps to the two thresholds in whole numbers for every length up to 400", () => {
    for (let expected = 1; expected <= 400; expected++) {
      const [wanted, least] = [Math.ceil((9 * expected) / 10), Math.ceil((3 * expected) / 4)];
      const states = [wanted, wanted - 1, least, least - 1].map((n) => covered(n, expected).status);
      expect(states.slice(0, 1)).toEqual(["ok"]);
      if (wanted > least) expect(states.slice(1, 3)).toEqual(["warn", "warn"]);
      expect(states[3]).toBe("insufficient");
    }
  });

  it("is refused where no session is due, and without data", () => {
    expect(covered(0, 0)).toEqual(tooFew(0, 1));
    expect(cumulativeFlow([], [], span)).toMatchObject({ status: "insufficient", value: null, n: 0 });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("throws for a flow of %s inside the span only", (flow) => {
    expect(() => cumulativeFlow(days.slice(0, 4), [1, 2, flow, 3], span)).toThrow(RangeError);
    expect(cumulativeFlow(days.slice(0, 4), [flow, 1, 2, 3], span)).toEqual(ok(6, 3));
  });

  it("is not changed by later data, and is by earlier ones of the span", () => {
    const flows = fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 10, maxLength: 30 });
    fc.assert(
      fc.property(flows, flows, fc.integer({ min: 1, max: 1e9 }), (known, later, more) => {
        const due = days[known.length - 1] ?? "";
        const sum = (all: readonly number[]) =>
          cumulativeFlow(days.slice(0, all.length), Object.freeze(all), {
            start: "2026-01-01",
            due,
            sessions: days.slice(0, known.length),
          }).value;
        expect(Object.is(sum([...known, ...later]), sum(known))).toBe(true);
        expect(sum(known.with(0, (known[0] ?? 0) + more))).toBe((sum(known) ?? 0) + more);
      }),
      { seed: 21, numRuns: 100 },
    );
  });
});

describe("groupFlow", () => {
  const refused: Measured<number> = {
    status: "insufficient",
    value: null,
    n: 4,
    reasons: [{ code: "coverage", need: 23, have: 4 }],
  };

  it("is the sum of its members, with the fewest sessions of any", () => {
    expect(groupFlow([ok(8.5e9, 30), ok(-2e9, 28), ok(0, 29)])).toEqual(ok(6.5e9, 28));
    expect(groupFlow([ok(3, 30)])).toEqual(ok(3, 30));
  });

  it("is refused where one member is, and without members", () => {
    expect(groupFlow([ok(8, 30), refused, refused])).toEqual({
      status: "insufficient",
      value: null,
      n: 4,
      reasons: [{ code: "members-missing", need: 3, have: 1 }],
    });
    expect(groupFlow([])).toMatchObject({ status: "insufficient", value: null, n: 0 });
  });

  it("carries a member's caveat", () => {
    const caveat = { code: "coverage", need: 27, have: 26 };
    expect(groupFlow([ok(1, 30), warn(2, 26, caveat)])).toEqual(warn(3, 26, caveat));
  });

  it("does not depend on the order of the members", () => {
    const member = fc.integer({ min: -1e6, max: 1e6 }).map((flow) => ok(flow, 30));
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 8 }), (members) => {
        expect(groupFlow(members.toReversed())).toEqual(groupFlow(members));
      }),
      { seed: 22, numRuns: 100 },
    );
  });
});
