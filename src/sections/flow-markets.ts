import { sessionsAfter } from "#src/calendar/sessions.ts";
import { calendarOf } from "#src/domain/calendar.ts";
import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import { countOf } from "#src/domain/quantity.ts";
import type { Say } from "#src/domain/say.ts";
import type { Table } from "#src/domain/table.ts";
import { addDays, type IsoDate } from "#src/domain/time.ts";
import { type Capture, capture } from "#src/metrics/capture.ts";
import { type CorrelationFlip, correlationFlip, flipWindows } from "#src/metrics/correlation-flip.ts";
import { innerJoin, type Joined } from "#src/metrics/inner-join.ts";
import { monthOf, periodReturns, weekOf } from "#src/metrics/period-returns.ts";
import { type RelativeStrength, relativeStrength } from "#src/metrics/relative-strength.ts";
import { insufficient, type Measured, mapMeasured, ok } from "#src/metrics/result.ts";
import { atHead, proseName, shortName } from "#src/sections/market.ts";
import { factsOf, lackOf, lateness, without } from "#src/sections/regime-data.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { tailOfOverlapping } from "#src/sections/tail.ts";
import { marketsAbroad, marketsHaven } from "#src/statements/rules/flow-markets.ts";

/** What markets abroad bring to the section of flows. */
export interface MarketsFinding {
  readonly questions: readonly Question[];
  readonly tables: readonly Table[];
  readonly gaps: readonly Say[];
}

const nothing: MarketsFinding = { questions: [], tables: [], gaps: [] };
const horizon = 20;
/** Relative strength needs its own sessions; a z and the rest what they have of history. */
const needs = { least: horizon + 1, returns: true };
/** Sessions of five years, of which months are taken, with months to spare. */
const mostDays = 1400;

/** Markets abroad against the one at home: relative strength (A4), and how they did in its falls (K4, D10). */
export function marketsOf(context: SectionContext): MarketsFinding {
  const { markets } = context.workspace.flows;
  if (markets === null) return nothing;
  const [abroad, home] = [markets.abroad, markets.home].map((id) => context.panel.column(id));
  if (abroad === undefined || home === undefined) return nothing;
  const joined = joinedOf(context, [abroad, home]);
  const facts = factsOfMarkets(context, [abroad, home], joined);
  const places = { name: { name: atHead(abroad.series.prose) }, home: proseName(home.series) };
  const subject = {
    name: { name: atHead(abroad.series.short) },
    prose: places.name,
    places: { home: places.home },
  };
  const { strength, z, downCapture, months, falling, now, before, nowN, beforeN, change } = facts;
  const gap = { name: shortName(abroad.series), home: shortName(home.series) };
  return {
    questions: [
      { ladder: marketsAbroad, subject: { ...subject, id: "abroad", evidence: { strength, z } } },
      {
        ladder: marketsHaven,
        subject: {
          ...subject,
          id: "haven",
          evidence: {
            ...{ downCapture, months, falling, now, before, nowN, beforeN, change },
            captured: capturedOf(downCapture),
          },
        },
      },
    ],
    tables: joined.value === null ? [] : [tableOf(abroad, home, facts)],
    gaps: joined.value === null ? [say("flows.markets.gap", gap)] : [],
  };
}

function joinedOf(context: SectionContext, columns: readonly Column[]): Measured<Joined> {
  const lack = columns.map((column) => lackOf(context, column, needs)).find((each) => each !== null);
  if (lack) return without(lack);
  const joined = innerJoin(columns);
  const late = lateness(context, joined.dates.at(-1) ?? "");
  return late === null ? ok(joined, joined.dates.length) : without(late);
}

type Facts = Readonly<
  Record<
    | "strength"
    | "z"
    | "percentile"
    | "n"
    | "effective"
    | "upCapture"
    | "downCapture"
    | "months"
    | "falling"
    | "now"
    | "before"
    | "nowN"
    | "beforeN"
    | "change",
    Fact
  >
>;

function factsOfMarkets(
  context: SectionContext,
  columns: readonly Column[],
  joined: Measured<Joined>,
): Facts {
  const strength = bind(joined, ({ values: [abroad = [], home = []] }) => relativeStrength(abroad, home));
  const captured = bind(joined, (days) => captureOf(context, days));
  const correlation = bind(joined, correlationsOf);
  const dates = joined.value?.dates ?? [];
  const series = columns.map((column) => column.series.id);
  const shared = { series, window: { start: dates[0] ?? null, end: dates.at(-1) ?? null, n: joined.n } };
  const a4 = factsOf(context, "flows.markets", {
    ...shared,
    method: "A4 relative strength, as a change of the ratio",
    params: { horizon, history: 756 },
  });
  const k4 = factsOf(context, "flows.markets", {
    ...shared,
    method: "K4 capture of monthly returns",
    params: {},
  });
  const d10 = factsOf(context, "flows.markets", {
    ...shared,
    method: "D10 correlation of weekly returns",
    params: { ...flipWindows.weekly },
  });
  const ofStrength = (take: (value: RelativeStrength) => number | null) => known(strength, take);
  const ofMonths = (take: (value: Capture) => number | null) => known(captured, take);
  const ofWeeks = (take: (value: CorrelationFlip) => number) => mapMeasured(correlation, take);
  const whole = { quantum: 0.01 };
  const test = correlation.value === null ? {} : { stats: { p: correlation.value.pValue } };
  return {
    strength: a4(
      "strength",
      mapMeasured(strength, ({ value }) => Math.expm1(value)),
      "return",
    ),
    z: a4(
      "z",
      ofStrength(({ z }) => z),
      "z",
      rarityOf(joined, strength),
    ),
    n: a4(
      "history",
      ofStrength(({ history }) => history),
      "count",
    ),
    effective: a4(
      "history-effective",
      ofStrength(({ effective }) => Math.floor(effective)),
      "count",
    ),
    percentile: a4(
      "percentile",
      ofStrength(({ percentile }) => percentile),
      "percentile",
    ),
    upCapture: k4(
      "up-capture",
      ofMonths(({ up }) => up),
      "share",
      whole,
    ),
    downCapture: k4(
      "down-capture",
      ofMonths(({ down }) => down),
      "share",
      whole,
    ),
    months: k4(
      "months",
      known(captured, () => captured.n),
      "count",
    ),
    falling: k4(
      "falling-months",
      ofMonths(({ downMonths }) => downMonths),
      "count",
    ),
    now: d10(
      "correlation",
      ofWeeks(({ recent }) => recent.correlation),
      "correlation",
    ),
    before: d10(
      "correlation-before",
      ofWeeks(({ prior }) => prior.correlation),
      "correlation",
    ),
    nowN: d10(
      "correlation-weeks",
      ofWeeks(({ recent }) => recent.n),
      "count",
    ),
    beforeN: d10(
      "correlation-weeks-before",
      ofWeeks(({ prior }) => prior.n),
      "count",
    ),
    change: d10(
      "correlation-change",
      ofWeeks(({ recent, prior }) => recent.correlation - prior.correlation),
      "correlation",
      test,
    ),
  };
}

