import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import handlebars from "handlebars";
import { noneIfMissing, type Problem, TidelineError } from "#src/domain/errors.ts";
import { plainText } from "#src/domain/text.ts";
import { sha256 } from "#src/render/digest.ts";

/** The templates and styles of a product or workspace, compiled, with the hash of each file for the manifest. */
export interface Templates {
  /** Makes a page or section from a template; helpers are given per call, because they belong to one edition. */
  run(name: string, data: object, helpers: Readonly<Record<string, (...args: never[]) => unknown>>): string;
  /** Of the editions. */
  readonly style: string;
  /** Of the pages of the archive. */
  readonly siteStyle: string;
  /** Of all that an edition may be made with: the archive has a look of its own. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** A file's text, and where it was read. */
interface Source {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads `*.hbs`, `style/*.css` and `site/*.css`; a file in a later folder replaces that of the same name.
 *
 * @throws {TidelineError} `CONFIG_INVALID` naming every template that Handlebars cannot read, with its line
 */
export async function loadTemplates(folders: readonly string[]): Promise<Templates> {
  const files = await readFiles(folders);
  const names = [...files.keys()].sort();
  requireReadable(names.flatMap((name) => (name.endsWith(".hbs") ? (files.get(name) ?? []) : [])));
  const engine = handlebars.create();
  for (const [name, { text }] of files) {
    if (name.startsWith("partials/")) engine.registerPartial(basename(name, ".hbs"), text.trimEnd());
  }
  const compiled = new Map(
    [...files]
      .filter(([name]) => name.endsWith(".hbs"))
      .map(([name, { text }]) => [name, engine.compile(text, { strict: false })]),
  );
  const textOf = (name: string): string => files.get(name)?.text ?? "";
  const styleIn = (folder: string): string =>
    names
      .filter((name) => name.startsWith(folder) && name.endsWith(".css"))
      .map((name) => textOf(name).trim())
      .join("\n");
  return {
    run(name, data, helpers) {
      const template = compiled.get(`${name}.hbs`);
      if (template === undefined)
        throw new RangeError(`no template ${name}.hbs; there are ${[...compiled.keys()].join(", ")}`);
      try {
        return template(data, { helpers: helpers as Record<string, handlebars.HelperDelegate> });
      } catch (error) {
        throw error instanceof TidelineError ? error : templateFailure(name, error);
      }
    },
    style: styleIn("style/"),
    siteStyle: styleIn("site/"),
    hashes: Object.fromEntries(
      names.filter((name) => !name.startsWith("site/")).map((name) => [name, sha256(textOf(name))]),
    ),
  };
}

async function readFiles(folders: readonly string[]): Promise<ReadonlyMap<string, Source>> {
  const files = new Map<string, Source>();
  for (const folder of folders) {
    // A workspace need not have templates of its own.
    for (const name of await readdir(folder, { recursive: true }).catch(noneIfMissing)) {
      if (!/\.(hbs|css)$/.test(name)) continue;
      const path = join(folder, name);
      files.set(name.replaceAll("\\", "/"), { path, text: plainText(await readFile(path, "utf8")) });
    }
  }
  return files;
}

/** Handlebars itself would read a template only when it first runs. */
function requireReadable(templates: readonly Source[]): void {
  const problems = templates.flatMap(({ path, text }) => {
    try {
      handlebars.parse(text);
      return [];
    } catch (error) {
      return [problemOf(path, error)];
    }
  });
  if (problems.length > 0) throw new TidelineError("CONFIG_INVALID", "a template cannot be read", problems);
}

/** Handlebars tells its line either as a number or in the first line of its message, above the text it had read. */
function problemOf(file: string, error: unknown): Problem {
  const { message, lineNumber } = error as Error & { readonly lineNumber?: number };
  const [, told, read] = /^Parse error on line (\d+):\n(.*)/.exec(message) ?? [];
  return {
    file,
    line: lineNumber ?? Number(told ?? 1),
    found: read ?? message.replace(/ - \d+:\d+$/, ""),
    expected: "a template that Handlebars can read",
  };
}

function templateFailure(name: string, cause: unknown): TidelineError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TidelineError("RENDER_FAILED", `template ${name}.hbs: ${reason}`, [], { cause });
}
