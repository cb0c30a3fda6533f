import type { Problem } from "#src/domain/errors.ts";

/** A problem inside one file. `line` counts from 1, the header being line 1; `column` is the cell's number, from 1. */
export type Fault = Omit<Problem, "file">;

const mostListed = 50;

/** A cell as a message shows it: quoted, short. */
export function shownCell(cell: string): string {
  return JSON.stringify(cell.length > 40 ? `${cell.slice(0, 39)}…` : cell);
}

/** The problems of several files as they are reported: by line, at most 50, then how many more there are. */
export function listFaults(
  files: readonly { readonly file: string; readonly faults: readonly Fault[] }[],
): readonly Problem[] {
  const all = files.flatMap(({ file, faults }) =>
    [...faults].sort(byPlace).map((fault): Problem => ({ file, ...fault })),
  );
  if (all.length <= mostListed) return all;
  return [...all.slice(0, mostListed), { expected: `and ${all.length - mostListed} more` }];
}

const byPlace = (a: Fault, b: Fault): number =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
