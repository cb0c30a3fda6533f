import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { count, type Diagnosis, fail, ok, type Patient, warn } from "#src/doctor/check.ts";
import { type Instant, isoInstant } from "#src/domain/time.ts";
import type { Store, StoreHealth } from "#src/store/store.ts";

const engines = { sqlite: ".tideline/tideline.db", postgresql: "PostgreSQL of DATABASE_URL" } as const;

export function judgeStore(
  engine: Store["engine"],
  issues: number,
  { damage, unwritable }: Pick<StoreHealth, "damage" | "unwritable">,
): Diagnosis {
  const place = engines[engine];
  const [broken] = damage;
  if (broken !== undefined)
    return fail(
      `${place} is damaged: ${broken}`,
      "move it away and `tideline restore` a backup into a new one",
    );
  if (unwritable !== null)
    return fail(
      `${place} cannot be written: ${unwritable}`,
      "give this user the right to write, or free the disk",
    );
  return ok(`${place}: whole, writable, ${count(issues, "issue")}`);
}

/** The store, where it could be opened. */
export async function storeFound({ store, health }: NonNullable<Patient["store"]>): Promise<Diagnosis> {
  return judgeStore(store.engine, health.damage.length > 0 ? 0 : (await store.issues()).length, health);
}

/** Clocks of two machines may differ by so much. */
const toleratedMs = 5 * 60_000;

/** The system's clock against what was noted last: a clock that is behind would plan slots again, or none. */
export function judgeClock(now: Instant, newest: Instant | null): Diagnosis {
  if (newest !== null && newest > now + toleratedMs) {
    const found = `it is ${isoInstant(now)} here, and the store has noted ${isoInstant(newest)} already`;
    return fail(found, "set the system's clock, or let it be set (timedatectl set-ntp true)");
  }
  return ok(isoInstant(now));
}

/** Hours that clocks showed at noon and at midnight in UTC: of a zone with summer time, and of one without. */
export interface ZoneSample {
  readonly newYorkWinter: string;
  readonly newYorkSummer: string;
  readonly seoul: string;
}

/** Whether the zones that calendars live by are known to this Node. */
export function judgeZones({ newYorkWinter, newYorkSummer, seoul }: ZoneSample, version: string): Diagnosis {
  return newYorkWinter === "07" && newYorkSummer === "08" && seoul === "21"
    ? ok(`zone data ${version}`)
    : fail(
        `wrong zone data ${version}: New York ${newYorkWinter} h in winter and ${newYorkSummer} h in summer, Seoul ${seoul} h at noon UTC`,
        "use the Node that `npm ci` brings, with full ICU data",
      );
}

export function zones(): Diagnosis {
  const hour = (zone: string, day: string): string =>
    new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone: zone }).format(
      Date.parse(`${day}T12:00:00Z`),
    );
  const sample = {
    newYorkWinter: hour("America/New_York", "2026-01-15"),
    newYorkSummer: hour("America/New_York", "2026-07-15"),
    seoul: hour("Asia/Seoul", "2026-07-15"),
  };
  return judgeZones(sample, process.versions.tz ?? "unknown");
}

const mega = 1e6;

/** @param free  bytes */
export function judgeDisk(free: number): Diagnosis {
  const found = `${Math.floor(free / mega)} MB free`;
  const mend = "free some: an issue takes 5 MB, the unpacked browser 250 MB";
  if (free < 100 * mega) return fail(found, mend);
  return free < 1000 * mega ? warn(found, mend) : ok(found);
}

export async function disk({ dir }: Pick<Patient, "dir">): Promise<Diagnosis> {
  if (!existsSync(dir)) return fail("the workspace's folder is not there", "`tideline init DIR` makes one");
  const { bavail, bsize } = await statfs(dir);
  return judgeDisk(bavail * bsize);
}
