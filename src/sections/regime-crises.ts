import type { Localised } from "#src/domain/locale.ts";
import type { IsoDate } from "#src/domain/time.ts";
import type { SectionContext } from "#src/sections/section.ts";

/** A time that somebody has declared to be a crisis, both ends included. */
export interface Crisis {
  readonly name: Localised;
  readonly from: IsoDate;
  /** `null` while it lasts. */
  readonly until: IsoDate | null;
}

/** The crises that are declared, by their first day: a workspace cannot declare any yet. */
export const crisesOf = (_: SectionContext): readonly Crisis[] => [];
