import { cumulativeLines } from "#src/charts/cumulative-lines.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Currency } from "#src/domain/quantity.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Refusal } from "#src/domain/statement.ts";
import type { Cell, Row, Table } from "#src/domain/table.ts";
import {
  cumulativePath,
  type Flow,
  flowSpan,
  type Group,
  measureGroup,
  recentWeeks,
  type Span,
} from "#src/sections/flow-data.ts";
import { shareQuestion } from "#src/sections/flow-share.ts";
import { type Draft, type Section, type SectionContext, say } from "#src/sections/section.ts";

/** Cumulative flows since 1 January, and who drew the marginal dollar, or why nobody can say. */
export function flows(context: SectionContext): Draft {
  const { groups, compare } = context.workspace.flows;
  const span = flowSpan(context);
  const measured = Object.entries(groups).map(([id, group]) => measureGroup(context, id, group, span));
  const chosen = measured.filter((group) => compare.flat().includes(group.id));
  const compared = chosen.flatMap(comparable);
  if (measured.every((group) => group.expected === 0)) return { questions: [], page: early };
  const due = dueFact(context, span);
  const question = shareQuestion(context, chosen, compared, due);
  const gaps = measured.filter((group) => group.fact.value === null);
  const shared: Places = {
    due: { fact: due.id },
    money: { term: `money.${compared[0]?.fact.unit ?? "USD"}` },
  };
  return {
    questions: [question],
    page(answers) {
      const { statement } = answers(question);
      return {
        name: "flows",
        claim: statement?.claim ?? say("flows.none.claim"),
        standfirst: null,
        words: [
          untold(compared, statement?.text ?? []).map((flow) => sentence(flow, shared)),
          statement?.text ?? [],
        ].filter(({ length }) => length > 0),
        figures: compared.length > 0 ? [figure(compared, span, shared)] : [],
        tables: measured.map((group) => table(context, group, shared)),
        refusals: gaps.map(groupRefusal),
        gaps: gaps.map((group) => gapOf(context, group)),
      };
    },
  };
}

/** Flows that the statement does not give by number. */
function untold(compared: readonly Flow[], text: readonly Say[]): readonly Flow[] {
  const places = text.flatMap((each) => Object.values(each.places));
  const told = new Set(places.flatMap((place) => ("fact" in place ? [place.fact] : [])));
  return compared.filter((flow) => !told.has(flow.fact.id));
}

type Places = Readonly<Record<string, Place>>;

/** In the first days of a year no flow is due yet: that is no gap. */
const early = (): Section => ({
  name: "flows",
  claim: say("flows.early.claim"),
  standfirst: null,
  words: [[say("flows.early.text")]],
  figures: [],
  tables: [],
  refusals: [],
  gaps: [],
});

/** The day through which flows count. */
const dueFact = ({ facts }: SectionContext, { start, due }: Span): Fact =>
  facts.add({
    id: "flows.due",
    value: due,
    unit: "date",
    series: [],
    method: "H2 span",
    window: { start, end: due, n: 1 },
  });

/** The group where all its funds are covered; otherwise each fund that is. */
const comparable = (group: Group): readonly Flow[] =>
  group.fact.value !== null ? [group] : group.funds.filter((fund) => fund.fact.value !== null);

const sentence = (flow: Flow, places: Places): Say =>
  say(`flows.year.${flow.fact.state}`, { ...places, name: { name: flow.name }, v: { fact: flow.fact.id } });

const groupRefusal = (group: Group): Refusal => ({
  id: `flows.${group.id}.total`,
  word: "total of the group",
  section: "flows",
  reasons: group.measured.reasons,
  instead: null,
});

function gapOf({ facts }: SectionContext, group: Group): Say {
  const missing = group.funds.filter((fund) => fund.fact.value === null);
  const count = (id: string, value: number): Place => ({
    fact: facts.add({
      id: `flows.${group.id}.${id}`,
      value,
      unit: "count",
      series: group.fact.series,
      method: "G14 coverage",
    }).id,
  });
  return say("flows.gap", {
    name: { name: group.name },
    missing: count("funds-missing", missing.length),
    all: count("funds", group.funds.length),
  });
}

/** The largest and the smallest, by name and number. */
function ends(compared: readonly Flow[]): Say {
  const sorted = compared.toSorted((a, b) => (b.measured.value ?? 0) - (a.measured.value ?? 0));
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return say("flows.none.claim");
  const places = {
    first: { name: first.name },
    v: { fact: first.fact.id, signed: true },
    last: { name: last.name },
    w: { fact: last.fact.id, signed: true },
  };
  return say(first === last ? "flows.figure.claim-one" : "flows.figure.claim-many", places);
}

function figure(compared: readonly Flow[], span: Span, places: Places): Figure {
  return {
    id: "flows.cumulative",
    claim: ends(compared),
    unit: say("flows.figure.unit", places),
    alt: say("flows.figure.alt", places),
    notes: [say("flows.figure.note")],
    series: compared.flatMap((flow) => flow.fact.series),
    size: "beside",
    spec: (words) =>
      cumulativeLines(
        {
          size: "beside",
          heightMm: 50,
          lines: compared.map((flow) => ({
            name: words.name(flow.name),
            label: words.fact(flow.fact.id, "signed"),
            points: cumulativePath(flow, span),
          })),
          unit: (compared[0]?.fact.unit ?? "USD") as Currency,
        },
        words,
      ),
  };
}

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

/** How many sessions there were, where all funds of the group have the same; otherwise that each has its own. */
function tableUnit(facts: SectionContext["facts"], group: Group, places: Places): Say {
  if (group.funds.some(({ expected }) => expected !== group.expected))
    return say("flows.table.unit-own", places);
  const expected = facts.add({
    id: `flows.${group.id}.expected`,
    value: group.expected,
    unit: "count",
    series: group.fact.series,
    method: "H2 span: sessions due",
  });
  return say("flows.table.unit", { ...places, expected: { fact: expected.id } });
}

/** The funds of one group, and their sum. */
function table({ facts }: SectionContext, group: Group, places: Places): Table {
  const head = (key: string, align: "left" | "right" = "right") => ({
    say: say(`flows.table.${key}`),
    align,
  });
  const sessions = (fund: Flow) =>
    facts.add({
      id: `flows.${fund.id}.sessions`,
      value: fund.measured.n,
      unit: "count",
      series: fund.fact.series,
      method: "G14 coverage: sessions with a flow since 1 January",
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
      cells: [...cellsOf(fund), { fact: sessions(fund) }],
    }),
  );
  const total: Row = {
    head: say("flows.table.total"),
    cells: [...cellsOf(group), null],
    kind: "total",
  };
  return {
    id: `flows.funds-${group.id}`,
    claim: say(`flows.table.claim.${group.fact.value === null ? "gap" : "sum"}`, {
      name: { name: group.name },
      v: { fact: group.fact.id, signed: true },
    }),
    unit: tableUnit(facts, group, places),
    head: [head("fund", "left"), ...columns.map(({ key }) => head(key)), head("sessions")],
    rows: [...funds, total],
    notes: hasGap ? [say("flows.table.note")] : [],
    series: group.fact.series,
    size: "half",
  };
}
