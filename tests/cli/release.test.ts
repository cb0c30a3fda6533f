import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openStore } from "#src/store/open.ts";
import { inside } from "#tests/cli/inside.ts";
import { writeWorkspace } from "#tests/render/small-workspace.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";
import { issueOf } from "#tests/store/rows.ts";

const now = Date.parse("2026-02-14T00:00:00Z");
const holding = { findings: ["late"], deliveries: () => [], slot: null };
const answer = ["--by", "Ada", "--because", "it is right"];

/** A workspace with an issue that is held; revisions of it are kept through what is handed back. */
async function heldIssue() {
  const dir = writeWorkspace(join(temporaryFolder(), "ws"));
  const store = await openStore({ file: join(dir, ".tideline/tideline.db") });
  const keep = (text: string, own = {}) => {
    const files = new Map([["facts.json", Buffer.from(JSON.stringify({ text, facts: [] }))]]);
    return store.keepIssue(issueOf("2026-02-13", text, { files, now, ...own }));
  };
  await keep("faulty", { publishing: holding });
  const release = (name: string) => inside(dir, ["release", name, ...answer], now);
  const out = join(dir, "output/weekly/2026-02-13/facts.json");
  return { store, keep, release, out };
}

it("an issue whose newer revision is out is not released, in words that say which stands", async () => {
  const { store, keep, release, out } = await heldIssue();
  await using _ = store;
  await keep("mended", { publishing: { ...holding, findings: [] } });
  const { code, err } = await release("weekly/2026-02-13@1");
  expect([code, err]).toEqual([2, expect.stringContaining("weekly/2026-02-13@1")]);
  expect(err).toMatch(
    /weekly\/2026-02-13@2 .*has taken its place[\s\S]*`tideline send weekly\/2026-02-13@2`/,
  );
  expect([(await store.issues()).at(-1)?.gate?.released, existsSync(out)]).toEqual([null, false]);
});

it("an issue whose newer revision is held as well is released, and so is that one after it", async () => {
  const { store, keep, release, out } = await heldIssue();
  await using _ = store;
  await keep("as faulty", { publishing: holding });
  expect(await release("weekly/2026-02-13@1")).toMatchObject({ code: 0 });
  expect(readFileSync(out, "utf8")).toContain('"faulty"');
  expect(await release("weekly/2026-02-13")).toMatchObject({ code: 0 });
  expect(readFileSync(out, "utf8")).toContain('"as faulty"');
});
