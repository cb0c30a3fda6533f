import { describe, expect, it } from "vitest";
import { describeProblem, exitCodes, TidelineError } from "#src/domain/errors.ts";

describe("describeProblem", () => {
  it.each([
    [
      { file: "a.csv", line: 3, column: 2, found: '"x"', expected: "a number" },
      'a.csv:3:2: found "x", expected a number',
    ],
    [{ file: "a.csv", line: 3, found: '"x"', expected: "a number" }, 'a.csv:3: found "x", expected a number'],
    [{ file: "a.csv", expected: "a file that can be read" }, "a.csv: a file that can be read"],
    [{ found: "weekyl", expected: "a publication" }, "found weekyl, expected a publication"],
    [{ expected: "and 3 more" }, "and 3 more"],
    [{ file: "a.csv", line: 1, column: 1, found: "", expected: "x" }, "a.csv:1:1: found , expected x"],
  ])("says where, what was found and what is expected: %o", (problem, text) => {
    expect(describeProblem(problem)).toBe(text);
  });
});

describe("TidelineError", () => {
  it("reports all its problems, one a line", () => {
    const problems = [{ file: "a", line: 1, expected: "x" }, { expected: "y" }];
    const error = new TidelineError("CONFIG_INVALID", "the configuration cannot be used", problems);
    expect(error.message).toBe("the configuration cannot be used\n  a:1: x\n  y");
    expect(error).toMatchObject({ name: "TidelineError", code: "CONFIG_INVALID", problems });
    expect(error).toBeInstanceOf(Error);
  });

  it("may have no problems, and keeps its cause", () => {
    const cause = new Error("deeper");
    const error = new TidelineError("RENDER_FAILED", "no page", [], { cause });
    expect(error.message).toBe("no page");
    expect(error.problems).toEqual([]);
    expect(error.cause).toBe(cause);
  });
});

describe("exit codes", () => {
  it("are 1 for what failed, 2 for configuration and usage, 3 for what is held; 0 is for success alone", () => {
    expect(exitCodes).toEqual({
      SOURCE_MALFORMED: 1,
      RENDER_FAILED: 1,
      STORE_UNUSABLE: 1,
      OVERTAKEN: 1,
      CALENDAR_ENDS: 2,
      CONFIG_INVALID: 2,
      USAGE: 2,
      HELD: 3,
    });
  });
});
