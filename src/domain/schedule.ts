import type { Instant, IsoDate } from "#src/domain/time.ts";

/** When issues of a publication fall due: after the last session of each week, after every session, or by cron. */
export type SlotRule =
  | { readonly kind: "week" }
  | { readonly kind: "session" }
  | { readonly kind: "cron"; readonly expression: string; readonly zone: string };

/** What is done about a slot that is made after its deadline: as if in time, kept back for a person, or not at all. */
export const latePolicies = ["make", "hold", "skip"] as const;
export type LatePolicy = (typeof latePolicies)[number];

/** Which of several slots that were missed are made: the latest alone, or each. */
export const catchUps = ["latest", "all"] as const;
export type CatchUp = (typeof catchUps)[number];

/** How the scheduler treats the slots of a publication. */
export interface Schedule {
  /** How long after its slot an issue is still in time, in minutes. */
  readonly deadlineMinutes: number;
  readonly late: LatePolicy;
  readonly catchUp: CatchUp;
}

/** When an issue is due, and the day that names it. */
export interface Slot {
  readonly at: Instant;
  readonly asOf: IsoDate;
}

/**
 * Where a slot stands. `due`: to be made, or made again after a failure that may pass. `running`: a process is at it.
 * `made`, `held` (made and kept back), `failed` and `skipped` are ends; a person releases or makes again what is held or
 * failed.
 */
export const slotStates = ["due", "running", "made", "held", "failed", "skipped"] as const;
export type SlotState = (typeof slotStates)[number];

/** What the planner decides: slots to be entered, or entered again in another state, and until when it has looked. */
export interface SlotPlan {
  readonly seenUntil: Instant;
  readonly slots: readonly (Slot & {
    readonly state: "due" | "skipped";
    readonly reason: string | null;
  })[];
}
