import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadWorkspace } from "#src/config/load.ts";
import { compose } from "#src/sections/compose.ts";
import { gatherFiles } from "#src/sources/files.ts";
import { checked } from "#tests/sections/issue-of.ts";
import { inputOf } from "#tests/sections/market-case.ts";
import { filesOf } from "../../examples/sample/csv.ts";
import { simulate } from "../../examples/sample/market.ts";

const root = join(import.meta.dirname, "../..");
const dir = mkdtempSync(join(tmpdir(), "tideline-seeds-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
for (const name of ["tideline.yaml", "data"]) cpSync(join(root, name), join(dir, name), { recursive: true });

/** What the scenario is constructed to reach, by the ids of facts. */
const constructed = {
  "flows.nonus.year": 89e9,
  "flows.us.year": 16e9,
  "korea.target.level": 6400,
  "korea.earnings.compound": 1.992,
};

// The simulator without its scenario: ordinary markets, of which something can be said, and nothing that was constructed.
describe.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])("an ordinary market, seed %d", async (seed) => {
  for (const [name, text] of Object.entries(filesOf(simulate(seed, null))))
    writeFileSync(join(dir, "data", name), text);
  const workspace = await loadWorkspace(dir, {});
  const gathered = await gatherFiles(workspace.files, workspace.catalogue);
  const { composed } = checked(
    compose(inputOf(workspace, gathered, "2026-02-13")),
    workspace.catalogue.map(({ id }) => id),
  );
  const values = new Map(composed.facts.facts.map(({ id, value }) => [id, value]));

  it("makes an issue in which every message can be said", () => {
    expect(composed.facts.statements.length).toBeGreaterThan(40);
  });

  it("carries none of the figures that the scenario constructs", () => {
    for (const [id, figure] of Object.entries(constructed))
      expect(Number(values.get(id) ?? 0) / figure, id).not.toBeCloseTo(1, 3);
    expect(Math.round(1000 * Number(values.get("korea.dollars.year")))).not.toBe(280);
    expect(composed.facts.statements.map(({ id }) => id)).not.toContain("levels.USLC.failed.7000");
  });
});
