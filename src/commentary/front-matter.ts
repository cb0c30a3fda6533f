import * as z from "zod";
import { isWebAddress } from "#src/commentary/web-address.ts";
import { readDocument } from "#src/config/document.ts";
import { findingsOf } from "#src/config/issues.ts";
import type { JsonSchema } from "#src/config/json-schema.ts";
import { day, line } from "#src/config/primitives.ts";
import type { Problem } from "#src/domain/errors.ts";

const schema = z.strictObject({
  speaker: line.describe("who says it"),
  role: line.describe("what they are"),
  firm: line.describe("whom they speak for"),
  date: day.describe("the day on which it was said, as YYYY-MM-DD"),
  link: z
    .string()
    .refine(isWebAddress, "an address that begins with https:// or http://")
    .optional()
    .describe("where it was published"),
});

/** Who said it, when and where, as the head of a file has it. */
export type FrontMatter = z.infer<typeof schema>;

/** A file in its two parts. Each has as many lines above it as in the file, so that its places are the file's. */
interface Parts {
  readonly head: string;
  readonly body: string;
}

const fence = /^---\s*$/u;

/** The two parts of a file; `null` where no head is marked as such. */
function split(text: string): Parts | null {
  const lines = text.split("\n");
  const end = fence.test(lines[0] ?? "") ? lines.findIndex((each, i) => i > 0 && fence.test(each)) : -1;
  if (end < 0) return null;
  return {
    head: `\n${lines.slice(1, end).join("\n")}`,
    body: `${"\n".repeat(end + 1)}${lines.slice(end + 1).join("\n")}`,
  };
}

/** What the head of a file says, and the text below it; or all that is wrong with the head. */
export function readFrontMatter(
  text: string,
  file: string,
): { readonly front: FrontMatter | null; readonly body: string; readonly problems: readonly Problem[] } {
  const parts = split(text);
  if (parts === null) {
    const expected = `a line ---, then ${Object.keys(schema.shape).join(", ")} (link may be left out), then a line ---`;
    const problem = { file, line: 1, column: 1, found: "no head", expected };
    return { front: null, body: "", problems: [problem] };
  }
  const { values, problems, place } = readDocument(file, parts.head);
  if (values === undefined) return { front: null, body: parts.body, problems };
  const parsed = schema.safeParse(values);
  const findings = parsed.success ? [] : findingsOf(parsed.error.issues, values, jsonSchema());
  const all = [...problems, ...findings.map(place)];
  return { front: parsed.success && all.length === 0 ? parsed.data : null, body: parts.body, problems: all };
}

const jsonSchema = (): JsonSchema =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
