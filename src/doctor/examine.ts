import { existsSync } from "node:fs";
import { join } from "node:path";
import { dayIn } from "#src/calendar/zoned.ts";
import { loadWorkspace } from "#src/config/load.ts";
import { loadSecrets, type Secrets } from "#src/config/secrets.ts";
import { judgeAlerts, judgeUnsent } from "#src/doctor/alerts.ts";
import { browser } from "#src/doctor/browser.ts";
import { calendars } from "#src/doctor/calendars.ts";
import {
  count,
  type Diagnosis,
  fail,
  failureOf,
  type Machine,
  ok,
  type Patient,
  warn,
} from "#src/doctor/check.ts";
import { commentary } from "#src/doctor/commentary.ts";
import { data } from "#src/doctor/data.ts";
import { output } from "#src/doctor/folders.ts";
import { fonts } from "#src/doctor/fonts.ts";
import { dkim, judgeSite, recipients, server } from "#src/doctor/mail.ts";
import { node } from "#src/doctor/node.ts";
import { schedule, waiting } from "#src/doctor/schedule.ts";
import { disk, judgeClock, storeFound, zones } from "#src/doctor/store.ts";
import { messages, templates } from "#src/doctor/words.ts";
import { describeProblem, TidelineError } from "#src/domain/errors.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import { openStore, type StorePlace } from "#src/store/open.ts";

/** A diagnosis, and the check that it is of. */
export type Checked = Diagnosis & { readonly check: string };

/** What is to be examined, and with what. */
export interface Visit {
  readonly machine: Machine;
  /** Absolute path of the workspace. */
  readonly dir: string;
  readonly place: StorePlace;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: Instant;
}

type Answer = Diagnosis | readonly Diagnosis[];

/** A check by name. `null`: what it is about is not there to be looked at, which another check has said. */
type Check = readonly [name: string, ask: (patient: Patient) => Promise<Answer> | Answer | null];

/** Every check that needs nothing but the patient, in the order in which they are told. */
const checks: readonly Check[] = [
  ["node", node],
  ["time zones", zones],
  ["browser", ({ machine }) => browser(machine)],
  ["fonts", fonts],
  ["templates", templates],
  ["messages", messages],
  ["disk", disk],
  ["output", ({ dir }) => output(join(dir, "output"))],
  ["data", ({ workspace, now }) => workspace && data(workspace, now)],
  ["commentary", ({ dir, workspace }) => workspace && commentary({ dir, workspace })],
  ["calendars", ({ workspace, now }) => workspace && calendars(workspace, now)],
  ["store", ({ store }) => store && storeFound(store)],
  ["clock", ({ store, now }) => judgeClock(now, store?.health.newest ?? null)],
  ["schedule", ({ workspace, store, now }) => workspace && schedule(workspace, store, now)],
  ["waiting", ({ store, now }) => store && isWhole(store) && waiting(store.store, now)],
  ["mail", mail],
  ["alerts", alerts],
];

const isWhole = ({ health }: NonNullable<Patient["store"]>): true | null =>
  health.damage.length === 0 ? true : null;

async function mail({ workspace, secrets, now }: Patient): Promise<Answer> {
  if (workspace === null) return [];
  const publications = Object.values(workspace.publications);
  const isSent = publications.some(({ to }) => to.length > 0);
  const { mail: rules } = workspace;
  if (rules === null) {
    if (!isSent) return ok("nothing is mailed");
    return fail("publications are sent to groups, and there is no `mail`", "set `mail` in tideline.yaml");
  }
  return [
    await recipients(rules, publications, dayIn(now, "UTC")),
    judgeSite(rules),
    ...(secrets === null ? [] : [await server(secrets.smtp), dkim(rules, secrets)]),
  ];
}

function alerts({ workspace, secrets, store }: Patient): Answer {
  if (workspace === null) return [];
  const ways = {
    rules: workspace.alerts,
    isScheduled: Object.values(workspace.publications).some((each) => each.schedule !== null),
    canMail: workspace.mail !== null && secrets?.smtp != null,
    webhookSecret: secrets?.webhookSecret ?? null,
  };
  const unsent = judgeUnsent(store?.health.unsent ?? []);
  // Without the environment it is not known what is missing from it.
  return secrets === null ? unsent : [judgeAlerts(ways), ...unsent];
}

/** What was to be had, and what is said of it. */
interface Had<Value> {
  readonly value: Value | null;
  readonly found: Answer;
}

async function configuration({ dir, env }: Visit): Promise<Had<Workspace>> {
  try {
    const workspace = await loadWorkspace(dir, env);
    const parts = [
      count(Object.keys(workspace.publications).length, "publication"),
      count(workspace.catalogue.length, "series", "series"),
      count(Object.keys(workspace.files).length, "file"),
    ];
    return { value: workspace, found: ok(parts.join(", ")) };
  } catch (error) {
    return {
      value: null,
      found: problemsOf(error, "mend tideline.yaml; docs/configuration.md lists every key"),
    };
  }
}

async function environment({ dir, env }: Visit): Promise<Had<Secrets>> {
  try {
    const secrets = await loadSecrets(env, dir);
    const open = secrets.warnings.map((each) => warn(each, "close the file to others"));
    return { value: secrets, found: open.length > 0 ? open : ok("what it sets can be read") };
  } catch (error) {
    return { value: null, found: problemsOf(error, "set the variable as README has it") };
  }
}

const problemsOf = (error: unknown, mend: string): Answer =>
  error instanceof TidelineError && error.problems.length > 0
    ? error.problems.map((problem) => fail(describeProblem(problem), mend))
    : fail(failureOf(error), mend);

async function opened({ place }: Visit): Promise<Had<NonNullable<Patient["store"]>>> {
  if ("file" in place && !existsSync(place.file))
    return { value: null, found: ok("none yet: the first `tideline run` makes one") };
  try {
    const store = await openStore(place);
    try {
      return { value: { store, health: await store.health() }, found: [] };
    } catch (error) {
      await store[Symbol.asyncDispose]();
      throw error;
    }
  } catch (error) {
    return { value: null, found: problemsOf(error, "see what was expected there") };
  }
}

const named = (check: string, found: Answer): readonly Checked[] =>
  [found].flat().map((diagnosis) => ({ check, ...diagnosis }));

/**
 * Looks at everything that a run, the scheduler and the sending of mails need, without making or sending anything. What
 * cannot be looked at keeps no other check from its answer.
 */
export async function examine(visit: Visit): Promise<readonly Checked[]> {
  const [workspace, secrets, store] = await Promise.all([
    configuration(visit),
    environment(visit),
    opened(visit),
  ]);
  await using _ = { [Symbol.asyncDispose]: async () => store.value?.store[Symbol.asyncDispose]() };
  const { machine, dir, now } = visit;
  const patient = {
    machine,
    dir,
    now,
    workspace: workspace.value,
    secrets: secrets.value,
    store: store.value,
  };
  const rest: Checked[] = [];
  for (const [name, ask] of checks) rest.push(...named(name, await answered(ask, patient)));
  return [
    ...named("configuration", workspace.found),
    ...named("environment", secrets.found),
    ...named("store", store.found),
    ...rest,
  ];
}

async function answered(ask: Check[1], patient: Patient): Promise<Answer> {
  try {
    return (await ask(patient)) ?? [];
  } catch (error) {
    return fail(failureOf(error), "mend what stands above, and ask again");
  }
}
