import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { cutoffOf, lastCutoff } from "#src/calendar/cutoff.ts";
import { type Call, fromCaller, type Surroundings } from "#src/commands/call.ts";
import { loadWorkspace } from "#src/config/load.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { Job } from "#src/domain/issue.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import type { Publication, Workspace } from "#src/domain/workspace.ts";
import { openStore, type StorePlace } from "#src/store/open.ts";
import type { Store } from "#src/store/store.ts";

/** The folder that is meant: the one named, the caller's if it is a workspace, otherwise the project's own. */
export async function folderOf({ values, around }: Call): Promise<string> {
  const here: readonly string[] = await readdir(around.caller).catch(() => []);
  const own = here.includes("tideline.yaml") ? around.caller : around.root;
  return values.workspace === undefined ? own : fromCaller(around, values.workspace);
}

/** The workspace in that folder. */
export const workspaceOf = async (call: Call): Promise<Workspace> =>
  loadWorkspace(await folderOf(call), call.around.env);

/** Where the store of a workspace is: the database that `DATABASE_URL` names, otherwise its own file. */
export const placeOfStore = ({ databaseUrl }: Pick<Surroundings, "databaseUrl">, dir: string): StorePlace =>
  databaseUrl === null ? { file: join(dir, ".tideline", "tideline.db") } : { url: databaseUrl };

/** Opens the store of a workspace, made where there is none. */
export const storeOf = ({ around }: Call, { dir }: Workspace): Promise<Store> =>
  openStore(placeOfStore(around, dir));

/** What is asked for: a publication of a workspace, as of a day. */
export async function jobOf(call: Call, name: string | undefined): Promise<Job> {
  const workspace = await workspaceOf(call);
  const publication = publicationOf(workspace, name);
  return jobAt(call.around, workspace, publication, call.values["as-of"] ?? publication.asOf);
}

/** A publication as of a day or instant; as of the last slot that has come where none is given. */
export function jobAt(
  { now }: Pick<Surroundings, "now">,
  workspace: Workspace,
  publication: Publication,
  asked: string | null,
): Job {
  const calendar = calendarOf(workspace.calendars, publication);
  const asOf =
    asked === null ? lastCutoff(publication, calendar, now()) : cutoffOf(publication, calendar, asked);
  return { workspace, publication, asOf };
}

/** The publication of that name; the only one where none is named. */
export function publicationOf({ publications }: Workspace, name: string | undefined): Publication {
  const names = Object.keys(publications);
  const wanted = name ?? (names.length === 1 ? names[0] : undefined);
  const publication =
    wanted !== undefined && Object.hasOwn(publications, wanted) ? publications[wanted] : undefined;
  if (publication) return publication;
  throw new TidelineError("USAGE", "no such publication", [
    { found: wanted ?? "none", expected: `one of ${names.join(", ")}` },
  ]);
}

/** Where a job finds its templates and caches, and writes. */
export const placeOf = ({ values, around }: Call, { dir }: Workspace) => ({
  root: around.root,
  cacheDir: around.cacheDir,
  out: outOf({ values, around }, dir),
  browser: around.browser,
  searchPath: around.searchPath,
});

/** The folder of finished issues: the one named, otherwise the workspace's own. */
export const outOf = ({ values, around }: Pick<Call, "values" | "around">, dir: string): string =>
  values.out === undefined ? join(dir, "output") : fromCaller(around, values.out);

/** The languages asked for; all of the publication's otherwise. */
export function languagesOf({ values: { lang } }: Call, publication: Publication): readonly Locale[] {
  if (lang === undefined) return publication.languages;
  const wanted = [...new Set(lang.split(",").map((tag) => tag.trim()))];
  const known = wanted.filter((tag): tag is Locale => (locales as readonly string[]).includes(tag));
  if (known.length === wanted.length && known.length > 0) return known;
  throw new TidelineError("USAGE", "--lang names an unknown language", [
    { found: lang, expected: `some of ${locales.join(",")}` },
  ]);
}
