import { createHash } from "node:crypto";
import { localised } from "#src/config/primitives.ts";
import type { DeclaredKind, Said } from "#src/domain/declared.ts";
import type { Entry } from "#src/domain/entry.ts";
import type { Localised } from "#src/domain/locale.ts";
import type { GapReason } from "#src/domain/series.ts";
import { parseInstant } from "#src/domain/time.ts";
import type { DeclaredFile } from "#src/domain/workspace.ts";
import { declaredFindings, type Known } from "#src/sources/declared-rules.ts";
import {
  declaredColumns,
  declaredSchemas,
  declaredSchemaText,
  type Written,
} from "#src/sources/declared-schema.ts";
import type { Fault } from "#src/sources/fault.ts";
import { bytesOf } from "#src/sources/files.ts";
import { type CheckedList, checkList, type ListText, readListText } from "#src/sources/list-text.ts";

/** What one list gave, and what is wrong with it. */
export interface DeclaredReading {
  readonly file: DeclaredFile;
  /** Each key and known-at once. */
  readonly entries: readonly Entry[];
  readonly gap: GapReason | null;
  readonly faults: readonly Fault[];
  /** SHA-256 of the bytes that were read; `null` where there were none to read. */
  readonly sha256: string | null;
}

/** Lists that somebody keeps by hand, one answer for each. One that is missing or empty is a gap. */
export const readDeclared = (
  files: readonly DeclaredFile[],
  known: Known,
): Promise<readonly DeclaredReading[]> => Promise.all(files.map((file) => readOne(file, known)));

async function readOne(file: DeclaredFile, known: Known): Promise<DeclaredReading> {
  const { bytes, fault } = await bytesOf(file.location);
  const nothing = { file, entries: [], faults: [], sha256: null };
  if (fault !== null) return { ...nothing, gap: null, faults: [fault] };
  if (bytes === null) return { ...nothing, gap: "file-missing" };
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { file, sha256, ...readList(file, bytes, known) };
}

/** The entries that the bytes of a list hold; CSV where its name says so, YAML otherwise. */
export function readList(
  { kind, path }: Pick<DeclaredFile, "kind" | "path">,
  bytes: Uint8Array,
  known: Known,
): Pick<DeclaredReading, "entries" | "gap" | "faults"> {
  const list = readListText(bytes, /\.csv$/i.test(path) ? declaredColumns[kind] : null);
  if (list.raw === null) return { entries: [], gap: "file-empty", faults: [] };
  const rules: Rules = (raw) => declaredFindings(kind, raw, known, list);
  return { ...readers[kind](list, rules), gap: null };
}

type Rules = Parameters<typeof checkList>[3];
type Read = Pick<DeclaredReading, "entries" | "faults">;

const readers: Readonly<Record<DeclaredKind, (list: ListText, rules: Rules) => Read>> = {
  baskets: (list, rules) =>
    read(checkList(list, declaredSchemas.baskets, declaredSchemaText("baskets"), rules), membership),
  events: (list, rules) =>
    read(checkList(list, declaredSchemas.events, declaredSchemaText("events"), rules), event),
  crises: (list, rules) =>
    read(checkList(list, declaredSchemas.crises, declaredSchemaText("crises"), rules), crisis),
};

/** Entries of one form: a key that says what each is about, and all that it says of it. */
const read = <Each extends { readonly known_at?: string | undefined }>(
  { data, faults }: CheckedList<readonly Each[]>,
  entryOf: (written: Each) => Pick<Entry, "key" | "value">,
): Read => ({
  entries: (data ?? []).map((written) => ({ ...entryOf(written), knownAt: knownAtOf(written.known_at) })),
  faults,
});

const knownAtOf = (text: string | undefined): number | null =>
  text === undefined ? null : parseInstant(text);

/** In one order of languages, whatever the file's: equal entries have equal texts. */
function nameOf(text: Written["events"]["name"]): Localised {
  const { en, "zh-CN": zh } = localised(text);
  return { en, "zh-CN": zh };
}
const sourceOf = (text: Written["baskets"]["source"]): Localised | null =>
  text === undefined ? null : nameOf(text);

function membership({ basket, member, from, until, source }: Written["baskets"]) {
  const said: Said["baskets"] = { basket, member, from, until: until ?? null, source: sourceOf(source) };
  return { key: `${basket} ${member} ${from}`, value: JSON.stringify(said) };
}

function event({ id, date, kind, name, series, source }: Written["events"]) {
  const said: Said["events"] = {
    ...{ id, date, kind, name: nameOf(name), series: series ?? null },
    source: sourceOf(source),
  };
  return { key: id, value: JSON.stringify(said) };
}

function crisis({ id, name, from, until, source }: Written["crises"]) {
  const said: Said["crises"] = {
    ...{ id, name: nameOf(name), from, until: until ?? null },
    source: sourceOf(source),
  };
  return { key: id, value: JSON.stringify(said) };
}
