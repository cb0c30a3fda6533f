import { issueNumber } from "#src/calendar/cutoff.ts";
import { addSessions } from "#src/calendar/sessions.ts";
import { finishedWeek } from "#src/calendar/weeks.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Commentary } from "#src/domain/commentary.ts";
import type { Declared } from "#src/domain/declared.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { AsOf, IssueFacts, LastIssue } from "#src/domain/issue.ts";
import type { Panel } from "#src/domain/panel.ts";
import type { QualityFinding } from "#src/domain/quality.ts";
import { type Instant, type IsoDate, isoInstant } from "#src/domain/time.ts";
import type { Publication, Workspace } from "#src/domain/workspace.ts";
import { type ChangesBlock, changes } from "#src/sections/changes.ts";
import { factBook } from "#src/sections/facts.ts";
import { headline, type KeyNumber, keyNumbers, wideProof } from "#src/sections/headline.ts";
import { inOrderOfDrafts, topics } from "#src/sections/index.ts";
import { finishedWeeks } from "#src/sections/market.ts";
import type { Answers, Question, Section, SectionContext } from "#src/sections/section.ts";
import { sources } from "#src/sections/sources.ts";
import { judged, judgeTogether } from "#src/sections/test-family.ts";
import { contradictions, rankStatements } from "#src/statements/rank.ts";
import { type Answer, speak } from "#src/statements/speak.ts";

/** An issue before language: its sections in the publication's order, and what goes into `facts.json`. */
export interface Composed {
  readonly sections: readonly Section[];
  readonly keyNumbers: readonly KeyNumber[];
  /** What stands on page one of the changes since the last issue. */
  readonly changes: ChangesBlock | null;
  /** What people say on the sections, beside what is computed; set at the end of each. */
  readonly commentary: readonly Commentary[];
  readonly facts: IssueFacts;
}

/** What an issue is composed from. */
export interface ComposeInput {
  readonly workspace: Workspace;
  readonly publication: Publication;
  readonly asOf: AsOf;
  /** What could be read, without what is not trusted. */
  readonly panel: Panel;
  /** What somebody has declared, as it could be read. */
  readonly declared: Declared;
  /** What the gates on the data found in it. */
  readonly findings: readonly QualityFinding[];
  /** Series whose file gave nothing any more: what it gave before counts. */
  readonly remembered: readonly string[];
  /** Until when what is known counted, where that is later than the cut-off: the issue then says that it is revised. */
  readonly knowledge: Instant | null;
  /** The last issue as it was published; or the previous slot and the panel then, from which it is composed. */
  readonly last: LastIssue | { readonly asOf: IsoDate; readonly panel: Panel; readonly declared: Declared };
  readonly digest: (text: string) => string;
}

/**
 * Panel → facts → statements → sections.
 *
 * The last issue's statements, as published or composed again as of its own cut-off, only lower the rank of what
 * would be said twice.
 *
 * @throws {TidelineError} `HELD` when two statements of the issue contradict one another
 */
export function compose(input: ComposeInput): Composed {
  const { last } = input;
  // Of the last issue only its facts and statements are asked for, and what was found in the data is none.
  const before = { ...input, findings: [] };
  const issue =
    "panel" in last
      ? composeAt({ ...before, declared: last.declared }, last.asOf, last.panel, null).facts
      : last;
  const composed = composeAt(input, input.asOf.date, input.panel, issue, input.knowledge);
  hold(contradictions(composed.facts.statements));
  return composed;
}

