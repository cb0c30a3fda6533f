import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cutoffOf } from "#src/calendar/cutoff.ts";
import { loadCommentary } from "#src/commentary/load.ts";
import { loadWorkspace } from "#src/config/load.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import type { SectionName } from "#src/domain/workspace.ts";
import { readFiles } from "#src/origin.ts";
import { compute, loadLook } from "#src/publish.ts";
import { launchBrowser } from "#src/render/browser.ts";
import { issueFiles } from "#src/render/issue-files.ts";
import { printPdf } from "#src/render/pdf.ts";
import { rewritten } from "#tests/verify/plant.ts";

/** The files of an issue by name. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** Changes to files of the project, by their paths. */
export type Changes = Readonly<Record<string, (text: string) => string>>;

/**
 * The sections in which faults are planted, with all that a page can hold: words, tables, figures of every kind. The whole sample is
 * verified by the continuous integration; to set and print it once for each fault would take minutes.
 */
const sections: readonly SectionName[] = [
  "headline",
  "changes",
  "levels",
  "flows",
  "pair",
  "regime",
  "sources",
];

/** A finished issue of the sample, and the means to make a faulty one. */
export interface FinishedIssue extends AsyncDisposable {
  readonly files: Files;
  /** The issue made in these languages with some files of the project changed, such as `locales/en/levels.json`. */
  made(languages: readonly Locale[], changes: Changes): Promise<Files>;
  /** A page printed as the product prints it. */
  printed(html: string): Promise<Uint8Array>;
}

const root = join(import.meta.dirname, "../..");
/** What people say on the sample's issue in tests: with digits and links, on page one, and two of them on one section. */
export const spoken = join(root, "tests/fixtures/spoken");
/** The same place as in a run, so that the browser is unpacked once. */
const cacheDir = join(root, ".tideline/cache");

/**
 * Makes the sample's issue by the product's own functions, and keeps the browser for faulty pages. Without mails unless asked for:
 * they repeat what stands on the page, so that a fault of the page would be found in them too.
 */
export async function finishedIssue({ isMailed } = { isMailed: false }): Promise<FinishedIssue> {
  const sample = await loadWorkspace(root, {});
  const workspace = isMailed ? sample : { ...sample, mail: null };
  const weekly = Object.values(workspace.publications)[0];
  const calendar = workspace.calendars[weekly?.calendar ?? ""];
  if (weekly === undefined || calendar === undefined) throw new RangeError("the sample has a publication");
  const publication = { ...weekly, sections };
  const job = {
    workspace,
    publication,
    asOf: cutoffOf(publication, calendar, publication.asOf ?? "2026-02-13"),
  };
  const said = await loadCommentary({ ...job, workspace: { ...workspace, dir: spoken } });
  const computed = compute(job, await readFiles(workspace), said);
  const { instant } = computed.composed.facts.asOf;
  await using owned = new AsyncDisposableStack();
  const scratch = mkdtempSync(join(tmpdir(), "tideline-verify-"));
  owned.defer(() => rmSync(scratch, { recursive: true, force: true }));
  const browser = owned.use(await launchBrowser({ cacheDir }));

  const make = async (dir: string, languages: readonly Locale[]): Promise<Files> => {
    const place = { root, cacheDir, out: scratch, browser: null };
    const [templates, messages] = await loadLook({ ...workspace, dir }, place);
    return issueFiles({ ...job, ...computed, templates, messages, languages, browser });
  };
  const files = await make(root, locales);
  // Whole: from here on its owner disposes of it.
  const kept = owned.move();
  return {
    files,
    made: (languages, changes) => make(overridesIn(scratch, changes), languages),
    printed: (html) => printPdf(browser, html, { instant }),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** A folder of its own with changed copies of files of the project. */
function overridesIn(scratch: string, changes: Changes): string {
  const folder = mkdtempSync(join(scratch, "look-"));
  for (const [path, change] of Object.entries(changes)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), rewritten(readFileSync(join(root, path), "utf8"), change));
  }
  return folder;
}
