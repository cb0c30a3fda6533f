import { rankedBars } from "#src/charts/ranked-bars.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { Figure } from "#src/domain/figure.ts";
import type { Place, Say } from "#src/domain/say.ts";
import type { SignalRules } from "#src/domain/signals-rules.ts";
import { jointRules } from "#src/metrics/joint-strength.ts";
import type { RelativeStrength } from "#src/metrics/relative-strength.ts";
import { type Measured, mapMeasured, ok } from "#src/metrics/result.ts";
import { atHead, proseName, shortName } from "#src/sections/market.ts";
import { type AddFact, factsOf, without } from "#src/sections/regime-data.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import {
  nothing,
  rarityOf,
  type SignalsFinding,
  shareQuantum,
  timesOf,
} from "#src/sections/signals-finding.ts";
import { type Groups, groupsOf, type Sector, sectorsOf } from "#src/sections/signals-groups.ts";
import { jointStrengthLadder } from "#src/statements/rules/signals.ts";

const figureId = "signals.sectors";
const { horizon } = jointRules;

/** Of the interval of a rarity. */
const level = 0.95;

/** A sector with what it gained on the index, as a fact. */
interface Told extends Sector {
  readonly fact: Fact;
}

/** Whether cyclical and defensive sectors beat the index at once (E1), and who paid. */
export function strengthOf(context: SectionContext, rules: SignalRules): SignalsFinding {
  const measured = groupsOf(context, rules);
  const { dates } = measured.value ?? { dates: [] };
  const day = dates.at(-1);
  const sectors = day === undefined ? [] : sectorsOf(context, rules, day);
  const told = sectors.map((sector) => toldOf(context, rules, sector, day ?? null));
  const facts = groupFacts(context, rules, measured);
  const equalWeight = rules.equalWeight === null ? [] : [context.panel.column(rules.equalWeight)];
  const index = { index: shortName(context.panel.column(rules.index).series) };
  return {
    ...nothing,
    questions: [questionOf(context, { rules, measured, facts, told })],
    figures:
      measured.value === null
        ? []
        : sectorsFigure(context, rules, told, noteOf(context, rules, measured.value)),
    gaps: measured.value === null ? [say("signals.gap.strength", index)] : [],
    absent: [
      ...told.filter(({ fact }) => fact.value === null).map(({ column }) => column),
      ...(measured.value !== null && measured.value.against === null && measured.value.joint.joint !== 0
        ? equalWeight
        : []),
    ],
  };
}

/** What the ratio to the index became over the horizon: of logarithms, no sum of per cents. */
const gained = ({ value }: RelativeStrength): number => Math.expm1(value);

function toldOf({ facts }: SectionContext, { index }: SignalRules, sector: Sector, day: string | null): Told {
  const { series } = sector.column;
  const { value, status, reasons, n } = sector.measured;
  return {
    ...sector,
    fact: facts.add({
      id: `signals.sector.${series.id}`,
      value: value === null ? null : gained(value),
      unit: "return",
      // A short history takes nothing from the return of twenty sessions.
      status: value === null ? status : "ok",
      reasons: value === null ? reasons : [],
      window: { end: day, n },
      series: [series.id, index],
      method: "A4 relative strength, as a change of the ratio to the index",
      params: { horizon },
    }),
  };
}

type Facts = Readonly<
  Record<
    | "joint"
    | "cyclical"
    | "defensive"
    | "cyclicalReturn"
    | "defensiveReturn"
    | "share"
    | "low"
    | "high"
    | "level"
    | "n"
    | "effective"
    | "equalWeight",
    Fact
  >
>;

