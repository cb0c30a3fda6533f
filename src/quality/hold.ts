import { type Problem, TidelineError } from "#src/domain/errors.ts";
import type { QualityFinding } from "#src/domain/quality.ts";
import type { Workspace } from "#src/domain/workspace.ts";

/** What keeps an issue back: what setting values aside cannot confine, unless somebody answers for it. */
export const heldBy = (workspace: Workspace, findings: readonly QualityFinding[]): readonly Problem[] =>
  findings
    .filter(({ severity, accepted }) => severity === "hold" && accepted === null)
    .map((finding) => problemOf(workspace, finding));

/**
 * Keeps an issue back whose data hold what `heldBy` names.
 *
 * @throws {TidelineError} `HELD` with every such finding: its file, series and days, and the lines that release it
 */
export function holdDirty(workspace: Workspace, findings: readonly QualityFinding[]): void {
  const held = heldBy(workspace, findings);
  if (held.length === 0) return;
  const count = held.length === 1 ? "one finding" : `${held.length} findings`;
  throw new TidelineError(
    "HELD",
    `the data hold the issue back: ${count}; mend the files, or let somebody answer for it in tideline.yaml`,
    held,
  );
}

function problemOf({ catalogue, files }: Workspace, finding: QualityFinding): Problem {
  const { series, gate, found, expected } = finding;
  const file = files[catalogue.find(({ id }) => id === series)?.file ?? ""]?.path;
  return {
    ...(file === undefined ? {} : { file }),
    found: `${series}: ${found} (${gate})`,
    expected: `${expected}; what would release it:\n${release(finding)}`,
  };
}

/** The lines of tideline.yaml that accept a finding. */
const release = ({ series, gate, from, to }: QualityFinding): string =>
  [
    "quality:",
    "  accept:",
    `    - { series: ${series}, gate: ${gate}, from: ${from}, to: ${to}, by: NAME, because: REASON }`,
  ]
    .map((line) => `    ${line}`)
    .join("\n");
