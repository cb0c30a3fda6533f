import * as z from "zod";
import type { Localised } from "#src/domain/locale.ts";
import { isIsoDate, parseInstant } from "#src/domain/time.ts";

/* The values that a configuration is made of. The `error` texts read after “expected”. */

export const line = z
  .string()
  .refine((text) => /\S/.test(text) && !/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(text), "one line of text");
export const text = z.union([line, z.strictObject({ en: line, "zh-CN": line })]);

/** One text for both languages, or one in each. */
export const localised = (given: z.output<typeof text>): Localised =>
  typeof given === "string" ? { en: given, "zh-CN": given } : given;

export const day = z.string().refine(isIsoDate, "a day that exists, as YYYY-MM-DD").meta({ format: "date" });
export const moment = z
  .string()
  .refine(
    (given) => isIsoDate(given) || parseInstant(given) !== null,
    "a day YYYY-MM-DD or an instant with its zone",
  );
export const instant = z
  .string()
  .refine(
    (given) => parseInstant(given) !== null,
    "an instant with its zone, as 2026-02-13T21:00:00Z; a day alone does not say when it was known",
  );
export const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day as "HH:MM"');
export const zone = z.string().refine(isZone, "an IANA time zone such as America/New_York");

/** Ids stand in names of facts, where a full stop separates the parts. */
export const id = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, "an id: a letter, then letters, digits, _ or -");
/** Publications are folders. */
export const folder = z.string().regex(/^[a-z][a-z0-9-]*$/, "an id of lower-case letters, digits and -");
export const reference = z.string().min(1, "the id of something that the workspace defines");
export const ids = z.array(reference);
export const members = ids.min(1, "at least one series").refine(isUnique, "each series once");

/** No display name, no line break: it becomes a header of mails. */
export const address = z.email("an e-mail address");
/** Where the archive is reached: paths are appended. */
export const site = z
  .url({ protocol: /^https?$/, error: "an address that begins with https://" })
  .refine((url) => !/[?#]/.test(url), "an address without ? and #")
  .transform((url) => url.replace(/\/+$/, ""));

export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

export function isUnique(list: readonly unknown[]): boolean {
  return new Set(list).size === list.length;
}
