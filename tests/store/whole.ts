import { expect } from "vitest";
import { openStore } from "#src/store/open.ts";
import { newFile } from "#tests/store/fill.ts";
import { basisOf, batchOf, issueOf } from "#tests/store/rows.ts";

/** A store with three batches and an issue, closed. */
export async function aStore(): Promise<string> {
  const file = newFile("tideline.db");
  await using store = await openStore({ file });
  await store.load(batchOf("A", 3000, 1));
  await store.load(batchOf("A", 3000, 2));
  await store.load(batchOf("B", 3000, 1));
  await store.keepIssue(issueOf("2026-02-13", "the text of an issue", { basis: basisOf(3) }));
  return file;
}

/** What a store of `aStore` told, and nothing more. */
export async function expectUntouched(file: string): Promise<void> {
  await using store = await openStore({ file });
  expect(await store.lastBatch()).toBe(3);
  expect((await store.remembered(["A"], 99))[0]).toHaveLength(6000);
  const issues = await store.issues();
  expect(issues).toHaveLength(1);
  for (const issue of issues)
    expect([...(await store.filesOf(issue)).keys()]).toEqual(["facts.json", "font"]);
}
