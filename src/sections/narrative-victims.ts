import type { Fact } from "#src/domain/fact.ts";
import type { NarrativeRules, VictimRule } from "#src/domain/narrative-rules.ts";
import type { Column } from "#src/domain/panel.ts";
import type { IsoDate } from "#src/domain/time.ts";
import { coverage } from "#src/metrics/coverage.ts";
import { innerJoin } from "#src/metrics/inner-join.ts";
import { meanOf } from "#src/metrics/mean.ts";
import { type NarrativeBeta, narrativeBeta, narrativeBetaRules } from "#src/metrics/narrative-beta.ts";
import { type Measured, mapMeasured, ok } from "#src/metrics/result.ts";
import { weeklyCloses } from "#src/metrics/weekly-returns.ts";
import { staleness } from "#src/sections/market.ts";
import { missing, narrativeFacts } from "#src/sections/narrative-data.ts";
import type { Intensities, Told } from "#src/sections/narrative-intensity.ts";
import type { Question, SectionContext } from "#src/sections/section.ts";
import { narrativeVictims as ladder } from "#src/statements/rules/narrative.ts";

/** How those whom a narrative is told to hurt answer to it. */
export interface Victims {
  readonly rule: VictimRule;
  readonly told: Told;
  /** Their return beyond the market, of a week in which intensity rises, or falls, by ten points. */
  readonly rise: Fact;
  readonly fall: Fact;
  /** The test that both are alike; carries its p. */
  readonly asymmetry: Fact;
  readonly n: Fact;
  readonly names: Fact;
  readonly absent: readonly Column[];
}

/** Points of intensity that a beta is told for. */
const points = 10;
/** Five years of weeks. */
const mostWeeks = 260;

/** Narrative beta of the victims (N5), by the weeks of the intensities; `null` where none are named. */
export function victimsOf(
  context: SectionContext,
  { victims: rule }: NarrativeRules,
  { told, news }: Intensities,
): Victims | null {
  if (rule === null) return null;
  const own = told.find(({ theme }) => theme.id === rule.theme) ?? told[0];
  const columns = rule.members.map((id) => context.panel.column(id));
  const market = context.panel.column(rule.market);
  const isFresh = (column: Column) => column.dates.length > 0 && staleness(context, column) === null;
  const fresh = columns.filter(isFresh);
  const observations =
    isFresh(market) && fresh.length > 0 ? observationsOf(fresh, market, own, news.weeks) : [];
  const measured = betaOf(columns.length, fresh.length, own, observations);
  const fact = narrativeFacts(context, "victims", {
    series: [...rule.members, rule.market, ...own.value.series],
    method: "N5 narrative beta, weekly",
    params: { points, lags: measured.value?.lags ?? null },
    window: {
      start: observations[0]?.week ?? null,
      end: observations.at(-1)?.week ?? null,
      n: observations.length,
    },
  });
  const perPoints = (of: (value: NarrativeBeta) => number) =>
    mapMeasured(measured, (value) => points * of(value));
  return {
    rule,
    told: own,
    rise: fact(
      "rise",
      perPoints(({ rise }) => rise.beta),
      "pp",
      { quantum: 1e-4 },
    ),
    // Of intensity that falls by ten points: the slope's other side.
    fall: fact(
      "fall",
      perPoints(({ fall }) => -fall.beta),
      "pp",
      { quantum: 1e-4 },
    ),
    asymmetry: fact(
      "asymmetry",
      mapMeasured(measured, ({ wald }) => wald),
      "ratio",
      { stats: measured.value === null ? {} : { p: measured.value.pValue } },
    ),
    n: fact("weeks", ok(observations.length, observations.length), "count"),
    names: fact("names", ok(fresh.length, fresh.length), "count"),
    absent: [...columns, market].filter((column) => !isFresh(column)),
  };
}

interface Observation {
  readonly week: IsoDate;
  readonly ret: number;
  readonly shock: number;
  readonly market: number;
}

/** From the end of one bucket to that of the next: what intensity changed, and what the names and the market did. */
function observationsOf(
  names: readonly Column[],
  market: Column,
  { path }: Told,
  weeks: readonly IsoDate[],
): readonly Observation[] {
  const { dates, values } = innerJoin([...names, market]);
  const closes = values.map(
    (prices) => new Map(weeklyCloses(dates, prices).map(({ week, value }) => [week, value])),
  );
  const found = path.slice(1).flatMap((bucket, i): readonly Observation[] => {
    const before = path[i];
    const [from, to] = [weeks[before?.to ?? -1], weeks[bucket.to]];
    const returns = closes.map((close) => (close.get(to ?? "") ?? 0) / (close.get(from ?? "") ?? 0) - 1);
    const [now, then] = [bucket.index, before?.index ?? null];
    if (to === undefined || now === null || then === null || !returns.every(isReturn)) return [];
    return [{ week: to, ret: meanOf(returns.slice(0, -1)), shock: now - then, market: returns.at(-1) ?? 0 }];
  });
  return found.slice(-mostWeeks);
}

/** Without a price on either side there is none. */
const isReturn = (ret: number): boolean => Number.isFinite(ret) && ret > -1;

function betaOf(
  members: number,
  have: number,
  { value }: Told,
  observations: readonly Observation[],
): Measured<NarrativeBeta> {
  if (value.value === null) return missing(value.reasons[0] ?? { code: "no-value" });
  if (have < coverage.least * members)
    return missing({ code: "coverage", need: coverage.least, have: have / members });
  const need = narrativeBetaRules.least.weekly;
  if (observations.length < need) return missing({ code: "too-few", need, have: observations.length });
  const of = (key: "ret" | "shock" | "market") => observations.map((each) => each[key]);
  return narrativeBeta(of("ret"), of("shock"), of("market"), "weekly");
}

/** What the rules are asked about them. */
export const victimsQuestion = ({ rule, told, rise, fall, asymmetry, n, names }: Victims): Question => ({
  ladder,
  subject: {
    id: "victims",
    name: { name: rule.name },
    prose: { name: rule.prose },
    evidence: {
      rise,
      fall,
      asymmetry,
      // Whether what they lose where it rises is more than what they make where it falls.
      larger:
        rise.value === null || fall.value === null
          ? null
          : Math.abs(Number(rise.value)) > Math.abs(Number(fall.value))
            ? "rise"
            : "fall",
      n,
      names,
    },
    places: { theme: { name: told.theme.prose }, themeName: { name: told.theme.name } },
  },
});
