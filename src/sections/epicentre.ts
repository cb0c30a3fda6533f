import type { Say } from "#src/domain/say.ts";
import type { Statement } from "#src/domain/statement.ts";
import type { Table } from "#src/domain/table.ts";
import { dropsOf } from "#src/sections/epicentre-drops.ts";
import { multipleOf } from "#src/sections/epicentre-multiple.ts";
import type { Part, Sector } from "#src/sections/epicentre-part.ts";
import { sellingOf } from "#src/sections/epicentre-selling.ts";
import { subindustriesOf } from "#src/sections/epicentre-subindustries.ts";
import { volatilityOf } from "#src/sections/epicentre-volatility.ts";
import { shortName, staleness } from "#src/sections/market.ts";
import {
  type Answers,
  type Draft,
  emptySection,
  type Section,
  type SectionContext,
  say,
} from "#src/sections/section.ts";
import { fitted } from "#src/sections/table-size.ts";

/** A sector in focus: its multiple, how it was sold, how wild it is, which of its parts lag, and whether its names fall without news. */
export function epicentre(context: SectionContext): Draft {
  const { epicentre: rule } = context.workspace;
  if (rule === null) return closed([]);
  const sector = context.panel.column(rule.sector);
  if (sector.dates.length < 2 || staleness(context, sector) !== null)
    return closed([say("epicentre.gap.stale", { name: shortName(sector.series) })]);
  return openDraft(context, {
    rule,
    sector,
    market: context.panel.column(rule.market),
    prefix: `epicentre.${rule.sector}`,
  });
}

/** A section that has nothing to ask. */
const closed = (gaps: readonly Say[]): Draft => ({ questions: [], page: () => bare(gaps) });

const bare = (gaps: readonly Say[]): Section => emptySection("epicentre", say("epicentre.none.claim"), gaps);

function openDraft(context: SectionContext, found: Sector): Draft {
  const multiple = multipleOf(context, found);
  const selling = sellingOf(context, found);
  const volatility = volatilityOf(context, found);
  const parts = subindustriesOf(context, found);
  const drops = dropsOf(context, found);
  const all = [multiple, selling, volatility, parts, drops];
  const paragraphs = [[multiple], [selling, volatility], [parts, drops]];
  return {
    questions: all.flatMap(({ questions }) => questions),
    page(answers) {
      const said = paragraphs.map((each) => saidOf(answers, each));
      return {
        ...bare(all.flatMap(({ gaps }) => gaps)),
        claim: leading(said.flat())?.claim ?? say("epicentre.none.claim"),
        words: said.map((each) => each.flatMap(({ text }) => text)).filter(({ length }) => length > 0),
        figures: all.flatMap(({ figures }) => figures),
        tables: fitted([...all.flatMap(({ tables }) => tables), ...measuresTable(found, all)]),
      };
    },
  };
}

const saidOf = (answers: Answers, parts: readonly Part[]): readonly Statement[] =>
  parts.flatMap(({ questions }) => questions.flatMap((question) => answers(question).statement ?? []));

/** Words that lead where they are earned, the strongest first. */
const leads = [
  "multiple.halved",
  "selling.violent",
  "volatility.soared",
  "drops.shoot-first",
  "multiple.below-half",
];

function leading(said: readonly Statement[]): Statement | undefined {
  const led = leads.flatMap((word) => said.find(({ id }) => id.endsWith(`.${word}`)) ?? []);
  return led[0] ?? said.toSorted((a, b) => a.tail.share - b.tail.share)[0];
}

/** Every measure with its z or its place in its own history. */
function measuresTable({ sector }: Sector, parts: readonly Part[]): readonly Table[] {
  const rows = parts.flatMap((part) => part.rows);
  if (rows.length === 0) return [];
  const head = (key: string, align: "left" | "right" = "right") => ({
    say: say(`epicentre.table.${key}`),
    align,
  });
  return [
    {
      id: "epicentre.measures",
      claim: say("epicentre.table.claim", { name: shortName(sector.series) }),
      unit: say("epicentre.table.unit"),
      head: [head("measure", "left"), head("value"), head("z"), head("percentile")],
      rows,
      notes: [say("epicentre.table.note"), ...parts.flatMap(({ notes }) => notes)],
      series: [...new Set([sector.series.id, ...parts.flatMap(({ series }) => series)])],
      size: "half",
    },
  ];
}
