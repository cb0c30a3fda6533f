import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jobAt, publicationOf } from "#src/commands/job.ts";
import { loadWorkspace } from "#src/config/load.ts";
import { isoInstant } from "#src/domain/time.ts";
import { gather } from "#src/gather.ts";
import { planOf } from "#src/origin.ts";
import { openStore } from "#src/store/open.ts";
import { writeWorkspace } from "#tests/render/small-workspace.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const base = temporaryFolder();
let workspaces = 0;

/** A workspace and its store, in which issues are kept without being made. */
async function begin() {
  const dir = writeWorkspace(join(base, String(++workspaces)));
  const workspace = await loadWorkspace(dir, {});
  const publication = publicationOf(workspace, undefined);
  const store = await openStore({ file: join(dir, "tideline.db") });
  const job = (asOf: string) => jobAt({ now: () => 0 }, workspace, publication, asOf);
  const plan = (asOf: string, revised = false) => planOf(store, job(asOf), {}, revised);
  const keep = async (asOf: string, madeAt: string, revised = false) => {
    const at = job(asOf).asOf;
    return store.keepIssue({
      publication: publication.id,
      asOf: at.date,
      instant: isoInstant(at.instant),
      basis: (await plan(asOf, revised)).basis,
      files: new Map([["facts.json", Buffer.from(`${asOf} ${madeAt}`)]]),
      facts: [],
      now: Date.parse(madeAt),
    });
  };
  /** Gathers, after a change of the last value where one is asked for. */
  const load = async (now: string, change = "") => {
    const file = join(dir, "data/prices.csv");
    writeFileSync(file, readFileSync(file, "utf8").replace(/\n$/u, `${change}\n`));
    await gather(workspace, store, () => Date.parse(now));
  };
  return { store, plan, keep, load };
}

describe("from what an issue is made", () => {
  it("is what it was made from, whatever was made of another cut-off of that day in between", async () => {
    const { store, plan, keep, load } = await begin();
    await using _ = store;
    await load("2026-02-13T22:00:00Z");
    expect((await plan("2026-02-13")).making).toBe("first");
    await keep("2026-02-13", "2026-02-13T23:30:00Z");
    await load("2026-02-14T10:00:00Z", "5");
    await keep("2026-02-13T12:00:00-05:00", "2026-02-14T11:00:00Z");
    expect(await plan("2026-02-13")).toMatchObject({ making: "again", basis: { batch: 1 }, unread: 1 });
    expect(await plan("2026-02-13", true)).toMatchObject({
      making: "revised",
      basis: { batch: 2, knowledge: Date.parse("2026-02-14T10:00:00Z") },
    });
  });

  it("takes the issue of the slot before, and neither a proof of that day nor what was revised since", async () => {
    const { store, plan, keep, load } = await begin();
    await using _ = store;
    await load("2026-02-06T22:00:00Z");
    const first = await keep("2026-02-06", "2026-02-06T23:30:00Z");
    expect((await plan("2026-02-13")).basis.last).toBe(first.id);
    await keep("2026-02-06T12:00:00-05:00", "2026-02-07T11:00:00Z");
    expect((await plan("2026-02-13")).basis.last).toBe(first.id);
    await load("2026-02-09T10:00:00Z", "5");
    const inTime = await keep("2026-02-06", "2026-02-09T11:00:00Z", true);
    expect((await plan("2026-02-13")).basis.last).toBe(inTime.id);
    await load("2026-03-01T10:00:00Z", "7");
    await keep("2026-02-06", "2026-03-01T11:00:00Z", true);
    expect((await plan("2026-02-13")).basis.last).toBe(inTime.id);
  });

  it("is what the data are today where it is held, and what follows takes the issue that stands", async () => {
    const { store, plan, keep, load } = await begin();
    await using _ = store;
    await load("2026-02-06T22:00:00Z");
    const standing = await keep("2026-02-06", "2026-02-06T23:30:00Z");
    await load("2026-02-09T10:00:00Z", "5");
    const second = await keep("2026-02-06", "2026-02-09T11:00:00Z", true);
    await store.ledger.noteGate(second.id, ["a figure is missing"], 1);
    expect(await plan("2026-02-06")).toMatchObject({
      making: "again",
      kept: { id: standing.id },
      newest: second.id,
    });
    expect((await plan("2026-02-13")).basis.last).toBe(standing.id);
    await store.ledger.noteGate(standing.id, ["a figure is missing"], 1);
    const first = { making: "first", kept: null, basis: { batch: 2 }, newest: second.id };
    expect(await plan("2026-02-06")).toMatchObject(first);
    expect((await plan("2026-02-13")).basis.last).toBeNull();
    expect((await keep("2026-02-06", "2026-02-10T11:00:00Z")).revision).toBe(3);
    await store.ledger.release(second.id, "Ada", "it is as it was", [], 2);
    expect((await plan("2026-02-06")).kept?.revision).toBe(3);
  });
});
