import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadWorkspace } from "#src/config/load.ts";
import { compose } from "#src/sections/compose.ts";
import { gatherFiles } from "#src/sources/files.ts";
import { factsJsonSchemaText, factsShape } from "#src/verify/facts-shape.ts";
import { inputOf } from "#tests/sections/market-case.ts";

const workspace = await loadWorkspace(join(import.meta.dirname, "../.."), {});
const given = await gatherFiles(workspace.files, workspace.catalogue);
const { facts: sample } = compose(inputOf(workspace, given, "2026-02-13"));

interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
}

const schema = JSON.parse(factsJsonSchemaText()) as Node;

/** Keys of a value that the schema does not name. */
function undeclared(value: unknown, node: Node, path: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each) => undeclared(each, node.items ?? {}, `${path}[]`));
  if (typeof value !== "object" || value === null) return [];
  const options = node.anyOf ?? [node];
  const found = options.map((option) =>
    Object.entries(value).flatMap(([key, each]) => {
      const rest = option.additionalProperties;
      const own = option.properties?.[key];
      const isMap = option.properties === undefined && typeof rest === "object";
      if (own === undefined && !isMap) return [`${path}.${key}`];
      return undeclared(each, own ?? (rest as Node), `${path}.${key}`);
    }),
  );
  return found.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

describe("facts.json", () => {
  it("of the sample has the shape, and no key that the schema does not name", () => {
    expect(factsShape.safeParse(sample).error).toBeUndefined();
    expect([...new Set(undeclared(sample, schema, "facts.json"))]).toEqual([]);
    expect(sample.facts.length).toBeGreaterThan(200);
  });

  it.each([
    ["a key more", (facts: object) => ({ ...facts, more: 1 }), ["facts.json.more"]],
    ["none more", (facts: object) => facts, []],
  ])("names %s", (_, change, wanted) => {
    expect([...new Set(undeclared(change(sample), schema, "facts.json"))]).toEqual(wanted);
  });

  it.each([
    ["a value that is a list", { value: [1] }],
    ["an id without a section", { id: "alone" }],
    ["a percentile beyond 100", { stats: { percentile: 101 } }],
    ["a unit that nobody prints", { unit: "furlong" }],
    ["a quantum of nothing", { quantum: 0 }],
  ])("does not have the shape with %s", (_, change) => {
    const { facts, ...rest } = sample;
    const [first, ...others] = facts;
    expect(factsShape.safeParse({ ...rest, facts: [{ ...first, ...change }, ...others] }).success).toBe(
      false,
    );
  });

  it("may hold more than this version knows", () => {
    const { facts, ...rest } = sample;
    const later = { ...rest, facts: facts.map((fact) => ({ ...fact, later: true })), later: [] };
    expect(factsShape.safeParse(later).success).toBe(true);
  });

  it("has its schema committed (npm run schema)", async () => {
    const committed = await readFile(new URL("../../docs/facts.schema.json", import.meta.url), "utf8");
    expect(committed).toBe(factsJsonSchemaText());
  });
});
