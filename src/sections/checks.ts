import type { CheckRule } from "#src/domain/check-rules.ts";
import type { Fact } from "#src/domain/fact.ts";
import { countOf, quantumOf } from "#src/domain/quantity.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { Refusal } from "#src/domain/statement.ts";
import type { Row, Table } from "#src/domain/table.ts";
import { checkQuoted } from "#src/metrics/claim-consistency.ts";
import { isMissing, type Missing, numberOf, type QuotedNumber } from "#src/sections/checks-numbers.ts";
import { areAlike, relationOf } from "#src/sections/checks-relations.ts";
import { type Draft, type Question, type SectionContext, say } from "#src/sections/section.ts";
import { quotedNumbers } from "#src/statements/rules/checks.ts";

/** What became of one relation. */
interface Checked {
  readonly rule: CheckRule;
  readonly verdict: "holds" | "fails" | "implies";
  readonly stated: Fact | null;
  readonly computed: Fact;
  readonly low: Fact;
  readonly high: Fact;
  readonly numbers: readonly QuotedNumber[];
}

interface Unchecked {
  readonly rule: CheckRule;
  readonly why: Missing;
}

/**
 * Whether quoted numbers are what the others make of them (M1). What somebody says without a number is no statement of ours: it is
 * written as commentary, under the speaker's name (M2).
 */
export function checks(context: SectionContext): Draft {
  const all = context.workspace.checks.map((rule) => checkedOf(context, rule));
  const done = all.flatMap((each) => ("why" in each ? [] : [each]));
  const undone = all.flatMap((each) => ("why" in each ? [each] : []));
  const question = questionOf(context, done);
  return {
    questions: [question],
    page(answers) {
      const { statement } = answers(question);
      return {
        name: "checks",
        claim: statement?.claim ?? say("checks.none.claim"),
        standfirst: null,
        words: statement === null ? [] : [statement.text],
        figures: [],
        tables: done.some(isOfQuoted) ? [tableOf(done)] : [],
        refusals: undone.map(refusalOf),
        gaps: undone.map(({ rule, why }) =>
          say(`checks.gap.${why.code}`, { name: { name: rule.name }, what: why.what }),
        ),
      };
    },
  };
}

const refusalOf = ({ rule, why }: Unchecked): Refusal => ({
  id: `checks.${rule.id}.agrees`,
  word: "the numbers agree",
  section: "checks",
  reasons: [{ code: why.code }],
  instead: null,
});

/** Whether somebody is quoted: what numbers of ours make of each other, no quoted number implies. */
const isOfQuoted = ({ numbers }: Checked): boolean => numbers.some(({ day }) => day !== null);

/** Another index or another fixing may lie so far from a vendor's number, whatever the rounding (G9). */
const proxyAllowance = 0.005;

function checkedOf(context: SectionContext, rule: CheckRule): Checked | Unchecked {
  const found = Object.entries(rule.numbers).map(
    ([part, operands]) => [part, operands.map((operand) => numberOf(context, operand))] as const,
  );
  const numbers = found.flatMap(([, each]) => each);
  const missing = numbers.find(isMissing);
  if (missing !== undefined) return { rule, why: missing };
  const parts = Object.fromEntries(
    found.map(([part, each]) => [part, each.flatMap((number) => (isMissing(number) ? [] : [number]))]),
  );
  const sound = Object.values(parts).flat();
  const what: Place = { name: rule.name };
  if (!areAlike(rule, parts)) return { rule, why: { code: "units-differ", what } };
  const { stated, implied, unit } = relationOf(rule, parts);
  if (implied.value === null) return { rule, why: { code: "not-defined", what } };
  // A number of ours beside a vendor's is of a proxy, or of another fixing.
  const isProxy = rule.relation === "fx" && sound.some(({ day }) => day === null);
  const check = stated && checkQuoted(stated.quoted, implied, isProxy ? proxyAllowance : 0);
  const quantum = Math.min(
    quantumOf(implied.value.value, unit),
    stated?.fact.quantum ?? Number.POSITIVE_INFINITY,
  );
  const fact = (measure: string, value: number): Fact =>
    context.facts.add({
      id: `checks.${rule.id}.${measure}`,
      value,
      unit,
      quantum,
      series: [...new Set(sound.flatMap((number) => number.fact.series))],
      method: `M1 ${rule.relation}`,
      params: { allowance: isProxy ? proxyAllowance : 0 },
    });
  const { low, value, high } = implied.value;
  return {
    rule,
    verdict: check === null ? "implies" : check.value?.isConsistent === true ? "holds" : "fails",
    stated: stated?.fact ?? null,
    computed: fact("implied", value),
    low: fact("low", low),
    high: fact("high", high),
    numbers: sound,
  };
}

