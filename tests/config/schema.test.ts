import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { isLag, isOffset, parseLag, parseOffset } from "#src/config/durations.ts";
import {
  type JsonSchema,
  schemaAt,
  workspaceJsonSchema,
  workspaceJsonSchemaText,
} from "#src/config/json-schema.ts";
import { referencePage } from "#src/config/reference-page.ts";

const read = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), "utf8");

/** Every key of the schema, as `series.*.name`. */
function keysOf(schema: JsonSchema, at = ""): readonly string[] {
  const below = (child: JsonSchema | undefined, path: string) => (child ? keysOf(child, path) : []);
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => {
    const path = at === "" ? key : `${at}.${key}`;
    return [path, ...keysOf(child, path)];
  });
  const rest =
    typeof schema.additionalProperties === "object" ? below(schema.additionalProperties, `${at}.*`) : [];
  return [...own, ...rest, ...below(schema.items, `${at}.*`)];
}

describe("the JSON Schema", () => {
  const schema = workspaceJsonSchema();

  it("that is committed is up to date (npm run schema)", async () => {
    expect(await read("docs/tideline.schema.json")).toBe(workspaceJsonSchemaText());
  });

  it("describes every key", () => {
    const bare = keysOf(schema).filter(
      (path) =>
        !schemaAt(
          schema,
          path.split(".").map((step) => (step === "*" ? 0 : step)),
        )?.description,
    );
    const lists = keysOf(schema).filter((path) => path.includes("*"));
    expect(lists.length).toBeGreaterThan(30);
    expect(bare.filter((path) => !path.includes("*"))).toEqual([]);
  });

  it("is strict everywhere", () => {
    const loose: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== "object" || node === null) return;
      const { type, properties, additionalProperties } = node as JsonSchema;
      if (type === "object" && properties !== undefined && additionalProperties !== false) loose.push(path);
      for (const [key, child] of Object.entries(node)) visit(child, `${path}/${key}`);
    };
    visit(schema, "");
    expect(loose).toEqual([]);
  });

  it("and docs/configuration.md, made from it, is up to date and names every key", async () => {
    const text = await read("docs/configuration.md");
    expect(text).toBe(referencePage());
    const keys = keysOf(schema).filter((path) => !/\.(en|zh-CN)$/.test(path) || path.includes("colours"));
    expect(keys.length).toBeGreaterThan(40);
    // Keys of one of several forms.
    for (const key of ["cron", "zone"]) expect(text).toContain(`\`publications.*.schedule.due.${key}\``);
    expect(keys.filter((path) => !text.includes(path.includes(".") ? `\`${path}\`` : `## ${path}`))).toEqual(
      [],
    );
  });
});

describe("durations", () => {
  it.each([
    ["0", { sessions: 0, hours: 0 }],
    ["1 session", { sessions: 1, hours: 0 }],
    ["2 sessions + 6h", { sessions: 2, hours: 6 }],
    ["6h", { sessions: 0, hours: 6 }],
    ["1 session + 0.5h", { sessions: 1, hours: 0.5 }],
  ])("lag %s", (text, expected) => {
    expect(parseLag(text)).toEqual(expected);
  });

  it.each(["", "1", "1 day", "1 session 6h", " + 6h", "1 session + ", "-1 session", "6 h"])(
    "%j is no lag",
    (text) => {
      expect(isLag(text)).toBe(false);
      expect(() => parseLag(text)).toThrow(RangeError);
    },
  );

  it.each([
    ["2h", 120],
    ["90m", 90],
    ["1h30m", 90],
    ["0m", 0],
  ])("offset %s", (text, expected) => {
    expect(parseOffset(text)).toBe(expected);
  });

  it.each(["", "2", "h", "2 h", "-1h"])("%j is no offset", (text) => {
    expect(isOffset(text)).toBe(false);
    expect(() => parseOffset(text)).toThrow(RangeError);
  });
});
