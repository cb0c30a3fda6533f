import { entriesOf, type Finding, shown, valueAt } from "#src/config/finding.ts";
import type { DeclaredKind } from "#src/domain/declared.ts";
import { didYouMean } from "#src/domain/nearest.ts";
import type { Kind } from "#src/domain/series.ts";
import { isIsoDate, parseInstant } from "#src/domain/time.ts";
import type { CatalogueSeries } from "#src/domain/workspace.ts";
import type { ListText } from "#src/sources/list-text.ts";

/** What entries of lists may name. */
export interface Known {
  readonly catalogue: readonly CatalogueSeries[];
  readonly baskets: Readonly<Record<string, unknown>>;
}

/** What no single value of a list shows. Every rule reads whatever could be read, and leaves faults of shape to the schema. */
export function declaredFindings(
  kind: DeclaredKind,
  raw: unknown,
  known: Known,
  { place }: ListText,
): readonly Finding[] {
  const entries = entriesOf(raw).map(([i, value]) => entryAt(i, value));
  const lineOf = ({ i }: RawEntry): string =>
    `line ${place({ path: [i], at: "value", expected: "" }).line ?? "?"}`;
  return [
    ...names(kind, entries, known),
    ...entries.flatMap(backwards),
    ...repeated(kind, entries, lineOf),
    ...(kind === "baskets" ? overlapping(entries, lineOf) : []),
  ];
}

/** An entry as it was written; texts alone, since anything else has been told of. */
interface RawEntry {
  readonly i: string | number;
  readonly at: (key: string) => string | null;
}

const entryAt = (i: string | number, value: unknown): RawEntry => ({
  i,
  at: (key) => {
    const found = valueAt(value, [key]);
    return typeof found === "string" ? found : null;
  },
});

const fault = ({ i }: RawEntry, key: string, found: string, expected: string): Finding => ({
  path: [i, key],
  at: "value",
  found,
  expected,
});

function names(kind: DeclaredKind, entries: readonly RawEntry[], known: Known): readonly Finding[] {
  if (kind === "crises") return [];
  const byId = new Map(known.catalogue.map((series) => [series.id, series]));
  if (kind === "events") return entries.flatMap((entry) => unknown(entry, "series", [...byId.keys()]));
  return entries.flatMap((entry) => [
    ...unknown(entry, "basket", Object.keys(known.baskets)),
    ...unknown(entry, "member", [...byId.keys()]),
    ...untraded(entry, byId.get(entry.at("member") ?? "")),
  ]);
}

function unknown(entry: RawEntry, key: string, names: readonly string[]): readonly Finding[] {
  const name = entry.at(key);
  if (name === null || names.includes(name)) return [];
  const what = key === "basket" ? "basket" : "series";
  return [fault(entry, key, shown(name), `the id of a ${what} of this workspace${didYouMean(name, names)}`)];
}

/** Kinds whose changes are relative, and hence add up across members. */
const priced: readonly Kind[] = ["price", "total-return", "level", "fx"];

function untraded(entry: RawEntry, series: CatalogueSeries | undefined): readonly Finding[] {
  if (series === undefined) return [];
  const { id, kind, staleAfter } = series;
  if (!priced.includes(kind))
    return [fault(entry, "member", `${shown(id)} of kind ${kind}`, `a series of kind ${priced.join(", ")}`)];
  if (staleAfter === null) return [];
  const found = `${shown(id)}, whose values stand for ${staleAfter} days`;
  return [fault(entry, "member", found, "a series with a value each session")];
}

function backwards(entry: RawEntry): readonly Finding[] {
  const [from, until] = [entry.at("from"), entry.at("until")];
  if (from === null || until === null || !isIsoDate(from) || !isIsoDate(until) || from <= until) return [];
  return [fault(entry, "until", shown(until), `a day not before ${from}, the first`)];
}

type LineOf = (entry: RawEntry) => string;

/** What an entry is about: all that say something of it are told apart by their known-at. */
const keysOf = { baskets: ["basket", "member", "from"], events: ["id"], crises: ["id"] } as const;

function repeated(kind: DeclaredKind, entries: readonly RawEntry[], lineOf: LineOf): readonly Finding[] {
  const seen = new Map<string, RawEntry>();
  const keys = keysOf[kind];
  return entries.flatMap((entry): readonly Finding[] => {
    const parts = keys.map(entry.at);
    if (parts.includes(null)) return [];
    const key = JSON.stringify([...parts, momentOf(entry)]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, entry);
    if (first === undefined) return [];
    const found = `${parts.join(" ")} a second time, as on ${lineOf(first)}`;
    return [fault(entry, keys[0], found, "each once, or a known_at that tells the revisions apart")];
  });
}

const momentOf = (entry: RawEntry): number =>
  parseInstant(entry.at("known_at") ?? "") ?? Number.NEGATIVE_INFINITY;

/** Memberships of one series in one basket, as their last revisions have them, that share a day. */
function overlapping(entries: readonly RawEntry[], lineOf: LineOf): readonly Finding[] {
  const whole = entries.filter(
    ({ at }) => at("basket") !== null && at("member") !== null && isIsoDate(at("from") ?? ""),
  );
  const byMember = Map.groupBy(whole, ({ at }) => JSON.stringify([at("basket"), at("member")]));
  return [...byMember.values()].flatMap((own) => {
    const last = new Map<string | null, RawEntry>();
    for (const entry of own.toSorted((a, b) => momentOf(a) - momentOf(b) || 0))
      last.set(entry.at("from"), entry);
    const inOrder = [...last.values()].toSorted((a, b) =>
      (a.at("from") ?? "") < (b.at("from") ?? "") ? -1 : 1,
    );
    return inOrder.slice(1).flatMap((entry, i): readonly Finding[] => {
      const before = inOrder[i];
      const until = before?.at("until") ?? null;
      if (before === undefined || (until !== null && until < (entry.at("from") ?? ""))) return [];
      const expected =
        until === null
          ? `an until for the membership of ${lineOf(before)}, which has no end yet`
          : `a day after ${until}, to which the membership of ${lineOf(before)} lasts`;
      return [fault(entry, "from", shown(entry.at("from")), expected)];
    });
  });
}
