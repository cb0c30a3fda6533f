import type { DeclaredKind, GivenList } from "#src/domain/declared.ts";
import type { GapReason } from "#src/domain/series.ts";
import type { DeclaredFile, Workspace } from "#src/domain/workspace.ts";
import { sha256 } from "#src/render/digest.ts";
import type { DeclaredReading } from "#src/sources/declared-list.ts";
import { hashFile } from "#src/sources/files.ts";
import type { Load, Store } from "#src/store/store.ts";

/** The name of a list in the store, in an issue's gaps and in its manifest; no file and no series has a full stop in its id. */
export const listName = (kind: DeclaredKind): string => `declared.${kind}`;

/** Lists that are not as they were when they were last gathered. */
export async function changedLists(workspace: Workspace, store: Store): Promise<readonly DeclaredFile[]> {
  const changed: DeclaredFile[] = [];
  for (const file of workspace.declared) {
    const before = await store.digestOf(listName(file.kind));
    const content = before === null ? null : await hashFile(file);
    if (content === null || digestOf(workspace, file, content) !== before) changed.push(file);
  }
  return changed;
}

/** What a list gives the store: all its entries; nothing where it is missing or empty, which withdraws nothing. */
export function loadOfList(
  workspace: Workspace,
  { file, entries, gap, sha256: content }: DeclaredReading,
): Omit<Load, "now"> | null {
  if (content === null || gap !== null) return null;
  const name = listName(file.kind);
  return {
    source: name,
    digest: digestOf(workspace, file, content),
    gathered: [],
    lists: [{ name, entries }],
  };
}

/** SHA-256 of a list's content and of all that it is checked against. */
function digestOf({ catalogue, baskets }: Workspace, { kind }: DeclaredFile, content: string): string {
  const series = catalogue.map(({ id, kind: of, staleAfter }) => [id, of, staleAfter]);
  return sha256(`${JSON.stringify([kind, Object.keys(baskets), series])}\n${content}`);
}

/** A list as its file gives it. */
export const givenOf = ({ file, entries, gap }: DeclaredReading): GivenList => ({
  kind: file.kind,
  entries,
  gap,
});

/** What the store remembers of the lists, up to a batch; one of which it has nothing has its gap. */
export async function recallDeclared(
  { declared }: Workspace,
  store: Store,
  upTo: number,
  gaps: Readonly<Record<string, GapReason>>,
): Promise<readonly GivenList[]> {
  const kinds = declared.map(({ kind }) => kind);
  const found = await store.entries(kinds.map(listName), upTo);
  return kinds.map((kind, i) => {
    const entries = found[i] ?? [];
    return { kind, entries, gap: entries.length > 0 ? null : (gaps[listName(kind)] ?? "no-rows") };
  });
}
