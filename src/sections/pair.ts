import { attributionFigure } from "#src/sections/pair-attribution.ts";
import { inception, membersOf, openPair, type Pair } from "#src/sections/pair-data.ts";
import { recordFinding } from "#src/sections/pair-record.ts";
import { pairWeek } from "#src/sections/pair-week.ts";
import { type Section, type SectionContext, say } from "#src/sections/section.ts";

/** What a pair returned this week, which leg made it, and its record day. */
export function pair(context: SectionContext): Section {
  const entries = Object.entries(context.workspace.pairs);
  const pairs = entries.map(([id, rule]) => openPair(context, id, rule));
  const parts = pairs.filter((each) => each !== null).map((each) => describe(context, each));
  const closed = entries.filter((_, i) => pairs[i] === null);
  return {
    name: "pair",
    claim: parts[0]?.claim ?? say("pair.none.claim"),
    standfirst: null,
    words: parts.flatMap((part) => part.words),
    figures: parts.flatMap((part) => part.figures),
    tables: [],
    statements: parts.flatMap((part) => part.statements),
    refusals: parts.flatMap((part) => part.refusals),
    gaps: closed.map(([, rule]) => say("pair.gap", { name: { name: rule.short } })),
  };
}

function describe(context: SectionContext, each: Pair) {
  const week = pairWeek(context, each);
  const attribution = attributionFigure(context, each, week.facts);
  const record = recordFinding(context, each);
  return {
    claim: week.statement.claim,
    words: [week.statement.text, record.statement?.text ?? [], [method(context, each)]].filter(
      ({ length }) => length > 0,
    ),
    statements: [week.statement, ...(record.statement ? [record.statement] : [])],
    refusals: [week.refusal, record.refusal].filter((refusal) => refusal !== null),
    figures: [attribution, ...(record.figure ? [record.figure] : [])],
  };
}

function method({ facts }: SectionContext, each: Pair) {
  const { id, rule, data, prose } = each;
  const shared = { series: membersOf(rule), method: "common sessions of all members" };
  const start = facts.add({ ...shared, id: `pair.${id}.start`, value: data.start, unit: "date" });
  const n = facts.add({ ...shared, id: `pair.${id}.sessions`, value: data.dates.length, unit: "count" });
  return say(rule.inception === null ? "pair.method.back-cast" : "pair.method.live", {
    ...inception(facts, each),
    name: prose,
    start: { fact: start.id },
    n: { fact: n.id },
  });
}
