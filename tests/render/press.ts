import { join } from "node:path";
import { cutoffOf } from "#src/calendar/cutoff.ts";
import { loadCommentary } from "#src/commentary/load.ts";
import { loadWorkspace } from "#src/config/load.ts";
import type { Locale } from "#src/domain/locale.ts";
import type { SectionName, Workspace } from "#src/domain/workspace.ts";
import { readFiles } from "#src/origin.ts";
import { compute, loadLook } from "#src/publish.ts";
import { type Edition, setEdition } from "#src/render/edition.ts";

/** The project's own folder, which is the sample's workspace too. */
export const root = join(import.meta.dirname, "../..");

/** Where the browser is kept unpacked: the same place as in a run, so that it is unpacked once. */
export const cacheDir = join(root, ".tideline/cache");

/** The issue of a workspace, composed, with all that its editions are set from. */
export async function compose(dir: string, change: (workspace: Workspace) => Workspace = (same) => same) {
  const workspace = change(await loadWorkspace(dir, {}));
  const publication = Object.values(workspace.publications)[0];
  const calendar = workspace.calendars[publication?.calendar ?? ""];
  if (publication === undefined || calendar === undefined) throw new RangeError("a workspace to print from");
  const asOf = cutoffOf(publication, calendar, publication.asOf ?? "2026-02-13");
  const job = { workspace, publication, asOf };
  const { composed } = compute(job, await readFiles(workspace), await loadCommentary(job));
  const place = { root, cacheDir, out: dir, browser: null };
  const [templates, messages] = await loadLook(workspace, place);
  return { workspace, publication, composed, templates, messages };
}

/** A workspace whose publications have these sections alone: to print all that the sample has takes seconds. */
export const withSections =
  (sections: readonly SectionName[]) =>
  (workspace: Workspace): Workspace => ({
    ...workspace,
    publications: Object.fromEntries(
      Object.entries(workspace.publications).map(([id, publication]) => [id, { ...publication, sections }]),
    ),
  });

/** One edition of a composed issue. */
export const editionOf = (issue: Awaited<ReturnType<typeof compose>>, locale: Locale): Promise<Edition> =>
  setEdition({ ...issue, locale, languages: [locale] });