function questionOf({ facts }: SectionContext, done: readonly Checked[]): Question {
  const of = (verdict: Checked["verdict"]) => done.filter((each) => each.verdict === verdict);
  const [held, failed, implied] = [of("holds"), of("fails"), of("implies").filter(isOfQuoted)];
  const series = [...new Set(done.flatMap(({ computed }) => computed.series))];
  const count = (measure: string, value: number): Fact =>
    facts.add({ id: `checks.${measure}`, value, unit: "count", series, method: "M1 relations counted" });
  const [first] = failed;
  return {
    ladder: quotedNumbers,
    subject: {
      id: "quoted",
      evidence: {
        checked: count("checked", held.length + failed.length),
        held: count("held", held.length),
        failed: failed.length,
        implied: count("implied", implied.length),
        all: count("all", done.length),
      },
      places:
        first === undefined || first.stated === null
          ? {}
          : {
              first: { name: first.rule.name },
              stated: placeOf(first.stated),
              computed: placeOf(first.computed),
              low: placeOf(first.low),
              high: placeOf(first.high),
            },
    },
  };
}

/** What has a direction stands with its sign: no verb says where it went. */
const placeOf = ({ id, state }: Fact): Place => ({ fact: id, signed: state === "up" || state === "down" });

function tableOf(done: readonly Checked[]): Table {
  const head = (key: string) => ({ say: say(`checks.table.${key}`), align: "left" as const });
  return {
    id: "checks.relations",
    claim: say("checks.table.claim"),
    unit: say("checks.table.unit"),
    head: [head("relation"), head("kind"), head("quoted"), head("computed"), head("range"), head("verdict")],
    rows: done.map(rowOf),
    notes: notesOf(done),
    series: [...new Set(done.flatMap(({ computed }) => computed.series))],
    size: "wide",
  };
}

/** Whether rounding makes no end of the range another number. */
const printsAlike = (low: Fact, high: Fact): boolean => {
  const [from, to] = [low, high].map(({ value, quantum }) => countOf(Number(value), quantum ?? 1));
  return from === to;
};

const number = (fact: Fact): Say => say("checks.number", { v: placeOf(fact) });

const rowOf = ({ rule, verdict, stated, computed, low, high }: Checked): Row => ({
  head: say("page.name", { name: { name: rule.name } }),
  cells: [
    { say: say(`checks.kind.${rule.relation}`) },
    stated === null ? null : { say: number(stated) },
    { say: number(computed) },
    printsAlike(low, high) ? null : { say: say("checks.range", { low: placeOf(low), high: placeOf(high) }) },
    { say: say(`checks.verdict.${verdict}`) },
  ],
});

/** Every number once: who stated it when, or from which series it was computed. */
function notesOf(done: readonly Checked[]): readonly Say[] {
  const numbers = new Map(done.flatMap((each) => each.numbers).map((each) => [each.fact.id, each]));
  const quotations = Map.groupBy(numbers.values(), ({ fact, day }) =>
    day === null || fact.source === undefined ? fact.id : JSON.stringify([fact.source, day.value]),
  );
  return [...[...quotations.values()].flatMap(quotationOf), say("checks.note.rounding")];
}

/** Numbers of one source and day, which stand once at their end. */
const quotationOf = (numbers: readonly Checked["numbers"][number][]): readonly Say[] =>
  numbers.map(({ fact, name, day }, i) => {
    const places = { name, v: placeOf(fact) };
    if (day === null || fact.source === undefined) return say("checks.note.computed", places);
    return i < numbers.length - 1
      ? say("checks.note.more", places)
      : say("checks.note.quoted", {
          ...places,
          source: { name: fact.source },
          day: { fact: day.id, full: true },
        });
  });
