import { type Call, requireAnswer } from "#src/commands/call.ts";
import { publicationOf, storeOf, workspaceOf } from "#src/commands/job.ts";
import { inColumns } from "#src/commands/table.ts";
import { TidelineError } from "#src/domain/errors.ts";
import { isoInstant } from "#src/domain/time.ts";
import type { Suppression } from "#src/store/ledger.ts";
import type { Store } from "#src/store/store.ts";

/** `tideline suppressions`: who gets no more issues and why; with `--lift`, lets somebody get them again. */
export async function suppressions(call: Call): Promise<number> {
  const { values, words, around } = call;
  const workspace = await workspaceOf(call);
  const [word] = words;
  const publication = word === undefined ? undefined : publicationOf(workspace, word).id;
  await using store = await storeOf(call, workspace);
  const of = publication === undefined ? {} : { publication };
  if (values.lift !== undefined) await lift(call, store, values.lift, of);
  const address = values.lift === undefined ? {} : { address: values.lift };
  const all = await store.ledger.suppressions({ ...of, ...address });
  around.print(values.json ? JSON.stringify(all.map(inJson), null, 1) : inWords(all).join("\n"));
  return 0;
}

async function lift(
  call: Call,
  store: Store,
  address: string,
  of: { readonly publication?: string },
): Promise<void> {
  const answer = { ...requireAnswer(call, "somebody who gets issues again"), at: call.around.now() };
  const standing = (await store.ledger.suppressions({ ...of, address })).filter(
    ({ lifted }) => lifted === null,
  );
  for (const { publication } of standing) await store.ledger.liftSuppression(publication, address, answer);
  if (standing.length > 0) return;
  throw new TidelineError("USAGE", "nothing keeps issues from that address", [
    { found: address, expected: "an address that `tideline suppressions` shows" },
  ]);
}

const inJson = ({ at, lifted, ...rest }: Suppression) => ({
  ...rest,
  at: isoInstant(at),
  lifted: lifted === null ? null : { ...lifted, at: isoInstant(lifted.at) },
});

function inWords(all: readonly Suppression[]): readonly string[] {
  if (all.length === 0) return ["nobody is kept from any publication"];
  const rows = all.map(({ publication, address, at, reason, lifted }) => [
    publication,
    address,
    isoInstant(at),
    reason.split("\n")[0] ?? "",
    lifted === null ? "" : `lifted ${isoInstant(lifted.at)} by ${lifted.by}: ${lifted.because}`,
  ]);
  return inColumns([["publication", "address", "since", "because", ""], ...rows]);
}
