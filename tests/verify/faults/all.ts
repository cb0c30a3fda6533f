import { commentaryFaults } from "#tests/verify/faults/commentary.ts";
import { factFaults } from "#tests/verify/faults/facts.ts";
import { fileFaults } from "#tests/verify/faults/files.ts";
import { linkFaults } from "#tests/verify/faults/links.ts";
import { numberFaults } from "#tests/verify/faults/numbers.ts";
import { pageFaults } from "#tests/verify/faults/pages.ts";
import { printFaults } from "#tests/verify/faults/prints.ts";
import { structureFaults } from "#tests/verify/faults/structure.ts";
import { wordFaults } from "#tests/verify/faults/words.ts";
import type { Fault } from "#tests/verify/plant.ts";

/** All that is planted in an issue; what is planted in its mails stands beside them. */
export const issueFaults: readonly Fault[] = [
  ...factFaults,
  ...numberFaults,
  ...wordFaults,
  ...printFaults,
  ...structureFaults,
  ...pageFaults,
  ...linkFaults,
  ...commentaryFaults,
  ...fileFaults,
];
