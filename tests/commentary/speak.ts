import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The day of the small workspace's and of the sample's issue. */
const folder = "commentary/weekly/2026-02-13";

/** A file of commentary: its head, changed, and its body. */
export function spokenFile(body: string, head: Readonly<Record<string, string | null>> = {}): string {
  const lines = Object.entries({
    speaker: "Ann Lee",
    role: "Strategist",
    firm: "Test desk",
    date: "2026-02-13",
    ...head,
  }).flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value}`]));
  return `---\n${lines.join("\n")}\n---\n\n${body}\n`;
}

/** The same in Chinese. */
export const spokenFileZh = (body: string, head: Readonly<Record<string, string | null>> = {}): string =>
  spokenFile(body, { speaker: "李安", role: "策略师", firm: "测试部", ...head });

/** Writes files of commentary into a workspace, by name. */
export function speak(dir: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  mkdirSync(join(dir, folder), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, folder, name), text);
}