/** What a capture in falling months says: part of the loss, a gain, or what prints as neither. */
function capturedOf({ value, quantum }: Fact): "lost" | "gained" | "neither" | null {
  if (typeof value !== "number") return null;
  const count = countOf(value, quantum ?? 1);
  if (count === 0) return "neither";
  return count > 0 ? "lost" : "gained";
}

const bind = <U>(joined: Measured<Joined>, of: (days: Joined) => Measured<U>): Measured<U> =>
  joined.value === null ? joined : of(joined.value);

/** One number of what was measured, or why there is none. */
function known<T>(measured: Measured<T>, take: (value: T) => number | null): Measured<number> {
  const { value, status, reasons, n } = mapMeasured(measured, take);
  if (value !== null && (status === "ok" || status === "warn")) return { status, value, reasons, n };
  return insufficient(n, ...(reasons.length > 0 ? reasons : [{ code: "no-value" }]));
}

/** How rare the strength is in its own history, of which one session in twenty is independent. */
function rarityOf({ value }: Measured<Joined>, strength: Measured<RelativeStrength>) {
  if (value === null || strength.value === null) return {};
  const [abroad = [], home = []] = value.values;
  const path = abroad.map((price, t) => Math.log(price / (home[t] ?? Number.NaN)));
  const earlier = path
    .slice(-757 - horizon, -1)
    .map((now, t, all) => now - (all[t - horizon] ?? Number.NaN))
    .filter(Number.isFinite);
  return { stats: tailOfOverlapping(earlier, strength.value.value, horizon) };
}

/** Of whole months: one that has sessions to come is none. */
function captureOf(
  { workspace, publication, lastDay }: SectionContext,
  { dates, values }: Joined,
): Measured<Capture> {
  const calendar = calendarOf(workspace.calendars, publication);
  const isWhole = sessionsAfter(calendar, lastDay, lastOfMonth(lastDay)) === 0;
  const month = lastDay.slice(0, 7);
  const end = isWhole ? dates.length : dates.findLastIndex((day) => day.slice(0, 7) < month) + 1;
  const {
    returns: [abroad = [], home = []],
  } = periodReturns(
    dates.slice(0, end).slice(-mostDays),
    values.map((path) => path.slice(0, end).slice(-mostDays)),
    monthOf,
  );
  return capture(abroad, home);
}

/** The last day of a day's month. */
const lastOfMonth = (day: IsoDate): IsoDate =>
  addDays(`${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`, -1);

/** Of weeks, since exchanges abroad close at other hours. */
function correlationsOf({ dates, values }: Joined): Measured<CorrelationFlip> {
  const { returns } = periodReturns(dates, values, weekOf);
  const [abroad = [], home = []] = returns.map((path) => path.map((r) => Math.log1p(r)));
  return correlationFlip(home, abroad, flipWindows.weekly);
}

/** One row of what is known of them, whether or not a sentence was earned. */
function tableOf(abroad: Column, home: Column, facts: Facts): Table {
  const { strength, z, upCapture, downCapture, now, before } = facts;
  const columns = Object.entries({ strength, z, up: upCapture, down: downCapture, now, before }).filter(
    ([, fact]) => fact.value !== null,
  );
  const head = (key: string, align: "left" | "right" = "right") => ({
    say: say(`flows.markets.head.${key}`),
    align,
  });
  const name = { name: atHead(abroad.series.short) };
  const places = { name, home: shortName(home.series) };
  return {
    id: "flows.markets",
    claim: say("flows.markets.claim", { ...places, v: { fact: strength.id, signed: true } }),
    unit: say("flows.markets.unit", places),
    head: [head("market", "left"), ...columns.map(([key]) => head(key))],
    rows: [{ head: say("page.name", { name }), cells: columns.map(([, fact]) => ({ fact: fact.id })) }],
    notes: [
      ...(z.value === null
        ? []
        : [
            say("flows.markets.note.z", { n: { fact: facts.n.id }, effective: { fact: facts.effective.id } }),
          ]),
      ...(facts.months.value === null
        ? []
        : [
            say("flows.markets.note.capture", {
              months: { fact: facts.months.id },
              falling: { fact: facts.falling.id },
            }),
          ]),
    ],
    series: [abroad.series.id, home.series.id],
    size: "wide",
  };
}
