import { claimOf } from "#src/archive/page-text.ts";
import { type Locale, locales } from "#src/domain/locale.ts";
import type { Instant, IsoDate } from "#src/domain/time.ts";
import { isHeld, type KeptFile, type KeptIssue, type Store } from "#src/store/store.ts";

/** An issue that readers may see: the newest revision of its as-of that is not held. */
export interface PublishedIssue {
  readonly id: number;
  readonly publication: string;
  readonly asOf: IsoDate;
  /** When it was made again; `null` for the first of its as-of. */
  readonly revisedAt: Instant | null;
  readonly isSimulated: boolean;
  /** The claim that heads each edition. */
  readonly claims: Readonly<Partial<Record<Locale, string>>>;
}

/** What the archive reads of a store. */
export type Kept = Pick<Store, "issues" | "issueOf" | "fileOf">;

/** The issues that readers may see. */
export interface Published {
  /** Newest as-of first. */
  all(): Promise<readonly PublishedIssue[]>;
  /** What the archive tells of one issue, whether readers may see it or not. */
  told(issue: KeptIssue): Promise<PublishedIssue>;
}

/** The newest revision of each as-of that is not held; issues stand with the newest first. */
export function newestShown(issues: readonly KeptIssue[]): readonly KeptIssue[] {
  const newest = new Map<string, KeptIssue>();
  for (const issue of issues) {
    const name = `${issue.publication}/${issue.asOf}`;
    if (!isHeld(issue) && !newest.has(name)) newest.set(name, issue);
  }
  return [...newest.values()];
}

/** Reads what an issue says once: of a number it never changes. */
export function publishedIn(store: Kept): Published {
  const known = new Map<number, PublishedIssue>();
  const told = async (issue: KeptIssue): Promise<PublishedIssue> => {
    const issueTold = known.get(issue.id) ?? (await read(store, issue));
    known.set(issue.id, issueTold);
    return issueTold;
  };
  return {
    told,
    async all() {
      const shown: PublishedIssue[] = [];
      for (const issue of newestShown(await store.issues())) shown.push(await told(issue));
      return shown;
    },
  };
}

async function read(store: Kept, issue: KeptIssue): Promise<PublishedIssue> {
  const { id, publication, asOf, revision, madeAt } = issue;
  const claims: Partial<Record<Locale, string>> = {};
  for (const locale of locales) {
    const page = await store.fileOf(issue, `${locale}.html`);
    const claim = page && claimOf(page.bytes);
    if (claim !== null) claims[locale] = claim;
  }
  const isSimulated = isMarked(await store.fileOf(issue, "facts.json"));
  return { id, publication, asOf, revisedAt: revision > 1 ? madeAt : null, isSimulated, claims };
}

function isMarked(facts: KeptFile | null): boolean {
  if (facts === null) return false;
  const { simulated } = JSON.parse(Buffer.from(facts.bytes).toString("utf8")) as { simulated?: boolean };
  return simulated === true;
}

/** The newest revision of an as-of that readers may see; `null` where there is none. */
export async function publishedIssue(
  store: Kept,
  publication: string,
  asOf: IsoDate,
): Promise<KeptIssue | null> {
  for (let issue = await store.issueOf(publication, asOf); issue !== null; ) {
    if (!isHeld(issue)) return issue;
    if (issue.revision === 1) return null;
    issue = await store.issueOf(publication, asOf, issue.revision - 1);
  }
  return null;
}
