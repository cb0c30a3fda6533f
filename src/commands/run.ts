import { type Call, note, progressOf, shown } from "#src/commands/call.ts";
import { gatherInto } from "#src/commands/gather.ts";
import { jobOf, languagesOf, placeOf, storeOf } from "#src/commands/job.ts";
import { enterArchive } from "#src/commands/site.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { Job } from "#src/domain/issue.ts";
import { isoInstant } from "#src/domain/time.ts";
import { type Plan, planOf, readFiles, readStore } from "#src/origin.ts";
import type { Keep, publish } from "#src/publish.ts";
import type { KeptIssue, Store } from "#src/store/store.ts";

/** Charts, templates and fonts take a second to load, for which a fault of configuration does not wait. */
const pipeline = () => import("#src/publish.ts");

type Written = Awaited<ReturnType<typeof publish>>;

/** `tideline run`: makes one issue, through the store or straight from the files. */
export async function run(call: Call): Promise<number> {
  const { values, words, around } = call;
  if (values.revised && values["no-store"])
    throw new TidelineError(
      "USAGE",
      "run takes no --revised beside --no-store: the files are all that is known",
    );
  const job = await jobOf(call, words[0]);
  const { folder, files } = values["no-store"]
    ? await runDirectly(call, job)
    : await runThroughStore(call, job);
  const named = files.map((file) => shown(around, file));
  around.print(
    values.json ? JSON.stringify({ folder: shown(around, folder), files: named }) : named.join("\n"),
  );
  return 0;
}

async function runDirectly(call: Call, job: Job): Promise<Written> {
  const progress = progressOf(call);
  const inputs = await readFiles(job.workspace);
  const observations = inputs.given.reduce((sum, each) => sum + each.observations.length, 0);
  progress("gather", { series: inputs.given.length, observations });
  const { publish } = await pipeline();
  return publish(
    job,
    inputs,
    placeOf(call, job.workspace),
    languagesOf(call, job.publication),
    async (_, files) => files,
    progress,
  );
}

async function runThroughStore(call: Call, job: Job): Promise<Written> {
  const { workspace, publication, asOf } = job;
  await using store = await storeOf(call, workspace);
  const number = await store.beginRun(publication.id, asOf.date, call.around.now());
  try {
    const { kept, written } = await makeAndKeep(call, job, store);
    await store.endRun(number, { issue: kept?.id ?? null }, call.around.now());
    return written;
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    // What stopped the run matters more than that it could not be noted.
    await store.endRun(number, { failure }, call.around.now()).catch(() => {});
    throw error;
  }
}

async function makeAndKeep(call: Call, job: Job, store: Store) {
  const { workspace, publication, asOf } = job;
  const languages = languagesOf(call, publication);
  const progress = progressOf(call);
  const { gaps } = await gatherInto(call, progress, workspace, store);
  const plan = await planOf(store, job, gaps, call.values.revised ?? false);
  const inputs = await readStore(store, workspace, plan.basis);
  // Some of its languages are a proof; the issue is all of them.
  const isWhole = publication.languages.every((locale) => languages.includes(locale));
  let kept: KeptIssue | null = null;
  const keep: Keep = async ({ composed }, files) => {
    if (!isWhole) return files;
    kept = await store.keepIssue({
      publication: publication.id,
      asOf: asOf.date,
      instant: isoInstant(asOf.instant),
      basis: plan.basis,
      files,
      facts: composed.facts.facts,
      after: plan.newest,
      now: call.around.now(),
    });
    progress("keep", { revision: kept.revision });
    return store.filesOf(kept);
  };
  const { publish } = await pipeline();
  const written = await publish(job, inputs, placeOf(call, workspace), languages, keep, progress);
  const made = kept as KeptIssue | null;
  if (made !== null) await enterArchive(call, workspace, store);
  for (const told of inWords(`${publication.id}/${asOf.date}`, plan, made)) note(call, told);
  return { kept: made, written };
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
          `${issue} is kept as revision ${made.revision}: from the same data the program or its configuration makes another issue than revision ${kept.revision}`,
        ]
      : []),
    ...(unread === 0
      ? []
      : [
          `${issue} is made again from what was known when it was first made; ${unread} batches loaded since are not read. \`tideline diff ${issue} --revised\` shows what they change, \`tideline run --revised\` makes a revised issue`,
        ]),
  ];
}