function groupFacts(context: SectionContext, rules: SignalRules, measured: Measured<Groups>): Facts {
  const { cyclical, defensive, index, equalWeight } = rules;
  const { dates } = measured.value ?? { dates: [] };
  const series = [...cyclical.members, ...defensive.members, index];
  const shared = {
    method: "E1 joint relative strength, groups of equal weight brought back daily",
    params: {
      horizon,
      history: jointRules.history.preferred,
      rarityHistory: jointRules.rarityHistory.preferred,
    },
    window: { start: dates[0] ?? null, end: dates.at(-1) ?? null, n: dates.length },
  };
  const fact = factsOf(context, "signals.joint", { ...shared, series });
  const of = (take: (groups: Groups) => number) => mapMeasured(measured, take);
  const rarity = measured.value?.joint.rarity ?? null;
  const rare = (take: (share: NonNullable<typeof rarity>) => number): Measured<number> => {
    if (measured.value === null) return measured;
    return rarity === null ? without({ code: "no-rarity" }) : ok(take(rarity), measured.n);
  };
  const tail = rarity === null ? {} : { stats: rarityOf(rarity.share, measured.n, horizon) };
  const own = equalWeight === null ? series : [...series.slice(0, -1), equalWeight];
  return {
    joint: fact(
      "j",
      of(({ joint }) => joint.joint),
      "z",
      tail,
    ),
    cyclical: fact(
      "cyclical-z",
      of(({ joint }) => joint.cyclical),
      "z",
    ),
    defensive: fact(
      "defensive-z",
      of(({ joint }) => joint.defensive),
      "z",
    ),
    cyclicalReturn: fact(
      "cyclical",
      of((groups) => gained(groups.cyclical)),
      "return",
    ),
    defensiveReturn: fact(
      "defensive",
      of((groups) => gained(groups.defensive)),
      "return",
    ),
    share: fact(
      "share",
      rare(({ share }) => share),
      "share",
      shareQuantum(rarity?.share ?? null),
    ),
    low: fact(
      "share-low",
      rare(({ low }) => low),
      "share",
    ),
    high: fact(
      "share-high",
      rare(({ high }) => high),
      "share",
    ),
    level: fact(
      "share-level",
      rare(() => level),
      "share",
      { quantum: 0.01 },
    ),
    n: fact(
      "history",
      rare(() => measured.n),
      "count",
    ),
    effective: fact(
      "history-effective",
      rare(({ effective }) => Math.floor(effective)),
      "count",
    ),
    equalWeight: equalWeightFact(factsOf(context, "signals.joint", { ...shared, series: own }), measured),
  };
}

function equalWeightFact(fact: AddFact, measured: Measured<Groups>): Fact {
  if (measured.value === null) return fact("equal-weight", measured, "z");
  const { equalWeight } = measured.value;
  const found = equalWeight === null ? without({ code: "no-equal-weight" }) : ok(equalWeight, measured.n);
  return fact("equal-weight", found, "z");
}

interface Asked {
  readonly rules: SignalRules;
  readonly measured: Measured<Groups>;
  readonly facts: Facts;
  readonly told: readonly Told[];
}

function questionOf(context: SectionContext, { rules, measured, facts, told }: Asked): Question {
  const joint = measured.value?.joint ?? null;
  const side = joint === null || joint.joint === 0 ? null : joint.joint > 0 ? "strong" : "weak";
  const payers = payersOf(context, rules, told, side);
  const isApart = joint !== null && joint.cyclical * joint.defensive < 0;
  const { index, cyclical, defensive } = rules;
  return {
    ladder: jointStrengthLadder,
    subject: {
      id: "joint",
      evidence: {
        ...facts,
        side,
        times: timesOf(facts.share),
        size: mapMeasured(measured, (groups) => Math.abs(groups.joint.joint)),
        against: measured.value?.against ?? null,
        test: (measured.value?.against ?? null) === null ? "untested" : "tested",
        ...payers.evidence,
        lead: !isApart ? null : joint.cyclical > 0 ? "cyclical" : "defensive",
        apart: isApart ? Math.min(Math.abs(joint.cyclical), Math.abs(joint.defensive)) : null,
      },
      places: {
        index: proseName(context.panel.column(index).series),
        cyclicalName: { name: cyclical.name },
        defensiveName: { name: defensive.name },
        cyclicalHead: { name: atHead(cyclical.name) },
        defensiveHead: { name: atHead(defensive.name) },
        payerName: payers.name,
      },
      proof: figureId,
    },
  };
}

