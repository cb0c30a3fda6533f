import { Cron, CronPattern } from "croner";
import { dayIn } from "#src/calendar/zoned.ts";
import type { Instant } from "#src/domain/time.ts";

/** A job, and what it last answered: from one moment until the next that is due the answer is the same. */
interface Job {
  readonly cron: Cron;
  after: Instant;
  next: Instant | null;
}

/** An expression is read once a zone. */
const jobs = new Map<string, Job>();

function jobOf(expression: string, zone: string): Job {
  const key = `${zone} ${expression}`;
  const known = jobs.get(key);
  if (known !== undefined) return known;
  // Without a function to call, a job has no timer.
  const cron = new Cron(expression, { timezone: zone, mode: "5-part" });
  const job = { cron, after: Number.POSITIVE_INFINITY, next: null };
  jobs.set(key, job);
  return job;
}

/**
 * The first moment after another at which a cron expression is due; `null` when there is none any more.
 *
 * Each intended local time comes once: one that a change of the clocks skips is due when they have been put forward, of
 * one that occurs twice the first is meant.
 */
export function cronAfter(expression: string, zone: string, after: Instant): Instant | null {
  const job = jobOf(expression, zone);
  if (job.after <= after && (job.next === null || after < job.next)) return job.next;
  job.next = job.cron.nextRun(new Date(after))?.getTime() ?? null;
  job.after = after;
  return job.next;
}

/** The last moment before another at which a cron expression was due; `null` when there was none. */
export function cronBefore(expression: string, zone: string, before: Instant): Instant | null {
  return jobOf(expression, zone).cron.previousRuns(1, new Date(before))[0]?.getTime() ?? null;
}

/** What is wrong with a cron expression, as what was required; `null` when it can be used. */
export function cronFault(expression: string, zone: string): string | null {
  const fields = "five fields: minute, hour, day of the month, month, day of the week";
  if (expression.trim().split(/\s+/).length !== 5) return fields;
  try {
    if (!new CronPattern(expression, zone, { mode: "5-part" }).isFixedTime)
      return "one minute and one hour, so that it is due at most once a day: 0 7 * * 1-5";
  } catch {
    return `${fields}, each in its range; 0 7 * * 1-5 is 07:00 on weekdays`;
  }
  return cronAfter(expression, zone, begin) === null ? "a day that exists" : null;
}

/** Five years of clocks, for looking at each of an expression's days. */
const [begin, end] = [Date.UTC(2024, 0, 1), Date.UTC(2029, 0, 1)];

/**
 * A day of another zone that has two moments of an expression; `null` when none has.
 *
 * Once a day in New York may be twice in Seoul, where it is just after midnight in winter and just before it in summer.
 */
export function dayWithTwo(expression: string, zone: string, other: string): string | null {
  if (zone === other) return null;
  let before: string | null = null;
  for (
    let at = cronAfter(expression, zone, begin);
    at !== null && at < end;
    at = cronAfter(expression, zone, at)
  ) {
    const day = dayIn(at, other);
    if (day === before) return day;
    before = day;
  }
  return null;
}
