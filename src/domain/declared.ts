import type { Entry, RememberedEntry } from "#src/domain/entry.ts";
import type { Localised } from "#src/domain/locale.ts";
import type { GapReason } from "#src/domain/series.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";

/** Lists that somebody keeps by hand: who is in a basket when, what happened, which times count as a crisis. */
export const declaredKinds = ["baskets", "events", "crises"] as const;
export type DeclaredKind = (typeof declaredKinds)[number];

/** What kind of news an event was. It is the user's word, and never inferred. */
export const eventKinds = ["release", "earnings", "guidance", "policy", "other"] as const;
export type EventKind = (typeof eventKinds)[number];

/** When an entry could be read, whether that was assumed, and whose word it is. */
export interface Told {
  readonly knownAt: Instant;
  readonly assumed: boolean;
  readonly source: Localised | null;
}

/** A time of one series in a basket. */
export interface Membership extends Told {
  /** Id of the series, which the catalogue may have no more. */
  readonly member: string;
  /** The first day whose return counts in the basket: it was taken in on the evening before. */
  readonly from: IsoDate;
  /** The last day whose return counts; `null` while it is a member, and while nobody knows of an end. */
  readonly until: IsoDate | null;
  /** When the membership was first told of; its end may have become known later. */
  readonly firstKnownAt: Instant;
}

/** A basket as it was known at the cut-off. An own basket bears an own name, and never a vendor's. */
export interface Basket {
  readonly id: string;
  readonly memberships: readonly Membership[];
  /** Since when it is followed as it was; `null` where that is not known: its whole history is back-cast. */
  readonly inception: IsoDate | null;
  /** Whether nobody ever left it although it was told of afterwards: one list, applied to the past. */
  readonly survivorship: boolean;
}

/** Something that happened, or is to happen, on a day. */
export interface DeclaredEvent extends Told {
  readonly id: string;
  readonly date: IsoDate;
  readonly kind: EventKind;
  readonly name: Localised;
  /** The series that it is about, which the catalogue may have no more; `null` where it is about all. */
  readonly series: string | null;
}

/** A time that counts as a crisis. */
export interface CrisisWindow extends Told {
  readonly id: string;
  readonly name: Localised;
  readonly from: IsoDate;
  /** The last day; `null` while it lasts. */
  readonly until: IsoDate | null;
}

/** A list of the workspace, as it counts. */
export interface DeclaredList {
  readonly kind: DeclaredKind;
  /** Why there is nothing; `null` where there is something. */
  readonly gap: Exclude<GapReason, "no-rows"> | null;
  /** SHA-256 of the entries that counted. */
  readonly digest: string;
}

/** What somebody has declared, as it was known at a cut-off. */
export interface Declared {
  /** By id, and only those of which anything was known. */
  readonly baskets: Readonly<Record<string, Basket>>;
  /** By day, those that were announced and are still to come among them. */
  readonly events: readonly DeclaredEvent[];
  /** By their first day. */
  readonly crises: readonly CrisisWindow[];
  /** The lists that the workspace keeps, whether anything was known or not. */
  readonly lists: readonly DeclaredList[];
}

/** What an entry of each list says, beside its known-at. Its order of keys is that of the text that is kept. */
export interface Said {
  readonly baskets: {
    readonly basket: string;
    readonly member: string;
    readonly from: IsoDate;
    readonly until: IsoDate | null;
    readonly source: Localised | null;
  };
  readonly events: Omit<DeclaredEvent, "knownAt" | "assumed">;
  readonly crises: Omit<CrisisWindow, "knownAt" | "assumed">;
}

/** What is at hand of one list: as its file gives it, or as the store remembers it. */
export interface GivenList {
  readonly kind: DeclaredKind;
  readonly entries: readonly (Entry | RememberedEntry)[];
  readonly gap: GapReason | null;
}
