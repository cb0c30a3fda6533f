import { join } from "node:path";
import { requireWritable, writeIssue } from "#src/archive/write-issue.ts";
import { previousCutoff } from "#src/calendar/cutoff.ts";
import { knownAtRule } from "#src/calendar/known-at.ts";
import { asOfPanel } from "#src/domain/as-of.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { AsOf } from "#src/domain/issue.ts";
import type { Locale } from "#src/domain/locale.ts";
import type { Gathered } from "#src/domain/series.ts";
import type { Publication, Workspace } from "#src/domain/workspace.ts";
import { loadMessages } from "#src/locale/messages.ts";
import { holdDirty } from "#src/quality/hold.ts";
import { inspect } from "#src/quality/inspect.ts";
import { launchBrowser } from "#src/render/browser.ts";
import { sha256 } from "#src/render/digest.ts";
import { issueFiles } from "#src/render/issue-files.ts";
import { loadTemplates } from "#src/render/templates.ts";
import { type Composed, compose } from "#src/sections/compose.ts";
import { gatherCsv } from "#src/sources/csv.ts";

/** The steps of a run, as progress names them. */
export type Stage = "gather" | "compute" | "render" | "write";

/** Told when a stage is done, with counts worth knowing. */
export type Progress = (stage: Stage, counts: Readonly<Record<string, number>>) => void;

/** What a run is of. */
export interface Job {
  readonly workspace: Workspace;
  readonly publication: Publication;
  readonly asOf: AsOf;
}

/** Where a run finds its templates and messages, keeps its caches, and writes. */
export interface Place {
  /** The project's own folder, with `templates/` and `locales/`. */
  readonly root: string;
  readonly cacheDir: string;
  readonly out: string;
  /** Path of a browser, where the configuration names one. */
  readonly browser: string | null;
  /** Folders of installed programs, as in `PATH`. */
  readonly searchPath?: string;
}

/** An issue before it is set: what the data permit to be said, and what the panel held. */
interface Computed {
  readonly composed: Composed;
  readonly inputs: Readonly<Record<string, string>>;
}

/** Gathers and computes, without setting or writing anything. */
export async function computeIssue(job: Job, progress: Progress): Promise<Computed> {
  const gathered = await gatherCsv(job.workspace.files, job.workspace.catalogue);
  progress("gather", {
    series: gathered.length,
    observations: gathered.reduce((sum, each) => sum + each.observations.length, 0),
  });
  const computed = compute(job, gathered);
  progress("compute", {
    facts: computed.composed.facts.facts.length,
    statements: computed.composed.facts.statements.length,
  });
  return computed;
}

function compute({ workspace, publication, asOf }: Job, gathered: readonly Gathered[]): Computed {
  const calendar = calendarOf(workspace.calendars, publication);
  const rule = knownAtRule(workspace.calendars);
  const at = (cutoff: number) =>
    asOfPanel({ catalogue: workspace.catalogue, gathered, knownAtRule: rule, cutoff, digest: sha256 });
  const { panel, findings } = inspect(workspace.quality, at(asOf.instant));
  holdDirty(workspace, findings);
  const last = previousCutoff(publication, calendar, asOf);
  const composed = compose({
    workspace,
    publication,
    asOf,
    panel,
    findings,
    previousAsOf: last,
    previous: inspect(workspace.quality, at(last.instant)).panel,
    digest: sha256,
  });
  return {
    composed,
    inputs: Object.fromEntries(panel.columns.map((column) => [column.series.id, column.digest])),
  };
}

/** The product in a few lines: what came in, what it says, where it is kept. Returns the folder and its files. */
export async function publish(job: Job, place: Place, languages: readonly Locale[], progress: Progress) {
  const computed = await computeIssue(job, progress);
  const parent = join(place.out, job.publication.id);
  await requireWritable(parent);
  const [templates, messages] = await loadLook(job.workspace, place);
  await using browser = await launchBrowser({
    cacheDir: place.cacheDir,
    searchPath: place.searchPath ?? "",
    ...(place.browser ? { executablePath: place.browser } : {}),
  });
  const files = await issueFiles({ ...job, ...computed, templates, messages, languages, browser });
  progress("render", { files: files.size });
  const folder = await writeIssue(parent, job.asOf.date, files);
  progress("write", { files: files.size });
  return { folder, files: [...files.keys()].map((name) => join(folder, name)) };
}

/** The project's templates and messages, overridden by those of the workspace. */
export const loadLook = ({ dir }: Workspace, { root }: Place) =>
  Promise.all([
    loadTemplates([...new Set([join(root, "templates"), join(dir, "templates")])]),
    loadMessages([...new Set([join(root, "locales"), join(dir, "locales")])]),
  ]);
