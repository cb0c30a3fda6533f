import type { Fact } from "#src/domain/fact.ts";
import type { LastIssue } from "#src/domain/issue.ts";
import type { Localised } from "#src/domain/locale.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { RankedStatement } from "#src/domain/statement.ts";
import type { Row, Table } from "#src/domain/table.ts";
import type { IsoDate } from "#src/domain/time.ts";
import {
  largestMoves,
  type Move,
  type StatementChanges,
  statementChanges,
} from "#src/sections/changes-data.ts";
import { type Section, type SectionContext, say } from "#src/sections/section.ts";
import { canSay } from "#src/statements/can-say.ts";

/** Percentiles whose moves are compared: the end of the fact's id, and the last part of its messages' keys. */
const compared: readonly (readonly [measure: RegExp, key: string])[] = [
  [/^headline\.[\w-]+\.percentile$/u, "level"],
  [/^regime\.[\w-]+\.rv20-percentile$/u, "volatility"],
  [/^surface\.[\w-]+\.names-rv20-percentile$/u, "names"],
  [/^surface\.[\w-]+\.dispersion-percentile$/u, "dispersion"],
  [/^surface\.[\w-]+\.correlation-percentile$/u, "correlation"],
  [/^surface\.[\w-]+\.implied-percentile$/u, "implied"],
  [/^regime\.conditions\.turbulence-percentile$/u, "turbulence"],
  [/^regime\.conditions\.correlation-surprise-percentile$/u, "surprise"],
  [/^regime\.conditions\.absorption-percentile$/u, "absorption"],
  [/^regime\.conditions\.appetite-percentile$/u, "appetite"],
];

const mostMoves = 4;
const mostStatements = 6;
const mostOnPageOne = 2;

/** The lines of page one about what has changed: how much, and what is turned round. */
export interface ChangesBlock {
  readonly title: Say;
  readonly lines: readonly { readonly now: Say; readonly before: Say | null }[];
}

/** The section, and what of it stands on page one. */
export interface Changes {
  readonly section: Section;
  readonly block: ChangesBlock | null;
}

/** What has changed since the last issue: statements new, turned round and no longer made, and the facts that moved most. */
export function changes(
  context: SectionContext,
  last: LastIssue,
  ranked: readonly RankedStatement[],
): Changes {
  const found = statementChanges(last.statements.filter(canSay), ranked);
  const isFirst = last.statements.length === 0 && last.facts.every(({ value }) => value === null);
  if (isFirst) return { section: bare("changes.first"), block: null };
  const counts = countsOf(context, last.asOf.date, found);
  const moves = largestMoves(last.facts, context.facts.all(), (fact) => keyOf(fact) !== null, mostMoves);
  const remembered = remember(context, last.facts);
  const isStill = Object.values(found).every(({ length }) => length === 0);
  const summary = say(isStill ? "changes.still" : "changes.counts", counts);
  return {
    section: {
      name: "changes",
      claim: summary,
      standfirst: null,
      words: [[say("changes.method", counts)]],
      figures: [],
      tables: [
        ...(isStill ? [] : [statementTable(found, counts, remembered)]),
        ...(moves.length > 0 ? [movesTable(context, moves, remembered)] : []),
      ],
      refusals: [],
      gaps: [],
    },
    block: { title: summary, lines: linesOf(found, remembered) },
  };
}

const bare = (key: string): Section => ({
  name: "changes",
  claim: say(`${key}.claim`),
  standfirst: null,
  words: [[say(`${key}.text`)]],
  figures: [],
  tables: [],
  refusals: [],
  gaps: [],
});

type Places = Readonly<Record<string, Place>>;

function countsOf({ facts }: SectionContext, date: IsoDate, found: StatementChanges): Places {
  const shared = { series: [], method: "statements of two issues" };
  const count = (id: string, value: number): Place => ({
    fact: facts.add({ ...shared, id: `changes.${id}`, value, unit: "count" }).id,
  });
  return {
    date: { fact: facts.add({ ...shared, id: "changes.since", value: date, unit: "date" }).id },
    fresh: count("new", found.fresh.length),
    reversed: count("reversed", found.reversed.length),
    changed: count("changed", found.changed.length),
    gone: count("gone", found.gone.length),
  };
}

