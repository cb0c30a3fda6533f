import type { QualityFinding } from "#src/domain/quality.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Row, Table } from "#src/domain/table.ts";
import { type IsoDate, weekday } from "#src/domain/time.ts";
import { type SectionContext, say } from "#src/sections/section.ts";

/** What the list of sources says of the data's quality: a sentence, and a table where something was found. */
export interface DataQuality {
  readonly words: readonly Say[];
  readonly tables: readonly Table[];
}

/** What the gates found in the data of this issue, and what was done: one row a series and kind of finding. */
export function dataQuality(context: SectionContext): DataQuality {
  const { known, findings } = context;
  const inspected = known.columns.filter(({ gap }) => gap === null || gap === "set-aside");
  const ids = inspected.map(({ series }) => series.id);
  const count = (id: string, value: number): Place => {
    const fact = context.facts.add({
      id: `quality.${id}`,
      value,
      unit: "count",
      series: ids,
      method: "gates on the data",
    });
    return { fact: fact.id };
  };
  const n = count("series", ids.length);
  if (findings.length === 0) return { words: [say("sources.quality.none", { n })], tables: [] };
  const places = {
    n,
    found: count("found", new Set(findings.map(({ series }) => series)).size),
    aside: count("aside", asideOf(findings)),
  };
  return { words: [say("sources.quality.found", places)], tables: [table(context, places)] };
}

/** Observations that do not count. */
function asideOf(findings: readonly QualityFinding[]): number {
  const aside = findings.filter(({ accepted }) => accepted === null).flatMap(({ suspects }) => suspects);
  return new Set(aside.flatMap(({ series, days }) => days.map((day) => `${series} ${day}`))).size;
}

function table(context: SectionContext, places: Readonly<Record<string, Place>>): Table {
  const groups = Map.groupBy(context.findings, (finding) => keyOf(finding));
  const head = (key: string, align: "left" | "right" = "left") => ({
    say: say(`sources.quality.table.${key}`),
    align,
  });
  const accepted = new Map(
    context.findings.flatMap((each) => (each.accepted === null ? [] : [[each.accepted, each] as const])),
  );
  return {
    id: "sources.quality",
    claim: say("sources.quality.table.claim", places),
    unit: say("sources.quality.table.unit"),
    head: [
      head("series"),
      head("finding"),
      head("from", "right"),
      head("to", "right"),
      head("days", "right"),
      head("treatment"),
    ],
    rows: [...groups].map(([key, findings]) => row(context, key, findings)),
    notes: [...accepted].map(([{ by, because }, { series }]) =>
      say("sources.quality.note", {
        name: nameOf(context, series),
        who: { name: by },
        because: { name: because },
      }),
    ),
    series: [],
    size: "wide",
  };
}

/** Findings that make one row: of one series, of one kind, and accepted by nobody or by one rule. */
function keyOf({ series, symptom, other, from, accepted }: QualityFinding): string {
  const kind = symptom === "weekday" ? `weekday-${weekday(from)}` : symptom;
  return [
    series,
    kind,
    ...(other === null ? [] : [other]),
    ...(accepted === null ? [] : ["accepted", accepted.from, accepted.to]),
  ].join(".");
}

function row(context: SectionContext, key: string, findings: readonly QualityFinding[]): Row {
  const [first] = findings;
  if (first === undefined) throw new RangeError(`no finding of ${key}`);
  const { series, symptom, other, from, accepted } = first;
  const own = findings.flatMap(({ suspects }) => suspects).filter((each) => each.series === series);
  // Of a break the days before it, of a gap those that are missing.
  const days = new Set(own.flatMap((each) => each.days));
  const span = days.size > 0 ? [...days] : findings.flatMap((each) => [each.from, each.to]);
  const [start, end] = [least(span), most(span)];
  const n = days.size > 0 ? days.size : findings.reduce((sum, each) => sum + each.n, 0);
  const fact = (name: string, value: number | string, unit: "date" | "count") =>
    context.facts.add({
      id: `quality.${key}.${name}`,
      value,
      unit,
      series: other === null ? [series] : [series, other],
      method: first.gate,
      window: { start, end, n },
    }).id;
  const kind = symptom === "weekday" ? `weekday-${weekday(from)}` : symptom;
  return {
    head: say("page.name", { name: { name: context.known.column(series).series.name } }),
    cells: [
      {
        say: say(`sources.quality.finding.${kind}`, other === null ? {} : { other: nameOf(context, other) }),
      },
      { fact: fact("from", start, "date") },
      { fact: fact("to", end, "date") },
      { fact: fact("days", n, "count") },
      {
        say:
          accepted === null
            ? say(`sources.quality.treatment.${treatmentOf(first)}`)
            : say("sources.quality.treatment.accepted", { who: { name: accepted.by } }),
      },
    ],
  };
}

const treatmentOf = ({ symptom }: QualityFinding): "noted" | "earlier" | "aside" =>
  symptom === "weekday" || symptom === "session" ? "noted" : symptom === "seam" ? "earlier" : "aside";

const nameOf = ({ known }: SectionContext, id: string): Place => ({ name: known.column(id).series.short });

const least = (days: readonly IsoDate[]): IsoDate => days.reduce((a, b) => (b < a ? b : a));
const most = (days: readonly IsoDate[]): IsoDate => days.reduce((a, b) => (b > a ? b : a));
