import { type JsonSchema, workspaceJsonSchema } from "#src/config/json-schema.ts";
import { locales } from "#src/domain/locale.ts";

/*
 * docs/configuration.md is made from the schema, so that the page cannot tell of keys that are not there or leave out
 * one that is.
 */

const intro = `# Configuration

Everything that may stand in \`tideline.yaml\`. This page is made from the schema (\`npm run schema\`); editors read the same
schema from \`docs/tideline.schema.json\`. A key that is not listed here is an error, and all errors are reported at once,
each with its line, what was found and what was expected. A text may be one text for both languages or \`{ en: …, zh-CN: … }\`.
\`*\` stands for an id that you choose, or for each entry of a list.
`;

/** The page of docs/configuration.md: a section for each key of the top level, a row for each key below it. */
export function referencePage(): string {
  const sections = Object.entries(workspaceJsonSchema().properties ?? {}).map(([name, schema]) => {
    const rows = rowsOf(schema, name);
    const table =
      rows.length === 0 ? "" : `\n| key | meaning | default |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
    return `## ${name}\n\n${schema.description ?? ""}${defaultOf(schema) === "" ? "" : ` Default: ${defaultOf(schema)}.`}\n${table}`;
  });
  return `${intro}\n${sections.join("\n")}`;
}

function rowsOf(schema: JsonSchema, path: string): readonly string[] {
  return childrenOf(schema, path).flatMap(([key, child]) => [
    ...(child.description ? [row(key, child)] : []),
    ...rowsOf(child, key),
  ]);
}

/** Keys below a schema with their full names; the languages of a text are no keys of their own. */
function childrenOf(schema: JsonSchema, path: string): readonly (readonly [string, JsonSchema])[] {
  if (schema.anyOf) return schema.anyOf.flatMap((each) => childrenOf(each, path)).filter(isNoLanguage);
  if (schema.items) return childrenOf(schema.items, `${path}.*`);
  if (typeof schema.additionalProperties === "object")
    return childrenOf(schema.additionalProperties, `${path}.*`);
  return Object.entries(schema.properties ?? {}).map(([key, child]) => [`${path}.${key}`, child] as const);
}

const isNoLanguage = ([key]: readonly [string, JsonSchema]): boolean =>
  !locales.some((locale) => key.endsWith(`.${locale}`));

const row = (key: string, schema: JsonSchema): string =>
  `| \`${key}\` | ${(schema.description ?? "").replaceAll("|", "\\|")}${valuesOf(schema)} | ${defaultOf(schema).replaceAll("|", "\\|")} |`;

function valuesOf(schema: JsonSchema): string {
  const values = schema.enum ?? schema.items?.enum;
  return values === undefined
    ? ""
    : ` One of ${values.map((value) => `\`${JSON.stringify(value).replaceAll('"', "")}\``).join(", ")}.`;
}

const defaultOf = ({ default: value }: JsonSchema): string => {
  const isBare =
    value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
  return isBare ? "" : `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
};
