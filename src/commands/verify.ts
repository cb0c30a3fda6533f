import { stat } from "node:fs/promises";
import { type Call, fromCaller, requireWord, shown } from "#src/commands/call.ts";
import { exitCodes, TidelineError } from "#src/domain/errors.ts";
import { formatReport, verifyIssue } from "#src/verify/verify.ts";

/** `tideline verify`: checks a finished issue and names every check that fails. */
export async function verify(call: Call): Promise<number> {
  const folder = fromCaller(call.around, requireWord(call, "verify requires the folder of an issue"));
  await requireFolder(folder, shown(call.around, folder));
  const report = await verifyIssue(folder);
  call.around.print(formatReport(report));
  return report.findings.length === 0 ? 0 : exitCodes.HELD;
}

async function requireFolder(folder: string, name: string): Promise<void> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (found?.isDirectory()) return;
  throw new TidelineError("USAGE", "verify requires the folder of an issue, with its manifest.json", [
    { file: name, found: "no folder", expected: "one that `tideline run` named" },
  ]);
}
