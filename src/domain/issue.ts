import type { Quotation } from "#src/domain/commentary.ts";
import type { CrisisWindow } from "#src/domain/declared.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { RankedStatement, Refusal } from "#src/domain/statement.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";
import type { Publication, Workspace } from "#src/domain/workspace.ts";

/** What an issue is of: a publication's cut-off. The folder is named by the date, `facts.json` holds the instant. */
export interface AsOf {
  readonly date: IsoDate;
  readonly instant: Instant;
}

/** What is to be made: a publication of a workspace, as of a moment. */
export interface Job {
  readonly workspace: Workspace;
  readonly publication: Publication;
  readonly asOf: AsOf;
}

/** What an issue says, before language: the content of `facts.json`. */
export interface IssueFacts {
  readonly schema: 1;
  readonly publication: string;
  readonly asOf: { readonly date: IsoDate; readonly instant: string };
  readonly simulated: boolean;
  readonly facts: readonly Fact[];
  /** Most surprising first. */
  readonly statements: readonly RankedStatement[];
  readonly refusals: readonly Refusal[];
  /** Times that count as a crisis, by the workspace's word, as known at the cut-off; left out where it declares none. */
  readonly crises?: readonly Pick<CrisisWindow, "id" | "name" | "from" | "until">[];
  /** What people say on its sections; left out where nobody does. Nothing of it is computed. */
  readonly commentary?: readonly Quotation[];
}

/** What an issue takes from the one before. */
export type LastIssue = Pick<IssueFacts, "asOf" | "facts" | "statements">;
