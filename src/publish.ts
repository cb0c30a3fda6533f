import { join } from "node:path";
import { requireWritable, writeIssue } from "#src/archive/write-issue.ts";
import { knownAtRule } from "#src/calendar/known-at.ts";
import { asOfPanel } from "#src/domain/as-of.ts";
import { type Commentary, quotationOf } from "#src/domain/commentary.ts";
import { declaredAsOf } from "#src/domain/declared-as-of.ts";
import type { Job } from "#src/domain/issue.ts";
import type { Locale } from "#src/domain/locale.ts";
import type { QualityFinding } from "#src/domain/quality.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import { loadMessages } from "#src/locale/messages.ts";
import { type Inputs, slotBefore } from "#src/origin.ts";
import { holdDirty } from "#src/quality/hold.ts";
import { inspect } from "#src/quality/inspect.ts";
import { launchBrowser } from "#src/render/browser.ts";
import { sha256 } from "#src/render/digest.ts";
import { issueFiles } from "#src/render/issue-files.ts";
import { loadTemplates } from "#src/render/templates.ts";
import { type Composed, compose } from "#src/sections/compose.ts";

/** The steps of a run, as progress names them. */
export type Stage = "gather" | "compute" | "render" | "keep" | "write";

/** Told when a stage is done, with counts worth knowing. */
export type Progress = (stage: Stage, counts: Readonly<Record<string, number>>) => void;

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
export interface Computed {
  readonly composed: Composed;
  readonly inputs: Readonly<Record<string, string>>;
  /** Digest of the issue before as it was published, where that was read. */
  readonly last: string | null;
  /** The last day of which anything counted; `null` where nothing did. */
  readonly newest: IsoDate | null;
  /** What the gates found in the data; some of it holds the issue back. */
  readonly findings: readonly QualityFinding[];
}

/** What the data permit to be said, and what people say beside it. Nothing is set or written. */
export function compute(
  job: Job,
  { given, declared: lists, knowledge, last, remembered }: Inputs,
  commentary: readonly Commentary[] = [],
): Computed {
  const { workspace, publication, asOf } = job;
  const rule = knownAtRule(workspace.calendars);
  const at = (cutoff: Instant, known: Instant) =>
    asOfPanel({
      catalogue: workspace.catalogue,
      gathered: given,
      knownAtRule: rule,
      cutoff,
      knowledge: known,
      digest: sha256,
    });
  const { panel, findings } = inspect(workspace, at(asOf.instant, knowledge ?? asOf.instant));
  const declaredAt = (cutoff: Instant, known: Instant) =>
    declaredAsOf({ given: lists, cutoff, knowledge: known, digest: sha256 });
  const declared = declaredAt(asOf.instant, knowledge ?? asOf.instant);
  const previous = slotBefore(job);
  const composed = compose({
    workspace,
    publication,
    asOf,
    panel,
    declared,
    findings,
    remembered,
    knowledge,
    last: last ?? {
      asOf: previous.date,
      panel: inspect(workspace, at(previous.instant, previous.instant)).panel,
      declared: declaredAt(previous.instant, previous.instant),
    },
    digest: sha256,
  });
  return {
    composed: withCommentary(composed, commentary),
    inputs: Object.fromEntries([
      ...panel.columns.map((column) => [column.series.id, column.digest] as const),
      // No series has a full stop in its id.
      ...declared.lists.map(({ kind, digest }) => [`declared.${kind}`, digest] as const),
    ]),
    last: last && sha256(JSON.stringify(last)),
    newest:
      panel.columns
        .flatMap(({ dates }) => dates.at(-1) ?? [])
        .toSorted()
        .at(-1) ?? null,
    findings,
  };
}

/** Statements neither know nor rank what people say. */
const withCommentary = (composed: Composed, commentary: readonly Commentary[]): Composed =>
  commentary.length === 0
    ? composed
    : { ...composed, commentary, facts: { ...composed.facts, commentary: commentary.map(quotationOf) } };

/**
 * The same for an issue that is to be read.
 *
 * @throws {TidelineError} `HELD` where its data hold it back
 */
export function computeIssue(job: Job, inputs: Inputs, commentary: readonly Commentary[] = []): Computed {
  const computed = compute(job, inputs, commentary);
  holdDirty(job.workspace, computed.findings);
  return computed;
}

/** The files of an issue by name. */
export type Files = ReadonlyMap<string, Uint8Array>;

/**
 * Keeps an issue, and gives the files that are to be written: those of another run where that was first; `null` where the
 * issue is held back.
 */
export type Keep = (computed: Computed, files: Files) => Promise<Files | null>;

/** An issue as it stands in its folder. */
export interface Written {
  readonly folder: string;
  /** Paths of its files. */
  readonly files: readonly string[];
}

/** The product in a few lines: what the data permit to be said, how it is set, where it is kept. `null` where it is held back. */
export async function publish(
  job: Job,
  computed: Computed,
  place: Place,
  languages: readonly Locale[],
  keep: Keep,
  progress: Progress,
): Promise<Written | null> {
  const { facts, statements, commentary } = computed.composed.facts;
  progress("compute", {
    facts: facts.length,
    statements: statements.length,
    ...(commentary === undefined ? {} : { commentary: commentary.length }),
  });
  const parent = join(place.out, job.publication.id);
  await requireWritable(parent);
  const [templates, messages] = await loadLook(job.workspace, place);
  await using browser = await launchBrowser({
    cacheDir: place.cacheDir,
    searchPath: place.searchPath ?? "",
    ...(place.browser ? { executablePath: place.browser } : {}),
  });
  const made = await issueFiles({ ...job, ...computed, templates, messages, languages, browser });
  progress("render", { files: made.size });
  const files = await keep(computed, made);
  if (files === null) return null;
  const folder = await writeIssue(parent, job.asOf.date, files);
  progress("write", { files: files.size });
  return { folder, files: [...files.keys()].map((name) => join(folder, name)) };
}

/** The project's templates and messages, overridden by those of the workspace. */
export const loadLook = ({ dir }: Workspace, { root }: Pick<Place, "root">) =>
  Promise.all([
    loadTemplates([...new Set([join(root, "templates"), join(dir, "templates")])]),
    loadMessages([...new Set([join(root, "locales"), join(dir, "locales")])]),
  ]);
