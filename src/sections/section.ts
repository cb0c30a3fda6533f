import type { Figure } from "#src/domain/figure.ts";
import type { Panel } from "#src/domain/panel.ts";
import type { QualityFinding } from "#src/domain/quality.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Refusal, Statement } from "#src/domain/statement.ts";
import type { Table } from "#src/domain/table.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";
import type { Publication, Workspace } from "#src/domain/workspace.ts";
import type { FactBook } from "#src/sections/facts.ts";

/** What a section computes from. */
export interface SectionContext {
  readonly workspace: Workspace;
  readonly publication: Publication;
  /** The week that the issue is about, by its Friday: the last that was over at the cut-off. */
  readonly week: IsoDate;
  /** The last session of that week, by the publication's calendar. */
  readonly lastDay: IsoDate;
  /** What could be read at the cut-off, through that week. */
  readonly panel: Panel;
  /** Everything that could be read at the cut-off. */
  readonly known: Panel;
  /** What the gates on the data found; what was set aside is in neither panel. */
  readonly findings: readonly QualityFinding[];
  /** Series whose file gave nothing any more: what it gave before counts. */
  readonly remembered: readonly string[];
  /** Until when what is known of those days counted, where that is later than the cut-off: a revised issue. */
  readonly knowledge: Instant | null;
  readonly facts: FactBook;
}

/** One section, before language: a claim, words, figures, tables, and what it decided to say or not. */
export interface Section {
  readonly name: string;
  /** The headline: states what was found, no full stop. */
  readonly claim: Say;
  /** One sentence under the headline; `null` where the claim says it all. */
  readonly standfirst: Say | null;
  /** Paragraphs, each a list of sentences. */
  readonly words: readonly (readonly Say[])[];
  readonly figures: readonly Figure[];
  readonly tables: readonly Table[];
  readonly statements: readonly Statement[];
  readonly refusals: readonly Refusal[];
  /** What is missing, said in the section's place. */
  readonly gaps: readonly Say[];
}

/** A message and what stands in its places. */
export const say = (key: string, places: Readonly<Record<string, Place>> = {}): Say => ({ key, places });
