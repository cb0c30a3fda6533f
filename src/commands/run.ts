import { type Call, note, progressOf, shown } from "#src/commands/call.ts";
import { gatherInto } from "#src/commands/gather.ts";
import { jobOf, languagesOf, placeOf, storeOf } from "#src/commands/job.ts";
import { enterArchive } from "#src/commands/site.ts";
import { loadCommentary } from "#src/commentary/load.ts";
import type { Commentary } from "#src/domain/commentary.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { Job } from "#src/domain/issue.ts";
import type { Locale } from "#src/domain/locale.ts";
import { asRun, type Gate, makeIssue } from "#src/make.ts";
import { type Plan, readFiles } from "#src/origin.ts";
import type { Written } from "#src/publish.ts";
import { type KeptIssue, nameOf, type Store } from "#src/store/store.ts";

/** Charts, templates and fonts take a second to load, for which a fault of configuration does not wait. */
const pipeline = () => import("#src/publish.ts");

/** `tideline run`: makes one issue, through the store or straight from the files. */
export async function run(call: Call): Promise<number> {
  const { values, words, around } = call;
  if (values.revised && values["no-store"])
    throw new TidelineError(
      "USAGE",
      "run takes no --revised beside --no-store: the files are all that is known",
    );
  const job = await jobOf(call, words[0]);
  const languages = languagesOf(call, job.publication);
  // Before anything is gathered or written: what it holds back is not half done.
  const said = await loadCommentary(job, languages);
  const { folder, files } = values["no-store"]
    ? await runDirectly(call, job, languages, said)
    : await runThroughStore(call, job, languages, said);
  const named = files.map((file) => shown(around, file));
  around.print(
    values.json ? JSON.stringify({ folder: shown(around, folder), files: named }) : named.join("\n"),
  );
  return 0;
}

async function runDirectly(
  call: Call,
  job: Job,
  languages: readonly Locale[],
  said: readonly Commentary[],
): Promise<Written> {
  const progress = progressOf(call);
  const inputs = await readFiles(job.workspace);
  const observations = inputs.given.reduce((sum, each) => sum + each.observations.length, 0);
  progress("gather", { series: inputs.given.length, observations });
  const { computeIssue, publish } = await pipeline();
  const place = placeOf(call, job.workspace);
  const computed = computeIssue(job, inputs, said);
  const written = await publish(job, computed, place, languages, async (_, files) => files, progress);
  if (written === null) throw new RangeError("an issue that nothing keeps back has been written");
  return written;
}

async function runThroughStore(
  call: Call,
  job: Job,
  languages: readonly Locale[],
  said: readonly Commentary[],
): Promise<Written> {
  const { workspace, publication, asOf } = job;
  await using store = await storeOf(call, workspace);
  const { written } = await asRun(store, publication.id, asOf.date, call.around.now, () =>
    makeAndKeep(call, job, store, languages, said),
  );
  return written;
}

async function makeAndKeep(
  call: Call,
  job: Job,
  store: Store,
  languages: readonly Locale[],
  commentary: readonly Commentary[],
) {
  const { workspace, publication, asOf } = job;
  const progress = progressOf(call);
  const { gaps } = await gatherInto(call, progress, workspace, store);
  const place = placeOf(call, workspace);
  const revised = call.values.revised ?? false;
  let findings: readonly string[] = [];
  const gate: Gate = async (dirty) => {
    findings = dirty;
    return dirty.length === 0 ? undefined : { findings: dirty, deliveries: () => [], slot: null };
  };
  const order = { job, languages, place, revised, gaps, commentary };
  const { plan, kept, written } = await makeIssue(store, order, gate, call.around.now, progress);
  if (written === null) throw held(kept, findings);
  if (kept !== null) await enterArchive(call, workspace, store);
  for (const told of inWords(`${publication.id}/${asOf.date}`, plan, kept)) note(call, told);
  return { kept, written };
}

/** What holds an issue back, and how it is seen and released. */
function held(kept: KeptIssue | null, findings: readonly string[]): TidelineError {
  const issue = kept === null ? null : nameOf(kept);
  // What was held before stays held by what was found then.
  const reasons = kept?.gate?.findings ?? findings;
  const ways =
    issue === null
      ? "mend the files, or let somebody answer for it in tideline.yaml"
      : `mend the files and run again, let somebody answer for it in tideline.yaml, or release it: \`tideline archive export ${issue} --out DIR\` shows it, \`tideline release ${issue} --by NAME --because REASON\` lets it go`;
  const count = reasons.length === 1 ? "one finding" : `${reasons.length} findings`;
  return new TidelineError(
    "HELD",
    findings.length === 0
      ? `${issue} is held: ${count}; ${ways}`
      : `the data hold ${issue ?? "the issue"} back: ${count}; ${ways}`,
    reasons.map((expected) => ({ expected })),
  );
}

/** What the caller may not expect of an issue that was made before. */
function inWords(issue: string, { making, kept, unread }: Plan, made: KeptIssue | null): readonly string[] {
  if (making === "early")
    return [`${issue} is made anew: revision ${kept?.revision} was made before its cut-off had come`];
  if (making === "reread") {
    return [
      `${issue} is made anew: the configuration reads other numbers, or another cut-off, than revision ${kept?.revision} did`,
    ];
  }
  if (making !== "again") return [];
  const isOther = made !== null && kept !== null && made.revision !== kept.revision;
  return [
    ...(isOther
      ? [
          `${issue} is kept as revision ${made.revision}: from the same data the program, its configuration or its commentary makes another issue than revision ${kept.revision}`,
        ]
      : []),
    ...(unread === 0
      ? []
      : [
          `${issue} is made again from what was known when it was first made; ${unread} batches loaded since are not read. \`tideline diff ${issue} --revised\` shows what they change, \`tideline run --revised\` makes a revised issue`,
        ]),
  ];
}
