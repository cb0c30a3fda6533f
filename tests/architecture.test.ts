import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countryNames } from "#src/domain/country-rules.ts";
import { sectionNames } from "#src/domain/workspace.ts";

/** The one table of who may import whom inside `src/`; ARCHITECTURE.md draws the same picture. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  metrics: [],
  calendar: ["domain"],
  sources: ["domain", "calendar", "config"],
  store: ["domain"],
  charts: ["domain"],
  statements: ["domain"],
  sections: ["domain", "metrics", "charts", "calendar", "statements"],
  locale: ["domain"],
  render: ["domain", "locale", "charts", "sections"],
  quality: ["domain", "calendar", "metrics"],
  verify: ["domain", "locale"],
  archive: ["domain", "locale", "store", "render"],
  http: ["domain", "store", "archive"],
  config: ["domain", "calendar"],
  deliver: ["domain", "store", "locale"],
  commentary: ["domain", "config"],
};

/** Effects put together: a command a file, a check of the installation a file. They may import all. */
const everything = new Set(["commands", "doctor"]);

/** No clock, no randomness, no input or output, no environment. */
const pure = new Set(["domain", "metrics", "calendar", "quality", "charts", "statements", "sections"]);
const impure =
  /"node:|\bDate\.now\(|new Date\(\)|Temporal\.Now|Math\.random\(|\bcrypto\b|\bprocess\.|= process\b|\bfetch\(|\bglobalThis\b|performance\.now/;
const readsEnvironment = /\bprocess\.env\b|\benv\b[^=]*\} = process\b/;

const src = join(import.meta.dirname, "../src");
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const folderOf = (file: string): string | null => (file.includes("/") ? (file.split("/")[0] ?? null) : null);
const importsOf = (source: string): string[] =>
  [...source.matchAll(/"#src\/([\w-]+)\//g)].map(([, folder = ""]) => folder);

/** What is wrong with a file of that text at that place. */
function faults(file: string, source: string): string[] {
  const folder = folderOf(file);
  if (folder === null || everything.has(folder))
    return readsEnvironment.test(source) && file !== "cli.ts" ? ["reads the environment"] : [];
  const allowed = mayImport[folder];
  if (allowed === undefined) return [`folder ${folder} is not in the table`];
  return [
    ...importsOf(source)
      .filter((other) => other !== folder && !allowed.includes(other))
      .map((other) => `imports ${other}`),
    ...(/"\.{1,2}\/[^"]*\.ts"/.test(source) ? ["imports by a relative path"] : []),
    ...(pure.has(folder) && impure.test(source) ? ["is not pure"] : []),
    ...(readsEnvironment.test(source) && folder !== "config" ? ["reads the environment"] : []),
  ];
}

describe("the table of folders", () => {
  it.each(files)("holds for %s", (file) => {
    expect(faults(file, readFileSync(join(src, file), "utf8"))).toEqual([]);
  });

  it.each([
    ["metrics/x.ts", 'import { a } from "#src/domain/time.ts";', "imports domain"],
    ["sections/x.ts", 'const a = await import("#src/render/pdf.ts");', "imports render"],
    ["sections/x.ts", 'import { readFileSync } from "node:fs";', "is not pure"],
    ["domain/x.ts", "const now = Date.now();", "is not pure"],
    ["calendar/x.ts", "const now = Temporal.Now.instant();", "is not pure"],
    ["metrics/x.ts", 'await import("node:fs");', "is not pure"],
    ["charts/x.ts", "crypto.randomUUID()", "is not pure"],
    ["render/y.ts", "const { env } = process;", "reads the environment"],
    ["charts/y.ts", 'await import("./x.ts");', "imports by a relative path"],
    ["render/x.ts", "const path = process.env.PATH;", "reads the environment"],
    ["charts/x.ts", 'import { a } from "../domain/time.ts";', "imports by a relative path"],
    ["elsewhere/x.ts", "", "folder elsewhere is not in the table"],
  ])("catches a fault in %s", (file, source, fault) => {
    expect(faults(file, source)).toContain(fault);
  });
});

/** Countries are told by one module, and by its messages beside their own: nothing in it knows which one it tells of. */
const moduleOf = (name: string): string => (countryNames.some((id) => id === name) ? "country" : name);

describe("a section is a name", () => {
  it.each(sectionNames)("%s has its module, template and both languages", (name) => {
    const root = join(src, "..");
    for (const path of [
      `src/sections/${moduleOf(name)}.ts`,
      `locales/en/${moduleOf(name)}.json`,
      `locales/zh-CN/${moduleOf(name)}.json`,
      `templates/sections/${name}.hbs`,
      `locales/en/${name}.json`,
      `locales/zh-CN/${name}.json`,
    ]) {
      expect(readFileSync(join(root, path), "utf8").length).toBeGreaterThan(0);
    }
  });
});

describe("a country is configuration", () => {
  it("and no file of its section names one", () => {
    const own = files.filter((file) => /(^|\/)country[\w-]*\.ts$/.test(file) && !file.startsWith("domain/"));
    expect(own.length).toBeGreaterThan(10);
    const named = own.filter((file) =>
      countryNames.some((id) => new RegExp(`"${id}"`).test(readFileSync(join(src, file), "utf8"))),
    );
    expect(named).toEqual([]);
  });
});

describe("the command line", () => {
  /** Packages that a file loads at once, itself or through others. */
  function packagesOf(file: string, seen = new Set<string>()): ReadonlySet<string> {
    if (seen.has(file)) return new Set();
    seen.add(file);
    const source = readFileSync(join(src, file), "utf8");
    const imported = [...source.matchAll(/^import (?!type\b)[^;]*?"([^"]+)";/gm)].map(
      ([, name = ""]) => name,
    );
    const own = imported.flatMap((name) => (name.startsWith("#src/") ? [name.slice("#src/".length)] : []));
    const others = imported.filter((name) => !/^(#|node:)/.test(name));
    return new Set([...others, ...own.flatMap((name) => [...packagesOf(name, seen)])]);
  }

  it("loads none of what makes pages before it knows that a page is asked for", () => {
    expect([...packagesOf("cli.ts")]).toEqual([]);
    const light = ["croner", "csv-parse", "kysely", "temporal-polyfill", "yaml", "zod"];
    for (const command of ["run", "facts", "diff", "archive", "gather", "schedule"]) {
      const heavy = [...packagesOf(`commands/${command}.ts`)].filter(
        (name) => !light.includes(name.split("/")[0] ?? ""),
      );
      expect([command, heavy]).toEqual([command, []]);
    }
    expect([...packagesOf("publish.ts")]).toContain("fontkit");
    // A PostgreSQL's driver is for those who have one, its queue for those who work.
    expect([...packagesOf("store/postgres.ts")].toSorted()).toEqual(["kysely", "pg"]);
    expect([...packagesOf("store/boss.ts")]).toContain("pg-boss");
  });
});
