import { type Call, progressOf, requireWord } from "#src/commands/call.ts";
import { gatherInto } from "#src/commands/gather.ts";
import { issueNamed } from "#src/commands/issue-name.ts";
import { jobAt, publicationOf, storeOf, workspaceOf } from "#src/commands/job.ts";
import { type Differences, differencesBetween, type FactDifference } from "#src/domain/differences.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { IssueFacts } from "#src/domain/issue.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import { printFact } from "#src/locale/print-fact.ts";
import { factsOf, planOf, readStore } from "#src/origin.ts";
import { type KeptIssue, nameOf, type Store } from "#src/store/store.ts";

/** `tideline diff`: what an issue says otherwise than another one, or than today's knowledge of its days would. */
export async function diff(call: Call): Promise<number> {
  const first = requireWord(call, "diff requires an issue, PUBLICATION/AS-OF");
  const [, second] = call.words;
  if ((second === undefined) === (call.values.revised !== true)) {
    throw new TidelineError("USAGE", "diff compares an issue with one thing", [
      { expected: "either `--revised`, today's knowledge of the same days, or a second issue" },
    ]);
  }
  const workspace = await workspaceOf(call);
  await using store = await storeOf(call, workspace);
  const issue = await issueNamed(store, first);
  const published = await factsOf(store, issue);
  const against =
    second === undefined
      ? await knownToday(call, workspace, store, issue)
      : { name: second, facts: await factsOf(store, await issueNamed(store, second)), again: null };
  const differences = differencesBetween(withoutMark(published), withoutMark(against.facts));
  // What differs although nothing new is known comes from the program or its configuration.
  const unexplained =
    against.again === null
      ? new Set<string>()
      : new Set(
          differencesBetween(withoutMark(published), withoutMark(against.again)).facts.map(({ id }) => id),
        );
  call.around.print(
    call.values.json
      ? JSON.stringify({ issue: nameOf(issue), against: against.name, ...differences }, null, 1)
      : inWords(nameOf(issue), against.name, differences, unexplained),
  );
  return 0;
}

/** The facts without the mark of a revised issue: when it was revised is no difference in what it says. */
const withoutMark = (issue: IssueFacts): IssueFacts => ({
  ...issue,
  facts: issue.facts.filter(({ id }) => id !== "issue.knowledge"),
});

/** The facts of the same days with all that is known today, and those of the issue made again from what it was made from. */
async function knownToday(call: Call, workspace: Workspace, store: Store, issue: KeptIssue) {
  const publication = publicationOf(workspace, issue.publication);
  const job = jobAt(call.around, workspace, publication, issue.instant);
  const { gaps } = await gatherInto(call, progressOf(call), workspace, store);
  // Sections and charts take a while to load, for which a fault of configuration does not wait.
  const { compute } = await import("#src/publish.ts");
  const factsFrom = async (basis: KeptIssue["basis"]): Promise<IssueFacts> => {
    const dated = { ...job, asOf: { ...job.asOf, date: issue.asOf } };
    return compute(dated, await readStore(store, workspace, basis)).composed.facts;
  };
  const plan = await planOf(store, job, gaps, true);
  // The same issue before: only what is known of the days may differ.
  const today = await factsFrom({ ...plan.basis, last: issue.basis.last });
  return { name: "what is known today", facts: today, again: await factsFrom(issue.basis) };
}

function inWords(
  issue: string,
  against: string,
  { facts, statements, refusals }: Differences,
  unexplained: ReadonlySet<string>,
): string {
  const list = (sign: string, ids: readonly string[]) => ids.map((id) => `  ${sign} ${id}`);
  const lines = [
    `${issue} against ${against}`,
    `facts that differ: ${facts.length}`,
    ...facts.map((each) => `  ${factInWords(each)}${unexplained.has(each.id) ? `  (${otherCause})` : ""}`),
    `statements: ${statements.gone.length} gone, ${statements.added.length} new, ${statements.changed.length} with other words or facts`,
    ...list("-", statements.gone),
    ...list("+", statements.added),
    ...list("~", statements.changed),
    `refusals: ${refusals.gone.length} gone, ${refusals.added.length} new`,
    ...list("-", refusals.gone),
    ...list("+", refusals.added),
  ];
  return lines.join("\n");
}

const otherCause = "differs without new data: the program or its configuration has changed";

function factInWords({ id, before, after }: FactDifference): string {
  const print = (fact: Fact | null): string =>
    fact === null ? "none" : fact.value === null ? fact.status : printFact(fact, "en", "table");
  const [was, is] = [print(before), print(after)];
  if (was !== is) return `${id}: ${was} → ${is}`;
  return `${id}: ${was}, ${before?.value} → ${after?.value}`;
}
