import { join } from "node:path";
import { count, type Diagnosis, fail, failureOf, ok, type Patient } from "#src/doctor/check.ts";
import { locales } from "#src/domain/locale.ts";
import { sectionNames } from "#src/domain/workspace.ts";
import { loadMessages } from "#src/locale/messages.ts";
import { loadTemplates } from "#src/render/templates.ts";

type At = Pick<Patient, "dir"> & { readonly machine: Pick<Patient["machine"], "root"> };

/** The project's folder of that name, then the workspace's own. */
const foldersOf = ({ machine: { root }, dir }: At, name: string): readonly string[] => [
  ...new Set([join(root, name), join(dir, name)]),
];

const mend = (folder: string): string =>
  `\`git status\` in the project's folder shows what is missing; a workspace's own ${folder}/ takes the place of the project's`;

/** @param names  of the templates that are there, as `sections/levels.hbs` */
export function judgeTemplates(names: readonly string[]): Diagnosis {
  const wanted = ["issue.hbs", "commentary.hbs", ...sectionNames.map((name) => `sections/${name}.hbs`)];
  const missing = wanted.filter((name) => !names.includes(name));
  return missing.length > 0
    ? fail(`without ${missing.join(", ")}`, mend("templates"))
    : ok(
        `${count(names.filter((name) => name.endsWith(".hbs")).length, "template")}, all sections among them`,
      );
}

export async function templates(at: At): Promise<Diagnosis> {
  try {
    const { hashes } = await loadTemplates(foldersOf(at, "templates"));
    return judgeTemplates(Object.keys(hashes));
  } catch (error) {
    return fail(failureOf(error), mend("templates"));
  }
}

/** @param keys  of the messages of each language */
export function judgeMessages(keys: Readonly<Record<string, readonly string[]>>): Diagnosis {
  const all = [...new Set(Object.values(keys).flat())];
  const gaps = Object.entries(keys).flatMap(([locale, own]) => {
    const known = new Set(own);
    const lacking = all.filter((key) => !known.has(key));
    const more = lacking.length > 1 ? ` and ${lacking.length - 1} more` : "";
    return lacking.length === 0 ? [] : [`${locale} lacks ${lacking[0]}${more}`];
  });
  if (all.length === 0) return fail("no messages", mend("locales"));
  return gaps.length > 0
    ? fail(gaps.join("; "), mend("locales"))
    : ok(`${count(all.length, "message")} in each language`);
}

export async function messages(at: At): Promise<Diagnosis> {
  try {
    const loaded = await loadMessages(foldersOf(at, "locales"));
    return judgeMessages(
      Object.fromEntries(locales.map((locale) => [locale, [...loaded.entries(locale).keys()]])),
    );
  } catch (error) {
    return fail(failureOf(error), mend("locales"));
  }
}
