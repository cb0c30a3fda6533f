import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { knownAtRule } from "#src/calendar/known-at.ts";
import { loadWorkspace } from "#src/config/load.ts";
import { asOfPanel, type Given } from "#src/domain/as-of.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import { gather, recall } from "#src/gather.ts";
import { gatherFiles } from "#src/sources/files.ts";
import { openStore } from "#src/store/open.ts";
import { writeWorkspace } from "#tests/render/small-workspace.ts";

const base = mkdtempSync(join(tmpdir(), "tideline-gather-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let workspaces = 0;
/** A small workspace, its store, and a gathering at a moment. */
async function begin() {
  const dir = writeWorkspace(join(base, String(++workspaces)));
  const workspace = await loadWorkspace(dir, {});
  const store = await openStore({ file: join(dir, ".tideline", "tideline.db") });
  const at = (now: number) => gather(workspace, store, () => now);
  return { dir, workspace, store, at };
}
const columnsOf = (workspace: Workspace, gathered: readonly Given[], cutoff = "2026-02-13T23:00:00Z") =>
  asOfPanel({
    catalogue: workspace.catalogue,
    gathered,
    knownAtRule: knownAtRule(workspace.calendars),
    cutoff: Date.parse(cutoff),
    digest: (text) => text,
  }).columns;
const edit = (file: string, change: (text: string) => string) =>
  writeFileSync(file, change(readFileSync(file, "utf8")));
const nov = Date.parse("2026-11-24T12:00:00Z");
const fileIn = ({ dir, workspace }: { dir: string; workspace: Workspace }) =>
  join(dir, Object.values(workspace.files)[0]?.path ?? "");
/** The last line of a file with its last number one more. */
const raised = (text: string): string =>
  text.replace(/(\d+(?:\.\d+)?)(\s*)$/u, (_, value: string, end: string) => `${Number(value) + 1}${end}`);

describe("gathering into the store", () => {
  it("gives the same panel as reading the files, and nothing the second time", async () => {
    const made = await begin();
    const { workspace, store, at } = made;
    await using _ = store;
    const first = await at(nov);
    expect(first.added).toBeGreaterThan(100);
    expect(first).toMatchObject({ unchanged: 0, revised: 0, withdrawn: 0 });
    const direct = await gatherFiles(workspace.files, workspace.catalogue);
    const remembered = await recall(workspace, store, await store.lastBatch(), first.gaps);
    expect(columnsOf(workspace, remembered)).toEqual(columnsOf(workspace, direct));
    expect(await at(nov + 1)).toEqual({ ...first, unchanged: first.files, added: 0, gaps: {} });
  });

  it("records a correction that changes what is known from now on, and no as-of before", async () => {
    const made = await begin();
    const { workspace, store, at } = made;
    await using _ = store;
    const first = await at(nov);
    const batch = await store.lastBatch();
    const before = columnsOf(workspace, await recall(workspace, store, batch, first.gaps));
    edit(fileIn(made), raised);
    expect(await at(nov + 1000)).toMatchObject({ added: 0, revised: 1, withdrawn: 0 });
    const all = await recall(workspace, store, 99, first.gaps);
    expect(columnsOf(workspace, all)).toEqual(before);
    expect(columnsOf(workspace, await recall(workspace, store, batch, first.gaps))).toEqual(before);
    expect(columnsOf(workspace, all, "2026-12-01T00:00:00Z")).not.toEqual(
      columnsOf(workspace, await recall(workspace, store, batch, first.gaps), "2026-12-01T00:00:00Z"),
    );
  });

  it("withdraws nothing where a file is missing: that is a gap", async () => {
    const made = await begin();
    const { store, at } = made;
    await using _ = store;
    await at(nov);
    rmSync(fileIn(made));
    const found = await at(nov + 1000);
    expect(found).toMatchObject({ added: 0, revised: 0, withdrawn: 0 });
    expect(Object.values(found.gaps)).toContain("file-missing");
  });

  it("loads nothing where any file is malformed", async () => {
    const made = await begin();
    const { store, at } = made;
    await using _ = store;
    edit(fileIn(made), (text) => text.replace(/\n[^\n]*$/u, "\n2026-13-45,1\n"));
    await expect(at(nov)).rejects.toMatchObject({ code: "SOURCE_MALFORMED" });
    expect(await store.lastBatch()).toBe(0);
  });
});
