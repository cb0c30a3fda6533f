import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { dayCutoff, slotsBetween } from "#src/calendar/slots.ts";
import { count, type Diagnosis, ok, type Patient, warn } from "#src/doctor/check.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import { noneIfMissing } from "#src/domain/errors.ts";
import { didYouMean } from "#src/domain/nearest.ts";
import { isIsoDate } from "#src/domain/time.ts";
import type { Publication, Workspace } from "#src/domain/workspace.ts";

/** The folders of people's words: days by publication, as they are named. */
export type WordsFound = Readonly<Record<string, readonly string[]>>;

const dayMs = 86_400_000;

/** One diagnosis for each folder that no issue will read: nobody else would say that its words are left out. */
export function judgeCommentary(
  { publications, calendars }: Pick<Workspace, "publications" | "calendars">,
  found: WordsFound,
): readonly Diagnosis[] {
  const unread = Object.entries(found).flatMap(([name, days]): readonly Diagnosis[] => {
    const publication = Object.hasOwn(publications, name) ? publications[name] : undefined;
    if (publication === undefined) return [strange(name, Object.keys(publications))];
    return days.flatMap((day) => (isDue(publication, calendars, day) ? [] : [early(name, day)]));
  });
  if (unread.length > 0) return unread;
  const issues = Object.values(found).flat().length;
  return [ok(issues === 0 ? "nobody says anything" : `words on ${count(issues, "issue")}`)];
}

const strange = (name: string, known: readonly string[]): Diagnosis =>
  warn(
    `commentary/${name} is read by no issue: there is no such publication${didYouMean(name, known)}`,
    `name it by one of ${known.join(", ")}`,
  );

const early = (name: string, day: string): Diagnosis =>
  warn(
    `commentary/${name}/${day} is read by no issue that is due`,
    "name it by the day of its issue, as YYYY-MM-DD: `tideline schedule` lists them",
  );

/** Whether a slot of the publication is of that day, or its own fixed as-of. */
function isDue(publication: Publication, calendars: Workspace["calendars"], day: string): boolean {
  if (!isIsoDate(day)) return false;
  if (publication.asOf?.startsWith(day)) return true;
  const calendar = calendarOf(calendars, publication);
  const close = dayCutoff(publication, calendar, day);
  return slotsBetween(publication, calendar, close - dayMs, close + dayMs).some(({ asOf }) => asOf === day);
}

/** Looks at the workspace's folder of commentary. */
export async function commentary({
  dir,
  workspace,
}: Pick<Patient, "dir"> & { readonly workspace: Workspace }): Promise<readonly Diagnosis[]> {
  const foldersIn = async (path: string): Promise<readonly string[]> => {
    const entries = await readdir(path, { withFileTypes: true }).catch(noneIfMissing);
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .toSorted();
  };
  const root = join(dir, "commentary");
  const names = await foldersIn(root);
  const days = await Promise.all(names.map((name) => foldersIn(join(root, name))));
  return judgeCommentary(workspace, Object.fromEntries(names.map((name, i) => [name, days[i] ?? []])));
}
