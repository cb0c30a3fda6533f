import { resolve } from "node:path";
import { exchanges } from "#src/calendar/exchanges.ts";
import { resolveCalendar } from "#src/config/calendar.ts";
import { type Environment, expand, fileOf } from "#src/config/checks.ts";
import { parseLag, parseOffset } from "#src/config/durations.ts";
import { localised } from "#src/config/primitives.ts";
import { resolveChecks } from "#src/config/resolve-checks.ts";
import { resolveCountry } from "#src/config/resolve-country.ts";
import { resolveEpicentre, resolveGrid } from "#src/config/resolve-epicentre.ts";
import { resolveHedgeFunds } from "#src/config/resolve-hedge-funds.ts";
import { resolveNarratives } from "#src/config/resolve-narratives.ts";
import { resolveSignals } from "#src/config/resolve-signals.ts";
import type { FileConfig, PublicationConfig, SeriesConfig, WorkspaceConfig } from "#src/config/schema.ts";
import { declaredKinds } from "#src/domain/declared.ts";
import type { MailRules } from "#src/domain/mail.ts";
import type { QualityRules, Tolerance } from "#src/domain/quality.ts";
import type { SlotRule } from "#src/domain/schedule.ts";
import { exponents, type Kind } from "#src/domain/series.ts";
import type {
  CatalogueSeries,
  ConditionRules,
  DataFile,
  PairLeg,
  PairRule,
  Publication,
  SurfaceRule,
  Workspace,
} from "#src/domain/workspace.ts";

/** The workspace that a checked configuration means, every default decided. */
export function resolveWorkspace(config: WorkspaceConfig, dir: string, env: Environment): Workspace {
  const { simulated, brand, levels, superlatives, milestones, regime } = config;
  return {
    dir,
    simulated,
    brand: { name: localised(brand.name), responsible: localised(brand.responsible) },
    publications: mapValues(config.publications, (publication, id) =>
      resolvePublication(publication, id, config),
    ),
    calendars: { ...exchanges, ...mapValues(config.calendars, resolveCalendar) },
    files: mapValues(config.files, (file, id) => resolveFile(file, id, dir, env)),
    catalogue: Object.entries(config.series).map(([id, series]) => resolveSeries(series, id, config)),
    levels: levels.map(({ series, level, from }) => ({ series, level, from: from === 252 ? "252" : from })),
    superlatives,
    milestones,
    flows: {
      groups: mapValues(config.flows?.groups ?? {}, ({ name, members, assets }) => ({
        name: localised(name),
        members,
        assets,
      })),
      compare: comparisons(config.flows?.compare ?? []),
      annualised: config.flows?.annualised ?? false,
      crowding: (config.flows?.crowding ?? []).map((rule) => ({
        group: rule.group,
        concentration: rule.concentration ?? null,
        valuation: rule.valuation ?? null,
        daysToCover: rule.daysToCover ?? null,
        members: rule.members,
        market: rule.market ?? null,
      })),
      markets: config.flows?.markets ?? null,
    },
    declared: declaredKinds.flatMap((kind) => {
      const path = config.declared[kind];
      return path === undefined ? [] : [{ kind, path, location: resolve(dir, expand(path, env)) }];
    }),
    baskets: mapValues(config.baskets, resolveNames),
    pairs: mapValues(config.pairs, (pair) => resolvePair(pair, config)),
    regime,
    conditions: resolveConditions(config),
    surface: resolveSurface(config),
    signals: resolveSignals(config.signals),
    countries: mapValues(config.countries, resolveCountry),
    narratives: resolveNarratives(config),
    epicentre: resolveEpicentre(config),
    grid: resolveGrid(config),
    hedgeFunds: resolveHedgeFunds(config),
    checks: resolveChecks(config),
    quality: resolveQuality(config),
    mail: resolveMail(config, dir, env),
    alerts: { mail: config.alerts.mail, webhook: config.alerts.webhook ?? null },
  };
}

/** One comparison is a list of groups; several are a list of those. */
function comparisons(compare: readonly (string | readonly string[])[]): readonly (readonly string[])[] {
  const groups = compare.filter((each) => typeof each === "string");
  return groups.length > 0 ? [groups] : compare.filter((each) => typeof each !== "string");
}

const mapValues = <From, To>(
  record: Readonly<Record<string, From>>,
  to: (value: From, id: string) => To,
): Record<string, To> => Object.fromEntries(Object.entries(record).map(([id, value]) => [id, to(value, id)]));

function resolvePublication(config: PublicationConfig, id: string, { series }: WorkspaceConfig): Publication {
  const {
    title,
    calendar,
    offset,
    schedule,
    to,
    asOf = null,
    first = null,
    languages,
    colours,
    sections,
    keyNumbers,
  } = config;
  return {
    id,
    title: localised(title),
    calendar,
    offsetMinutes: parseOffset(offset),
    slots: resolveSlots(schedule),
    schedule:
      schedule === undefined
        ? null
        : {
            deadlineMinutes: parseOffset(schedule.deadline),
            late: schedule.late,
            catchUp: schedule.catchUp,
          },
    to,
    asOf,
    first,
    languages,
    colours,
    sections,
    keyNumbers: keyNumbers.map((key) => ({ kind: Object.hasOwn(series, key) ? "series" : "pair", id: key })),
  };
}

