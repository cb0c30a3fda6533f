import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import handlebars from "handlebars";
import { plainText } from "#src/domain/text.ts";

/** The templates and styles of a product or workspace, compiled, with the hash of each file for the manifest. */
export interface Templates {
  /** Makes a page or section from a template; helpers are given per call, because they belong to one edition. */
  run(name: string, data: object, helpers: Readonly<Record<string, (...args: never[]) => unknown>>): string;
  readonly style: string;
  readonly hashes: Readonly<Record<string, string>>;
}

/** Reads `*.hbs` and `style/*.css`; a file in a later folder replaces that of the same name. */
export async function loadTemplates(folders: readonly string[]): Promise<Templates> {
  const files = new Map<string, string>();
  for (const folder of folders) {
    for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
      if (/\.(hbs|css)$/.test(name))
        files.set(name.replaceAll("\\", "/"), plainText(await readFile(join(folder, name), "utf8")));
    }
  }
  const engine = handlebars.create();
  for (const [name, text] of files) {
    if (name.startsWith("partials/")) engine.registerPartial(basename(name, ".hbs"), text.trimEnd());
  }
  const compiled = new Map(
    [...files]
      .filter(([name]) => name.endsWith(".hbs"))
      .map(([name, text]) => [name, engine.compile(text, { strict: false })]),
  );
  const names = [...files.keys()].sort();
  return {
    run(name, data, helpers) {
      const template = compiled.get(`${name}.hbs`);
      if (template === undefined)
        throw new RangeError(`no template ${name}.hbs; there are ${[...compiled.keys()].join(", ")}`);
      return template(data, { helpers: helpers as Record<string, handlebars.HelperDelegate> });
    },
    style: names
      .filter((name) => name.endsWith(".css"))
      .map((name) => (files.get(name) ?? "").trim())
      .join("\n"),
    hashes: Object.fromEntries(
      names.map((name) => [
        name,
        createHash("sha256")
          .update(files.get(name) ?? "")
          .digest("hex"),
      ]),
    ),
  };
}
