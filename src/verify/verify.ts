import type { Locale } from "#src/domain/locale.ts";
import { commentary } from "#src/verify/commentary.ts";
import { digits } from "#src/verify/digits.ts";
import { directionWords } from "#src/verify/direction-words.ts";
import { extraction } from "#src/verify/extraction.ts";
import { factsParity } from "#src/verify/facts-parity.ts";
import { cannotRun, type Finding, type Slip, slip } from "#src/verify/finding.ts";
import { glyphs } from "#src/verify/glyphs.ts";
import { hashes } from "#src/verify/hashes.ts";
import { type Check, type Issue, openIssue, readFiles } from "#src/verify/issue.ts";
import { links } from "#src/verify/links.ts";
import { mailFacts } from "#src/verify/mail-facts.ts";
import { mailFiles } from "#src/verify/mail-files.ts";
import { mailWords } from "#src/verify/mail-words.ts";
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
  links,
  commentary,
  size,
  "mail-facts": mailFacts,
  "mail-words": mailWords,
  "mail-files": mailFiles,
  hashes,
};

/** The names of the checks. */
export const checkNames: readonly string[] = Object.keys(checks);

/** What was found, and in which editions it was looked for: one edition alone has nothing to be compared with. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly editions: readonly Locale[];
}

/** What a finding names in the place of a check when there is no issue on which checks could be run. */
const noIssue = "issue";

/** Runs every check on the files of an issue and reports all findings together; without a manifest they are no issue. */
export async function verifyFiles(files: ReadonlyMap<string, Uint8Array>): Promise<Report> {
  if (!files.has("manifest.json"))
    return nothingToCheck(slip("manifest.json", "no such file", "the manifest that every issue has"));
  const issue = openIssue(files);
  const findings: Finding[] = [];
  for (const [name, check] of Object.entries(checks)) findings.push(...(await run(name, check, issue)));
  return { findings, editions: issue.languages };
}

const nothingToCheck = (why: Slip): Report => ({ findings: [{ check: noIssue, ...why }], editions: [] });

async function run(name: string, check: Check, issue: Issue): Promise<readonly Finding[]> {
  try {
    return (await check(issue)).map((each) => ({ check: name, ...each }));
  } catch (error) {
    return [{ check: name, ...cannotRun(error, "the issue") }];
  }
}

/** Checks the issue in a folder. */
export async function verifyIssue(folder: string): Promise<Report> {
  let files: ReadonlyMap<string, Uint8Array>;
  try {
    files = await readFiles(folder);
  } catch (error) {
    return nothingToCheck(cannotRun(error, "the folder"));
  }
  return verifyFiles(files);
}

/** A line for each check that was run, and below a check that failed a line for each finding. */
export function formatReport(report: Report): string {
  const isRun = report.findings.every(({ check }) => check !== noIssue);
  const blocks = (isRun ? checkNames : [noIssue]).map((name) => {
    const own = report.findings.filter(({ check }) => check === name);
    const verdict = own.length > 0 ? `failed, ${counted(own.length, "finding")}` : "ok";
    return [`${name.padEnd(16)} ${verdict}`, ...own.map(({ where, what }) => `  ${where}: ${what}`)];
  });
  const summary = isRun ? summaryOf(report) : "no check was run";
  return [...blocks.flat(), ...noteOf(report), summary].join("\n");
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

const noteOf = ({ editions }: Report): readonly string[] =>
  editions.length === 1
    ? [`only the ${editions[0]} edition was made: nothing was compared between editions`]
    : [];

function summaryOf({ findings }: Report): string {
  const failed = new Set(findings.map(({ check }) => check)).size;
  return failed === 0
    ? `${counted(checkNames.length, "check")}, all ok`
    : `${counted(checkNames.length, "check")}, ${failed} failed: ${counted(findings.length, "finding")}`;
}
