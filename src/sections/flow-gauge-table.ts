import type { Fact } from "#src/domain/fact.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Cell, Row, Table } from "#src/domain/table.ts";
import { hasFundTable } from "#src/sections/flow-fund-table.ts";
import type { Gauges } from "#src/sections/flow-gauges.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

interface GaugeColumn {
  readonly key: string;
  of(gauges: Gauges): Fact | undefined;
}

const sums: readonly GaugeColumn[] = [
  { key: "weeks-13", of: ({ group }) => group.recent[1] },
  { key: "year", of: ({ group }) => group.fact },
];

const columns = (annualised: boolean): readonly GaugeColumn[] => [
  { key: annualised ? "assets-annual" : "assets", of: ({ assets }) => assets?.recent },
  { key: "assets-year", of: ({ assets }) => assets?.year },
  { key: "z", of: ({ size }) => size.z },
  { key: "pace", of: ({ pace }) => pace.acceleration },
  { key: "share", of: ({ rotation }) => rotation.share },
  { key: "change", of: ({ rotation }) => rotation.change },
];

const isKnown = (fact: Fact | undefined): boolean => fact !== undefined && fact.value !== null;
const isFirst = (value: unknown, i: number, all: readonly unknown[]): boolean => all.indexOf(value) === i;

/**
 * One row a group: its flow of four weeks, and what it is beside its assets, its history and the others; its other sums where
 * no table of funds has them. Columns without a number are left out; `null` where only the flow itself would be left.
 */
export function gaugeTable(context: SectionContext, all: readonly Gauges[], money: Place): Table | null {
  const { annualised } = context.workspace.flows;
  const isOwn = !all.every(({ group }) => hasFundTable(group));
  const shown = [...(isOwn ? sums : []), ...columns(annualised)].filter(({ of }) =>
    all.some((each) => isKnown(of(each))),
  );
  if (shown.length === 0) return null;
  const dues = all.map(({ due }) => due.value).filter(isFirst);
  const hasState = all.some(({ rotation }) => rotation.state !== null);
  const head = (key: string, align: "left" | "right" = "right") => ({
    say: say(`flows.gauges.${key}`),
    align,
  });
  const [first] = all;
  const places = { money, ...(first ? { due: { fact: first.due.id } } : {}) };
  return {
    id: "flows.gauges",
    claim: extremes(all),
    unit: say(dues.length > 1 ? "flows.gauges.unit-own" : "flows.gauges.unit", places),
    head: [
      head("group", "left"),
      ...(dues.length > 1 ? [head("due")] : []),
      head("four-weeks"),
      ...shown.map(({ key }) => head(key)),
      ...(isOwn ? [head("reported", "left")] : []),
      ...(hasState ? [head("state", "left")] : []),
    ],
    rows: all.map((each): Row => {
      const cells = [each.four, ...shown.map(({ of }) => of(each))];
      return {
        head: say("page.name", { name: { name: each.group.name } }),
        cells: [
          ...(dues.length > 1 ? [{ fact: each.due.id }] : []),
          ...cells.map((fact): Cell => (fact === undefined ? null : { fact: fact.id })),
          ...(isOwn ? [reportedCell(context, each)] : []),
          ...(hasState ? [stateCell(each)] : []),
        ],
      };
    }),
    notes: [...notesOf(all, shown), ...(isOwn ? [say("flows.gauges.note.reported")] : [])],
    series: all.flatMap(({ group }) => group.fact.series),
    size: "wide",
  };
}

/** Of how many sessions or weeks of the year there is a flow. */
function reportedCell({ facts }: SectionContext, { group }: Gauges): Cell {
  const n = facts.add({
    id: `flows.${group.id}.reported`,
    value: group.measured.n,
    unit: "count",
    series: group.fact.series,
    method: "G14 coverage",
  });
  return {
    say: say("flows.gauges.reported-of", { n: { fact: n.id }, expected: { fact: group.expectedFact.id } }),
  };
}

const stateCell = ({ rotation }: Gauges): Cell =>
  rotation.state === null ? null : { say: say(`flows.state.${rotation.state}`) };

/** What the columns are, and what a dash stands for. */
function notesOf(all: readonly Gauges[], shown: readonly GaugeColumn[]): readonly Say[] {
  const keys = new Set(shown.map(({ key }) => key));
  const isGross = all.some(({ rotation }) => rotation.basis === "gross");
  const hasGap = all.some((each) => shown.some(({ of }) => !isKnown(of(each))));
  return [
    ...["assets", "assets-annual"]
      .filter((key) => keys.has(key))
      .map((key) => say(`flows.gauges.note.${key}`)),
    ...(keys.has("z") ? [say("flows.gauges.note.z")] : []),
    ...(keys.has("pace") ? [say("flows.gauges.note.pace")] : []),
    ...(keys.has("share") ? [say(`flows.gauges.note.share-${isGross ? "gross" : "net"}`)] : []),
    ...(hasGap ? [say("flows.gauges.note.gap")] : []),
  ];
}

/** The largest and the smallest flow of four weeks. */
function extremes(all: readonly Gauges[]): Say {
  const sorted = all.toSorted((a, b) => Number(b.four.value) - Number(a.four.value));
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return say("flows.none.claim");
  const places = {
    first: { name: first.group.name },
    v: { fact: first.four.id, signed: true },
    last: { name: last.group.name },
    w: { fact: last.four.id, signed: true },
  };
  return say(first === last ? "flows.gauges.claim-one" : "flows.gauges.claim-many", places);
}
