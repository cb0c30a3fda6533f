import { calendarOf } from "#src/domain/calendar.ts";
import type { Column, ReadPanel } from "#src/domain/panel.ts";
import type {
  Acceptance,
  Agreement,
  Gate,
  Identity,
  QualityFinding,
  QualityRules,
  Severity,
} from "#src/domain/quality.ts";
import type { IsoDate } from "#src/domain/time.ts";
import type { Workspace } from "#src/domain/workspace.ts";
import { badPrint } from "#src/quality/bad-print.ts";
import { holidayPrint } from "#src/quality/holiday-print.ts";
import { identity } from "#src/quality/identity.ts";
import { impossibleValue } from "#src/quality/impossible-value.ts";
import { missingSession } from "#src/quality/missing-session.ts";
import { missingWeekday } from "#src/quality/missing-weekday.ts";
import { sourcesDisagree } from "#src/quality/sources-disagree.ts";
import { splitSeam } from "#src/quality/split-seam.ts";
import { staleRepeat } from "#src/quality/stale-repeat.ts";
import { look, type Suspicion, type Values } from "#src/quality/suspicion.ts";
import { unitJump } from "#src/quality/unit-jump.ts";

/**
 * What each gate does where the workspace does not say otherwise. It holds where setting values aside cannot confine the
 * fault: of a change of unit or of columns it cannot be told which side is the right one, and all of them may be wrong.
 */
const severityOf: Readonly<Record<Gate, Severity>> = {
  "holiday-print": "warn",
  "missing-session": "warn",
  "impossible-value": "warn",
  "unit-jump": "hold",
  "bad-print": "warn",
  "split-seam": "warn",
  "stale-repeat": "warn",
  "missing-weekday": "warn",
  "sources-disagree": "warn",
  identity: "hold",
};

/** Gates on one series, in the order in which they are asked. */
export const columnGates: readonly ((values: Values) => readonly Suspicion[])[] = [
  // First, so that no other sees a day that was none, nor calls one missing that it set aside itself.
  holidayPrint,
  missingSession,
  impossibleValue,
  unitJump,
  badPrint,
  splitSeam,
  staleRepeat,
  missingWeekday,
];

/** Of a number that stands until the next only that it cannot be: it keeps no sessions, and may stay or leap as it will. */
const standingGates: typeof columnGates = [impossibleValue];

/** A panel without what is not trusted, and what was found. */
export interface Inspected {
  readonly panel: ReadPanel;
  /** By series in the order of the catalogue; what is declared between series comes last. */
  readonly findings: readonly QualityFinding[];
}

/**
 * Asks every gate about every series as it could be read at the cut-off, and sets aside what is not trusted.
 *
 * Nothing is repaired or filled. Each gate sees what those before it left. A finding that the workspace accepts keeps its
 * observations and is still a finding. Values that become known later change nothing at this cut-off.
 */
export function inspect(
  { quality: rules, calendars }: Pick<Workspace, "quality" | "calendars">,
  read: ReadPanel,
): Inspected {
  const lookAt = (column: Column): Values => look(column, calendarOf(calendars, column.series));
  const found: QualityFinding[] = [];
  const left = new Map<string, Values>(read.columns.map((column) => [column.series.id, lookAt(column)]));
  const valuesOf = (id: string): Values => left.get(id) ?? lookAt(read.column(id));
  const enter = (findings: readonly QualityFinding[]): void => {
    found.push(...findings);
    for (const [id, days] of distrusted(findings)) left.set(id, without(valuesOf(id), days));
  };
  for (const { series } of read.columns)
    for (const gate of series.staleAfter === null ? columnGates : standingGates)
      enter(gate(valuesOf(series.id)).map((each) => findingOf(rules, series.id, each)));
  for (const rule of rules.agree) enter(disagreements(rules, rule, valuesOf));
  for (const rule of rules.identities) enter(brokenSums(rules, rule, valuesOf));
  return { panel: read.without(distrusted(found)), findings: found };
}

/** Asked from both sides before either is left out: neither value is trusted. */
function disagreements(
  rules: QualityRules,
  rule: Agreement,
  valuesOf: (id: string) => Values,
): readonly QualityFinding[] {
  const sides = [
    [rule.series, rule.with],
    [rule.with, rule.series],
  ] as const;
  return sides.flatMap(([own, other]) =>
    sourcesDisagree(valuesOf(own), valuesOf(other), rule).map((each) =>
      findingOf(rules, own, each, { other }),
    ),
  );
}

/** Total and parts go together: which of them is wrong cannot be told. */
function brokenSums(
  rules: QualityRules,
  rule: Identity,
  valuesOf: (id: string) => Values,
): readonly QualityFinding[] {
  return identity(valuesOf(rule.total), rule.parts.map(valuesOf), rule).map((each) =>
    findingOf(rules, rule.total, each, { parts: rule.parts }),
  );
}

function findingOf(
  { accept, severity }: QualityRules,
  series: string,
  suspicion: Suspicion,
  { other = null, parts = [] }: { readonly other?: string | null; readonly parts?: readonly string[] } = {},
): QualityFinding {
  const { gate, from, to, days, n = days.length, ...rest } = suspicion;
  const accepted =
    accept.find(
      (each) =>
        each.series === series && each.gate === gate && each.from <= from && isCovered(each, from, to),
    ) ?? null;
  return {
    ...rest,
    gate,
    from,
    to,
    n,
    series,
    other,
    suspects: [series, ...parts].map((id) => ({ series: id, days })),
    severity: severity[gate] ?? severityOf[gate],
    accepted,
  };
}

/** A total that is not its parts and goes on being so is the same finding from its first day, which is what was accepted. */
const isCovered = (each: Acceptance, from: IsoDate, to: IsoDate): boolean =>
  to <= each.to || (each.gate === "identity" && each.from === from);

/** Days that do not count, by series. */
function distrusted(findings: readonly QualityFinding[]): ReadonlyMap<string, ReadonlySet<IsoDate>> {
  const days = new Map<string, Set<IsoDate>>();
  for (const { suspects } of findings.filter(({ accepted }) => accepted === null))
    for (const each of suspects)
      if (each.days.length > 0)
        days.set(each.series, new Set([...(days.get(each.series) ?? []), ...each.days]));
  return days;
}

function without(values: Values, days: ReadonlySet<IsoDate>): Values {
  const keeps = (_: unknown, i: number): boolean => !days.has(values.dates[i] ?? "");
  return { ...values, dates: values.dates.filter(keeps), values: values.values.filter(keeps) };
}
