import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { type Diagnosis, fail, ok } from "#src/doctor/check.ts";

/** What stands where the output is to be written: the folder itself, or the nearest one above it that is there. */
export interface FolderFound {
  readonly isThere: boolean;
  readonly isFolder: boolean;
  readonly isWritable: boolean;
}

export function judgeOutput({ isThere, isFolder, isWritable }: FolderFound): Diagnosis {
  const mend = "give this user the right to write there, or name another folder with --out";
  if (!isFolder)
    return fail("a file is where output/ is to be", "move it away, or name another folder with --out");
  if (!isWritable) return fail(`output/ cannot be ${isThere ? "written" : "made"}`, mend);
  return ok(isThere ? "output/ can be written" : "output/ is made with the first issue");
}

export async function output(folder: string): Promise<Diagnosis> {
  let [at, isThere] = [folder, true];
  for (;;) {
    const found = await stat(at).catch(() => null);
    if (found !== null) {
      const isWritable = await access(at, constants.W_OK).then(
        () => true,
        () => false,
      );
      return judgeOutput({ isThere, isFolder: found.isDirectory(), isWritable });
    }
    [at, isThere] = [dirname(at), false];
  }
}
