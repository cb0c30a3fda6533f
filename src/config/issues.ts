import type * as z from "zod";
import { type Finding, shown, valueAt } from "#src/config/finding.ts";
import { type JsonSchema, schemaAt } from "#src/config/json-schema.ts";
import { didYouMean } from "#src/domain/nearest.ts";

type Issue = z.core.$ZodIssue;

/** What the schema found wrong, in words that say what to write instead. */
export function findingsOf(issues: readonly Issue[], raw: unknown, schema: JsonSchema): readonly Finding[] {
  return issues.flatMap((issue) => findingOf(issue, raw, schema));
}

function findingOf(issue: Issue, raw: unknown, schema: JsonSchema): readonly Finding[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(issue.path, key, schema));
  if (issue.code === "invalid_key") return [badKey(issue)];
  const found = valueAt(raw, issue.path);
  if (found === undefined) return [missingKey(issue.path, schema)];
  if (issue.code === "invalid_union") return findingsOf(unionIssues(issue, found), raw, schema);
  return [{ path: issue.path, at: "value", found: shown(found), expected: expectation(issue, found) }];
}

function unknownKey(path: readonly PropertyKey[], key: string, schema: JsonSchema): Finding {
  const known = Object.keys(optionWithProperties(schemaAt(schema, path)) ?? {});
  const expected = `one of ${known.join(", ")}${didYouMean(key, known)}`;
  return { path: [...path, key], at: "key", found: `the unknown key ${key}`, expected };
}

function optionWithProperties(schema: JsonSchema | null): JsonSchema["properties"] {
  return schema?.properties ?? schema?.anyOf?.find((option) => option.properties)?.properties;
}

function badKey(issue: z.core.$ZodIssueInvalidElement | z.core.$ZodIssueInvalidKey): Finding {
  const key = String(issue.path.at(-1));
  return {
    path: issue.path,
    at: "key",
    found: JSON.stringify(key),
    expected: issue.issues[0]?.message ?? "another key",
  };
}

function missingKey(path: readonly PropertyKey[], schema: JsonSchema): Finding {
  const description = schemaAt(schema, path)?.description;
  const expected = `${String(path.at(-1))}${description ? `: ${description}` : ""}`;
  return { path: path.slice(0, -1), at: "key", found: "no such key", expected };
}

/** The complaints of the alternative that was meant: the map's when a map was written, otherwise one about the whole. */
function unionIssues(issue: z.core.$ZodIssueInvalidUnion, found: unknown): readonly Issue[] {
  const isMap = typeof found === "object" && found !== null && !Array.isArray(found);
  const own = issue.errors.map((option) =>
    option.map((inner): Issue => ({ ...inner, path: [...issue.path, ...inner.path] })),
  );
  const meant = own.find((option) => option.every((inner) => isMap !== isWhole(inner, issue)));
  return meant ?? own.at(-1) ?? [];
}

const isWhole = (inner: Issue, outer: Issue): boolean =>
  inner.code !== "unrecognized_keys" && inner.path.length === outer.path.length;

const typeNames: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map",
  record: "a map",
};

function expectation(issue: Issue, found: unknown): string {
  if (issue.code === "invalid_type")
    return `${typeNames[issue.expected] ?? issue.expected}${quoteHint(issue.expected, found)}`;
  if (issue.code === "invalid_value") {
    const values = issue.values.map((value) => (value === "\t" ? '"\\t"' : String(value)));
    const hint = typeof found === "string" ? didYouMean(found, values) : "";
    return values.length === 1 ? `${values[0]}${hint}` : `one of ${values.join(", ")}${hint}`;
  }
  return issue.message;
}

const quoteHint = (expected: string, found: unknown): string =>
  expected === "string" && ["number", "boolean"].includes(typeof found) ? ", so put it in quotes" : "";
