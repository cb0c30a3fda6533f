import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "#src/store/open.ts";
import { mailFiles, written } from "#tests/deliver/mailed-issue.ts";
import { smallConfig, writeWorkspace } from "#tests/render/small-workspace.ts";
import { issueOf } from "#tests/store/rows.ts";

/** Who sends, in the configuration of a workspace. */
export const mailConfig = {
  from: { name: { en: "Tideline research", "zh-CN": "潮线研究" }, address: "notes@example.org" },
  site: "https://notes.example.org",
  recipients: "people.csv",
};

/** The file of the store of a workspace. */
export const storeFile = (dir: string): string => join(dir, ".tideline/tideline.db");

/** A workspace that mails, with an issue that was checked; held where something was found. */
export async function mailWorkspace(
  dir: string,
  people: string,
  findings: readonly string[] = [],
  config: object = {},
): Promise<string> {
  const small = smallConfig();
  const weekly = { ...small.publications.weekly, to: ["clients"] };
  writeWorkspace(dir, { ...small, publications: { weekly }, mail: mailConfig, ...config });
  writeFileSync(join(dir, mailConfig.recipients), people);
  mkdirSync(join(dir, ".tideline"), { recursive: true });
  await using store = await openStore({ file: storeFile(dir) });
  const issue = await store.keepIssue(issueOf("2026-02-13", "", { files: mailFiles() }));
  await store.ledger.noteGate(issue.id, findings, written);
  return dir;
}
