import type { Fact } from "#src/domain/fact.ts";
import { countOf } from "#src/domain/quantity.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Cell, Row, Table } from "#src/domain/table.ts";
import { type Flow, type Group, recentWeeks } from "#src/sections/flow-data.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

type Places = Readonly<Record<string, Place>>;

/** The columns of a group's flows: the year, and before it the recent weeks for which some fund has a figure. */
function flowColumns(group: Group): readonly { readonly key: string; of(flow: Flow): Fact | undefined }[] {
  const recent = recentWeeks.map((weeks, i) => ({
    key: `weeks-${weeks}`,
    of: (flow: Flow) => flow.recent[i],
  }));
  return [
    ...recent.filter(({ of }) => group.funds.some((fund) => of(fund)?.value != null)),
    { key: "year", of: ({ fact }) => fact },
  ];
}

/** How many sessions or weeks there were, where all funds of the group have the same; otherwise that each has its own. */
function tableUnit(group: Group, places: Places): Say {
  if (group.funds.some(({ expected }) => expected !== group.expected))
    return say("flows.table.unit-own", places);
  return say(group.isWeekly ? "flows.table.unit-weekly" : "flows.table.unit", {
    ...places,
    expected: { fact: group.expectedFact.id },
  });
}

/** A group of one fund is a row of the gauges. */
export const hasFundTable = ({ funds }: Group): boolean => funds.length > 1;

const hasFigure = (group: Group): boolean =>
  [group, ...group.funds].some((flow) => [flow.fact, ...flow.recent].some(({ value }) => value !== null));

/** The sum of the year, else that of four weeks, else that there is none. */
function claimOf({ name, fact, recent }: Group): Say {
  const [four] = recent;
  const places = (v: Fact): Places => ({ name: { name }, v: { fact: v.id, signed: true } });
  if (fact.value !== null) return say("flows.table.claim.sum", places(fact));
  return four === undefined || four.value === null
    ? say("flows.table.claim.gap", { name: { name } })
    : say("flows.table.claim.recent", places(four));
}

/** Whether numbers as printed add up to another one than their sum as printed. */
function isApart(parts: readonly (Fact | undefined)[], total: Fact | undefined): boolean {
  const quanta = [...parts, total].map((fact) => fact?.quantum ?? null);
  const quantum = Math.min(...quanta.map((each) => each ?? Number.NaN));
  const sum = parts.reduce((all, fact) => all + printed(fact), 0);
  // Not a number where one is missing.
  return Math.abs(sum - printed(total)) > quantum / 2;
}

const printed = (fact: Fact | undefined): number =>
  typeof fact?.value === "number" && fact.quantum !== null
    ? countOf(fact.value, fact.quantum) * fact.quantum
    : Number.NaN;

/** The funds of one group, and their sum; none of a group that is one fund, nor without a single figure. */
export function fundTable({ facts }: SectionContext, group: Group, places: Places): readonly Table[] {
  if (!hasFundTable(group) || !hasFigure(group)) return [];
  const rate = group.isWeekly ? "weekly" : "daily";
  const head = (key: string, align: "left" | "right" = "right") => ({
    say: say(`flows.table.${key}`),
    align,
  });
  const there = (fund: Flow) =>
    facts.add({
      id: `flows.${fund.id}.sessions`,
      value: fund.measured.n,
      unit: "count",
      series: fund.fact.series,
      method: `G14 coverage: ${group.isWeekly ? "weeks" : "sessions"} with a flow since 1 January`,
    }).id;
  const columns = flowColumns(group);
  const cellsOf = (flow: Flow): readonly Cell[] =>
    columns.map(({ of }) => {
      const fact = of(flow);
      return fact === undefined ? null : { fact: fact.id };
    });
  const hasGap = [group, ...group.funds].some((flow) => columns.some(({ of }) => of(flow)?.value === null));
  const funds = group.funds.map(
    (fund): Row => ({
      head: say("page.name", { name: { name: fund.name } }),
      cells: [...cellsOf(fund), { fact: there(fund) }],
    }),
  );
  const total: Row = {
    head: say("flows.table.total"),
    cells: [...cellsOf(group), null],
    kind: "total",
  };
  return [
    {
      id: `flows.funds-${group.id}`,
      claim: claimOf(group),
      unit: tableUnit(group, places),
      head: [head("fund", "left"), ...columns.map(({ key }) => head(key)), head(`there-${rate}`)],
      rows: [...funds, total],
      notes: [
        ...(hasGap ? [say(`flows.table.note-${rate}`)] : []),
        ...(columns.some(({ of }) => isApart(group.funds.map(of), of(group)))
          ? [say("flows.table.rounded")]
          : []),
      ],
      series: group.fact.series,
      size: "half",
    },
  ];
}
