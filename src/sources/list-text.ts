import type * as z from "zod";
import { type ConfigDocument, readDocument } from "#src/config/document.ts";
import type { Finding } from "#src/config/finding.ts";
import { findingsOf } from "#src/config/issues.ts";
import type { JsonSchema } from "#src/config/json-schema.ts";
import { type RowShape, readRows } from "#src/config/rows.ts";
import type { Fault } from "#src/sources/fault.ts";
import { decodeText } from "#src/sources/text.ts";

/** A list that somebody keeps by hand: its entries as they were written, and where each stands. */
export interface ListText {
  /** One map a entry, of texts, where the list has its form; `null` where there is nothing in the file. */
  readonly raw: unknown;
  readonly faults: readonly Fault[];
  place(finding: Finding): Fault;
}

/** The text of a list: CSV where the columns of one are given, YAML otherwise. Every value stays the text that it is. */
export function readListText(bytes: Uint8Array, csv: RowShape | null): ListText {
  const { text, faults } = decodeText(bytes, csv === null ? "\n" : ",");
  if (faults.length > 0) return { raw: undefined, faults, place: ({ expected }) => ({ expected }) };
  const document = csv === null ? readDocument("", text, "failsafe") : readRows("", text, csv);
  return {
    raw: isNothing(document) ? null : withoutBlanks(document.values),
    faults: document.problems.map(withoutFile),
    place: (finding) => withoutFile(document.place(finding)),
  };
}

/** A file of comments alone, or a list of no entries. */
const isNothing = ({ values, problems }: ConfigDocument): boolean =>
  problems.length === 0 &&
  (values === "" || (typeof values === "object" && values !== null && Object.keys(values).length === 0));

const withoutFile = ({ file: _, ...fault }: Fault & { readonly file?: string }): Fault => fault;

const blanks: readonly unknown[] = ["", "~", "null"];

/** The entries without keys that nothing stands behind: `until:` and `until: null` say that there is none. */
function withoutBlanks(values: unknown): unknown {
  if (!Array.isArray(values)) return values;
  return values.map((entry: unknown) =>
    typeof entry === "object" && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).filter(([, value]) => !blanks.includes(value)))
      : entry,
  );
}

/** What the entries of a list are, and all that is wrong with them: `data` only where nothing is. */
export interface CheckedList<Data> {
  readonly data: Data | null;
  readonly faults: readonly Fault[];
}

/**
 * Checks a list against its schema and its rules, so that all faults show at once.
 *
 * @param schemaText  the schema as JSON Schema, for what messages tell of unknown and missing keys
 * @param rules  what no single value shows; they read whatever could be read
 */
export function checkList<Data>(
  { raw, faults, place }: ListText,
  schema: z.ZodType<Data>,
  schemaText: JsonSchema,
  rules: (raw: unknown) => readonly Finding[],
): CheckedList<Data> {
  if (raw === undefined) return { data: null, faults };
  const parsed = schema.safeParse(raw);
  const findings = [
    ...(parsed.success ? [] : findingsOf(parsed.error.issues, raw, schemaText)),
    ...rules(raw),
  ];
  const all = [...faults, ...findings.map(place)];
  return parsed.success && all.length === 0 ? { data: parsed.data, faults: [] } : { data: null, faults: all };
}
