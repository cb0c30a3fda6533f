import { lastCutoff, previousCutoff } from "#src/calendar/cutoff.ts";
import { type Call, progressOf } from "#src/commands/call.ts";
import { gatherInto } from "#src/commands/gather.ts";
import { jobAt, jobOf, publicationOf, storeOf, workspaceOf } from "#src/commands/job.ts";
import { loadCommentary } from "#src/commentary/load.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { AsOf, Job } from "#src/domain/issue.ts";
import { didYouMean } from "#src/domain/nearest.ts";
import { type Instant, type IsoDate, isIsoDate } from "#src/domain/time.ts";
import { type Inputs, planOf, readFiles, readStore } from "#src/origin.ts";

/** Sections and charts take a while to load, for which a fault of configuration does not wait. */
const pipeline = () => import("#src/publish.ts");

/** `tideline facts`: the facts of an issue without setting it, or one fact through time. */
export async function facts(call: Call): Promise<number> {
  requireSense(call.values);
  if (call.values.metric !== undefined) return metric(call, call.values.metric);
  const job = await jobOf(call, call.words[0]);
  const commentary = await loadCommentary(job);
  const inputs = await inputsOf(call, job);
  const { computeIssue } = await pipeline();
  const { composed } = computeIssue(job, inputs, commentary);
  call.around.print(JSON.stringify(composed.facts, null, 1));
  return 0;
}

async function inputsOf(call: Call, job: Job): Promise<Inputs> {
  if (call.values["no-store"]) return readFiles(job.workspace);
  await using store = await storeOf(call, job.workspace);
  const { gaps } = await gatherInto(call, untold, job.workspace, store);
  const { basis } = await planOf(store, job, gaps, call.values.revised ?? false);
  return await readStore(store, job.workspace, basis);
}

/** Facts are read by programs: no progress is told beside them. */
const untold = () => {};

/** A fact as of one slot. */
interface Dated {
  readonly asOf: IsoDate;
  readonly value: number | string | null;
  readonly unit: string;
  readonly status: string;
}

async function metric(call: Call, id: string): Promise<number> {
  const { values, around } = call;
  const [from, to] = [dayOf(values, "from"), dayOf(values, "to")];
  const workspace = await workspaceOf(call);
  const publication = publicationOf(workspace, call.words[0]);
  await using store = await storeOf(call, workspace);
  let found: readonly Dated[];
  if (values.published) {
    found = await store.history(publication.id, id, from, to);
  } else {
    const { gaps } = await gatherInto(call, untold, workspace, store);
    const last = lastSlot(jobAt(call.around, workspace, publication, to), call.around.now());
    const plan = await planOf(store, last, gaps, true);
    // As of each slot: what became known after it does not count, whatever batch brought it.
    const inputs = await readStore(store, workspace, { ...plan.basis, knowledge: null, last: null });
    // The issue before only ranks statements: no fact depends on it.
    found = await asOfEach(call, id, slotsOf(last, from), { ...inputs, last: noIssue });
  }
  around.print(values.json ? JSON.stringify(found) : found.map(inWords).join("\n"));
  return 0;
}

/** An issue before that said nothing. */
const noIssue = { asOf: { date: "", instant: "" }, facts: [], statements: [] };

const inWords = ({ asOf, value, unit, status }: Dated): string =>
  [asOf, value ?? "", unit, status].join("\t");

/** Refuses options that would be passed over. */
function requireSense({ metric: id, ...values }: Call["values"]): void {
  const without = (["from", "to", "published"] as const).filter((name) => values[name] !== undefined);
  const beside = (["as-of", "revised", "no-store"] as const).filter((name) => values[name] !== undefined);
  const strange = id === undefined ? without : beside;
  if (strange.length > 0) {
    throw new TidelineError(
      "USAGE",
      `facts takes no --${strange.join(", --")} ${id === undefined ? "without" : "beside"} --metric`,
    );
  }
  const { from, to } = values;
  if (from !== undefined && to !== undefined && from > to) {
    throw new TidelineError("USAGE", "--from lies after --to", [
      { found: `${from} to ${to}`, expected: "the earlier day first" },
    ]);
  }
}

function dayOf(values: Call["values"], name: "from" | "to"): IsoDate {
  const day = values[name];
  if (day !== undefined && isIsoDate(day)) return day;
  throw new TidelineError("USAGE", "--metric requires --from and --to", [
    { found: `--${name} ${day ?? "not given"}`, expected: "a day that exists as YYYY-MM-DD" },
  ]);
}

/** The last slot up to the cut-off of a day that has come. */
const lastSlot = ({ workspace, publication, asOf }: Job, now: Instant): Job => ({
  workspace,
  publication,
  asOf: lastCutoff(publication, calendarOf(workspace.calendars, publication), Math.min(asOf.instant, now)),
});

/** The slots of a publication from a day on to a last one, oldest first, each as a job. */
function slotsOf({ workspace, publication, asOf }: Job, from: IsoDate): readonly Job[] {
  const calendar = calendarOf(workspace.calendars, publication);
  const slots: AsOf[] = [];
  for (let at: AsOf = asOf; at.date >= from; at = previousCutoff(publication, calendar, at)) slots.push(at);
  return slots.toReversed().map((each) => ({ workspace, publication, asOf: each }));
}

async function asOfEach(
  call: Call,
  id: string,
  jobs: readonly Job[],
  inputs: Inputs,
): Promise<readonly Dated[]> {
  const { computeIssue } = await pipeline();
  const progress = progressOf(call);
  const seen = new Set<string>();
  const found = jobs.flatMap((job): readonly Dated[] => {
    const all = unlessHeld(() => computeIssue(job, inputs).composed.facts.facts);
    if (all === null) return [{ asOf: job.asOf.date, value: null, unit: "", status: "held" }];
    for (const fact of all) seen.add(fact.id);
    const fact = all.find((each) => each.id === id);
    return fact === undefined
      ? []
      : [{ asOf: job.asOf.date, value: fact.value, unit: fact.unit, status: fact.status }];
  });
  progress("compute", { slots: jobs.length, found: found.length });
  if (found.some(({ status }) => status !== "held") || seen.size === 0) return found;
  throw new TidelineError("USAGE", "no issue of that time has such a fact", [
    { found: id, expected: `one that \`tideline facts\` prints${didYouMean(id, seen)}` },
  ]);
}

/** The facts of one slot; `null` where a gate held that issue back, which is no reason to show no other. */
function unlessHeld(facts: () => readonly Fact[]): readonly Fact[] | null {
  try {
    return facts();
  } catch (error) {
    if (error instanceof TidelineError && error.code === "HELD") return null;
    throw error;
  }
}
