import { sql } from "kysely";
import type { GateNote } from "#src/store/store.ts";
import type { Tables } from "#src/store/tables.ts";

/** Issues that are kept back (`isHeld`): a gate found something, and nobody has released them. */
export const heldIssues = sql<number>`(select issue from gate where findings <> '[]' and released_at is null)`;

/** The columns of a gate beside those of the issue it is joined to; all null where there is none. */
export const gateColumns = [
  "gate.checked_at",
  "gate.findings",
  "gate.released_by",
  "gate.released_because",
  "gate.released_at",
] as const;

type Joined<T> = { readonly [K in keyof T]: T[K] | null };
export type GateColumns = Joined<Omit<Tables["gate"], "issue">>;

/** What the gates said of an issue; `null` where they have not been asked. */
export function gateOf(row: GateColumns): GateNote | null {
  const { checked_at, findings, released_by, released_because, released_at } = row;
  if (checked_at === null || findings === null) return null;
  const isReleased = released_by !== null && released_because !== null && released_at !== null;
  return {
    checkedAt: checked_at,
    findings: JSON.parse(findings) as string[],
    released: isReleased ? { by: released_by, because: released_because, at: released_at } : null,
  };
}
