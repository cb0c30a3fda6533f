import { join } from "node:path";
import { publishedIssue } from "#src/archive/published.ts";
import { writeIssue } from "#src/archive/write-issue.ts";
import { audienceOn } from "#src/clearance.ts";
import { type Call, requireAnswer, requireWord, shown } from "#src/commands/call.ts";
import { issueNamed } from "#src/commands/issue-name.ts";
import { placeOf, publicationOf, storeOf, workspaceOf } from "#src/commands/job.ts";
import { enterArchive } from "#src/commands/site.ts";
import { TidelineError } from "#src/domain/errors.ts";
import type { DeliveryToWrite } from "#src/store/ledger.ts";
import { isHeld, type KeptIssue, nameOf, type Store } from "#src/store/store.ts";

/** `tideline release`: a person lets an issue go that a gate has held, and answers for it by name. */
export async function release(call: Call): Promise<number> {
  const { values, around } = call;
  const word = requireWord(call, "release requires an issue, PUBLICATION/AS-OF");
  const { by, because } = requireAnswer(call, "an issue that a gate has held");
  const workspace = await workspaceOf(call);
  await using store = await storeOf(call, workspace);
  const issue = await issueNamed(store, word);
  const refused = await refusal(store, issue);
  if (refused !== null) throw refused;
  const publication = publicationOf(workspace, issue.publication);
  // What was made by hand is sent by hand.
  const isDue = await wasMadeForSlot(store, issue);
  const audience = isDue ? await audienceOn(workspace, publication, issue.asOf) : () => [];
  const deliveries: readonly DeliveryToWrite[] = audience(issue);
  if (!(await store.ledger.release(issue.id, by, because, deliveries, around.now())))
    throw (await refusal(store, issue)) ?? notHeld(issue);
  const place = placeOf(call, workspace);
  const folder = await writeIssue(join(place.out, issue.publication), issue.asOf, await store.filesOf(issue));
  await enterArchive(call, workspace, store);
  const told = { issue: nameOf(issue), folder: shown(around, folder), deliveries: deliveries.length };
  around.print(values.json ? JSON.stringify(told) : inWords(told, isDue));
  return 0;
}

function inWords(
  {
    issue,
    folder,
    deliveries,
  }: { readonly issue: string; readonly folder: string; readonly deliveries: number },
  isDue: boolean,
): string {
  const sending = isDue
    ? `${deliveries} deliveries wait: \`tideline serve\` sends them within a minute, \`tideline send ${issue}\` at once`
    : `it was made by hand: \`tideline send ${issue}\` mails it`;
  return `${issue} is released: ${folder}\n${sending}`;
}

/** Why an issue cannot be released; `null` where it can. */
async function refusal(store: Store, issue: KeptIssue): Promise<TidelineError | null> {
  if (!isHeld(issue)) return notHeld(issue);
  const standing = await publishedIssue(store, issue.publication, issue.asOf);
  return standing !== null && standing.revision > issue.revision ? replaced(issue, standing) : null;
}

/** Readers who have the newer revision must not get the faulty one after it. */
const replaced = (issue: KeptIssue, standing: KeptIssue): TidelineError =>
  new TidelineError("USAGE", "an issue that a newer revision has replaced cannot be released", [
    {
      found: `${nameOf(issue)}, though ${nameOf(standing)} is not held and has taken its place`,
      expected: `the revision that stands: it needs no release, and \`tideline send ${nameOf(standing)}\` mails it to those who have not been sent it`,
    },
  ]);

const notHeld = (issue: KeptIssue): TidelineError =>
  new TidelineError("USAGE", "only a held issue can be released", [
    {
      found: `${nameOf(issue)}, which is not held`,
      expected: "an issue that `tideline archive list` calls held",
    },
  ]);

async function wasMadeForSlot(store: Store, { id, publication }: KeptIssue): Promise<boolean> {
  const slots = await store.ledger.slots({ publication, states: ["held"] });
  return slots.some(({ issue }) => issue === id);
}
