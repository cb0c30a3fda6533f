import { issueFaults } from "#tests/verify/faults/all.ts";
import { mailFaults } from "#tests/verify/faults/mails.ts";
import type { Fault } from "#tests/verify/plant.ts";
import { describePlanted, firstOfEach, sharedIssue } from "#tests/verify/planting.ts";

/** Those that the quick tests do not plant. */
const others = (faults: readonly Fault[]): readonly Fault[] => {
  const first = new Set(firstOfEach(faults));
  return faults.filter((fault) => !first.has(fault));
};

describePlanted("an issue", others(issueFaults), sharedIssue());
describePlanted("a mail", others(mailFaults), sharedIssue({ isMailed: true }));
