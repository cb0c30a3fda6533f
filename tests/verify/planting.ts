import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatReport, verifyFiles } from "#src/verify/verify.ts";
import { type FinishedIssue, finishedIssue } from "#tests/verify/finished-issue.ts";
import type { Fault } from "#tests/verify/plant.ts";

/** Each once, in an order that does not depend on where they came from. */
export const inOrder = (checks: Iterable<string>): readonly string[] => [...new Set(checks)].sort();

/** An issue that the tests of a file plant faults in. */
export function sharedIssue(how: { readonly isMailed: boolean } = { isMailed: false }): () => FinishedIssue {
  let issue: FinishedIssue | undefined;
  beforeAll(async () => {
    issue = await finishedIssue(how);
  });
  afterAll(() => issue?.[Symbol.asyncDispose]());
  return () => {
    if (issue === undefined) throw new Error("the issue is not made yet");
    return issue;
  };
}

/** The first fault that is planted for each check; the others are planted in the slow tests. */
export const firstOfEach = (faults: readonly Fault[]): readonly Fault[] =>
  faults.filter(({ check }, i) => faults.findIndex((other) => other.check === check) === i);

/**
 * That each fault is found by the check that it is planted for, and by no other than it names.
 *
 * Each is planted before the manifest is made, so that nothing but the named check can see it; the few others that it cannot
 * but offend are named too. The clean twins in `verify.test.ts` show that the same means without the fault offend none.
 */
export function describePlanted(what: string, faults: readonly Fault[], issue: () => FinishedIssue): void {
  describe(`a fault planted in ${what}`, () => {
    it.each(faults)("is found by $check: $name", async ({ check, also = [], may = [], plant }) => {
      const report = await verifyFiles(await plant(issue()));
      const failed = report.findings.map((finding) => finding.check).filter((name) => !may.includes(name));
      expect(inOrder(failed), formatReport(report)).toEqual(inOrder([check, ...also]));
      for (const { where, what } of report.findings) {
        expect(where).not.toBe("");
        expect(what).toMatch(/found .+, expected .+|the check cannot run: .+/s);
      }
    });
  });
}
