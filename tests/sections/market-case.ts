import { createHash } from "node:crypto";
import { cutoffOf, previousCutoff } from "#src/calendar/cutoff.ts";
import { exchanges } from "#src/calendar/exchanges.ts";
import { knownAtRule } from "#src/calendar/known-at.ts";
import { addSessions } from "#src/calendar/sessions.ts";
import { finishedWeek } from "#src/calendar/weeks.ts";
import { asOfPanel } from "#src/domain/as-of.ts";
import { calendarOf, type ExchangeCalendar } from "#src/domain/calendar.ts";
import type { GivenList } from "#src/domain/declared.ts";
import { declaredAsOf } from "#src/domain/declared-as-of.ts";
import type { Localised } from "#src/domain/locale.ts";
import type { ReadPanel } from "#src/domain/panel.ts";
import type { GapReason, Gathered, Observation } from "#src/domain/series.ts";
import type { CatalogueSeries, Publication, SectionName, Workspace } from "#src/domain/workspace.ts";
import { inspect } from "#src/quality/inspect.ts";
import { factBook } from "#src/sections/facts.ts";
import { finishedWeeks } from "#src/sections/market.ts";
import type { SectionContext } from "#src/sections/section.ts";
import type { Row } from "#tests/sections/days.ts";

/** A series of a case: what the catalogue says of it, and its rows or the reason why there are none. */
export interface CaseSeries extends Partial<Omit<CatalogueSeries, "id" | "column">> {
  readonly rows?: readonly Row[];
  readonly gap?: GapReason;
}

/** A small market: only what a test is about, everything else decided here. */
export interface MarketCase
  extends Partial<
    Pick<
      Workspace,
      | "levels"
      | "superlatives"
      | "milestones"
      | "baskets"
      | "pairs"
      | "regime"
      | "quality"
      | "surface"
      | "signals"
      | "countries"
      | "narratives"
      | "epicentre"
      | "grid"
      | "hedgeFunds"
      | "checks"
    >
  > {
  /** Lists that somebody keeps by hand. */
  readonly declared?: readonly GivenList[];
  readonly conditions?: Partial<Workspace["conditions"]>;
  readonly flows?: Partial<Workspace["flows"]>;
  readonly series: Readonly<Record<string, CaseSeries>>;
  readonly sections?: readonly SectionName[];
  /** Ids of series or pairs. */
  readonly keyNumbers?: readonly string[];
  readonly calendar?: string;
  readonly first?: string;
  /** Whether exchanges meet by their tables of sessions, and not on every weekday. */
  readonly tables?: boolean;
}

/** Made-up markets meet on every weekday; a case about holidays asks for the exchanges' own tables. */
const weekdays: Readonly<Record<string, ExchangeCalendar>> = {
  ...Object.fromEntries(
    Object.entries(exchanges).map(([id, calendar]): [string, ExchangeCalendar] => [
      id,
      { ...calendar, table: null },
    ]),
  ),
  XETR: {
    id: "XETR",
    zone: "Europe/Berlin",
    opens: [],
    closes: [{ from: "0001-01-01", at: "17:30" }],
    table: null,
  },
};
const withTables: Workspace["calendars"] = { ...weekdays, ...exchanges };
/** One rule for all issues of a workspace's calendars: it remembers closes. */
const rules = new Map<Workspace["calendars"], ReturnType<typeof knownAtRule>>();
function ruleOf(of: Workspace["calendars"]): ReturnType<typeof knownAtRule> {
  const rule = rules.get(of) ?? knownAtRule(of);
  rules.set(of, rule);
  return rule;
}

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const named = (text: string): Localised => ({ en: `the ${text}`, "zh-CN": `序列${text}` });

function seriesOf(id: string, { rows: _, gap: __, ...own }: CaseSeries): CatalogueSeries {
  return {
    id,
    name: named(id),
    short: named(id),
    prose: named(id),
    kind: "level",
    unit: "unit",
    currency: null,
    calendar: "NYSE",
    frequency: "daily",
    lag: { sessions: 0, hours: 0 },
    tags: [],
    provider: named("provider"),
    source: null,
    staleAfter: null,
    decimals: 1,
    file: "data",
    column: id,
    ...own,
  };
}

/** Series under a name: a leg of a pair, or a group of funds. */
export const namedList = (name: string, ...members: readonly string[]) => ({
  name: named(name),
  members,
  assets: [],
  basket: null,
});

/** A pair of one leg against another. */
export const pairOf = (
  long: readonly string[],
  shorts: readonly string[],
  inception: string | null = null,
): Workspace["pairs"][string] => ({
  name: named("pair"),
  short: named("pair"),
  prose: named("pair"),
  long: namedList("longs", ...long),
  shorts: namedList("shorts", ...shorts),
  inception,
  market: null,
  costs: null,
});

/** Nothing but the grid is asked for. */
export const noConditions: Workspace["conditions"] = {
  turbulence: [],
  absorption: [],
  appetite: [],
  breaks: [],
  states: null,
  universe: [],
  factors: [],
};

