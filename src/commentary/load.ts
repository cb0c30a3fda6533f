import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { strangeCharacters } from "#src/commentary/characters.ts";
import { readFrontMatter } from "#src/commentary/front-matter.ts";
import { readName } from "#src/commentary/names.ts";
import { groupsOf, objections, type ReadWords } from "#src/commentary/pairs.ts";
import type { Commentary } from "#src/domain/commentary.ts";
import { noneIfMissing, type Problem, TidelineError } from "#src/domain/errors.ts";
import type { Job } from "#src/domain/issue.ts";
import type { Locale } from "#src/domain/locale.ts";
import { plainText } from "#src/domain/text.ts";

/** Longest file of one commentary, in bytes: a page is no place for more. */
const mostBytes = 20_000;

/**
 * What people say on the sections of an issue: the files of `commentary/<publication>/<as-of>` in the workspace, all of them
 * or none. They are read each time that the issue is made; where there is no such folder, nobody says anything.
 *
 * @param languages  those that the issue is made in now
 * @throws {TidelineError} `SOURCE_MALFORMED` with every problem and its place, where a file cannot be read as commentary;
 * `HELD` where all can be read, but a language lacks or two do not say the same
 */
export async function loadCommentary(
  { workspace, publication, asOf }: Job,
  languages: readonly Locale[] = publication.languages,
): Promise<readonly Commentary[]> {
  const folder = `commentary/${publication.id}/${asOf.date}`;
  const entries = await readdir(join(workspace.dir, folder), { withFileTypes: true }).catch(noneIfMissing);
  const files = entries
    .filter(({ name }) => !name.startsWith("."))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (files.length === 0) return [];
  const problems: Problem[] = [];
  const read: ReadWords[] = [];
  for (const entry of files) {
    const file = `${folder}/${entry.name}`;
    const named = readName(entry.name, publication);
    if ("expected" in named) problems.push({ file, ...named });
    else if (!entry.isFile())
      problems.push({ file, found: "no regular file", expected: "a text in Markdown" });
    else {
      const words = await readWords(await readFile(join(workspace.dir, file)), file, named);
      problems.push(...words.problems);
      if (words.read !== null) read.push(words.read);
    }
  }
  if (problems.length > 0) throw malformed(problems);
  const groups = groupsOf(read, publication.sections);
  const reasons = groups.flatMap((group) => objections(group, languages, folder));
  if (reasons.length > 0) throw held(`${publication.id}/${asOf.date}`, reasons);
  return groups.flatMap(commentaryOf);
}

/** What a file says, or all that keeps it from being read as commentary. */
async function readWords(
  bytes: Uint8Array,
  file: string,
  named: Pick<ReadWords, "section" | "number" | "locale">,
): Promise<{ readonly read: ReadWords | null; readonly problems: readonly Problem[] }> {
  const unreadable = (found: string, expected: string) => ({
    read: null,
    problems: [{ file, found, expected }],
  });
  if (bytes.length > mostBytes) return unreadable(`${bytes.length} bytes`, `${mostBytes} at most`);
  if (!isUtf8(bytes)) return unreadable("bytes that are not UTF-8", "UTF-8 text");
  const text = plainText(new TextDecoder().decode(bytes));
  const { front, body, problems } = readFrontMatter(text, file);
  // Loaded when there is something to read: most issues have no commentary.
  const { readBody } = await import("#src/commentary/body.ts");
  const said = body === "" ? { blocks: [], problems: [] } : readBody(body, file, named.locale);
  const strange = strangeCharacters(text, named.locale, file);
  const all = [...strange, ...problems, ...said.problems].toSorted(byPlace);
  if (front === null || all.length > 0) return { read: null, problems: all };
  const { speaker, role, firm } = front;
  const hash = createHash("sha256").update(text).digest("hex");
  const name = file.slice(file.lastIndexOf("/") + 1);
  const words = { speaker, role, firm, file: name, hash, blocks: said.blocks };
  return { read: { ...named, front, words }, problems: [] };
}

const byPlace = (a: Problem, b: Problem): number =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);

function commentaryOf(group: readonly ReadWords[]): readonly Commentary[] {
  const [first] = group;
  if (first === undefined) return [];
  const { section, number, front } = first;
  const words = new Map(group.map((own) => [own.locale, own.words]));
  return [{ section, number, date: front.date, link: front.link ?? null, words }];
}

const counted = (problems: readonly Problem[], what: string): string =>
  problems.length === 1 ? `one ${what}` : `${problems.length} ${what}s`;

const malformed = (problems: readonly Problem[]): TidelineError =>
  new TidelineError("SOURCE_MALFORMED", `the commentary has ${counted(problems, "problem")}`, problems);

const held = (issue: string, reasons: readonly Problem[]): TidelineError =>
  new TidelineError("HELD", `its commentary holds ${issue} back: ${counted(reasons, "reason")}`, reasons);
