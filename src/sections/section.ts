import type { Declared } from "#src/domain/declared.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Panel } from "#src/domain/panel.ts";
import type { QualityFinding } from "#src/domain/quality.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Refusal } from "#src/domain/statement.ts";
import type { Table } from "#src/domain/table.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";
import type { Publication, Workspace } from "#src/domain/workspace.ts";
import type { FactBook } from "#src/sections/facts.ts";
import type { Ladder, Subject } from "#src/statements/rule.ts";
import type { Answer } from "#src/statements/speak.ts";

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
  /** What somebody has declared, as it was known at the cut-off: baskets, events, crises. */
  readonly declared: Declared;
  /** What the gates on the data found; what was set aside is in neither panel. */
  readonly findings: readonly QualityFinding[];
  /** Series whose file gave nothing any more: what it gave before counts. */
  readonly remembered: readonly string[];
  /** Until when what is known of those days counted, where that is later than the cut-off: a revised issue. */
  readonly knowledge: Instant | null;
  readonly facts: FactBook;
}

/** What the rules are asked about one subject. */
export interface Question {
  readonly ladder: Ladder;
  readonly subject: Subject;
}

/** What became of a question. */
export type Answers = (question: Question) => Answer;

/** A section whose facts are measured, before the rules have spoken: all tests of an issue are judged together first. */
export interface Draft {
  readonly questions: readonly Question[];
  /** The section, once they have. */
  page(answers: Answers): Section;
}

/** One section, before language: a claim, words, figures and tables. */
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
  /** What is not said because there is nothing to ask the rules about. */
  readonly refusals: readonly Refusal[];
  /** What is missing, said in the section's place. */
  readonly gaps: readonly Say[];
}

/** A section of which a claim is all that there is, and what it lacks. */
export const emptySection = (name: string, claim: Say, gaps: readonly Say[]): Section => ({
  name,
  claim,
  standfirst: null,
  words: [],
  figures: [],
  tables: [],
  refusals: [],
  gaps,
});

/** A message and what stands in its places. */
export const say = (key: string, places: Readonly<Record<string, Place>> = {}): Say => ({ key, places });
