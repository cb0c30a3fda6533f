import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import * as z from "zod";
import { readDocument } from "#src/config/document.ts";
import { type Finding, invalid, shown } from "#src/config/finding.ts";
import { findingsOf } from "#src/config/issues.ts";
import type { JsonSchema } from "#src/config/json-schema.ts";
import { address, day, isUnique, line } from "#src/config/primitives.ts";
import { type RowShape, readRows } from "#src/config/rows.ts";
import { TidelineError } from "#src/domain/errors.ts";
import { locales } from "#src/domain/locale.ts";
import type { MailRules, Recipient } from "#src/domain/mail.ts";

const schema = z
  .array(
    z.strictObject({
      name: line.describe("name of the person"),
      address: address.describe("e-mail address"),
      language: z.enum(locales).describe(`one of ${locales.join(", ")}`),
      groups: z
        .array(line)
        .min(1, "at least one group that a publication is sent `to`")
        .refine(isUnique, "each group once")
        .describe("groups that a publication is sent `to`"),
      from: day.optional().describe("first day on which issues are sent"),
      until: day.optional().describe("last day on which issues are sent"),
    }),
  )
  .max(100_000, "a list of at most 100,000 recipients");

const rowShape: RowShape = {
  columns: ["name", "address", "language", "groups", "from", "until"],
  needed: ["name", "address", "language", "groups"],
  lists: ["groups"],
};

/**
 * The recipients of a workspace, from a YAML list, or from CSV where the file is called so.
 *
 * @throws {TidelineError} CONFIG_INVALID with all problems at once, each with its line and column
 */
export async function loadRecipients({
  recipients,
}: Pick<MailRules, "recipients">): Promise<readonly Recipient[]> {
  return parseRecipients(await read(recipients), recipients.path);
}

/** The recipients that a file's bytes name; as `loadRecipients`, without reading anything. */
export function parseRecipients(bytes: Uint8Array, file: string): readonly Recipient[] {
  if (!isUtf8(bytes))
    throw invalid("the list of recipients", [
      { file, found: "bytes that are not UTF-8", expected: "UTF-8 text" },
    ]);
  const text = new TextDecoder().decode(bytes);
  const raw = /\.csv$/i.test(file) ? readRows(file, text, rowShape) : readDocument(file, text);
  if (raw.values === undefined) throw invalid("the list of recipients", raw.problems);
  const parsed = schema.safeParse(raw.values);
  const findings = [
    ...(parsed.success ? [] : findingsOf(parsed.error.issues, raw.values, jsonSchema())),
    ...rules(raw.values),
  ];
  const problems = [...raw.problems, ...findings.map(raw.place)];
  if (!parsed.success || problems.length > 0) throw invalid("the list of recipients", problems);
  return parsed.data.map(({ from = null, until = null, ...recipient }) => ({ ...recipient, from, until }));
}

const jsonSchema = (): JsonSchema =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;

/** What no single value shows: an address that comes twice, an end before its beginning. Shape is the schema's business. */
function rules(values: unknown): readonly Finding[] {
  if (!Array.isArray(values)) return [];
  const first = new Map<string, number>();
  return values.flatMap((each: Readonly<Record<string, unknown>> | null, i): Finding[] => {
    const key = typeof each?.address === "string" ? each.address.toLowerCase() : null;
    const before = key === null ? undefined : first.get(key);
    if (key !== null && before === undefined) first.set(key, i);
    const { from, until } = each ?? {};
    return [
      ...(before === undefined
        ? []
        : [finding(i, "address", each?.address, `each address once; it is recipient ${before + 1} already`)]),
      ...(typeof from === "string" && typeof until === "string" && until < from
        ? [finding(i, "until", until, `a day not before ${from}, the first`)]
        : []),
    ];
  });
}

const finding = (i: number, key: string, value: unknown, expected: string): Finding => ({
  path: [i, key],
  at: "value",
  found: shown(value),
  expected,
});

async function read({ path, location }: MailRules["recipients"]): Promise<Uint8Array> {
  try {
    return await readFile(location);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const found = code === "ENOENT" ? "no such file" : `a file that cannot be read (${code})`;
    const expected = "the list of recipients that `mail.recipients` names";
    throw new TidelineError("CONFIG_INVALID", "no recipients", [{ file: path, found, expected }], { cause });
  }
}
