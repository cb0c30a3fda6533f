import { type Kysely, sql } from "kysely";
import { fold, needle } from "#src/domain/text.ts";
import type { Engine } from "#src/store/engine.ts";
import { heldIssues } from "#src/store/gate-note.ts";
import { keptIssue, withGates } from "#src/store/issues.ts";
import type { Found, Query, Sentence } from "#src/store/ledger.ts";
import type { KeptIssue } from "#src/store/store.ts";
import type { Tables } from "#src/store/tables.ts";

/** Rows that one statement carries: SQLite has room for some thirty thousand values. */
const rowsAtOnce = 1000;

/** Issues whose sentences have not been entered, oldest first. */
export async function unindexed(db: Kysely<Tables>): Promise<readonly KeptIssue[]> {
  const rows = await withGates(db)
    .where("issue.id", "not in", (eb) => eb.selectFrom("indexed").select("indexed.issue"))
    .orderBy("issue.id")
    .execute();
  return rows.map(keptIssue);
}

/** Enters the sentences of an issue, in their order, in the place of those it had. */
export const index = (engine: Engine, issue: number, sentences: readonly Sentence[]): Promise<void> =>
  engine.write(async (trx) => {
    await trx.deleteFrom("sentence").where("issue", "=", issue).execute();
    const rows = sentences.map(({ locale, section, text }, position) => ({
      issue,
      position,
      locale,
      section,
      text,
      folded: fold(text),
    }));
    for (let i = 0; i < rows.length; i += rowsAtOnce)
      await trx
        .insertInto("sentence")
        .values(rows.slice(i, i + rowsAtOnce))
        .execute();
    await trx
      .insertInto("indexed")
      .values({ issue })
      .onConflict((conflict) => conflict.column("issue").doNothing())
      .execute();
  });

/** Of each as-of the newest revision that is not held. */
const standing = sql<number>`(
  select id from (
    select id, row_number() over (partition by publication, as_of order by revision desc) as place
    from issue where id not in ${heldIssues}
  ) as revisions where place = 1)`;

/**
 * Sentences that hold all words, the newest issue first, in the order of the page. Words without a letter or digit are left
 * out; where none is left, nothing is found.
 */
export async function search(db: Kysely<Tables>, { words, locale, limit }: Query): Promise<readonly Found[]> {
  // A folded text holds letters, digits and spaces: nothing that `like` would take for a pattern.
  const needles = words.map(needle).filter((each) => each !== "");
  if (needles.length === 0) return [];
  const rows = await withGates(db)
    .innerJoin("sentence", "sentence.issue", "issue.id")
    .select(["sentence.locale", "sentence.section", "sentence.text"])
    .where("issue.id", "in", standing)
    .where((eb) => eb.and(needles.map((each) => eb("sentence.folded", "like", `%${each}%`))))
    .$if(locale !== null, (all) => all.where("sentence.locale", "=", locale ?? "en"))
    .orderBy("issue.as_of", "desc")
    .orderBy("issue.id", "desc")
    .orderBy("sentence.position")
    .limit(limit)
    .execute();
  return rows.map(({ locale: language, section, text, ...row }) => ({
    locale: language,
    section,
    text,
    issue: keptIssue(row),
  }));
}