/** The other sectors that went the other way, and the one that went farthest. */
function payersOf(
  { facts }: SectionContext,
  { others, index }: SignalRules,
  told: readonly Told[],
  side: "strong" | "weak" | null,
) {
  const counted = told.filter(({ group, fact }) => group === "other" && fact.value !== null);
  const sign = side === "weak" ? -1 : 1;
  const [payer] = counted.toSorted((a, b) => sign * (Number(a.fact.value) - Number(b.fact.value)));
  const paid = counted.filter(({ fact }) => fact.state === (side === "weak" ? "up" : "down"));
  const count = (measure: string, value: number): Fact =>
    facts.add({
      id: `signals.joint.${measure}`,
      value,
      unit: "count",
      series: [...others, index],
      method: "E1 who paid",
    });
  const name: Place = { name: payer?.column.series.prose ?? { en: "", "zh-CN": "" } };
  return {
    name,
    evidence: {
      others: count("others", counted.length),
      payers: count("payers", paid.length),
      paid: payer === undefined ? null : paidBy(paid.length, counted.length),
      payer: payer?.fact ?? null,
    },
  };
}

function paidBy(paid: number, all: number): "none" | "one" | "some" | "all" {
  if (paid === 0) return "none";
  if (paid === all && all > 1) return "all";
  return paid === 1 ? "one" : "some";
}

/** How the groups are made, what their z is of, and how it goes with that of the other. */
function noteOf({ facts }: SectionContext, { cyclical, defensive, index }: SignalRules, groups: Groups): Say {
  const add = (measure: string, value: number, unit: "count" | "correlation") => ({
    fact: facts.add({
      id: `signals.joint.${measure}`,
      value,
      unit,
      series: [...cyclical.members, ...defensive.members, index],
      method: "E1 history of the z-scores",
    }).id,
  });
  const { correlation } = groups.joint;
  const places = {
    n: add("z-history", groups.cyclical.history, "count"),
    effective: add("z-effective", Math.floor(groups.cyclical.effective), "count"),
  };
  if (correlation === null) return say("signals.figure.note.short", places);
  return say("signals.figure.note.whole", {
    ...places,
    correlation: add("correlation", correlation, "correlation"),
  });
}

/** Every sector by what it gained on the index, those of the two groups marked. */
function sectorsFigure(
  context: SectionContext,
  rules: SignalRules,
  all: readonly Told[],
  note: Say,
): readonly Figure[] {
  const told = all
    .filter(({ fact }) => fact.value !== null)
    .toSorted((a, b) => Number(b.fact.value) - Number(a.fact.value));
  const [first, last] = [told[0], told.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  const places = {
    index: shortName(context.panel.column(rules.index).series),
    cyclical: { name: rules.cyclical.name },
    defensive: { name: rules.defensive.name },
    first: { name: atHead(first.column.series.short) },
    v: { fact: first.fact.id, signed: true },
    last: shortName(last.column.series),
    w: { fact: last.fact.id, signed: true },
  };
  return [
    {
      id: figureId,
      claim: say("signals.figure.claim", places),
      unit: say("signals.figure.unit", places),
      alt: say("signals.figure.alt", places),
      notes: [note],
      series: [...told.map(({ column }) => column.series.id), rules.index],
      size: "beside",
      spec: (words) =>
        rankedBars(
          {
            rows: told.map(({ column, fact, group }) => ({
              name: words.say(
                say(`signals.figure.row.${group}`, { name: { name: atHead(column.series.short) } }),
              ),
              value: Number(fact.value),
              label: words.fact(fact.id, "signed"),
              highlighted: group !== "other",
            })),
          },
          words,
        ),
    },
  ];
}