function resolveSlots(schedule: PublicationConfig["schedule"]): SlotRule {
  const due = schedule?.due ?? "last session of the week";
  if (typeof due === "object") return { kind: "cron", expression: due.cron, zone: due.zone };
  return { kind: due === "every session" ? "session" : "week" };
}

function resolveMail({ mail }: WorkspaceConfig, dir: string, env: Environment): MailRules | null {
  if (mail === undefined) return null;
  const { from, replyTo = null, site, dkim = null, recipients } = mail;
  return {
    from: { name: localised(from.name), address: from.address },
    replyTo,
    site,
    dkim,
    recipients: { path: recipients, location: resolve(dir, expand(recipients, env)) },
  };
}

function resolveFile(
  { path, layout, columns, missing, delimiter }: FileConfig,
  id: string,
  dir: string,
  env: Environment,
): DataFile {
  const long = layout === "long";
  const place = { id, path, location: resolve(dir, expand(path, env)) };
  if (layout === "list") return { ...place, layout };
  return {
    ...place,
    layout,
    columns: {
      date: columns.date,
      series: long ? (columns.series ?? "series") : null,
      value: long ? (columns.value ?? "value") : null,
      knownAt: columns.knownAt ?? null,
    },
    missing,
    delimiter,
  };
}

/** Kinds whose numbers are never money, whatever the defaults of their file say. */
const bare: readonly Kind[] = ["return", "yield", "count", "tone", "ratio"];

function resolveSeries(own: SeriesConfig, id: string, config: WorkspaceConfig): CatalogueSeries {
  const file = fileOf(config, id) ?? "";
  const series = { ...config.files[file]?.defaults, ...own };
  const { kind, calendar, provider } = series;
  if (kind === undefined || calendar === undefined || provider === undefined)
    throw new RangeError(`series ${id} was not checked`);
  return {
    id,
    ...resolveNames(own),
    kind,
    unit: series.unit ?? "unit",
    currency: bare.includes(kind) ? null : (series.currency ?? null),
    calendar,
    frequency: series.frequency ?? "daily",
    lag: parseLag(series.lag ?? 0),
    tags: series.tags ?? [],
    provider: localised(provider),
    source: series.source === undefined ? null : localised(series.source),
    staleAfter: series.staleAfter ?? null,
    decimals: series.decimals ?? (kind === "fx" ? 4 : 2),
    file,
    column: own.column ?? id,
  };
}

const resolveNames = ({
  name,
  short = name,
  prose = short,
}: Pick<SeriesConfig, "name" | "short" | "prose">) => ({
  name: localised(name),
  short: localised(short),
  prose: localised(prose),
});

type PairConfig = WorkspaceConfig["pairs"][string];

function resolvePair(pair: PairConfig, config: WorkspaceConfig): PairRule {
  const { long, shorts, inception, market, costs } = pair;
  return {
    ...resolveNames(pair),
    long: resolveLeg(long, config),
    shorts: resolveLeg(shorts, config),
    inception,
    market: market ?? null,
    costs:
      costs === undefined
        ? null
        : {
            cash: costs.cash,
            borrow: costs.borrow / 100,
            spread: costs.spread / 100,
            trading: costs.trading / 10_000,
          },
  };
}

function resolveLeg(
  { name, members = [], basket }: PairConfig["long"],
  { baskets }: WorkspaceConfig,
): PairLeg {
  const own = name ?? baskets[basket ?? ""]?.name;
  if (own === undefined) throw new RangeError("a leg without a name was not checked");
  return { name: localised(own), members, basket: basket ?? null };
}

const resolveConditions = ({ conditions }: WorkspaceConfig): ConditionRules => ({
  ...conditions,
  appetite: conditions.appetite.map(({ series, over = null, means, name }) => ({
    series,
    over,
    means,
    name: name === undefined ? null : localised(name),
  })),
  states: conditions.states ?? null,
});

function resolveSurface({ surface }: WorkspaceConfig): SurfaceRule | null {
  if (surface === undefined) return null;
  const { index, groups, pointInTime, implied } = surface;
  return {
    index,
    groups: mapValues(groups, ({ name, members }) => ({ name: localised(name), members })),
    pointInTime,
    implied,
  };
}

function resolveQuality(config: WorkspaceConfig): QualityRules {
  const { agree, identities, severity, accept } = config.quality;
  const toleranceOf = (of: string, tolerance: number | string): Tolerance => {
    if (typeof tolerance === "string") return { share: Number.parseFloat(tolerance) / 100 };
    const unit = config.series[of]?.unit ?? config.files[fileOf(config, of) ?? ""]?.defaults.unit ?? "unit";
    return { amount: Number(`${tolerance}e${exponents[unit]}`) };
  };
  return {
    agree: agree.map((rule) => ({ ...rule, tolerance: toleranceOf(rule.series, rule.tolerance) })),
    identities: identities.map((rule) => ({ ...rule, tolerance: toleranceOf(rule.total, rule.tolerance) })),
    severity,
    accept: accept.map(({ series, gate, from, to = from, by, because }) => {
      return { series, gate, from, to, by: localised(by), because: localised(because) };
    }),
  };
}
