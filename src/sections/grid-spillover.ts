import type { Fact } from "#src/domain/fact.ts";
import type { Column } from "#src/domain/panel.ts";
import type { Say } from "#src/domain/say.ts";
import type { Table } from "#src/domain/table.ts";
import { type GrowthStanding, growthStanding, macroSpillover } from "#src/metrics/macro-spillover.ts";
import { monthEnds } from "#src/metrics/month-ends.ts";
import { monthNumber } from "#src/metrics/month-number.ts";
import type { Path } from "#src/metrics/panel.ts";
import { insufficient, type Measured, mapMeasured, notDefined, ok, tooFew } from "#src/metrics/result.ts";
import type { Theme } from "#src/sections/grid-basket.ts";
import { leadQuestion } from "#src/sections/grid-lead.ts";
import { proseName, shortName, staleness } from "#src/sections/market.ts";
import { factsOf } from "#src/sections/regime-data.ts";
import { type Question, type SectionContext, say } from "#src/sections/section.ts";
import { themeSpillover } from "#src/statements/rules/grid.ts";

/** A monthly series: one value a month from its first to its last, and how its growth stands. */
export interface Monthly {
  readonly column: Column;
  readonly first: number;
  readonly values: Path;
  readonly standing: Measured<GrowthStanding>;
}

/** What the theme's macro series bring to the page. */
export interface Spillover {
  readonly questions: readonly Question[];
  /** Of several leads only the closest stands in the words. */
  readonly leads: readonly Question[];
  readonly table: Table | null;
  readonly gaps: readonly Say[];
}

/** Whether growth of prices and loads stands out (L3), and how it goes with the basket, which shows no cause. */
export function spilloverOf(context: SectionContext, theme: Theme): Spillover {
  const { spillover } = theme.rule;
  if (spillover.length === 0) return { questions: [], leads: [], table: null, gaps: [] };
  const all = spillover.map((id) => monthlyOf(context, context.panel.column(id)));
  const known = all.filter(({ standing }) => standing.value !== null);
  const measured = known.length === 0 ? tooFew(0, 2) : macroSpillover(known.map(({ values }) => values));
  const fact = factsOf(context, `${theme.prefix}.spillover`, {
    series: spillover,
    method: "L3 macro spillover",
    params: { months: 12, history: 120, above: 1 },
    window: {},
  });
  const lines = known.map((each) => lineOf(context, theme, each));
  const highest = lines.toSorted((a, b) => Number(b.z.value) - Number(a.z.value))[0];
  const none = { value: null, reasons: [{ code: "no-value" }] };
  const question: Question = {
    ladder: themeSpillover,
    subject: {
      id: theme.rule.basket,
      name: { name: theme.names.short },
      prose: { name: theme.names.prose },
      places: {
        ...(highest === undefined ? {} : { highestName: proseName(highest.monthly.column.series) }),
        ...(highest === undefined ? {} : { growth: { fact: highest.growth.id, signed: true } }),
      },
      evidence: {
        above: fact(
          "above",
          mapMeasured(measured, ({ above }) => above),
          "count",
        ),
        measured: fact("measured", measured.value === null ? measured : ok(measured.n, measured.n), "count"),
        growth: highest?.growth ?? none,
        z: highest?.z ?? none,
        month: highest?.month ?? none,
      },
    },
  };
  return {
    questions: [question],
    leads: known.flatMap((each) => leadQuestion(context, theme, each) ?? []),
    table: lines.length === 0 ? null : tableOf(theme, lines),
    gaps: all
      .filter(({ standing }) => standing.value === null)
      .map(({ column }) => say("grid.gap.series", { name: shortName(column.series) })),
  };
}

/** One value a month, the last of each; `null` in a month without. */
function monthlyOf(context: SectionContext, column: Column): Monthly {
  const { dates, values } = column;
  const months = monthEnds(dates).map(({ month, index }) => ({
    number: monthNumber(month),
    value: values[index],
  }));
  const [first = 0, last = -1] = [months[0]?.number, months.at(-1)?.number];
  const byMonth = new Map(months.map(({ number, value }) => [number, value ?? null]));
  const path = Array.from({ length: last - first + 1 }, (_, i) => byMonth.get(first + i) ?? null);
  return { column, first, values: path, standing: standingOf(context, column, path) };
}

function standingOf(context: SectionContext, column: Column, path: Path): Measured<GrowthStanding> {
  const late = staleness(context, column);
  if (late !== null) return insufficient(0, late);
  if (column.values.some((value) => value <= 0)) return notDefined("not-positive", path.length);
  return growthStanding(path);
}

interface Line {
  readonly monthly: Monthly;
  readonly growth: Fact;
  readonly z: Fact;
  readonly month: Fact;
  readonly lag: Fact;
}

function lineOf(context: SectionContext, { prefix }: Theme, monthly: Monthly): Line {
  const { column, standing } = monthly;
  const { id, lag } = column.series;
  const last = column.dates.at(-1) ?? "";
  const fact = factsOf(context, `${prefix}.spillover.${id}`, {
    series: [id],
    method: "L3 growth against ten years",
    params: { months: 12, history: 120 },
    window: { end: last, n: standing.n },
  });
  return {
    monthly,
    growth: fact(
      "growth",
      mapMeasured(standing, ({ growth }) => growth),
      "return",
    ),
    z: fact(
      "z",
      mapMeasured(standing, ({ z }) => z),
      "z",
    ),
    month: fact("month", ok(last.slice(0, 7), 1), "month"),
    lag: fact("lag", ok(lag.sessions, 1), "count"),
  };
}

function tableOf({ names }: Theme, lines: readonly Line[]): Table {
  const head = (key: string, align: "left" | "right" = "right") => ({
    say: say(`grid.spillover.head.${key}`),
    align,
  });
  return {
    id: "grid.spillover",
    claim: say("grid.spillover.table", { name: { name: names.short } }),
    unit: say("grid.spillover.unit"),
    head: [head("series", "left"), head("month"), head("growth"), head("z"), head("lag")],
    rows: lines.map(({ monthly, growth, z, month, lag }) => ({
      head: say("page.name", { name: shortName(monthly.column.series) }),
      cells: [{ fact: month.id }, { fact: growth.id }, { fact: z.id }, { fact: lag.id }],
    })),
    notes: [say("grid.spillover.note")],
    series: lines.map(({ monthly }) => monthly.column.series.id),
    size: "half",
  };
}
