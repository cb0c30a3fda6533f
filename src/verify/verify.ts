import type { Locale } from "#src/domain/locale.ts";
import { digits } from "#src/verify/digits.ts";
import { directionWords } from "#src/verify/direction-words.ts";
import { extraction } from "#src/verify/extraction.ts";
import { factsParity } from "#src/verify/facts-parity.ts";
import { cannotRun, type Finding } from "#src/verify/finding.ts";
import { glyphs } from "#src/verify/glyphs.ts";
import { hashes } from "#src/verify/hashes.ts";
import { type Check, type Issue, openIssue, readFiles } from "#src/verify/issue.ts";
import { noRequest } from "#src/verify/no-request.ts";
import { pdfStructure } from "#src/verify/pdf-structure.ts";
import { printedNumbers } from "#src/verify/printed-numbers.ts";
import { size } from "#src/verify/size.ts";
import { untranslated } from "#src/verify/untranslated.ts";

/** Every check, in the order in which they are run and reported. */
const checks: Readonly<Record<string, Check>> = {
  "facts-parity": factsParity,
  "printed-numbers": printedNumbers,
  digits,
  untranslated,
  "direction-words": directionWords,
  glyphs,
  extraction,
  "pdf-structure": pdfStructure,
  "no-request": noRequest,
  size,
  hashes,
};

/** The names of the checks. */
export const checkNames: readonly string[] = Object.keys(checks);

/** What was found, and in which editions it was looked for: one edition alone has nothing to be compared with. */
export interface Findings extends ReadonlyArray<Finding> {
  readonly editions?: readonly Locale[];
}

/** Runs every check on the files of an issue and reports all findings together. */
export async function verifyFiles(files: ReadonlyMap<string, Uint8Array>): Promise<Findings> {
  const issue = openIssue(files);
  const findings: Finding[] = [];
  for (const [name, check] of Object.entries(checks)) findings.push(...(await run(name, check, issue)));
  return Object.assign(findings, { editions: issue.languages });
}

async function run(name: string, check: Check, issue: Issue): Promise<readonly Finding[]> {
  try {
    return (await check(issue)).map((slip) => ({ check: name, ...slip }));
  } catch (error) {
    return [{ check: name, ...cannotRun(error, "the issue") }];
  }
}

/** Checks the issue in a folder. A folder that holds no issue fails every check. */
export async function verifyIssue(folder: string): Promise<Findings> {
  try {
    return await verifyFiles(await readFiles(folder));
  } catch (error) {
    return checkNames.map((check) => ({ check, ...cannotRun(error, "the folder") }));
  }
}

/** A line for each check that was run, and below a check that failed a line for each finding. */
export function formatFindings(findings: Findings): string {
  const blocks = checkNames.map((name) => {
    const own = findings.filter(({ check }) => check === name);
    const verdict = own.length > 0 ? `failed, ${counted(own.length, "finding")}` : "ok";
    return [`${name.padEnd(16)} ${verdict}`, ...own.map(({ where, what }) => `  ${where}: ${what}`)];
  });
  return [...blocks.flat(), ...noteOf(findings), summaryOf(findings)].join("\n");
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

const noteOf = ({ editions = [] }: Findings): readonly string[] =>
  editions.length === 1
    ? [`only the ${editions[0]} edition was made: nothing was compared between editions`]
    : [];

function summaryOf(findings: Findings): string {
  const failed = new Set(findings.map(({ check }) => check)).size;
  return failed === 0
    ? `${counted(checkNames.length, "check")}, all ok`
    : `${counted(checkNames.length, "check")}, ${failed} failed: ${counted(findings.length, "finding")}`;
}
