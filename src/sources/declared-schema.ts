import * as z from "zod";
import type { JsonSchema } from "#src/config/json-schema.ts";
import { day, id, instant, reference, text } from "#src/config/primitives.ts";
import type { RowShape } from "#src/config/rows.ts";
import { type DeclaredKind, eventKinds } from "#src/domain/declared.ts";

/* What may stand in each list that somebody keeps by hand. Descriptions become messages about missing keys. */

const source = text.describe("whose word it is, one text or one in each language");
const knownAt = instant.optional().describe("the instant at which it could be read");
const name = text.describe("its name, one text or one in each language");

const membership = z.strictObject({
  basket: reference.describe("the id of a basket of tideline.yaml"),
  member: reference.describe("the id of a series"),
  from: day.describe("the first day whose return counts"),
  until: day.optional().describe("the last day whose return counts; none while it is a member"),
  known_at: knownAt,
  source: source.optional(),
});

const event = z.strictObject({
  id: id.describe("an id of its own"),
  date: day.describe("the day on which it happens"),
  kind: z.enum(eventKinds).describe(`one of ${eventKinds.join(", ")}`),
  name,
  series: reference.optional().describe("the id of the series that it is about"),
  known_at: instant.describe(
    "the instant at which its news could be read; of an event that is still to come, at which its day was announced",
  ),
  source,
});

const crisis = z.strictObject({
  id: id.describe("an id of its own"),
  name,
  from: day.describe("the first day"),
  until: day.optional().describe("the last day; none while it lasts"),
  known_at: knownAt,
  source,
});

export const declaredSchemas = {
  baskets: z.array(membership),
  events: z.array(event),
  crises: z.array(crisis),
} as const;

/** Entries of each list as they were written, once they have their shape. */
export type Written = {
  readonly [Kind in DeclaredKind]: z.output<(typeof declaredSchemas)[Kind]>[number];
};

/** The same as JSON Schema, for what messages tell of unknown and missing keys. */
export const declaredSchemaText = (kind: DeclaredKind): JsonSchema =>
  z.toJSONSchema(declaredSchemas[kind], { io: "input", unrepresentable: "any" }) as JsonSchema;

const sources = ["source", "source.en", "source.zh-CN"] as const;
const names = ["name", "name.en", "name.zh-CN"] as const;

/** The columns of each list where it is CSV. */
export const declaredColumns: Readonly<Record<DeclaredKind, RowShape>> = {
  baskets: {
    columns: ["basket", "member", "from", "until", "known_at", ...sources],
    needed: ["basket", "member", "from"],
  },
  events: {
    columns: ["id", "date", "kind", ...names, "series", "known_at", ...sources],
    needed: ["id", "date", "kind", "known_at"],
  },
  crises: {
    columns: ["id", ...names, "from", "until", "known_at", ...sources],
    needed: ["id", "from"],
  },
};