/** Enters a fact of the last issue under an id of its own, as it was then. */
type Remember = (id: string) => Fact | null;

function remember({ facts }: SectionContext, earlier: readonly Fact[]): Remember {
  const byId = new Map(earlier.map((fact) => [fact.id, fact]));
  return (id) => {
    const name = `last.${id}`;
    const known = facts.get(name);
    const fact = byId.get(id);
    return known ?? (fact === undefined ? null : facts.keep({ ...fact, id: name }));
  };
}

/** What the last issue claimed, with its numbers of then. */
function thenOf({ claim }: RankedStatement, remembered: Remember): Say {
  const places = Object.entries(claim.places).map(([name, place]): readonly [string, Place] => {
    const fact = "fact" in place ? remembered(place.fact) : null;
    return [name, fact === null ? place : { ...place, fact: fact.id }];
  });
  return { key: claim.key, places: Object.fromEntries(places) };
}

const linesOf = (
  { reversed, changed, gone }: StatementChanges,
  remembered: Remember,
): ChangesBlock["lines"] =>
  [
    ...[...reversed, ...changed].map(({ now, before }) => ({
      now: now.claim,
      before: thenOf(before, remembered),
    })),
    ...gone.map((before) => ({ now: say("changes.kind.gone"), before: thenOf(before, remembered) })),
  ].slice(0, mostOnPageOne);

function statementTable(
  { fresh, reversed, changed, gone }: StatementChanges,
  counts: Places,
  remembered: Remember,
): Table {
  const row = (kind: string, now: RankedStatement | null, before: RankedStatement | null): Row => ({
    head: say(`changes.kind.${kind}`),
    cells: [
      now === null ? null : { say: now.claim },
      before === null ? null : { say: thenOf(before, remembered) },
    ],
  });
  const rows = [
    ...reversed.map(({ now, before }) => row("reversed", now, before)),
    ...changed.map(({ now, before }) => row("changed", now, before)),
    ...fresh.map((now) => row("new", now, null)),
    ...gone.map((before) => row("gone", null, before)),
  ];
  return {
    id: "changes.statements",
    claim: say("changes.table.claim"),
    unit: say("changes.table.unit", counts),
    head: ["kind", "now", "before"].map((key) => ({ say: say(`changes.table.${key}`), align: "left" })),
    rows: rows.slice(0, mostStatements),
    notes: rows.length > mostStatements ? [say("changes.table.more")] : [],
    series: [],
    size: "wide",
  };
}

const keyOf = ({ id }: Fact): string | null => compared.find(([measure]) => measure.test(id))?.[1] ?? null;

/** The name of what a fact is about: the second part of its id is a series or a pair. */
function nameOf({ workspace }: SectionContext, { id }: Fact): Localised {
  const subject = id.split(".")[1] ?? "";
  const series = workspace.catalogue.find((each) => each.id === subject);
  return series?.short ?? workspace.pairs[subject]?.short ?? { en: subject, "zh-CN": subject };
}

function movesTable(context: SectionContext, moves: readonly Move[], remembered: Remember): Table {
  const { facts } = context;
  const rows = moves.map((move): Row & { readonly places: Places } => {
    const places: Places = { name: { name: nameOf(context, move.now) } };
    const change = facts.add({
      id: `changes.moved.${move.now.id}`,
      value: move.change,
      unit: "points",
      quantum: 1,
      series: move.now.series,
      method: "change of a percentile since the last issue",
    });
    return {
      places,
      head: say(`changes.moved.${keyOf(move.now)}`, places),
      cells: [
        { fact: remembered(move.now.id)?.id ?? move.now.id },
        { fact: move.now.id },
        { fact: change.id, signed: true },
      ],
    };
  });
  const [first, move] = [rows[0], moves[0]];
  return {
    id: "changes.moved",
    claim: say(`changes.moved-claim.${move ? keyOf(move.now) : "level"}`, first?.places),
    unit: say("changes.moved.unit"),
    head: [
      { say: say("changes.moved.measure"), align: "left" },
      ...["before", "now", "change"].map((key) => ({
        say: say(`changes.moved.${key}`),
        align: "right" as const,
      })),
    ],
    rows: rows.map(({ head, cells }) => ({ head, cells })),
    notes: [],
    series: [...new Set(moves.flatMap(({ now }) => now.series))],
    size: "wide",
  };
}
