import { basketOf } from "#src/domain/basket.ts";
import type {
  Basket,
  Declared,
  DeclaredKind,
  GivenList,
  Membership,
  Said,
  Told,
} from "#src/domain/declared.ts";
import type { Entry, RememberedEntry } from "#src/domain/entry.ts";
import { latestOf } from "#src/domain/latest.ts";
import type { Localised } from "#src/domain/locale.ts";
import { addDays, beginningOf, type Instant } from "#src/domain/time.ts";

/** What the declared lists are made from. */
export interface DeclaredInput {
  readonly given: readonly GivenList[];
  readonly cutoff: Instant;
  /** Until when later records count of what could be read at the cut-off; the cut-off unless given. */
  readonly knowledge?: Instant;
  /** SHA-256 of a text, in hexadecimal. */
  readonly digest: (text: string) => string;
}

/**
 * The lists as they could be read at the cut-off, as `asOfPanel` has the series: an entry counts when its known-at is at or
 * before it, of several for one thing the latest known, and what becomes known later changes nothing here.
 *
 * Without a known-at a membership and an open window are taken as known from the beginning of their first day, and a window
 * that is over from the day after its last, since nobody knows before that it ends. The end of a membership, too, is taken as
 * known when it has come. Events always say when they were known.
 */
export function declaredAsOf({ given, cutoff, knowledge = cutoff, digest }: DeclaredInput): Declared {
  const at = <Kind extends DeclaredKind>(kind: Kind): readonly Counted<Said[Kind]>[] =>
    counted<Said[Kind]>(given.find((each) => each.kind === kind)?.entries ?? [], {
      assumedFor: assumed[kind],
      cutoff,
      knowledge,
    });
  const [memberships, events, crises] = [
    at("baskets").map((each) => openUntilItEnds(each, cutoff)),
    at("events"),
    at("crises"),
  ];
  const rows: Readonly<Record<DeclaredKind, readonly Counted<unknown>[]>> = {
    baskets: memberships,
    events,
    crises,
  };
  return {
    baskets: basketsOf(memberships, cutoff),
    events: events.map(told).toSorted((a, b) => order(a.date, b.date) || order(a.id, b.id)),
    crises: crises.map(told).toSorted((a, b) => order(a.from, b.from) || order(a.id, b.id)),
    lists: given.map(({ kind, gap }) => ({
      kind,
      gap: rows[kind].length > 0 ? null : gap === null || gap === "no-rows" ? "not-yet-known" : gap,
      digest: digest(canonicalRows(rows[kind])),
    })),
  };
}

/** When an entry without known-at is taken as known. */
const assumed: { readonly [Kind in DeclaredKind]: (said: Said[Kind]) => Instant } = {
  baskets: ({ from }) => beginningOf(from),
  events: ({ date }) => beginningOf(addDays(date, 1)),
  crises: ({ from, until }) => beginningOf(until === null ? from : addDays(until, 1)),
};

const order = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** An entry that counts. */
interface Counted<Content> {
  readonly said: Content;
  readonly knownAt: Instant;
  readonly assumed: boolean;
  readonly firstKnownAt: Instant;
}

function counted<Content>(
  entries: readonly (Entry | RememberedEntry)[],
  {
    assumedFor,
    cutoff,
    knowledge,
  }: {
    readonly assumedFor: (said: Content) => Instant;
    readonly cutoff: Instant;
    readonly knowledge: Instant;
  },
): readonly Counted<Content>[] {
  const read = (text: string): Content => JSON.parse(text) as Content;
  return [...Map.groupBy(entries, ({ key }) => key).values()].flatMap((rows) => {
    // The rule serves the first that was given of each: what corrects it is read from when it was recorded.
    const first = rows.find(({ knownAt, value }) => knownAt === null && value !== null)?.value ?? null;
    const readable = first === null ? Number.NEGATIVE_INFINITY : assumedFor(read(first));
    const latest = latestOf(rows, () => readable, cutoff, knowledge);
    if (latest === null || latest.row.value === null) return [];
    const begun = rows.filter(isFirst).map(({ knownAt }) => knownAt ?? readable);
    const firstKnownAt = Math.min(...begun);
    // What is told again is no better known from its beginning.
    const assumed = latest.assumed || (first !== null && firstKnownAt === readable);
    return [{ said: read(latest.row.value), knownAt: latest.effective, assumed, firstKnownAt }];
  });
}

const isFirst = (row: Entry | RememberedEntry): boolean => !("recordedAt" in row) || row.recordedAt === null;

/** A membership whose end is yet to come, and was announced by nobody, has none yet. */
function openUntilItEnds(each: Counted<Said["baskets"]>, cutoff: Instant): Counted<Said["baskets"]> {
  const { until } = each.said;
  const isToCome = each.assumed && until !== null && beginningOf(addDays(until, 1)) > cutoff;
  return isToCome ? { ...each, said: { ...each.said, until: null } } : each;
}

const told = <Content extends { readonly source: Localised | null }>({
  said,
  knownAt,
  assumed,
}: Counted<Content>): Content & Told => ({ ...said, knownAt, assumed });

/** What counted, an entry a line: the same text for the same entries, whatever file they came from. */
const canonicalRows = (rows: readonly Counted<unknown>[]): string =>
  rows
    .map(({ said, knownAt, assumed }) => `${JSON.stringify(said)},${knownAt}${assumed ? ",assumed" : ""}\n`)
    .toSorted()
    .join("");

function basketsOf(
  rows: readonly Counted<Said["baskets"]>[],
  cutoff: Instant,
): Readonly<Record<string, Basket>> {
  const byBasket = Map.groupBy(rows, ({ said }) => said.basket);
  return Object.fromEntries(
    [...byBasket]
      .toSorted(([a], [b]) => order(a, b))
      .map(([id, own]) => {
        const memberships = own
          .map(membershipOf)
          .toSorted((a, b) => order(a.from, b.from) || order(a.member, b.member));
        return [id, basketOf(id, memberships, cutoff)];
      }),
  );
}

const membershipOf = ({
  said: { basket: _, ...said },
  ...moments
}: Counted<Said["baskets"]>): Membership => ({ ...said, ...moments });
