import { TidelineError } from "#src/domain/errors.ts";
import { type IsoDate, isIsoDate } from "#src/domain/time.ts";
import { type KeptIssue, nameOf, type Store } from "#src/store/store.ts";

/** What the name of an issue means. */
export interface IssueName {
  readonly publication: string;
  readonly asOf: IsoDate;
  /** The newest where none is named. */
  readonly revision: number | null;
}

/** `weekly/2026-02-13`, or with a revision `weekly/2026-02-13@2`; a path that ends so is meant alike. */
export function parseIssueName(text: string): IssueName {
  const [, publication = "", asOf = "", revision] =
    /([^/\\]+)[/\\](\d{4}-\d\d-\d\d)(?:@([1-9]\d{0,8}))?[/\\]?$/.exec(text) ?? [];
  if (isIsoDate(asOf)) return { publication, asOf, revision: revision ? Number(revision) : null };
  throw new TidelineError("USAGE", "the issue cannot be read", [
    {
      found: text,
      expected: "PUBLICATION/AS-OF as weekly/2026-02-13, or with a revision weekly/2026-02-13@2",
    },
  ]);
}

/**
 * The kept issue of that name.
 *
 * @throws {TidelineError} `USAGE` where there is none, naming those there are
 */
export async function issueNamed(store: Store, text: string): Promise<KeptIssue> {
  const { publication, asOf, revision } = parseIssueName(text);
  const found = await store.issueOf(publication, asOf, revision ?? undefined);
  if (found !== null) return found;
  const known = (await store.issues()).slice(0, 5).map(nameOf);
  const expected =
    known.length === 0 ? "an issue that was made; there is none yet" : `such as ${known.join(", ")}`;
  throw new TidelineError("USAGE", "the archive has no such issue", [{ found: text, expected }]);
}
