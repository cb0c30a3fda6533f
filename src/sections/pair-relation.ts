import type { Fact, Reason } from "#src/domain/fact.ts";
import { type EngleGranger, engleGranger } from "#src/metrics/engle-granger.ts";
import { type HalfLife, halfLife } from "#src/metrics/half-life.ts";
import { hedgeWindow, rollingHedge } from "#src/metrics/hedge-ratio.ts";
import type { Legs } from "#src/metrics/pair-return.ts";
import { type Measured, mapMeasured, notDefined, tooFew, warn } from "#src/metrics/result.ts";
import { grade } from "#src/sections/market.ts";
import { legLevels, type Pair, pairFacts, thinness, unlessThin } from "#src/sections/pair-data.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { cointegrationLevel, pairHalfLife, pairRelation } from "#src/statements/rules/pair-levels.ts";

/** Sessions of the test; it needs half of them. */
const testWindow = 500;

/** Whether the levels of a pair's legs keep together, and how fast a gap closes. */
export interface Relation {
  /** p-value of the test in both orders together. */
  readonly p: Fact;
  readonly sessions: Fact;
  /** Statistics of the two orders. */
  readonly orders: Readonly<Record<"longOnShort" | "shortOnLong", Fact>>;
  readonly halfLife: Readonly<Record<"sessions" | "low" | "high", Fact>>;
  readonly questions: Readonly<Record<"relation" | "halfLife", Question>>;
}

/** Engle and Granger's test on both legs' levels, and the half-life where it finds a relation; to the session before the last. */
export function relationOfPair(context: SectionContext, pair: Pair): Relation {
  const levels = legLevels(pair);
  const before = { long: levels.long.slice(0, -1), short: levels.short.slice(0, -1) };
  const days = levels.dates.slice(0, -1).slice(-testWindow);
  const test = unlessThin(thinness(context, pair.data, days), days.length, () =>
    tested(last(before, testWindow)),
  );
  const { p, ...facts } = testFacts(context, pair, test, days);
  const halved = halfLifeFacts(context, pair, halfLifeOf(before, test), levels.dates.slice(0, -1));
  const subject = { id: pair.id, name: pair.name, prose: pair.prose };
  return {
    p,
    ...facts,
    halfLife: halved,
    questions: {
      relation: { ladder: pairRelation, subject: { ...subject, evidence: { p, n: facts.sessions } } },
      halfLife: { ladder: pairHalfLife, subject: { ...subject, evidence: { p, ...halved } } },
    },
  };
}

const last = ({ long, short }: Legs, n: number): Legs => ({ long: long.slice(-n), short: short.slice(-n) });

function tested({ long, short }: Legs): Measured<EngleGranger> {
  const found = engleGranger(long, short);
  if (found.value === null || found.n >= testWindow) return found;
  return warn(found.value, found.n, { code: "short-window", need: testWindow, have: found.n });
}

/** A p-value is given to two digits, from a hundredth down to a millionth. */
const quantumOfP = (p: number): number => 10 ** Math.max(-6, Math.min(-2, Math.floor(Math.log10(p)) - 1));

function testFacts(
  context: SectionContext,
  pair: Pair,
  test: Measured<EngleGranger>,
  days: readonly string[],
): Pick<Relation, "p" | "sessions" | "orders"> {
  const { value } = test;
  const shared = {
    ...grade(test),
    method: "P4 Engle-Granger test of both orders, Bonferroni",
    window: { start: days[0] ?? null, end: days.at(-1) ?? null, n: test.n },
  };
  const add = pairFacts(context, pair);
  const order = (name: string, key: "longOnShort" | "shortOnLong"): Fact =>
    add(`cointegration.${name}`, {
      ...shared,
      value: value?.[key].statistic ?? null,
      unit: "z",
      quantum: 0.01,
      params: value ? { lags: value[key].lags, fivePercent: value[key].critical.five } : {},
    });
  return {
    p: add("cointegration", {
      ...shared,
      value: value?.pValue ?? null,
      unit: "ratio",
      ...(value ? { quantum: quantumOfP(value.pValue), stats: { p: value.pValue } } : {}),
    }),
    sessions: add("cointegration.sessions", { ...shared, ...known, value: test.n, unit: "count" }),
    orders: {
      longOnShort: order("long-on-short", "longOnShort"),
      shortOnLong: order("short-on-long", "shortOnLong"),
    },
  };
}

const known = { status: "ok", reasons: [] } as const;

/** Of legs without a relation there is no half-life: residuals of a fitted line are made to come back (P7). */
function halfLifeOf({ long, short }: Legs, test: Measured<EngleGranger>): Measured<HalfLife> {
  if (test.value === null) return test;
  if (test.value.pValue > cointegrationLevel) return notDefined("not-cointegrated", test.n);
  const lines = rollingHedge(long, short);
  if (lines.value === null) return lines;
  const line = lines.value.at(-1) ?? null;
  if (line === null) return tooFew(long.length, hedgeWindow);
  const held = last({ long, short }, hedgeWindow);
  return halfLife(
    held.long.map((level, t) => Math.log(level) - line.intercept - line.slope * Math.log(held.short[t] ?? 1)),
  );
}

function halfLifeFacts(
  context: SectionContext,
  pair: Pair,
  found: Measured<HalfLife>,
  days: readonly string[],
): Relation["halfLife"] {
  const add = pairFacts(context, pair);
  const end = days.at(-1) ?? null;
  const fact = (measure: string, of: (value: HalfLife) => number | null): Fact => {
    const measured = mapMeasured(found, of);
    const never: readonly Reason[] = found.value === null ? [] : [{ code: "no-mean-reversion" }];
    const isNever = found.value !== null && measured.value === null;
    return add(measure, {
      ...(isNever ? { status: "undefined", reasons: never } : grade(found)),
      value: measured.value,
      unit: "count",
      method: "P7 half-life of the residual, bootstrap interval on a grid",
      window: { start: days.at(-hedgeWindow) ?? null, end, n: found.n },
    });
  };
  return {
    sessions: fact("half-life", ({ sessions }) => sessions),
    low: fact("half-life.low", ({ interval }) => interval.low),
    high: fact("half-life.high", ({ interval }) => interval.high),
  };
}
