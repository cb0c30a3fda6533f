import { cumulativeLines } from "#src/charts/cumulative-lines.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Currency } from "#src/domain/quantity.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Refusal, Statement } from "#src/domain/statement.ts";
import type { Row, Table } from "#src/domain/table.ts";
import type { FlowSpan } from "#src/metrics/cumulative-flow.ts";
import { cumulativePath, type Flow, flowSpan, type Group, measureGroup } from "#src/sections/flow-data.ts";
import { shareFinding } from "#src/sections/flow-share.ts";
import { type Section, type SectionContext, say } from "#src/sections/section.ts";

/** Cumulative flows since 1 January, and who drew the marginal dollar, or why nobody can say. */
export function flows(context: SectionContext): Section {
  const { groups, compare } = context.workspace.flows;
  const span = flowSpan(context);
  const measured = Object.entries(groups).map(([id, group]) => measureGroup(context, id, group, span));
  const chosen = measured.filter((group) => compare.includes(group.id));
  const compared = chosen.flatMap(comparable);
  const { statement, refusal } = shareFinding(context, chosen, compared);
  const gaps = measured.filter((group) => group.fact.value === null);
  const shared = sharedPlaces(context, span);
  return {
    name: "flows",
    claim: statement.claim,
    standfirst: null,
    words: [compared.map((flow) => sentence(flow, shared)), statement.text].filter(
      ({ length }) => length > 0,
    ),
    figures: compared.length > 0 ? [figure(compared, statement, span, shared)] : [],
    tables: measured.length > 0 ? [table(context, measured, shared)] : [],
    statements: [statement],
    refusals: [...(refusal ? [refusal] : []), ...gaps.map(groupRefusal)],
    gaps: gaps.map((group) => gapOf(context, group)),
  };
}

type Places = Readonly<Record<string, Place>>;

/** The day through which flows count, and the sessions due until then. */
function sharedPlaces({ facts }: SectionContext, { start, due, expected }: FlowSpan): Places {
  const common = { series: [], method: "H2 span", window: { start, end: due, n: expected } };
  return {
    due: { fact: facts.add({ ...common, id: "flows.due", value: due, unit: "date" }).id },
    expected: { fact: facts.add({ ...common, id: "flows.expected", value: expected, unit: "count" }).id },
  };
}

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

function figure(compared: readonly Flow[], statement: Statement, span: FlowSpan, places: Places): Figure {
  return {
    id: "flows.cumulative",
    claim: statement.claim,
    unit: say("flows.figure.unit"),
    alt: say("flows.figure.alt", places),
    notes: [],
    series: compared.flatMap((flow) => flow.fact.series),
    size: "beside",
    spec: (words) =>
      cumulativeLines(
        {
          size: "beside",
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

function table({ facts }: SectionContext, groups: readonly Group[], places: Places): Table {
  const head = (key: string, align: "left" | "right" = "right") => ({
    say: say(`flows.table.${key}`),
    align,
  });
  const sessions = (fund: Flow) =>
    facts.add({
      id: `flows.${fund.id}.sessions`,
      value: fund.measured.n,
      unit: "count",
      series: [fund.id],
      method: "G14 coverage: sessions with a flow since 1 January",
    }).id;
  const rows = groups.flatMap((group): Row[] => [
    ...group.funds.map((fund) => ({
      head: say("page.name", { name: { name: fund.columns[0]?.series.name ?? fund.name } }),
      cells: [{ fact: fund.fact.id }, { fact: sessions(fund) }],
    })),
    {
      head: say("page.name", { name: { name: group.name } }),
      cells: [{ fact: group.fact.id }, null],
      kind: "total",
    },
  ]);
  return {
    id: "flows.funds",
    claim: say("flows.table.claim"),
    unit: say("flows.table.unit", places),
    head: [head("fund", "left"), head("year"), head("sessions")],
    rows,
    notes: [say("flows.table.note")],
    series: groups.flatMap((group) => group.fact.series),
  };
}