function composeAt(
  input: ComposeInput,
  date: IsoDate,
  panel: Panel,
  last: LastIssue | null,
  knowledge: Instant | null = null,
): Composed {
  const { workspace, publication, digest } = input;
  const instant = isoInstant(panel.cutoff);
  const calendar = calendarOf(workspace.calendars, publication);
  const week = finishedWeek(calendar, panel.cutoff);
  const context: SectionContext = {
    workspace,
    publication,
    week,
    lastDay: addSessions(calendar, week, 0),
    panel: finishedWeeks(panel, week),
    known: panel,
    declared: input.declared,
    findings: input.findings,
    remembered: input.remembered,
    knowledge,
    facts: factBook(panel, digest),
  };
  issueFacts(context, date);
  const drafts = inOrderOfDrafts(publication.sections).flatMap((name) => {
    const topic = topics[name];
    return topic === undefined ? [] : [{ name, draft: topic(context) }];
  });
  judgeTogether(context.facts);
  const answers = new Map(
    drafts
      .flatMap(({ draft }) => draft.questions)
      .map((question) => [question, answer(judged(question, context.facts))] as const),
  );
  const answerTo: Answers = (question) => answers.get(question) ?? unasked(question);
  const found = new Map(drafts.map(({ name, draft }) => [name, draft.page(answerTo)] as const));
  const topical = [...found.values()];
  const figures = topical.flatMap((section) => section.figures);
  const drawn = new Set(figures.map((figure) => figure.id));
  const statements = [...answers.values()]
    .flatMap(({ statement }) => statement ?? [])
    .map((each) => ({ ...each, proof: each.proof !== null && drawn.has(each.proof) ? each.proof : null }));
  const ranked = rankStatements(statements, new Set(last?.statements.map(({ id }) => id)));
  const numbers = keyNumbers(context);
  const proof = publication.sections.includes("headline") ? wideProof(ranked, figures) : null;
  const changed =
    last !== null && publication.sections.includes("changes") ? changes(context, last, ranked) : null;
  const sections = publication.sections.map((name) => {
    if (name === "headline") return headline(context, ranked, proof);
    if (name === "changes") return changed?.section;
    return name === "sources" ? sources(context) : without(found.get(name), proof);
  });
  return {
    sections: sections.filter((section) => section !== undefined),
    keyNumbers: numbers,
    changes: changed?.block ?? null,
    commentary: [],
    facts: {
      schema: 1,
      publication: publication.id,
      asOf: { date, instant },
      simulated: workspace.simulated,
      facts: context.facts.all(),
      statements: ranked,
      refusals: [
        ...[...answers.values()].flatMap(({ refusals }) => refusals),
        ...topical.flatMap((section) => section.refusals),
      ],
      ...crisesOf(context),
    },
  };
}

/** The declared crises, which figures name. */
function crisesOf({ declared }: SectionContext): Pick<IssueFacts, "crises"> {
  const crises = declared.crises.map(({ id, name, from, until }) => ({ id, name, from, until }));
  return crises.length === 0 ? {} : { crises };
}

const answer = ({ ladder, subject }: Question): Answer => speak(ladder, subject);

function unasked({ ladder, subject }: Question): never {
  throw new RangeError(`a page requires the answers of its own questions, got ${ladder.id} of ${subject.id}`);
}

/** A figure that stands on page one does not stand again in its section. */
const without = (section: Section | undefined, proof: Figure | null): Section | undefined =>
  section && { ...section, figures: section.figures.filter((figure) => figure !== proof) };

/** What the masthead prints of the issue itself. */
function issueFacts(
  { facts, workspace, publication, lastDay, panel, knowledge }: SectionContext,
  asOf: IsoDate,
): void {
  const shared = { series: [], method: "the issue" };
  facts.add({ ...shared, id: "issue.date", value: asOf, unit: "date" });
  facts.add({ ...shared, id: "issue.week", value: lastDay, unit: "date" });
  facts.add({ ...shared, id: "issue.cutoff", value: isoInstant(panel.cutoff), unit: "instant" });
  if (knowledge !== null)
    facts.add({ ...shared, id: "issue.knowledge", value: isoInstant(knowledge), unit: "instant" });
  const number = issueNumber(publication, calendarOf(workspace.calendars, publication), asOf);
  if (number !== null) facts.add({ ...shared, id: "issue.number", value: number, unit: "count" });
}

function hold(found: ReturnType<typeof contradictions>): void {
  if (found.length === 0) return;
  throw new TidelineError(
    "HELD",
    "statements of the issue contradict one another",
    found.map(([a, b]) => ({
      found: `${a.id} beside ${b.id}`,
      expected: `one stance on ${a.stance?.split(":")[0]}`,
    })),
  );
}
