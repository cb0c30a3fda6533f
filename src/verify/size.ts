import type { Slip } from "#src/verify/finding.ts";
import { slip, Unreadable } from "#src/verify/finding.ts";
import { type Issue, inEachEdition } from "#src/verify/issue.ts";

/** Largest files that may be mailed, in bytes; a megabyte is a million of them. */
const limits = { pdf: 600_000, html: 1_500_000 } as const;

/** `size`: no PDF over 0.6 MB, no HTML over 1.5 MB, and none that is empty. */
export const size = (issue: Issue): Promise<readonly Slip[]> =>
  inEachEdition(issue, [
    (locale) => within(issue, `${locale}.pdf`, limits.pdf),
    (locale) => within(issue, `${locale}.html`, limits.html),
  ]);

function within({ files }: Issue, name: string, limit: number): readonly Slip[] {
  const bytes = files.get(name)?.length;
  if (bytes === undefined) throw new Unreadable(name, "found no such file, expected one");
  return bytes > 0 && bytes <= limit
    ? []
    : [slip(name, `${bytes.toLocaleString("en")} bytes`, `1 to ${limit.toLocaleString("en")}`)];
}
