import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jobAt, publicationOf } from "#src/commands/job.ts";
import { loadWorkspace } from "#src/config/load.ts";
import { gather } from "#src/gather.ts";
import { planOf, readFiles, readStore } from "#src/origin.ts";
import { compute } from "#src/publish.ts";
import { openStore } from "#src/store/open.ts";
import { root } from "#tests/render/press.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const data = process.env.TIDELINE_DATA ?? "";
const now = () => Date.parse("2026-02-14T00:00:00Z");

/** An issue computed from the files, and through a new store: twice, as it is made and as it is made again. */
async function bothWays(dir: string, asOf: string) {
  const workspace = await loadWorkspace(dir, { TIDELINE_DATA: data });
  const publication = publicationOf(workspace, undefined);
  const job = jobAt({ now }, workspace, publication, asOf);
  await using store = await openStore({ file: join(temporaryFolder(), "tideline.db") });
  const ways = [compute(job, await readFiles(workspace))];
  for (let i = 0; i < 2; i++) {
    const gaps = await gather(workspace, store, now);
    const { basis } = await planOf(store, job, gaps.gaps, false);
    ways.push(compute(job, await readStore(store, workspace, basis)));
  }
  return ways.map(({ composed, inputs }) => ({ facts: composed.facts, inputs }));
}

describe("through the store", () => {
  it("the sample has the same facts as from its files", async () => {
    const [direct, made, again] = await bothWays(root, "2026-02-13");
    expect(direct?.facts.facts.length).toBeGreaterThan(100);
    expect(made).toEqual(direct);
    expect(again).toEqual(direct);
    // Thirty years of 160 series go into a store and come out twice.
  }, 120_000);

  // Real data, which are not part of the project.
  it.skipIf(data === "").each(["2026-02-13", "2020-03-20"])(
    "the February example as of %s has the same facts as from its files",
    async (asOf) => {
      const [direct, made, again] = await bothWays(join(root, "examples/february-2026"), asOf);
      expect(direct?.facts.facts.length).toBeGreaterThan(100);
      expect(made).toEqual(direct);
      expect(again).toEqual(direct);
    },
    // Fifteen years of a hundred series go into a store and come out twice.
    120_000,
  );
});
