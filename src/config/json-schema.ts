import * as z from "zod";
import { workspaceSchema } from "#src/config/schema.ts";

/** The part of JSON Schema that this project's schema uses. */
export interface JsonSchema {
  readonly [key: string]: unknown;
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** The JSON Schema of tideline.yaml, for editors and for messages about unknown and missing keys. */
export function workspaceJsonSchema(): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(workspaceSchema, { io: "input", target: "draft-7" });
  return { $schema, title: "Tideline workspace", ...schema } as JsonSchema;
}

/** The schema's file as it is committed. */
export const workspaceJsonSchemaText = (): string => `${JSON.stringify(workspaceJsonSchema(), null, 2)}\n`;

/** The schema of what stands at a path; `null` where the schema knows no such place. */
export function schemaAt(schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema | null {
  let here: JsonSchema | null = schema;
  for (const step of path) here = here === null ? null : childOf(here, step);
  return here;
}

function childOf(schema: JsonSchema, step: PropertyKey): JsonSchema | null {
  if (schema.anyOf)
    return schema.anyOf.map((option) => childOf(option, step)).find((found) => found !== null) ?? null;
  if (typeof step === "number") return schema.items ?? null;
  const { properties = {}, additionalProperties } = schema;
  if (Object.hasOwn(properties, step)) return properties[String(step)] ?? null;
  return typeof additionalProperties === "object" ? additionalProperties : null;
}
