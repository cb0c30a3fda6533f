import { cutoffOf } from "#src/calendar/cutoff.ts";
import { lastSession, sessionsAfter } from "#src/calendar/sessions.ts";
import { count, type Diagnosis, fail, failureOf, ok, warn } from "#src/doctor/check.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { GapReason, Observation, Rows } from "#src/domain/series.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";
import type { CsvFile, Workspace } from "#src/domain/workspace.ts";
import { readCsvFiles } from "#src/sources/csv.ts";

/** What a file gives of one series. */
export interface SeriesFound {
  readonly id: string;
  readonly gap: GapReason | null;
  /** Last day of a value; `null` without one. */
  readonly last: IsoDate | null;
  /** Sessions that could have been read since; `null` where the calendar does not tell. */
  readonly behind: number | null;
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
  const old = series.filter(({ behind }) => behind !== null && behind > tolerated);
  const [oldest] = old.toSorted((a, b) => (b.behind ?? 0) - (a.behind ?? 0));
  if (oldest !== undefined) {
    const found = `${path}: ${oldest.id} ends ${oldest.last}, ${oldest.behind} sessions ago`;
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

/** One diagnosis for each file of the workspace. */
export async function data(workspace: Workspace, now: Instant): Promise<readonly Diagnosis[]> {
  const at = wanted(workspace, now);
  const all: Diagnosis[] = [];
  // One after the other: only one is held at a time.
  for (const file of Object.values(workspace.files)) all.push(await fileAt(workspace, file, at));
  return all;
}

async function fileAt(workspace: Workspace, file: CsvFile, at: Instant): Promise<Diagnosis> {
  try {
    const [reading] = await readCsvFiles([file], workspace.catalogue);
    const found = (reading?.gathered ?? []).map(({ series, gap, observations }): SeriesFound => {
      const last = lastDay(observations);
      return { id: series, gap, last, behind: behindOf(workspace, series, last, at) };
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
    return sessionsAfter(calendar, last, lastSession(calendar, at, series.lag));
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
