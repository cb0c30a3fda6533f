import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from "yaml";
import type { Finding } from "#src/config/finding.ts";
import type { Problem } from "#src/domain/errors.ts";

/** A YAML text that was read: its values, what is wrong with it as YAML, and where each finding lies. */
export interface ConfigDocument {
  /** Plain values; `undefined` where the text is too broken to have any. */
  readonly values: unknown;
  readonly problems: readonly Problem[];
  place(finding: Finding): Problem;
}

/**
 * Reads a YAML text. Duplicate keys are problems, but the rest is still read, so that all problems show at once.
 *
 * @param schema  `failsafe` leaves every value the text that was written: 4.10 and 0x10 are no numbers yet
 */
export function readDocument(
  file: string,
  text: string,
  schema: "core" | "failsafe" = "core",
): ConfigDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const faults = [...document.errors, ...document.warnings];
  const problems = faults.map((fault): Problem => ({ ...at(fault.pos[0]), ...syntaxFault(fault, text) }));
  const { values, fault } = plainValues(document);
  const alias = fault === null ? undefined : brokenAlias(document);
  const root = document.contents;
  const resolve = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
  return {
    values,
    problems:
      fault === null
        ? problems
        : [...problems, { ...at(alias ?? 0), expected: `YAML that can be read: ${fault}` }],
    place: ({ path, at: on, found, expected }) => ({
      ...at(startOf(root, path, on, resolve)),
      ...(found === undefined ? {} : { found }),
      expected,
    }),
  };
}

/** An alias of nothing, or aliases that unfold without end, show only here. */
function plainValues(document: Document.Parsed): { values: unknown; fault: string | null } {
  if (document.errors.some((error) => error.code !== "DUPLICATE_KEY"))
    return { values: undefined, fault: null };
  try {
    return { values: document.toJS() ?? {}, fault: null };
  } catch (error) {
    return { values: undefined, fault: (error as Error).message };
  }
}

/** Offset of the first alias whose anchor is not there. */
function brokenAlias(document: Document.Parsed): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Alias(_, node) {
      if (node.resolve(document) !== undefined) return undefined;
      offset = node.range?.[0];
      return visit.BREAK;
    },
  });
  return offset;
}

function syntaxFault(
  fault: { code: string; message: string; pos: [number, number] },
  text: string,
): Pick<Problem, "found" | "expected"> {
  if (fault.code !== "DUPLICATE_KEY") return { expected: `YAML that can be read: ${fault.message}` };
  const key = /^[^\s:]+/.exec(text.slice(fault.pos[0]))?.[0] ?? "a key";
  return { found: `${key} a second time`, expected: "each key once" };
}

/** Offset of what a path leads to, or of the nearest thing around it that exists. */
function startOf(
  root: unknown,
  path: readonly PropertyKey[],
  on: Finding["at"],
  resolve: (node: unknown) => unknown,
): number {
  let offset = rangeStart(root) ?? 0;
  let node = resolve(root);
  for (const [i, step] of path.entries()) {
    const found = child(node, step);
    if (found === null) return offset;
    const isTarget = i === path.length - 1;
    const key = rangeStart(found.key);
    const value = rangeStart(found.value);
    offset = (isTarget && on === "value" ? value : key) ?? value ?? key ?? offset;
    node = resolve(found.value);
  }
  return offset;
}

function child(node: unknown, step: PropertyKey): { key: unknown; value: unknown } | null {
  if (isSeq(node)) {
    const item: unknown = node.items[Number(step)];
    return item === undefined ? null : { key: item, value: item };
  }
  if (!isMap(node)) return null;
  return node.items.findLast((pair: Pair) => keyOf(pair.key) === String(step)) ?? null;
}

const keyOf = (key: unknown): string => String(isScalar(key) ? key.value : key);

/** A key without a value has an empty node; its place is the key's. */
function rangeStart(node: unknown): number | undefined {
  const range = (node as Node | null | undefined)?.range;
  return range && range[0] < range[2] ? range[0] : undefined;
}
