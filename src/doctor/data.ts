import { cutoffOf } from "#src/calendar/cutoff.ts";
import { lastSession } from "#src/calendar/sessions.ts";
import { overdue } from "#src/calendar/weeks.ts";
import { count, type Diagnosis, fail, failureOf, ok, warn } from "#src/doctor/check.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { GapReason, Observation, Rows } from "#src/domain/series.ts";
import { daysBetween, type Instant, type IsoDate } from "#src/domain/time.ts";
import type { DataFile, DeclaredFile, Workspace } from "#src/domain/workspace.ts";
import { readDeclared } from "#src/sources/declared-list.ts";
import { readDataFiles, requireReadable } from "#src/sources/files.ts";

/** What a file gives of one series. */
export interface SeriesFound {
  readonly id: string;
  readonly gap: GapReason | null;
  /** Last day of a value; `null` without one. */
  readonly last: IsoDate | null;
  /** Sessions that could have been read since, or days where a value stands for some; `null` where the calendar does not tell. */
  readonly behind: number | null;
  /** For how many days a value stands; `null` where one comes each session. */
  readonly standsFor: number | null;
}

/** From so many sessions on an issue says that a series is not up to date, and does not speak of it. */
const tolerated = 3;

export function judgeFile(path: string, series: readonly SeriesFound[]): Diagnosis {
  const gaps = series.filter(({ gap }) => gap !== null);
  const whole = gaps.find(({ gap }) => gap === "file-missing" || gap === "file-empty")?.gap;
  if (whole !== undefined) {
    const what = whole === "file-missing" ? "is not there" : "is empty";
    return warn(
      `${path} ${what}: ${count(series.length, "series is a gap", "series are gaps")}`,
      `put the file at ${path}`,
    );
  }
  if (gaps.length > 0)
    return warn(
      `${path} has no value of ${named(gaps)}`,
      "add the values, or take the series out of tideline.yaml",
    );
  const old = series.filter(({ behind, standsFor }) => behind !== null && behind > (standsFor ?? tolerated));
  const [oldest] = old.toSorted((a, b) => (b.behind ?? 0) - (a.behind ?? 0));
  if (oldest !== undefined) {
    const { id, last: end, behind, standsFor } = oldest;
    const since =
      standsFor === null ? `${behind} sessions ago` : `${behind} days ago, and stands for ${standsFor}`;
    const found = `${path}: ${id} ends ${end}, ${since}`;
    return warn(
      `${found}${old.length > 1 ? `, and ${old.length - 1} more end early` : ""}`,
      "bring the file up to date",
    );
  }
  const last = series
    .map((each) => each.last ?? "")
    .toSorted()
    .at(-1);
  return ok(`${path}: ${count(series.length, "series", "series")} to ${last || "no day"}`);
}

const named = (series: readonly SeriesFound[]): string =>
  `${series
    .slice(0, 3)
    .map(({ id }) => id)
    .join(", ")}${series.length > 3 ? ` and ${series.length - 3} more` : ""}`;

/** What a list that somebody keeps by hand gives: how many entries, or why there are none. */
export function judgeList(path: string, entries: number, gap: GapReason | null): Diagnosis {
  if (gap === null) return ok(`${path}: ${count(entries, "entry", "entries")}`);
  const what = gap === "file-missing" ? "is not there" : "is empty";
  return warn(`${path} ${what}: nothing of it counts`, "write the list, or take it out of tideline.yaml");
}

/** One diagnosis for each file of the workspace, of numbers and of what somebody declares. */
export async function data(workspace: Workspace, now: Instant): Promise<readonly Diagnosis[]> {
  const at = wanted(workspace, now);
  const all: Diagnosis[] = [];
  // One after the other: only one is held at a time.
  for (const file of Object.values(workspace.files)) all.push(await fileAt(workspace, file, at));
  for (const file of workspace.declared) all.push(await listAt(workspace, file));
  return all;
}

async function listAt(workspace: Workspace, file: DeclaredFile): Promise<Diagnosis> {
  try {
    const readings = await readDeclared([file], workspace);
    requireReadable(readings);
    const entries = readings.flatMap((reading) => reading.entries);
    return judgeList(file.path, entries.length, readings[0]?.gap ?? null);
  } catch (error) {
    return fail(failureOf(error), "mend the entries; `tideline gather` names all of them");
  }
}

async function fileAt(workspace: Workspace, file: DataFile, at: Instant): Promise<Diagnosis> {
  try {
    const readings = await readDataFiles([file], workspace.catalogue);
    requireReadable(readings);
    const found = readings
      .flatMap(({ gathered }) => gathered)
      .map(({ series, gap, observations }): SeriesFound => {
        const last = lastDay(observations);
        const { staleAfter = null } = workspace.catalogue.find(({ id }) => id === series) ?? {};
        const behind = behindOf(workspace, series, last, at);
        return { id: series, gap, last, behind, standsFor: staleAfter };
      });
    return judgeFile(file.path, found);
  } catch (error) {
    return fail(failureOf(error), "mend the cells; `tideline gather` names all of them");
  }
}

function lastDay(observations: Rows<Observation>): IsoDate | null {
  let last: IsoDate | null = null;
  for (const { date } of observations) if (last === null || date > last) last = date;
  return last;
}

function behindOf(workspace: Workspace, id: string, last: IsoDate | null, at: Instant): number | null {
  const series = workspace.catalogue.find((each) => each.id === id);
  if (last === null || series === undefined) return null;
  const calendar = calendarOf(workspace.calendars, series);
  try {
    if (series.staleAfter !== null) return Math.max(0, daysBetween(last, lastSession(calendar, at)));
    return overdue(calendar, series, last, lastSession(calendar, at, series.lag));
  } catch {
    // The calendar does not reach that far, which its own check tells.
    return null;
  }
}

/** Until when data are wanted: until today, unless every publication is set to a day of the past. */
export function wanted({ publications, calendars }: Workspace, now: Instant): Instant {
  const ends = Object.values(publications).map((publication) => {
    if (publication.asOf === null) return now;
    return cutoffOf(publication, calendarOf(calendars, publication), publication.asOf).instant;
  });
  return Math.min(now, Math.max(...ends));
}
