import { describe, expect, it } from "vitest";
import { factsParity } from "#src/verify/facts-parity.ts";
import { type SmallFact, smallIssues } from "#tests/verify/small-issue.ts";

const fact = (unit: SmallFact["unit"], value: number, state: SmallFact["state"]): SmallFact => ({
  id: "a.b",
  value,
  unit,
  quantum: unit === "USD" ? 1e10 : 1e-3,
  state,
  series: [],
});
const slips = async (of: SmallFact): Promise<readonly string[]> =>
  (await factsParity(smallIssues({ en: "" }, [of])))
    .map(({ what }) => what)
    .filter((what) => what.includes("state"));

describe("the direction of a fact", () => {
  it("may be none of money, which is a size where nothing flows", async () => {
    expect(await slips(fact("USD", 1.13e12, "none"))).toEqual([]);
    expect(await slips(fact("USD", 1.13e12, "up"))).toEqual([]);
  });

  it.each([
    ["USD", 1.13e12, "down"],
    // A negative size is a flow.
    ["USD", -1.13e12, "none"],
    ["return", 0.1, "none"],
  ] as const)("is that of its value otherwise: %s %d %s", async (unit, value, state) => {
    expect(await slips(fact(unit, value, state))).toHaveLength(1);
  });
});
