import { join } from "node:path";
import { writeIssue } from "#src/archive/write-issue.ts";
import { type Call, shown } from "#src/commands/call.ts";
import { issueNamed } from "#src/commands/issue-name.ts";
import { outOf, storeOf, workspaceOf } from "#src/commands/job.ts";
import { enterArchive } from "#src/commands/site.ts";
import { TidelineError } from "#src/domain/errors.ts";
import { isoInstant } from "#src/domain/time.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import { factsOf } from "#src/origin.ts";
import { sha256 } from "#src/render/digest.ts";
import { isHeld, type KeptIssue, type KeptRun, nameOf, type Store } from "#src/store/store.ts";

const actions: Readonly<Record<string, (call: Call, workspace: Workspace, store: Store) => Promise<void>>> = {
  list,
  show,
  export: exportIssues,
  runs,
};

/** `tideline archive list | show | export | runs`: what was made and published, as the store keeps it. */
export async function archive(call: Call): Promise<number> {
  const [action = "list"] = call.words;
  const act = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (act === undefined) {
    throw new TidelineError("USAGE", "archive knows no such action", [
      { found: action, expected: `one of ${Object.keys(actions).join(", ")}` },
    ]);
  }
  const workspace = await workspaceOf(call);
  await using store = await storeOf(call, workspace);
  await act(call, workspace, store);
  return 0;
}

async function list({ words, values, around }: Call, _workspace: Workspace, store: Store): Promise<void> {
  const issues = await store.issues(words[1]);
  if (values.json) return around.print(JSON.stringify(issues.map(listed)));
  if (issues.length === 0) return around.print("the archive holds no issue yet: `tideline run` makes one");
  for (const issue of issues) {
    const { madeAt, revised } = listed(issue);
    const marks = [...(revised ? ["revised"] : []), ...gateInWords(issue)];
    around.print([`${nameOf(issue).padEnd(24)} made ${madeAt}`, ...marks].join("  "));
  }
}

const listed = (issue: KeptIssue) => ({
  issue: nameOf(issue),
  publication: issue.publication,
  asOf: issue.asOf,
  instant: issue.instant,
  revision: issue.revision,
  madeAt: isoInstant(issue.madeAt),
  revised: issue.basis.knowledge === null ? null : isoInstant(issue.basis.knowledge),
  batch: issue.basis.batch,
  held: isHeld(issue),
  gate: issue.gate && {
    checkedAt: isoInstant(issue.gate.checkedAt),
    findings: issue.gate.findings,
    released: issue.gate.released && {
      ...issue.gate.released,
      at: isoInstant(issue.gate.released.at),
    },
  },
});

/** Why an issue is kept back, or who has let it go and why; nothing of one that was never held. */
function gateInWords({ gate }: KeptIssue): readonly string[] {
  if (gate === null || gate.findings.length === 0) return [];
  const findings = gate.findings.join("; ");
  if (gate.released === null) return [`held: ${findings}`];
  const { by, because, at } = gate.released;
  return [`released ${isoInstant(at)} by ${by}, because ${because} (held: ${findings})`];
}

async function show({ words, values, around }: Call, _workspace: Workspace, store: Store): Promise<void> {
  const issue = await issueNamed(store, requireIssue(words[1], "show"));
  const { facts, statements, refusals } = await factsOf(store, issue);
  const last = issue.basis.last === null ? null : await store.issueById(issue.basis.last);
  const files = [...(await store.filesOf(issue))].map(([name, bytes]) => ({
    name,
    bytes: bytes.length,
    sha256: sha256(bytes),
  }));
  const counts = { facts: facts.length, statements: statements.length, refusals: refusals.length };
  const told = { ...listed(issue), lastIssue: last && nameOf(last), ...counts, files };
  if (values.json) return around.print(JSON.stringify(told, null, 1));
  const lines = [
    ["issue", told.issue],
    ["cut-off", told.instant],
    ["made", told.madeAt],
    ...(told.revised === null ? [] : [["revised", `with what was known until ${told.revised}`]]),
    [
      "read",
      `batches to ${told.batch}${told.lastIssue === null ? "" : `; the issue before: ${told.lastIssue}`}`,
    ],
    ...gateInWords(issue).map((words) => ["gate", words]),
    ["says", `${counts.statements} statements, ${counts.refusals} refused, ${counts.facts} facts`],
    ...files.map(({ name, bytes, ...file }) => [
      "file",
      `${name.padEnd(14)} ${String(bytes).padStart(9)} bytes  ${file.sha256.slice(0, 16)}`,
    ]),
    ["first", statements[0]?.id ?? "no statement"],
  ];
  for (const [name = "", text] of lines) around.print(`${name.padEnd(8)} ${text}`);
}

function requireIssue(word: string | undefined, action: string): string {
  if (word !== undefined) return word;
  throw new TidelineError("USAGE", `archive ${action} requires an issue`, [
    { expected: "PUBLICATION/AS-OF as weekly/2026-02-13" },
  ]);
}

/** Writes an issue's folder again from what is kept, and the lists of issues; of every issue the newest revision that is not held where none is named. */
async function exportIssues(call: Call, workspace: Workspace, store: Store): Promise<void> {
  const { words, values, around } = call;
  // It reads pages, for which a fault of the command line does not wait.
  const { newestShown } = await import("#src/archive/published.ts");
  const issues =
    words[1] === undefined
      ? newestShown(await store.issues())
      : [requireOutside(call, await issueNamed(store, words[1]))];
  const folders: string[] = [];
  for (const issue of issues) {
    const parent = join(outOf(call, workspace.dir), issue.publication);
    folders.push(await writeIssue(parent, issue.asOf, await store.filesOf(issue)));
    if (!values.json) around.print(shown(around, folders.at(-1) ?? ""));
  }
  await enterArchive(call, workspace, store);
  if (values.json) around.print(JSON.stringify({ folders: folders.map((each) => shown(around, each)) }));
}

/** A held issue is not to lie among those that are out. */
function requireOutside({ values }: Call, issue: KeptIssue): KeptIssue {
  if (!isHeld(issue) || values.out !== undefined) return issue;
  throw new TidelineError("USAGE", "a held issue is exported to a folder of its own", [
    { found: `${nameOf(issue)} without --out`, expected: "--out DIR, outside the archive" },
  ]);
}

const runsShown = 20;

async function runs({ values, around }: Call, _workspace: Workspace, store: Store): Promise<void> {
  const found = await store.runs(runsShown);
  if (values.json) {
    const dated = ({ startedAt, endedAt, ...run }: KeptRun) => ({
      ...run,
      startedAt: isoInstant(startedAt),
      endedAt: endedAt === null ? null : isoInstant(endedAt),
    });
    return around.print(JSON.stringify(found.map(dated)));
  }
  for (const run of found) around.print(await runInWords(store, run));
}

async function runInWords(store: Store, run: KeptRun): Promise<string> {
  const issue = run.issue === null ? null : await store.issueById(run.issue);
  const [firstLine] = (run.failure ?? "").split("\n");
  const end =
    run.endedAt === null
      ? "not ended: it still runs, or was cut off"
      : run.failure !== null
        ? `failed: ${firstLine}`
        : issue === null
          ? "done, not kept"
          : `kept ${nameOf(issue)}`;
  return `${isoInstant(run.startedAt)}  ${run.publication}/${run.asOf}  ${end}`;
}