/** Settings that a case is silent about. */
const nothingAsked = {
  baskets: {},
  surface: null,
  signals: null,
  countries: {},
  narratives: null,
  epicentre: null,
  grid: null,
  hedgeFunds: null,
  checks: [],
  quality: { agree: [], identities: [], accept: [], severity: {} },
} as const satisfies Partial<Workspace>;

/** Those of them that it gives. */
const settingsOf = (market: MarketCase): Partial<Pick<Workspace, keyof typeof nothingAsked>> =>
  Object.fromEntries(
    Object.entries(market).filter(([key, given]) => key in nothingAsked && given !== undefined),
  );

export function workspaceOf(market: MarketCase): Workspace {
  const { levels = [], superlatives = [], milestones = [], pairs = {}, regime = [], flows } = market;
  const publication: Publication = {
    id: "weekly",
    title: named("weekly"),
    calendar: market.calendar ?? "NYSE",
    offsetMinutes: 120,
    slots: { kind: "week" },
    schedule: null,
    to: [],
    asOf: null,
    first: market.first ?? null,
    languages: ["en", "zh-CN"],
    colours: { en: "west", "zh-CN": "east-asia" },
    sections: market.sections ?? ["headline", "levels", "flows", "pair", "regime", "sources"],
    keyNumbers: (market.keyNumbers ?? []).map((id) => ({ kind: id in pairs ? "pair" : "series", id })),
  };
  return {
    dir: "/workspace",
    simulated: true,
    brand: { name: named("brand"), responsible: named("desk") },
    publications: { weekly: publication },
    calendars: market.tables ? withTables : weekdays,
    files: {},
    catalogue: Object.entries(market.series).map(([id, own]) => seriesOf(id, own)),
    levels,
    superlatives,
    milestones,
    flows: { groups: {}, compare: [], annualised: false, crowding: [], markets: null, ...flows },
    declared: (market.declared ?? []).map(({ kind }) => ({
      kind,
      path: `${kind}.yaml`,
      location: "/nowhere",
    })),
    pairs,
    regime,
    conditions: { ...noConditions, ...market.conditions },
    ...nothingAsked,
    ...settingsOf(market),
    mail: null,
    alerts: { mail: [], webhook: null },
  };
}

const observation = ([date, value, knownAt, source]: Row): Observation => ({
  date,
  value,
  knownAt: knownAt === undefined ? null : Date.parse(knownAt),
  ...(source === undefined ? {} : { source: named(source) }),
});

export const gatheredOf = ({ series }: MarketCase): readonly Gathered[] =>
  Object.entries(series).map(([id, { rows = [], gap = null }]) => ({
    series: id,
    observations: rows.map(observation),
    gap: rows.length > 0 ? null : (gap ?? "no-rows"),
  }));

/** What a compose reads, as of a day or an instant. */
export function inputOf(
  workspace: Workspace,
  gathered: readonly Gathered[],
  asOf: string,
  given: readonly GivenList[] = [],
) {
  const publication = workspace.publications.weekly;
  const calendar = workspace.calendars[publication?.calendar ?? ""];
  if (publication === undefined || calendar === undefined) throw new RangeError("a case requires a weekly");
  const rule = ruleOf(workspace.calendars);
  const at = (cutoff: number): ReadPanel =>
    asOfPanel({ catalogue: workspace.catalogue, gathered, knownAtRule: rule, cutoff, digest: sha256 });
  const cutoff = cutoffOf(publication, calendar, asOf);
  const declaredAt = (instant: number) => declaredAsOf({ given, cutoff: instant, digest: sha256 });
  const previousAsOf = previousCutoff(publication, calendar, cutoff);
  return {
    workspace,
    publication,
    asOf: cutoff,
    panel: at(cutoff.instant),
    declared: declaredAt(cutoff.instant),
    findings: [],
    remembered: [],
    knowledge: null,
    last: {
      asOf: previousAsOf.date,
      panel: at(previousAsOf.instant),
      declared: declaredAt(previousAsOf.instant),
    },
    digest: sha256,
  };
}

/** What a compose reads once the gates on the data were asked. */
export function inspectedInputOf(market: MarketCase, asOf: string) {
  const input = inputOf(workspaceOf(market), gatheredOf(market), asOf, market.declared);
  return { ...input, ...inspect(input.workspace, input.panel) };
}

/** What one section computes from, as of a day or an instant. */
export function contextOf(market: MarketCase, asOf: string): SectionContext {
  const { workspace, publication, panel, declared } = inputOf(
    workspaceOf(market),
    gatheredOf(market),
    asOf,
    market.declared,
  );
  const calendar = calendarOf(workspace.calendars, publication);
  const week = finishedWeek(calendar, panel.cutoff);
  return {
    workspace,
    publication,
    week,
    lastDay: addSessions(calendar, week, 0),
    panel: finishedWeeks(panel, week),
    known: panel,
    declared,
    remembered: [],
    knowledge: null,
    findings: [],
    facts: factBook(panel, sha256),
  };
}
